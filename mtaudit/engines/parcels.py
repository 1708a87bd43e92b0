"""A bitext and its audit as parcels between processes: columns of numbers and texts instead of a record for each pair.

To pickle a frozen record takes as long as a check of a pair; a column of thousands of numbers is pickled in one go.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from mtaudit.types import (
    Audit,
    BadInput,
    Bitext,
    Document,
    Finding,
    InlineCode,
    OffsetMap,
    PlaceMap,
    Score,
    Segment,
    SegmentPair,
    Signature,
    Span,
    Suspect,
    Unit,
)


@dataclass(frozen=True, slots=True)
class SideParcel:
    """One side: its document, and of all its segments, pair by pair, the indices, starts and ends.

    `counts` says how many segments each pair has on this side.
    """

    path: str
    language: str
    text: str
    map: OffsetMap | PlaceMap
    codes: list[tuple[int, int, str]]
    counts: list[int]
    indices: list[int]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class BitextParcel:
    """An aligned bitext; a unit is its fields in their order."""

    source: SideParcel | None
    target: SideParcel
    pairs: list[int]
    similarities: list[float | None]
    bad_input: tuple[BadInput, ...]
    units: list[tuple[str, str | None, str | None, str | None, tuple[str, ...], int | None]]


@dataclass(frozen=True, slots=True)
class AuditParcel:
    """What an audit adds to its bitext.

    The ranking is the places of the pairs in the bitext, worst first, with the suspicion of each and the places of its
    findings among all. `plain` are the scores of whole pairs, `scores` takes their place where some have spans.
    """

    places: list[int]
    suspicions: list[float]
    found: list[tuple[int, ...]]
    findings: tuple[Finding, ...]
    plain: list[tuple[str, int, float]]
    scores: tuple[Score, ...]
    signature: Signature
    calibrated: bool


def pack_bitext(bitext: Bitext) -> BitextParcel:
    """Take a bitext apart.

    Raises:
        ValueError: if it is not aligned.
    """
    if bitext.pairs is None:
        raise ValueError("only an aligned bitext can be packed")
    return BitextParcel(
        None if bitext.source is None else _pack_side(bitext.source, [pair.source for pair in bitext.pairs]),
        _pack_side(bitext.target, [pair.target for pair in bitext.pairs]),
        [pair.index for pair in bitext.pairs],
        [pair.similarity for pair in bitext.pairs],
        bitext.bad_input,
        [(u.id, u.context, u.note, u.state, u.other_sources, u.exact) for u in bitext.units],
    )


def _pack_side(document: Document, beads: list[tuple[Segment, ...]]) -> SideParcel:
    segments = [segment for bead in beads for segment in bead]
    return SideParcel(
        document.path,
        document.language,
        document.text,
        document.map,
        [(code.span.start, code.span.end, code.key) for code in document.codes],
        [len(bead) for bead in beads],
        [segment.index for segment in segments],
        [segment.span.start for segment in segments],
        [segment.span.end for segment in segments],
    )


def unpack_bitext(parcel: BitextParcel) -> Bitext:
    """Put a bitext together again: it equals the one that was packed."""
    sources = [()] * len(parcel.pairs) if parcel.source is None else _beads(parcel.source)
    beads = zip(parcel.pairs, sources, _beads(parcel.target), parcel.similarities, strict=True)
    return Bitext(
        None if parcel.source is None else _document(parcel.source),
        _document(parcel.target),
        tuple(SegmentPair(*bead) for bead in beads),
        parcel.bad_input,
        tuple(Unit(*fields) for fields in parcel.units),
    )


def _document(side: SideParcel) -> Document:
    codes = tuple(InlineCode(Span(start, end), key) for start, end, key in side.codes)
    return Document(side.path, side.language, side.text, side.map, codes)


def _beads(side: SideParcel) -> list[tuple[Segment, ...]]:
    columns = zip(side.indices, side.starts, side.ends, strict=True)
    segments = (Segment(index, Span(start, end), side.text[start:end]) for index, start, end in columns)
    return [tuple(islice(segments, count)) for count in side.counts]


def pack_audit(audit: Audit) -> AuditParcel:
    """What an audit says beyond its bitext, which the other process has."""
    places = {pair.index: place for place, pair in enumerate(audit.bitext.pairs or ())}
    numbers = {id(finding): number for number, finding in enumerate(audit.findings)}
    whole = all(score.span is None and score.side is None for score in audit.scores)
    return AuditParcel(
        [places[suspect.pair.index] for suspect in audit.ranking],
        [suspect.suspicion for suspect in audit.ranking],
        [tuple(numbers[id(finding)] for finding in suspect.findings) for suspect in audit.ranking],
        audit.findings,
        [(score.scorer, score.pair, score.value) for score in audit.scores] if whole else [],
        () if whole else audit.scores,
        audit.signature,
        audit.calibrated,
    )


def unpack_audit(parcel: AuditParcel, bitext: Bitext) -> Audit:
    """The audit of a bitext from what was packed of it; back-translations, which need a model, are not in parcels."""
    pairs = bitext.pairs or ()
    rows = zip(parcel.places, parcel.suspicions, parcel.found, strict=True)
    ranking = tuple(
        Suspect(rank, pairs[place], suspicion, tuple(parcel.findings[number] for number in found))
        for rank, (place, suspicion, found) in enumerate(rows, 1)
    )
    scores = parcel.scores or tuple(Score(*columns) for columns in parcel.plain)
    return Audit(bitext, ranking, parcel.findings, scores, parcel.signature, parcel.calibrated)
