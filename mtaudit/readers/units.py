"""Units of bilingual formats on their way to a bitext: two texts, where each came from, and what the format says.

Every bilingual reader is a generator of `Item`s in the order of the file; `bitexts` puts them together, all into one
bitext or so many at a time. A reader keeps nothing but the unit at hand, so that a file larger than the memory can be
read in chunks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from mtaudit.errors import EmptyError, FormatError
from mtaudit.readers.assembly import MAX_UNBROKEN
from mtaudit.readers.remarks import all_addressed
from mtaudit.types import (
    BadInput,
    Bitext,
    Document,
    InlineCode,
    PlaceMap,
    Remark,
    Segment,
    SegmentPair,
    Side,
    Span,
    Unit,
)

Warn: TypeAlias = Callable[[str], None]

#: Bad units before the first good one from which a file is not what its suffix says. They are kept in memory.
MAX_USELESS = 100_000
#: What a language is called that neither the user nor the file names.
UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stands on one line of the file, at this line and column (both from 1)."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class UnitText:
    """One side of a unit: its runs, and which stretches of their text are code (start, end, key)."""

    runs: tuple[Run, ...]
    codes: tuple[tuple[int, int, str], ...] = ()

    @property
    def text(self) -> str:
        """The runs in one."""
        return "".join(run.text for run in self.runs) if len(self.runs) != 1 else self.runs[0].text

    @classmethod
    def plain(cls, text: str, line: int, column: int) -> UnitText:
        """A text without codes, all on one line of the file or decoded from one place."""
        return cls((Run(text, line, column),))


class TextBuilder:
    """Collects the runs and codes of one side of a unit."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._codes: list[tuple[int, int, str]] = []
        self._length = 0

    def add(self, text: str, line: int, column: int) -> None:
        """Append text that stands at this place."""
        if not text:
            return
        behind_code = bool(self._codes) and self._codes[-1][1] == self._length
        if self._runs and not behind_code:
            last = self._runs[-1]
            follows = last.line == line and last.column + len(last.text) == column
            if follows and not last.text.endswith("\n"):
                self._runs[-1] = Run(last.text + text, last.line, last.column)
                self._length += len(text)
                return
        self._runs.append(Run(text, line, column))
        self._length += len(text)

    def code(self, shown: str, key: str, line: int, column: int) -> None:
        """Append an inline code, which the text shows as `shown`."""
        self._codes.append((self._length, self._length + len(shown), key))
        self._runs.append(Run(shown, line, column))
        self._length += len(shown)

    def build(self) -> UnitText:
        """The text so far."""
        return UnitText(tuple(self._runs), tuple(self._codes))


@dataclass(frozen=True, slots=True)
class RawUnit:
    """One unit as its reader found it; a side of None is a gap.

    `comments` are those on the unit, as far as they may speak to this tool; where source and translation are files of
    their own, those in the translation's, and `source_comments` those in the source's.
    """

    source: UnitText | None
    target: UnitText | None
    unit: Unit | None = None
    comments: tuple[str, ...] = ()
    source_comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages that the file is in, once its reader knows them; `und` for one that nobody has named."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Paths:
    """The two files of a pair of catalogues, where they are not one and the same."""

    source: str
    target: str


Item: TypeAlias = RawUnit | BadInput | Languages | Paths


@dataclass(slots=True)
class Skipped:
    """Counts units that are left out on purpose, and says so once, at the end of the file."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str) -> None:
        """Count one unit; `reason` completes "N units ..."."""
        self.counts[reason] += 1

    def report(self, warn: Warn) -> None:
        """Tell the user, if anything was left out."""
        if self.counts:
            parts = [f"{count:,} {reason}" for reason, count in sorted(self.counts.items())]
            warn(f"{self.name}: not audited: {'; '.join(parts)}")


def language_tag(said: str | None) -> str:
    """A language as files name it (`de_DE.UTF-8`, `sr@latin`, `DE`) as a BCP 47 tag; `und` for none."""
    tag = (said or "").strip().split(".", 1)[0].split("@", 1)[0].replace("_", "-")
    return tag or UNKNOWN


class _Column:
    """One side's document while it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.columns: list[int] = []
        self.codes: list[InlineCode] = []
        self.remarks: list[Remark] = []
        self.length = 0

    def add(self, text: UnitText | None) -> tuple[Segment, ...]:
        """The segment of a text without its surrounding white space; none if nothing is left."""
        if text is None:
            return ()
        whole = text.text
        stripped = whole.strip()
        if not stripped:
            return ()
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        skipped = len(whole) - len(whole.lstrip())
        base = self.length - skipped
        at = 0
        for run in text.runs:
            end = at + len(run.text)
            if end > skipped:
                begin = max(at, skipped)
                self.starts.append(base + begin)
                self.lines.append(run.line)
                self.columns.append(run.column + begin - at)
            at = end
        self.codes += [InlineCode(Span(base + start, base + end), key) for start, end, key in text.codes]
        self.parts.append(stripped)
        segment = Segment(len(self.segments), Span(self.length, self.length + len(stripped)), stripped)
        self.length += len(stripped)
        self.segments.append(segment)
        return (segment,)

    def remark(self, comments: tuple[str, ...], segments: tuple[Segment, ...]) -> None:
        """Take what the comments on a unit say to this tool; its place is that of the unit's text."""
        said = all_addressed(comments) if segments else ()
        if said:
            places = PlaceMap(tuple(self.starts), tuple(self.lines), tuple(self.columns))
            line = places.position(segments[0].span.start).line
            self.remarks += [Remark(text, line, segments[0].span) for text in said]

    def document(self, name: str, language: str) -> Document:
        """The document of all texts."""
        places = PlaceMap(tuple(self.starts) or (0,), tuple(self.lines) or (1,), tuple(self.columns) or (1,))
        return Document(name, language, "".join(self.parts), places, tuple(self.codes), tuple(self.remarks))


