// One peer, one language: index the sections of a JSON file, answer the queries of another.
//   node run.mjs ENGINE LANG SECTIONS.json QUERIES.json OUT.json
// SECTIONS: [{id, title, heading, text}], QUERIES: [{id, query}]; OUT: {answers: {id: [section id, …]}, ms: [..], build, bytes, requests}.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";

const require = createRequire(path.join(process.cwd(), "package.json"));
const [engine, lang, sectionsFile, queriesFile, out] = process.argv.slice(2);
const sections = JSON.parse(fs.readFileSync(sectionsFile, "utf8"));
const queries = JSON.parse(fs.readFileSync(queriesFile, "utf8"));
const brotli = (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
const dense = ["ja", "zh"].includes(lang.slice(0, 2));
const words = new Intl.Segmenter(lang, { granularity: "word" });
const segmented = (text) => (dense ? [...words.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment) : text.split(/[^\p{L}\p{N}]+/u)).filter(Boolean);

const engines = {
  // Its best settings of SEARCH.md: prefix, fuzzy .2, heading x3; a word segmenter where there are no blanks.
  async minisearch() {
    const MiniSearch = (await import(require.resolve("minisearch"))).default;
    const index = new MiniSearch({ fields: ["title", "heading", "text"], tokenize: segmented, searchOptions: { prefix: true, fuzzy: 0.2, boost: { heading: 3 } } });
    index.addAll(sections);
    return { payload: JSON.stringify(index), ask: (query) => index.search(query).slice(0, 10).map((hit) => hit.id) };
  },
  // As Material for MkDocs 9 does it: titles x1000, no length normalisation, every word with a trailing wildcard, no stemmer.
  async lunr() {
    const lunr = require("lunr");
    const index = lunr(function () {
      this.ref("id");
      this.field("title", { boost: 1000 });
      this.field("text");
      this.b(0);
      this.pipeline.reset();
      this.searchPipeline.reset();
      if (dense) this.tokenizer = (text) => (text ? segmented(String(text.toString())).map((word) => new lunr.Token(word.toLowerCase(), {})) : []);
      for (const { id, title, heading, text } of sections) this.add({ id, title: heading || title, text });
    });
    const ask = (query) =>
      index
        .query((q) => {
          for (const word of segmented(query.toLowerCase())) q.term(word, { wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false });
        })
        .slice(0, 10)
        .map((hit) => hit.ref);
    // Material ships the documents and builds the index in the browser.
    return { payload: JSON.stringify(sections), ask };
  },
  async flexsearch() {
    const { Document } = require("flexsearch");
    const index = new Document({ document: { id: "id", index: ["heading", "title", "text"] }, tokenize: "forward", encode: (text) => segmented(text.toLowerCase()) });
    for (const section of sections) index.add(section);
    const ask = (query) => {
      // It gives no scores: fields are fused by rank.
      const scores = new Map();
      for (const { result } of index.search(query, { limit: 30, suggest: true })) result.forEach((id, rank) => scores.set(id, (scores.get(id) || 0) + 1 / (rank + 10)));
      return [...scores].sort((a, b) => b[1] - a[1]).slice(0, 10).map(([id]) => id);
    };
    let payload = "";
    await index.export((key, data) => void (payload += key + data));
    return { payload, ask };
  },
  async orama() {
    const { create, insertMultiple, search, save } = await import(require.resolve("@orama/orama"));
    const names = { en: "english", es: "spanish", de: "german", fr: "french", pt: "portuguese" };
    const name = names[lang.slice(0, 2)];
    let tokenizer;
    if (name) {
      const { stemmer } = require(`@orama/stemmers/${name}`);
      const { stopwords } = require(`@orama/stopwords/${name}`);
      tokenizer = { language: name, stemming: true, stemmer, stopWords: stopwords };
    } else tokenizer = { language: "english", normalizationCache: new Map(), tokenize: (text) => [...new Set(segmented(String(text).toLowerCase()))] };
    const db = create({ schema: { id: "string", title: "string", heading: "string", text: "string" }, components: { tokenizer } });
    await insertMultiple(db, sections.map((section) => ({ ...section })), 500);
    const ask = async (query) => (await search(db, { term: query, properties: ["title", "heading", "text"], boost: { heading: 3 }, limit: 10, threshold: 1 })).hits.map((hit) => hit.document.id);
    return { payload: JSON.stringify(save(db)), ask };
  },
  async pagefind() {
    const { createIndex } = await import(path.join(process.cwd(), "node_modules/pagefind/lib/index.js"));
    const { index } = await createIndex({ forceLanguage: lang });
    for (const { id, heading, title, text } of sections) await index.addCustomRecord({ url: `/${encodeURIComponent(id)}`, content: `${heading} ${text}`, language: lang, meta: { title: heading || title } });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pagefind-"));
    await index.writeFiles({ outputPath: folder });
    let fetched = 0, requests = 0;
    globalThis.document = { querySelector: () => ({ getAttribute: () => lang }), currentScript: null };
    globalThis.window = { location: { origin: "http://x", hostname: "x" } };
    globalThis.location = globalThis.window.location;
    globalThis.fetch = async (url) => {
      const file = path.join(folder, String(url).replace(/^https?:\/\/x/, "").replace(/^file:\/\//, "").replace(folder, "").replace(/\?.*$/, "").replace(/^.*pagefind\//, ""));
      const data = fs.readFileSync(file);
      fetched += data.length;
      requests++;
      return { ok: true, status: 200, json: async () => JSON.parse(data), arrayBuffer: async () => data.buffer.slice(data.byteOffset, data.byteOffset + data.length), text: async () => data.toString() };
    };
    fs.writeFileSync(path.join(folder, "package.json"), '{"type":"module"}');
    const open = async (turn) => {
      fetched = fs.statSync(path.join(folder, "pagefind.js")).size;
      requests = 1;
      const pagefind = await import(`${path.join(folder, "pagefind.js")}?${turn}`);
      await pagefind.options({ basePath: "http://x/pagefind/", baseUrl: "/" });
      await pagefind.init(lang);
      return pagefind;
    };
    // Cold for each of some queries: what is fetched before the first hit.
    const costs = [];
    for (const [turn, { query }] of queries.slice(0, 25).entries()) {
      const { results } = await (await open(turn)).search(query);
      if (results.length) await results[0].data();
      costs.push([fetched, requests]);
    }
    costs.sort((one, other) => one[0] - other[0]);
    const [bytes, asked] = costs[costs.length >> 1];
    const pagefind = await open("warm");
    const ask = async (query) => {
      const { results } = await pagefind.search(query);
      const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return data.map(({ url, raw_url: raw }) => decodeURIComponent((raw || url).replace(/^.*\//, "")));
    };
    return { ask, bytes, requests: asked };
  },
};

const start = performance.now();
const { ask, payload, bytes = brotli(payload), requests = 1 } = await engines[engine]();
const build = (performance.now() - start) / 1000;
const answers = {}, ms = [];
for (const { id, query } of queries) {
  const begun = performance.now();
  answers[id] = await ask(query);
  ms.push(performance.now() - begun);
}
fs.writeFileSync(out, JSON.stringify({ answers, ms, build, bytes, requests }));
process.exit(0);
