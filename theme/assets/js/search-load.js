// @ts-check
// Fetches the search engine and the index of the page's language when they are first wanted, by script tags: that works from a disk too.
(() => {
  "use strict";
  const dialog = document.getElementById("__dialog");
  if (!dialog) return;
  const root = dialog.dataset.root ?? "";

  /** Fetch a script. Those in order run one after the other, however they come. @param {string} address @param {boolean} ordered @returns {Promise<void>} */
  const script = (address, ordered = false) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = root + address;
      element.async = !ordered;
      element.addEventListener("load", () => resolve());
      element.addEventListener("error", () => reject(new Error(address)));
      document.head.append(element);
    });

  const open = async () => {
    await Promise.all((dialog.dataset.scripts ?? "").split(" ").map((address) => script(address, true)));
    return Sintoma.createEngine({ manifest: dialog.dataset.manifest ?? "", load: (file) => script(file) });
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

  /**
   * The answer while a word is being typed; a last word that only leads somewhere when it is cut short is taken for a misspelling.
   * @param {string} query @param {{ type?: string, limit?: number, early?: (answer: SintomaAnswer) => void }} options
   */
  Sintoma.ask = async (query, options) => {
    const search = await Sintoma.engine();
    const open = await search.search(query, { ...options, prefix: true });
    const last = open.understood.at(-1);
    if (last?.how !== "prefix" || last.used.some((word) => word.length >= last.typed.length)) return open;
    const whole = await search.search(query, { ...options, prefix: false });
    return whole.understood.at(-1)?.how === "typo" ? whole : open;
  };
})();
