"""Finds the terms of a glossary in a source text: inflected, the longest where two overlap, and no names.

Here a doubtful occurrence is none: each one that is found asks for its translation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtaudit.checks._addresses import inside_address
from mtaudit.checks._tokens import Token, is_abbreviation, is_headline, tokens, written
from mtaudit.morphology import lemma
from mtaudit.terms import Glossary, Term
from mtaudit.text import is_unspaced

#: Code, markup and placeholders: what they say is no prose.
_CODE = re.compile(r"`[^`\n]+`|<[^<>\n]+>|\{[^{}\n]*\}|%\([^()\s]+\)[a-z]|\$\w+|--?\w+=\S+")
#: Words of so few capitals are abbreviations ("US"), longer ones may be set in capitals.
_SHORT = 4
#: Words that end phrasal verbs: a term that ends with one ("log in") may have its verb in any form.
_PARTICLES = frozenset("in out on off up down over back away through around".split())


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term at `start..end` of a text."""

    term: Term
    start: int
    end: int


@lru_cache(maxsize=4)
def finder(glossary: Glossary, language: str) -> Finder:
    """What finds the terms of a glossary; kept, since one serves all documents of a run."""
    return Finder(glossary.terms, language)


class Finder:
    """Finds terms in texts of one language."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._language = language
        self._unspaced = is_unspaced(language)
        terms = tuple(terms)
        self._by_first: dict[str, list[tuple[Term, tuple[Token, ...]]]] = defaultdict(list)
        self._as_written: list[tuple[Term, re.Pattern[str]]] = []
        lower = sum(term.source[:1].islower() for term in terms)
        # Where a list writes most terms with a capital, the capital means nothing.
        self._capitals_count = language == "de" or 2 * lower > len(terms)
        for term in terms:
            parts = tokens(term.source)
            if self._unspaced or not parts or re.search(r"[^\w\s'’‑-]", term.source):
                self._as_written.append((term, _as_written(term, bounded=not self._unspaced)))
            else:
                for key in {parts[0].text.casefold(), lemma(parts[0].text, language)}:
                    self._by_first[key].append((term, parts))

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """The terms that a text has, in order; addresses, code and placeholders are not looked at."""
        found = sorted(self._all(text), key=lambda one: (one.start - one.end, one.start))
        kept: list[Occurrence] = []
        for one in found:
            if not any(one.start < other.end and other.start < one.end for other in kept):
                kept.append(one)
        return tuple(sorted(kept, key=lambda one: one.start))

    def _all(self, text: str) -> Iterator[Occurrence]:
        for term, pattern in self._as_written:
            for match in pattern.finditer(text):
                yield Occurrence(term, match.start(), match.end())
        there = tokens(text)
        headline = is_headline(there)
        for at, token in enumerate(there):
            candidates = dict.fromkeys(
                entry
                for key in {token.text.casefold(), lemma(token.text, self._language)}
                for entry in self._by_first.get(key, ())
            )
            for term, parts in candidates:
                run = there[at : at + len(parts)]
                if len(run) == len(parts) and self._is(term, parts, run, text):
                    if not headline and self._in_name(parts, at, there):
                        continue
                    yield Occurrence(term, run[0].start, run[-1].end)

    def _is(self, term: Term, parts: tuple[Token, ...], run: tuple[Token, ...], text: str) -> bool:
        """Whether words next to each other are the term's, with nothing but blanks and hyphens between them."""
        between = (text[one.end : two.start] for one, two in zip(run, run[1:], strict=False))
        if any(re.fullmatch(r"(?:['’]s?)?(?:\s+|[-‑])", gap) is None for gap in between):
            return False
        if inside_address(text, run[0].start, run[-1].end):
            return False
        if not _without_code(text)[run[0].start : run[-1].end].strip():
            return False
        verb = term.is_verb or (len(parts) > 1 and parts[-1].text in _PARTICLES)
        return all(self._same(term, part, token, verb=verb) for part, token in zip(parts, run, strict=True))

    def _same(self, term: Term, part: Token, token: Token, *, verb: bool) -> bool:
        """Whether a word of the text is a form of a word of the term."""
        if is_abbreviation(part.text) or term.case_sensitive:
            return token.text in {part.text, part.text + "s"} or (
                bool(term.case_sensitive) and token.begins and token.text == part.text.capitalize()
            )
        if is_abbreviation(token.text) and (not token.text.isupper() or len(token.text) <= _SHORT):
            return False
        if not self._case_fits(term, part, token):
            return False
        word, wanted = token.text.casefold(), part.text.casefold()
        if word == wanted:
            return True
        if lemma(token.text, self._language) not in {wanted, lemma(part.text, self._language)}:
            return False
        # "Rated" and "rating" are no "rate": English verbs look like nouns, and only the glossary knows which it means.
        verbal = word.endswith(("ed", "ing")) and not wanted.endswith(("ed", "ing"))
        return verb or self._language != "en" or not verbal

    def _case_fits(self, term: Term, part: Token, token: Token) -> bool:
        if term.case_sensitive is False or token.begins or token.text.isupper():
            return True
        if self._language == "de":
            return part.capital == token.capital
        # "Windows" is no kind of "windows"; but "Interest rate" is a list's way of writing.
        single = " " not in term.source
        return token.capital or not (part.capital and single and self._capitals_count)

    def _in_name(self, parts: tuple[Token, ...], at: int, there: tuple[Token, ...]) -> bool:
        """Whether the words stand in a name, as "bank" does in "Deutsche Bank"; German has capitals anyway."""
        if self._language == "de" or any(part.capital for part in parts):
            return False
        run = there[at : at + len(parts)]
        if not any(_named(token) for token in run):
            return False
        neighbours = (*there[max(0, at - 1) : at], *there[at + len(parts) : at + len(parts) + 1])
        return len(parts) == 1 or any(_named(token) for token in neighbours)


def _named(token: Token) -> bool:
    """Whether a word has a capital that no sentence gave it."""
    return token.capital and not token.begins and not token.text.isupper()


@lru_cache(maxsize=256)
def _without_code(text: str) -> str:
    return _CODE.sub(lambda match: " " * len(match.group()), text)


def _as_written(term: Term, *, bounded: bool) -> re.Pattern[str]:
    """A term as it is written, for languages without blanks and for terms with signs such as "C++"."""
    cased = term.case_sensitive or (term.case_sensitive is None and any(map(is_abbreviation, term.source.split())))
    return written(term.source, bounded=bounded, ignore_case=not cased)
