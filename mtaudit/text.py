"""Words, scripts and case: what checks, scorers and readers all need to know of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Languages whose writing parts no words with spaces; in them a "word" is one character.
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})

#: A word: letters, marks and digits, joined inside by hyphen, apostrophe or middle dot.
_WORD = re.compile(r"[^\W_]+(?:[-'’‑·][^\W_]+)*")

#: Han, kana, Thai, Lao, Myanmar and Khmer: written without spaces.
_UNSPACED_CHARACTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place in the text it was found in (code points)."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order; characters of unspaced scripts are words of their own."""
    for match in _WORD.finditer(text):
        run, begin = match.group(), match.start()
        start = 0
        for character in _UNSPACED_CHARACTER.finditer(run):
            if character.start() > start:
                yield Word(run[start : character.start()], begin + start, begin + character.start())
            yield Word(character.group(), begin + character.start(), begin + character.end())
            start = character.end()
        if start < len(run):
            yield Word(run[start:], begin + start, begin + len(run))


def is_unspaced(language: str) -> bool:
    """Whether the language is written without spaces between words."""
    return base_language(language) in UNSPACED


def base_language(tag: str) -> str:
    """The primary subtag of a BCP 47 tag: `de` for `de-AT`."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


def starts_lower(text: str) -> bool:
    """Whether the first letter or digit is a lower-case letter."""
    for character in text:
        if character.isalnum():
            return character.islower()
    return False


def fold(text: str) -> str:
    """Case-folded, without diacritics, white space as one blank: for comparing texts that only look different."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def shorten(text: str, width: int = 60) -> str:
    """`text` in one line, cut at a word with an ellipsis when it is longer than `width` code points: for messages."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
