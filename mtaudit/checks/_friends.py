"""False friends in English and German: where a text has one, and whether it may be meant.

They stand in `false_friends.toml`. As with opposites, what a translator may have put for a word is listed widely.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = frozenset({"en", "de"})

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
#: No stem with any ending is shorter.
_SHORTEST = 4


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
        for number in {number for one in spelt for number in index.of(one)}:
            yield Found(number, match.start(), match.end())
        if before is not None and word in index.ends:
            for number in index.whole.get(f"{before.group().lower()} {word}", ()):
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
                "en": _pattern([entry["en-means"], *entry["de-right"]]),
                "de": _pattern([entry["de-means"], *entry["en-right"]]),
            },
            frozenset(entry.get("into", LANGUAGES)),
        )
        for entry in raw.values()
    )


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    choices = "|".join(word.replace("*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{choices})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Index:
    """The numbers of false friends by words, by stems under their first letters; `ends` are last words of phrases."""

    whole: Mapping[str, Sequence[int]]
    stems: Mapping[str, Sequence[tuple[str, int]]]
    ends: frozenset[str]

    def of(self, word: str) -> Iterator[int]:
        yield from self.whole.get(word, ())
        for stem, number in self.stems.get(word[:_SHORTEST], ()):
            if word.startswith(stem):
                yield number


@cache
def _index(language: str) -> _Index:
    whole: dict[str, list[int]] = defaultdict(list)
    stems: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, friends in enumerate(table()):
        for word in friends.words[language]:
            stem = word.removesuffix("*")
            if stem == word:
                whole[word].append(number)
            else:
                stems[stem[:_SHORTEST]].append((stem, number))
    return _Index(dict(whole), dict(stems), frozenset(word.split()[-1] for word in whole if " " in word))
