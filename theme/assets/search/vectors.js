// @ts-check
// Word vectors: how near an entry lies to what was typed, in meaning. Only sites that ask for them load this.
//
// A vector is a run of characters: two dimensions in each, nine levels each, -4 to 4; see generator/search/vectors.py. All
// zeros stand for none. Words have theirs beside their piece of terms, entries theirs by number. What is missing or damaged
// leaves the order as it is.
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));
  const { DIGITS, pieceOf } = Sintoma.shards;
  const BEST = 20;
  const LEVELS = 9;
  const MIDDLE = 4;
  const LETTERS = /^\p{L}+$/u;
  const asIs = (/** @type {string} */ payload) => payload;

  /** The vector that is number `place` of a payload. */
  function vectorAt(/** @type {string} */ payload, /** @type {number} */ place, /** @type {number} */ width) {
    const vector = new Int8Array(2 * width);
    for (let i = 0; i < width; i++) {
      const pair = DIGITS[payload.charCodeAt(place * width + i) & 127];
      vector[2 * i] = Math.floor(pair / LEVELS) - MIDDLE;
      vector[2 * i + 1] = (pair % LEVELS) - MIDDLE;
    }
    return vector;
  }

  function lengthOf(/** @type {ArrayLike<number>} */ vector) {
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += vector[i] * vector[i];
    return Math.sqrt(sum);
  }

  /** The vectors beside the piece that would hold a term: null where they are broken, undefined where they must be fetched first. */
  function besideTerm(/** @type {any} */ reader, /** @type {string} */ term) {
    return reader.piece("words", pieceOf(reader.manifest.terms.first, term), asIs);
  }

  /** The vector of a term of the index, if it is here. */
  function termVector(/** @type {any} */ reader, /** @type {string} */ term) {
    const vectors = besideTerm(reader, term), terms = reader.termPiece(pieceOf(reader.manifest.terms.first, term));
    return vectors && terms ? vectorAt(vectors, terms.list.indexOf(term), reader.manifest.vectors.width) : null;
  }

  /** The vector of an entry, if it is here. */
  function entryVector(/** @type {any} */ reader, /** @type {number} */ doc) {
    if (!reader.manifest.near) return null;
    const { size } = reader.manifest.near;
    const vectors = reader.piece("near", Math.floor(doc / size), asIs);
    return vectors ? vectorAt(vectors, doc % size, reader.manifest.vectors.width) : null;
  }

  /** The words of a query: all but numbers, identifiers and their parts. */
  function wordsOf(/** @type {any} */ analyzer, /** @type {any[]} */ groups) {
    return groups.filter((group) => (group.plain && LETTERS.test(group.term)) || analyzer.dense(group.term));
  }

  /** Asks for the vectors of words that are typed to their end, so that these come beside the terms and not after them. */
  function ask(/** @type {any} */ reader, /** @type {any} */ analyzer, /** @type {any[]} */ groups) {
    for (const { term, open } of wordsOf(analyzer, groups)) if (!open && !analyzer.dense(term) && reader.has(term)) besideTerm(reader, term);
  }

  /** Where the words point that the index has, and how sure that is: the square of their share of the query. Null without any. */
  function direction(/** @type {any} */ reader, /** @type {any} */ analyzer, /** @type {any[]} */ groups) {
    const words = wordsOf(analyzer, groups), sum = new Float64Array(2 * reader.manifest.vectors.width);
    const known = [];
    for (const { typed, term, how } of words) {
      if (analyzer.dense(term) || how !== "exact") continue;
      const vector = termVector(reader, term);
      if (!vector || !lengthOf(vector)) continue;
      known.push(typed);
      for (let i = 0; i < sum.length; i++) sum[i] += vector[i];
    }
    const length = lengthOf(sum);
    return length ? { sum, length, known, sure: (known.length / words.length) ** 2 } : null;
  }

  /**
   * A ranking with its best hits in order of score and nearness together; what nearness added to a hit's score is its `near`.
   * Files that are not here yet are asked for.
   * @template {{score: number, doc: number, reader: any}} Hit
   * @param {any} reader the query's own language
   * @param {any} analyzer
   * @param {any[]} groups
   * @param {Hit[]} ranked best first
   */
  function nearest(reader, analyzer, groups, ranked) {
    const query = direction(reader, analyzer, groups);
    if (!query || !ranked.length) return ranked;
    const scale = ranked[0].score * reader.manifest.vectors.weight * query.sure;
    const best = ranked.slice(0, BEST).map((hit) => {
      const vector = entryVector(hit.reader, hit.doc), length = vector ? lengthOf(vector) : 0;
      let product = 0;
      if (vector) for (let i = 0; i < vector.length; i++) product += vector[i] * query.sum[i];
      const cosine = length ? product / (length * query.length) : 0;
      return { ...hit, score: hit.score + scale * cosine, near: { typed: query.known.join(" "), cosine, gain: scale * cosine } };
    });
    return [...best.sort((one, other) => other.score - one.score), ...ranked.slice(BEST)];
  }

  Sintoma.vectors = { BEST, ask, nearest };
})();
