// @ts-check
// Tab sets, after the ARIA Authoring Practices. Without scripts, and on paper, they stay sections one below the other.
(() => {
  "use strict";
  const KEY = "sintoma:tab";
  /** @type {((title: string) => void)[]} */
  const sets = [];

  /** A title that is chosen once (Linux, Windows) is chosen in all sets that have it, on the next pages too. @param {string} title */
  const choose = (title) => {
    for (const set of sets) set(title);
    try {
      localStorage.setItem(KEY, title);
    } catch {
      // Nothing is kept where storage is switched off.
    }
  };

  /** @param {Element} set @param {number} number */
  const enliven = (set, number) => {
    const panels = [...set.querySelectorAll(":scope > .tabs__tab")].filter((panel) => panel instanceof HTMLElement);
    const titles = panels.map((panel) => panel.querySelector(":scope > .tabs__title"));
    if (panels.length < 2 || !titles.every((title) => title?.textContent?.trim())) return;
    const list = document.createElement("div");
    list.className = "tabs__list";
    list.setAttribute("role", "tablist");
    const buttons = titles.map((title, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.id = `__tab-${number}-${place}`;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", (panels[place].id ||= `__panel-${number}-${place}`));
      button.append(...[...(title?.childNodes ?? [])].map((node) => node.cloneNode(true)));
      panels[place].setAttribute("role", "tabpanel");
      panels[place].setAttribute("aria-labelledby", button.id);
      panels[place].tabIndex = 0;
      return button;
    });
    const words = buttons.map((button) => button.textContent.trim());

    /** @param {number} chosen */
    const select = (chosen) => {
      for (const [place, button] of buttons.entries()) {
        button.setAttribute("aria-selected", String(place === chosen));
        button.tabIndex = place === chosen ? 0 : -1;
        // Find in page and links with a # open what is hidden until found.
        if (place === chosen) panels[place].removeAttribute("hidden");
        else panels[place].setAttribute("hidden", "until-found");
      }
    };
    const holding = () => {
      const target = Sintoma.named(location.hash);
      return panels.findIndex((panel) => target && panel.contains(target));
    };
    list.append(...buttons);
    list.addEventListener("click", (event) => {
      const place = buttons.findIndex((button) => event.target instanceof Node && button.contains(event.target));
      if (place >= 0) choose(words[place]);
    });
    list.addEventListener("keydown", (event) => {
      const at = buttons.findIndex((button) => button === document.activeElement);
      const right = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const steps = { ArrowRight: right, ArrowLeft: -right, Home: -at, End: buttons.length - 1 - at };
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      if (at < 0 || step === undefined) return;
      event.preventDefault();
      const next = (at + step + buttons.length) % buttons.length;
      choose(words[next]);
      buttons[next].focus();
    });
    for (const [place, panel] of panels.entries()) panel.addEventListener("beforematch", () => select(place));
    addEventListener("hashchange", () => holding() >= 0 && select(holding()));
    sets.push((title) => words.includes(title) && select(words.indexOf(title)));
    set.classList.add("tabs--live");
    set.prepend(list);
    let kept = "";
    try {
      kept = localStorage.getItem(KEY) ?? "";
    } catch {
      kept = "";
    }
    select(Math.max(0, holding() >= 0 ? holding() : words.indexOf(kept)));
  };

  for (const [number, set] of document.querySelectorAll("article .tabs").entries()) enliven(set, number);
})();
