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

interface SintomaMiss {
  when: string;
  lang: string;
  query: string;
  results: number;
}

/** What a search box tells of its questions: one was left, led somewhere, is being typed, stands with its answer. */
interface SintomaFollowed {
  left(): void;
  led(): void;
  typed(query: string): void;
  stands(query: string, results: number): void;
}

interface SintomaAnswer {
  results: SintomaHit[];
  /** The language that words were looked up in beside the page's; empty for none. */
  reference: string;
  understood: { typed: string; how: "exact" | "prefix" | "typo" | "compound" | "translated" | "none"; used: string[]; similar: string[] }[];
  missing: string[];
}

interface SintomaAsked {
  type?: string;
  limit?: number;
  prefix?: boolean;
  early?: (answer: SintomaAnswer) => void;
}

interface SintomaEngine {
  search(query: string, options?: SintomaAsked): Promise<SintomaAnswer>;
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
  recent(): string[];
  remember(query: string, here: boolean): void;
  recall(query: string, id: string): HTMLElement;
  help(texts: string[], query: string, similar?: string[]): HTMLElement[];
  named(lang: string): string;
}

interface SintomaShared {
  engine(): Promise<SintomaEngine>;
  ask(query: string, options: SintomaAsked): Promise<SintomaAnswer>;
  hits: SintomaHits;
  /** Only where site.yml asks for it. */
  misses?: { follow(line: Element | null): SintomaFollowed; table(misses: SintomaMiss[]): string };
  text: SintomaText;
  /** What the index's files announced: the manifests by name. */
  shards: { manifests: Map<string, unknown> };
  copy(text: string): Promise<void>;
  /** The element that a fragment (`#id`) names. */
  named(fragment: string): HTMLElement | null;
  createEngine(setting: { manifest: string; load?: (file: string) => Promise<unknown> }): SintomaEngine;
}

declare var Sintoma: SintomaShared;
interface Window {
  Sintoma: SintomaShared;
}
interface Navigator {
  connection?: { saveData?: boolean };
}
