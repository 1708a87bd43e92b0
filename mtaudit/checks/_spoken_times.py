"""Times of day as they are said: "half past nine", "Viertel nach zehn", "fünf vor halb drei"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_HOURS: Mapping[str, Mapping[str, int]] = {
    language: {word: hour for hour, word in enumerate(row.split(), start=1)}
    for language, row in {
        "en": "one two three four five six seven eight nine ten eleven twelve",
        "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    }.items()
}
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "fünf": 5, "zehn": 10, "zwanzig": 20, "kurz": 0}


def _hour(language: str) -> str:
    return rf"(?P<hour>{'|'.join(_HOURS[language])}|1[0-2]|[1-9])(?![\w:]|[.,]\d)"


#: For each language: the pattern, and whether such words can mean nothing else.
_PATTERNS = {
    "en": (
        (re.compile(rf"(?i)\b(?P<half>half) past {_hour('en')}"), True),
        (re.compile(rf"(?i)\b(?:a )?(?P<quarter>quarter) (?P<side>past|after|to|before|till) {_hour('en')}"), True),
        # "five to ten" may be a number of people.
        (re.compile(rf"(?i)\b(?P<minutes>five|ten|twenty(?:-five)?) minutes (?P<side>past|to) {_hour('en')}"), False),
        (re.compile(rf"(?i)\b(?P<minutes>five|ten|twenty(?:-five)?) (?P<side>past) {_hour('en')}"), False),
    ),
    "de": (
        (
            re.compile(rf"(?i)\b(?:(?P<minutes>fünf|kurz) (?P<side>vor|nach) )?(?P<half>halb) {_hour('de')}(?! mal\b)"),
            True,
        ),
        (re.compile(rf"(?i)\b(?P<quarter>viertel) (?P<side>vor|nach) {_hour('de')}"), True),
        (re.compile(rf"(?i)\b(?P<minutes>fünf|zehn|zwanzig|kurz) (?P<side>vor|nach) {_hour('de')}"), False),
        # As it is said in the east and south: three quarters of the hour before are over.
        (re.compile(rf"(?i)\b(?P<quarters>dreiviertel|viertel) {_hour('de')}"), False),
    ),
}
#: Every pattern has one of these words; most sentences have none.
_SIGNS = {"en": ("half", "quarter", "past", "minutes"), "de": ("halb", "viertel", " vor ", " nach ")}


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """A time at `start..end`; `minutes` after midnight or noon. `sure` is false where the words may mean more."""

    start: int
    end: int
    minutes: int
    sure: bool


def spoken_times(text: str, language: str) -> Iterator[SpokenTime]:
    """Yield the spoken times of a text in English or German; other languages have none here."""
    lower = text.casefold()
    if not any(sign in lower for sign in _SIGNS.get(language, ())):
        return
    taken: list[tuple[int, int]] = []
    for pattern, sure in _PATTERNS.get(language, ()):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield SpokenTime(*match.span(), _minutes(match, language), sure)


def _minutes(match: re.Match[str], language: str) -> int:
    groups = {name: (value or "").lower() for name, value in match.groupdict().items()}
    hour = _HOURS[language].get(groups["hour"]) or int(groups["hour"])
    minutes = 60 * hour
    if groups.get("half"):
        # German counts towards the full hour, English from the last one.
        minutes += -30 if language == "de" else 30
    if groups.get("quarters"):
        minutes -= 15 if groups["quarters"].startswith("drei") else 45
    distance = 15 if groups.get("quarter") else _MINUTES.get(groups.get("minutes", ""), 0)
    if groups.get("side") in ("vor", "to", "before", "till"):
        distance = -distance
    return (minutes + distance) % 720
