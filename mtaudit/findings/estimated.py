"""Names what the estimator holds wrong: omission, addition, untranslated words, mistranslation, or wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from mtaudit.findings.lostnames import lost_names
from mtaudit.findings.wrongwords import REPORTED, JudgedWord, WrongWords, judged_words, wrong_words
from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.rules import Detector, PairView, contribute, register
from mtaudit.scorers.embedding import COUNTERPART
from mtaudit.taxonomy import Category
from mtaudit.text import fold, shorten, words
from mtaudit.types import Finding, Json, Score, Severity, Side, Span

#: From this share on an error counts as major.
MAJOR_SHARE = 0.5
#: Confidence from which a word counts as exchanged for a name that was lost.
EXCHANGED = 0.5 * REPORTED
#: Mean counterpart score below which words count as said by nothing on the other side.
LONELY = 0.35


@dataclass(frozen=True, slots=True)
class _Named:
    """What to call a span: the rule, the severity, and the sentence that says so."""

    rule: str
    severity: Severity
    message: str


class _Estimated(Detector):
    """Reports those of the estimator's spans that its rule fits."""

    needs_role = "estimator"

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield a finding for every span of words that is likely wrong, and wrong in the way of this rule."""
        for side in Side:
            for found in wrong_words(view, side, scores):
                partners = _partners(found, scores)
                named = _omission(view, found) if side is Side.SOURCE else _name(view, found, partners, scores)
                if named.rule == self.rule.id:
                    yield self.finding(
                        view.pair,
                        side,
                        found.span,
                        named.message,
                        confidence=round(found.confidence, 4),
                        severity=named.severity,
                        evidence=_evidence(view, found, partners),
                    )


@register("MT205", "unlikely-wording", Category.GRAMMAR, Severity.MINOR)
class UnlikelyWording(_Estimated):
    """A reader would stumble over these words: grammar, word choice or order.

    What it does: Marks target words that the estimator holds wrong, but not gravely.

    Why it matters: The meaning comes through, and the reader notices that nobody has read the text.

    Example: "They have the doors closed" became "Sie haben geschlossen die Türen".

    How it is found: The estimator reads source and target together and gives every word the probability that a
    translator would mark it. Words that are likely wrong are joined to spans. The same model is a witness for MT101,
    MT102, MT103 and MT104: source words that the target does not say are omissions; target words are untranslated
    where they stand in the source as they are, additions where nothing in the source corresponds to them, and
    mistranslations otherwise.
    """


@contribute("MT101")
class EstimatedMistranslation(_Estimated):
    """Words that say something else than the source."""


@contribute("MT107")
class EstimatedName(Detector):
    """Another name in the place of one that the target does not have: two reasons that together are enough.

    A word need be only half as sure to be wrong as one that is reported by itself (chosen on the 2022 dev pairs).
    """

    needs_role = "estimator"

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the suspect capitalised words of the target, as many as names were lost, the surest first."""
        if view.source is None or view.target is None:
            return
        lost = list(lost_names(view.source, view.target, (view.language(Side.SOURCE), view.language(Side.TARGET))))
        if not lost:
            return
        there = {fold(word.text) for word in words(view.source)}
        own = FUNCTION_WORDS.get(view.language(Side.TARGET), frozenset())
        suspects = [
            word
            for word in judged_words(Side.TARGET, scores)
            if word.confidence >= EXCHANGED
            and _is_strange_name(_quote(view, Side.TARGET, word.span), there)
            and _quote(view, Side.TARGET, word.span).lower() not in own
        ]
        for word in sorted(suspects, key=lambda one: -one.confidence)[: len(lost)]:
            was = _nearest(view, word, lost, scores)
            lost.remove(was)
            quote = view.source[was.start : was.end]
            yield self.finding(
                view.pair,
                Side.TARGET,
                word.span,
                f"The name '{quote}' of the source became '{_quote(view, Side.TARGET, word.span)}'",
                confidence=round(REPORTED + (0.95 - REPORTED) * word.confidence, 4),
                evidence={
                    "source": quote,
                    "source_start": was.start,
                    "source_end": was.end,
                    "estimator": _told(word.wrong, word.planted),
                },
            )


def _is_strange_name(word: str, there: Set[str]) -> bool:
    return len(word) > 2 and word[0].isupper() and not word.isupper() and fold(word) not in there


