"use strict";
/* Ties the parts together. */
(() => {
  const list = document.getElementById("list");
  const notice = document.getElementById("notice");
  const decided = document.getElementById("decided");

  function say(text) {
    notice.textContent = text;
    notice.hidden = text === "";
  }

  function count() {
    const suspects = Report.byRank.filter((pair) => pair.listed && Report.isSuspect(pair));
    decided.textContent = suspects.filter((pair) => Decisions.ofPair(pair)).length.toLocaleString("en");
  }

  function warnOfMemory() {
    if (!Decisions.isDurable()) {
      say("This browser does not let the page keep your decisions. They last until it is closed: export them before.");
    }
  }

  function go(pair) {
    if (!pair.listed) {
      say(`Sentence ${pair.index + 1} is left out of this report: it was limited with --top.`);
      return;
    }
    if (!List.go(pair)) {
      Filters.reveal(pair);
      List.go(pair);
    }
    DocumentMap.setCurrent(pair);
  }

  function step(by) {
    List.step(by);
    DocumentMap.setCurrent(List.current());
  }

  function decide(verdict) {
    if (List.current()) Decisions.decide(List.current(), verdict);
    else step(1);
  }

  function openComment(card) {
    Card.showComment(card, true);
    card.querySelector("textarea").focus();
  }

  function comment() {
    if (!List.current()) step(1);
    if (List.current()) openComment(List.cardOf(List.current()));
  }

  list.addEventListener("click", (event) => {
    const pair = List.pairOf(event.target);
    if (!pair) return;
    const rule = event.target.closest("a.rule");
    if (rule) {
      if (Dialogs.explain(rule.textContent)) event.preventDefault();
      return;
    }
    const button = event.target.closest("button");
    if (!button) return;
    const reason = button.closest("[data-reason]");
    if (reason) Decisions.decideFinding(pair, pair.findings[Number(reason.dataset.reason) - 1], button.dataset.verdict);
    else if (button.dataset.verdict) Decisions.decide(pair, button.dataset.verdict);
    else if (button.getAttribute("aria-expanded") === "true") Card.showComment(button.closest(".card"), false);
    else openComment(button.closest(".card"));
  });
  list.addEventListener("input", (event) => {
    const pair = event.target.matches("textarea") ? List.pairOf(event.target) : null;
    if (pair) Decisions.comment(pair, event.target.value);
  });

  // Marks and reasons light each other, and the words opposite.
  function light(event) {
    const card = event.target.closest(".card");
    if (!card) return;
    const near = event.target.closest("[data-marks], [data-partners], [data-reason]");
    const numbers = near ? near.dataset.reason || near.dataset.marks || near.dataset.partners : "";
    Card.light(card, numbers ? numbers.split(" ") : []);
  }
  list.addEventListener("mouseover", light);
  list.addEventListener("focusin", (event) => {
    light(event);
    const pair = List.pairOf(event.target);
    if (!pair || pair === List.current()) return;
    List.setCurrent(pair);
    DocumentMap.setCurrent(pair);
  });
  list.addEventListener("mouseout", (event) => {
    const card = event.target.closest(".card");
    if (card && !card.contains(event.relatedTarget)) Card.light(card, []);
  });
  list.addEventListener("focusout", (event) => {
    const card = event.target.closest(".card");
    if (card && !card.contains(event.relatedTarget)) Card.light(card, []);
  });

  Decisions.onChange((key) => {
    if (key === null) {
      warnOfMemory();
      return;
    }
    for (const card of list.querySelectorAll(".card")) {
      const pair = List.pairOf(card);
      if (pair.key === key) Card.update(card, pair);
    }
    DocumentMap.updateKey(key);
    count();
  });
  Filters.onChange(List.refresh);
  DocumentMap.onChoose(go);
  Keyboard.bind({
    j: () => step(1),
    k: () => step(-1),
    a: () => decide("error"),
    f: () => decide("false"),
    c: comment,
    "/": Filters.search,
    "?": Dialogs.help,
  });
  document.getElementById("theme").addEventListener("click", Theme.next);
  window.addEventListener("hashchange", openTarget);

  /** A link to a rule opens its explanation. */
  function openTarget() {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target && target.matches("details.explanation")) target.open = true;
  }

  Theme.show();
  Filters.show();
  List.refresh();
  count();
  warnOfMemory();
  openTarget();
  // After the first paint: the list is what readers wait for.
  requestAnimationFrame(() => window.setTimeout(DocumentMap.build));
})();
