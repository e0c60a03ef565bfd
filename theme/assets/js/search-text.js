// @ts-check
// Words of the search box: what to mark in a hit, and what of a pasted log is worth asking.
(() => {
  "use strict";
  const WORD = /[\p{L}\p{N}_]+/gu;
  const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
  const HAN = /[\u3400-\u9fff]/;
  /** Lower case, without accents. @param {string} text */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

  /** The line of a pasted text that tells most; the engine drops times, paths and numbers by itself. @param {string} text */
  const telling = (text) => {
    const lines = text.split(/[\r\n]+/).map((line) => line.trim()).filter(Boolean);
    const line = lines.find((one) => /error|fail|refus|denied|time[d ]*out|exception|fatal|erreur|fehler|erro\b/i.test(one)) ?? lines[0] ?? "";
    return line.replace(/\s+/g, " ").slice(0, 1000);
  };

  /**
   * What to mark for the words that were asked: how words begin, and runs of characters for writing without spaces. Chinese characters
   * are looked for in pairs, as in the index: a question is one run of them, and no text has it as it was typed.
   * Short words of a sentence (are, not, la) would only be noise.
   * @param {Iterable<string>} asked
   */
  const wanted = (asked) => {
    const words = [...new Set([...asked].flatMap((text) => fold(text).match(WORD) ?? []))];
    const telling = words.filter((word) => word.length > 3 || /\d/.test(word) || words.length === 1);
    const runs = [...asked].flatMap((text) => text.normalize("NFKC").match(/[\u30a0-\u30ff]{2,}|[\u3400-\u9fff]{2,}|[\uac00-\ud7af]{2,}/g) ?? []);
    const pairs = runs.flatMap((run) => (HAN.test(run) ? [...run].slice(1).map((letter, i) => run[i] + letter) : [run]));
    return { stems: telling.filter((word) => !CJK.test(word)), runs: [...new Set(pairs)] };
  };

  /** Stretches of a text in order, those that touch as one. @param {[number, number][]} marks */
  const joined = (marks) => {
    /** @type {[number, number][]} */
    const whole = [];
    for (const [start, end] of marks.sort((a, b) => a[0] - b[0])) {
      const before = whole[whole.length - 1];
      if (before && start <= before[1]) before[1] = Math.max(before[1], end);
      else whole.push([start, end]);
    }
    return whole;
  };

  /**
   * A text in pieces, the words that were asked marked: a word where it begins like an asked one, or where an
   * asked one begins like it (inflections).
   * @param {string} text @param {Iterable<string>} asked
   * @returns {{ text: string, hit: boolean }[]}
   */
  const pieces = (text, asked) => {
    const { stems, runs } = wanted(asked);
    /** @type {[number, number][]} */
    const marks = [];
    for (const match of text.matchAll(WORD)) {
      const word = fold(match[0]);
      const near = (/** @type {string} */ stem) => word === stem || (stem.length > 2 && word.startsWith(stem) && (stem.length > 4 || word.length - stem.length < 4)) || (word.length > 3 && stem.startsWith(word));
      if (stems.some(near)) marks.push([match.index, match.index + match[0].length]);
    }
    for (const run of runs) {
      for (let at = text.indexOf(run); at >= 0; at = text.indexOf(run, at + 1)) marks.push([at, at + run.length]);
    }
    const found = [];
    let last = 0;
    for (const [start, end] of joined(marks)) {
      if (start > last) found.push({ text: text.slice(last, start), hit: false });
      found.push({ text: text.slice(start, end), hit: true });
      last = end;
    }
    if (last < text.length) found.push({ text: text.slice(last), hit: false });
    return found;
  };

  /** The beginning of a text, cut between words. @param {string} text @param {number} length */
  const head = (text, length) => {
    if (text.length <= length) return text;
    const cut = text.slice(0, length);
    const end = cut.lastIndexOf(" ");
    return `${end > length / 2 ? cut.slice(0, end) : cut} …`;
  };

  /** The part of a text round its first marked word. @param {string} text @param {Iterable<string>} asked @param {number} [length] */
  const excerpt = (text, asked, length = 180) => {
    if (text.length <= length) return text;
    const parts = pieces(text, asked);
    const before = parts[0] && !parts[0].hit && parts.length > 1 ? parts[0].text.length : 0;
    const from = Math.max(0, Math.floor(before - length / 3));
    const gap = text.slice(from, before).search(/[\s。，、；：！？]/);
    const start = before <= length / 2 ? 0 : gap >= 0 ? from + gap + 1 : CJK.test(text[from] ?? "") ? from : 0;
    return `${start ? "… " : ""}${head(text.slice(start), length)}`;
  };

  const shared = (globalThis.Sintoma = globalThis.Sintoma ?? /** @type {any} */ ({}));
  shared.text = { telling, pieces, head, excerpt };

  /** Mark on this page what was searched on the page before. */
  const markTarget = () => {
    let words = "";
    try {
      words = sessionStorage.getItem("sintoma:mark") ?? "";
      sessionStorage.removeItem("sintoma:mark");
    } catch {
      return;
    }
    const article = document.querySelector("article");
    if (!words || !article || !("highlights" in CSS)) return;
    const ranges = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node && ranges.length < 400; node = walker.nextNode()) {
      let at = 0;
      for (const piece of pieces(node.textContent ?? "", [words])) {
        if (piece.hit) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + piece.text.length);
          ranges.push(range);
        }
        at += piece.text.length;
      }
    }
    CSS.highlights.set("sintoma", new Highlight(...ranges));
  };
  if (typeof document !== "undefined") markTarget();
})();
