"""Texts as the terminology checks compare them: words without possessives, the parts of hyphenated words apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtaudit.text import words

_HYPHEN = re.compile("[-‑]")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
#: What a sentence, or a title inside one, begins after. A colon is among it: both cases are right behind it.
_OPENING = re.compile(r"(?:^|[.!?:;…“”\"„»«(\[•–—|]|\n)\s*['‘’\"“„»«(\[]*\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a part of a hyphenated one, and its place in the text; `begins` where a sentence may begin with it."""

    text: str
    start: int
    end: int
    begins: bool
    joined: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order; `joined` are parts of a hyphenated word that have a part before them."""
    found: list[Token] = []
    for word in words(text):
        begins = _OPENING.search(text, max(0, word.start - 8), word.start) is not None
        at = word.start
        for number, part in enumerate(_HYPHEN.split(word.text)):
            plain = _POSSESSIVE.sub("", part)
            if plain:
                found.append(Token(plain, at, at + len(plain), begins and not number, bool(number)))
            at += len(part) + 1
    return tuple(found)


def is_abbreviation(word: str) -> bool:
    """Whether a word is written like an abbreviation or a brand, so that its case counts: "KI", "iPhone", "B2B"."""
    inside = word[1:]
    return (
        len(word) > 1
        and (any(c.isupper() for c in inside) or any(c.isdigit() for c in word))
        and any(c.isalpha() for c in word)
    )


def is_headline(found: tuple[Token, ...]) -> bool:
    """Whether nearly all longer words have a capital, so that a capital tells no name."""
    long = [token for token in found if len(token.text) > 4]
    return len(long) > 2 and sum(token.capital for token in long) > 0.8 * len(long)


def written(form: str, *, bounded: bool = True, ignore_case: bool = False) -> re.Pattern[str]:
    """Finds a form as it is written; `bounded`: no letter or digit may stand right before or behind it."""
    before = r"(?<!\w)" if bounded and _in_word(form[0]) else ""
    behind = r"(?!\w)" if bounded and _in_word(form[-1]) else ""
    blanks = r"\s+".join(map(re.escape, form.split()))
    return re.compile(before + blanks + behind, re.IGNORECASE if ignore_case else 0)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
