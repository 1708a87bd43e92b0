"""Turns the embedder's scores into findings: detached translations, omitted and added words, mistranslations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mtaudit.findings.counterparts import Run, lonely_runs
from mtaudit.rules import Detector, PairView, register
from mtaudit.scorers.elsewhere import ELSEWHERE
from mtaudit.scorers.embedding import SIMILARITY
from mtaudit.taxonomy import Category
from mtaudit.text import shorten, words
from mtaudit.types import Finding, Json, Score, Severity, Side

#: Similarity below which two texts are about different things. Of 1,600 pairs whose annotators marked no error one lies
#: below it (0.33); the next has 0.44.
DETACHED = 0.4
#: The same for sources of a few words: headings and labels are translated freely, and one word is all of the vector.
DETACHED_SHORT = 0.2
_FEW_WORDS = 5
#: Sources of so few words may be idioms, which say the same with nothing in common: then it is not beyond all doubt.
_IDIOM_WORDS = 9


def _quote(view: PairView, run: Run) -> str:
    document = view.bitext.document(run.side)
    return document.text[run.span.start : run.span.end] if document else ""


class _OneSided(Detector):
    """Words on one side, and on that side only, that have no counterpart."""

    side: ClassVar[Side]
    missing_from: ClassVar[str]

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the run of this side where the other has none."""
        runs = lonely_runs(view, scores)
        if set(runs) != {self.side}:
            return
        run = runs[self.side]
        # Where sentences were joined as well, what is missing is a clause that got lost in between.
        joined = len(view.pair.segments(self.side)) > len(view.pair.segments(self.side.other))
        yield self.finding(
            view.pair,
            self.side,
            run.span,
            f"'{shorten(_quote(view, run))}' has no counterpart in the {self.missing_from}",
            confidence=run.confidence,
            severity=Severity.MAJOR if joined else run.severity,
            evidence={"counterpart_deficit": round(run.evidence, 3)},
        )


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
        runs = lonely_runs(view, scores)
        if len(runs) < len(Side):
            return
        lost, strange = runs[Side.SOURCE], runs[Side.TARGET]
        strongest = max(lost, strange, key=lambda run: run.strength)
        quoted: Json = {"start": lost.span.start, "end": lost.span.end, "quote": _quote(view, lost)}
        yield self.finding(
            view.pair,
            Side.TARGET,
            strange.span,
            f"'{shorten(_quote(view, strange))}' is not what the source says there: '{shorten(_quote(view, lost))}'",
            confidence=strongest.confidence,
            severity=strongest.severity,
            evidence={"counterpart_deficit": round(strongest.evidence, 3), "source": quoted},
        )


@register("MT102", "omission", Category.OMISSION, Severity.MAJOR)
class Omission(_OneSided):
    """Words of the source are missing in the target.

    What it does: Marks source words that have no counterpart in the target.

    Why it matters: The reader does not learn what the author wrote, and nothing in the translation shows it.

    Example: "The mayor and her two deputies resigned" became "Die Bürgermeisterin trat zurück": the deputies are gone.

    How it is found: The token vectors of each source word are compared with all those of the target. A run of words
    whose best match is poor is marked, if it is long or poor enough; a target that is short for its source adds to the
    evidence. Near the threshold the finding is minor.
    """

    side = Side.SOURCE
    missing_from = "translation"


@register("MT103", "addition", Category.ADDITION, Severity.MAJOR)
class Addition(_OneSided):
    """Words of the target say something that is not in the source.

    What it does: Marks target words that have no counterpart in the source.

    Why it matters: The translation claims what the author never said.

    Example: "The ferry leaves at noon" became "Die Fähre legt mittags ab und kostet nichts".

    How it is found: The token vectors of each target word are compared with all those of the source. A run of words
    whose best match is poor is marked, if it is long or poor enough; a target that is long for its source adds to the
    evidence. Near the threshold the finding is minor.
    """

    side = Side.TARGET
    missing_from = "source"


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
        count = sum(1 for _ in words(view.source or ""))
        threshold = DETACHED_SHORT if count <= _FEW_WORDS else DETACHED
        sure = count > _IDIOM_WORDS
        for score in scores:
            if score.scorer != SIMILARITY or span is None or score.value >= threshold:
                continue
            yield self.finding(
                view.pair,
                Side.TARGET,
                span,
                f"The translation is about something else than the source (similarity {score.value:.2f})",
                confidence=min(0.98 if sure else 0.6, 0.6 + (threshold - score.value)),
                severity=None if sure else Severity.MAJOR,
                evidence={"similarity": round(score.value, 4), "threshold": threshold},
            )


@register("MT603", "reordered", Category.MISTRANSLATION, Severity.MINOR)
class Reordered(Detector):
    """A sentence of the target stands elsewhere than its source.

    What it does: Marks a target sentence whose source sentence is there, but in another place among the others. One
    finding names both places, instead of a missing and an extra sentence.

    Why it matters: Sentences that refer to the one before them ("this", "he") now refer to something else.

    Example: "Nobody was hurt. Six pumps ran all night." became "Sechs Pumpen liefen die ganze Nacht. Niemand wurde
    verletzt."

    How it is found: Of the sentences that the alignment left alone on either side, those are matched whose vectors are
    close, each being clearly the other's closest, with lengths that fit. Of several sentences that changed places, the
    fewest are marked without which the rest is in order. Freely paraphrased sentences stay missing and extra.
    """

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the target sentence; `source` in the evidence is where its source stands."""
        span, source = view.pair.span(Side.TARGET), view.bitext.source
        for score in scores:
            if score.scorer != ELSEWHERE or score.span is None or span is None or source is None:
                continue
            quote = source.text[score.span.start : score.span.end]
            place: Json = {"start": score.span.start, "end": score.span.end, "quote": quote}
            line = source.position(score.span.start).line
            yield self.finding(
                view.pair,
                Side.TARGET,
                span,
                f"This translates '{shorten(quote)}', which stands elsewhere in the source (line {line})",
                confidence=min(0.95, 0.2 + score.value),
                evidence={"similarity": round(score.value, 4), "source": place},
            )
