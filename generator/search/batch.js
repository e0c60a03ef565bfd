// @ts-check
// The build's side of the analyzer: many texts a call, each distinct word analysed once.
(function () {
  "use strict";
  const { split, clean } = Sintoma.analysis;

  /** @param {string} lang */
  Sintoma.createBatch = function (lang) {
    const analyzer = Sintoma.createAnalyzer(lang);
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

    return {
      /** JSON of `{terms: terms met for the first time, ids: term numbers of all texts in order, lengths: how many a text has}`. */
      analyze(/** @type {string[]} */ texts) {
        const ids = [], lengths = [];
        for (const text of texts) {
          const before = ids.length;
          for (const word of split(clean(text))) {
            let known = words.get(word);
            if (known === undefined) words.set(word, (known = { terms: analyzer.termsOf(word).map(numberOf), count: 0 }));
            known.count++;
            for (const number of known.terms) ids.push(number);
          }
          lengths.push(ids.length - before);
        }
        const answer = JSON.stringify({ terms: fresh, ids, lengths });
        fresh = [];
        return answer;
      },
      /** JSON of the most frequent plain word behind each term ("" where only parts or pairs gave it). */
      surfaces() {
        /** @type {[string, number][]} */
        const best = Array.from(numbers, () => ["", 0]);
        for (const [word, { terms, count }] of words) {
          if (terms.length !== 1) continue;
          const known = best[terms[0]];
          const written = analyzer.fold(word);
          if (count > known[1] || (count === known[1] && written < known[0])) best[terms[0]] = [written, count];
        }
        return JSON.stringify(best.map(([word]) => word));
      },
      /** JSON of whether each term comes from a script without spaces. */
      dense() {
        return JSON.stringify(Array.from(numbers.keys(), analyzer.dense));
      },
    };
  };
})();
