// @ts-check
// What was typed: noise of a pasted log line off, terms each once, and afterwards what each word was taken for.
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));
  const MOST_TERMS = 48;
  const HAN = /\p{Script=Han}/u;
  const HANGUL = /\p{Script=Hangul}/u;

  // What a log line carries that no document repeats: times, addresses, long numbers, the folders of a path.
  const NOISE = [
    /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g,
    /\b\d\d?:\d\d:\d\d(?:[.,]\d+)?\b/g,
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
    /\b0x[0-9a-f]+\b/gi,
    /[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi,
    /\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
    /(?<![\w-])\d{6,}(?![\w-])/g,
    /(?:[A-Za-z]:)?(?:[\\/][\w.$-]{1,80}){1,20}[\\/](?=[\w.$-])/g,
  ];

  function withoutNoise(/** @type {string} */ query) {
    let text = query.slice(0, 4000);
    for (const noise of NOISE) text = text.replace(noise, " ");
    return /[\p{L}\p{N}]/u.test(text) ? text : query.slice(0, 4000);
  }

  /** Every term of the query once: `{share, typed, term, open, plain, whole, pair, word}`; `share`: what it weighs; `whole`: all of an identifier, whose parts follow; `pair`: cut from `word`. */
  function termsOf(/** @type {any} */ analyzer, /** @type {string} */ query, /** @type {boolean} */ prefix) {
    const words = analyzer.words(withoutNoise(query));
    const seen = new Set();
    /** @type {any[]} */
    const terms = [];
    words.forEach((/** @type {any} */ word, /** @type {number} */ place) => {
      for (const [part, term] of word.terms.entries()) {
        if (seen.has(term) || terms.length >= MOST_TERMS) continue;
        seen.add(term);
        const dense = analyzer.dense(term), plain = dense ? analyzer.entire(term) : word.terms.length === 1;
        const whole = !dense && !part && word.terms.length > 1;
        // A Korean word counts as one, however many pairs it has.
        const share = HANGUL.test(term) ? word.terms.length ** -0.5 : 1;
        terms.push({ share, typed: dense ? term : word.typed, term, plain, whole, pair: dense && !plain, word: word.word, open: plain && prefix && place === words.length - 1 && !/\s$/.test(query) });
      }
    });
    return terms;
  }

  /** Chinese characters, or a Korean word's first, of words whose every pair is unknown: each by the group that it belongs to. */
  function lettersOf(/** @type {any[]} */ groups) {
    const found = new Set(groups.filter(({ variants }) => variants.length).map(({ word }) => word));
    const lost = groups.filter(({ pair, word }) => pair && !found.has(word));
    return lost.map((group, i) => {
      const last = lost[i + 1]?.word !== group.word, first = lost[i - 1]?.word !== group.word;
      const letters = Array.from(group.term).slice(0, last ? 2 : 1).filter((letter, k) => HAN.test(letter) || (first && !k && HANGUL.test(letter)));
      return { group, letters };
    });
  }

  /** The query's terms as they follow each other, with their postings where the index has the very term. */
  function sequence(/** @type {any} */ analyzer, /** @type {string} */ query, /** @type {any[]} */ groups) {
    const known = new Map(groups.map((group) => [group.term, group.how === "exact" ? group.variants[0].postings : null]));
    return analyzer.words(withoutNoise(query)).flatMap((/** @type {any} */ word) => word.terms).slice(0, 2 * MOST_TERMS).map((/** @type {string} */ term) => ({ term, postings: known.get(term) }));
  }

  /** @type {SearchAnswer["understood"][0]["how"][]} */
  const BETTER = ["none", "translated", "compound", "typo", "prefix", "exact"];

  /** What each typed word was taken for, once each: the best of what its terms gave. A pair is lost only with the whole word that it was cut from. */
  function meaning(/** @type {any[]} */ groups, /** @type {any[]} */ translated) {
    /** @type {Map<string, SearchAnswer["understood"][0]>} */
    const words = new Map();
    const others = groups.map((_, i) => (translated[i] ? translated[i].variants : []));
    const found = new Set(groups.filter(({ variants }, i) => variants.length || others[i].length).map(({ word }) => word));
    groups.forEach((group, i) => {
      const other = others[i], known = group.variants.length || other.length;
      if (group.pair && !known && found.has(group.word)) return;
      const typed = group.pair && !known ? group.word : group.typed;
      /** @type {SearchAnswer["understood"][0]} */
      const word = words.get(typed) || { typed, how: "none", used: [], similar: [] };
      const how = group.how === "none" && other.length ? "translated" : group.how;
      if (BETTER.indexOf(how) > BETTER.indexOf(word.how)) word.how = how;
      word.similar.push(...(group.similar || []));
      for (const variant of [...group.variants, ...other]) word.used.push(variant.surface || variant.term);
      words.set(typed, word);
    });
    return [...words.values()].map((word) => ({ ...word, used: [...new Set(word.used)] }));
  }

  /** A term written the way that `typed`, which begins alike for `common` letters, was: its capitals, its joiners. */
  function dressed(/** @type {string} */ term, /** @type {string} */ typed, /** @type {number} */ common) {
    let written = "", at = 0;
    for (const letter of typed) {
      if (at === common) break;
      written += letter;
      if (/[\p{L}\p{N}\p{M}]/u.test(letter)) at++;
    }
    const rest = term.slice(common);
    return written + (typed === typed.toUpperCase() ? rest.toUpperCase() : rest);
  }

  Sintoma.query = { dressed, termsOf, lettersOf, sequence, meaning };
})();
