"""Opposites in English and German, and which of them a text speaks of.

As with denials, one list is narrow and one wide: the first has words that can mean nothing but their pole, the second
whatever else a translator may have put for it. Both stand in `opposites.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

LANGUAGES = frozenset({"en", "de"})

_WORD = re.compile(r"\w+")
#: No stem of the narrow lists is shorter.
_SHORTEST = 4

#: Number and pole of opposites.
_Meaning: TypeAlias = tuple[int, int]
_Words: TypeAlias = Mapping[str, tuple[_Meaning, ...]]
_Stems: TypeAlias = Mapping[str, Sequence[tuple[str, _Meaning]]]
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
    before = None
    for match in _WORD.finditer(text):
        word = match.group().lower()
        for concept, pole in _meant(word, language):
            yield Mention(concept, pole, match.start(), match.end())
        if before is not None:  # "at least"
            for concept, pole in _narrow(language)[0].get(f"{before.group().lower()} {word}", ()):
                yield Mention(concept, pole, before.start(), match.end())
        before = match


def may_mean(text: str, language: str, concept: int, pole: int) -> bool:
    """Whether anything in a text may stand for a pole."""
    return _wide(language, concept, pole).search(text) is not None


@cache
def _opposites() -> tuple[tuple[Pole, Pole], ...]:
    table = tomllib.loads(files(__package__).joinpath("opposites.toml").read_text(encoding="utf-8"))
    return tuple((one, other) for one, other in (poles.values() for poles in table.values()))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    choices = "|".join(word.replace("*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{choices})\b", re.IGNORECASE)


def _meant(word: str, language: str) -> Iterator[_Meaning]:
    """The poles whose narrow words a word is among: looked up, for most words are in none of the lists."""
    words, stems = _narrow(language)
    yield from words.get(word, ())
    for stem, meaning in stems.get(word[:_SHORTEST], ()):
        if word.startswith(stem):
            yield meaning


@cache
def _narrow(language: str) -> tuple[_Words, _Stems]:
    """The narrow words of a language: those that are given whole, and the stems of those with any ending."""
    words: dict[str, tuple[_Meaning, ...]] = {}
    stems: dict[str, list[tuple[str, _Meaning]]] = defaultdict(list)
    for concept, poles in enumerate(_opposites()):
        for at, pole in enumerate(poles):
            for word in pole[language]:
                stem = word.removesuffix("*")
                if stem == word:
                    words[word] = (*words.get(word, ()), (concept, at))
                else:
                    stems[stem[:_SHORTEST]].append((stem, (concept, at)))
    return words, stems


@cache
def _wide(language: str, concept: int, pole: int) -> re.Pattern[str]:
    words = _opposites()[concept][pole]
    return _pattern([*words[language], *words[f"{language}-wide"]])
