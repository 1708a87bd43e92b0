"""Opposites in English and German, and which of them a text speaks of.

As with denials, one list is narrow and one wide: the first has words that can mean nothing but their pole, the second
whatever else a translator may have put for it. Both stand in `opposites.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from mtaudit.checks._wordlists import WordIndex, pattern

LANGUAGES = frozenset({"en", "de"})

_WORD = re.compile(r"\w+")
#: Number and pole of opposites.
_Meaning: TypeAlias = tuple[int, int]
#: The lists of a pole: `en`, `de`, `en-wide`, `de-wide`.
Pole: TypeAlias = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A word, at `start..end` of a text, that means one pole (0 or 1) of the opposites number `concept`."""

    concept: int
    pole: int
    start: int
    end: int


def mentions(text: str, language: str) -> Iterator[Mention]:
    """Yield the words of a text that can mean nothing but one pole; `language` is one of `LANGUAGES`."""
    narrow = _narrow(language)
    before = None
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if narrow.may_have(word):  # this is asked of every word of a document
            for concept, pole in narrow.meanings(word):
                yield Mention(concept, pole, match.start(), match.end())
        if word in narrow.ends and before is not None:  # "at least"
            for concept, pole in narrow.meanings(f"{before.group().lower()} {word}"):
                yield Mention(concept, pole, before.start(), match.end())
        before = match


def may_mean(text: str, language: str, concept: int, pole: int) -> bool:
    """Whether anything in a text may stand for a pole."""
    return _wide(language, concept, pole).search(text) is not None


@cache
def _opposites() -> tuple[tuple[Pole, Pole], ...]:
    table = tomllib.loads(files(__package__).joinpath("opposites.toml").read_text(encoding="utf-8"))
    return tuple((one, other) for one, other in (poles.values() for poles in table.values()))


@cache
def _narrow(language: str) -> WordIndex[_Meaning]:
    return WordIndex.of(
        (word, (concept, at))
        for concept, poles in enumerate(_opposites())
        for at, pole in enumerate(poles)
        for word in pole[language]
    )


@cache
def _wide(language: str, concept: int, pole: int) -> re.Pattern[str]:
    words = _opposites()[concept][pole]
    return pattern([*words[language], *words[f"{language}-wide"]])
