"""Looks for the translation of a term in a target text, in two ways.

`has` is generous: inflected forms, compounds, words in another order, separated verbs. It answers whether the term may
be there, and a doubtful form counts as being there. `places` is strict: it says where a form stands that is not to be
used, and a doubtful one counts as something else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from mtaudit.checks._compounds import LANGUAGES as COMPOUNDING
from mtaudit.checks._compounds import is_part
from mtaudit.checks._tokens import Token, is_abbreviation, tokens, written
from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.morphology import has_lemmas, keys, lemma
from mtaudit.text import fold, is_unspaced
from mtaudit.types import Span

#: How many words more than the term has may lie between its first and its last word.
_APART = 8
#: Prefixes that German and Dutch verbs leave at the end of the clause. Duden, Die Grammatik, "trennbare Verben".
_SEPARABLE = {
    "de": (
        "zurück zusammen herunter hinunter herauf hinauf heraus hinaus herein hinein wieder weiter nieder voran vorbei"
        " bereit fertig bekannt statt teil fest frei hoch nach weg los fort ein ab an auf aus bei dar mit um vor zu"
        " her hin durch über unter"
    ),
    "nl": "terug samen voor door over weg mee toe aan af bij in na om op uit neer vast",
}
#: The second half of "Haupt- und Nebeneingang" comes this many words behind the hyphen at most.
_ELLIPSIS = 3
#: Letters of the half of a compound that another one gives away.
_HALF = 3
#: Letters that two words share from their beginning before a rich ending, where no list knows the forms.
_SHARED = 4


class FormSearch:
    """A target text that forms are looked for in."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._tokens = tokens(text)
        self._unspaced = is_unspaced(language)
        self._rich = language not in {"en", "de"}  # the two whose endings lemmas and stems know well enough

    def has(self, form: str, *, case_sensitive: bool | None = None) -> bool:
        """Whether the text may well have a form, inflected, in a compound, or with its words apart."""
        parts = tokens(form)
        if self._unspaced or not parts or re.search(r"[^\w\s'’‑,.()-]", form):
            return self._written(form, cased=bool(case_sensitive)) is not None
        own = FUNCTION_WORDS.get(self._language, frozenset())
        content = [part for part in parts if part.text.casefold() not in own] or list(parts)
        found = [self._like(part, cased=case_sensitive) for part in content]
        if not all(found):
            return self._in_one_word(form)
        if len(found) == 1:
            return True
        reach = len(parts) + _APART
        return any(all(any(abs(at - other) <= reach for other in places) for places in found[1:]) for at in found[0])

    def places(self, form: str, *, case_sensitive: bool | None = None) -> tuple[Span, ...]:
        """Where the text has a form or an inflected form of it, word by word; with compounds of a single word."""
        parts = tokens(form)
        if self._unspaced or not parts or re.search(r"[^\w\s'’‑-]", form):
            found = written(form, bounded=not self._unspaced, ignore_case=not case_sensitive).finditer(self._text)
            return tuple(Span(*match.span()) for match in found)
        spans = []
        for at in range(len(self._tokens) - len(parts) + 1):
            run = self._tokens[at : at + len(parts)]
            gaps = (self._text[one.end : two.start] for one, two in pairwise(run))
            if all(re.fullmatch(r"['’]?s?\s+|[-‑]", gap) for gap in gaps) and all(
                self._is(part, token, cased=case_sensitive) or (len(parts) == 1 and self._compound(part, token))
                for part, token in zip(parts, run, strict=True)
            ):
                spans.append(Span(run[0].start, run[-1].end))
        return tuple(spans)

    def in_other_case(self, form: str) -> Span | None:
        """Where the text has exactly this form but for its capitals."""
        match = self._written(form, cased=False)
        return Span(*match.span()) if match and match.group() != form else None

    def verbatim(self, form: str) -> Span | None:
        """Where the text has exactly this form, but for the first letter's case."""
        match = self._written(form, cased=False)
        return Span(*match.span()) if match and match.group()[1:] == form[1:] else None

    def _written(self, form: str, *, cased: bool) -> re.Match[str] | None:
        return written(form, bounded=not self._unspaced, ignore_case=not cased).search(self._text)

    def _is(self, part: Token, token: Token, *, cased: bool | None) -> bool:
        """Whether a word is a form of another one, for sure."""
        if is_abbreviation(part.text) or cased:
            return token.text in {part.text, part.text + "s"}
        if self._language == "de" and part.capital != token.capital and not token.begins:
            return False
        one, two = part.text, token.text
        return one.casefold() == two.casefold() or lemma(one, self._language) == lemma(two, self._language)

    def _compound(self, part: Token, token: Token) -> bool:
        return is_part(part.text, token.text, self._language)

    def _like(self, part: Token, *, cased: bool | None) -> list[int]:
        """The places, counted in words, of what may be a form of a word or a compound with it."""
        found = [at for at, token in enumerate(self._tokens) if self._may_be(part, token, cased=cased)]
        return found or self._separated(part.text) or self._elliptic(part.text)

    def _may_be(self, part: Token, token: Token, *, cased: bool | None) -> bool:
        if is_abbreviation(part.text) and cased is not False:
            # "KPIs", "EUs"; Hungarian and Turkish write whole endings.
            tail = token.text.removeprefix(part.text)
            return token.text.startswith(part.text) and (not tail or (tail.islower() and len(tail) <= 4))
        if cased and not (part.text[0] == token.text[0] or token.begins):
            return False
        if keys(part.text, self._language) & keys(token.text, self._language):
            return True
        if self._language in COMPOUNDING and self._compound(part, token):
            return True
        return self._rich and _shares_beginning(part.text, token.text, listed=has_lemmas(self._language))

    def _in_one_word(self, form: str) -> bool:
        """Whether a term of several words is written as one, or hyphened: "data base", "Datenbank"."""
        one = re.sub(r"[\s\-‑]", "", fold(form))
        joined = _joined(self._text)
        return len(one) > _SHARED and any(word.startswith(one) and len(word) - len(one) <= 3 for word in joined)

    def _separated(self, form: str) -> list[int]:
        """The place of a verb whose prefix stands further behind: "meldet sich an" for "anmelden"."""
        word = form.casefold()
        for prefix in _SEPARABLE.get(self._language, "").split():
            rest = word.removeprefix(prefix)
            if not word.startswith(prefix) or len(rest) < _SHARED or not rest.endswith("n"):
                continue
            ends = [at for at, token in enumerate(self._tokens) if token.text.casefold() == prefix]
            verbs = [
                at
                for at, token in enumerate(self._tokens)
                # At the beginning "Melden" would be taken for a noun.
                if rest in {lemma(token.text, self._language), lemma(token.text.lower(), self._language)}
            ]
            return [at for at in verbs if any(at < end for end in ends)]
        return []

    def _elliptic(self, form: str) -> list[int]:
        """The place of half a compound whose other half is shared: "Haupt- und Nebeneingang", "Ein- und Ausgabe"."""
        if self._language not in COMPOUNDING:
            return []
        word = fold(form)
        for at, token in enumerate(self._tokens):
            half = fold(token.text)
            behind = self._text[token.end : token.end + 2]
            if re.match(r"[-‑](?:\W|$)", behind) and word.startswith(half):
                heads = self._tokens[at + 1 : at + 1 + _ELLIPSIS]
                rest = word[len(half) :]
                if len(rest) >= _HALF and any(_head(fold(head.text), rest, self._language) for head in heads):
                    return [at]
            before = self._text[max(0, token.start - 2) : token.start]
            if re.search(r"(?:^|\s)[-‑]$", before) and len(half) >= _SHARED and _head(word, half, self._language):
                return [at]
        return []


def _head(word: str, rest: str, language: str) -> bool:
    """Whether a folded word ends with the second part of a compound, whatever the endings are."""
    return any(word.endswith(key) or word.rstrip("enrsm").endswith(key.rstrip("enrsm")) for key in keys(rest, language))


def _shares_beginning(one: str, two: str, *, listed: bool) -> bool:
    """Whether two words differ by their endings only; stricter where a list knows most of them."""
    first, second = fold(one), fold(two)
    common = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    ending = 2 if listed else 3
    return common >= _SHARED and len(first) - common <= ending and len(second) - common <= ending + 1


@lru_cache(maxsize=64)
def _joined(text: str) -> tuple[str, ...]:
    """The words of a text, folded, hyphenated ones without their hyphens."""
    return tuple(re.sub(r"[-‑]", "", fold(word)) for word in re.findall(r"[^\W_]+(?:[-‑][^\W_]+)*", text))
