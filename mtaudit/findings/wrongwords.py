"""Joins the words that the estimator holds wrong to spans.

A word from `HIGH` on is a seed; its neighbours from `LOW` on belong to it, over at most one word that is not suspect
itself, as long as no mark of punctuation parts them (hysteresis thresholding; Canny 1986). A single function word of
the source is no span: what translations leave unsaid most often is an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.rules import PairView
from mtaudit.scorers.estimator import WRONG, WRONG_MAJOR
from mtaudit.types import Score, Side, Span

#: Probability from which a word is reported, by side. Chosen on the 2022 dev pairs in which no error was marked: some
#: 5 in 1,000 of them have such a word on the target, and 7 in 1,000 one on the source.
HIGH = {Side.SOURCE: 0.80, Side.TARGET: 0.92}
#: Probability from which a neighbour belongs to it, as a share of that.
LOW = 0.5
#: Below this share of `HIGH` a word is no seed even for findings that only a low `min_confidence` shows.
FAINT = 0.25


@dataclass(frozen=True, slots=True)
class WrongWords:
    """A span of words that are likely wrong: how likely the worst of them is, and how much of that is a major error."""

    side: Side
    span: Span
    probability: float
    major_share: float

    @property
    def confidence(self) -> float:
        """0.5 for a word that is just probable enough to be reported, up to 0.95 for a certain one."""
        high = HIGH[self.side]
        if self.probability < high:
            return 0.5 * self.probability / high
        return min(0.95, 0.5 + 0.45 * (self.probability - high) / (1 - high))


def wrong_words(view: PairView, side: Side, scores: Sequence[Score]) -> list[WrongWords]:
    """The spans of one side, in their order; those with a confidence below 0.5 are for low `min_confidence` only."""
    text, place = view.text(side), view.pair.span(side)
    if text is None or place is None:
        return []
    wrong = [(s.span, s.value) for s in scores if s.scorer == WRONG and s.side is side and s.span is not None]
    major = [s.value for s in scores if s.scorer == WRONG_MAJOR and s.side is side and s.span is not None]
    high = HIGH[side]
    found: list[WrongWords] = []
    taken = 0
    for at, (_, value) in enumerate(wrong):
        if at < taken or value < FAINT * high:
            continue
        level = LOW * min(high, value)
        first, last = at, at
        while first > taken and _joined(wrong, first - 1, first, text, place) and wrong[first - 1][1] >= level:
            first -= 1
        while last + 1 < len(wrong) and _joined(wrong, last, last + 1, text, place):
            if wrong[last + 1][1] >= level:
                last += 1
            elif last + 2 < len(wrong) and wrong[last + 2][1] >= high and _joined(wrong, last, last + 2, text, place):
                last += 2
            else:
                break
        taken = last + 1
        span = Span(wrong[first][0].start, wrong[last][0].end)
        if side is Side.SOURCE and _empty(text[span.start - place.start : span.end - place.start], view.language(side)):
            continue
        total = sum(value for _, value in wrong[first:taken])
        found.append(
            WrongWords(side, span, max(v for _, v in wrong[first:taken]), sum(major[first:taken]) / max(total, 1e-9))
        )
    return found


def _joined(wrong: Sequence[tuple[Span, float]], one: int, two: int, text: str, place: Span) -> bool:
    """Whether nothing but words and blanks stands between two words."""
    between = text[wrong[one][0].end - place.start : wrong[two][0].start - place.start]
    return not any(character in between for character in ',.;:!?()„“”"«»–—…')


def _empty(words: str, language: str) -> bool:
    return all(word in FUNCTION_WORDS.get(language, frozenset()) for word in words.lower().split())
