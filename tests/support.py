"""Builds records for tests from plain strings."""

from __future__ import annotations

from collections.abc import Sequence

from mtaudit.rules import DocumentCheck, DocumentView, PairCheck, PairView
from mtaudit.types import Bitext, Document, Finding, OffsetMap, Segment, SegmentPair, Side, Span


def document(text: str, language: str, path: str = "<test>") -> Document:
    """A document whose original is its text."""
    return Document(path, language, text, OffsetMap.identity(text))


def bitext(
    pairs: Sequence[tuple[str | None, str | None]], languages: tuple[str, str] = ("en", "de"), separator: str = "\n\n"
) -> Bitext:
    """A bitext of one segment a side and pair; None is a gap. With no source at all it is target-only."""
    texts: dict[Side, str] = {Side.SOURCE: "", Side.TARGET: ""}
    segments: dict[Side, list[Segment]] = {Side.SOURCE: [], Side.TARGET: []}
    beads = []
    for index, sides in enumerate(pairs):
        bead: dict[Side, tuple[Segment, ...]] = {Side.SOURCE: (), Side.TARGET: ()}
        for side, text in zip(Side, sides, strict=True):
            if text is None:
                continue
            texts[side] += separator if texts[side] else ""
            start = len(texts[side])
            texts[side] += text
            segment = Segment(len(segments[side]), Span(start, start + len(text)), text)
            segments[side].append(segment)
            bead[side] = (segment,)
        beads.append(SegmentPair(index, bead[Side.SOURCE], bead[Side.TARGET]))
    source = document(texts[Side.SOURCE], languages[0], "<source>") if segments[Side.SOURCE] else None
    return Bitext(source, document(texts[Side.TARGET], languages[1], "<target>"), tuple(beads))


def quotes(of: Bitext, findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """What each finding marks: (side, quoted text)."""
    marked = []
    for finding in findings:
        side = of.document(finding.side)
        assert side is not None
        marked.append((finding.side.value, side.text[finding.span.start : finding.span.end]))
    return marked


def run_pair(
    check: PairCheck, source: str | None, target: str | None, languages: tuple[str, str] = ("en", "de")
) -> list[tuple[str, str]]:
    """Run a pair check on one pair the way the pipeline does; return (side, quoted text) of its findings."""
    both = bitext([(source, target)], languages)
    assert both.pairs is not None
    view = PairView.of(both, both.pairs[0])
    wanted = view.target is not None and (view.source is not None or not check.needs_source)
    if not wanted or not check.covers(languages[1]):
        return []
    return quotes(both, list(check.check(view)))


def run_document(
    check: DocumentCheck, pairs: Sequence[tuple[str | None, str | None]], languages: tuple[str, str] = ("en", "de")
) -> list[tuple[str, str]]:
    """Run a document check on a whole bitext the way the pipeline does; return (side, quoted text)."""
    both = bitext(pairs, languages)
    assert both.pairs is not None
    if (check.needs_source and both.source is None) or not check.covers(languages[1]):
        return []
    return quotes(both, list(check.check(DocumentView(both, both.pairs))))
