// @ts-check
// Commands with gaps (my_instance, <server>): fill a gap once, and every command of every page is ready to be copied.
(() => {
  "use strict";
  const GAP = /<[A-Za-z][\w-]{1,40}>|\bmy_[a-z]\w*|\bYOUR_[A-Z]\w*/g;
  const words = document.querySelector("[data-fill-words]")?.getAttribute("data-fill-words") ?? "";

  /** @param {string} gap */
  const read = (gap) => {
    try {
      return localStorage.getItem(`sintoma:fill:${gap}`) ?? "";
    } catch {
      return "";
    }
  };
  /** @param {string} gap @param {string} value */
  const keep = (gap, value) => {
    try {
      if (value) localStorage.setItem(`sintoma:fill:${gap}`, value);
      else localStorage.removeItem(`sintoma:fill:${gap}`);
    } catch {
      // A value lasts as long as the page where storage is switched off.
    }
  };

  /** @type {Map<string, HTMLElement[]>} */
  const gaps = new Map();
  /** @type {Element | undefined} */
  let first;
  const codes = [...document.querySelectorAll("article pre > code, article .commands code, article .remedy code")];
  for (const code of codes) {
    const text = code.textContent ?? "";
    if (code.children.length || /<\/|\/>/.test(text) || !/\s/.test(text.trim())) continue;
    const parts = [];
    let last = 0;
    for (const match of text.matchAll(GAP)) {
      const mark = document.createElement("var");
      mark.textContent = match[0];
      gaps.set(match[0], [...(gaps.get(match[0]) ?? []), mark]);
      parts.push(text.slice(last, match.index), mark);
      last = match.index + match[0].length;
    }
    if (!parts.length) continue;
    code.replaceChildren(...parts, text.slice(last));
    first ??= code.closest(".highlight, .commands") ?? undefined;
  }
  if (!first) return;

  const box = document.createElement("div");
  box.className = "fill";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", words);
  box.append(words);
  for (const [gap, marks] of gaps) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.value = read(gap);
    input.placeholder = gap;
    input.autocomplete = "off";
    input.spellcheck = false;
    const show = () => {
      const value = input.value.trim();
      for (const mark of marks) {
        mark.textContent = value || gap;
        mark.classList.toggle("filled", Boolean(value));
      }
    };
    input.addEventListener("input", () => {
      keep(gap, input.value.trim());
      show();
    });
    show();
    label.append(`${gap} `, input);
    box.append(" ", label);
  }
  first.before(box);
})();
