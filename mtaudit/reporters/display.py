"""Shows foreign text in a terminal: nothing hidden, nothing steered by it, nothing lost by wrapping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, split_graphemes
from rich.text import Text

from mtaudit.types import Severity

OPEN, CLOSE = "⟦", "⟧"

STYLES = {
    Severity.NEUTRAL: "cyan",
    Severity.MINOR: "yellow",
    Severity.MAJOR: "bold red",
    Severity.CRITICAL: "bold white on red",
}

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

#: A word with the blanks behind it. Only the blank parts words: a no-break space must not.
_WORD = re.compile("[^ ]+ *| +")

#: Controls, format characters (invisible; among them all that change the direction of writing), lone surrogates,
#: private characters, line and paragraph separators: what is shown by its code.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to be marked in a text (offsets in it), the numbers of the reasons for it, and the worst severity."""

    start: int
    end: int
    numbers: tuple[int, ...]
    severity: Severity


def superscript(*numbers: int) -> str:
    """The numbers as superscript, parted by commas."""
    return ",".join(str(number) for number in numbers).translate(_SUPERSCRIPT)


def visible(text: str) -> str:
    """`text` with every hidden character replaced by a picture of it (`␛`) or its code (`\\u202e`)."""
    return "".join(_visible_characters(text))


def marked(text: str, marks: Sequence[Mark]) -> Text:
    """`text`, made visible, with `⟦brackets⟧` and superscript numbers round the marked words.

    Marks may nest. Marks that cross cannot be told apart by brackets: they are drawn as one, with all their numbers
    (see `joined`).
    """
    shown, result, position = _visible_characters(text), Text(), 0
    pending: list[Mark] = []

    def write(end: int) -> None:
        nonlocal position
        style = STYLES[max((mark.severity for mark in pending), key=_gravity)] if pending else ""
        result.append("".join(shown[position:end]), style)
        position = max(position, end)

    def close() -> None:
        write(pending[-1].end)
        mark = pending.pop()
        result.append(CLOSE + superscript(*mark.numbers), STYLES[mark.severity])

    for mark in joined(marks):
        while pending and pending[-1].end <= mark.start:
            close()
        write(mark.start)
        result.append(OPEN, STYLES[mark.severity])
        pending.append(mark)
        if mark.start < mark.end and text[mark.start : mark.end].isspace():
            # Blanks vanish at the ends of lines, and nobody can count them.
            shown[mark.start : mark.end] = [_space(character) for character in text[mark.start : mark.end]]
    while pending:
        close()
    write(len(text))
    return result


def joined(marks: Sequence[Mark]) -> list[Mark]:
    """The marks by start, outer ones first, with those that cross or coincide joined into one."""
    done: list[Mark] = []
    # Places in `done` of the marks that reach beyond the start of the one at hand, each inside the one before.
    around: list[int] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        while around and done[around[-1]].end <= mark.start and not _coincide(done[around[-1]], mark):
            around.pop()
        if around and not _nests(done[around[-1]], mark):
            done[around[-1]] = _join(done[around[-1]], mark)
            while len(around) > 1 and not _nests(done[around[-2]], done[around[-1]]):
                inner = around.pop()
                done[around[-1]] = _join(done[around[-1]], done[inner])
                # What lay inside the inner mark lies behind it in `done` and inside the joined one.
                del done[inner]
        else:
            around.append(len(done))
            done.append(mark)
    return done


def wrapped(text: Text, width: int, *, fold: bool = True) -> Iterator[Text]:
    """The lines of `text` at `width` cells, at least one.

    A word wider than a line is folded between characters, or with `fold` off left whole, as paths want to be. rich's
    own wrapping may crop what it measures wrongly; here every character but the blanks at line ends arrives.
    """
    for line in text.divide(list(_breaks(text.plain, width, fold=fold))):
        line.rstrip()
        yield line


def _breaks(text: str, width: int, *, fold: bool) -> Iterator[int]:
    """Offsets at which new lines start."""
    used = 0
    for match in _WORD.finditer(text):
        word = match.group()
        size = cell_len(word.rstrip(" "))
        if size <= width or not fold:
            if used and used + size > width:
                yield match.start()
                used = 0
            used += cell_len(word)
            continue
        for start, _, cells in split_graphemes(word)[0]:
            if used + cells > width and word[start] != " ":
                yield match.start() + start
                used = 0
            used += cells


def _gravity(severity: Severity) -> int:
    return severity.gravity


def _coincide(one: Mark, other: Mark) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _nests(outer: Mark, inner: Mark) -> bool:
    return inner.end <= outer.end and not _coincide(outer, inner)


def _join(one: Mark, other: Mark) -> Mark:
    return Mark(
        min(one.start, other.start),
        max(one.end, other.end),
        tuple(sorted({*one.numbers, *other.numbers})),
        max(one.severity, other.severity, key=_gravity),
    )


def _visible_characters(text: str) -> list[str]:
    """What to show for each character."""
    if text.isascii() and text.isprintable():
        return list(text)
    shown = [
        character if character in _JOINERS and _joins(text, index) else _visible_character(character)
        for index, character in enumerate(text)
    ]
    # A pair of sentences can reach across the end of a paragraph, which documents write as an empty line.
    for match in re.finditer("\n\n", text):
        shown[match.start()], shown[match.start() + 1] = " ¶ ", ""
    return shown


def _visible_character(character: str) -> str:
    if character == "\n":
        return "␊ "  # the blank lets the line wrap where the text did
    if unicodedata.category(character) not in _HIDDEN_CATEGORIES and character not in OPEN + CLOSE:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return _code(character)


def _joins(text: str, index: int) -> bool:
    """Whether a joiner does its work: between two emoji or two letters of Arabic or an Indic script."""
    neighbours = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return len(neighbours) == 2 and all(ord(neighbour) >= 0x600 and _seen(neighbour) for neighbour in neighbours)


def _seen(character: str) -> bool:
    return unicodedata.category(character) not in _HIDDEN_CATEGORIES


def _space(character: str) -> str:
    if character == " ":
        return "␣"
    return _code(character) if _seen(character) else _visible_character(character)


def _code(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
