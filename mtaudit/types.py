"""The frozen records that the stages exchange, and their enums. Standard library only.

All positions inside texts are code points, counted from 0, half-open. Lines and columns are counted from 1 and
exist only in `Position`: they are computed at the very end, by reporters and error messages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from pandas import DataFrame

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


class Side(StrEnum):
    """The side of a bitext that a segment, score or finding lies on."""

    SOURCE = "source"
    TARGET = "target"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.TARGET if self is Side.SOURCE else Side.SOURCE


class Severity(StrEnum):
    """MQM severity, from harmless to dangerous; compares by gravity."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def gravity(self) -> int:
        """0 for neutral to 3 for critical."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points.

    Raises:
        ValueError: if `start` is negative or `end` lies before `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same span, counted from `by` code points earlier."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: line and column, both from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from an offset in a document's text back to the original file.

    The text is made of pieces, each copied from one stretch of the original: piece k starts at `text_starts[k]` in
    the text and at `original_starts[k]` in the original (decoded, line ends as one `\\n`). Offsets inside a piece run
    in parallel; a piece shorter than its original (an entity such as `&amp;`) simply ends early.
    `line_starts` holds the original offset of the first code point of every line, `astral` those of all code points
    above U+FFFF: in UTF-16, in which some formats count columns, each is two units.
    """

    text_starts: tuple[int, ...]
    original_starts: tuple[int, ...]
    line_starts: tuple[int, ...]
    astral: tuple[int, ...] = ()

    @classmethod
    def identity(cls, original: str) -> OffsetMap:
        """The map of a text that is the whole original."""
        return cls((0,), (0,), line_starts(original), astral(original))

    def original(self, offset: int) -> int:
        """The offset in the original of the text's code point at `offset`."""
        piece = max(0, bisect_right(self.text_starts, offset) - 1)
        return self.original_starts[piece] + offset - self.text_starts[piece]

    def position(self, offset: int) -> Position:
        """Line and column in the original file of the text's code point at `offset`."""
        original = self.original(offset)
        line = max(1, bisect_right(self.line_starts, original))
        return Position(line, original - self.line_starts[line - 1] + 1)


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """Leads from an offset in a document's text to line and column, where the original is not held in memory.

    Piece k starts at `text_starts[k]` in the text and stands at `lines[k]`, `columns[k]` of the file (both from 1). A
    piece lies on one line; offsets inside it run in parallel, and a piece shorter than its original (an escape such as
    `\\n`) simply ends early. Bilingual formats use it: their units are decoded from all over the file, and of a file
    that is streamed only the units at hand are kept.
    """

    text_starts: tuple[int, ...]
    lines: tuple[int, ...]
    columns: tuple[int, ...]

    def position(self, offset: int) -> Position:
        """Line and column in the original file of the text's code point at `offset`."""
        piece = max(0, bisect_right(self.text_starts, offset) - 1)
        return Position(self.lines[piece], self.columns[piece] + offset - self.text_starts[piece])


def line_starts(text: str) -> tuple[int, ...]:
    """Offsets of the first code point of every line; lines end with `\\n`."""
    starts = [0]
    offset = text.find("\n")
    while offset != -1:
        starts.append(offset + 1)
        offset = text.find("\n", offset + 1)
    return tuple(starts)


def astral(text: str) -> tuple[int, ...]:
    """Offsets of the code points above U+FFFF, which take two units in UTF-16."""
    return () if text.isascii() else tuple(match.start() for match in _ASTRAL.finditer(text))


