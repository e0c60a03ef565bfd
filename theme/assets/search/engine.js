// @ts-check
// The search: what a query means, which sections hold it, best first.
//
// `attempt` is synchronous and pure but for its caches: it answers, or says which files it needs first. The page, the
// terminal and the tests differ only in how they fetch those files.
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));
  const { manifests } = Sintoma.shards;
  const { termsOf, lettersOf, sequence, meaning } = Sintoma.query;
  const Reader = Sintoma.Reader;
  const MOST_ROUNDS = 12;
  const PREFIXES = 8;
  const TYPO_WEIGHT = [1, 0.8, 0.4, 0.3];
  const PREFIX_WEIGHT = 0.7;
  const COMPOUND_WEIGHT = 0.8;
  const LETTER_WEIGHT = 0.4;
  const SIMILAR = 3;
  /** Milliseconds after which a file that could not be fetched is asked for again. */
  const PATIENCE = 10_000;
  /** Written in capitals: a name, which is the same in the reference. */
  const NAME = /^(?=.*\p{Lu})[\p{Lu}\p{N}_]{2,}$/u;

  /** Keeps the `limit` best of what it is given: score down, then place in the index up. */
  class Best {
    constructor(/** @type {number} */ limit) {
      this.limit = limit;
      /** @type {{score: number, doc: number, reader: any, order: number}[]} */
      this.kept = [];
    }
    offer(/** @type {number} */ score, /** @type {number} */ doc, /** @type {any} */ reader, /** @type {number} */ order) {
      const kept = this.kept;
      if (kept.length === this.limit) {
        const last = kept[kept.length - 1];
        if (score < last.score || (score === last.score && order > last.order)) return;
        kept.pop();
      }
      let place = kept.length;
      while (place > 0 && (kept[place - 1].score < score || (kept[place - 1].score === score && kept[place - 1].order > order))) place--;
      kept.splice(place, 0, { score, doc, reader, order });
    }
  }

  /**
   * @param {{manifest: string, load?: (file: string) => Promise<unknown>}} setting `load` fetches a script of the site and rejects where it can't
   */
  Sintoma.createEngine = function ({ manifest, load }) {
    /** @type {Map<string, number>} What could not be fetched, and when. */
    const failed = new Map();
    /** @type {Set<string>} */
    const arrived = new Set();
    /** @type {Map<string, any>} */
    const readers = new Map();
    /** @type {Map<string, any>} */
    const analyzers = new Map();
    /** @type {Map<string, Promise<unknown>>} */
    const fetching = new Map();
    /** @type {Map<string, any>} */
    const guesses = new Map();
    /** @type {Set<string>} */
    let needs = new Set();
    /** @type {Set<string>} */
    let missed = new Set();
    let handed = "";

    /** The reader of a manifest, or of the one that it names; undefined where it must be fetched first, null where it is broken. */
    function readerOf(/** @type {string} */ name) {
      const known = readers.get(name);
      if (known) return known;
      const content = manifests.get(name);
      if (content === undefined) {
        const lost = failed.has(name) || arrived.has(name);
        (lost ? missed : needs).add(name);
        return lost ? null : undefined;
      }
      if (content.at) return readerOf(content.at);
      // A file that came and did not hand over what was asked of it is as good as missing.
      const lost = (/** @type {string} */ file) => (failed.has(file) || arrived.has(file)) && Boolean(missed.add(file));
      const reader = new Reader(content, { failed: lost, need: (/** @type {string} */ file) => needs.add(file) });
      readers.set(name, reader);
      return reader;
    }

    function analyzerOf(/** @type {string} */ lang) {
      let analyzer = analyzers.get(lang);
      if (!analyzer) analyzers.set(lang, (analyzer = Sintoma.createAnalyzer(lang)));
      return analyzer;
    }

    /** Terms a word of the query stands for in one index, and how they were found. Undefined: files are needed. */
    function resolve(/** @type {any} */ reader, /** @type {any} */ analyzer, /** @type {string} */ term, /** @type {string} */ typed, /** @type {boolean} */ open, /** @type {boolean} */ plain) {
      const exact = reader.postings(term);
      if (exact === undefined) return undefined;
      if (exact) return { how: "exact", sum: false, variants: [{ term, weight: 1, postings: exact }] };
      if (!plain) return { how: "none", sum: false, variants: [] };
      // An unknown word is looked for near and far: once, not at every key.
      const key = `${reader.lang} ${open} ${typed}`;
      const before = guesses.get(key);
      if (before) return before;
      const guess = guessAt(reader, analyzer, term, typed, open);
      if (guess && !missed.size) {
        if (guesses.size > 500) guesses.clear();
        guesses.set(key, guess);
      }
      return guess;
    }

    /** What an unknown word may be: one under way, a misspelt one, two in one. Undefined: files are needed. */
    function guessAt(/** @type {any} */ reader, /** @type {any} */ analyzer, /** @type {string} */ term, /** @type {string} */ typed, /** @type {boolean} */ open) {
      const folded = analyzer.fold(typed);
      /** @type {{term: string, weight: number, postings?: any, surface?: string}[]} */
      let near = [];
      let how = "none";
      if (open && folded.length > 1) {
        const longer = reader.beginning(folded, PREFIXES);
        if (longer === undefined) return undefined;
        near = longer.map((/** @type {string} */ found) => ({ term: found, weight: PREFIX_WEIGHT }));
        if (near.length) how = "prefix";
      }
      if (!near.length && /^\p{L}+$/u.test(folded)) {
        const words = Sintoma.nearWords(reader, folded, term, analyzer.stem);
        if (words === undefined) return undefined;
        near = words.map((/** @type {any} */ word) => ({ term: word.term, surface: word.surface, weight: TYPO_WEIGHT[Math.ceil(word.edits)] }));
        const slip = near.length > 0 && words[0].edits < 1.5;
        // An ending under way ("exporti") is no misspelling of the stem before it.
        if (near.length) how = open && near.every((word) => folded.startsWith(word.term)) ? "prefix" : "typo";
        for (let cut = 2; open && !slip && how !== "prefix" && cut <= 4 && folded.length - cut >= 4; cut++) {
          const shorter = folded.slice(0, -cut), postings = reader.postings(shorter);
          if (postings === undefined) return undefined;
          if (postings) {
            near = [{ term: shorter, weight: PREFIX_WEIGHT }];
            how = "prefix";
          }
        }
        // Two words in one are likelier than two slips.
        if (!slip && how !== "prefix") {
          const parts = Sintoma.compoundOf(reader, folded, analyzer.stem);
          if (parts === undefined) return undefined;
          if (parts.length) {
            near = parts.map((/** @type {any} */ word) => ({ term: word.term, surface: word.surface, weight: COMPOUND_WEIGHT }));
            how = "compound";
          }
        }
      }
      let waiting = false;
      for (const variant of near) {
        variant.postings = reader.postings(variant.term);
        if (variant.postings === undefined) waiting = true;
      }
      return waiting ? undefined : { how, sum: how === "compound", variants: near.filter((variant) => variant.postings) };
    }

    /** What begins with the single letters of words whose pairs the index lacks. */
    function widen(/** @type {any} */ reader, /** @type {any[]} */ groups) {
      for (const { group, letters } of lettersOf(groups)) {
        for (const letter of letters) {
          for (const term of reader.beginning(letter, PREFIXES) || []) {
            const postings = reader.postings(term);
            if (postings) group.variants.push({ term, weight: LETTER_WEIGHT, postings });
          }
        }
        if (group.variants.length) group.how = "prefix";
      }
    }

    /** Identifiers that begin like one that the index lacks, dressed as it was typed: `ODB-240000` for `ODB-240001`. */
    function similar(/** @type {any} */ reader, /** @type {any} */ group) {
      for (let length = group.term.length - 1; length >= Math.max(3, group.term.length / 2); length--) {
        const found = reader.beginning(group.term.slice(0, length), SIMILAR);
        if (found === undefined) return [];
        if (found.length) return found.map((/** @type {string} */ term) => Sintoma.query.dressed(term, group.typed, length));
      }
      return [];
    }

    /** What each word means in the reference's index: through the table, else as it stands. Undefined: files are needed. */
    function translate(/** @type {any} */ own, /** @type {any} */ reference, /** @type {any} */ group) {
      /** @type {Map<string, number>} */
      const targets = new Map();
      const sources = group.variants.length ? group.variants : [{ term: group.term, weight: 1 }];
      let waiting = false;
      for (const { term, weight } of sources) {
        const known = own.translations(term);
        if (known === undefined) waiting = true;
        for (const [target, p] of known || []) targets.set(target, Math.max(targets.get(target) || 0, p * weight));
      }
      const same = NAME.test(group.typed) || (!targets.size && !waiting);
      if (same) for (const target of analyzerOf(reference.lang).termsOf(group.plain ? group.typed : group.term)) if (!targets.has(target)) targets.set(target, 1);
      const variants = [];
      for (const [term, weight] of targets) {
        const postings = reference.postings(term);
        if (postings === undefined) waiting = true;
        else if (postings) variants.push({ term, weight, postings });
      }
      return waiting ? undefined : variants;
    }

    /** Adds the groups to a reader's scores. */
    function tally(/** @type {any} */ reader, /** @type {any[]} */ groups, /** @type {boolean} */ sum) {
      reader.clear();
      for (const group of groups) if (group.variants.length) reader.add(group.variants, sum || group.sum);
    }

    /** Entry of the own index for each of the reference's, -1 where it has none. */
    function twins(/** @type {any} */ own, /** @type {any} */ reference) {
      if (!own.twins) {
        own.twins = new Int32Array(reference.manifest.count).fill(-1);
        for (const [here, there, many] of own.manifest.reference.runs) for (let i = 0; i < many; i++) own.twins[there + i] = here + i;
      }
      return own.twins;
    }

    /** @param {any} own @param {any} reference @param {any} options */
    function rank(own, reference, options, /** @type {number} */ many) {
      const best = new Best(many);
      const wanted = (/** @type {any} */ reader, /** @type {number} */ doc) => !options.type || reader.typeOf(doc) === options.type;
      if (!reference) {
        for (let doc = 0; doc < own.manifest.count; doc++) if (own.section[doc] && wanted(own, doc)) best.offer(own.score(doc), doc, own, doc);
        return best.kept;
      }
      const twin = twins(own, reference), seen = new Uint8Array(own.manifest.count), share = options.only === "reference" ? 0 : own.manifest.own;
      for (let doc = 0; doc < reference.manifest.count; doc++) {
        const here = twin[doc];
        const score = reference.score(doc) + (here >= 0 ? share * own.score(here) : 0);
        if (here >= 0) seen[here] = 1;
        if (score <= 0) continue;
        if (here >= 0 ? wanted(own, here) : wanted(reference, doc)) best.offer(score, here >= 0 ? here : doc, here >= 0 ? own : reference, doc);
      }
      for (let doc = 0; doc < own.manifest.count; doc++) {
        if (!seen[doc] && own.section[doc] && wanted(own, doc)) best.offer(share * own.score(doc), doc, own, reference.manifest.count + doc);
      }
      return best.kept;
    }

    /** What each group gave a hit: `{typed, term, lang, gain}`, together its score; a pasted message has `quoted` runs of words. */
    function reasons(/** @type {any} */ hit, /** @type {{reader: any, groups: any[], share: number, sum: boolean}[]} */ sides) {
      const found = [];
      for (const { reader, groups, share, sum } of sides) {
        const doc = reader === hit.reader ? hit.doc : reader.twins ? -1 : hit.there;
        const place = doc === -1 ? hit.here : doc;
        if (place === undefined || place < 0) continue;
        const { sectionShare, passageShare } = reader.shares(place);
        for (const group of groups) {
          let best = { term: "", gain: 0 }, section = 0, passage = 0;
          for (const { term, weight, postings } of group.variants) {
            const at = indexIn(postings.docs, place), scale = (share * weight * postings.idf) / reader.manifest.levels;
            if (at < 0) continue;
            const inSection = scale * sectionShare(postings, at), inPassage = scale * passageShare(postings, at);
            if (sum || group.sum) found.push({ typed: group.typed, term, lang: reader.lang, gain: inSection + inPassage });
            else {
              if (inSection + inPassage > best.gain) best = { term, gain: inSection + inPassage };
              section = Math.max(section, inSection);
              passage = Math.max(passage, inPassage);
            }
          }
          if (best.gain) found.push({ typed: group.typed, term: best.term, lang: reader.lang, gain: section + passage });
        }
        const quote = reader.quotes.get(place);
        if (quote) found.push({ typed: "", term: "", lang: reader.lang, gain: share * quote.gain, quoted: quote.runs });
      }
      return found.sort((a, b) => b.gain - a.gain);
    }

    /**
     * One try: the answer, or the files that it needs first.
     * @param {string} query
     * @param {{type?: string, limit?: number, prefix?: boolean, explain?: boolean, meaning?: boolean, only?: "own" | "reference"}} [options]
     */
    function attempt(query, options = {}) {
      needs = new Set();
      missed = new Set();
      const nothing = () => ({ needs: [...needs], results: [], understood: [], reference: "", missing: [...missed] });
      const own = readerOf(manifest);
      if (!own) return nothing();
      const link = options.only === "own" ? undefined : own.manifest.reference;
      const reference = link ? readerOf(link.manifest) : null;
      if (reference === undefined) return nothing();
      const analyzer = analyzerOf(own.lang);
      const groups = termsOf(analyzer, query, options.prefix !== false);
      const translated = [];
      const vectors = own.manifest.vectors && options.meaning !== false ? Sintoma.vectors : null;
      if (vectors) vectors.ask(own, analyzer, groups);
      for (const group of groups) {
        Object.assign(group, resolve(own, analyzer, group.term, group.typed, group.open, group.plain) || { how: "waiting", sum: false, variants: [] });
        if (group.whole && !group.variants.length) group.similar = similar(own, group);
      }
      if (needs.size) return nothing();
      widen(own, groups);
      if (needs.size) return nothing();
      for (const group of groups) if (group.share < 1) group.variants = group.variants.map((/** @type {any} */ found) => ({ ...found, weight: found.weight * group.share }));
      if (reference) for (const group of groups) translated.push({ ...group, variants: translate(own, reference, group) || [] });
      if (needs.size) return nothing();
      tally(own, groups, false);
      own.addQuoted(sequence(analyzer, query, groups));
      if (reference) tally(reference, translated, true);
      const share = options.only === "reference" ? 0 : own.manifest.own;
      const sides = [{ reader: own, groups, share: reference ? share : 1, sum: false }];
      if (reference) sides.push({ reader: reference, groups: translated, share: 1, sum: true });
      const limit = Math.max(1, Math.min(options.limit || 10, 200));
      const ranked = rank(own, reference, options, vectors ? Math.max(limit, vectors.BEST) : limit);
      const results = [];
      for (const hit of vectors ? vectors.nearest(own, analyzer, groups, ranked).slice(0, limit) : ranked) {
        const doc = hit.reader.doc(hit.doc);
        if (!doc) continue;
        const why = reasons({ ...hit, there: hit.reader === own ? hit.order : hit.doc, here: hit.reader === own ? hit.doc : -1 }, sides);
        const matched = [...new Set(why.map(({ typed }) => typed).filter(Boolean))];
        results.push({
          ...doc, type: hit.reader.typeOf(hit.doc), lang: hit.reader.lang, score: hit.score, matched, ...(options.explain ? { why: hit.near ? [...why, { ...hit.near, term: "", lang: hit.reader.lang }] : why } : {}),
        });
      }
      const understood = meaning(groups, translated);
      return { needs: [...needs], results, understood, reference: reference ? reference.lang : "", missing: [...missed] };
    }

    /** Notes that a file was fetched, or could not be. */
    function settle(/** @type {string} */ file, /** @type {boolean} */ good) {
      if (good) arrived.add(file);
      else failed.set(file, Date.now());
    }

    /** Networks come back: what failed a while ago is as if it had never been asked for. */
    function forgive() {
      for (const [file, when] of failed) {
        if (Date.now() - when < PATIENCE) continue;
        failed.delete(file);
        fetching.delete(file);
      }
    }

    /** Files of the first hit in the own language first; it is handed over as soon as it stands, then all the rest is fetched. */
    function firstOf(/** @type {string} */ query, /** @type {any} */ options, /** @type {string[]} */ all, /** @type {(answer: SearchAnswer) => void} */ early) {
      const first = attempt(query, { ...options, only: options.only || "own", limit: 1, meaning: false });
      if (first.needs.length) return first.needs;
      if (first.results.length && handed !== query) {
        handed = query;
        early(first);
      }
      return all;
    }

    function fetchFile(/** @type {string} */ file) {
      let running = fetching.get(file);
      if (!running) {
        running = (load ? load(file) : Promise.reject(new Error("no loader"))).then(() => settle(file, true), () => settle(file, false));
        fetching.set(file, running);
      }
      return running;
    }

    return {
      attempt,
      settle,
      /**
       * The answer, files fetched as they are needed; see `attempt` for the options. `early` is given the best hit of the
       * language's own index, without what it displays, while the rest is still to be fetched.
       */
      async search(/** @type {string} */ query, /** @type {any} */ options = {}) {
        const { early, ...rest } = options;
        forgive();
        let answer = attempt(query, rest);
        for (let round = 0; answer.needs.length && round < MOST_ROUNDS; round++) {
          await Promise.all((early ? firstOf(query, rest, answer.needs, early) : answer.needs).map(fetchFile));
          answer = attempt(query, rest);
        }
        return answer;
      },
      /** Fetches what is left, a file at a time, each when the page has nothing else to do. */
      async prefetch(/** @type {() => boolean} */ goOn = () => true) {
        await this.search("", {});
        const idle = () => new Promise((done) => (globalThis.requestIdleCallback ? globalThis.requestIdleCallback(done) : globalThis.setTimeout(done, 50)));
        for (const reader of readers.values()) {
          for (const file of reader.rest()) {
            if (!goOn()) return;
            await idle();
            await fetchFile(file);
          }
        }
      },
    };
  };

  /** Place of `value` in a sorted array, -1 where it is not. */
  function indexIn(/** @type {Int32Array} */ sorted, /** @type {number} */ value) {
    let low = 0, high = sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] === value) return middle;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
})();
