"""Headings that were left in the source language; in title case they look like names, which are rightly kept."""

from __future__ import annotations

import re
from itertools import pairwise

from mtaudit.checks._interface import paragraph
from mtaudit.functionwords import FUNCTION_WORDS, count_exclusive
from mtaudit.langid import identify
from mtaudit.rules import PairView
from mtaudit.text import Word, fold, words
from mtaudit.types import Side, Span

#: A heading has at most this many words.
_LONGEST = 14
#: A paragraph of so many words is prose: what stands above it is its heading, and no item of a list of titles.
_PROSE = 8
#: Words of so few letters are no sign that a heading is made of ordinary words.
_SHORT = 3
_END = re.compile(r"[.!;,]\s*$")
#: Words that ask or that a clause turns on: names of things do not begin with them.
_CLAUSAL = {
    language: frozenset(row.split())
    for language, row in {
        "en": "what how why when where who which is are was were can could will would should do does did",
        "de": "was wie warum wann wo wer welche ist sind war waren kann können wird werden soll sollte",
        "fr": "que comment pourquoi quand où qui quel quelle est sont peut",
        "es": "qué cómo por cuándo dónde quién cuál es son puede",
    }.items()
}


def is_untranslated_heading(view: PairView) -> bool:
    """Whether a target that copies its source is a heading above prose, and no name or title of a work.

    Such a heading is a paragraph of its own above a paragraph of prose, has a function word that only the source
    language has, and the language identifier agrees. A name or title would be spoken of in the text, too: no two
    neighbouring words of the heading may stand anywhere else in the source with the same capitals. Unless it begins as
    a clause or a question does, one of its words must stand in the source in lower case: it is an ordinary word.
    """
    document, source = view.bitext.target, view.bitext.source
    if view.target is None or view.source is None or source is None or fold(view.source) != fold(view.target):
        return False
    languages = view.language(Side.SOURCE), view.language(Side.TARGET)
    found = list(words(view.target))
    place = Span(view.start(Side.TARGET), view.start(Side.TARGET) + len(view.target))
    alone = document.text[slice(*paragraph(document.text, place.start))].strip() == view.target.strip()
    if (
        not alone
        or not 3 <= len(found) <= _LONGEST
        or _END.search(view.target)
        or not _above_prose(document.text, place)
    ):
        return False
    folded = [fold(word.text) for word in found]
    asks = folded[0] in _CLAUSAL.get(languages[0], ())
    theirs, ours = (count_exclusive(folded, *pair) for pair in (languages, languages[::-1]))
    if ours or not theirs or (len(found) == 3 and not asks) or set(folded) <= FUNCTION_WORDS.get(languages[0], set()):
        return False
    start = view.start(Side.SOURCE)
    rest = source.text[:start] + "\n" + source.text[start + len(view.source) :]
    if _spoken_of(found, rest) or not (asks or _is_ordinary(found, rest)):
        return False
    # Capitals would mislead the identifier: it takes such words for names of any language.
    probabilities = identify(view.target.lower(), frozenset(languages))
    return probabilities.get(languages[0], 0.0) >= (0.5 if asks else 0.8)


def _above_prose(text: str, place: Span) -> bool:
    following = text[slice(*paragraph(text, place.end + 2))] if place.end + 2 < len(text) else ""
    return sum(1 for _ in words(following)) >= _PROSE


def _spoken_of(found: list[Word], text: str) -> bool:
    """Whether two neighbouring capitalised words of the heading stand in the text, too."""
    return any(
        re.search(rf"(?<!\w){re.escape(one.text)}\s+{re.escape(other.text)}(?!\w)", text) is not None
        for one, other in pairwise(found)
        if one.text[0].isupper() and other.text[0].isupper()
    )


def _is_ordinary(found: list[Word], text: str) -> bool:
    """Whether a longer word of the heading stands in the text in lower case, as it is or with an ending."""
    longer = [word.text.lower() for word in found if len(word.text) > _SHORT and word.text[0].isupper()]
    return any(re.search(rf"(?<!\w){re.escape(word)}\w{{0,2}}(?!\w)", text) is not None for word in longer)
