// @ts-check
// The checks of a symptom: ticks are kept in this browser, and copied as Markdown for the ticket.
(() => {
  "use strict";
  class Ticks extends HTMLElement {
    name = `sintoma:ticks:${this.dataset.key ?? ""}`;
    boxes = [...this.querySelectorAll('input[type="checkbox"]')].filter((box) => box instanceof HTMLInputElement);

    connectedCallback() {
      this.show();
      addEventListener("storage", () => this.show());
      this.addEventListener("change", () => this.write());
      this.querySelector("[data-copy-ticks]")?.addEventListener("click", async () => {
        await Sintoma.copy(this.markdown());
        this.say(this.dataset.copied ?? "");
      });
      this.querySelector("[data-reset-ticks]")?.addEventListener("click", () => {
        for (const box of this.boxes) box.checked = false;
        this.write();
      });
    }

    /** Tick what is kept, here or by another tab. */
    show() {
      const kept = new Set(this.read());
      for (const box of this.boxes) box.checked = kept.has(box.value);
    }

    /** @returns {string[]} */
    read() {
      try {
        const value = JSON.parse(localStorage.getItem(this.name) ?? "[]");
        return Array.isArray(value) ? value.map(String) : [];
      } catch {
        return [];
      }
    }

    write() {
      const ticked = this.boxes.filter((box) => box.checked).map((box) => box.value);
      try {
        if (ticked.length) localStorage.setItem(this.name, JSON.stringify(ticked));
        else localStorage.removeItem(this.name);
      } catch {
        // Ticks last as long as the page where storage is switched off.
      }
    }

    /** @param {string} words */
    say(words) {
      const said = this.querySelector("[data-said]");
      if (!said) return;
      said.textContent = words;
      setTimeout(() => (said.textContent = ""), 3000);
    }

    /** The words of an element on one line, code in backticks. @param {Element | null | undefined} element */
    words(element) {
      const copy = element?.cloneNode(true);
      if (!(copy instanceof Element)) return "";
      for (const code of copy.querySelectorAll("code")) code.textContent = `\`${code.textContent ?? ""}\``;
      return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
    }

    markdown() {
      const now = new Date().toISOString().slice(0, 16).replace("T", " ");
      const lines = [`## ${this.dataset.title ?? ""}`, "", `${now} UTC, <${location.href.split("#")[0]}>`, ""];
      for (const box of this.boxes) {
        const check = box.closest(".check");
        const name = check?.querySelector("h2")?.textContent?.trim() ?? box.value;
        lines.push(`- [${box.checked ? "x" : " "}] **${name}**: ${this.words(check?.querySelector(".remedy"))}`);
      }
      return `${lines.join("\n")}\n`;
    }
  }
  customElements.define("sintoma-ticks", Ticks);
})();
