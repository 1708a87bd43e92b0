"""MT112: turns the scores of the back-translation into findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.rules import Detector, PairView, register
from mtaudit.scorers.backtranslation import KEPT, SAME, SIMILARITY, SOURCE_LOGPROB
from mtaudit.scorers.embedding import SIMILARITY as DIRECT_SIMILARITY
from mtaudit.taxonomy import Category
from mtaudit.text import shorten
from mtaudit.types import BackTranslation, Finding, Json, Score, Severity, Side, Span

# No translator of quality was at hand to choose these on. They are set so that a single word is reported where the
# translator gives it less than one chance in 1,800, and a word that it finds likelier than one in 150 never counts.

#: A word that the translator gives more than this log-probability where the source has it is one that the target can
#: mean: then the back-translation has only chosen another one.
UNLIKELY = -5.0
#: From this log-probability on down a lost word counts in full.
VERY_UNLIKELY = -10.0
#: Evidence from which a run of lost words is reported; a word that counts in full has 1.
THRESHOLD = 0.5

#: A back-translation that is so much less like the source than the target is has lost what the target says: then the
#: translator is no witness. (Within one language texts lie closer together than across two, so 0 would do as a rule.)
GAP = 0.15
#: A source that the translator finds so unlikely on the mean over its pieces is wholly strange to it: either the target
#: is about something else, which MT111 says, or the translator does not know such texts. No word can be blamed.
HOPELESS = -3.5


def is_witness(back: BackTranslation | None, scores: Sequence[Score]) -> bool:
    """Whether a back-translation is fit to say something of single words."""
    if back is None or not back.whole:
        return False
    values = {score.scorer: score.value for score in scores if score.span is None}
    if values.get(SOURCE_LOGPROB, 0.0) < HOPELESS:
        return False
    direct, returned = values.get(DIRECT_SIMILARITY), values.get(SIMILARITY)
    return direct is None or returned is None or returned >= direct - GAP


@dataclass(frozen=True, slots=True)
class Drift:
    """Neighbouring words of the source that the target does not say: their span, and how much speaks for it."""

    span: Span
    evidence: float
    words: int


def drifts(view: PairView, scores: Sequence[Score]) -> list[Drift]:
    """The runs of source words that the back-translation lost and the translator does not find in the target."""
    text, place = view.source, view.pair.span(Side.SOURCE)
    if text is None or place is None:
        return []
    likely = {s.span: s.value for s in scores if s.scorer == SOURCE_LOGPROB and s.side is Side.SOURCE and s.span}
    function_words = FUNCTION_WORDS.get(view.language(Side.SOURCE), frozenset())
    found: list[Drift] = []
    unbroken = False
    for score in scores:
        if score.scorer != KEPT or score.side is not Side.SOURCE or score.span is None:
            continue
        word = text[score.span.start - place.start : score.span.end - place.start]
        if word.lower() in function_words:
            continue  # neither begins a run nor ends it: "refused the entry"
        evidence = 0.0 if score.value >= SAME else _evidence(likely.get(score.span, 0.0))
        if evidence <= 0:
            unbroken = False
        elif unbroken:
            last = found[-1]
            found[-1] = Drift(Span(last.span.start, score.span.end), last.evidence + evidence, last.words + 1)
        else:
            found.append(Drift(score.span, evidence, 1))
            unbroken = True
    return [run for run in found if run.evidence >= THRESHOLD]


def _evidence(logprob: float) -> float:
    """From 0 to 1: how surely a word that the back-translation does not have is none that the target can mean."""
    return min(1.0, max(0.0, (UNLIKELY - logprob) / (UNLIKELY - VERY_UNLIKELY)))


@register("MT112", "meaning-drift", Category.MISTRANSLATION, Severity.MAJOR)
class MeaningDrift(Detector):
    """Translated back, the target says something else than the source.

    What it does: Marks target words whose source words are lost or changed when the target is translated back.

    Why it matters: A wrong word that fits its sentence is found neither by reading the translation nor by its form.

    Example: "The neighbours refused to talk" became "Die Nachbarn leugneten zu reden"; translated back, the neighbours
    denied.

    How it is found: A translator of the other direction translates the target back. A source word counts as lost if
    no word of the back-translation is the same (or has nearly its token vector), and if the translator, made to write
    the source itself, finds the word very unlikely there: so a paraphrase does not count. Word alignment carries the
    place over to the target. Where the translator broke off, or lost what the target says, nothing is reported.
    """

    needs_role = "translator"

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the target words that each run of lost source words became; the source words where none is linked."""
        back = view.back
        if back is None or not is_witness(back, scores):
            return
        for run in drifts(view, scores):
            quote = _quote(view, Side.SOURCE, run.span)
            carried = back.target_span(run.span)
            side, span = (Side.SOURCE, run.span) if carried is None else (Side.TARGET, carried)
            message = f"'{shorten(quote)}' of the source is lost when the target is translated back"
            if changed := _changed(back):
                message += f", which then says '{shorten(changed)}'"
            evidence: dict[str, Json] = {
                "drift": round(run.evidence, 3),
                "source": {"start": run.span.start, "end": run.span.end, "quote": quote},
                "back_translation": back.text,
            }
            if back.cut_sentences:
                evidence["cut_sentences"] = back.cut_sentences
            yield self.finding(
                view.pair, side, span, message, confidence=min(0.85, 0.4 + 0.3 * run.evidence), evidence=evidence
            )


def _changed(back: BackTranslation) -> str:
    """The words of the back-translation that say something else, with an ellipsis where others stand between them."""
    shown, reached = "", None
    for span in back.changes:
        if reached is not None:
            shown += " " if not back.text[reached : span.start].strip() else " … "
        shown += back.text[span.start : span.end]
        reached = span.end
    return shown


def _quote(view: PairView, side: Side, span: Span) -> str:
    document = view.bitext.document(side)
    return document.text[span.start : span.end] if document else ""
