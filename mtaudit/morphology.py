"""Inflected forms: the lemma of a word, its stem, and whether a dictionary has it.

Lemmas come from simplemma (MIT; word lists of some fifty languages), stems from Snowball (BSD). Both are loaded by the
first word that is asked for: the German word list takes a second and 110 MB.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mtaudit.text import base_language, fold

if TYPE_CHECKING:
    from collections.abc import Callable

#: simplemma has one list for what is spoken in Serbia, Croatia, Bosnia and Montenegro.
_ALIASES = {"no": "nb", "sr": "hbs", "hr": "hbs", "bs": "hbs", "sh": "hbs", "me": "hbs"}

#: What Snowball calls the languages that it has a stemmer for.
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


def has_lemmas(language: str) -> bool:
    """Whether there is a word list of the language, so that inflected forms are known."""
    return _code(language) is not None


@lru_cache(maxsize=1 << 17)
def lemma(word: str, language: str) -> str:
    """The form that a dictionary lists a word under, case-folded; the word itself where there is no word list."""
    code = _code(language)
    if code is None:
        return word.casefold()
    from simplemma import lemmatize

    # In capitals throughout no list has a word.
    return lemmatize(word.capitalize() if len(word) > 1 and word.isupper() else word, lang=code).casefold()


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """What is left of a word without its endings, without diacritics; the folded word where there is no stemmer."""
    stemmer = _stemmer(base_language(language))
    return fold(stemmer(word.casefold())) if stemmer else fold(word)


@lru_cache(maxsize=1 << 16)
def is_word(word: str, language: str) -> bool:
    """Whether the word list has a word, written with a capital or without; False where there is no list."""
    code = _code(language)
    if code is None:
        return False
    from simplemma import is_known

    return is_known(word, lang=code) or is_known(word.capitalize(), lang=code)


@lru_cache(maxsize=1 << 17)
def keys(word: str, language: str) -> frozenset[str]:
    """All that a word may be compared by where it is better to take two words for one than to miss that they are."""
    base = lemma(word, language)
    return frozenset({fold(word), fold(base), stem(word, language), stem(base, language)})


@cache
def _code(language: str) -> str | None:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    base = base_language(language)
    code = _ALIASES.get(base, base)
    return code if code in SUPPORTED_LANGUAGES else None


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    name = _STEMMERS.get(language)
    if name is None:
        return None
    from snowballstemmer import stemmer

    stem_word: Callable[[str], str] = stemmer(name).stemWord
    return stem_word
