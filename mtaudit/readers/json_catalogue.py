"""Catalogues in JSON: nested messages as i18next and others have them, and ARB, Flutter's flat form with attributes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from mtaudit.errors import FormatError
from mtaudit.readers import nested
from mtaudit.readers.catalogue import CatalogueItem, Entry, Locale
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.json_scan import JsonError, Leaf, leaves, string_runs
from mtaudit.readers.units import TextBuilder, UnitText, Warn
from mtaudit.types import line_starts


class JsonFile:
    """A JSON file with the places of its strings.

    Raises:
        UnreadableError: missing, binary, or in no known encoding.
        EmptyError: nothing but white space.
    """

    def __init__(self, path: Path, warn: Warn) -> None:
        self._name = str(path)
        decoded = decode(load(path), self._name)
        if decoded.guessed:
            warn(guess_notice(self._name, decoded.encoding))
        self._text = decoded.text
        self._starts = line_starts(self._text)

    def leaves(self) -> Iterator[Leaf]:
        """The values of the file in order.

        Raises:
            FormatError: broken JSON, nested too deep, or with a key twice in one object.
        """
        try:
            yield from leaves(self._text)
        except JsonError as error:
            line, column = self.place(error.at)
            remedy = "Mend the file; of a catalogue that is broken no entry can be trusted"
            raise FormatError(f"{self._name}:{line}:{column}", str(error), remedy) from None

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def text(self, leaf: Leaf) -> UnitText:
        """The text of a leaf that is a string."""
        builder = TextBuilder()
        for piece, at in string_runs(self._text, leaf.at):
            builder.add(piece, *self.place(at))
        return builder.build()


def read_json(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the entries of a nested JSON catalogue; what is no string is left alone.

    Raises:
        UnreadableError, EmptyError, FormatError: see `JsonFile`.
    """
    file = JsonFile(path, warn)
    strings = [leaf for leaf in file.leaves() if isinstance(leaf.value, str)]
    yield from nested.entries(nested.Value(leaf.path, file.text(leaf)) for leaf in strings)


def read_arb(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the messages of an ARB file, with their descriptions as notes.

    Raises:
        UnreadableError, EmptyError, FormatError: see `JsonFile`.
    """
    file = JsonFile(path, warn)
    found = list(file.leaves())
    notes = {
        leaf.path[0][1:]: leaf.value
        for leaf in found
        if len(leaf.path) == 2 and leaf.path[1] == "description" and isinstance(leaf.value, str)
    }
    for leaf in found:
        if len(leaf.path) != 1 or not isinstance(leaf.value, str):
            continue
        (key,) = leaf.path
        if key == "@@locale":
            yield Locale(leaf.value)
        elif not key.startswith("@"):
            yield Entry(key, file.text(leaf), None, notes.get(key))
