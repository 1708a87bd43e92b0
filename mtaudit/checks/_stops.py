"""Full stops in the middle of a sentence: after which word, and before which, a stop ends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mtaudit.functionwords import FUNCTION_WORDS, NEVER_LAST, RARELY_LAST, STARTERS
from mtaudit.text import words

_LETTER = r"[^\W\d_]"
#: A full stop with a space before it. An ellipsis of spaced stops has no letter next to it.
_DETACHED = re.compile(rf"(?P<before>{_LETTER}+)\s+(?P<stop>\.)\s+(?P<after>{_LETTER}+)")
_GLUED = re.compile(rf"(?<!['’-])\b(?P<before>{_LETTER}{{2,}})(?P<stop>\.)\s+(?P<after>{_LETTER}{{2,}})(?![@\w-]|\.\w)")
#: What both have.
_STOP = re.compile(rf"\.\s+{_LETTER}")
_BRAND = re.compile(r"[a-z]+[A-Z0-9._@/-]|[a-z]-?[A-Z]")

#: Abbreviations with a stop. Of five letters and more no others are known; of the shorter words all but small words,
#: and words that the text also has without a stop, are taken for abbreviations anyhow.
_ABBREVIATIONS = frozenset(
    {
        *("approx", "assoc", "sogen", "einschl", "insbes", "ausschl", "vorauss", "urspr", "entspr", "jährl", "monatl"),
        *("wöchentl", "gesetzl", "staatl", "städt", "kaufm", "aprox", "admón", "environ", "просп", "приблиз"),
        *(
            "abs",
            "abt",
            "allg",
            "art",
            "aug",
            "bes",
            "ders",
            "dies",
            "dez",
            "dipl",
            "engl",
            "etc",
            "evtl",
            "exkl",
            "gen",
        ),
        *("gest", "inc", "ing", "inkl", "inst", "ital", "jan", "jun", "jul", "kap", "kath", "lat", "mag", "mar", "max"),
        *("min", "mind", "nov", "okt", "orig", "prof", "rep", "rev", "sek", "sen", "sep", "sept", "sog", "std", "str"),
        *("corp", "ltd", "bros", "dept", "est", "fig", "gov", "mrs", "hrsg", "geb", "tgl", "ggf", "bzw", "vgl", "zzgl"),
        *("tel", "temp", "term", "univ", "usw", "var", "vol", "vors", "wiss", "zool"),
    }
)

#: A tag question or a list may end with these.
_MAY_END = frozenset({"oder", "и", "или", "і", "та", "або"})

#: Those of `NEVER_LAST` that German also uses as pronouns: "Ich nehme eine."
_PRONOUNS = frozenset({"der", "den", "eine", "einen", "einem", "des"})
#: The verbs among the small words.
_VERBS = frozenset(
    {
        *("ist", "sind", "war", "waren", "sei", "wird", "werden", "wurde", "wurden", "hat", "haben", "hatte", "hatten"),
        *("kann", "können", "könnte", "soll", "sollte", "muss", "müssen", "darf"),
    }
)
#: A phrase, the end of a sentence that a stop cut, has at most so many words.
_PHRASE = 6


@dataclass(frozen=True, slots=True)
class StrayStop:
    """A stop between the words `before` and `after`, from the start of the first to the end of the other."""

    start: int
    end: int
    before: str
    after: str
    kind: str
    confidence: float


def stray_stops(prose: str, language: str, source: str | None, document: str) -> Iterator[StrayStop]:
    """Yield the stops of `prose` that cut a sentence.

    `source` is what was translated, None where that is not known. `document` is the whole text: a short word that it
    has without a stop as well is no abbreviation.
    """
    if _STOP.search(prose) is None:
        return
    one_sentence = source is not None and not re.search(r"[.!?…:;]\W*\s+\S", source)
    for kind, pattern in (("stray-stop", _DETACHED), ("fragment", _GLUED)):
        if pattern.search(prose) is None or (source is not None and _shows(source, kind)):
            continue
        for match in pattern.finditer(prose):
            before, after = match["before"], match["after"]
            detached = kind == "stray-stop"
            if after[0].islower():
                if detached or _is_whole(match, prose, language, document):
                    confidence = 0.9 if detached else 0.75 if source is not None else 0.6
                    yield StrayStop(match.start("before"), match.end("after"), before, after, kind, confidence)
                continue
            # German nouns have capitals in the middle of a sentence, names have them everywhere.
            ends = _may_end(before, language, prose[match.start("after") :], detached=detached)
            confidence = 0.0
            if ends is False or (ends and one_sentence):
                confidence = (0.9 if detached else 0.75) - (0.1 if ends else 0.0)
            if confidence:
                yield StrayStop(match.start("before"), match.end("after"), before, after, kind, confidence)


def _may_end(before: str, language: str, rest: str, *, detached: bool) -> bool | None:
    """Whether a sentence may end with `before`: False if not, True if that is unlikely before this `rest`, else None.

    Where it is unlikely, a source of one sentence decides. `rest` begins with a capital.
    """
    if before in NEVER_LAST.get(language, frozenset()) - _MAY_END:
        return before in _PRONOUNS
    if before not in RARELY_LAST.get(language, frozenset()):
        return None
    return True if (detached or _is_phrase(rest)) and not rest.startswith(_starters(language)) else None


@cache
def _starters(language: str) -> tuple[str, ...]:
    return tuple(f"{word} " for word in STARTERS.get(language, ()))


def _is_phrase(rest: str) -> bool:
    """Whether what follows a stop is German without a verb: nouns, small words, and adjectives before nouns."""
    found = [word.text for word in words(rest)]
    small = FUNCTION_WORDS["de"] - _VERBS
    return len(found) <= _PHRASE and all(
        word[0].isupper() or word in small or (word[-1] in "enrsm" and following[:1].isupper())
        for word, following in zip(found, [*found[1:], ""], strict=True)
    )


def _shows(source: str, kind: str) -> bool:
    """Whether the source has the same oddity: stops between blanks, or lower case after stops as in chats."""
    if kind == "stray-stop":
        return re.search(r"\s\.\s", source) is not None
    return source.islower() or any(after.islower() for after in re.findall(rf"\w[.!?]+\s+({_LETTER})", source))


def _is_whole(match: re.Match[str], prose: str, language: str, document: str) -> bool:
    """Whether the word before a stop is whole: no abbreviation, initial, host name or file name."""
    before, after = match["before"], match["after"]
    particle = after in PARTICLES and after.capitalize() not in STARTERS.get(language, ())
    if before.casefold() in _ABBREVIATIONS or particle or _BRAND.match(prose, match.start("after")):
        return False
    if match.start() and prose[match.start() - 1] in ".-/@":
        return False
    if len(before) >= (6 if before[0].isupper() else 5) or before in FUNCTION_WORDS.get(language, frozenset()):
        return True
    # "Weg" is a word if the text has it without a stop; a text may well have "Nr" twice with one.
    again = rf"(?<![\w.]){re.escape(before)}(?![\w.])"
    return len(before) > 2 and re.search(again, document) is not None


#: Particles of names, which are lower case also at the start of a sentence.
PARTICLES = frozenset(
    {"de", "del", "der", "di", "da", "du", "la", "le", "van", "von", "vom", "al", "el", "ibn", "bin", "ter"}
)
