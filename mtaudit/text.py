"""Words, scripts and case: what checks, scorers and readers all need to know of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

#: Languages whose writing parts no words with spaces; in them a "word" is one character.
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})

#: A word: letters, marks and digits, joined inside by hyphen, apostrophe or middle dot.
_WORD = re.compile(r"[^\W_]+(?:[-'’‑·][^\W_]+)*")

#: Han, kana, Thai, Lao, Myanmar and Khmer: written without spaces.
_UNSPACED_CHARACTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


class Word(NamedTuple):
    """A word and its place in the text it was found in (code points)."""

    text: str
    start: int
    end: int


#: Texts up to this length (code points) are remembered: every check asks for the same words of the same pair again.
_REMEMBERED = 2000


#: The same for texts that are folded; mostly they are single words, of which a document has few different ones.
_WORDLIKE = 100


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order; characters of unspaced scripts are words of their own."""
    return iter(_remembered_words(text) if len(text) <= _REMEMBERED else _find_words(text))


def _find_words(text: str) -> tuple[Word, ...]:
    found = [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    if text.isascii() or _UNSPACED_CHARACTER.search(text) is None:
        return tuple(found)
    return tuple(part for run in found for part in _parts(run))


_remembered_words = lru_cache(maxsize=64)(_find_words)


def _parts(run: Word) -> Iterator[Word]:
    """Take a run of letters apart where characters of unspaced scripts stand in it."""
    start = 0
    for character in _UNSPACED_CHARACTER.finditer(run.text):
        if character.start() > start:
            yield Word(run.text[start : character.start()], run.start + start, run.start + character.start())
        yield Word(character.group(), run.start + character.start(), run.start + character.end())
        start = character.end()
    if start < len(run.text):
        yield Word(run.text[start:], run.start + start, run.end)


def is_unspaced(language: str) -> bool:
    """Whether the language is written without spaces between words."""
    return base_language(language) in UNSPACED


@lru_cache(maxsize=512)
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
    if text.isascii():
        return " ".join(text.lower().split())
    return _remembered_fold(text) if len(text) <= _WORDLIKE else _fold(text)


#: All but ranges of characters that surely are no combining marks.
_MAY_COMBINE = re.compile("[^\0-\u02ff\u0370-\u0482\u048a-\u0590\u3030-\u3098\u309b-\ua66e\uac00-\ud7ff]")


def _without_mark(match: re.Match[str]) -> str:
    return "" if unicodedata.combining(match.group()) else match.group()


def _fold(text: str) -> str:
    plain = _MAY_COMBINE.sub(_without_mark, unicodedata.normalize("NFKD", text))
    return " ".join(plain.casefold().split())


_remembered_fold = lru_cache(maxsize=4096)(_fold)


def shorten(text: str, width: int = 60) -> str:
    """`text` in one line, cut at a word with an ellipsis when it is longer than `width` code points: for messages."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    return line[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
