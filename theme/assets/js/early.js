// @ts-check
// Runs before the first paint: says that scripts run, and applies the colours that were chosen.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  try {
    const chosen = localStorage.getItem("sintoma:scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  } catch {
    // Storage may be switched off; the system's colours do.
  }
})();
