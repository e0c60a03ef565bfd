// @ts-check
// The choice of language: goes on to the language that was read last, or that the browser asks for.
(() => {
  "use strict";
  const links = [...document.querySelectorAll("[data-languages] a[hreflang]")].filter((link) => link instanceof HTMLAnchorElement);
  /** @param {string} tag */
  const find = (tag) => {
    const wanted = tag.toLowerCase();
    const named = links.map((link) => ({ link, lang: link.hreflang.toLowerCase() }));
    const found =
      named.find((one) => one.lang === wanted) ??
      named.find((one) => one.lang === wanted.split("-")[0]) ??
      named.find((one) => one.lang.split("-")[0] === wanted.split("-")[0]);
    return found?.link;
  };
  let last = "";
  try {
    last = localStorage.getItem("sintoma:lang") ?? "";
  } catch {
    last = "";
  }
  const target = [last, ...navigator.languages].filter(Boolean).map(find).find(Boolean) ?? (links.length === 1 ? links[0] : undefined);
  if (target) location.replace(target.href + location.search);
})();
