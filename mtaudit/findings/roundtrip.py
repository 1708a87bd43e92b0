"""Numbers, names and negations that are other ones when the target is translated back: they feed MT106, MT107, MT110.

Source and back-translation are in one language, so the checks of the source's language can compare them whatever the
target's is. But the way back errs too, and most of all with numbers and names. So nothing is reported that the target
itself still shows, nor a word that the translator finds likely where the source has it.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator

from mtaudit.checks.names import Name
from mtaudit.checks.numbers import Number
from mtaudit.checks.quantities import LANGUAGES, quantities
from mtaudit.findings.drift import UNLIKELY, is_witness
from mtaudit.rules import Detector, PairCheck, PairView, contribute
from mtaudit.scorers.backtranslation import SOURCE_LOGPROB
from mtaudit.text import fold, words
from mtaudit.types import Bitext, Document, Finding, Json, OffsetMap, Score, Segment, SegmentPair, Side, Span

_CONFIDENCE = 0.6


class _RoundTrip(Detector):
    """A check of the source's language, run on the source and the back-translation."""

    needs_role = "translator"
    check: type[PairCheck]

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield what the check says of the back-translation, at the target words that the source words became."""
        back = view.back
        if back is None or view.source is None or not is_witness(back, scores):
            return
        start = view.start(Side.SOURCE)
        mirrored = _mirrored(view.source, back.text, view.language(Side.SOURCE))
        check = self.check()
        for found in check.check(mirrored):
            place = _source_place(found)
            if place is None:
                continue  # only the back-translation has it: the translator may have made it up
            quote = view.source[place.start : place.end]
            if self.shows(view, quote) or not _unlikely(scores, place.shift(start)):
                continue
            carried = back.target_span(place.shift(start))
            side, span = (Side.SOURCE, place.shift(start)) if carried is None else (Side.TARGET, carried)
            evidence: dict[str, Json] = {
                "source": {"start": place.start + start, "end": place.end + start, "quote": quote},
                "back_translation": back.text,
            }
            now = back.text[found.span.start : found.span.end] if found.side is Side.TARGET else ""
            then = f"says '{now}'" if now else "lacks it"
            message = f"'{quote}' of the source: the target, translated back, {then}"
            yield self.finding(view.pair, side, span, message, confidence=_CONFIDENCE, evidence=evidence)

    @abstractmethod
    def shows(self, view: PairView, quote: str) -> bool:
        """Whether the target itself has what the source has."""


@contribute("MT106")
class NumberRoundTrip(_RoundTrip):
    """Numbers of the source that are other ones when the target is translated back."""

    check = Number

    def shows(self, view: PairView, quote: str) -> bool:
        """Whether a number of the target can have the value."""
        own = {value for number in quantities(quote, view.language(Side.SOURCE)) for value in number.readings}
        language = view.language(Side.TARGET)
        # Of a language without a lexicon the figures alone are read; they are the same in all.
        target = quantities(view.target or "", language if language in LANGUAGES else "en")
        return any(own & number.readings for number in target)


@contribute("MT107")
class NameRoundTrip(_RoundTrip):
    """Countries and people of the source that are other ones when the target is translated back."""

    check = Name

    def shows(self, view: PairView, quote: str) -> bool:
        """Whether the target has a word of the name as it is written in the source."""
        there = {fold(word.text) for word in words(view.target or "")}
        return any(fold(word.text) in there for word in words(quote))


#: Words that deny what the sentence says, by language.
_NEGATIONS = {
    "en": re.compile(r"(?i)\b(?:not|no|never|nobody|nothing|none|nowhere|neither|nor|cannot|without)\b|n[’']t\b"),
    "de": re.compile(r"(?i)\b(?:nicht|kein\w*|nie|niemals|niemand\w*|nichts|nirgend\w*|weder|ohne)\b"),
    "fr": re.compile(r"(?i)\b(?:ne|jamais|rien|personne|aucune?|ni|sans|non|pas)\b|\bn[’']"),
    "es": re.compile(r"(?i)\b(?:no|nunca|jamás|nadie|nada|ningún|ninguna?|ni|sin|tampoco)\b"),
}
#: Words that can say the same without one of these: "impossible", "failed to", "refused", "hardly".
_NEGATIVE = {
    "en": re.compile(
        r"(?i)\b(?:(?:un|im|in|il|ir|dis|non)[a-z]{3,}|[a-z]+less|fail\w*|refus\w*|den(?:y|ied|ies)|lack\w*|hardly|barely|"
        r"scarcely|rarely|seldom|few|little|avoid\w*|prevent\w*|refrain\w*|reject\w*|stop\w*|miss\w*|only|free|far|"
        r"unless|until|except|instead|rather|ban\w*|forb\w*|absen\w*|out|off|short)\b"
    ),
    "de": re.compile(
        r"(?i)\b(?:un\w{3,}|in\w{4,}|im\w{4,}|\w+los(?:e[nrsm]?)?|\w*frei\w*|verweiger\w*|weiger\w*|leugn\w*|fehl\w*|kaum|"
        r"selten|wenig\w*|verhinder\w*|ablehn\w*|abgelehnt|miss\w*|nur|erst|statt|außer|verb[io]\w*|mangel\w*)\b"
    ),
    "fr": re.compile(r"(?i)\b(?:im\w{3,}|in\w{3,}|ir\w{3,}|dé\w{3,}|refus\w*|manqu\w*|peu|rarement|seulement|sauf)\b"),
    "es": re.compile(r"(?i)\b(?:im\w{3,}|in\w{3,}|des\w{3,}|neg\w*|falt\w*|poco\w*|apenas|solo|sólo|salvo|dej\w*)\b"),
}


@contribute("MT110")
class NegationRoundTrip(Detector):
    """A negation of the source that is not there any more when the target is translated back.

    The negations of both texts are compared in the source's language. Words that can deny without a negation ("failed",
    "impossible") count as one. The translator, made to write the source, must find its negation very unlikely.
    """

    needs_role = "translator"

    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield the negation of the source where the back-translation has none."""
        back, language = view.back, view.language(Side.SOURCE)
        if back is None or view.source is None or language not in _NEGATIONS or not is_witness(back, scores):
            return
        if _NEGATIONS[language].search(back.text) or _NEGATIVE[language].search(back.text):
            return
        start = view.start(Side.SOURCE)
        for match in _NEGATIONS[language].finditer(view.source):
            span = Span(match.start(), match.end()).shift(start)
            if not _unlikely(scores, span):
                continue
            yield self.finding(
                view.pair,
                Side.SOURCE,
                span,
                f"'{match.group()}' of the source: the target, translated back, denies nothing",
                confidence=_CONFIDENCE,
                evidence={"back_translation": back.text},
            )
            return


def _mirrored(source: str, back: str, language: str) -> PairView:
    """Source and back-translation as a pair of their own, both in the source's language."""
    documents = [Document("<text>", language, text, OffsetMap.identity(text)) for text in (source, back)]
    sides = [(Segment(0, Span(0, len(one.text)), one.text),) for one in documents]
    pair = SegmentPair(0, sides[0], sides[1])
    return PairView.of(Bitext(documents[0], documents[1], (pair,)), pair)


def _source_place(found: Finding) -> Span | None:
    """Where the source has what a check of the mirrored pair reports; None where it has nothing."""
    if found.side is Side.SOURCE:
        return found.span
    start, end = found.evidence.get("source_start"), found.evidence.get("source_end")
    return Span(start, end) if isinstance(start, int) and isinstance(end, int) else None


def _unlikely(scores: tuple[Score, ...], span: Span) -> bool:
    """Whether the translator finds one of the words at `span` (in the source document) very unlikely."""
    return any(
        score.value < UNLIKELY
        for score in scores
        if score.scorer == SOURCE_LOGPROB and score.side is Side.SOURCE and score.span and score.span.overlaps(span)
    )
