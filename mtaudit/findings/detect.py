"""Turns the embedder's scores into findings: detached translations, omitted and added words, mistranslations.

Words without a counterpart are found as runs. A word speaks for a run by `LEVEL` minus its score and against it where
the score is higher; the run with the largest sum (Kadane's maximum subarray; Bentley 1984) is the one that is
reported, if the evidence reaches a threshold. One strange word is weak evidence, a strange clause is strong. Function
words hardly speak for a run, for they often have no counterpart in a good translation. A target that is short for its
source adds to the evidence for an omission, a long one to that for an addition: the two witnesses are independent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.rules import Detector, PairView, register
from mtaudit.scorers.embedding import COUNTERPART, SIMILARITY
from mtaudit.scorers.length import DEVIATION
from mtaudit.taxonomy import Category
from mtaudit.text import shorten
from mtaudit.types import Finding, Json, Score, Severity, Side, Span

#: A word that scores less speaks for a run.
LEVEL = 0.35
#: What a function word's evidence for a run counts, against 1 for other words.
FUNCTION_WEIGHT = 0.3
#: What a standard deviation of length adds to the evidence for a run, up to three of them and down to one.
LENGTH_WEIGHT = 0.5
#: A run with less evidence of its own is none, however short the target.
FAINT = 0.1
#: Evidence from which a run is reported, and from which it is major.
THRESHOLD = 0.9
MAJOR_THRESHOLD = 1.4
#: A run with this much evidence of its own is what became of a stronger run on the other side.
PARTNER_THRESHOLD = 0.5
#: Similarity below which two texts are about different things.
DETACHED = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words without a counterpart: their span in the document, and how much speaks for it."""

    span: Span
    evidence: float


def strangest_run(view: PairView, side: Side, scores: Sequence[Score]) -> Run | None:
    """The run of words on one side that most lacks a counterpart, None where no word does."""
    text, start = view.text(side), view.pair.span(side)
    if text is None or start is None:
        return None
    function_words = FUNCTION_WORDS.get(view.language(side), frozenset())
    best: Run | None = None
    total, first = 0.0, 0
    for score in scores:
        if score.scorer != COUNTERPART or score.side is not side or score.span is None:
            continue
        word = text[score.span.start - start.start : score.span.end - start.start]
        evidence = LEVEL - score.value
        if evidence > 0 and (word.lower() in function_words or word.isdigit()):
            evidence *= FUNCTION_WEIGHT
        if total <= 0:
            total, first = 0.0, score.span.start
        total += evidence
        if total > 0 and (best is None or total > best.evidence):
            best = Run(Span(first, score.span.end), total)
    return best


def _with_length(run: Run | None, side: Side, deviation: float) -> Run | None:
    """The run with what the length of the target says for or against it."""
    if run is None or run.evidence < FAINT:
        return None
    towards = -deviation if side is Side.SOURCE else deviation
    return replace(run, evidence=run.evidence + LENGTH_WEIGHT * min(3.0, max(-1.0, towards)))


def _confidence(evidence: float) -> float:
    """From 0.5 at the threshold towards 0.95."""
    return min(0.95, 0.5 + 0.35 * (evidence - THRESHOLD) / THRESHOLD)


def _severity(evidence: float) -> Severity:
    return Severity.MAJOR if evidence >= MAJOR_THRESHOLD else Severity.MINOR


def _quote(view: PairView, side: Side, span: Span) -> str:
    document = view.bitext.document(side)
    return document.text[span.start : span.end] if document else ""


def _runs(view: PairView, scores: tuple[Score, ...]) -> tuple[Run | None, Run | None]:
    """The runs on the source and on the target that reach a threshold.

    With both, the pair says something else in that place; then the weaker of the two needs less evidence.
    """
    deviation = next((score.value for score in scores if score.scorer == DEVIATION), 0.0)
    bare = {side: strangest_run(view, side, scores) for side in Side}
    judged = {side: _with_length(bare[side], side, deviation) for side in Side}
    sure = {side: run for side, run in judged.items() if run and run.evidence >= THRESHOLD}
    for side in Side:
        partner = bare[side]
        if sure and side not in sure and partner and partner.evidence >= PARTNER_THRESHOLD:
            sure[side] = partner
    return sure.get(Side.SOURCE), sure.get(Side.TARGET)


