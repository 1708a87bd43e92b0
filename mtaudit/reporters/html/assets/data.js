"use strict";
/* What the report holds. Nothing here touches the page. */
const Report = (() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const byRank = data.pairs;
  const byPosition = [...byRank].sort((one, other) => one.index - other.index);
  const byIndex = new Map(byRank.map((pair) => [pair.index, pair]));

  for (const pair of byRank) {
    pair.findings = pair.findings || [];
    // Two findings of one rule in one pair share their fingerprint; a decision is about one of them.
    const seen = new Map();
    for (const finding of pair.findings) {
      const nth = seen.get(finding.fingerprint) || 0;
      seen.set(finding.fingerprint, nth + 1);
      finding.id = `${finding.fingerprint}:${nth}`;
    }
  }

  const isSuspect = (pair) => pair.severity !== null;

  /** Where a side of a pair begins: `file:line:column`. */
  const place = (pair, side) => (pair[side] ? `${data.files[side]}:${pair[side].line}:${pair[side].column}` : "");

  const family = (rule) => (data.rules[rule] ? data.rules[rule].family : "accuracy");
  const slug = (rule) => (data.rules[rule] ? data.rules[rule].slug : "");

  /** The words that a finding marks. */
  const quote = (pair, finding) => pair[finding.side].text.slice(finding.start, finding.end);

  return Object.freeze({
    byRank,
    byPosition,
    byIndex,
    isSuspect,
    place,
    family,
    slug,
    quote,
    sides: data.files.source === null ? ["target"] : ["source", "target"],
    files: data.files,
    languages: data.languages,
    calibrated: data.calibrated,
    showsAll: data.all,
  });
})();
