// Sintoma's own engine, the very files of the page, measured the same way: a cold engine for each query gives the bytes
// and requests before the first hit, a warm one the time.
//   node sintoma.cjs ASSETS SITE MANIFEST QUERIES.json OUT.json SCRIPT...
const fs = require("fs"), path = require("path"), vm = require("vm"), zlib = require("zlib");
const [assets, site, manifest, queriesFile, out, ...scripts] = process.argv.slice(2);
for (const script of scripts) vm.runInThisContext(fs.readFileSync(path.join(assets, script), "utf8"));
const queries = JSON.parse(fs.readFileSync(queriesFile, "utf8"));
const sizes = new Map();
function size(file) {
  if (!sizes.has(file)) sizes.set(file, zlib.brotliCompressSync(fs.readFileSync(path.join(site, file)), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }).length);
  return sizes.get(file);
}
function ask(engine, query, options) {
  let bytes = 0, requests = 0;
  for (;;) {
    const answer = engine.attempt(query, options);
    if (!answer.needs.length) return { answer, bytes, requests };
    for (const file of answer.needs) {
      vm.runInThisContext(fs.readFileSync(path.join(site, file), "utf8"));
      engine.settle(file, true);
      bytes += size(file);
      requests++;
    }
  }
}
const first = [], requests = [], ms = [], answers = {};
for (const { query } of queries) {
  Sintoma.shards.manifests.clear();
  const cost = ask(Sintoma.createEngine({ manifest }), query, { limit: 1 });
  first.push(cost.bytes);
  requests.push(cost.requests);
}
const warm = Sintoma.createEngine({ manifest });
for (const { query } of queries) ask(warm, query, {});
for (const { id, query } of queries) {
  const start = performance.now();
  const { answer } = ask(warm, query, {});
  ms.push(performance.now() - start);
  answers[id] = answer.results.map((hit) => hit.id);
}
fs.writeFileSync(out, JSON.stringify({ answers, ms, first, requests }));
