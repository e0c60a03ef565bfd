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
    if (!(found instanceof kind)) throw new TypeError(`${selector} is missing in the search box`);
    return found;
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
    /** Which question is asked: what comes for an earlier one is late. */
    turn = 0;
    /** The question whose hits stand in the list. */
    filled = 0;
    at = -1;
    answered = Promise.resolve();
    followed = Sintoma.misses?.follow(this.querySelector("[data-misses]"));

    connectedCallback() {
      this.input.addEventListener("focus", () => {
        Sintoma.engine().then((found) => found.prefetch(() => !navigator.connection?.saveData)).catch(() => undefined);
        if (this.panel.hidden) this.ask();
      });
      this.input.addEventListener("input", () => this.ask());
      this.input.addEventListener("paste", (event) => this.paste(event));
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
      for (const button of this.kinds) button.addEventListener("click", () => this.narrow(button.dataset.kind ?? ""));
      this.clearing.addEventListener("click", () => this.set(""));
      // Whoever points at something in the panel goes on typing; some browsers would take the focus away from the box.
      this.panel.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("mousemove", (event) => this.hover(event));
      this.list.addEventListener("click", (event) => this.choose(event));
      this.list.addEventListener("auxclick", (event) => event.button === 1 && this.choose(event));
      if (this.where === "dialog") return;
      this.addEventListener("focusout", (event) => {
        if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.close();
      });
      this.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || this.panel.hidden) return;
        event.preventDefault();
        this.input.focus();
        this.close();
      });
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
      this.turn++;
      this.followed?.left();
      this.unfold(false);
      this.select(-1);
    }

    /** Show the panel, or hide it. @param {boolean} open */
    unfold(open) {
      this.panel.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open && this.options.length > 0));
    }

    ask() {
      const query = this.input.value.trim();
      this.turn++;
      this.clearing.hidden = !query;
      this.followed?.typed(query);
      if (query) this.answered = this.answer(query, this.turn);
      else this.showRecent();
    }

    /** @param {string} query @param {number} turn */
    async answer(query, turn) {
      const slow = setTimeout(() => turn === this.turn && this.tell(say("search-loading")), 150);
      try {
        const answer = await Sintoma.ask(query, { limit: LIMIT * 2, ...(this.kind ? { type: this.kind } : {}), early: (first) => turn === this.turn && this.preview(query, first) });
        if (turn === this.turn) this.display(query, answer);
      } catch {
        if (turn === this.turn) this.fail();
      }
      clearTimeout(slow);
    }

    /** A line above the list. @param {string} text */
    tell(text) {
      this.note.textContent = text;
      this.note.hidden = !text;
      this.unfold(true);
    }

    /** What the panel holds: a line, help, options, the first of which is chosen unless `at` says otherwise. @param {string} note @param {HTMLElement[]} advice @param {HTMLElement[]} options @param {number} [at] */
    fill(note, advice, options, at = 0) {
      this.empty.replaceChildren(...advice);
      this.empty.hidden = !advice.length;
      this.list.replaceChildren(...options);
      this.list.hidden = !options.length;
      this.filled = this.turn;
      this.tell(note);
      this.select(at);
    }

    fail() {
      this.fill("", help([say("search-failed")], ""), []);
      this.live.textContent = say("search-failed");
    }

    /** The best hit while the rest is still fetched. @param {string} query @param {SintomaAnswer} first */
    preview(query, first) {
      this.fill(say("search-loading"), [], first.results.slice(0, 1).map((one) => show(one, `${this.list.id}-0`, [query])));
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
      if (!results.length && answer.missing.length) return this.fail();
      this.fill(
        [
          mended.length ? say("search-understood", { words: mended.join(", ") }) : "",
          results.length && lost.length ? say("search-missing", { words: lost.join(", ") }) : "",
          elsewhere.length ? say("search-elsewhere", { language: named(answer.reference), words: elsewhere.join(", ") }) : "",
          results.length && similar.length ? say("search-similar", { words: similar.join(", ") }) : "",
          results.length && answer.missing.length ? say("search-incomplete") : "",
        ].filter(Boolean).join(" · "),
        results.length ? [] : help([say("search-none", { query }), say("search-help")], query, similar),
        results.map((one, number) => show(one, `${this.list.id}-${number}`, [query, ...mended])),
      );
      this.live.textContent = results.length
        ? say(results.length === 1 ? "search-count-one" : "search-count-other", { count: results.length })
        : say("search-none", { query });
      this.share(query);
      this.followed?.stands(query, results.length);
    }

    showRecent() {
      const kept = recent();
      this.fill(say("search-recent"), [], kept.map((query, number) => recall(query, `${this.list.id}-${number}`)), -1);
      this.unfold(kept.length > 0);
      this.live.textContent = "";
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
      // Safari says 229, and no more, of the key that ends a composition.
      if (event.isComposing || event.keyCode === 229) return;
      const last = this.options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = this.at + (event.key === "ArrowDown" ? 1 : -1);
        if (this.panel.hidden) this.ask();
        else if (last >= 0) this.select(next > last ? 0 : next < 0 ? last : next);
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.enter(event.ctrlKey || event.metaKey);
      }
    }

    /** Open the chosen hit; where hits of an earlier question stand there still, wait for those of this one. @param {boolean} apart */
    async enter(apart) {
      const turn = this.turn;
      if (this.filled !== turn) await this.answered;
      const chosen = this.options[this.at];
      if (chosen && turn === this.turn) this.go(chosen, apart);
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
      if (option.dataset.query !== undefined) return this.set(option.dataset.query);
      this.followed?.led();
      remember(this.input.value.trim(), !apart);
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
    box.close();
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
