"use strict";
/* The list of cards, a page at a time: ten thousand cards at once would take seconds to lay out. */
const List = (() => {
  const PAGE = 50;
  const box = document.getElementById("list");
  const pager = document.getElementById("pager");
  const status = document.getElementById("status");
  const title = document.getElementById("list-title");
  let pairs = [];
  let page = 0;
  let current = null;

  const pages = () => Math.max(1, Math.ceil(pairs.length / PAGE));
  const cardOf = (pair) => document.getElementById(`pair-${pair.index}`);

  function fill(from, to) {
    const search = View.wanted().search;
    box.replaceChildren(...pairs.slice(from, to).map((pair) => Card.build(pair, search)));
    if (!pairs.length) box.append(MarkedText.element("p", "empty", emptyText()));
    if (current && cardOf(current)) cardOf(current).classList.add("is-current");
  }

  function emptyText() {
    if (View.active()) return "Nothing fits these filters.";
    return "No suspects: nothing was found that a person must look at.";
  }

  function showPage() {
    fill(page * PAGE, (page + 1) * PAGE);
    pager.hidden = pages() === 1;
    document.getElementById("page-place").textContent = `Page ${page + 1} of ${pages()}`;
    document.getElementById("page-previous").disabled = page === 0;
    document.getElementById("page-next").disabled = page + 1 >= pages();
  }

  /** Make the list anew after a filter or the order changed. */
  function refresh() {
    pairs = View.pairs();
    const at = current ? pairs.indexOf(current) : -1;
    page = at < 0 ? 0 : Math.floor(at / PAGE);
    if (at < 0) current = null;
    showPage();
    const noun = ["suspects", "undecided"].includes(View.wanted().show) ? "suspect" : "sentence";
    const counted = `${pairs.length.toLocaleString("en")} ${noun}${pairs.length === 1 ? "" : "s"}`;
    title.textContent = counted;
    status.textContent = `${counted} shown`;
  }

  function turn(by) {
    page = Math.min(pages() - 1, Math.max(0, page + by));
    showPage();
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "start" });
  }

  /** Go to a pair of the list: turn to its page, scroll there, and give its card the focus. */
  function go(pair) {
    const at = pairs.indexOf(pair);
    if (at < 0) return false;
    if (current && cardOf(current)) cardOf(current).classList.remove("is-current");
    current = pair;
    if (Math.floor(at / PAGE) !== page || !cardOf(pair)) {
      page = Math.floor(at / PAGE);
      showPage();
    }
    const card = cardOf(pair);
    card.classList.add("is-current");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    status.textContent = `${at + 1} of ${pairs.length}, suspicion ${pair.suspicion.toFixed(2)}`;
    return true;
  }

  /** The next (1) or the previous (-1) pair of the list. */
  function step(by) {
    if (!pairs.length) return;
    const at = current ? pairs.indexOf(current) : -1;
    if (at < 0) go(pairs[by > 0 ? page * PAGE : Math.min(pairs.length, (page + 1) * PAGE) - 1]);
    else if (at + by >= 0 && at + by < pairs.length) go(pairs[at + by]);
    else status.textContent = by > 0 ? "This is the last one." : "This is the first one.";
  }

  document.getElementById("page-previous").addEventListener("click", () => turn(-1));
  document.getElementById("page-next").addEventListener("click", () => turn(1));
  // On paper there are no pages to turn: all that the filters leave is printed.
  window.addEventListener("beforeprint", () => fill(0, pairs.length));
  window.addEventListener("afterprint", showPage);

  return Object.freeze({
    refresh,
    go,
    step,
    cardOf,
    current: () => current,
    setCurrent: (pair) => {
      if (current && current !== pair && cardOf(current)) cardOf(current).classList.remove("is-current");
      current = pair;
      if (cardOf(pair)) cardOf(pair).classList.add("is-current");
    },
    pairOf: (node) => {
      const card = node.closest(".card");
      return card ? Report.byIndex.get(Number(card.dataset.index)) : null;
    },
  });
})();
