"""Finds the words of a pair that have no counterpart on the other side, as runs.

A word speaks for a run by `LEVEL` minus its score, and against it where the score is higher; the run with the largest
sum (Kadane's maximum subarray; Bentley 1984) is the candidate of its side. One strange word is weak evidence, a strange
clause is strong. Function words hardly speak for a run, for they often have no counterpart in a good translation. A
target that is short for its source adds to the evidence for an omission, a long one to that for an addition: length and
words are independent witnesses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.rules import PairView
from mtaudit.scorers.embedding import COUNTERPART
from mtaudit.scorers.length import DEVIATION
from mtaudit.types import Score, Severity, Side, Span

# The constants were chosen on pairs whose annotators marked no error, from which two to eight consecutive words were
# taken out on one side: the most runs found where at most 6 in 1,000 of the untouched pairs have one on that side.
# That is a figure on the pairs they were chosen on, by a trial that is not kept here; benchmarks/quality.py measures
# them on others.

#: A word that scores less speaks for a run.
LEVEL = 0.25
#: What a function word's evidence for a run counts, against 1 for other words.
FUNCTION_WEIGHT = 0.3
#: A run with less evidence of its own is none, however short or long the target.
FAINT = 0.4
#: What a standard deviation of length adds to the evidence for a run, ...
LENGTH_WEIGHT = 0.4
#: ... up to so many of them, and down to one.
LENGTH_LIMIT = 2.0
#: Evidence from which a run is reported, by side.
THRESHOLD = {Side.SOURCE: 1.24, Side.TARGET: 1.48}
#: Words from which a run is a clause.
CLAUSE = 4
#: A run with this much evidence of its own is what became of a reported run on the other side.
PARTNER_THRESHOLD = 0.6


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words without a counterpart: their side and span, how much speaks for it, and how many they are."""

    side: Side
    span: Span
    evidence: float
    words: int

    @property
    def strength(self) -> float:
        """Evidence by threshold: 1 is just enough."""
        return self.evidence / THRESHOLD[self.side]

    @property
    def confidence(self) -> float:
        """From 0.5 at the threshold to 0.95."""
        return min(0.95, 0.5 + 0.3 * (self.strength - 1))

    @property
    def severity(self) -> Severity:
        """Major for a clause or much evidence; a few words near the threshold may be a paraphrase, and are minor."""
        return Severity.MAJOR if self.words >= CLAUSE or self.strength >= 1.5 else Severity.MINOR


def strangest_run(view: PairView, side: Side, scores: Sequence[Score]) -> Run | None:
    """The run of words on one side that most lacks a counterpart; None where no word but function words does."""
    text, place = view.text(side), view.pair.span(side)
    if text is None or place is None:
        return None
    function_words = FUNCTION_WORDS.get(view.language(side), frozenset())
    best: Run | None = None
    total, first, count, content = 0.0, 0, 0, False
    for score in scores:
        if score.scorer != COUNTERPART or score.side is not side or score.span is None:
            continue
        word = text[score.span.start - place.start : score.span.end - place.start]
        empty = word.lower() in function_words or word.isdigit()
        evidence = LEVEL - score.value
        if evidence > 0 and empty:
            evidence *= FUNCTION_WEIGHT
        if total <= 0:
            total, first, count, content = 0.0, score.span.start, 0, False
        total += evidence
        count += 1
        content = content or (evidence > 0 and not empty)
        if content and total > 0 and (best is None or total > best.evidence):
            best = Run(side, Span(first, score.span.end), total, count)
    return best


def _with_length(run: Run | None, deviation: float) -> Run | None:
    """The run with what the length of the target says for or against it."""
    if run is None or run.evidence < FAINT:
        return None
    towards = -deviation if run.side is Side.SOURCE else deviation
    return replace(run, evidence=run.evidence + LENGTH_WEIGHT * min(LENGTH_LIMIT, max(-1.0, towards)))


def lonely_runs(view: PairView, scores: Sequence[Score]) -> dict[Side, Run]:
    """The runs of two words and more that have enough evidence, by side.

    One strange word is more often a paraphrase than an error.

    With one on each side, the pair says something else in that place; then the weaker of the two needs less evidence.
    """
    deviation = next((score.value for score in scores if score.scorer == DEVIATION), 0.0)
    runs = {side: strangest_run(view, side, scores) for side in Side}
    bare = {side: run for side, run in runs.items() if run and run.words > 1}
    judged = {side: _with_length(run, deviation) for side, run in bare.items()}
    sure = {side: run for side, run in judged.items() if run and run.strength >= 1}
    for side, run in bare.items():
        if sure and side not in sure and run.evidence >= PARTNER_THRESHOLD:
            sure[side] = run
    return sure
