"""A finished audit as bytes and back, for the cache: MessagePack by fixed types, so that decoding makes nothing else.

Of the scores only those of whole pairs are kept: those of spans are many, and nothing that a check reports needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from mtaudit.types import (
    Audit,
    BadInput,
    Bitext,
    Document,
    Finding,
    InlineCode,
    ModelUse,
    OffsetMap,
    PlaceMap,
    Remark,
    Score,
    Segment,
    SegmentPair,
    Severity,
    Side,
    Signature,
    Span,
    Suspect,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """An audit, and what the user was told while it was made."""

    audit: Audit
    warnings: tuple[str, ...]


class _Document(msgspec.Struct, array_like=True):
    path: str
    language: str
    text: str
    is_place_map: bool
    map: list[tuple[int, ...]]
    codes: list[tuple[int, int, str]]
    remarks: list[tuple[str, int, int, int]]


class _Segment(msgspec.Struct, array_like=True):
    index: int
    start: int
    end: int
    text: str | None  # None: what stands there in the document


class _Pair(msgspec.Struct, array_like=True):
    index: int
    source: list[_Segment]
    target: list[_Segment]
    similarity: float | None


class _Finding(msgspec.Struct, array_like=True):
    rule: str
    pair: int
    side: Side
    start: int
    end: int
    severity: Severity
    confidence: float
    message: str
    evidence: dict[str, Any]


class _Suspect(msgspec.Struct, array_like=True):
    pair: int
    suspicion: float
    findings: list[int]
    back_translation: str | None
    back_changes: list[tuple[int, int]]
    back_source: str | None


class _Audit(msgspec.Struct, array_like=True):
    source: _Document | None
    target: _Document
    pairs: list[_Pair]
    bad_input: list[tuple[str, int, str, str]]
    units: list[tuple[str, str | None, str | None, str | None, tuple[str, ...], int | None]]
    findings: list[_Finding]
    ranking: list[_Suspect]
    scores: list[tuple[str, int, float]]
    version: str
    profile: str
    models: list[tuple[str, str, str]]
    settings: dict[str, Any]
    calibrated: bool
    warnings: tuple[str, ...]


def encode(judgement: Judgement) -> bytes:
    """The bytes of an audit whose pairs are aligned."""
    audit = judgement.audit
    bitext = audit.bitext
    numbers = {id(finding): number for number, finding in enumerate(audit.findings)}
    stored = _Audit(
        None if bitext.source is None else _packed_document(bitext.source),
        _packed_document(bitext.target),
        [_packed_pair(bitext, pair) for pair in bitext.pairs or ()],
        [(bad.path, bad.line, bad.reason, bad.remedy) for bad in bitext.bad_input],
        [(u.id, u.context, u.note, u.state, u.other_sources, u.exact) for u in bitext.units],
        [_packed_finding(finding) for finding in audit.findings],
        [
            _Suspect(
                suspect.pair.index,
                suspect.suspicion,
                [numbers[id(finding)] for finding in suspect.findings],
                suspect.back_translation,
                [(span.start, span.end) for span in suspect.back_changes],
                suspect.back_source,
            )
            for suspect in audit.ranking
        ],
        [(score.scorer, score.pair, score.value) for score in audit.scores if score.span is None],
        audit.signature.version,
        audit.signature.profile,
        [(use.role, use.id, use.revision) for use in audit.signature.models],
        dict(audit.signature.settings),
        audit.calibrated,
        judgement.warnings,
    )
    return msgspec.msgpack.encode(stored)


def decode(data: bytes) -> Judgement | None:
    """The audit of such bytes; None if they are no whole one."""
    try:
        return _judgement(_DECODER.decode(data))
    except (msgspec.DecodeError, TypeError, ValueError, IndexError, KeyError):
        return None


_DECODER = msgspec.msgpack.Decoder(_Audit)


def encode_findings(found: Sequence[Sequence[Finding]]) -> bytes:
    """The bytes of the findings of several audits."""
    return msgspec.msgpack.encode([[_packed_finding(finding) for finding in one] for one in found])


def decode_findings(data: bytes) -> list[tuple[Finding, ...]] | None:
    """The findings of such bytes; None if they are no whole ones."""
    try:
        stored = msgspec.msgpack.decode(data, type=list[list[_Finding]])
        return [tuple(_finding(finding) for finding in one) for one in stored]
    except (msgspec.DecodeError, TypeError, ValueError):
        return None


def _judgement(stored: _Audit) -> Judgement:
    source = None if stored.source is None else _document(stored.source)
    target = _document(stored.target)
    pairs = tuple(_pair(pair, source, target) for pair in stored.pairs)
    findings = tuple(_finding(finding) for finding in stored.findings)
    by_index = {pair.index: pair for pair in pairs}
    ranking = tuple(
        Suspect(
            rank,
            by_index[suspect.pair],
            suspect.suspicion,
            tuple(findings[number] for number in suspect.findings),
            suspect.back_translation,
            tuple(Span(start, end) for start, end in suspect.back_changes),
            suspect.back_source,
        )
        for rank, suspect in enumerate(stored.ranking, 1)
    )
    bad_input = tuple(BadInput(*bad) for bad in stored.bad_input)
    bitext = Bitext(source, target, pairs, bad_input, tuple(Unit(*unit) for unit in stored.units))
    models = tuple(ModelUse(*use) for use in stored.models)
    signature = Signature(stored.version, stored.profile, models, stored.settings)
    scores = tuple(Score(*score) for score in stored.scores)
    return Judgement(Audit(bitext, ranking, findings, scores, signature, stored.calibrated), stored.warnings)


def _packed_document(document: Document) -> _Document:
    return _Document(
        document.path,
        document.language,
        document.text,
        isinstance(document.map, PlaceMap),
        [getattr(document.map, field.name) for field in fields(document.map)],
        [(code.span.start, code.span.end, code.key) for code in document.codes],
        [(remark.text, remark.line, remark.span.start, remark.span.end) for remark in document.remarks],
    )


def _document(stored: _Document) -> Document:
    return Document(
        stored.path,
        stored.language,
        stored.text,
        PlaceMap(*stored.map) if stored.is_place_map else OffsetMap(*stored.map),
        tuple(InlineCode(Span(start, end), key) for start, end, key in stored.codes),
        tuple(Remark(text, line, Span(start, end)) for text, line, start, end in stored.remarks),
    )


def _packed_pair(bitext: Bitext, pair: SegmentPair) -> _Pair:
    sides = [[_packed_segment(segment, bitext.document(side)) for segment in pair.segments(side)] for side in Side]
    return _Pair(pair.index, sides[0], sides[1], pair.similarity)


def _packed_segment(segment: Segment, document: Document | None) -> _Segment:
    start, end = segment.span.start, segment.span.end
    same = document is not None and document.text[start:end] == segment.text
    return _Segment(segment.index, start, end, None if same else segment.text)


def _pair(stored: _Pair, source: Document | None, target: Document) -> SegmentPair:
    own = "" if source is None else source.text
    return SegmentPair(
        stored.index,
        tuple(_segment(segment, own) for segment in stored.source),
        tuple(_segment(segment, target.text) for segment in stored.target),
        stored.similarity,
    )


def _segment(stored: _Segment, text: str) -> Segment:
    kept = text[stored.start : stored.end] if stored.text is None else stored.text
    return Segment(stored.index, Span(stored.start, stored.end), kept)


def _packed_finding(finding: Finding) -> _Finding:
    return _Finding(
        finding.rule,
        finding.pair,
        finding.side,
        finding.span.start,
        finding.span.end,
        finding.severity,
        finding.confidence,
        finding.message,
        dict(finding.evidence),
    )


def _finding(stored: _Finding) -> Finding:
    return Finding(
        stored.rule,
        stored.pair,
        stored.side,
        Span(stored.start, stored.end),
        stored.severity,
        stored.confidence,
        stored.message,
        stored.evidence,
    )
