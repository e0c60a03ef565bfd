// @ts-check
// The search box: a combobox after the ARIA Authoring Practices, on the home page and in a dialogue everywhere.
(() => {
  "use strict";
  const element = document.getElementById("__dialog");
  if (!(element instanceof HTMLDialogElement)) return;
  const dialog = element;
  const { telling } = Sintoma.text;
  const { say, show, recent, remember, recall, help, named } = Sintoma.hits;
  const LIMIT = 14;
  const RECORDS = 6;

  /** @template {HTMLElement} T @param {Element} box @param {string} selector @param {new () => T} kind @returns {T} */
  const part = (box, selector, kind) => {
    const found = box.querySelector(selector);
    if (found instanceof kind) return found;
    throw new TypeError(`${selector} is missing in the search box`);
  };

  class Search extends HTMLElement {
    where = this.dataset.where ?? "";
    input = part(this, "input", HTMLInputElement);
    panel = part(this, ".search__panel", HTMLElement);
    list = part(this, ".search__hits", HTMLElement);
    note = part(this, "[data-note]", HTMLElement);
    empty = part(this, "[data-empty]", HTMLElement);
    live = part(this, "[data-live]", HTMLElement);
    clearing = part(this, "[data-clear]", HTMLElement);
    kinds = [...this.querySelectorAll("[data-kind]")].filter((button) => button instanceof HTMLElement);
    kind = "";
    turn = 0;
    at = -1;
    followed = Sintoma.misses?.follow(this.querySelector("[data-misses]"));

    connectedCallback() {
      this.input.addEventListener("focus", () => {
        Sintoma.engine().then((found) => found.prefetch(() => !navigator.connection?.saveData)).catch(() => undefined);
        if (this.input.value.trim()) this.panel.hidden = false;
        else this.showRecent();
      });
      this.input.addEventListener("input", () => this.ask());
      this.input.addEventListener("paste", (event) => this.paste(event));
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
      for (const button of this.kinds) button.addEventListener("click", () => this.narrow(button.dataset.kind ?? ""));
      this.clearing.addEventListener("click", () => this.set(""));
      this.list.addEventListener("mousemove", (event) => this.hover(event));
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => this.choose(event));
      this.list.addEventListener("auxclick", (event) => event.button === 1 && this.choose(event));
      if (this.where !== "dialog") {
        this.addEventListener("focusout", (event) => {
          if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.close();
        });
      }
    }

    /** @param {string} query */
    set(query) {
      this.input.value = query;
      this.input.focus();
      this.ask();
    }

    /** Show one kind of hit only. @param {string} kind */
    narrow(kind) {
      this.kind = kind;
      for (const button of this.kinds) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
      this.input.focus();
      this.ask();
    }

    /** @param {ClipboardEvent} event */
    paste(event) {
      const text = event.clipboardData?.getData("text") ?? "";
      if (!/[\r\n]/.test(text.trim())) return;
      event.preventDefault();
      this.input.setRangeText(telling(text), this.input.selectionStart ?? 0, this.input.selectionEnd ?? 0, "end");
      this.ask();
    }

    /** @returns {HTMLElement[]} */
    get options() {
      return /** @type {HTMLElement[]} */ ([...this.list.children]);
    }

    close() {
      this.followed?.left();
      this.panel.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      this.at = -1;
    }

    async ask() {
      const query = this.input.value.trim();
      const turn = ++this.turn;
      this.clearing.hidden = !query;
      this.followed?.typed(query);
      if (!query) {
        this.showRecent();
        return;
      }
      if (!Sintoma.engineIsHere()) this.tell(say("search-loading"));
      try {
        const answer = await Sintoma.ask(query, { limit: LIMIT * 2, ...(this.kind ? { type: this.kind } : {}), early: (first) => turn === this.turn && this.preview(query, first) });
        if (turn === this.turn) this.display(query, answer);
      } catch {
        if (turn === this.turn) this.fail();
      }
    }

    /** @param {string} text */
    tell(text) {
      this.panel.hidden = false;
      this.note.textContent = text;
      this.note.hidden = !text;
    }

    fail() {
      this.list.replaceChildren();
      this.tell("");
      this.empty.replaceChildren(...help([say("search-failed")], ""));
      this.empty.hidden = false;
      this.live.textContent = say("search-failed");
    }

    /** The best hit while the rest is still fetched. @param {string} query @param {SintomaAnswer} first */
    preview(query, first) {
      this.tell(say("search-loading"));
      this.empty.hidden = true;
      this.list.replaceChildren(...first.results.slice(0, 1).map((one) => show(one, `${this.list.id}-0`, [query])));
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.select(0);
    }

    /** @param {string} query @param {SintomaAnswer} answer */
    display(query, answer) {
      const best = answer.results[0]?.score ?? 0;
      const records = answer.results.filter((one) => one.type !== "section" && one.score > best * 0.2).slice(0, RECORDS);
      const rest = answer.results.filter((one) => !records.includes(one));
      const results = [...records, ...rest].slice(0, LIMIT);
      const mended = answer.understood.filter((one) => one.how === "typo" && one.used.length).map((one) => one.used[0]);
      const lost = answer.understood.filter((one) => one.how === "none").map((one) => one.typed);
      const elsewhere = answer.understood.filter((one) => one.how === "translated").map((one) => one.typed);
      const similar = [...new Set(answer.understood.flatMap((one) => one.similar))];
      if (!results.length && answer.missing.length) {
        this.fail();
        return;
      }
      this.tell(
        [
          mended.length ? say("search-understood", { words: mended.join(", ") }) : "",
          results.length && lost.length ? say("search-missing", { words: lost.join(", ") }) : "",
          elsewhere.length ? say("search-elsewhere", { language: named(answer.reference), words: elsewhere.join(", ") }) : "",
          results.length && similar.length ? say("search-similar", { words: similar.join(", ") }) : "",
          results.length && answer.missing.length ? say("search-incomplete") : "",
        ].filter(Boolean).join(" · "),
      );
      this.empty.hidden = results.length > 0;
      if (results.length) this.empty.replaceChildren();
      else this.empty.replaceChildren(...help([say("search-none", { query }), say("search-help")], query, similar));
      this.list.replaceChildren(...results.map((one, number) => show(one, `${this.list.id}-${number}`, [query, ...mended])));
      this.list.hidden = !results.length;
      this.input.setAttribute("aria-expanded", String(results.length > 0));
      this.live.textContent = results.length
        ? say(results.length === 1 ? "search-count-one" : "search-count-other", { count: results.length })
        : say("search-none", { query });
      this.select(results.length ? 0 : -1);
      this.share(query);
      this.followed?.stands(query, results.length);
    }

    showRecent() {
      const kept = recent();
      this.empty.hidden = true;
      this.list.hidden = !kept.length;
      this.live.textContent = "";
      this.input.setAttribute("aria-expanded", String(kept.length > 0));
      this.note.hidden = !kept.length;
      this.note.textContent = say("search-recent");
      this.list.replaceChildren(
        ...kept.map((query, number) => recall(query, `${this.list.id}-${number}`)),
      );
      this.panel.hidden = !kept.length;
      this.select(-1);
      this.share("");
    }

    /** @param {number} at */
    select(at) {
      this.at = at;
      this.options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      const chosen = this.options[at];
      if (chosen) {
        this.input.setAttribute("aria-activedescendant", chosen.id);
        chosen.scrollIntoView({ block: "nearest" });
      } else this.input.removeAttribute("aria-activedescendant");
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      if (event.isComposing) return;
      const last = this.options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.panel.hidden && last >= 0) this.panel.hidden = false;
        const next = this.at + (event.key === "ArrowDown" ? 1 : -1);
        if (last >= 0) this.select(next > last ? 0 : next < 0 ? last : next);
      } else if (event.key === "Enter") {
        event.preventDefault();
        const chosen = this.options[this.at];
        if (chosen) this.go(chosen, event.ctrlKey || event.metaKey);
      } else if (event.key === "Escape" && this.where !== "dialog" && !this.panel.hidden) {
        event.preventDefault();
        this.close();
      }
    }

    /** @param {Event} event */
    hover(event) {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      const number = option ? this.options.indexOf(option) : -1;
      if (number >= 0 && number !== this.at) this.select(number);
    }

    /** @param {MouseEvent} event */
    choose(event) {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      if (option) this.go(option, event.ctrlKey || event.metaKey || event.button === 1);
    }

    /** @param {HTMLElement} option @param {boolean} apart */
    go(option, apart) {
      if (option.dataset.query !== undefined) {
        this.set(option.dataset.query);
        return;
      }
      this.followed?.led();
      remember(this.input.value.trim());
      if (apart) window.open(option.dataset.href, "_blank", "noopener");
      else {
        if (dialog.open) dialog.close();
        location.href = option.dataset.href ?? "";
      }
    }

    /** The address of these results, where the browser allows it. @param {string} query */
    share(query) {
      const address = new URL(location.href);
      if (query) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      try {
        if (address.href !== location.href) history.replaceState(history.state, "", address);
      } catch {
        // Pages opened from a disk keep their address.
      }
    }
  }
  customElements.define("sintoma-search", Search);

  const box = /** @type {Search} */ (dialog.querySelector("sintoma-search"));
  const atHome = /** @type {Search | null} */ (document.querySelector('sintoma-search[data-where="home"]'));
  const open = () => {
    if (!dialog.open) dialog.showModal();
    box.input.focus();
    box.input.select();
  };
  for (const button of document.querySelectorAll("[data-open-search]")) button.addEventListener("click", open);
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    box.followed?.left();
    box.share("");
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey)) {
      event.preventDefault();
      if (atHome && slash) atHome.input.focus();
      else open();
    }
  });
  const query = new URLSearchParams(location.search).get("q");
  if (query && atHome) atHome.set(query);
  else if (query) {
    open();
    box.set(query);
  }
})();
