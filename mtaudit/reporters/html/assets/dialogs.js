"use strict";
/* The dialogs: keys, export and import, and the explanation of a rule. */
const Dialogs = (() => {
  const at = (id) => document.getElementById(id);
  const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  function showCounts() {
    const baseline = Exchange.baseline(at("baseline-errors").checked);
    const labelled = Exchange.labelled();
    const mixed = baseline.mixed
      ? ` Left out: ${counted(baseline.mixed, "case")} of a rule with another finding in the same sentence that stays.`
      : "";
    at("baseline-count").textContent = `${counted(baseline.count, "finding")}.${mixed}`;
    const gaps = labelled.gaps ? ` Left out: ${counted(labelled.gaps, "sentence")} without the other side.` : "";
    at("labelled-count").textContent = `${counted(labelled.count, "pair")}.${gaps} mtaudit calibrate asks for 200 or more.`;
    at("decisions-count").textContent = `${counted(Exchange.decisions().count, "sentence")}.`;
    at("exchange-state").textContent = Decisions.isDurable()
      ? "Decisions are kept in this browser, by the content of the sentence."
      : "This browser refuses to keep decisions: save them before the page is closed.";
  }

  function open(dialog) {
    if (!dialog.open) dialog.showModal();
  }

  function explain(rule) {
    const section = at(`rule-${rule}`);
    if (!section) return false;
    at("rule-dialog-title").textContent = section.querySelector("summary .mark").textContent;
    const summary = section.querySelector(".rule-summary").cloneNode(true);
    const body = section.querySelector(".explanation-body").cloneNode(true);
    at("rule-dialog-body").replaceChildren(summary, ...body.childNodes);
    open(at("rule-dialog"));
    return true;
  }

  at("open-help").addEventListener("click", () => open(at("help")));
  at("open-exchange").addEventListener("click", () => {
    at("import-result").textContent = "";
    showCounts();
    open(at("exchange"));
  });
  at("baseline-errors").addEventListener("change", showCounts);
  at("export-baseline").addEventListener("click", () => {
    Exchange.save("mtaudit-baseline.json", "application/json", Exchange.baseline(at("baseline-errors").checked).text);
  });
  at("export-labelled").addEventListener("click", () => {
    Exchange.save("labelled.tsv", "text/tab-separated-values", Exchange.labelled().text);
  });
  at("export-decisions").addEventListener("click", () => {
    Exchange.save("mtaudit-decisions.json", "application/json", Exchange.decisions().text);
  });
  at("import").addEventListener("change", async () => {
    const [file] = at("import").files;
    if (!file) return;
    at("import-result").textContent = Exchange.take(await file.text());
    at("import").value = "";
    showCounts();
  });
  for (const dialog of document.querySelectorAll("dialog")) {
    // A click on the backdrop is a click on the dialog itself.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  return Object.freeze({ explain, help: () => open(at("help")), isOpen: () => Boolean(document.querySelector("dialog[open]")) });
})();
