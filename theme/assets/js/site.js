// @ts-check
// What every page can do: colours, copying, printing, keyboard access to what scrolls, the place in the table of contents.
(() => {
  "use strict";
  const root = document.documentElement;
  /** @param {string} key @param {string} value */
  const keep = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Nothing is kept where storage is switched off.
    }
  };

  /** Copy text; works without a secure context too. @param {string} text */
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return;
      } catch {
        // Fall through to the older way.
      }
    }
    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "md-visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus();
  };

  /** The element that a fragment (`#id`) names. @param {string} fragment */
  const named = (fragment) => {
    try {
      return document.getElementById(decodeURIComponent(fragment.slice(1)));
    } catch {
      return null; // No address has a lone %.
    }
  };
  globalThis.Sintoma = Object.assign(globalThis.Sintoma ?? {}, { copy, named });

  const schemes = [...document.querySelectorAll("[data-scheme-choice]")].filter((button) => button instanceof HTMLElement);
  const showScheme = () => {
    for (const button of schemes) {
      button.setAttribute("aria-pressed", String((root.dataset.scheme ?? "system") === button.dataset.schemeChoice));
    }
  };
  for (const button of schemes) {
    button.addEventListener("click", () => {
      const choice = button.dataset.schemeChoice ?? "system";
      if (choice === "system") delete root.dataset.scheme;
      else root.dataset.scheme = choice;
      keep("sintoma:scheme", choice);
      showScheme();
    });
  }
  showScheme();
  keep("sintoma:lang", root.lang);

  const words = document.querySelector("[data-copy-words]");
  const copyWord = words?.getAttribute("data-copy-words") ?? "Copy";
  const copiedWord = words?.getAttribute("data-copied-words") ?? "Copied";
  for (const code of document.querySelectorAll("article pre > code, article .commands code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copyWord;
    button.addEventListener("click", async () => {
      await copy((code.textContent ?? "").replace(/\n$/, ""));
      button.textContent = copiedWord;
      setTimeout(() => (button.textContent = copyWord), 1500);
    });
    code.parentElement?.append(button);
  }

  // What scrolls sideways can be reached with the keyboard.
  const reach = new ResizeObserver((seen) => {
    for (const { target: box } of seen) {
      if (box.scrollWidth > box.clientWidth + 1) {
        box.setAttribute("tabindex", "0");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", box.querySelector("caption")?.textContent?.trim() || document.title);
      } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  });
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .map__scroll, article pre > code")) reach.observe(box);

  // The link of the section being read is marked in the table of contents.
  const links = [...document.querySelectorAll(".toc a")].filter((link) => link instanceof HTMLAnchorElement);
  const sections = links.flatMap((link) => {
    const heading = named(link.hash);
    return heading ? [{ link, heading }] : [];
  });
  const watcher = new IntersectionObserver(() => {
    const current = sections.findLast(({ heading }) => heading.getBoundingClientRect().top < 120) ?? sections[0];
    for (const { link } of sections) link.removeAttribute("aria-current");
    current?.link.setAttribute("aria-current", "location");
  }, { rootMargin: "-100px 0px -60% 0px" });
  for (const { heading } of sections) watcher.observe(heading);

  // A link to a place inside a closed part opens it.
  const reveal = () => {
    const target = named(location.hash);
    for (let part = target?.closest("details"); part; part = part.parentElement?.closest("details")) part.open = true;
    if (target?.closest("details")) target.scrollIntoView();
  };
  reveal();
  addEventListener("hashchange", reveal);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  addEventListener("beforeprint", () => {
    const closed = [...document.querySelectorAll("article details:not(.original, [open])")].filter((part) => part instanceof HTMLDetailsElement);
    for (const part of closed) part.open = true;
    addEventListener("afterprint", () => closed.forEach((part) => (part.open = false)), { once: true });
  });

  // On the system map the arrows of the box that is pointed at stand out.
  for (const picture of document.querySelectorAll(".map__picture")) {
    const lines = [...picture.querySelectorAll(".map__line")].filter((line) => line instanceof SVGElement);
    const boxes = [...picture.querySelectorAll("g:not(.map__bar) > .map__box")];
    /** @param {Element | null} box */
    const ask = (box) => {
      const number = box ? String(boxes.indexOf(box)) : "";
      picture.classList.toggle("is-asked", number !== "" && number !== "-1");
      for (const line of lines) line.classList.toggle("is-near", line.dataset.from === number || line.dataset.to === number);
    };
    for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      picture.addEventListener(begin ?? "", (event) => ask(event.target instanceof Element ? event.target.closest(".map__box") : null));
      picture.addEventListener(end ?? "", () => ask(null));
    }
  }

  for (const link of document.querySelectorAll(".bar__links a")) {
    if (link instanceof HTMLAnchorElement && link.pathname === location.pathname) link.setAttribute("aria-current", "page");
  }
})();
