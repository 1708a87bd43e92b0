"""Where a stretch of text stands in its file, as other programs want it: from here to there, and with which path.

Ends are exclusive. The end of a stretch is the place behind its last character, so that a stretch never reaches into
the markup behind it.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtaudit.types import Bitext, Document, OffsetMap, Position, Side, Span, astral

#: Where GitHub Actions and GitLab CI say that the repository lies.
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file: its path in the repository, its first place and the place behind its last character.

    Lines and columns count from 1, columns in code points. `units` are the two columns in UTF-16 code units.
    """

    path: str
    start: Position
    end: Position
    units: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.path}:{self.start.line}:{self.start.column}"


class Places:
    """Makes the regions of one bitext.

    Columns in UTF-16 code units are exact where the reader held the whole original (`OffsetMap`). In bilingual formats
    they are exact as long as no character above U+FFFF stands on the line outside of the two texts, or is written as an
    escape.
    """

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self._astral: dict[Side, dict[int, list[int]]] = {}

    def region(self, side: Side, span: Span) -> Region:
        """The region of a span in the document of one side.

        Raises:
            ValueError: if there is no such document.
        """
        document = self._bitext.document(side)
        if document is None:
            raise ValueError(f"there is no {side} document")
        start = document.position(span.start)
        last = document.position(max(span.start, span.end - 1))
        end = Position(last.line, last.column + 1) if span else start
        units = self._units(side, start), self._units(side, end)
        return Region(repository_path(document.path), start, end, units)

    def _units(self, side: Side, position: Position) -> int:
        """The column of a position in UTF-16 code units."""
        if side not in self._astral:
            self._astral[side] = _by_line(self._bitext, side)
        columns = self._astral[side].get(position.line, [])
        return position.column + bisect_left(columns, position.column)


def repository_path(path: str) -> str:
    """`path` as seen from the root of the repository, with `/`; absolute if it lies outside, as it is if it is no path.

    The root is where the CI system says that it is, if the working folder lies inside of it, else the working folder.
    """
    if path.startswith("<"):
        return path
    here = Path.cwd()
    roots = [Path(os.environ[name]) for name in _ROOTS if os.environ.get(name)]
    root = next((root for root in roots if here.is_relative_to(root)), here)
    whole = Path(os.path.normpath(here / path))
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


def _by_line(bitext: Bitext, side: Side) -> dict[int, list[int]]:
    """The columns of all characters above U+FFFF, by line, sorted."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    document = bitext.document(side)
    # In a table the source's cell may stand before the target's, on the same line of the same file.
    others = [bitext.document(other) for other in Side]
    for one in others:
        if document is not None and one is not None and (one is document or _shares_lines(one, document)):
            for position in _astral_places(one):
                found[position.line].add(position.column)
    return {line: sorted(columns) for line, columns in found.items()}


def _shares_lines(one: Document, other: Document) -> bool:
    return one.path == other.path and not isinstance(one.map, OffsetMap)


def _astral_places(document: Document) -> Iterator[Position]:
    places = document.map
    if not isinstance(places, OffsetMap):
        yield from (document.position(offset) for offset in astral(document.text))
        return
    for original in places.astral:
        line = bisect_right(places.line_starts, original)
        yield Position(line, original - places.line_starts[line - 1] + 1)
