// @ts-check
// Index files: how they announce themselves, how numbers and terms are written in them.
//
// A file is a script that calls Sintoma.manifest(name, checksum, `JSON`) or Sintoma.shard(name, checksum, `payload`): what was damaged
// on its way is taken for missing.
// Numbers are written in printable ASCII: 64 digits end a number, 24 continue it, so most take one character
// and a compressor sees whole values. Terms and words are front coded, a line each.
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));
  const ENDING = 64;
  const CONTINUING = 24;

  /** @type {Map<string, any>} */
  const manifests = new Map();
  /** @type {Map<string, string>} */
  const payloads = new Map();

  const DIGITS = new Uint8Array(128);
  for (let value = 0, code = 37; value < ENDING + CONTINUING; value++, code++) {
    if (code === 92 || code === 96) code++;
    DIGITS[code] = value;
  }

  /** Reads numbers from `text` from `at` on. */
  class Numbers {
    constructor(/** @type {string} */ text, at = 0) {
      this.text = text;
      this.at = at;
    }
    next() {
      let value = 0, scale = 1;
      while (this.at < this.text.length) {
        const digit = DIGITS[this.text.charCodeAt(this.at++) & 127];
        value += digit * scale;
        if (digit < ENDING) break;
        scale *= CONTINUING;
      }
      return value;
    }
  }

  function adler32(/** @type {string} */ text) {
    let a = 1, b = 0;
    for (let i = 0; i < text.length; ) {
      for (const end = Math.min(i + 2000, text.length); i < end; i++) {
        a += text.charCodeAt(i);
        b += a;
      }
      a %= 65521;
      b %= 65521;
    }
    return b * 65536 + a;
  }

  Sintoma.manifest = function (name, checksum, text) {
    if (adler32(text) === checksum) manifests.set(name, JSON.parse(text));
  };
  Sintoma.shard = function (name, checksum, payload) {
    if (adler32(payload) === checksum) payloads.set(name, payload);
  };

  /** FNV-1a over UTF-16 units, in so many buckets; 1600 are those of messages.py. */
  function bucketOf(/** @type {string} */ text, many = 1600) {
    let value = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return (value >>> 0) % many;
  }

  /** Which of `count` pieces (their first terms in order) would hold `term`; 0 for what sorts before all. */
  function pieceOf(/** @type {string[]} */ firsts, /** @type {string} */ term) {
    let low = 0, high = firsts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= term) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Lines that each begin with a digit: how many characters they share with the line before. */
  function unfold(/** @type {string[]} */ lines) {
    let last = "";
    return lines.map((line) => (last = last.slice(0, DIGITS[line.charCodeAt(0) & 127]) + line.slice(1)));
  }

  Sintoma.shards = { bucketOf, manifests, payloads, Numbers, DIGITS, pieceOf, unfold, adler32 };
})();
