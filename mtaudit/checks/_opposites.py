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
#: The lists of a pole: `en`, `de`, `en-wide`, `de-wide`.
Pole: TypeAlias = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Narrow:
    """The narrow words of a language: those given whole, the stems of those with any ending, by their first letters.

    `ends` are the last words of phrases.
    """

    whole: Mapping[str, Sequence[_Meaning]]
    stems: Mapping[str, Sequence[tuple[str, _Meaning]]]
    ends: frozenset[str]

    def meanings(self, word: str) -> Iterator[_Meaning]:
        """The poles that a word or phrase means."""
        yield from self.whole.get(word, ())
        if " " not in word:
            for stem, meaning in self.stems.get(word[:_SHORTEST], ()):
                if word.startswith(stem):
                    yield meaning


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
        # Most words are in no list, and this is asked of every word of a document.
        if word in narrow.whole or word[:_SHORTEST] in narrow.stems:
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


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    choices = "|".join(word.replace("*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{choices})\b", re.IGNORECASE)


@cache
def _narrow(language: str) -> _Narrow:
    whole: dict[str, tuple[_Meaning, ...]] = {}
    stems: dict[str, list[tuple[str, _Meaning]]] = defaultdict(list)
    for concept, poles in enumerate(_opposites()):
        for at, pole in enumerate(poles):
            for word in pole[language]:
                stem = word.removesuffix("*")
                if stem == word:
                    whole[word] = (*whole.get(word, ()), (concept, at))
                else:
                    stems[stem[:_SHORTEST]].append((stem, (concept, at)))
    return _Narrow(whole, stems, frozenset(word.split()[-1] for word in whole if " " in word))


@cache
def _wide(language: str, concept: int, pole: int) -> re.Pattern[str]:
    words = _opposites()[concept][pole]
    return _pattern([*words[language], *words[f"{language}-wide"]])
