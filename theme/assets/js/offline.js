// @ts-check
// Has the language of this page kept for a time without a network, and says so; of a page that was kept it says since when.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const { root = "", lang = "", reference = "", kept = "", ready = "" } = script.dataset;

  /** A line of the page with a date. @param {string} words @param {string} since @param {string} name */
  const line = (words, since, name) => {
    const element = document.createElement("p");
    element.className = name;
    const date = new Date(since).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    element.textContent = words.replace("{date}", date);
    return element;
  };

  const since = document.documentElement.dataset.kept;
  if (since) {
    const notice = line(kept, since, "notice");
    notice.setAttribute("role", "status");
    document.getElementById("__content")?.prepend(notice);
  }

  const { serviceWorker } = navigator;
  // Browsers know none on a disk and on plain http.
  if (!serviceWorker) return;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data.langs.includes(lang)) document.querySelector(".foot__inner > ul")?.after(line(ready, data.since, "foot__ready"));
  });
  const keep = async () => {
    // The preview's pages must not outlive it.
    if (document.querySelector("script[data-version]")) return;
    await serviceWorker.register(`${root}sw.js`);
    const { active } = await serviceWorker.ready;
    if (!navigator.connection?.saveData) active?.postMessage({ lang, reference });
  };
  addEventListener("load", () => keep().catch(() => undefined));
})();
