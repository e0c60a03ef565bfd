// @ts-check
// Searches that led nowhere, kept in this browser alone until their reader hands them on or forgets them.
(() => {
  "use strict";
  const KEY = "sintoma:misses";
  const MOST = 200;
  /** So many milliseconds a question must have stood before another one takes its place, to have been meant. */
  const STOOD = 3000;

  /** @returns {SintomaMiss[]} */
  const kept = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };

  /** @param {SintomaMiss[]} misses */
  const keep = (misses) => {
    try {
      if (misses.length) localStorage.setItem(KEY, JSON.stringify(misses.slice(-MOST)));
      else localStorage.removeItem(KEY);
    } catch {
      // Nothing is kept where storage is switched off.
    }
  };

  /** A question that ended without a click; the same one again moves to the end. @param {string} query @param {number} results */
  const note = (query, results) => {
    const when = new Date().toISOString().slice(0, 10);
    const lang = document.documentElement.lang;
    keep([...kept().filter((one) => one.query !== query || one.lang !== lang), { when, lang, query, results }]);
  };

  /** A table for the writers: day, language, question, how many results it had. @param {SintomaMiss[]} misses */
  const table = (misses) => {
    // A cell that begins like a formula would be one in a spreadsheet.
    const cell = (/** @type {string | number} */ value) => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;
    return ["when,lang,query,results", ...misses.map((one) => [one.when, one.lang, one.query, one.results].map(cell).join(","))].join("\r\n") + "\r\n";
  };

  const download = () => {
    const address = URL.createObjectURL(new Blob(["\ufeff", table(kept())], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "searches-without-a-click.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  /**
   * Follows the questions of one search box: what stands there and leads nowhere is noted. `line` says how many there are.
   * @param {Element | null} line
   */
  const follow = (line) => {
    /** @type {{ query: string, results: number, since: number } | undefined} */
    let asked;
    const count = () => {
      const many = kept().length;
      if (!(line instanceof HTMLElement)) return;
      line.hidden = !many;
      if (line.firstElementChild) line.firstElementChild.textContent = Sintoma.hits.say("search-misses", { count: many });
    };
    const left = () => {
      if (asked) note(asked.query, asked.results);
      asked = undefined;
    };
    addEventListener("pagehide", left);
    line?.querySelector("[data-export]")?.addEventListener("click", download);
    line?.querySelector("[data-forget]")?.addEventListener("click", () => {
      asked = undefined;
      keep([]);
      count();
    });
    return {
      left,
      led: () => void (asked = undefined),
      typed: (/** @type {string} */ query) => {
        if (asked && (!query || (!query.startsWith(asked.query) && performance.now() - asked.since > STOOD))) left();
      },
      stands: (/** @type {string} */ query, /** @type {number} */ results) => {
        asked = { query, results, since: performance.now() };
        count();
      },
    };
  };

  const shared = (globalThis.Sintoma = globalThis.Sintoma ?? /** @type {any} */ ({}));
  shared.misses = { follow, table };
})();