@dataclass(frozen=True, slots=True)
class InlineCode:
    """A stretch of a document's text that the file's format marks as code, such as `<ph id="1"/>` of an XLIFF file.

    `key` is what it is across the two sides: the element and its id, or its content where the format gives no id.
    """

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the file's own format that speaks to this tool, such as `<!-- mtaudit: ignore MT106 -->`.

    `text` is what follows `mtaudit:`, `line` where it stands. `span` is the block of the document's text that it stands
    in, or else the next one: a paragraph, a cell, a message; empty, at the end, where nothing follows.
    """

    text: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One monolingual text: the prose of a file, and the way back into the file.

    Paragraphs are parted by an empty line (`\\n\\n`) in `text`, whatever the file's own means of parting them. `path`
    is what the user called the file, or a word in angle brackets where there is no file. `codes` are the stretches of
    the text that the file's format marks as code, in order; formats without inline elements have none. `remarks` are
    the comments that are meant for this tool, in order.
    """

    path: str
    language: str
    text: str
    map: OffsetMap | PlaceMap
    codes: tuple[InlineCode, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def position(self, offset: int) -> Position:
        """Line and column in the original file."""
        return self.map.position(offset)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a document; `text` is the document's text at `span`, without surrounding white space."""

    index: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A bead: the source segments and the target segments that say the same; either may be empty (a gap).

    `similarity` is the cosine that the alignment gave the two sides, None for gaps and without an embedder.
    """

    index: int
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    similarity: float | None = None

    def segments(self, side: Side) -> tuple[Segment, ...]:
        """The segments of one side."""
        return self.source if side is Side.SOURCE else self.target

    def span(self, side: Side) -> Span | None:
        """From the first segment's start to the last one's end, in the document of that side; None for a gap."""
        segments = self.segments(side)
        return Span(segments[0].span.start, segments[-1].span.end) if segments else None

    @property
    def alignment(self) -> str:
        """The bead's type, such as `1-1`, `1-2` or `0-1`."""
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class BadInput:
    """A line or unit of the input that could not be used; the rest of the input was."""

    path: str
    line: int
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}. {self.remedy}."


