// @ts-check
// The build's side of the analyzer: many texts a call, each distinct word analysed once in the life of a runtime.
(function () {
  "use strict";
  if (Sintoma.createBatch) return;
  const { split, clean } = Sintoma.analysis;
  const MOST_WORDS = 200000;
  /** @type {Map<string, {analyzer: SearchAnalyzer, words: Map<string, string[]>}>} */
  const languages = new Map();

  /** @param {string} lang */
  Sintoma.createBatch = function (lang) {
    const language = languages.get(lang) || { analyzer: Sintoma.createAnalyzer(lang), words: new Map() };
    languages.set(lang, language);
    const { analyzer } = language;
    if (language.words.size > MOST_WORDS) language.words.clear();
    /** @type {Map<string, number>} */
    const numbers = new Map();
    /** @type {string[]} */
    let fresh = [];
    /** @type {Map<string, {terms: number[], count: number}>} */
    const words = new Map();

    function numberOf(/** @type {string} */ term) {
      let number = numbers.get(term);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(term, number);
        fresh.push(term);
      }
      return number;
    }

    function termsOf(/** @type {string} */ word) {
      let terms = language.words.get(word);
      if (terms === undefined) language.words.set(word, (terms = analyzer.termsOf(word)));
      return terms;
    }

    return {
      /** JSON of `{terms: terms met for the first time, ids: term numbers of all texts in order, lengths: how many a text has}`. */
      analyze(/** @type {string[]} */ texts) {
        const ids = [], lengths = [];
        for (const text of texts) {
          const before = ids.length;
          for (const word of split(clean(text))) {
            let known = words.get(word);
            if (known === undefined) words.set(word, (known = { terms: termsOf(word).map(numberOf), count: 0 }));
            known.count++;
            for (const number of known.terms) ids.push(number);
          }
          lengths.push(ids.length - before);
        }
        const answer = JSON.stringify({ terms: fresh, ids, lengths });
        fresh = [];
        return answer;
      },
      /** JSON of the plain words behind terms, folded, with the term's number and how often they stood there. */
      plain() {
        /** @type {Map<string, [string, number, number]>} */
        const found = new Map();
        for (const [word, { terms, count }] of words) {
          if (terms.length !== 1) continue;
          const written = analyzer.fold(word), key = `${terms[0]} ${written}`;
          const known = found.get(key);
          if (known) known[2] += count;
          else found.set(key, [written, terms[0], count]);
        }
        return JSON.stringify([...found.values()]);
      },
      /** JSON of whether each term comes from a script without spaces. */
      dense() {
        return JSON.stringify(Array.from(numbers.keys(), analyzer.dense));
      },
    };
  };
})();
