// @ts-check
// Words that a misspelt one may stand for: nearest in the lexicon by edit distance (neighbours swapped count as one edit).
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));
  const { DIGITS, unfold, pieceOf } = Sintoma.shards;
  const MOST = 3;
  const SHORTEST_PART = 4;
  const KATAKANA = /^\p{Script=Katakana}/u;

  /** One bit for each letter (hashed into 32): words one edit apart differ in at most two bits. */
  function bitsOf(/** @type {string} */ word) {
    let bits = 0;
    for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }
  function ones(/** @type {number} */ bits) {
    let count = 0;
    for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
    return count;
  }

  /** Edits between two words, or `limit` + 1 where there are more (Damerau-Levenshtein, optimal string alignment). */
  function distance(/** @type {string} */ one, /** @type {string} */ other, /** @type {number} */ limit) {
    if (Math.abs(one.length - other.length) > limit) return limit + 1;
    /** @type {number[]} */
    let older = [];
    let last = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      let least = i;
      for (let k = 1; k <= other.length; k++) {
        const same = one.charCodeAt(i - 1) === other.charCodeAt(k - 1);
        let edits = Math.min(last[k] + 1, row[k - 1] + 1, last[k - 1] + (same ? 0 : 1));
        if (i > 1 && k > 1 && one.charCodeAt(i - 1) === other.charCodeAt(k - 2) && one.charCodeAt(i - 2) === other.charCodeAt(k - 1)) edits = Math.min(edits, older[k - 2] + 1);
        row.push(edits);
        if (edits < least) least = edits;
      }
      if (least > limit) return limit + 1;
      older = last;
      last = row;
    }
    return last[other.length];
  }

  /** A word with two neighbours swapped or one letter less, all of them. */
  function* slips(/** @type {string} */ word) {
    for (let i = 0; i < word.length; i++) {
      if (i + 1 < word.length) yield word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
      yield word.slice(0, i) + word.slice(i + 1);
    }
  }

  function decode(/** @type {string} */ payload) {
    const words = unfold(payload.split("\n")).map((/** @type {string} */ line) => {
      const [term, rest] = line.split("\t");
      const surface = rest.length > 1 ? term.slice(0, DIGITS[rest.charCodeAt(2)]) + rest.slice(3) : term;
      return { term, surface, df: DIGITS[rest.charCodeAt(0)], bits: bitsOf(term), surfaceBits: bitsOf(surface) };
    });
    return { words, places: new Map(words.map((/** @type {{term: string}} */ word) => [word.term, word])) };
  }

  /** How many edits a word of this length may be away. */
  function edits(/** @type {number} */ length) {
    return length < 4 ? 0 : length < 9 ? 1 : 2;
  }

  /**
   * The nearest words of one piece, best first: fewest edits, then the most frequent.
   * @param {ReturnType<typeof decode>} piece @param {string} typed folded @param {string} stem @param {(word: string) => string} stemOf
   */
  function nearest({ words, places }, typed, stem, stemOf, /** @type {number} */ limit) {
    /** @type {{term: string, surface: string, df: number, edits: number}[]} */
    const found = [];
    for (const slip of slips(typed)) {
      const word = places.get(stemOf(slip));
      if (word && word.term.length > 2 && !found.some(({ term }) => term === word.term)) found.push({ term: word.term, surface: word.surface, df: word.df, edits: 1 + (word.term[0] === stem[0] ? 0 : 0.5) });
    }
    const bits = bitsOf(typed), stemBits = bitsOf(stem);
    for (const word of words) {
      let edits = limit + 1;
      if (Math.abs(word.surface.length - typed.length) <= limit && ones(bits ^ word.surfaceBits) <= 2 * limit) edits = distance(typed, word.surface, limit);
      if (edits > 1 && word.term !== word.surface && Math.abs(word.term.length - stem.length) <= limit && ones(stemBits ^ word.bits) <= 2 * limit) edits = Math.min(edits, distance(stem, word.term, limit));
      if (edits <= limit && !(found.length && found.some(({ term }) => term === word.term))) found.push({ term: word.term, surface: word.surface, df: word.df, edits: edits + (word.term[0] === stem[0] ? 0 : 0.5) });
    }
    return found;
  }

  /**
   * Known words near a typed one; undefined where pieces must be fetched first.
   * The common words are asked first; without one that is a single slip away, the others with its first letter and, where
   * that gives nothing, with its second (first two swapped, first one too many).
   * @param {any} reader @param {string} typed folded @param {string} stem @param {(word: string) => string} stemOf
   */
  Sintoma.nearWords = function (reader, typed, stem, stemOf) {
    const lexicon = reader.manifest.lexicon;
    const limit = edits(typed.length);
    if (!limit) return [];
    const common = reader.piece("common", 0, decode);
    if (common === undefined) return undefined;
    const found = common ? nearest(common, typed, stem, stemOf, limit) : [];
    if (!found.some((word) => word.edits <= 1)) {
      const asked = new Set();
      for (const letter of [stem[0], typed[1]]) {
        const number = pieceOf(lexicon.first, letter);
        if (asked.has(number)) continue;
        asked.add(number);
        const piece = reader.piece("lexicon", number, decode);
        if (piece === undefined) return undefined;
        if (piece) found.push(...nearest(piece, typed, stem, stemOf, limit));
        if (found.length) break;
      }
    }
    if (!found.length) return [];
    // Letters in the wrong order are the likeliest slip.
    const lettersOf = (/** @type {string} */ word) => Array.from(word).sort().join("");
    const letters = lettersOf(typed), swapped = (/** @type {{surface: string}} */ { surface }) => Number(lettersOf(surface) === letters);
    found.sort((a, b) => a.edits - b.edits || swapped(b) - swapped(a) || b.df - a.df || (a.term < b.term ? -1 : 1));
    const best = found[0].edits;
    return found.filter((word) => word.edits < best + 0.75).slice(0, MOST);
  };
  /**
   * The two known words that an unknown long one is made of ("Ausgabedatei": Ausgabe, Datei), [] where there are none,
   * undefined where pieces must be fetched first. The most even split wins; one or two joining letters may stand between.
   * @param {any} reader @param {string} typed folded @param {(word: string) => string} stemOf
   */
  Sintoma.compoundOf = function (reader, typed, stemOf) {
    const lexicon = reader.manifest.lexicon;
    const shortest = KATAKANA.test(typed) ? SHORTEST_PART - 1 : SHORTEST_PART;
    if (typed.length < 2 * shortest || typed.length > 40) return [];
    const known = (/** @type {string} */ part) => {
      const term = stemOf(part);
      if (!reader.has(term)) return null;
      const common = reader.piece("common", 0, decode);
      let word = common && common.places.get(term);
      if (common !== undefined && !word) {
        const piece = reader.piece("lexicon", pieceOf(lexicon.first, term[0]), decode);
        word = piece ? piece.places.get(term) || null : piece;
      }
      return word && !(word.surface.startsWith(part.slice(0, -2)) || part.startsWith(term)) ? null : word;
    };
    const middle = typed.length / 2;
    const cuts = Array.from({ length: typed.length - 2 * shortest + 1 }, (_, i) => i + shortest).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
    for (const cut of cuts) {
      for (const joint of ["", "s", "es", "n", "en"]) {
        const head = typed.slice(0, cut);
        if (!head.endsWith(joint) || head.length - joint.length < shortest) continue;
        const first = known(head.slice(0, head.length - joint.length));
        if (first === undefined) return undefined;
        if (!first) continue;
        const second = known(typed.slice(cut));
        if (second === undefined) return undefined;
        if (second) return [first, second];
      }
    }
    return [];
  };
})();
