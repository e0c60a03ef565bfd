/** What the search's scripts share with each other and with the page. */
interface Stemmer {
  stemWord(word: string): string;
}

interface SearchWord {
  /** What stands between two blanks; `typed` is the piece of it in one script. */
  word: string;
  typed: string;
  terms: string[];
}

interface SearchAnalyzer {
  lang: string;
  fold(word: string): string;
  stem(word: string): string;
  termsOf(word: string): string[];
  dense(term: string): boolean;
  entire(term: string): boolean;
  words(text: string): SearchWord[];
}

interface SearchOptions {
  /** A record type of site.yml, or `section`. */
  type?: string;
  /** Hits at most: 10, no more than 200. */
  limit?: number;
  /** Take the last word as the beginning of one, unless a blank follows it: true. */
  prefix?: boolean;
  /** Fill `why` of each hit. */
  explain?: boolean;
  /** Let word vectors order the best hits where the site has them: true. */
  meaning?: boolean;
  /** Ask only the language's own index, or only the reference's through the table. */
  only?: "own" | "reference";
}

interface SearchHit {
  id: string;
  type: string;
  url: string;
  title: string;
  trail: string[];
  /** The language it is shown in; not the page's where only the reference has it. */
  lang: string;
  shown: Record<string, string>;
  score: number;
  /** Typed words that led here. */
  matched: string[];
  /** What each word gave; with `cosine`, what nearness in meaning gave; with `quoted`, what runs of words of a message gave. */
  why?: { typed: string; term: string; lang: string; gain: number; cosine?: number; quoted?: number }[];
}

interface SearchAnswer {
  /** Files to fetch before there is an answer; empty in what `search` gives. */
  needs: string[];
  results: SearchHit[];
  understood: { typed: string; how: "exact" | "prefix" | "typo" | "compound" | "translated" | "none"; used: string[]; similar: string[] }[];
  /** The language that words were looked up in beside the own one; empty for none. */
  reference: string;
  /** Files that could not be read: the answer lacks what they hold. */
  missing: string[];
}

interface SearchEngine {
  attempt(query: string, options?: SearchOptions): SearchAnswer;
  settle(file: string, good: boolean): void;
  search(query: string, options?: SearchOptions & { early?: (answer: SearchAnswer) => void }): Promise<SearchAnswer>;
  prefetch(goOn?: () => boolean): Promise<void>;
}

interface SintomaNamespace {
  addLanguage(code: string, stemmer: Stemmer, stop: string): void;
  createAnalyzer(lang: string): SearchAnalyzer;
  analysis: { split(text: string): string[]; clean(text: string): string; fold(word: string): string };
  manifest(name: string, checksum: number, text: string): void;
  shard(name: string, checksum: number, payload: string): void;
  shards: any;
  Reader: any;
  query: any;
  /** Only where the site has word vectors. */
  vectors?: any;
  nearWords(reader: any, typed: string, stem: string, stemOf: (word: string) => string): any;
  compoundOf(reader: any, typed: string, stemOf: (word: string) => string): any;
  createEngine(setting: { manifest: string; load?: (file: string) => Promise<unknown> }): SearchEngine;
  createBatch(lang: string): { analyze(texts: string[]): string; plain(): string; dense(): string };
}

declare var Sintoma: SintomaNamespace;