@register("MT101", "mistranslation", Category.MISTRANSLATION, Severity.MAJOR)
class Mistranslation(Detector):
    """Words of the target have nothing to do with the source, and words of the source are not in the target.

    What it does: Marks a run of target words that no source word explains, in a pair in which some source words are
    not explained by the target either.

    Why it matters: Something was said, but something else was translated. The sentence may read perfectly well.

    Example: "The bridge was closed for repairs" became "Die Brücke wurde im Mai verkauft".

    How it is found: The token vectors of each word are compared with all those of the other side. Runs of words whose
    best match is poor are marked; both sides must have one.
    """

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the target run where both sides have one."""
        source, target = _runs(view, scores)
        if not source or not target:
            return
        lost, strange = _quote(view, Side.SOURCE, source.span), _quote(view, Side.TARGET, target.span)
        evidence = max(source.evidence, target.evidence)
        quoted: Json = {"start": source.span.start, "end": source.span.end, "quote": lost}
        yield self.finding(
            view.pair,
            Side.TARGET,
            target.span,
            f"'{shorten(strange)}' does not say what the source says there: '{shorten(lost)}'",
            confidence=_confidence(evidence),
            severity=_severity(evidence),
            evidence={"counterpart_deficit": round(evidence, 3), "source": quoted},
        )


@register("MT102", "omission", Category.OMISSION, Severity.MAJOR)
class Omission(Detector):
    """Words of the source are missing in the target.

    What it does: Marks source words that have no counterpart in the target.

    Why it matters: The reader does not learn what the author wrote, and nothing in the translation shows it.

    Example: "The mayor and her two deputies resigned" became "Die Bürgermeisterin trat zurück": the deputies are gone.

    How it is found: The token vectors of each source word are compared with all those of the target. A run of words
    whose best match is poor is marked, if the run is long or poor enough.
    """

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the source run where only the source has one."""
        source, target = _runs(view, scores)
        if not source or target:
            return
        words = _quote(view, Side.SOURCE, source.span)
        yield self.finding(
            view.pair,
            Side.SOURCE,
            source.span,
            f"'{shorten(words)}' has no counterpart in the translation",
            confidence=_confidence(source.evidence),
            severity=_severity(source.evidence),
            evidence={"counterpart_deficit": round(source.evidence, 3)},
        )


@register("MT103", "addition", Category.ADDITION, Severity.MAJOR)
class Addition(Detector):
    """Words of the target say something that is not in the source.

    What it does: Marks target words that have no counterpart in the source.

    Why it matters: The translation claims what the author never said.

    Example: "The ferry leaves at noon" became "Die Fähre legt mittags ab und kostet nichts".

    How it is found: The token vectors of each target word are compared with all those of the source. A run of words
    whose best match is poor is marked, if the run is long or poor enough.
    """

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the target run where only the target has one."""
        source, target = _runs(view, scores)
        if source or not target:
            return
        words = _quote(view, Side.TARGET, target.span)
        yield self.finding(
            view.pair,
            Side.TARGET,
            target.span,
            f"'{shorten(words)}' has no counterpart in the source",
            confidence=_confidence(target.evidence),
            severity=_severity(target.evidence),
            evidence={"counterpart_deficit": round(target.evidence, 3)},
        )


@register("MT111", "detached", Category.MISTRANSLATION, Severity.CRITICAL)
class Detached(Detector):
    """The target is about something else than the source.

    What it does: Marks a target sentence that has next to nothing in common with its source.

    Why it matters: Translation systems sometimes write fluent sentences that have no basis in the source at all.

    Example: "Please switch off the pump first" became "Der Himmel über dem See war klar".

    How it is found: The cosine of the two sentence vectors lies below what translations have, however free they are.
    """

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the whole target of a pair that is too little alike."""
        span = view.pair.span(Side.TARGET)
        for score in scores:
            if score.scorer != SIMILARITY or span is None or score.value >= DETACHED:
                continue
            yield self.finding(
                view.pair,
                Side.TARGET,
                span,
                f"The translation is about something else than the source (similarity {score.value:.2f})",
                confidence=min(0.98, 0.6 + (DETACHED - score.value)),
                evidence={"similarity": round(score.value, 4), "threshold": DETACHED},
            )
