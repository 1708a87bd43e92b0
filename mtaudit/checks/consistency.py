"""MT402: one term of the source and several translations of it, in a document or across those of a content set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from mtaudit.checks._compounds import is_part
from mtaudit.checks._forms import FormSearch
from mtaudit.checks._occurrences import finder
from mtaudit.checks._variants import Pair, variants
from mtaudit.morphology import keys
from mtaudit.rules import DocumentCheck, DocumentView, PairView, Resources, register
from mtaudit.taxonomy import Category
from mtaudit.terms import EMPTY, Glossary, Term
from mtaudit.types import Finding, Json, Severity, Side, Span

#: Pairs that must have a glossary's other translation before one is the odd one.
_USUAL = 3


@register("MT402", "inconsistent-term", Category.TERMINOLOGY, Severity.MINOR)
class InconsistentTerm(DocumentCheck):
    """A term is translated in one way mostly, and in another way here.

    What it does: Marks the odd translation of a term that has a usual one in the document. With a glossary those are
    its terms with several allowed translations; without one, terms of two or three words that show themselves by their
    translation. `mtaudit check` compares all documents of a content set.

    Why it matters: Readers take two names for two things.

    Example: "Waiting period" is "Wartedauer" six times, and "Wartezeit" once.

    How it is found: A glossary's term needs three pairs with one translation; pairs with both, and translations of
    which one contains the other ("Regierung", "Bundesregierung") or is its feminine, do not count. Without a glossary
    the source words must stand in four pairs, and in three of them one target word that hardly stands elsewhere. The
    odd translation must share a part with it, or be the source words themselves, or be the only new word of two pairs;
    parts of longer terms are left out. So few are seen, and nearly all of these are there: in 8,107 pairs of 585
    documents by human translators four were reported, all of them two names for one thing.
    """

    def __init__(self, glossary: Glossary = EMPTY) -> None:
        self._glossary = glossary

    @classmethod
    def made(cls, resources: Resources) -> Self:
        """The check with the user's glossary."""
        return cls(resources.glossary)

    def check(self, view: DocumentView) -> Iterator[Finding]:
        """Yield one finding for each odd translation in the document."""
        for _, finding in self.across([view]):
            yield finding

    def across(self, views: Sequence[DocumentView]) -> Iterator[tuple[int, Finding]]:
        """Yield the odd translations in documents of the same two languages, each with the number of its document."""
        places = [
            _Place(number, PairView.of(view.bitext, pair))
            for number, view in enumerate(views)
            for pair in view.pairs
            if pair.source and pair.target
        ]
        if not places:
            return
        languages = places[0].view.language(Side.SOURCE), places[0].view.language(Side.TARGET)
        told: set[tuple[int, Span]] = set()
        for use in self._glossary_uses(places, languages):
            told.add((use.place, use.span))
            yield places[use.place].document, self._finding(places[use.place].view, use)
        pairs = [Pair(place.view.source or "", place.view.target or "") for place in places]
        known = finder(self._glossary, *languages)
        for variant in variants(pairs, languages):
            covered = any(
                variant.term in (found.term.source, pairs[variant.pair].source[found.start : found.end])
                for found in known.find(pairs[variant.pair].source)
            )
            if covered or any(at == variant.pair and span.overlaps(variant.span) for at, span in told):
                continue
            confidence = 0.65 if variant.others == 1 else 0.6
            use = _Use(variant.pair, variant.span, variant.term, variant.usual, variant.used, variant.count, confidence)
            yield places[use.place].document, self._finding(places[use.place].view, use)

    def _finding(self, view: PairView, use: _Use) -> Finding:
        times = "once" if use.count == 1 else f"{use.count} times"
        if use.used == use.term:
            message = f"'{use.term}' is left as it is here, and translated with '{use.usual}' {times} elsewhere"
        else:
            message = f"'{use.term}' is translated with '{use.used}' here, and with '{use.usual}' {times} elsewhere"
        evidence: dict[str, Json] = {"term": use.term, "used": use.used, "usual": use.usual, "count": use.count}
        span = use.span.shift(view.start(Side.TARGET))
        return self.finding(view.pair, Side.TARGET, span, message, confidence=use.confidence, evidence=evidence)

    def _glossary_uses(self, places: Sequence[_Place], languages: tuple[str, str]) -> Iterator[_Use]:
        """The places where a term of the glossary has another of its translations than mostly."""
        several = [term for term in self._glossary.terms if len(term.allowed) > 1]
        if not several:
            return
        found: dict[Term, dict[str, list[tuple[int, Span]]]] = defaultdict(lambda: defaultdict(list))
        for at, place in enumerate(places):
            source, target = place.view.source or "", place.view.target or ""
            for term in {one.term for one in finder(self._glossary, *languages).find(source)}:
                if len(term.allowed) > 1:
                    used = _used(term, target, languages[1])
                    if used is not None:
                        found[term][used[0]].append((at, used[1]))
        for term in several:
            yield from _odd_ones(term, found.get(term, {}), places, languages[1])


@dataclass(frozen=True, slots=True)
class _Place:
    """A pair that has both sides, and the number of its document."""

    document: int
    view: PairView


@dataclass(frozen=True, slots=True)
class _Use:
    """What is odd: the place, the words of its target, the term, what is usual and how often, and what is here."""

    place: int
    span: Span
    term: str
    usual: str
    used: str
    count: int
    confidence: float


def _used(term: Term, target: str, language: str) -> tuple[str, Span] | None:
    """The one translation of a term that a target has, and where; None if it has none, or several."""
    search = FormSearch(target, language)
    there = [form for form in term.allowed if search.has(form, case_sensitive=term.case_sensitive)]
    # Of "Klinik" and "Universitätsklinik" the longer one is meant, where both are found.
    there = [form for form in there if not any(form != other and _akin(form, other, language) for other in there)]
    spans = search.places(there[0], case_sensitive=term.case_sensitive) if len(there) == 1 else ()
    return (there[0], spans[0]) if spans else None


def _akin(one: str, two: str, language: str) -> bool:
    """Whether one translation is a shorter, longer or feminine form of the other, which no reader takes for another."""
    if one.casefold() in two.casefold() or two.casefold() in one.casefold():
        return True
    if keys(one, language) & keys(two, language):
        return True
    return is_part(one, two, language) or is_part(two, one, language)


def _odd_ones(
    term: Term, uses: dict[str, list[tuple[int, Span]]], places: Sequence[_Place], language: str
) -> Iterator[_Use]:
    if len(uses) < 2:
        return
    usual = max(uses, key=lambda form: (len(uses[form]), -term.allowed.index(form)))
    count = len(uses[usual])
    for form, odd in uses.items():
        if count < _USUAL or form == usual or _akin(form, usual, language):
            continue
        for at, span in odd:
            used = (places[at].view.target or "")[span.start : span.end]
            yield _Use(at, span, term.source, usual, used, count, 0.6)