@dataclass(frozen=True, slots=True)
class Unit:
    """What a bilingual format or a catalogue says about one pair besides its two texts.

    `id` is the unit's id or key, as its format has it; for a plural form the form follows in square brackets. `context`
    tells equal texts apart (gettext's msgctxt, the class of a Qt dialog); `note` is a remark for translators; `state`
    is the format's own word for how far the translation is, such as `fuzzy` or `needs-review-translation`.

    For a plural form, `other_sources` are the source's other forms: placeholders that are right in one of them are
    right in this translation too, as Russian uses one form for 1, 21 and 31. `exact` is the only number that the form
    stands for, if there is only one: such a form may spell the number out.
    """

    id: str
    context: str | None = None
    note: str | None = None
    state: str | None = None
    other_sources: tuple[str, ...] = ()
    exact: int | None = None


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents and how they correspond.

    `source` is None where only a translation was given; then every pair has an empty source. `pairs` is None as
    long as the two sides are not aligned; bilingual formats bring their pairs along. `units` is empty, or has one unit
    for each of `pairs`, at the pair's index.
    """

    source: Document | None
    target: Document
    pairs: tuple[SegmentPair, ...] | None = None
    bad_input: tuple[BadInput, ...] = ()
    units: tuple[Unit, ...] = ()

    def unit(self, pair: SegmentPair) -> Unit | None:
        """What the format says about a pair; None where it has no units."""
        return self.units[pair.index] if self.units else None

    def document(self, side: Side) -> Document | None:
        """The document of one side."""
        return self.source if side is Side.SOURCE else self.target

    def text(self, pair: SegmentPair, side: Side) -> str | None:
        """What stands on one side of a pair, from its first segment to its last; None for a gap."""
        document, segments = self.document(side), pair.segments(side)
        if document is None or not segments:
            return None
        return document.text[segments[0].span.start : segments[-1].span.end]


@dataclass(frozen=True, slots=True)
class Score:
    """What one scorer measured: of a pair (no side, no span) or of a span on one side (document offsets).

    `partner` is the span of the other side that it was measured against, where it was one (document offsets).
    """

    scorer: str
    pair: int
    value: float
    side: Side | None = None
    span: Span | None = None
    partner: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two words that translate each other, as the aligner has it; spans count in the two documents."""

    source: Span
    target: Span


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """The target of a pair in the language of the source again, and how its words correspond.

    `changes` are the spans in `text` of the words that say something else than the source. `cut_sentences` counts the
    sentences that the translator had to read in several stretches, since they are longer than it reads; `whole` is
    False where it did not come to an end. `links` lead from words of the source to words of the target. `source` is
    what was read of the source where that is not all of it: its prose, without inline codes.
    """

    pair: int
    text: str
    changes: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    cut_sentences: int = 0
    whole: bool = True
    source: str | None = None

    def target_span(self, source: Span) -> Span | None:
        """What the words at `source` became in the target, from the first to the last; None where no link says."""
        linked = [link.target for link in self.links if link.source.overlaps(source)]
        return Span(min(span.start for span in linked), max(span.end for span in linked)) if linked else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where it is wrong, and why we think so.

    `span` counts in the text of that side's document. `confidence` is from 0 to 1: how sure the check is that a
    careful reader would agree. `evidence` holds what led to the finding, in JSON's types.
    """

    rule: str
    pair: int
    side: Side
    span: Span
    severity: Severity
    confidence: float
    message: str
    evidence: Mapping[str, Json] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Suspect:
    """One pair in the order of the audit: its rank (1 is worst), its suspicion (0 to 1) and its findings.

    `back_changes` are the spans in `back_translation` of the words that say something else than the source.
    `back_source` is what it is to be held against where that is not all of the source: see `BackTranslation.source`.
    """

    rank: int
    pair: SegmentPair
    suspicion: float
    findings: tuple[Finding, ...]
    back_translation: str | None = None
    back_changes: tuple[Span, ...] = ()
    back_source: str | None = None


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model that took part: its role, id or folder name, and revision (`bundled` for the ones that ship)."""

    role: str
    id: str
    revision: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What it takes to get the same audit again."""

    version: str
    profile: str
    models: tuple[ModelUse, ...]
    settings: Mapping[str, Json] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Audit:
    """A finished audit, ready to be rendered.

    `ranking` holds every pair, worst first; `suspects` those of them that have findings. `calibrated` says whether
    suspicions are probabilities fitted to labelled data or only a documented combination.
    """

    bitext: Bitext
    ranking: tuple[Suspect, ...]
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    signature: Signature
    calibrated: bool = False

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The pairs that have at least one finding, worst first."""
        return tuple(suspect for suspect in self.ranking if suspect.findings)

    def __iter__(self) -> Iterator[Suspect]:
        return iter(self.suspects)

    def to_dataframe(self) -> DataFrame:
        """A pandas data frame with one row a pair, worst first; `mtaudit.notebook.to_dataframe` names the columns.

        Raises:
            ConfigError: if pandas is not installed (extra `notebook`).
        """
        return _views().to_dataframe(self)

    def _repr_html_(self) -> str:
        """The worst suspects as a small table: Jupyter and its like ask for it (IPython, "Rich display")."""
        return _views().to_html(self)


class Views(Protocol):
    """How an audit shows itself where that takes more than the standard library."""

    def to_dataframe(self, audit: Audit, /) -> DataFrame:
        """One row a pair."""

    def to_html(self, audit: Audit, /) -> str:
        """A small page of its own, without scripts."""


_VIEWS: list[Callable[[], Views]] = []


def register_views(views: Callable[[], Views]) -> None:
    """Say what audits show themselves with; called when the first one does so.

    Users ask the record itself (`audit.to_dataframe()`), but what answers stands above it and imports it: so the
    package hands it down here when it is imported.
    """
    _VIEWS[:] = [views]


def _views() -> Views:
    return _VIEWS[0]()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check run tells its reporters.

    `audits` are the file pairs that were judged; findings that are suppressed in the files or accepted in the baseline
    are already taken out of them. `problems` are what could not be judged. `notes` are what else a user should know,
    such as baseline entries that match no longer: a sentence each, with place, cause and remedy. `failures` say why the
    run fails, a sentence each; empty: it passes. `fail_on` is the severity from which a finding fails it; None: none.
    """

    audits: tuple[Audit, ...]
    problems: tuple[BadInput, ...]
    notes: tuple[str, ...]
    failures: tuple[str, ...]
    fail_on: Severity | None
