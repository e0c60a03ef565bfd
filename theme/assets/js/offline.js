// @ts-check
// Has the language of this page kept for a time without a network, and says of a page that was kept since when.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const { root = "", lang = "", reference = "", words = "" } = script.dataset;

  const since = document.documentElement.dataset.kept;
  if (since) {
    const notice = document.createElement("p");
    notice.className = "notice";
    notice.setAttribute("role", "status");
    const date = new Date(since).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    notice.textContent = words.replace("{date}", date);
    document.getElementById("__content")?.prepend(notice);
  }

  const { serviceWorker } = navigator;
  // Browsers know none on a disk and on plain http.
  if (!serviceWorker) return;
  const keep = async () => {
    // The preview's pages must not outlive it.
    if (document.querySelector("script[data-version]")) return;
    await serviceWorker.register(`${root}sw.js`);
    const { active } = await serviceWorker.ready;
    if (!navigator.connection?.saveData) active?.postMessage({ lang, reference });
  };
  addEventListener("load", () => keep().catch(() => undefined));
})();