class _Builder:
    """Collects the units of one bitext."""

    def __init__(self) -> None:
        self.columns = {side: _Column() for side in Side}
        self.pairs: list[SegmentPair] = []
        self.units: list[Unit] = []
        self.bad: list[BadInput] = []

    def take(self, item: RawUnit | BadInput, name: str) -> None:
        """Add a unit, or note why it cannot be one."""
        if isinstance(item, RawUnit) and _longest(item) > MAX_UNBROKEN:
            item = _too_long(name, item)
        if isinstance(item, BadInput):
            self.bad.append(item)
            return
        source, target = self.columns[Side.SOURCE].add(item.source), self.columns[Side.TARGET].add(item.target)
        if source or target:
            self.pairs.append(SegmentPair(len(self.pairs), source, target))
            self.units.append(item.unit or _NO_UNIT)
            self.columns[Side.TARGET].remark(item.comments, target)
            self.columns[Side.SOURCE].remark(item.source_comments, source)

    def bitext(self, paths: Paths, languages: Languages) -> Bitext:
        """The bitext of all units so far."""
        units = tuple(self.units) if any(unit is not _NO_UNIT for unit in self.units) else ()
        return Bitext(
            self.columns[Side.SOURCE].document(paths.source, languages.source),
            self.columns[Side.TARGET].document(paths.target, languages.target),
            tuple(self.pairs),
            tuple(self.bad),
            units,
        )


_NO_UNIT = Unit("")


def bitexts(items: Iterable[Item], name: str, languages: Languages, size: int | None = None) -> Iterator[Bitext]:
    """Put units together: bitexts of `size` pairs each, the last one of what is left; None makes one of all.

    `languages` are those that the user gave; the file's own come with its items. At least one bitext is made.

    Raises:
        EmptyError: no unit has text, or one side never has.
        FormatError: every unit is bad input, or so are the first 100,000.
        whatever the reader raises.
    """
    builder, paths = _Builder(), Paths(name, name)
    usable = _Usable(name)
    made = False
    for item in items:
        if isinstance(item, Languages):
            languages = item
        elif isinstance(item, Paths):
            paths = item
        else:
            builder.take(item, name)
            if not made and not builder.pairs and len(builder.bad) > MAX_USELESS:
                break
            if size is not None and (len(builder.pairs) >= size or (made and len(builder.bad) >= size)):
                usable.note(builder)
                yield builder.bitext(paths, languages)
                builder, made = _Builder(), True
    usable.note(builder)
    usable.check()
    if builder.pairs or builder.bad or not made:
        yield builder.bitext(paths, languages)


class _Usable:
    """Whether both sides have text anywhere in the file, and what was wrong first if they have not."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._filled: set[Side] = set()
        self._bad: BadInput | None = None

    def note(self, builder: _Builder) -> None:
        self._bad = self._bad or next(iter(builder.bad), None)
        self._filled |= {side for side, column in builder.columns.items() if column.segments}

    def check(self) -> None:
        if not self._filled and self._bad is None:
            cause = "there are no pairs in the file"
            raise EmptyError(self._name, cause, "Give a file in which units have a source and a translation")
        if not self._filled and self._bad is not None:
            place = f"{self._bad.path}:{self._bad.line}"
            raise FormatError(place, f"no unit of the file can be used: {self._bad.reason}", self._bad.remedy)
        for side in Side:
            if side not in self._filled:
                remedy = "Check the file; a translation alone is no pair"
                raise EmptyError(self._name, f"the {side} side has no text", remedy)


def _longest(raw: RawUnit) -> int:
    return max((len(text.text) for text in (raw.source, raw.target) if text is not None), default=0)


def _too_long(name: str, raw: RawUnit) -> BadInput:
    text = raw.target or raw.source
    line = text.runs[0].line if text is not None and text.runs else 1
    return BadInput(
        name, line, f"a text has more than {MAX_UNBROKEN:,} characters", "Give one sentence or paragraph a unit"
    )
