"""Finds the words opposite a finding: those that it names itself, or else those that the aligner links to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mtaudit.types import Audit, Finding, Json, Score, SegmentPair, Side, Span

#: Words whose best match scores less count as said by nothing on the other side (findings/estimated.py has the same
#: level): there is nothing to light up.
_LINKED = 0.35

#: Omission, addition, missing and extra sentence: they say that nothing stands opposite, whatever words came nearest.
_LONELY = frozenset({"MT102", "MT103", "MT601", "MT602"})

#: What parts figures of one number, time or date.
_IN_NUMBERS = frozenset(".,:'’/-·")

Place = tuple[Side, Span]


class Partners:
    """Answers for one audit."""

    def __init__(self, audit: Audit) -> None:
        self._bitext = audit.bitext
        self._links: dict[int, list[Score]] = defaultdict(list)
        marked = {finding.pair for finding in audit.findings}
        for score in audit.scores:
            if score.partner is not None and score.pair in marked:
                self._links[score.pair].append(score)

    def of(self, pair: SegmentPair, finding: Finding) -> list[Place]:
        """The counterparts of a finding, as spans in the documents that lie inside the pair, in order.

        A finding about a whole side has none: all of the other side stands opposite. Nor has one that says that words
        have no counterpart. What the finding's own evidence names comes first, then what its witnesses name, then the
        aligner's links. Words side by side are one counterpart, and so are the parts of a number.
        """
        if finding.rule in _LONELY or finding.span == pair.span(finding.side):
            return []
        witnesses = [one for one in _mappings(finding.evidence.get("witnesses")) if one.get("rule") not in _LONELY]
        told = [place for one in _mappings([one.get("evidence") for one in witnesses]) for place in _named(pair, one)]
        return self._in_one(
            _inside(pair, _named(pair, finding.evidence)) or _inside(pair, told) or _inside(pair, self._linked(finding))
        )

    def _in_one(self, places: Sequence[Place]) -> list[Place]:
        """The places, those in order that touch, overlap or have only a blank or a mark of a number between, joined."""
        joined: list[Place] = []
        for side, span in places:
            if joined and joined[-1][0] is side and self._touch(side, joined[-1][1], span):
                last = joined[-1][1]
                joined[-1] = side, Span(last.start, max(last.end, span.end))
            else:
                joined.append((side, span))
        return joined

    def _touch(self, side: Side, one: Span, other: Span) -> bool:
        document = self._bitext.document(side)
        if other.start <= one.end or document is None:
            return other.start <= one.end
        gap = document.text[one.end : other.start]
        around = document.text[one.end - 1] + document.text[other.start]
        return gap.isspace() or (gap in _IN_NUMBERS and around.isdigit())

    def _linked(self, finding: Finding) -> Iterator[Place]:
        for score in self._links.get(finding.pair, ()):
            if score.side is not finding.side or score.partner is None or score.span is None:
                continue
            if finding.span.contains(score.span) and score.value >= _LINKED:
                yield finding.side.other, score.partner


def _named(pair: SegmentPair, evidence: Mapping[str, Json]) -> Iterator[Place]:
    """What evidence says: `counterparts` and `source` count in the documents, `source_start` in the pair's source."""
    for place in _mappings(evidence.get("counterparts")):
        if place.get("side") in {side.value for side in Side}:
            yield from _place(Side(str(place["side"])), place.get("start"), place.get("end"))
    for place in _mappings([evidence.get("source")]):
        yield from _place(Side.SOURCE, place.get("start"), place.get("end"))
    whole = pair.span(Side.SOURCE)
    if whole is not None:
        yield from _place(Side.SOURCE, evidence.get("source_start"), evidence.get("source_end"), whole.start)


def _place(side: Side, start: Json, end: Json, shift: int = 0) -> Iterator[Place]:
    # Checks of third parties write evidence too: what is no span is no counterpart.
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        yield side, Span(start, end).shift(shift)


def _inside(pair: SegmentPair, places: Iterable[Place]) -> list[Place]:
    """The places that lie inside the pair, each once; a sentence that stands elsewhere cannot be lit here."""
    spans = {side: pair.span(side) for side in Side}
    return sorted(
        {(side, span) for side, span in places if (whole := spans[side]) is not None and whole.contains(span)}
    )


def _mappings(value: Json) -> Iterator[Mapping[str, Json]]:
    """The mappings in a list; nothing where there is no list."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (item for item in value if isinstance(item, Mapping))
