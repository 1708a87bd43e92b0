"""The records that the page's scripts read.

They are the records of the JSON report with what a page needs besides: offsets as JavaScript counts them (UTF-16 code
units), counterparts, keys for decisions, and the back-translation compared with its source. Other than the JSON report
they are no contract: page and records come from one version.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NotRequired, TypedDict

from mtaudit.fingerprint import fingerprint
from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.html.diff import Piece, word_diff
from mtaudit.reporters.html.partners import Partners
from mtaudit.reporters.record import FindingRecord, PairRecord, Recorder, SideRecord, UnitRecord
from mtaudit.types import Audit, Finding, Json, Severity, Side, Span, Suspect


class PartnerRecord(TypedDict):
    """Words opposite a finding, counted in UTF-16 code units of that side's text."""

    side: str
    start: int
    end: int


class WitnessRecord(TypedDict):
    """Another finding on the same words that became part of this one."""

    rule: str
    message: str


class ReasonRecord(TypedDict):
    """A finding; `start` and `end` count UTF-16 code units of its side's text."""

    rule: str
    severity: str
    confidence: float
    side: str
    start: int
    end: int
    line: int
    column: int
    message: str
    fingerprint: str
    partners: list[PartnerRecord]
    witnesses: list[WitnessRecord]


class CardRecord(TypedDict):
    """A pair. One that is not `listed` is a suspect beyond the limit: it has no texts here."""

    index: int
    rank: int
    suspicion: float
    listed: bool
    severity: str | None
    key: NotRequired[str]
    alignment: NotRequired[str]
    source: NotRequired[SideRecord | None]
    target: NotRequired[SideRecord | None]
    unit: NotRequired[UnitRecord]
    back: NotRequired[list[Piece]]
    scores: NotRequired[dict[str, float]]
    findings: NotRequired[list[ReasonRecord]]


class RuleRecord(TypedDict):
    """What cards say of a rule; its explanation stands in the page."""

    slug: str
    family: str


class PageRecord(TypedDict):
    """All that the scripts read; `pairs` are in the order of rank."""

    files: dict[str, str | None]
    languages: dict[str, str | None]
    calibrated: bool
    all: bool
    rules: dict[str, RuleRecord]
    pairs: list[CardRecord]


def page_record(audit: Audit, options: ReportOptions) -> PageRecord:
    """The records of one audit.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    source, target, named = audit.bitext.source, audit.bitext.target, named_rules(audit)
    return {
        "files": {"source": source.path if source else None, "target": target.path},
        "languages": {"source": source.language if source else None, "target": target.language},
        "calibrated": audit.calibrated,
        "all": options.all_pairs,
        "rules": {
            rule.id: {"slug": rule.slug, "family": rule.family}
            for rule in sorted(options.rules.values(), key=lambda rule: rule.id)
            if rule.id in named
        },
        "pairs": list(_cards(audit, options)),
    }


def named_rules(audit: Audit) -> frozenset[str]:
    """The ids of all rules that the page names: those of the findings, and of their witnesses."""
    findings = [finding for suspect in audit.ranking for finding in suspect.findings]
    told = {rule for finding in findings for rule, _ in _witnesses(finding)}
    return frozenset({finding.rule for finding in findings} | told)


def _cards(audit: Audit, options: ReportOptions) -> Iterator[CardRecord]:
    recorder, partners, suspects = Recorder(audit, options.rules), Partners(audit), 0
    for suspect in audit.ranking:
        suspects += bool(suspect.findings)
        record = recorder.pair(suspect)
        severities = [finding.severity for finding in suspect.findings]
        card: CardRecord = {
            "index": record["index"],
            "rank": record["rank"],
            "suspicion": record["suspicion"],
            "listed": not suspect.findings or options.top is None or suspects <= options.top,
            "severity": max(severities, key=_gravity).value if severities else None,
        }
        if card["listed"]:
            _fill(card, record, suspect, audit, partners)
        yield card


def _gravity(severity: Severity) -> int:
    return severity.gravity


def _fill(card: CardRecord, record: PairRecord, suspect: Suspect, audit: Audit, partners: Partners) -> None:
    """Put in what a listed pair has."""
    texts = {Side.SOURCE: _text(record["source"]), Side.TARGET: _text(record["target"])}
    card["key"] = fingerprint(texts[Side.SOURCE], texts[Side.TARGET], "")
    card["alignment"] = record["alignment"]
    card["source"], card["target"] = record["source"], record["target"]
    if "unit" in record:
        card["unit"] = record["unit"]
    if record["back_translation"] is not None:
        said = suspect.back_source if suspect.back_source is not None else texts[Side.SOURCE]
        card["back"] = word_diff(said, record["back_translation"], suspect.back_changes)
    if suspect.findings:
        card["scores"] = {name: round(value, 4) for name, value in record["scores"].items()}
    units = {side: utf16(text) for side, text in texts.items()}
    reasons = []
    for finding, shown in zip(suspect.findings, record["findings"], strict=True):
        places = [_partner(suspect, side, span, units[side]) for side, span in partners.of(suspect.pair, finding)]
        reasons.append(_reason(finding, shown, texts, units[finding.side], places))
    card["findings"] = sorted(reasons, key=_worst_first)


def _partner(suspect: Suspect, side: Side, span: Span, units: Callable[[int], int]) -> PartnerRecord:
    whole = suspect.pair.span(side)
    start = whole.start if whole else 0
    return {"side": side.value, "start": units(span.start - start), "end": units(span.end - start)}


def _reason(
    finding: Finding,
    shown: FindingRecord,
    texts: Mapping[Side, str],
    units: Callable[[int], int],
    places: list[PartnerRecord],
) -> ReasonRecord:
    return {
        "rule": shown["rule"],
        "severity": shown["severity"],
        "confidence": shown["confidence"],
        "side": shown["side"],
        "start": units(shown["start"]),
        "end": units(shown["end"]),
        "line": shown["line"],
        "column": shown["column"],
        "message": shown["message"],
        "fingerprint": fingerprint(texts[Side.SOURCE], texts[Side.TARGET], shown["rule"]),
        "partners": places,
        "witnesses": [{"rule": rule, "message": message} for rule, message in _witnesses(finding)],
    }


def _worst_first(reason: ReasonRecord) -> tuple[int, float, str, int, int, str]:
    gravity = Severity(reason["severity"]).gravity
    return -gravity, -reason["confidence"], reason["side"], reason["start"], reason["end"], reason["rule"]


def _witnesses(finding: Finding) -> Iterator[tuple[str, str]]:
    """Rule and message of each finding that became part of this one, as findings/select.py keeps them."""
    told: Json = finding.evidence.get("witnesses")
    for witness in told if isinstance(told, Sequence) else ():
        if isinstance(witness, Mapping) and isinstance(rule := witness.get("rule"), str):
            yield rule, str(witness.get("message", ""))


def _text(side: SideRecord | None) -> str:
    return side["text"] if side is not None else ""


def utf16(text: str) -> Callable[[int], int]:
    """A function from offsets in code points of `text` to offsets in UTF-16 code units."""
    beyond = [index for index, character in enumerate(text) if character > "\uffff"]

    def unit(offset: int) -> int:
        return offset + bisect_left(beyond, offset)

    return unit
