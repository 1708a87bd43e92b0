"""False friends in English and German: where a text has one, and whether it may be meant.

They stand in `false_friends.toml`. As with opposites, what a translator may have put for a word is listed widely.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtaudit.checks._wordlists import WordIndex, pattern

LANGUAGES = frozenset({"en", "de"})

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Friends:
    """A word of each language that looks like the other and means something else.

    `words` are its forms, `means` is what a word means in the other language, `right` what may be there if it is meant:
    for `en` German words, for `de` English ones. All by the language of the word. `into` are the languages of targets
    in which one for the other is an error.
    """

    words: Mapping[str, Sequence[str]]
    means: Mapping[str, str]
    right: Mapping[str, re.Pattern[str]]
    into: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A word of false friends number `friends` at `start..end` of a text."""

    friends: int
    start: int
    end: int


def found(text: str, language: str) -> Iterator[Found]:
    """Yield the words of a text that have a false friend; `language` is one of `LANGUAGES`.

    Words are looked up as they are spelt, for a capital makes another word of many; the first one of a text also
    without its capital.
    """
    index, before = _index(language), None
    for match in _WORD.finditer(text):
        word = match.group()
        spelt = (word, word[:1].lower() + word[1:]) if before is None else (word,)
        for number in {number for one in spelt for number in index.meanings(one)}:
            yield Found(number, match.start(), match.end())
        if before is not None and word in index.ends:
            for number in index.meanings(f"{before.group().lower()} {word}"):
                yield Found(number, before.start(), match.end())
        before = match


@cache
def table() -> tuple[Friends, ...]:
    """All false friends."""
    raw = tomllib.loads(files(__package__).joinpath("false_friends.toml").read_text(encoding="utf-8"))
    return tuple(
        Friends(
            {language: entry[language] for language in LANGUAGES},
            {language: entry[f"{language}-means"] for language in LANGUAGES},
            # What the English word may have become stands in German.
            {
                "en": pattern([entry["en-means"], *entry["de-right"]]),
                "de": pattern([entry["de-means"], *entry["en-right"]]),
            },
            frozenset(entry.get("into", LANGUAGES)),
        )
        for entry in raw.values()
    )


@cache
def _index(language: str) -> WordIndex[int]:
    return WordIndex.of((word, number) for number, friends in enumerate(table()) for word in friends.words[language])
