"""Lists of words and phrases in which a "*" stands for any letters: as patterns, and as an index of what they mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

#: No word with any ending is given by fewer letters.
_SHORTEST = 4

_Meaning = TypeVar("_Meaning")


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """What matches any of the words, in whatever case; a "*" may stand anywhere."""
    choices = "|".join(word.replace("*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{choices})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordIndex(Generic[_Meaning]):
    """What words mean: those given whole, and the stems of those with any ending, by their first letters.

    `ends` are the last words of phrases.
    """

    whole: Mapping[str, Sequence[_Meaning]]
    stems: Mapping[str, Sequence[tuple[str, _Meaning]]]
    ends: frozenset[str]

    @classmethod
    def of(cls, meanings: Iterable[tuple[str, _Meaning]]) -> WordIndex[_Meaning]:
        """Make one of words with their meanings; a "*" stands at the end alone."""
        whole: dict[str, list[_Meaning]] = defaultdict(list)
        stems: dict[str, list[tuple[str, _Meaning]]] = defaultdict(list)
        for word, meaning in meanings:
            stem = word.removesuffix("*")
            if stem == word:
                whole[word].append(meaning)
            else:
                stems[stem[:_SHORTEST]].append((stem, meaning))
        return cls(dict(whole), dict(stems), frozenset(word.split()[-1] for word in whole if " " in word))

    def may_have(self, word: str) -> bool:
        """Whether the word can be in the index: most words are not, and this is quick."""
        return word in self.whole or word[:_SHORTEST] in self.stems

    def meanings(self, word: str) -> Iterator[_Meaning]:
        """The meanings of a word or phrase."""
        yield from self.whole.get(word, ())
        if " " not in word:
            for stem, meaning in self.stems.get(word[:_SHORTEST], ()):
                if word.startswith(stem):
                    yield meaning
