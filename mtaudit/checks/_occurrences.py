"""Finds the terms of a glossary in a source text: inflected, the longest where two overlap, and no names.

Here a doubtful occurrence is none: each one that is found asks for its translation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mtaudit.checks._addresses import inside_address
from mtaudit.checks._tokens import Token, is_abbreviation, is_headline, tokens, written
from mtaudit.morphology import lemma
from mtaudit.terms import Glossary, Term
from mtaudit.text import is_unspaced

#: Code, markup and placeholders: what they say is no prose.
_CODE = re.compile(r"`[^`\n]+`|<[^<>\n]+>|\{[^{}\n]*\}|%\([^()\s]+\)[a-z]|\$\w+|--?\w+=\S+")
#: Words of so few capitals are abbreviations ("US", "WHO"); longer ones may be set in capitals, as whole texts are.
_SHORT = 4
#: What stands before an English verb and not before a noun. "To" stands before nouns too ("from bank to bank").
_BEFORE_VERBS = frozenset(
    {"to", "can", "could", "will", "would", "should", "may", "might", "must", "not", "i", "you", "we", "they", "who"}
)
#: Words that end phrasal verbs: a term that ends with one ("log in") may have its verb in any form.
_PARTICLES = frozenset({"in", "out", "on", "off", "up", "down", "over", "back", "away", "through", "around"})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term at `start..end` of a text."""

    term: Term
    start: int
    end: int


@lru_cache(maxsize=4)
def finder(glossary: Glossary, language: str, target_language: str) -> Finder:
    """What finds the terms of a glossary; kept, since one serves all documents of a run."""
    return Finder(glossary.terms, language, target_language)


class Finder:
    """Finds terms in texts of one language."""

    def __init__(self, terms: Iterable[Term], language: str, target_language: str) -> None:
        self._language = language
        self._target_language = target_language
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
                    if self._language == "en" and len(parts) == 1 and at and self._verbal(term, there[at - 1], token):
                        continue
                    yield Occurrence(term, run[0].start, run[-1].end)

    def _is(self, term: Term, parts: tuple[Token, ...], run: tuple[Token, ...], text: str) -> bool:
        """Whether words next to each other are the term's, with nothing but blanks and hyphens between them."""
        between = (text[one.end : two.start] for one, two in pairwise(run))
        if any(re.fullmatch(r"(?:['’]s?)?(?:\s+|[-‑])", gap) is None for gap in between):
            return False
        if inside_address(text, run[0].start, run[-1].end):
            return False
        if not _without_code(text)[run[0].start : run[-1].end].strip():
            return False
        verb = self._is_verb(term) or (len(parts) > 1 and parts[-1].text in _PARTICLES)
        short = 2 if text.isupper() else _SHORT
        same = (self._same(term, part, token, short, verb=verb) for part, token in zip(parts, run, strict=True))
        return all(same)

    def _same(self, term: Term, part: Token, token: Token, short: int, *, verb: bool) -> bool:
        """Whether a word of the text is a form of a word of the term."""
        if is_abbreviation(part.text) or term.case_sensitive:
            return token.text in {part.text, part.text + "s"} or (
                bool(term.case_sensitive) and token.begins and token.text == part.text.capitalize()
            )
        ignored = term.case_sensitive is False
        if not ignored and is_abbreviation(token.text) and (not token.text.isupper() or len(token.text) <= short):
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

    def _is_verb(self, term: Term) -> bool:
        """Whether a term is a verb, as the glossary says or its German translations show by their small letter."""
        if term.part_of_speech or self._target_language != "de":
            return term.is_verb
        return bool(term.allowed) and all(form[0].islower() and form.endswith("n") for form in term.allowed)

    def _verbal(self, term: Term, before: Token, token: Token) -> bool:
        """Whether an English word that may be a noun or a verb is a verb here, and the term a noun: "to market"."""
        if term.part_of_speech:
            noun = term.is_noun
        else:
            noun = self._target_language == "de" and any(form[0].isupper() for form in term.allowed)
        return noun and before.text.casefold() in _BEFORE_VERBS and token.text.casefold() == term.source.casefold()

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
