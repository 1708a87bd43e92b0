"""A pair that carries planted errors, and the one way to change it: by an edit that moves the spans of earlier ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.taxonomy import Category
from mtaudit.text import Word, words
from mtaudit.types import Severity, Side, Span

#: Word links of a pair, as (place of the source word, place of the target word), counted in words.
Links: TypeAlias = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PlantedError:
    """One planted error: what kind, and the words that a reader would mark (code points of that side's text)."""

    kind: str
    category: Category
    severity: Severity
    side: Side
    span: Span


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two texts, the errors planted into them, and words that nobody can be asked to judge.

    `unclear` holds words that became doubtful by an error on the other side (the source word of a wrong translation):
    a judge may mark them or not.
    """

    source: str
    target: str
    errors: tuple[PlantedError, ...] = ()
    unclear: tuple[tuple[Side, Span], ...] = ()

    def text(self, side: Side) -> str:
        """The text of one side."""
        return self.source if side is Side.SOURCE else self.target


@dataclass(frozen=True, slots=True)
class Context:
    """What planting needs beside the pair.

    `neighbour` is the pair that stands next to it, `stranger` one from elsewhere. `align` gives the links between the
    words of two texts (words as `mtaudit.text.words` counts them), `substitutes` gives words that a bad translation
    might have in the place of a target word.
    """

    languages: tuple[str, str]
    neighbour: tuple[str, str]
    stranger: tuple[str, str]
    align: Callable[[str, str], Links]
    substitutes: Callable[[str], Sequence[str]]

    def language(self, side: Side) -> str:
        """The language of one side."""
        return self.languages[0] if side is Side.SOURCE else self.languages[1]


def edit(
    pair: PlantedPair,
    side: Side,
    place: Span,
    new: str,
    errors: Iterable[PlantedError],
    unclear: Iterable[tuple[Side, Span]] = (),
) -> PlantedPair | None:
    """Put `new` in the place of `place`; None if an earlier error lies there.

    `errors` and `unclear` count in the texts after the edit.
    """
    old = pair.text(side)
    moved: list[PlantedError] = []
    for error in pair.errors:
        span = _moved(error.span, place, len(new)) if error.side is side else error.span
        if span is None:
            return None
        moved.append(replace(error, span=span))
    doubtful = []
    for where, span in pair.unclear:
        kept = _moved(span, place, len(new)) if where is side else span
        if kept is not None:
            doubtful.append((where, kept))
    text = old[: place.start] + new + old[place.end :]
    changed = replace(pair, source=text) if side is Side.SOURCE else replace(pair, target=text)
    return replace(changed, errors=(*moved, *errors), unclear=(*doubtful, *unclear))


def _moved(span: Span, place: Span, length: int) -> Span | None:
    """Where a span lies after `place` became `length` long; None if they touch."""
    if span.end <= place.start:
        return span
    if span.start >= place.end:
        return span.shift(length - len(place))
    return None


def word_list(text: str) -> list[Word]:
    """The words of a text."""
    return list(words(text))


def is_content(word: str, language: str) -> bool:
    """Whether a word carries meaning of its own: three letters and more, no function word."""
    return len(word) >= 3 and word.lower() not in FUNCTION_WORDS.get(language, frozenset()) and word[0].isalpha()


def stretch(found: Sequence[Word], first: int, last: int) -> Span:
    """From the word at `first` to the one at `last`, both included."""
    return Span(found[first].start, found[last].end)


def without(text: str, span: Span) -> Span:
    """`span` with the blank that would stand twice, and with a comma that would be left alone."""
    start, end = span.start, span.end
    if text[:start].rstrip().endswith(",") and text[end : end + 1] in (",", ".", "!", "?", ""):
        start = text[:start].rstrip().rindex(",")
    if start > 0 and text[start - 1] == " ":
        start -= 1
    elif text[end : end + 1] == " ":
        end += 1
    return Span(start, end)


def lost_words(links: Links, gone: range, count: int) -> list[int]:
    """Source words that are said by target words in `gone` and by no other ones; `count` source words in all."""
    within: set[int] = set()
    outside: set[int] = set()
    for source, target in links:
        (within if target in gone else outside).add(source)
    return [at for at in range(count) if at in within and at not in outside]


def lost_span(found: Sequence[Word], lost: Sequence[int]) -> Span | None:
    """The stretch of source words that was lost: the longest run, bridging single words that have no link.

    None where nothing was surely lost.
    """
    if not lost:
        return None
    runs = [[lost[0], lost[0]]]
    for at in lost[1:]:
        if at - runs[-1][1] <= 3:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return stretch(found, first, last)


def pick(rng: random.Random, options: Sequence[int]) -> int | None:
    """One of the options, or None where there are none."""
    return rng.choice(options) if options else None
