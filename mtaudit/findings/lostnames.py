"""Names of an English source that nothing in the target can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtaudit.checks._ordinary import PAIRS, is_ordinary
from mtaudit.checks._people import is_headline, is_known, sounds_of
from mtaudit.checks._territories import countries
from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.text import base_language
from mtaudit.types import Span

#: A name, and not the beginning of a sentence or of a quotation.
_NAME = re.compile(r"(?<![.!?:…\"“„»«'’‘(\[\n] )(?<=[\w,;)] )[A-Z][^\W\d_]{2,}\b(?![.-])")
#: How names of lands, peoples and faiths end; translations have others for them.
_OF_A_PEOPLE = re.compile(
    r"(?:ia|land|stan|an|ans|ish|ese|ic|ics|[aeiou]i|ist|ists|^(?:Welsh|Scots|Swiss|Dutch|French|Greek|Czech|Thai|Arab)s?)$"
)

#: Names of days and months, which translations have others for.
_CALENDAR = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Christmas",
        "Easter",
    ]
)


def lost_names(source: str, target: str, languages: tuple[str, str]) -> Iterator[Span]:
    """Yield the names of the source, inside a sentence, of which the target has no form and no respelling.

    Lands, peoples, months and words that are ordinary ones without their capital are no names here: they are
    translated. Nothing is yielded of other languages than English and German, nor of a German source, whose nouns have
    capitals too.
    """
    pair = base_language(languages[0]), base_language(languages[1])
    if pair not in PAIRS or pair[0] != "en" or is_headline(source):
        return
    places = [Span(one.start, one.end) for one in countries(source, "en")]
    sounds = sounds_of(target)
    for match in _NAME.finditer(source):
        name, span = match.group(), Span(*match.span())
        if (
            is_ordinary(name.lower(), pair)
            or name.lower() in FUNCTION_WORDS["en"]
            or name in _CALENDAR
            or name.isupper()
            or _OF_A_PEOPLE.search(name)
            or any(span.overlaps(place) for place in places)
            or is_known(name, target, sounds)
        ):
            continue
        yield span
