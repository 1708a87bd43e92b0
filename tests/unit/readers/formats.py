"""What the tests of bilingual formats and catalogues share: read a text as a file, and see what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.readers import read_bitext, read_catalogues
from mtaudit.types import Bitext, Position, Side


@dataclass(frozen=True, slots=True)
class Read:
    """A bitext, and what was said while it was read."""

    bitext: Bitext
    told: list[str] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[str, str | None, str | None]]:
        """Each pair as its unit's id, its source and its target."""
        assert self.bitext.pairs is not None
        found = []
        for pair in self.bitext.pairs:
            unit = self.bitext.unit(pair)
            texts = [self.bitext.text(pair, side) for side in Side]
            found.append((unit.id if unit is not None else "", texts[0], texts[1]))
        return found

    @property
    def languages(self) -> tuple[str, str]:
        assert self.bitext.source is not None
        return self.bitext.source.language, self.bitext.target.language

    @property
    def bad(self) -> list[tuple[int, str]]:
        return [(bad.line, bad.reason) for bad in self.bitext.bad_input]

    def place(self, side: Side, words: str) -> Position:
        """Where `words` stand in the file; they have to be there once."""
        document = self.bitext.document(side)
        assert document is not None
        assert document.text.count(words) == 1, words
        return document.position(document.text.index(words))


def read(path: Path, data: bytes | str, languages: tuple[str, str] = ("und", "und")) -> Read:
    """Write a bilingual file and read it."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    told: list[str] = []
    return Read(read_bitext(path, *languages, warn=told.append), told)


def read_two(
    source: Path, target: Path, data: tuple[bytes | str, bytes | str], languages: tuple[str, str] = ("und", "und")
) -> Read:
    """Write two catalogues and read them."""
    for path, content in zip((source, target), data, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    told: list[str] = []
    return Read(read_catalogues(source, target, *languages, warn=told.append), told)


def where(original: str, words: str) -> Position:
    """Line and column of `words` in the text of a file, counted by hand; they have to be there once."""
    original = original.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert original.count(words) == 1, words
    at = original.index(words)
    return Position(original.count("\n", 0, at) + 1, at - (original.rfind("\n", 0, at) + 1) + 1)


def assert_places(read: Read, original: str, side: Side) -> None:
    """Every segment's first word stands in the original where its position says."""
    document = read.bitext.document(side)
    assert document is not None
    assert read.bitext.pairs is not None
    lines = original.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for pair in read.bitext.pairs:
        for segment in pair.segments(side):
            position = document.position(segment.span.start)
            word = segment.text.split()[0][:2]
            assert lines[position.line - 1][position.column - 1 :].startswith(word), (segment.text, position)
