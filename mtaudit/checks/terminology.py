"""MT401 and MT403: what the user's glossary says about the words of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Self

from mtaudit.checks._forms import FormSearch
from mtaudit.checks._occurrences import Finder, Occurrence, finder
from mtaudit.checks._tokens import written
from mtaudit.rules import PairCheck, PairView, Resources, register
from mtaudit.taxonomy import Category
from mtaudit.terms import EMPTY, Glossary, Term
from mtaudit.text import is_unspaced
from mtaudit.types import Finding, Json, Severity, Side, Span

#: Languages that put no case endings on names but a genitive s.
_BARE_NAMES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "nb", "nn", "ca", "gl"})


@register("MT401", "glossary-term", Category.TERM_RESOURCE, Severity.MAJOR)
class GlossaryTerm(PairCheck):
    """A term of the glossary is translated otherwise.

    What it does: Marks a term of the source for which the target has none of the translations that the glossary allows;
    where the target has one that the glossary forbids, the term left untranslated, or an abbreviation in the wrong
    case, it marks that. Nothing is reported without a glossary (`--glossary`).

    Why it matters: Who decided on a term wants to find it: in a contract, in a menu, in the search of a help page.

    Example: The glossary has "interest rate = Zinssatz", and "The interest rate rose." became "Die Zinsquote stieg."

    How it is found: In the source a term counts when its words stand there in any form of theirs, next to each other,
    and not in a name; of two that overlap the longer one. In the target much is let pass: every inflected form
    (lemmas of simplemma, Snowball's stems), compounds ("Leitzinssatz"), the words of a term apart or in another order,
    verbs whose prefix stands behind. One occurrence in the pair is enough, since the second may well be a pronoun.
    """

    def __init__(self, glossary: Glossary = EMPTY) -> None:
        self._glossary = glossary

    @classmethod
    def made(cls, resources: Resources) -> Self:
        """The check with the user's glossary."""
        return cls(resources.glossary)

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield at most one finding for each term that the source has, more for forbidden forms."""
        if view.source is None or view.target is None or not self._glossary.terms:
            return
        search = FormSearch(view.target, view.language(Side.TARGET))
        by_term: dict[Term, list[Occurrence]] = {}
        for one in self._finder(view).find(view.source):
            by_term.setdefault(one.term, []).append(one)
        for term, found in by_term.items():
            yield from self._judged(view, term, found, search)

    def _finder(self, view: PairView) -> Finder:
        return finder(self._glossary, view.language(Side.SOURCE), view.language(Side.TARGET))

    def _judged(self, view: PairView, term: Term, found: list[Occurrence], search: FormSearch) -> Iterator[Finding]:
        translated = any(search.has(form, case_sensitive=term.case_sensitive) for form in term.allowed)
        forbidden = _forbidden(term, search)
        # Beside the right form the other one may be the translation of something else.
        if forbidden and (not translated or len(found) > 1):
            for span in forbidden:
                yield self._wrong(view, term, found[0], span, "is not to be used for")
        elif term.allowed and not translated:
            yield from self._missing(view, term, found[0], search)

    def _missing(self, view: PairView, term: Term, found: Occurrence, search: FormSearch) -> Iterator[Finding]:
        others = (span for form in term.allowed if (span := search.in_other_case(form)) is not None)
        span = next(others, None)
        if span is not None:
            yield self._wrong(view, term, found, span, "is the wrong spelling for")
            return
        quote = (view.source or "")[found.start : found.end]
        span = search.verbatim(quote)
        if span is not None:
            # With a capital that the term does not have it is a name, such as "Columbia University", and may stay.
            if not quote[0].isupper() or term.source[0].isupper():
                yield self._wrong(view, term, found, span, "is left untranslated for")
            return
        yield self._at(view, Side.SOURCE, Span(found.start, found.end), term, found, None)

    def _wrong(self, view: PairView, term: Term, found: Occurrence, span: Span, what: str) -> Finding:
        return self._at(view, Side.TARGET, span, term, found, what)

    def _at(self, view: PairView, side: Side, span: Span, term: Term, found: Occurrence, what: str | None) -> Finding:
        """A finding on the words of the source that lack their translation, or on the wrong words of the target."""
        quote = (view.source or "")[found.start : found.end]
        evidence: dict[str, Json] = {
            "term": term.source,
            "expected": list(term.allowed),
            "source_start": found.start,
            "source_end": found.end,
            "glossary": term.place,
        }
        if term.note:
            evidence["note"] = term.note
        place = f" ({term.place})" if term.place else ""
        expected = f" The glossary has {_either(term.allowed)}{place}" if term.allowed else ""
        if what is None:
            message = f"'{quote}' is not translated as the glossary has it: {_either(term.allowed)}{place}"
        else:
            wrong = (view.target or "")[span.start : span.end]
            subject = f"'{wrong}' is left untranslated" if "untranslated" in what else f"'{wrong}' {what} '{quote}'"
            message = subject + (f":{expected.replace(' The', ' the', 1)}" if expected else f"{place}")
        return self.at(
            view,
            side,
            span.start,
            span.end,
            message,
            confidence=0.8 if what is None else 0.9,
            evidence=evidence,
        )


def _forbidden(term: Term, search: FormSearch) -> list[Span]:
    """Where forms stand that are not to be used, unless they are part of one that is."""
    good = [span for form in term.allowed for span in search.places(form, case_sensitive=term.case_sensitive)]
    found = [span for form in term.forbidden for span in search.places(form, case_sensitive=term.case_sensitive)]
    return [
        span
        for span in dict.fromkeys(found)
        if not any(span.overlaps(other) for other in good)
        and not any(other != span and other.contains(span) for other in found)
    ]


def _either(forms: Iterable[str]) -> str:
    *most, last = (f"'{form}'" for form in forms)
    return f"{', '.join(most)} or {last}" if most else last


@register("MT403", "do-not-translate", Category.DO_NOT_TRANSLATE, Severity.MAJOR)
class DoNotTranslate(PairCheck):
    """A word that must stay as it is was translated, respelt or lost.

    What it does: Marks a word of the source that the user said is not to be translated (`--do-not-translate`, or a
    glossary row with that status) where the target does not have it letter by letter; if the target has it in other
    capitals, it marks that.

    Why it matters: Names of products, commands and keys of a keyboard are found by their exact spelling only.

    Example: With "Edge" not to be translated, "Open it in Edge." became "Öffnen Sie es in Rand."

    How it is found: The word is looked for with its case on both sides; what is longer ("Edgewood") is another word.
    Compounds with a hyphen and a genitive s count as unchanged, and the case endings that Slavic, Baltic and Uralic
    languages, Turkish or Greek put on names too. One occurrence in the target is enough.
    """

    def __init__(self, glossary: Glossary = EMPTY) -> None:
        self._words = tuple(sorted(glossary.verbatim, key=len, reverse=True))

    @classmethod
    def made(cls, resources: Resources) -> Self:
        """The check with the user's words."""
        return cls(resources.glossary)

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield at most one finding for each word that the source has."""
        if view.source is None or view.target is None or not self._words:
            return
        languages = view.language(Side.SOURCE), view.language(Side.TARGET)
        taken: list[Span] = []
        for word in self._words:
            if word not in view.source:
                continue
            found = [Span(*match.span()) for match in kept(word, languages[0]).finditer(view.source)]
            own = [span for span in found if not any(span.overlaps(other) for other in taken)]
            taken += found
            if own and not kept(word, languages[1]).search(view.target):
                yield self._lost(view, word, own[0])

    def _lost(self, view: PairView, word: str, found: Span) -> Finding:
        target = view.target or ""
        unspaced = is_unspaced(view.language(Side.TARGET))
        other = written(word, bounded=not unspaced, ignore_case=True).search(target)
        evidence: dict[str, Json] = {"word": word, "source_start": found.start, "source_end": found.end}
        if other is not None:
            message = f"'{other.group()}' must be spelt '{word}', as the source has it: it is not to be changed"
            return self.at(view, Side.TARGET, *other.span(), message, confidence=0.9, evidence=evidence)
        message = f"'{word}' is not to be translated, and the target does not have it"
        return self.at(view, Side.SOURCE, found.start, found.end, message, confidence=0.85, evidence=evidence)


def kept(word: str, language: str) -> re.Pattern[str]:
    """Finds a word letter by letter, with the endings that a language puts on names."""
    if is_unspaced(language):
        return written(word, bounded=False)
    if not word[-1].isalpha():
        return written(word)
    ending = r"(?:['’]?s|['’])?" if language in _BARE_NAMES else r"['’]?[^\W\d_]{0,4}"
    bare = written(word).pattern.removesuffix(r"(?!\w)")
    return re.compile(bare + ending + r"(?!\w)")


def kept_spans(text: str, verbatim: Iterable[str], language: str) -> tuple[Span, ...]:
    """Where a text in a language has words that are not to be translated; the spans may overlap."""
    return tuple(
        Span(*match.span()) for word in verbatim if word in text for match in kept(word, language).finditer(text)
    )
