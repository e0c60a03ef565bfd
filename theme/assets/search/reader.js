// @ts-check
// One language's index as far as it has been fetched: terms with their postings, tables, titles; and the scores of a query.
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));
  const { payloads, Numbers, DIGITS, pieceOf, unfold, bucketOf } = Sintoma.shards;
  const VERSION = 3;
  const QUOTED = 0.15;
  const APART = ["words", "near"];
  const NOTHING = { quoted: [], idf: 0 };

  /** @param {{postings: any}} step */
  function idfOf({ postings }) {
    return postings ? postings.idf : 0;
  }

  class Reader {
    /** @param {any} manifest @param {{failed: (file: string) => boolean, need: (file: string) => void}} files */
    constructor(manifest, files) {
      if (manifest.version !== VERSION) throw new Error(`the search index has version ${manifest.version}, this page reads version ${VERSION}: build the site again`);
      this.manifest = manifest;
      this.lang = manifest.lang;
      this.files = files;
      /** @type {Map<string, any>} */
      this.decoded = new Map();
      const counts = new Numbers(manifest.passages);
      this.offsets = new Int32Array(manifest.count + 1);
      for (let i = 0; i < manifest.count; i++) this.offsets[i + 1] = this.offsets[i] + counts.next();
      // A byte for each place where terms fall, see `term_filter` in pieces.py; none where one file holds everything.
      const { places, gaps } = manifest.known || { places: 0, gaps: "" };
      const steps = new Numbers(gaps);
      this.known = new Uint8Array(places);
      for (let place = -1; steps.at < gaps.length; ) this.known[(place += steps.next() + 1)] = 1;
      this.section = new Float64Array(manifest.count);
      this.passage = new Float64Array(this.offsets[manifest.count]);
      this.sectionBest = new Float64Array(manifest.count);
      this.passageBest = new Float64Array(this.offsets[manifest.count]);
      /** @type {Map<number, {runs: number, gain: number}>} What entries earn for a pasted message. */
      this.quotes = new Map();
    }

    /** The decoded piece `number` of a kind, null where it is broken, undefined where it must be fetched first. */
    piece(/** @type {string} */ kind, /** @type {number} */ number, /** @type {(payload: string) => any} */ decode) {
      const pieces = this.manifest[kind];
      const name = pieces && pieces.names[number];
      if (name === undefined) return null;
      const key = `${this.lang}/${kind}-${name}`;
      let piece = this.decoded.get(key);
      if (piece !== undefined) return piece;
      const payload = payloads.get(key);
      if (payload !== undefined) {
        piece = decode(payload);
        this.decoded.set(key, piece);
        payloads.delete(key);
        return piece;
      }
      const file = (!APART.includes(kind) && this.manifest.bundle) || `${this.manifest.folder}${key}.js`;
      if (this.files.failed(file)) return null;
      this.files.need(file);
      return undefined;
    }

    /** All files that are not here yet, for fetching when idle. */
    rest() {
      const { bundle } = this.manifest;
      const files = !bundle || this.decoded.size || this.files.failed(bundle) ? [] : [bundle];
      for (const kind of bundle ? APART : ["terms", "common", "lexicon", "docs", "table", ...APART]) {
        for (const name of (this.manifest[kind] || { names: [] }).names) {
          const key = `${this.lang}/${kind}-${name}`;
          const file = `${this.manifest.folder}${key}.js`;
          if (!this.decoded.has(key) && !payloads.has(key) && !this.files.failed(file)) files.push(file);
        }
      }
      return files;
    }

    /** Terms of a piece with their postings: streams of alike numbers, see `Postings.text` in postings.py. */
    termPiece(/** @type {number} */ number) {
      return this.piece("terms", number, (payload) => {
        const lines = payload.split("\n");
        const numbers = new Numbers(lines[0]);
        const list = unfold(lines.slice(1));
        /** @type {Map<string, any>} */
        const places = new Map();
        const all = list.map((/** @type {string} */ term) => {
          const df = Math.min(numbers.next(), this.manifest.count);
          const idf = Math.log(1 + (this.manifest.count - df + 0.5) / (df + 0.5));
          const postings = { df, idf, docs: new Int32Array(df), weights: new Uint8Array(df), bases: new Uint8Array(df), from: new Int32Array(df + 1), passages: /** @type {number[]} */ ([]), quoted: /** @type {number[]} */ ([]) };
          places.set(term, postings);
          return postings;
        });
        for (const { docs } of all) for (let i = 0, doc = -1; i < docs.length; i++) docs[i] = doc = Math.min(doc + numbers.next() + 1, this.manifest.count - 1);
        for (const { weights } of all) for (let i = 0; i < weights.length; i++) weights[i] = numbers.next();
        for (const { docs, bases } of all) for (let i = 0; i < docs.length; i++) if (this.width(docs[i]) > 1) bases[i] = numbers.next();
        for (const { docs, from, passages } of all) {
          for (let i = 0; i < docs.length; i++) {
            from[i] = passages.length;
            if (this.width(docs[i]) > 1) for (let mask = numbers.next(), bit = 0; mask; mask >>>= 1, bit++) if (mask & 1) passages.push(bit, 0);
          }
          from[docs.length] = passages.length;
        }
        for (const { passages } of all) for (let i = 1; i < passages.length; i += 2) passages[i] = numbers.next();
        const many = all.map(() => numbers.next());
        all.forEach((/** @type {any} */ postings, /** @type {number} */ i) => {
          for (let k = 0; k < many[i]; k++) postings.quoted.push(numbers.next(), Math.min(numbers.next(), this.manifest.count - 1));
        });
        return { list, places };
      });
    }

    /** Passages of an entry. */
    width(/** @type {number} */ doc) {
      return this.offsets[doc + 1] - this.offsets[doc];
    }

    /** Whether the index may have a term: false is certain. */
    has(/** @type {string} */ term) {
      return !this.known.length || this.known[bucketOf(term, this.known.length)] === 1;
    }

    /** Postings of a term; null where the index lacks it, undefined where its piece must be fetched first. */
    postings(/** @type {string} */ term) {
      if (!this.has(term)) return null;
      const piece = this.manifest.terms.first.length ? this.termPiece(pieceOf(this.manifest.terms.first, term)) : null;
      return piece ? piece.places.get(term) || null : piece;
    }

    /** Terms that begin with `prefix` in the piece that would hold it. Undefined where it must be fetched first. */
    beginning(/** @type {string} */ prefix, /** @type {number} */ limit) {
      const first = this.manifest.terms.first;
      if (!first.length) return [];
      const found = [];
      for (let number = pieceOf(first, prefix), tried = 0; number < first.length && tried < 2; number++, tried++) {
        if (tried && !first[number].startsWith(prefix)) break;
        const piece = this.termPiece(number);
        if (piece === undefined) return undefined;
        if (!piece) continue;
        for (const term of piece.list) if (term.startsWith(prefix)) found.push({ term, df: piece.places.get(term).df });
      }
      found.sort((a, b) => b.df - a.df || (a.term < b.term ? -1 : 1));
      return found.slice(0, limit).map(({ term }) => term);
    }

    /** What a source term may stand for in the reference language: `[term, p]` pairs, null where unknown. */
    translations(/** @type {string} */ term) {
      const table = this.manifest.table;
      if (!table || !table.first.length) return null;
      const piece = this.piece("table", pieceOf(table.first, term), (payload) => {
        /** @type {Map<string, [string, number][]>} */
        const entries = new Map();
        let last = "";
        for (const line of payload.split("\n")) {
          const fields = line.split(" ");
          last = last.slice(0, DIGITS[fields[0].charCodeAt(0) & 127]) + fields[0].slice(1);
          entries.set(last, fields.slice(1).map((field) => [field.slice(1), (DIGITS[field.charCodeAt(0) & 127] + 1) / 64]));
        }
        return entries;
      });
      return piece ? piece.get(term) || null : piece;
    }

    /** Adds one word's variants to the scores: the best variant of a section counts, or with `sum` all of them. */
    add(/** @type {{postings: any, weight: number}[]} */ variants, /** @type {boolean} */ sum) {
      const { offsets, section, passage, sectionBest, passageBest } = this;
      const alone = sum || variants.length === 1;
      /** @type {number[]} */
      const touched = [];
      for (const { postings, weight } of variants) {
        const { docs, weights, bases, from, passages } = postings;
        const scale = (weight * postings.idf) / this.manifest.levels;
        for (let i = 0; i < docs.length; i++) {
          const doc = docs[i], gain = weights[i] * scale, first = offsets[doc], last = offsets[doc + 1];
          if (alone) {
            section[doc] += gain;
            if (last - first === 1) {
              passage[first] += gain;
              continue;
            }
            const base = bases[i] * scale;
            if (base) for (let unit = first; unit < last; unit++) passage[unit] += base;
            for (let k = from[i]; k < from[i + 1]; k += 2) passage[first + passages[k]] += passages[k + 1] * scale - base;
            continue;
          }
          if (sectionBest[doc] === 0) touched.push(doc);
          if (gain > sectionBest[doc]) {
            section[doc] += gain - sectionBest[doc];
            sectionBest[doc] = gain;
          }
          const base = last - first === 1 ? gain : bases[i] * scale;
          for (let unit = first; unit < last; unit++) this.raise(unit, base);
          for (let k = from[i]; k < from[i + 1]; k += 2) this.raise(first + passages[k], passages[k + 1] * scale);
        }
      }
      for (const doc of touched) {
        sectionBest[doc] = 0;
        passageBest.fill(0, offsets[doc], offsets[doc + 1]);
      }
    }

    /**
     * Adds what a pasted message earns: words of the query that an entry quotes in the same order, see messages.py.
     * @param {{term: string, postings: any}[]} sequence the query's terms in order
     */
    addQuoted(sequence) {
      /** @type {Map<number, {runs: number, gain: number}>} */
      const found = new Map();
      for (let i = 0; i + 1 < sequence.length; i++) {
        const { quoted, idf } = sequence[i].postings || NOTHING;
        if (!quoted.length) continue;
        const second = sequence[i + 1], third = sequence[i + 2];
        /** @type {Map<number, number>} */
        const wanted = new Map();
        for (let k = i + 1; k < Math.min(i + 6, sequence.length); k++) wanted.set(bucketOf(`* ${sequence[k].term}`), idf + idfOf(sequence[k]));
        if (third) wanted.set(bucketOf(`${second.term} ${third.term}`), idf + idfOf(second) + idfOf(third));
        for (let k = 0; k < quoted.length; k += 2) {
          const gain = wanted.get(quoted[k]);
          if (gain === undefined) continue;
          const known = found.get(quoted[k + 1]);
          if (known) {
            known.runs++;
            known.gain += gain;
          } else found.set(quoted[k + 1], { runs: 1, gain });
        }
      }
      // One run of three words is common; two are four words in a row, or words on both sides of a placeholder.
      for (const [doc, { runs, gain }] of found) {
        if (runs < 2) continue;
        this.quotes.set(doc, { runs, gain: QUOTED * gain });
        this.section[doc] += QUOTED * gain;
        for (let unit = this.offsets[doc]; unit < this.offsets[doc + 1]; unit++) this.passage[unit] += QUOTED * gain;
      }
    }

    raise(/** @type {number} */ unit, /** @type {number} */ gain) {
      if (gain > this.passageBest[unit]) {
        this.passage[unit] += gain - this.passageBest[unit];
        this.passageBest[unit] = gain;
      }
    }

    clear() {
      this.section.fill(0);
      this.passage.fill(0);
      this.quotes.clear();
    }

    /** A section's score: half for the whole, half for its best passage. */
    score(/** @type {number} */ doc) {
      if (this.section[doc] === 0) return 0;
      let best = 0;
      for (let unit = this.offsets[doc]; unit < this.offsets[doc + 1]; unit++) if (this.passage[unit] > best) best = this.passage[unit];
      return (1 - this.manifest.passage) * this.section[doc] + this.manifest.passage * best;
    }

    /** What a posting gives a section's score, by the whole and by its best passage: two functions that weigh one. */
    shares(/** @type {number} */ doc) {
      const first = this.offsets[doc], half = this.manifest.passage;
      let best = first;
      for (let unit = first; unit < this.offsets[doc + 1]; unit++) if (this.passage[unit] > this.passage[best]) best = unit;
      return {
        sectionShare: (/** @type {any} */ { weights }, /** @type {number} */ at) => (1 - half) * weights[at],
        passageShare: (/** @type {any} */ { weights, bases, from, passages }, /** @type {number} */ at) => {
          let weight = this.width(doc) === 1 ? weights[at] : bases[at];
          for (let k = from[at]; k < from[at + 1]; k += 2) if (first + passages[k] === best) weight = passages[k + 1];
          return half * weight;
        },
      };
    }

    /** Id, address, title, trail and what is displayed of an entry; undefined where its piece must be fetched first, null where it is broken. */
    doc(/** @type {number} */ number) {
      const size = this.manifest.docs.size;
      const piece = this.piece("docs", Math.floor(number / size), (payload) => {
        let id = "", url = "";
        return payload.split("\n").map((line) => {
          const [written, address, title, trail, ...fields] = line.slice(2).split("\t");
          id = id.slice(0, DIGITS[line.charCodeAt(0) & 127]) + written;
          url = url.slice(0, DIGITS[line.charCodeAt(1) & 127]) + address;
          return { id, url, title, trail: trail ? trail.split("\u001f") : [], fields };
        });
      });
      if (!piece) return piece;
      const { fields, ...doc } = piece[number % size] || { fields: [] };
      if (doc.id === undefined) return null;
      /** @type {Map<string, string>} */
      const shown = new Map();
      for (let i = 0; i + 1 < fields.length; i += 2) shown.set(fields[i], fields[i + 1].replace(/\u001e/g, "\n"));
      return { ...doc, shown: Object.fromEntries(shown) };
    }

    typeOf(/** @type {number} */ number) {
      for (const [type, end] of this.manifest.types) if (number < end) return type;
      return "section";
    }
  }

  Sintoma.Reader = Reader;
})();
