"""The head of a report and the record of one pair as plain data, ready for JSON.

This is the contract that `docs/report.schema.json` describes: keys are never renamed without a new `SCHEMA` number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NotRequired, TypedDict

from mtaudit.reporters.base import ReportOptions, listed
from mtaudit.rules import Rule
from mtaudit.types import Audit, Document, Finding, Json, Severity, Side, Span, Suspect

SCHEMA = 1

#: Decimals of suspicion, similarity and confidence: finer differences mean nothing. Scores stay as measured.
_DECIMALS = 4


class SideRecord(TypedDict):
    """One side of a pair and where it starts in its file."""

    text: str
    line: int
    column: int


class FindingRecord(TypedDict):
    """A finding; `start` and `end` count code points from the start of its side's text in the same record."""

    rule: str
    slug: str
    category: str
    severity: str
    confidence: float
    side: str
    start: int
    end: int
    quote: str
    line: int
    column: int
    message: str
    evidence: Json


class RangeRecord(TypedDict):
    """Words in the back-translation, counted in code points from its start."""

    start: int
    end: int


class UnitRecord(TypedDict):
    """What a bilingual file or catalogue says of a pair."""

    id: str
    context: str | None
    note: str | None
    state: str | None


class PairRecord(TypedDict):
    """One pair; a side that is a gap is None. `unit` is there where the file has units."""

    unit: NotRequired[UnitRecord]
    index: int
    rank: int
    suspicion: float
    calibrated: bool
    alignment: str
    similarity: float | None
    source: SideRecord | None
    target: SideRecord | None
    back_translation: str | None
    back_changes: list[RangeRecord]
    scores: dict[str, float]
    findings: list[FindingRecord]


class ModelRecord(TypedDict):
    """A model that took part."""

    role: str
    id: str
    revision: str


class SignatureRecord(TypedDict):
    """What it takes to get the same audit again."""

    version: str
    profile: str
    models: list[ModelRecord]
    settings: Json


class LanguagesRecord(TypedDict):
    """The languages of the two sides."""

    source: str | None
    target: str


class FilesRecord(TypedDict):
    """The files of the two sides, as the user called them."""

    source: str | None
    target: str


class GapsRecord(TypedDict):
    """How many pairs lack a side that has a document."""

    source: int
    target: int


class SummaryRecord(TypedDict):
    """Totals of the whole audit, whatever part of it is listed."""

    pairs: int
    suspects: int
    findings: int
    by_severity: dict[str, int]
    by_rule: dict[str, int]
    gaps: GapsRecord
    worst_suspicion: float | None
    calibrated: bool


class BadInputRecord(TypedDict):
    """A part of the input that could not be used."""

    path: str
    line: int
    reason: str
    remedy: str


class HeadRecord(TypedDict):
    """Everything that is said once in a report."""

    schema: int
    signature: SignatureRecord
    languages: LanguagesRecord
    files: FilesRecord
    summary: SummaryRecord
    bad_input: list[BadInputRecord]


