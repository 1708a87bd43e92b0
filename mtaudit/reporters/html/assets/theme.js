"use strict";
/* Dark or light: as the system has it, or as the reader chose. Runs in the head, before anything is painted. */
const Theme = (() => {
  const KEY = "mtaudit:theme";
  const NAMES = ["system", "light", "dark"];
  let chosen = "system";

  function show() {
    if (chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    const label = document.getElementById("theme-name");
    if (label) label.textContent = chosen;
  }

  function next() {
    chosen = NAMES[(NAMES.indexOf(chosen) + 1) % NAMES.length];
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // Without storage the choice holds as long as the page is open.
    }
    show();
  }

  try {
    const kept = localStorage.getItem(KEY);
    if (NAMES.includes(kept)) chosen = kept;
  } catch {
    // Storage is refused: the system decides.
  }
  show();
  return Object.freeze({ next, show });
})();
