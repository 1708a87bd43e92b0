"""Compounds: whether a word is built from another one, as "Datenbankverbindung" is from "Datenbank".

No splitter is used: the word to look for is known, so that only what stands before and behind it must be judged. Each
is a word of the list, with or without the elements that link the parts of compounds.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mtaudit.morphology import is_word, keys, lemma
from mtaudit.text import fold

#: Elements between the parts of compounds, by language: Duden, Die Grammatik, "Fugenelemente"; for the others the
#: grammars of the language. A language that is not here writes its compounds apart, or has none.
_LINKS = {
    "de": ("s", "es", "n", "en", "er", "e", "ens", "nen"),
    "lb": ("s", "es", "n", "en", "er", "e"),
    "nl": ("s", "e", "en", "er"),
    "da": ("s", "e", "er"),
    "sv": ("s", "e", "o", "u", "a"),
    "nb": ("s", "e"),
    "no": ("s", "e"),
    "nn": ("s", "e"),
    "is": ("s", "a", "ar", "u", "na"),
    "fi": ("n", "s"),
    "et": ("e", "i", "u"),
    "hu": (),
}
LANGUAGES = frozenset(_LINKS)

#: Endings that make an adjective of a noun: "deutschsprachig", "kirchlich", "wöchentlich", "europaweit".
_ADJECTIVE = re.compile(r"(?:ig|isch|(?:ent)?lich|los|weit|frei)(?:e[nrms]?)?")
#: What may stand behind the last part of a compound: those, and endings of case and number.
_ENDING = re.compile(rf"(?:in(?:nen)?|{_ADJECTIVE.pattern}|e[nrms]?|ern|[nsai]|ar|or|et)?")
#: Parts of two letters. All others that short are prefixes and endings: "Berater" is no kind of "Rate".
_SHORT = frozenset({"öl", "ei", "eu", "tv", "uv", "it", "pc"})
#: A part so long is no chance, even if what stands beside it is in no list.
_LONG = 7
#: Parts of a part are taken for words from so many letters on.
_LEAST = 4


@lru_cache(maxsize=1 << 16)
def is_part(part: str, word: str, language: str) -> bool:
    """Whether `word` is a compound that has `part`, inflected or not, as its first, last or a middle part."""
    if language not in _LINKS:
        return False
    # Folding drops umlauts, by which plurals and parts of compounds differ; the list has them.
    plain = word.lower()
    letters = [(at, letter) for at, character in enumerate(plain) for letter in fold(character)]
    folded, places = "".join(letter for _, letter in letters), [*(at for at, _ in letters), len(plain)]
    for key in keys(part, language):
        if len(key) < 3 or len(key) >= len(folded):
            continue
        for match in re.finditer(f"(?={re.escape(key)})", folded):
            before, behind = plain[: places[match.start()]], plain[places[match.start() + len(key)] :]
            if _fits(before, behind, language, sure=len(key) >= _LONG):
                return True
    return _begins_with_form(part, plain, language)


def _begins_with_form(part: str, plain: str, language: str) -> bool:
    """Whether a compound begins with an inflected form of `part`, as "Firmensitz" does with one of "Firma"."""
    base, head = lemma(part, language), fold(part)[:_LEAST]
    if len(head) < _LEAST or not fold(plain).startswith(head):
        return False
    cuts = range(len(part) - 1, min(len(part) + 4, len(plain) - 2))
    return any(
        is_word(plain[:cut], language)
        and lemma(plain[:cut].capitalize(), language) == base
        and _is_component(plain[cut:], language)
        for cut in cuts
    )


def _fits(before: str, behind: str, language: str, *, sure: bool) -> bool:
    if not before:
        return _ADJECTIVE.fullmatch(behind) is not None or _is_rest(behind, language) or (sure and len(behind) >= 3)
    if _ENDING.fullmatch(behind) or _is_rest(behind, language):
        return _is_beginning(before, language) or (sure and len(before) >= 3)
    return False


def _is_rest(text: str, language: str) -> bool:
    """Whether a compound may go on with this: a word, or a linking element and a word."""
    links = ("", *_LINKS[language])
    return any(text.startswith(link) and _is_component(text[len(link) :], language) for link in links)


def _is_beginning(text: str, language: str) -> bool:
    """Whether a compound may begin with this: a word, or a word and a linking element."""
    links = ("", *_LINKS[language])
    return any(text.endswith(link) and _is_component(text[: len(text) - len(link)], language) for link in links)


@lru_cache(maxsize=1 << 16)
def _is_component(text: str, language: str) -> bool:
    if len(text) < 3:
        return text in _SHORT
    if _is_listed(text, language):
        return True
    # A compound of its own, as "Schutzmaßnahmen" is behind "Klima": no list has them all.
    cuts = range(_LEAST, len(text) - _LEAST + 1)
    return any(_is_listed(text[:cut], language) and _is_listed_rest(text[cut:], language) for cut in cuts)


def _is_listed(text: str, language: str) -> bool:
    # "Schul" of "Schulbuch" and "Sprach" of "Sprachkurs" lost the ending that they are listed with.
    return is_word(text, language) or is_word(text + "e", language)


def _is_listed_rest(text: str, language: str) -> bool:
    links = ("", *_LINKS[language])
    rests = (text[len(link) :] for link in links if text.startswith(link))
    return any(len(rest) >= _LEAST and is_word(rest, language) for rest in rests)
