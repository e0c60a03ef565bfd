// @ts-check
// Reloads a page of the preview after a build, and shows what the build found. Never part of a published site.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const served = Number(script.dataset.version);
  const events = new EventSource(new URL("events", script.src));

  /**
   * @param {string} tag
   * @param {string} text
   * @param {string} style
   */
  function element(tag, text, style) {
    const made = document.createElement(tag);
    made.textContent = text;
    made.style.cssText = style;
    return made;
  }

  /** @param {{error: string, summary: string, findings: {place: string, severity: string, code: string, message: string, source: string}[]}} state */
  function show(state) {
    document.getElementById("sintoma-findings")?.remove();
    if (!state.error && state.findings.length === 0) return;
    const box = element("details", "", [
      "position:fixed", "inset-block-end:0", "inset-inline:0", "z-index:99999", "max-block-size:50vh", "overflow:auto",
      "padding:.5rem 1rem", "background:#1e1e1e", "color:#f2f2f2", "font:14px/1.5 monospace", "direction:ltr",
    ].join(";"));
    box.id = "sintoma-findings";
    box.append(element("summary", state.error ? "The site was not built" : state.summary, "cursor:pointer"));
    if (state.error) box.append(element("pre", state.error, "white-space:pre-wrap"));
    for (const found of state.findings) {
      const colour = found.severity === "error" ? "#ff8a80" : found.severity === "warning" ? "#ffd180" : "#80d8ff";
      box.append(element("div", `${found.place}: ${found.severity} ${found.code}`, `color:${colour};margin-block-start:.5rem`));
      box.append(element("div", found.message, "white-space:pre-wrap"));
      if (found.source) box.append(element("div", found.source, "opacity:.7;white-space:pre-wrap"));
    }
    if (state.error || state.findings.some((found) => found.severity === "error")) box.setAttribute("open", "");
    document.body.append(box);
  }

  events.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== served) location.reload();
    else show(state);
  };
})();
