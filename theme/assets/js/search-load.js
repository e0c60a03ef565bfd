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

  const manifest = dialog.dataset.manifest ?? "";
  const create = () => Sintoma.createEngine({ manifest, load: (file) => script(file) });

  const open = async () => {
    await Promise.all((dialog.dataset.scripts ?? "").split(" ").map((address) => script(address, true)));
    return create();
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

  /** @type {Promise<void> | undefined} */
  let renewing;
  /** Where the site was published anew since the index was opened, its files have other names: take the index that is there now. */
  const renew = async () => {
    const { manifests } = Sintoma.shards;
    const before = JSON.stringify(manifests.get(manifest));
    await script(`${manifest}?${Date.now()}`).catch(() => undefined);
    if (JSON.stringify(manifests.get(manifest)) !== before) engine = Promise.resolve(create());
  };

  /** @param {string} query @param {SintomaAsked} options */
  const answer = async (query, options) => {
    const used = await Sintoma.engine();
    const found = await used.search(query, options);
    if (!found.missing.length) return found;
    if (used === (await engine)) await (renewing ??= renew().finally(() => (renewing = undefined)));
    const now = await Sintoma.engine();
    return now === used ? found : now.search(query, options);
  };

  /**
   * The answer while a word is being typed; a last word that only leads somewhere when it is cut short is taken for a misspelling.
   * @param {string} query @param {SintomaAsked} options
   */
  Sintoma.ask = async (query, options) => {
    const open = await answer(query, { ...options, prefix: true });
    const last = open.understood.at(-1);
    if (last?.how !== "prefix" || last.used.some((word) => word.length >= last.typed.length)) return open;
    const whole = await answer(query, { ...options, prefix: false });
    return whole.understood.at(-1)?.how === "typo" ? whole : open;
  };
})();
