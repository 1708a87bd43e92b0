"use strict";
/* Single letters as shortcuts; the help switches them off (WCAG 2.2, 2.1.4). */
const Keyboard = (() => {
  const KEY = "mtaudit:keys";
  const box = document.getElementById("keys-on");
  let actions = {};

  try {
    box.checked = localStorage.getItem(KEY) !== "off";
  } catch {
    // Storage is refused: shortcuts are on.
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, box.checked ? "on" : "off");
    } catch {
      // The choice holds as long as the page is open.
    }
  });

  const isTyping = (node) => node.closest("input:not([type=checkbox]):not([type=range]), textarea, select") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("textarea, #search")) {
      (event.target.closest(".card") || document.getElementById("list-title")).focus();
      return;
    }
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (Dialogs.isOpen() || !(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  });

  return Object.freeze({
    /** Set what the keys do: a mapping of keys to functions. */
    bind: (wanted) => {
      actions = { __proto__: null, ...wanted };
    },
  });
})();