def _nearest(view: PairView, word: JudgedWord, lost: Sequence[Span], scores: Sequence[Score]) -> Span:
    """The lost name that the embedder holds to be the word's counterpart, else the one at a like place."""
    start = view.start(Side.SOURCE)
    partners = [s.partner for s in scores if s.scorer == COUNTERPART and s.span == word.span and s.partner]
    for span in lost:
        if any(span.shift(start).overlaps(partner) for partner in partners):
            return span
    share = (word.span.start - view.start(Side.TARGET)) / max(1, len(view.target or ""))
    return min(lost, key=lambda span: abs(span.start / max(1, len(view.source or "")) - share))


@contribute("MT102")
class EstimatedOmission(_Estimated):
    """Words of the source that the target does not say."""


@contribute("MT103")
class EstimatedAddition(_Estimated):
    """Words to which nothing in the source corresponds."""


@contribute("MT104")
class EstimatedUntranslated(_Estimated):
    """Words that stand in the source as they are."""


def _quote(view: PairView, side: Side, span: Span) -> str:
    document = view.bitext.document(side)
    return document.text[span.start : span.end] if document else ""


def _severity(found: WrongWords) -> Severity:
    return Severity.MAJOR if found.major_share >= MAJOR_SHARE else Severity.MINOR


def _omission(view: PairView, found: WrongWords) -> _Named:
    quoted = shorten(_quote(view, Side.SOURCE, found.span))
    return _Named("MT102", _severity(found), f"'{quoted}' has no counterpart in the translation")


def _name(view: PairView, found: WrongWords, partners: Sequence[Span], scores: Sequence[Score]) -> _Named:
    """The rule for target words."""
    quote = _quote(view, Side.TARGET, found.span)
    shown, severity = shorten(quote), _severity(found)
    if _stands_in_source(view, quote):
        return _Named("MT104", severity, f"'{shown}' stands in the source as it is: it was not translated")
    if severity is Severity.MINOR:
        return _Named("MT205", severity, f"A reader would stumble over '{shown}'")
    matched = [s.value for s in scores if s.scorer == COUNTERPART and s.side is Side.TARGET and _within(s, found.span)]
    if matched and sum(matched) / len(matched) < LONELY:
        return _Named("MT103", severity, f"'{shown}' has no counterpart in the source")
    if not partners:
        return _Named("MT101", severity, f"'{shown}' does not say what the source says")
    meant = shorten(" … ".join(_quote(view, Side.SOURCE, span) for span in partners))
    return _Named("MT101", severity, f"'{shown}' does not say what the source says there: '{meant}'")


def _within(score: Score, span: Span) -> bool:
    return score.span is not None and span.contains(score.span)


def _stands_in_source(view: PairView, quote: str) -> bool:
    """Whether the words stand in the source in the same order, and are words of its language, not names or numbers."""
    own = FUNCTION_WORDS.get(view.language(Side.TARGET), frozenset())
    found = [word.text for word in words(quote)]
    there = [fold(word.text) for word in words(view.source or "")]
    same = [fold(word) for word in found]
    if not same or not any(there[at : at + len(same)] == same for at in range(len(there))):
        return False
    return any(word[0].islower() and len(word) > 2 and word.lower() not in own for word in found)


def _partners(found: WrongWords, scores: Sequence[Score]) -> tuple[Span, ...]:
    """The words of the other side that match the span's words, neighbours joined, in their order."""
    spans = sorted(
        {
            s.partner
            for s in scores
            if s.scorer == COUNTERPART and s.side is found.side and _within(s, found.span) and s.partner
        }
    )
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= 1:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _told(wrong: float, planted: float | None) -> dict[str, Json]:
    """What the estimator said of a word: by people's marks and, where it says so, by planted errors."""
    told: dict[str, Json] = {"wrong": round(wrong, 4)}
    if planted is not None:
        told["planted"] = round(planted, 4)
    return told


def _evidence(view: PairView, found: WrongWords, partners: Sequence[Span]) -> dict[str, Json]:
    other = found.side.other
    told = _told(found.probability, found.planted) | {"major_share": round(found.major_share, 4)}
    evidence: dict[str, Json] = {"estimator": told}
    if partners:
        evidence["counterparts"] = [
            {"side": other.value, "start": span.start, "end": span.end, "quote": _quote(view, other, span)}
            for span in partners
        ]
    return evidence
