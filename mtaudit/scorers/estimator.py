"""Measures pairs with the estimator: how likely each word, and the pair, is wrong.

`estimator.major` and `estimator.minor` are the probabilities that the worst error of a pair is major or minor, one
score a pair. `estimator.penalty` is the MQM penalty that the words of the target are expected to cost, by word (minor
1, major 5; Freitag et al. 2021): the mean over the words of what the worst piece of each is expected to cost.
`estimator.badness` is the same told of the pair as a whole, from 0 to 1, where the model has an output for it.
`estimator.surprisal` (nats a piece) and `estimator.split` (share of the words that the model's vocabulary does not have
whole) say how rare the words of the source are: what is rare is translated worse, as among the features of Specia et
al. 2013 ("QuEst").

`estimator.wrong` and `estimator.wrong-major` are, for every word, the probability that it is wrong at all, and that it
is a major error: of its pieces the worst. `estimator.wrong-planted` is the probability that it is wrong in the way of
planted errors, and `estimator.planted` that there is such an error in the pair, from a model that tells these from what
people mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mtaudit.models.base import Estimator, Judgements, PairJudgement
from mtaudit.prose import Codes, no_codes
from mtaudit.scorers.embedding import read_prose
from mtaudit.taxonomy import WEIGHTS
from mtaudit.text import words
from mtaudit.types import Bitext, Score, SegmentPair, Severity, Side, Span

MAJOR = "estimator.major"
MINOR = "estimator.minor"
PENALTY = "estimator.penalty"
BADNESS = "estimator.badness"
SURPRISAL = "estimator.surprisal"
SPLIT = "estimator.split"
WRONG = "estimator.wrong"
WRONG_MAJOR = "estimator.wrong-major"
PLANTED = "estimator.planted"
WRONG_PLANTED = "estimator.wrong-planted"


def score(
    bitext: Bitext, pairs: tuple[SegmentPair, ...], estimator: Estimator, codes: Codes = no_codes
) -> Iterator[Score]:
    """Yield the scores of every pair that has prose on both sides; a gap has nothing to be judged by.

    What `codes` finds is left out before the estimator reads; spans count in the documents all the same. A pair that
    stands there often is read once.
    """
    both, prose = read_prose(bitext, pairs, codes)
    sides = list(zip(prose[Side.SOURCE], prose[Side.TARGET], strict=True))
    texts = [(source.text, target.text) for source, target in sides]
    different = list(dict.fromkeys(texts))
    judgements = dict(zip(different, estimator.judge(different), strict=True))
    for pair, (source, target), text in zip(both, sides, texts, strict=True):
        judged = judgements[text]
        yield from _of_pair(pair.index, judged)
        penalties: list[float] = []
        split: list[bool] = []
        for side, read, pieces in ((Side.SOURCE, source, judged.source), (Side.TARGET, target, judged.target)):
            start = pair.segments(side)[0].span.start
            for word in _by_word(read.text, pieces):
                yield from _of_word(pair.index, side, read.span(word.span).shift(start), word)
                if side is Side.TARGET:
                    penalties.append(WEIGHTS[Severity.MINOR] * word.minor + WEIGHTS[Severity.MAJOR] * word.major)
                else:
                    split.append(word.pieces > 1)
        if split:
            yield Score(SPLIT, pair.index, sum(split) / len(split))
        if penalties:
            yield Score(PENALTY, pair.index, sum(penalties) / len(penalties))


def _of_pair(index: int, judged: PairJudgement) -> Iterator[Score]:
    """What the estimator says of a pair as a whole."""
    yield Score(MAJOR, index, float(judged.worst[2]))
    yield Score(MINOR, index, float(judged.worst[1]))
    told = ((BADNESS, judged.badness), (PLANTED, judged.planted), (SURPRISAL, judged.surprisal))
    for scorer, value in told:
        if value is not None:
            yield Score(scorer, index, value)


def _of_word(index: int, side: Side, place: Span, word: _Word) -> Iterator[Score]:
    """What it says of a word that lies at `place` in its document."""
    yield Score(WRONG, index, word.minor + word.major, side, place)
    yield Score(WRONG_MAJOR, index, word.major, side, place)
    if word.planted is not None:
        yield Score(WRONG_PLANTED, index, word.planted, side, place)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: the shares of MINOR and MAJOR of its worst piece, and how many pieces it has.

    `planted` is the largest of its pieces.
    """

    span: Span
    minor: float
    major: float
    planted: float | None
    pieces: int


def _by_word(text: str, judgements: Judgements) -> Iterator[_Word]:
    """Yield the words of `text` that have pieces."""
    starts = np.array([span.start for span in judgements.spans])
    ends = np.array([span.end for span in judgements.spans])
    for word in words(text):
        # Pieces come in order, so those of a word are neighbours: two binary searches instead of a scan.
        first, last = int(np.searchsorted(ends, word.start, "right")), int(np.searchsorted(starts, word.end, "left"))
        if last > first:
            pieces = judgements.probabilities[first:last]
            worst = pieces[int((1.0 - pieces[:, 0]).argmax())]
            planted = None if judgements.planted is None else float(judgements.planted[first:last].max())
            yield _Word(Span(word.start, word.end), float(worst[1]), float(worst[2]), planted, last - first)
