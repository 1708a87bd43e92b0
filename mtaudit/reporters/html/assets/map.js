"use strict";
/* The map: one cell a pair, in reading order. One cell is a tab stop, and arrow keys walk from there. */
const DocumentMap = (() => {
  const box = document.getElementById("map");
  const label = document.getElementById("map-label");
  const cells = new Map();
  const byKey = new Map();
  // Cells that are made in one go, so that the list can be read and used meanwhile.
  const PORTION = 1000;
  // From here on cells are smaller.
  const MANY = 600;
  let stop = null;

  /** The colour step of a suspicion: seven of equal width. */
  const heat = (suspicion) => Math.min(6, Math.floor(suspicion * 7));

  function describe(pair) {
    const found = pair.severity ? `, ${pair.severity}` : "";
    const verdict = Decisions.ofPair(pair);
    const decided = { error: ", accepted as error", false: ", false alarm" }[verdict] || "";
    return `Sentence ${pair.index + 1}, suspicion ${pair.suspicion.toFixed(2)}${found}${decided}`;
  }

  function cell(pair) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.index = pair.index;
    made.tabIndex = -1;
    cells.set(pair.index, made);
    if (pair.key) byKey.set(pair.key, [...(byKey.get(pair.key) || []), pair]);
    update(pair);
    return made;
  }

  function update(pair) {
    const made = cells.get(pair.index);
    if (!made) return;
    const suspect = Report.isSuspect(pair) ? " cell-suspect" : "";
    made.className = `cell heat-${heat(pair.suspicion)}${suspect}${Decisions.ofPair(pair) ? " cell-decided" : ""}`;
    made.setAttribute("aria-label", describe(pair));
  }

  function build() {
    box.classList.toggle("map-many", Report.byPosition.length > MANY);
    let at = 0;
    const more = () => {
      box.append(...Report.byPosition.slice(at, at + PORTION).map(cell));
      if (at === 0 && box.firstElementChild) setStop(box.firstElementChild);
      at += PORTION;
      if (at < Report.byPosition.length) window.setTimeout(more);
      else {
        box.dataset.ready = "";
        performance.mark("map-ready");
      }
    };
    more();
  }

  function setStop(made) {
    if (stop) stop.tabIndex = -1;
    stop = made;
    stop.tabIndex = 0;
  }

  /** Cells in a row of the map, as wide as it is now. */
  function columns() {
    return getComputedStyle(box).gridTemplateColumns.split(" ").length;
  }

  function walk(event) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(), ArrowUp: -columns() };
    const all = box.children;
    const from = [...all].indexOf(event.target);
    let to = from + (steps[event.key] || 0);
    if (event.key === "Home") to = 0;
    else if (event.key === "End") to = all.length - 1;
    else if (!(event.key in steps)) return;
    event.preventDefault();
    if (to < 0 || to >= all.length) return;
    setStop(all[to]);
    all[to].focus();
  }

  function say(event) {
    const made = event.target.closest(".cell");
    const pair = made && Report.byIndex.get(Number(made.dataset.index));
    if (!pair) return;
    const text = pair.listed ? (pair.target || pair.source).text : "";
    label.replaceChildren(describe(pair), text ? ": " : "", MarkedText.visible(text));
  }

  box.addEventListener("keydown", walk);
  box.addEventListener("focusin", say);
  box.addEventListener("mouseover", say);

  return Object.freeze({
    build,
    /** Call `listener` with the pair whose cell is chosen. */
    onChoose: (listener) => {
      box.addEventListener("click", (event) => {
        const made = event.target.closest(".cell");
        if (!made) return;
        setStop(made);
        listener(Report.byIndex.get(Number(made.dataset.index)));
      });
    },
    updateKey: (key) => (byKey.get(key) || []).forEach(update),
    setCurrent: (pair) => {
      const before = box.querySelector("[aria-current]");
      if (before) before.removeAttribute("aria-current");
      const made = pair && cells.get(pair.index);
      if (made) made.setAttribute("aria-current", "true");
    },
  });
})();
