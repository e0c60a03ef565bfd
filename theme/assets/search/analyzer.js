// @ts-check
// Words of a text: the one analyzer, used by the page, the terminal and the index build.
//
// A text is normalised (NFKC), cut into words, each word into its terms:
//   plain word           its stem, accents folded                 "Exportaciones" -> export
//   identifier           its whole and its parts                  "xtk:session" -> xtksession, xtk, session
//   Chinese, Korean, Thai  pairs of neighbouring characters       "配信失敗" -> 配信, 信失, 失敗
//                        (particles off Korean words: "서버에서" -> 서버; "VPN에" -> vpn; without "왜", "안돼요")
//   Japanese             katakana words whole, pairs of the rest  "サーバーを起動する" -> サーバ, 起動
//                        (with the first hiragana of an ending: "落ちる" -> 落ち; other hiragana is grammar)
// A script without spaces is never stemmed; a language without a stemmer keeps its folded words.
(function () {
  "use strict";
  const Sintoma = (globalThis.Sintoma = globalThis.Sintoma || /** @type {any} */ ({}));

  /** Words and their joiners: one match is what a person would call one word or one identifier. */
  const WORD = /[\p{L}\p{N}\p{M}_]+(?:[.:@'’\-‐‑]+[\p{L}\p{N}\p{M}_]+)*/gu;
  const JOINERS = /[._:@'’\-‐‑]+/u;
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  /** Scripts written without spaces, and Korean, whose particles stick to the word. */
  const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]+/gu;
  const HIRAGANA = /^[\p{Script=Hiragana}ー]+$/u;
  const ASCII = /^[\x00-\x7f]*$/;
  const LATIN = /\p{Script=Latin}/u;
  const MARKS = /[\u0300-\u036f]/g;
  const LOWER_UPPER = /(\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll}{2})|(\p{L})(?=\p{N})|(\p{N})(?=\p{L})/gu;
  /** @type {[RegExp, string][]} Latin letters that Unicode does not decompose. */
  const LETTERS = [[/ß/g, "ss"], [/æ/g, "ae"], [/œ/g, "oe"], [/ø/g, "o"], [/ł/g, "l"], [/[đð]/g, "d"], [/þ/g, "th"], [/ı/g, "i"]];
  const LONGEST_WORD = 48;
  const LONGEST_TEXT = 4000;

  /** @type {Map<string, {stem: (word: string) => string, stop: string}>} */
  const languages = new Map();

  /** Lower case, accents off Latin letters. */
  function fold(/** @type {string} */ word) {
    let folded = word.toLowerCase();
    if (ASCII.test(folded)) return folded;
    if (LATIN.test(folded)) {
      folded = folded.normalize("NFD").replace(MARKS, "").normalize("NFC");
      for (const [letter, plain] of LETTERS) folded = folded.replace(letter, plain);
    }
    return folded.replace(/ё/g, "е");
  }

  /** NFKC, invisible characters dropped. */
  function clean(/** @type {string} */ text) {
    return ASCII.test(text) ? text : text.normalize("NFKC").replace(INVISIBLE, "");
  }

  /** The beginning of a word; no letter is cut in two. */
  function cut(/** @type {string} */ word) {
    return word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD).replace(/[\ud800-\udbff]$/u, "") : word;
  }

  /** The words of a cleaned text as written. */
  function split(/** @type {string} */ text) {
    return text.match(WORD) || [];
  }

  /** Runs of one script inside dense text; hiragana that follows Chinese characters ends their word. */
  const RUNS = /[\p{Script=Han}々〆]+|[\p{Script=Hiragana}]+|[\p{Script=Katakana}ー]+|\p{Script=Hangul}+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
  const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;
  const HAN = /^[\p{Script=Han}々〆]/u;
  const HANGUL = /^\p{Script=Hangul}/u;
  /** Korean particles: what follows a noun of two syllables, or stands behind a word of another script. */
  const PARTICLE = /(?:(?:에서|에게|한테|으로|까지|부터|처럼|보다|하고|로|에|와|과)[은는도만의]?|[은는이가을를의도만])$/;

  /** Korean words that say nothing by themselves: adverbs, and what is left of verbs. */
  const KOREAN = new Set("안 못 왜 좀 더 잘 수 것 때 게 거 및 등 또 그 저 제 내 안돼 안돼요 안되 안됨 안됩니다 어떻게 자꾸 너무 매우 아주 그리고 또는 나요 해요 돼요 합니다 됩니다 하다 하는 하고 있어요".split(" "));

  /** The runs of dense text that are no grammar, each with its terms. `attached`: another script's word stands before it. */
  function* runsOf(/** @type {string} */ dense, /** @type {boolean} */ attached) {
    const runs = dense.match(RUNS) || [];
    for (const [i, run] of runs.entries()) {
      if (HIRAGANA.test(run)) continue;
      if (KATAKANA.test(run)) {
        yield { typed: run, terms: [cut(run.replace(/ー+$/, "") || run)] };
        continue;
      }
      const bare = HANGUL.test(run) ? withoutParticle(run, attached && !i) : run;
      const letters = KOREAN.has(bare) ? [] : Array.from(bare);
      const tail = HAN.test(run) && i + 1 < runs.length && HIRAGANA.test(runs[i + 1]) ? runs[i + 1][0] : "";
      if (tail) letters.push(tail);
      const terms = letters.length === 1 ? letters : letters.slice(1).map((letter, k) => letters[k] + letter);
      yield { typed: run + tail, terms };
    }
  }

  function withoutParticle(/** @type {string} */ run, /** @type {boolean} */ attached) {
    const bare = run.replace(PARTICLE, "");
    return bare.length > 1 || (attached && !bare) ? bare : run;
  }

  /** @param {string} lang a BCP 47 tag; its first subtag chooses stemmer and stop words */
  function createAnalyzer(lang) {
    const language = languages.get(lang.toLowerCase().split("-")[0]);
    /** @type {Map<string, string>} */
    const stems = new Map();

    function stem(/** @type {string} */ word) {
      let known = stems.get(word);
      if (known === undefined) {
        const folded = fold(word);
        const latin = LATIN.test(folded);
        known = !language || /\p{N}/u.test(folded) ? folded : fold(language.stem(latin ? folded : word.toLowerCase()));
        if (stems.size > 200000) stems.clear();
        stems.set(word, known);
      }
      return known;
    }

    /** @type {Set<string>} */
    const stop = new Set();
    if (language) for (const word of split(clean(language.stop))) for (const part of word.split(JOINERS)) stop.add(fold(part));

    /** One spaced-script piece and its terms: the whole, unless it is a plain word, and the parts. */
    function spaced(/** @type {string} */ piece) {
      /** @type {string[]} */
      const terms = [];
      const parts = [];
      for (const joined of piece.split(JOINERS)) for (const part of joined.replace(LOWER_UPPER, "$&\u0000").split("\u0000")) if (part) parts.push(part);
      const several = parts.length > 1;
      if (several && parts.every((part) => /^\p{N}+$/u.test(part))) {
        terms.push(parts.join("."));
      } else if (several && parts.length <= 8 && piece.length <= LONGEST_WORD && !(/['’]/.test(piece))) {
        terms.push(stem(parts.join("")));
      }
      for (const part of parts) {
        const folded = fold(part);
        if (folded.length > 1 && !stop.has(folded)) terms.push(stem(cut(part)));
      }
      return { typed: piece, terms };
    }

    /** A word in pieces of one script, each with its terms; for an identifier the whole comes first. */
    function piecesOf(/** @type {string} */ word) {
      const pieces = [];
      let end = 0;
      for (const match of word.matchAll(DENSE)) {
        if (match.index > end) pieces.push(spaced(word.slice(end, match.index)));
        pieces.push(...runsOf(match[0], match.index > 0));
        end = match.index + match[0].length;
      }
      if (end < word.length) pieces.push(spaced(end ? word.slice(end) : word));
      return pieces;
    }

    const termsOf = (/** @type {string} */ word) => piecesOf(word).flatMap(({ terms }) => terms);

    return {
      lang,
      fold,
      stem,
      termsOf,
      /** Whether a term comes from a script without spaces. */
      dense: (/** @type {string} */ term) => term.search(DENSE) >= 0,
      /** Whether a term of a script without spaces is a word by itself, and not a pair cut from one. */
      entire: (/** @type {string} */ term) => KATAKANA.test(term),
      /** The words of a query, cut where scripts change: the word, what of it was typed, and its terms. */
      words(/** @type {string} */ text) {
        return split(clean(text.slice(0, LONGEST_TEXT))).flatMap((word) => piecesOf(word).map((piece) => ({ word, ...piece })));
      },
    };
  }

  Sintoma.createAnalyzer = createAnalyzer;
  Sintoma.analysis = { split, clean, fold };
  Sintoma.addLanguage = function (code, stemmer, stop) {
    languages.set(code, { stem: (word) => stemmer.stemWord(word), stop });
  };
})();
