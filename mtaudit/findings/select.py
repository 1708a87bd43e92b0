"""Decides which findings count: by rule, by confidence, and by whether another finding says the same already.

Findings of one pair and side whose words overlap become one where models are among them: the check's if there is one,
for it names the error, else the gravest and surest. What became part of it stands in its evidence as `witnesses`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from mtaudit.types import Bitext, Finding, Json, Severity, Side

#: A rule that need not be said where one of the others stands in the same pair: they say the same, and why.
EXPLAINED_BY = {
    # A sentence without counterpart, because it is a copy, another language, debris of the page, or moved.
    "MT602": frozenset({"MT104", "MT105", "MT203", "MT311", "MT603"}),
    # What the whole sentence lacks, its words lack too. (Where one breaks off, its lost words are worth showing.)
    "MT102": frozenset({"MT104", "MT105", "MT111", "MT601"}),
    "MT103": frozenset({"MT104", "MT105", "MT111", "MT202", "MT602"}),
    "MT101": frozenset({"MT104", "MT105", "MT111"}),
    "MT111": frozenset({"MT104", "MT105"}),
    "MT112": frozenset({"MT104", "MT105", "MT111"}),
    "MT604": frozenset({"MT104", "MT111", "MT202", "MT605"}),
    "MT105": frozenset({"MT104"}),
    # A sentence left in the source's language has its numbers, quotes and dates written that way too.
    "MT106": frozenset({"MT104", "MT301"}),
    # Code that leaked into the text has its own stops, quotes and braces.
    "MT201": frozenset({"MT301"}),
    "MT303": frozenset({"MT301"}),
    "MT307": frozenset({"MT301"}),
    "MT305": frozenset({"MT104"}),
    # What is not translated at all, is another text or breaks off has none of the glossary's words.
    "MT401": frozenset({"MT104", "MT105", "MT111", "MT605"}),
    "MT403": frozenset({"MT105", "MT111", "MT605"}),
    # A sentence that breaks off has no end mark either.
    "MT306": frozenset({"MT104", "MT301", "MT605"}),
}

#: Rules whose findings mostly come from models: checks name the error better where they mark the same words.
_BY_MODEL = frozenset({"MT101", "MT102", "MT103", "MT112", "MT205"})
#: From here on a finding is more likely right than wrong.
_LIKELY = 0.5
#: Two independent witnesses are surer than one, but nothing is certain.
_SUREST = 0.98


def select(
    findings: Iterable[Finding], rule_ids: frozenset[str], min_confidence: float, severities: Mapping[str, Severity]
) -> list[Finding]:
    """Keep what counts, with the severities that the user set; each finding once.

    Witnesses are joined before their confidence is asked for: two that are half sure can be enough together.
    """
    chosen = [
        replace(finding, severity=severities.get(finding.rule, finding.severity))
        for finding in findings
        if finding.rule in rule_ids
    ]
    return _unique([finding for finding in merge(chosen) if finding.confidence >= min_confidence])


def _unique(findings: Sequence[Finding]) -> list[Finding]:
    """Of findings of one rule on overlapping words keep the surest."""
    kept: dict[tuple[str, int, Side], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (-f.confidence, -len(f.span), f.span)):
        rivals = kept.setdefault((finding.rule, finding.pair, finding.side), [])
        if not any(other.span.overlaps(finding.span) or other.span == finding.span for other in rivals):
            rivals.append(finding)
    flat = [finding for rivals in kept.values() for finding in rivals]
    return sorted(flat, key=lambda f: (f.pair, f.side, f.span, f.rule))


def explain(bitext: Bitext, findings: Sequence[Finding]) -> list[Finding]:
    """Drop findings that say again what another one says better.

    Three cases: rules explained by others of the same pair (`EXPLAINED_BY`); in a later copy of a passage (MT203),
    findings that stand in the first copy as well; and missing sentences (MT601) that stand elsewhere in the target
    (MT603).
    """
    by_pair: dict[int, list[Finding]] = defaultdict(list)
    first: dict[tuple[str, str], int] = {}
    for finding in findings:
        by_pair[finding.pair].append(finding)
        if finding.side is Side.TARGET:
            key = (finding.rule, _quote(bitext, finding))
            first[key] = min(first.get(key, finding.span.start), finding.span.start)
    moved = {_source_place(finding) for finding in findings if finding.rule == "MT603"}
    kept = []
    for finding in findings:
        if finding.rule == "MT601" and (finding.span.start, finding.span.end) in moved:
            continue
        others = by_pair[finding.pair]
        again = _in_copy(finding, others) and first[finding.rule, _quote(bitext, finding)] < finding.span.start
        if not (again or _explained(finding, others)):
            kept.append(finding)
    return kept


def _quote(bitext: Bitext, finding: Finding) -> str:
    return bitext.target.text[finding.span.start : finding.span.end]


def _source_place(finding: Finding) -> tuple[Json, Json] | None:
    """Start and end in the source of what a finding on the target names in its evidence."""
    place = finding.evidence.get("source")
    return (place["start"], place["end"]) if isinstance(place, Mapping) else None


def _explained(finding: Finding, others: Sequence[Finding]) -> bool:
    """A reason must lie on the same words, or on the other side (an omission explained by a wrong target).

    What is surer than its reason needs no reason, unless the reason counts by itself.
    """
    reasons = EXPLAINED_BY.get(finding.rule, frozenset())
    return any(
        other.rule in reasons
        and other.confidence >= min(finding.confidence, _LIKELY)
        and (other.side is not finding.side or other.span.overlaps(finding.span))
        for other in others
    )


def merge(findings: Sequence[Finding]) -> list[Finding]:
    """Make one finding of those that mark the same words of a pair, if a model's is among them."""
    places: dict[tuple[int, Side], list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=_precedence):
        kept = places[finding.pair, finding.side]
        for at, other in enumerate(kept):
            if other.span.overlaps(finding.span) and not {other.rule, finding.rule}.isdisjoint(_BY_MODEL):
                kept[at] = _with_witness(other, finding)
                break
        else:
            kept.append(finding)
    return sorted(chain.from_iterable(places.values()), key=lambda f: (f.pair, f.side, f.span, f.rule))


def _precedence(finding: Finding) -> tuple[bool, int, float, int]:
    return finding.rule in _BY_MODEL, -finding.severity.gravity, -finding.confidence, finding.span.start


def _with_witness(finding: Finding, witness: Finding) -> Finding:
    """The finding with another one in its evidence; it is surer by what the other is sure of."""
    seen = finding.evidence.get("witnesses", ())
    told: dict[str, Json] = {
        "rule": witness.rule,
        "confidence": round(witness.confidence, 4),
        "message": witness.message,
        "start": witness.span.start,
        "end": witness.span.end,
        "evidence": dict(witness.evidence),
    }
    confidence = 1 - (1 - finding.confidence) * (1 - 0.5 * witness.confidence)
    witnesses = (*(seen if isinstance(seen, tuple) else ()), told)
    return replace(
        finding,
        confidence=max(finding.confidence, min(_SUREST, confidence)),
        evidence={**finding.evidence, "witnesses": witnesses},
    )


def _in_copy(finding: Finding, others: Sequence[Finding]) -> bool:
    """Whether a target finding, other than MT203 itself, lies in a later copy of a passage."""
    if finding.rule == "MT203" or finding.side is not Side.TARGET:
        return False
    return any(other.rule == "MT203" and other.span.overlaps(finding.span) for other in others)
