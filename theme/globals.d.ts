// What the scripts of the pages share; read by editors and by `tsc --checkJs`, never shipped.

interface SintomaHit {
  id: string;
  type: string;
  url: string;
  title: string;
  trail: string[];
  shown: Record<string, string>;
  score: number;
  lang: string;
  matched: string[];
}

interface SintomaAnswer {
  results: SintomaHit[];
  understood: { typed: string; how: "exact" | "prefix" | "typo" | "translated" | "waiting" | "none"; used: string[] }[];
  missing: string[];
}

interface SintomaEngine {
  search(query: string, options?: { type?: string; limit?: number; prefix?: boolean }): Promise<SintomaAnswer>;
  prefetch(goOn?: () => boolean): Promise<void>;
}

interface SintomaText {
  telling(text: string): string;
  pieces(text: string, asked: Iterable<string>): { text: string; hit: boolean }[];
  head(text: string, length: number): string;
  excerpt(text: string, asked: Iterable<string>, length?: number): string;
}

interface SintomaHits {
  say(key: string, values?: Record<string, string | number>): string;
  show(hit: SintomaHit, id: string, asked: string[]): HTMLElement;
  recall(query: string, id: string): HTMLElement;
  help(texts: string[], query: string): HTMLElement[];
}

interface SintomaShared {
  engine(): Promise<SintomaEngine>;
  engineIsHere(): boolean;
  ask(query: string, options: { type?: string; limit?: number }): Promise<SintomaAnswer>;
  hits: SintomaHits;
  text: SintomaText;
  copy(text: string): Promise<void>;
  createEngine(setting: { manifest: string; load?: (file: string) => Promise<unknown> }): SintomaEngine;
}

declare var Sintoma: SintomaShared;
interface Window {
  Sintoma: SintomaShared;
}
interface Navigator {
  connection?: { saveData?: boolean };
}
