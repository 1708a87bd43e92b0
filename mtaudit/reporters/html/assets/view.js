"use strict";
/* Which pairs are shown, and in what order: the filters as data. Nothing here touches the page. */
const View = (() => {
  const initial = () => ({
    show: Report.showsAll ? "all" : "suspects",
    search: "",
    threshold: 0,
    rules: new Set(),
    severities: new Set(),
  });
  let wanted = initial();
  let order = "rank";

  const SHOWS = {
    suspects: (pair) => Report.isSuspect(pair),
    undecided: (pair) => Report.isSuspect(pair) && !Decisions.ofPair(pair),
    error: (pair) => Decisions.ofPair(pair) === "error",
    false: (pair) => Decisions.ofPair(pair) === "false",
    commented: (pair) => Boolean(Decisions.of(pair).comment),
    all: () => true,
  };

  /** Everything in a pair that a search looks at. */
  function words(pair) {
    const texts = Report.sides.flatMap((side) => (pair[side] ? [pair[side].text, Report.place(pair, side)] : []));
    const reasons = pair.findings.flatMap((finding) => [finding.message, finding.rule, Report.slug(finding.rule)]);
    const back = (pair.back || []).filter(([kind]) => kind !== "lost").map(([, text]) => text);
    return [...texts, ...reasons, back.join(""), pair.unit ? pair.unit.id : "", Decisions.of(pair).comment || ""].join("\n");
  }

  function found(pair) {
    return words(pair).toLowerCase().includes(wanted.search.toLowerCase());
  }

  /** One finding must fit the rules and the severities; which of them it is does not matter. */
  function fits(pair) {
    if (!wanted.rules.size && !wanted.severities.size) return true;
    return pair.findings.some(
      (finding) =>
        (!wanted.rules.size || wanted.rules.has(finding.rule)) &&
        (!wanted.severities.size || wanted.severities.has(finding.severity)),
    );
  }

  function pairs() {
    return (order === "rank" ? Report.byRank : Report.byPosition).filter(
      (pair) =>
        pair.listed &&
        SHOWS[wanted.show](pair) &&
        pair.suspicion >= wanted.threshold &&
        fits(pair) &&
        (!wanted.search || found(pair)),
    );
  }

  /** How many filters differ from what the page shows at first. */
  function active() {
    const first = initial();
    return (
      Number(wanted.show !== first.show) +
      Number(wanted.search !== "") +
      Number(wanted.threshold > 0) +
      wanted.rules.size +
      wanted.severities.size
    );
  }

  return Object.freeze({
    pairs,
    active,
    wanted: () => wanted,
    order: () => order,
    sort: (name) => {
      order = name;
    },
    change: (changes) => {
      wanted = { ...wanted, ...changes };
    },
    reset: () => {
      wanted = initial();
    },
  });
})();
