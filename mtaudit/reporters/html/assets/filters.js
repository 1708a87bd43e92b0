"use strict";
/* The filters as the reader sees them: fields, and charts whose bars are switches. */
const Filters = (() => {
  const form = document.getElementById("filter-form");
  const field = (id) => document.getElementById(id);
  const bars = [...form.querySelectorAll(".bar-row")];
  const box = field("filters");
  let listener = () => {};

  /** Show what the view wants. */
  function show() {
    const wanted = View.wanted();
    field("show").value = wanted.show;
    if (field("search").value !== wanted.search) field("search").value = wanted.search;
    field("threshold").value = wanted.threshold;
    field("threshold-value").textContent = wanted.threshold.toFixed(2);
    for (const bar of bars) {
      const on = bar.dataset.rule ? wanted.rules.has(bar.dataset.rule) : wanted.severities.has(bar.dataset.severity);
      bar.setAttribute("aria-pressed", on);
    }
    const active = View.active();
    field("reset").hidden = active === 0;
    field("filters-active").textContent = active ? `(${active} active)` : "";
  }

  function change(changes) {
    View.change(changes);
    show();
    listener();
  }

  function toggled(set, name) {
    const after = new Set(set);
    if (!after.delete(name)) after.add(name);
    return after;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    View.reset();
    show();
    listener();
    field("search").focus();
  });
  form.addEventListener("click", (event) => {
    const bar = event.target.closest(".bar-row");
    if (!bar) return;
    if (bar.dataset.rule) change({ rules: toggled(View.wanted().rules, bar.dataset.rule) });
    else change({ severities: toggled(View.wanted().severities, bar.dataset.severity) });
  });
  field("search").addEventListener("input", () => change({ search: field("search").value.trim() }));
  field("show").addEventListener("change", () => change({ show: field("show").value }));
  field("threshold").addEventListener("input", () => change({ threshold: Number(field("threshold").value) }));
  field("sort").addEventListener("change", () => {
    View.sort(field("sort").value);
    listener();
  });

  // On a narrow screen the filters would push the sentences out of sight.
  if (window.matchMedia("(max-width: 60rem)").matches) box.open = false;

  return Object.freeze({
    show,
    onChange: (told) => {
      listener = told;
    },
    /** Drop all filters that hide a pair. */
    reveal: (pair) => {
      View.reset();
      if (!Report.isSuspect(pair)) View.change({ show: "all" });
      show();
      listener();
    },
    search: () => {
      box.open = true;
      field("search").focus();
      field("search").select();
    },
  });
})();
