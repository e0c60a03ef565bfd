// @ts-check
// Fetches the search engine and the index of the page's language when they are first wanted, by script tags: that works from a disk too.
(() => {
  "use strict";
  const dialog = document.getElementById("__dialog");
  if (!dialog) return;
  const root = dialog.dataset.root ?? "";

  /** @param {string} address @returns {Promise<void>} */
  const script = (address) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = root + address;
      element.addEventListener("load", () => resolve());
      element.addEventListener("error", () => reject(new Error(address)));
      document.head.append(element);
    });

  const open = async () => {
    for (const address of (dialog.dataset.scripts ?? "").split(" ")) await script(address);
    return Sintoma.createEngine({ manifest: dialog.dataset.manifest ?? "", load: script });
  };

  /** @type {Promise<SintomaEngine> | undefined} */
  let engine;
  /** The engine, fetched once; another try after a failure. */
  Sintoma.engine = () => {
    engine ??= open().catch((error) => {
      engine = undefined;
      throw error;
    });
    return engine;
  };
  Sintoma.engineIsHere = () => engine !== undefined;
})();
