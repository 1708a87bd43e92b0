"use strict";
/* Decisions as files: a baseline, labelled pairs, and all of them. Nothing here touches the page. */
const Exchange = (() => {
  const listed = Report.byRank.filter((pair) => pair.listed);

  /**
   * The baseline: false alarms, and with `withErrors` accepted errors too. An entry stands for all findings of its rule
   * in its pair; where only some of them are to be ignored there is none, since it would hide the others: `mixed`.
   */
  function baseline(withErrors) {
    const groups = new Map();
    for (const pair of listed) {
      for (const finding of pair.findings) {
        const group = groups.get(finding.fingerprint) || { pair, findings: [], verdicts: [] };
        group.findings.push(finding);
        group.verdicts.push(Decisions.ofFinding(pair, finding));
        groups.set(finding.fingerprint, group);
      }
    }
    const ignored = (verdict) => verdict === "false" || (withErrors && verdict === "error");
    const entries = [];
    let mixed = 0;
    for (const [fingerprint, { pair, findings, verdicts }] of groups) {
      if (verdicts.every(ignored)) {
        const [first] = findings;
        const quote = shorten(Report.quote(pair, first));
        entries.push({ path: Report.files.target, rule: first.rule, key: fingerprint, count: findings.length, quote });
      } else if (verdicts.some(ignored)) mixed += 1;
    }
    const order = (entry) => `${entry.path}\0${entry.rule}\0${entry.key}`;
    entries.sort((one, other) => (order(one) < order(other) ? -1 : 1));
    return { text: `${JSON.stringify({ schema: 1, entries }, null, 1)}\n`, count: entries.length, mixed };
  }

  const shorten = (text) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

  /** A cell of a table in which tabs part columns and line ends part rows. */
  const cell = (text) => text.replace(/[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+/g, " ").replace(/\0/g, "\ufffd").trim();

  /** Labelled pairs, each once; a pair that lacks a side has no place there: `gaps`. */
  function labelled() {
    const rows = new Map();
    let gaps = 0;
    for (const pair of listed) {
      const verdict = Decisions.ofPair(pair);
      if (!verdict) continue;
      const sides = ["source", "target"].map((side) => (pair[side] ? cell(pair[side].text) : ""));
      if (sides.every(Boolean)) rows.set(pair.key, [...sides, verdict === "error" ? "1" : "0"].join("\t"));
      else gaps += 1;
    }
    return { text: `${["source\ttarget\tlabel", ...rows.values()].join("\n")}\n`, count: rows.size, gaps };
  }

  function decisions() {
    const all = Decisions.all();
    return { text: `${JSON.stringify({ "mtaudit-decisions": 1, pairs: all }, null, 1)}\n`, count: Object.keys(all).length };
  }

  /** What a baseline says of the pairs of this page: its findings are false alarms. */
  function fromBaseline(entries) {
    const known = new Set(entries.map((entry) => entry && entry.key));
    let taken = 0;
    for (const pair of listed) {
      for (const finding of pair.findings) {
        if (!known.has(finding.fingerprint) || Decisions.ofFinding(pair, finding) === "false") continue;
        Decisions.decideFinding(pair, finding, "false");
        taken += 1;
      }
    }
    return taken;
  }

  /** Take over a file's text; returns what happened, in words. */
  function take(text) {
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      return "This is no JSON file. Choose decisions or a baseline that was saved from a report.";
    }
    if (found && found["mtaudit-decisions"] === 1 && found.pairs && typeof found.pairs === "object") {
      const { taken, foreign } = Decisions.merge(found.pairs);
      const rest = foreign ? `; ${foreign} belong to no sentence of this report` : "";
      return `${taken} decisions taken over${rest}.`;
    }
    if (found && found.schema === 1 && Array.isArray(found.entries)) {
      return `${fromBaseline(found.entries)} findings marked as false alarms.`;
    }
    return "This is neither decisions nor a baseline. Choose a file that was saved from a report.";
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  return Object.freeze({ baseline, labelled, decisions, take, save });
})();
