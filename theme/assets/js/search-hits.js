// @ts-check
// How hits of the search look: what was found, why it matched, in which words.
(() => {
  "use strict";
  const dialog = document.getElementById("__dialog");
  if (!dialog) return;
  const { pieces, head: beginning, excerpt } = Sintoma.text;
  const root = dialog.dataset.root ?? "";
  const RECENT = "sintoma:recent";
  const lang = document.documentElement.lang;
  /** @type {Record<string, string>} */
  const words = JSON.parse(dialog.dataset.words ?? "{}");
  /** @type {Record<string, string>} */
  const kinds = JSON.parse(dialog.dataset.kinds ?? "{}");

  /** A word of the theme, its {braces} filled. @param {string} key @param {Record<string, string | number>} [values] */
  const say = (key, values = {}) => (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

  /** @param {string} name @param {string} className @param {string} [text] */
  const make = (name, className, text = "") => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.textContent = text;
    return element;
  };

  /** @param {string} className @param {string} text @param {string[]} asked */
  const marked = (className, text, asked) => {
    const into = make("span", className);
    for (const piece of pieces(text, asked)) into.append(piece.hit ? make("mark", "", piece.text) : piece.text);
    return into;
  };

  /** @param {string} id @param {string} className */
  const option = (id, className) => {
    const item = make("li", className);
    item.id = id;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    return item;
  };

  /** A language's name for itself. @param {string} tag */
  const named = (tag) => document.querySelector(`#__menu-languages a[hreflang="${CSS.escape(tag)}"]`)?.textContent ?? tag;

  /** A hit as an option of the list. @param {SintomaHit} hit @param {string} id @param {string[]} asked */
  const show = (hit, id, asked) => {
    const record = hit.type !== "section";
    const item = option(id, record && !/\s/.test(hit.title.trim()) ? "hit--record hit--name" : record ? "hit--record" : "hit--section");
    item.dataset.href = `${root}${lang}/${hit.url}`;
    if (hit.lang && hit.lang !== lang) item.lang = hit.lang;
    const head = make("span", "hit__head");
    head.append(marked("hit__title", hit.title, asked));
    const trail = hit.trail.filter((title) => title !== hit.title).join(" › ");
    if (record || !trail) head.append(make("span", "hit__kind", kinds[hit.type] ?? hit.type));
    if (item.lang) head.append(make("span", "hit__kind", named(hit.lang)));
    item.append(head);
    if (trail) item.append(make("span", "hit__trail", trail));
    const signs = (hit.shown.symptoms ?? "").split(/\n| · /).filter(Boolean);
    const sign = signs.find((text) => pieces(text, asked).some((piece) => piece.hit)) ?? signs[0];
    if (sign) item.append(marked("hit__sign", excerpt(sign, asked, 120), asked));
    const text = hit.shown.remedy || hit.shown.summary || hit.shown.scope || "";
    if (text) item.append(marked("hit__text", record ? beginning(text, 180) : excerpt(text, asked), asked));
    return item;
  };

  /** The questions that led somewhere last. @returns {string[]} */
  const recent = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
      return Array.isArray(kept) ? kept.map(String).slice(0, 5) : [];
    } catch {
      return [];
    }
  };
  /** A question that leads somewhere now; where it leads in this tab, its words are marked there. @param {string} query @param {boolean} here */
  const remember = (query, here) => {
    try {
      localStorage.setItem(RECENT, JSON.stringify([query, ...recent().filter((one) => one !== query)].slice(0, 5)));
      if (here) sessionStorage.setItem("sintoma:mark", query);
    } catch {
      // Nothing is remembered where storage is switched off.
    }
  };

  /** An earlier question as an option of the list. @param {string} query @param {string} id */
  const recall = (query, id) => {
    const item = option(id, "hit--recent");
    item.textContent = query;
    item.dataset.query = query;
    return item;
  };

  /** @param {string} address @param {string} text */
  const link = (address, text) => {
    const element = document.createElement("a");
    element.href = address;
    element.textContent = text;
    return element;
  };

  /**
   * What to do where nothing was found, or nothing could be asked: names like those that were typed, the table of all, the question in other languages.
   * @param {string[]} texts @param {string} query @param {string[]} [similar]
   */
  const help = (texts, query, similar = []) => {
    const others = [...document.querySelectorAll("#__menu-languages a[hreflang]")].filter((one) => one.getAttribute("hreflang") !== lang);
    const elsewhere = make("p", "", query && others.length ? say("search-in", { language: "" }).trim() : "");
    for (const other of query ? others : []) {
      const address = `${root}${other.getAttribute("hreflang")}/index.html?q=${encodeURIComponent(query)}`;
      const element = link(address, other.textContent ?? "");
      element.lang = other.getAttribute("lang") ?? "";
      elsewhere.append(" ", element);
    }
    const all = make("p", "");
    all.append(link(root + (dialog.dataset.all ?? ""), say("search-all")));
    const near = make("p", "", similar.length ? say("search-similar", { words: "" }).trim() : "");
    for (const name of similar) near.append(" ", link(`?q=${encodeURIComponent(name)}`, name));
    return [...texts.map((text) => make("p", "", text)), ...(similar.length ? [near] : []), all, ...(elsewhere.textContent ? [elsewhere] : [])];
  };

  Sintoma.hits = { say, show, recent, remember, recall, help, named };
})();
