"""Joins the words that the estimator holds wrong to spans.

How sure a word is to be wrong is the probability that it is wrong in the way of planted errors, of an estimator that
tells this from what people would mark: on the 2022 dev pairs it finds the words that people marked as well as the other
one does, and planted errors far better. A word that is sure enough to be reported is a seed; its neighbours that are
half as sure belong to it, over at most one word that is not suspect itself, as long as no mark of punctuation parts
them (hysteresis thresholding; Canny 1986). Function words of the source alone are no span, unless they deny: what
translations leave unsaid most often is an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtaudit.functionwords import DENYING, FUNCTION_WORDS
from mtaudit.rules import PairView
from mtaudit.scorers.estimator import WRONG, WRONG_MAJOR, WRONG_PLANTED
from mtaudit.types import Score, Side, Span

#: Probability from which a word is reported, by side: that it is wrong in the way of planted errors, or, of an
#: estimator that does not say so, that people would mark it. Chosen on the 2022 dev pairs in which no error was marked:
#: some 7 in 1,000 of them have such a word on the target, and 3 in 1,000 one on the source. `HIGH` was chosen in the
#: same way for an estimator that did not say so.
HIGH_PLANTED = {Side.SOURCE: 0.92, Side.TARGET: 0.92}
HIGH = {Side.SOURCE: 0.80, Side.TARGET: 0.92}
#: Confidence of a word that is just probable enough to be reported.
REPORTED = 0.5
#: Confidence from which a neighbour belongs to it, as a share of that.
LOW = 0.5
#: Below this share of it a word is no seed even for findings that only a low `min_confidence` shows.
FAINT = 0.25


@dataclass(frozen=True, slots=True)
class WrongWords:
    """A span of words that are likely wrong.

    `confidence` is 0.5 where the worst of them is just probable enough to be reported, up to 0.95 where it is certain.
    `planted` and `probability` are that word's, by planted errors (None: the estimator does not say) and by people's
    marks, `major_share` is how much of the latter is that of major errors.
    """

    side: Side
    span: Span
    confidence: float
    probability: float
    planted: float | None
    major_share: float


@dataclass(frozen=True, slots=True)
class JudgedWord:
    """A word with its probabilities and how sure it is to be wrong."""

    span: Span
    wrong: float
    major: float
    planted: float | None
    confidence: float


def wrong_words(view: PairView, side: Side, scores: Sequence[Score]) -> list[WrongWords]:
    """The spans of one side, in their order; those with a confidence below 0.5 are for low `min_confidence` only."""
    text, place = view.text(side), view.pair.span(side)
    if text is None or place is None:
        return []
    told = list(judged_words(side, scores))
    found: list[WrongWords] = []
    taken = 0
    for at, word in enumerate(told):
        if at < taken or word.confidence < FAINT * REPORTED:
            continue
        level = LOW * min(REPORTED, word.confidence)
        first, last = at, at
        while first > taken and _joined(told, first - 1, first, text, place) and told[first - 1].confidence >= level:
            first -= 1
        while last + 1 < len(told) and _joined(told, last, last + 1, text, place):
            if told[last + 1].confidence >= level:
                last += 1
            elif (
                last + 2 < len(told)
                and told[last + 2].confidence >= REPORTED
                and _joined(told, last, last + 2, text, place)
            ):
                last += 2
            else:
                break
        taken = last + 1
        span = Span(told[first].span.start, told[last].span.end)
        if side is Side.SOURCE and _empty(text[span.start - place.start : span.end - place.start], view.language(side)):
            continue
        inside = told[first:taken]
        surest = max(inside, key=lambda one: one.confidence)
        share = sum(one.major for one in inside) / max(sum(one.wrong for one in inside), 1e-9)
        found.append(WrongWords(side, span, surest.confidence, surest.wrong, surest.planted, share))
    return found


def judged_words(side: Side, scores: Sequence[Score]) -> Iterator[JudgedWord]:
    """The words of one side that the estimator judged."""
    planted: Mapping[Span, float] = {
        one.span: one.value
        for one in scores
        if one.scorer == WRONG_PLANTED and one.side is side and one.span is not None
    }
    major = [one.value for one in scores if one.scorer == WRONG_MAJOR and one.side is side and one.span is not None]
    wrong = [
        (one.span, one.value) for one in scores if one.scorer == WRONG and one.side is side and one.span is not None
    ]
    for (span, probability), share in zip(wrong, major, strict=True):
        made = planted.get(span)
        sure = _confidence(probability, HIGH[side]) if made is None else _confidence(made, HIGH_PLANTED[side])
        yield JudgedWord(span, probability, share, made, sure)


def _confidence(probability: float, high: float) -> float:
    """0.5 at the threshold `high`, in proportion below it, and up to 0.95 for certainty."""
    if probability < high:
        return REPORTED * probability / high
    return min(0.95, REPORTED + 0.45 * (probability - high) / (1 - high))


def _joined(told: Sequence[JudgedWord], one: int, two: int, text: str, place: Span) -> bool:
    """Whether nothing but words and blanks stands between two words."""
    between = text[told[one].span.end - place.start : told[two].span.start - place.start]
    return not any(character in between for character in ',.;:!?()„“”"«»–—…')


def _empty(words: str, language: str) -> bool:
    """Whether words say too little to be missed: what denies is missed however short it is."""
    saying = DENYING.get(language, frozenset())
    return all(word in FUNCTION_WORDS.get(language, frozenset()) - saying for word in words.lower().split())