class Recorder:
    """Makes the records of one audit."""

    def __init__(self, audit: Audit, rules: Mapping[str, Rule]) -> None:
        self._audit = audit
        self._rules = rules
        self._scores: dict[int, dict[str, float]] = {}
        for score in audit.scores:
            if score.span is None:
                self._scores.setdefault(score.pair, {})[score.scorer] = float(score.value)

    def head(self) -> HeadRecord:
        """What is said once: signature, languages, files, totals and bad input."""
        bitext, signature = self._audit.bitext, self._audit.signature
        source, target = bitext.source, bitext.target
        models: list[ModelRecord] = [
            {"role": use.role, "id": use.id, "revision": use.revision} for use in signature.models
        ]
        return {
            "schema": SCHEMA,
            "signature": {
                "version": signature.version,
                "profile": signature.profile,
                "models": models,
                "settings": _plain(signature.settings),
            },
            "languages": {"source": source.language if source else None, "target": target.language},
            "files": {"source": source.path if source else None, "target": target.path},
            "summary": self.summary(),
            "bad_input": [
                {"path": bad.path, "line": bad.line, "reason": bad.reason, "remedy": bad.remedy}
                for bad in bitext.bad_input
            ],
        }

    def summary(self) -> SummaryRecord:
        """Totals over all pairs. A target-only audit has no gaps on the source side: nothing is missing there."""
        ranking = self._audit.ranking
        findings = [finding for suspect in ranking for finding in suspect.findings]
        severities = Counter(finding.severity for finding in findings)
        with_source = self._audit.bitext.source is not None
        return {
            "pairs": len(ranking),
            "suspects": len(self._audit.suspects),
            "findings": len(findings),
            "by_severity": {severity.value: severities[severity] for severity in reversed(Severity)},
            "by_rule": dict(sorted(Counter(finding.rule for finding in findings).items())),
            "gaps": {
                "source": sum(with_source and not suspect.pair.source for suspect in ranking),
                "target": sum(not suspect.pair.target for suspect in ranking),
            },
            "worst_suspicion": max((_rounded(suspect.suspicion) for suspect in ranking), default=None),
            "calibrated": self._audit.calibrated,
        }

    def pairs(self, options: ReportOptions) -> Iterator[PairRecord]:
        """The records that `options` ask for, by rank."""
        return map(self.pair, listed(self._audit, options))

    def pair(self, suspect: Suspect) -> PairRecord:
        """The record of one pair; its findings keep the order of the audit.

        Raises:
            ValueError: if a finding lies outside its pair.
            KeyError: if the rule of a finding is unknown.
        """
        pair = suspect.pair
        record: PairRecord = {
            "index": pair.index,
            "rank": suspect.rank,
            "suspicion": _rounded(suspect.suspicion),
            "calibrated": self._audit.calibrated,
            "alignment": pair.alignment,
            "similarity": None if pair.similarity is None else _rounded(pair.similarity),
            "source": self._side(suspect, Side.SOURCE),
            "target": self._side(suspect, Side.TARGET),
            "back_translation": suspect.back_translation,
            "back_changes": [{"start": span.start, "end": span.end} for span in suspect.back_changes],
            "scores": dict(sorted(self._scores.get(pair.index, {}).items())),
            "findings": [self._finding(suspect, finding) for finding in suspect.findings],
        }
        unit = self._audit.bitext.unit(pair)
        if unit is not None:
            record["unit"] = {"id": unit.id, "context": unit.context, "note": unit.note, "state": unit.state}
        return record

    def _place(self, suspect: Suspect, side: Side) -> tuple[Document, Span] | None:
        document, span = self._audit.bitext.document(side), suspect.pair.span(side)
        return None if document is None or span is None else (document, span)

    def _side(self, suspect: Suspect, side: Side) -> SideRecord | None:
        place = self._place(suspect, side)
        if place is None:
            return None
        document, span = place
        position = document.position(span.start)
        return {"text": document.text[span.start : span.end], "line": position.line, "column": position.column}

    def _finding(self, suspect: Suspect, finding: Finding) -> FindingRecord:
        place = self._place(suspect, finding.side)
        if place is None or not place[1].contains(finding.span):
            where = f"{finding.side} {finding.span.start}..{finding.span.end}"
            raise ValueError(f"{finding.rule}: the finding at {where} lies outside its pair {suspect.pair.index}")
        document, span = place
        rule, within = self._rules[finding.rule], finding.span.shift(-span.start)
        position = document.position(finding.span.start)
        return {
            "rule": rule.id,
            "slug": rule.slug,
            "category": rule.category.value,
            "severity": finding.severity.value,
            "confidence": _rounded(finding.confidence),
            "side": finding.side.value,
            "start": within.start,
            "end": within.end,
            "quote": document.text[finding.span.start : finding.span.end],
            "line": position.line,
            "column": position.column,
            "message": finding.message,
            "evidence": _plain(finding.evidence),
        }


def _rounded(value: float) -> float:
    # Models hand over NumPy's floats, which are not JSON's.
    return round(float(value), _DECIMALS)


def _plain(value: Json) -> Json:
    """`value` in dicts and lists: `json` refuses other mappings and sequences."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def unit_name(record: PairRecord) -> str:
    """The name of a pair's unit for people; empty where it has none, or (gettext) its source is its name."""
    unit, source = record.get("unit"), record["source"]
    name = unit["id"] if unit is not None else ""
    return "" if source is not None and name == source["text"] else name
