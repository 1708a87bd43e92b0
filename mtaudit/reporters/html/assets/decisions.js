"use strict";
/*
 * What the reader decided, by pair. A decision is kept under a hash of the pair's texts: it outlives a new report, and
 * holds wherever the same pair stands again. The browser's storage keeps it, or memory where storage is refused.
 *
 * A decision is {verdict: "error" | "false", comment: text, findings: {finding id: "error" | "false"}}, all optional.
 */
const Decisions = (() => {
  const PREFIX = "mtaudit:decision:1:";
  const VERDICTS = ["error", "false"];
  const kept = new Map();
  const listeners = [];
  const keys = new Set(Report.byRank.map((pair) => pair.key).filter(Boolean));
  let durable = true;

  /** What of `value` is a decision; null where nothing is. Storage and imported files are not to be trusted. */
  function sound(value) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
    const decision = {};
    if (VERDICTS.includes(value.verdict)) decision.verdict = value.verdict;
    if (typeof value.comment === "string" && value.comment.trim()) decision.comment = value.comment;
    if (value.findings !== null && typeof value.findings === "object") {
      const single = Object.entries(value.findings).filter(
        ([id, verdict]) => /^[0-9a-f]{32}:\d+$/.test(id) && VERDICTS.includes(verdict),
      );
      if (single.length) decision.findings = Object.fromEntries(single);
    }
    return Object.keys(decision).length ? decision : null;
  }

  function parsed(text) {
    try {
      return sound(JSON.parse(text));
    } catch {
      return null;
    }
  }

  function load() {
    try {
      localStorage.setItem(`${PREFIX}probe`, "1");
      localStorage.removeItem(`${PREFIX}probe`);
      for (let at = 0; at < localStorage.length; at += 1) {
        const name = localStorage.key(at);
        const key = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : "";
        const decision = keys.has(key) ? parsed(localStorage.getItem(name)) : null;
        if (decision) kept.set(key, decision);
      }
    } catch {
      durable = false;
    }
  }

  function save(key) {
    if (!durable) return;
    try {
      if (kept.has(key)) localStorage.setItem(PREFIX + key, JSON.stringify(kept.get(key)));
      else localStorage.removeItem(PREFIX + key);
    } catch {
      durable = false;
      tell(null);
    }
  }

  /** Tell who listens that the decision under `key` changed; null: that storage began to be refused. */
  function tell(key) {
    for (const listener of listeners) listener(key);
  }

  const of = (pair) => kept.get(pair.key) || {};

  function change(pair, changes) {
    const decision = sound({ ...of(pair), ...changes });
    if (decision) kept.set(pair.key, decision);
    else kept.delete(pair.key);
    save(pair.key);
    tell(pair.key);
  }

  /** Decide about the whole pair; the verdict that stands already is taken back. Single findings follow. */
  function decide(pair, verdict) {
    change(pair, { verdict: of(pair).verdict === verdict ? undefined : verdict, findings: {} });
  }

  /** Decide about one finding of a pair. Once all of them are decided so, the pair is. */
  function decideFinding(pair, finding, verdict) {
    const before = Object.fromEntries(pair.findings.map((one) => [one.id, ofFinding(pair, one)]));
    const after = { ...before, [finding.id]: before[finding.id] === verdict ? undefined : verdict };
    const verdicts = new Set(Object.values(after));
    const whole = verdicts.size === 1 ? [...verdicts][0] : undefined;
    change(pair, { verdict: whole, findings: whole ? {} : after });
  }

  const comment = (pair, text) => change(pair, { comment: text });

  /** The verdict on one finding: its own, or else that on its pair. */
  function ofFinding(pair, finding) {
    const decision = of(pair);
    return (decision.findings && decision.findings[finding.id]) || decision.verdict;
  }

  /** The verdict on a pair: its own; else "error" where one finding is, "false" where all are false alarms. */
  function ofPair(pair) {
    const decision = of(pair);
    if (decision.verdict) return decision.verdict;
    const verdicts = pair.findings.map((finding) => ofFinding(pair, finding));
    if (verdicts.includes("error")) return "error";
    return verdicts.length && verdicts.every((verdict) => verdict === "false") ? "false" : undefined;
  }

  /** Take over decisions from elsewhere, a mapping of keys; returns how many belong to this page, and how many not. */
  function merge(found) {
    let taken = 0;
    let foreign = 0;
    for (const [key, value] of Object.entries(found)) {
      const decision = sound(value);
      if (!decision || !keys.has(key)) {
        foreign += 1;
        continue;
      }
      kept.set(key, decision);
      save(key);
      tell(key);
      taken += 1;
    }
    return { taken, foreign };
  }

  load();
  window.addEventListener("storage", (event) => {
    // Another window with the same sentences.
    const key = event.key && event.key.startsWith(PREFIX) ? event.key.slice(PREFIX.length) : "";
    if (!keys.has(key)) return;
    const decision = event.newValue === null ? null : parsed(event.newValue);
    if (decision) kept.set(key, decision);
    else kept.delete(key);
    tell(key);
  });

  return Object.freeze({
    of,
    ofPair,
    ofFinding,
    decide,
    decideFinding,
    comment,
    merge,
    all: () => Object.fromEntries(kept),
    isDurable: () => durable,
    onChange: (listener) => listeners.push(listener),
  });
})();
