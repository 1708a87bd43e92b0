"""Judges whether a word, or two words, that stand twice in a row with only a blank between are a slip or grammar.

Languages double words on purpose, each in its own way: German "die, die die Stadt kennen", English "had had", Spanish
"tanto como amigo como como jefe", emphasis ("sehr sehr"), laughter, names ("Bora Bora"). What may rightly stand twice
is listed (`functionwords.MAY_DOUBLE`), and endings that nouns share with verbs count for nothing where a noun may meet
its verb. In languages without these tables nothing is said: in many of them doubling is grammar, such as Indonesian,
Turkish and Hindi.

In the 728,000 translations of the parallel data (six language pairs, seven target languages, most by machines) 334 are
reported, about 4 in 10,000; by a reader's judgement some 95 in 100 of those are slips.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise

from mtaudit.functionwords import FUNCTION_WORDS, MAY_DOUBLE, NEVER_DOUBLED, OPENERS
from mtaudit.text import Word, words

#: Fewest letters of a doubled word that is no function word; shorter ones are syllables, units and abbreviations.
_LETTERS = 4
#: Two words of the source that are the same, or begin with this many same letters, and stand at most so far apart make
#: a source that repeats itself: "a heading The heading", "beautiful because you are you", "all Christians Christian".
_STEM, _NEAR = 5, 3
#: Code points before a word that are looked at.
_LOOK_BACK = 100
#: Between two copies: one blank or line end and nothing else.
_GAP = re.compile(r"[ \t\u00a0\u202f]*\n?[ \t\u00a0\u202f]*")
#: What stands before the first word of a sentence, and before part of an address ("ORF.at").
_OPENING = re.compile(r"""(?:^|[.!?:…]["'”“»«’)\]]*\s|\n)\s*["'„“”«»‚‘¿¡(\[*_-]*$""")
_JOINED = re.compile(r"[\w/@][.·/@]$")
#: Endings by which nouns and verbs of a language may be the same word: "la cuenta cuenta", "la porte porte".
_AMBIGUOUS = {
    "es": re.compile(r"(?:a|e|an|en|o)$"),
    "fr": re.compile(r"(?<!tion)(?<!sion)(?<!té)(?<!eur)(?<!tions)(?<!sions)(?<!tés)(?<!eurs)(?<!isme)$"),
}
#: Before an English word that a clause ends with and the next begins with: "those in need need", "what works works".
_ENGLISH_CLAUSE = re.compile(
    r"\b(?:what|whatever|who|whoever|whom|those|which|that|everything|anything|all|people)\b(?:\s+[\w'’-]+){0,3}\s*$",
    re.IGNORECASE,
)
#: German "der Eroberer der Eroberer" and "der Besten der Besten": plurals like their singular make a superlative.
_GERMAN_GENITIVE = re.compile(r"(?:er|en|el|ste)$")


def doubled_word(text: str, run: Sequence[Word], languages: tuple[str, str], source: str | None) -> float:
    """How sure it is that a word that stands twice (`run`: both copies) is a slip; 0 where it need not be one.

    Of the function words only those count that never stand twice, of other words those that are no emphasis, no sound
    and no name. Without a source (None) a repetition may be copied, so it is less sure. `languages` are those of source
    and target.
    """
    first, second = run
    language = languages[1]
    word = second.text.casefold()
    if not _together(text, run) or not _same_case(text, first, second):
        return 0.0
    if word in NEVER_DOUBLED.get(language, ()):
        return 0.8
    if not _is_telling(second.text, language) or (language == "en" and _ENGLISH_CLAUSE.search(_before(text, first))):
        return 0.0
    if second.text[0].isupper() and not _is_slip_of_name(second.text, language, source):
        return 0.0
    return _sure(source, languages[0], bare=0.55, compared=0.7)


def doubled_pair(text: str, run: Sequence[Word], languages: tuple[str, str], source: str | None) -> float:
    """The same for two words that stand twice (`run`: four words): a noun with the word before it."""
    first, second, again, last = (word.text for word in run)
    if not _together(text, run) or again[0].isupper() or second != last:
        return 0.0  # "the heading The heading goes on": a heading and its sentence
    if again != first and not (_opens(text, run[0]) and again == first.lower()):
        return 0.0
    if not _is_phrase(again, second, languages[1]):
        return 0.0
    return _sure(source, languages[0], bare=0.6, compared=0.75)


def _is_phrase(first: str, second: str, language: str) -> bool:
    """Whether two words are a noun with its article or preposition, or two that are each no small word."""
    if first not in OPENERS.get(language, ()):
        return _is_telling(first, language) and _is_telling(second, language)
    if second.casefold() in FUNCTION_WORDS.get(language, ()) or not second.isalpha() or len(second) < 3:
        return False
    return language != "de" or first != "der" or _GERMAN_GENITIVE.search(second) is None


def _sure(source: str | None, language: str, *, bare: float, compared: float) -> float:
    """`bare` without a source, `compared` with one that does not repeat itself."""
    if source is None:
        return bare
    return 0.0 if repeats_nearby(source, language) else compared


def _is_telling(word: str, language: str) -> bool:
    """Whether a word is none of those that may stand twice: function words, sounds, emphasis, nouns that are verbs."""
    key = word.casefold()
    if language not in MAY_DOUBLE or key in MAY_DOUBLE[language] or key in FUNCTION_WORDS.get(language, ()):
        return False
    if not word.isalpha() or len(word) < _LETTERS or word.isupper():
        return False
    return language not in _AMBIGUOUS or _AMBIGUOUS[language].search(key) is None


@lru_cache(maxsize=16)
def repeats_nearby(source: str, language: str) -> bool:
    """Whether words of a source that are no articles, prepositions or the like stand twice within a few words."""
    small = OPENERS.get(language, frozenset()) | NEVER_DOUBLED.get(language, frozenset())
    found = [word.text.casefold() for word in words(source.replace("-", " "))]
    for at, word in enumerate(found):
        if len(word) < 3 or word in small:
            continue
        for other in islice(found, at + 1, at + 1 + _NEAR):
            if word == other or (len(word) >= _STEM and word[:_STEM] == other[:_STEM]):
                return True
    return False


def _together(text: str, run: Sequence[Word]) -> bool:
    """Whether only blanks part the words, and neither end belongs to a longer word ("ORF.at at", "ein Ein-")."""
    gaps = (text[one.end : other.start] for one, other in pairwise(run))
    joined = _JOINED.search(_before(text, run[0])) is not None or text[run[-1].end : run[-1].end + 1] in ("-", "‑")
    return not joined and all(_GAP.fullmatch(gap) for gap in gaps)


def _same_case(text: str, first: Word, second: Word) -> bool:
    """Whether two copies are written alike, but for the capital that opens a sentence: "Leben leben" is no copy."""
    if first.text == second.text:
        return first.text.islower() or not second.text.isupper() or text.isupper()
    return first.text[1:] == second.text[1:] and second.text.islower() and _opens(text, first)


def _opens(text: str, word: Word) -> bool:
    return _OPENING.search(_before(text, word)) is not None


def _before(text: str, word: Word) -> str:
    """What stands before a word, as far as it can count: a block of machine-made text may be long."""
    return text[max(0, word.start - _LOOK_BACK) : word.start]


def _is_slip_of_name(word: str, language: str, source: str | None) -> bool:
    """Whether a capitalised word that stands twice is one too many: a German noun, or a name that the source has once.

    Without a source nobody can tell it from "Bora Bora", or from a heading that ran into its sentence.
    """
    if source is None:
        return False
    there = sum(other.text.casefold() == word.casefold() for other in words(source.replace("-", " ")))
    return there == 1 or (there == 0 and language == "de")
