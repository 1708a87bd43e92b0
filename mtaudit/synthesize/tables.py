"""Closed classes that planting needs: negations, articles, months and weekdays, auxiliaries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


def _words(row: str) -> frozenset[str]:
    return frozenset(row.split())


#: Words that deny, by language.
NEGATIONS: Mapping[str, frozenset[str]] = {
    "en": _words("not never no nobody nothing none neither nor without cannot"),
    "de": _words("nicht nie niemals kein keine keinen keinem keiner keines niemand nichts ohne weder"),
}

#: A negation and what stands there once it is gone; an empty text takes the word out.
AFFIRMED: Mapping[str, Mapping[str, str]] = {
    "en": {"not": "", "never": "always", "no": "some", "nobody": "everybody", "nothing": "everything",
           "cannot": "can", "without": "with"},
    "de": {"nicht": "", "nie": "immer", "niemals": "immer", "kein": "ein", "keine": "eine", "keinen": "einen",
           "keinem": "einem", "keiner": "einer", "keines": "eines", "niemand": "jeder", "nichts": "alles",
           "ohne": "mit"},
}  # fmt: skip

#: A word and what denies it.
DENIED: Mapping[str, Mapping[str, str]] = {
    "en": {
        word: f"{word} not"
        for word in _words("is are was were will would can could should must has have had does did may might")
    }
    | {"always": "never", "with": "without", "everybody": "nobody", "some": "no"},
    "de": {"ein": "kein", "eine": "keine", "einen": "keinen", "einem": "keinem", "einer": "keiner", "immer": "nie",
           "auch": "auch nicht", "alles": "nichts", "mit": "ohne"},
}  # fmt: skip

#: Words that stand in each other's place when case, gender or number is wrong.
INFLECTIONS: Mapping[str, tuple[frozenset[str], ...]] = {
    "en": tuple(
        _words(group)
        for group in ("is are", "was were", "has have", "this these", "that those", "his her their", "he she they",
                      "him her them", "a the", "in on at", "to for of")
    ),
    "de": tuple(
        _words(group)
        for group in ("der die das den dem des", "ein eine einen einem einer", "ist sind", "war waren", "hat haben",
                      "wird werden", "wurde wurden", "sein ihr", "seine ihre", "seinen ihren", "er sie es",
                      "dieser diese dieses diesen diesem", "in an auf", "von mit für", "zum zur", "im am",
                      "kann können", "soll sollen")
    ),
}  # fmt: skip

#: Opposites: one for the other turns a sentence round and leaves it fluent.
OPPOSITES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("more", "less"), ("before", "after"), ("high", "low"), ("higher", "lower"), ("first", "last"), ("old", "new"),
        ("increase", "decrease"), ("increased", "decreased"), ("rose", "fell"), ("win", "lose"), ("won", "lost"),
        ("good", "bad"), ("large", "small"), ("strong", "weak"), ("open", "closed"), ("north", "south"),
        ("east", "west"), ("left", "right"), ("early", "late"), ("men", "women"), ("man", "woman"), ("up", "down"),
        ("buy", "sell"), ("many", "few"), ("allowed", "forbidden"), ("accepted", "refused"), ("denied", "confirmed"),
        ("minimum", "maximum"), ("always", "rarely"), ("safe", "dangerous"), ("hot", "cold"), ("day", "night"),
    ),
    "de": (
        ("mehr", "weniger"), ("vor", "nach"), ("hoch", "niedrig"), ("hohen", "niedrigen"), ("hohe", "niedrige"),
        ("erste", "letzte"), ("ersten", "letzten"), ("alte", "neue"), ("alten", "neuen"), ("große", "kleine"),
        ("großen", "kleinen"), ("gute", "schlechte"), ("guten", "schlechten"), ("stieg", "sank"),
        ("gestiegen", "gesunken"), ("gewonnen", "verloren"), ("starke", "schwache"), ("starken", "schwachen"),
        ("offen", "geschlossen"), ("Norden", "Süden"), ("Osten", "Westen"), ("links", "rechts"), ("früh", "spät"),
        ("Männer", "Frauen"), ("Mann", "Frau"), ("kaufen", "verkaufen"), ("viele", "wenige"), ("erlaubt", "verboten"),
        ("bestätigt", "bestritten"), ("bestätigte", "bestritt"), ("angenommen", "abgelehnt"), ("sicher", "gefährlich"),
        ("mindestens", "höchstens"), ("immer", "selten"), ("über", "unter"), ("Tag", "Nacht"), ("heute", "gestern"),
        ("heiß", "kalt"), ("Anfang", "Ende"), ("Sommer", "Winter"), ("innerhalb", "außerhalb"),
    ),
}  # fmt: skip

#: What debris of a web page looks like where a sentence begins.
TAGS = ("p", "div", "span", "li", "h2", "a", "section", "td")


@cache
def opposites(language: str) -> Mapping[str, str]:
    """Every word of the table with its opposite, both ways."""
    pairs = OPPOSITES.get(language, ())
    return dict(pairs) | {other: one for one, other in pairs}


@cache
def calendar(language: str) -> tuple[tuple[str, ...], ...]:
    """Names of the months and of the weekdays (CLDR, wide format), each a group whose members replace each other."""
    from babel.core import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    months = tuple(str(name) for name in locale.months["format"]["wide"].values())
    days = tuple(str(name) for name in locale.days["format"]["wide"].values())
    return months, days
