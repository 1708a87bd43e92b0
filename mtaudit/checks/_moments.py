"""Finds weekdays, months, days of the month and times of day, with every reading that they allow.

Names come from CLDR through babel, always the `format` forms: babel's stand-alone names leak from one locale into
another (python-babel issue 1234). A few are added by hand: nominatives of languages that decline, colloquial names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from mtaudit.checks._plain import masked
from mtaudit.checks._spoken_times import spoken_times

#: Languages whose dates are read.
LANGUAGES = frozenset({"en", "de", "fr", "es", "cs", "ru", "uk", "zh", "ja"})

_NOON, _HALF_DAY, _DAY = 720, 720, 1440


class Kind(Enum):
    """What a moment says."""

    WEEKDAY = "weekday"  #: readings: 0 Monday to 6 Sunday
    MONTH = "month"  #: readings: 1 to 12
    DAY = "date"  #: a day of a month; readings: 100 * month + day
    TIME = "time"  #: readings: minutes after midnight


@dataclass(frozen=True, slots=True)
class Moment:
    """A weekday, month, date or time at `start..end`; `sure` is false where the words may mean something else."""

    start: int
    end: int
    kind: Kind
    readings: frozenset[int]
    sure: bool = True


#: Beginnings of names that CLDR's `format` forms do not cover.
_MORE_MONTHS: Mapping[str, Mapping[int, str]] = {
    "en": {9: "sept"},
    "de": {1: "jänner", 2: "feber"},
    "es": {9: "setiembre"},
    "cs": {1: "leden ledn", 3: "březen březn", 4: "duben", 5: "květen", 6: "červen", 7: "červenec červenc",
           8: "srpen", 10: "říjen", 11: "listopad", 12: "prosinec"},
    "ru": {3: "март", 5: "май мае маю маем", 6: "июн", 7: "июл", 8: "август"},
    "uk": {1: "січень", 2: "лютий лютому лютим", 3: "березень", 4: "квітень", 5: "травень", 6: "червень", 7: "липень",
           8: "серпень", 9: "вересень", 10: "жовтень", 11: "листопад", 12: "грудень"},
}  # fmt: skip
_MORE_DAYS: Mapping[str, Mapping[int, str]] = {
    "de": {5: "sonnabend"},
    "cs": {0: "pondělk", 1: "úter", 3: "čtvrtk čtvrtečn", 4: "pátk pátečn",
           2: "středu středy středě středou středečn"},
    "ru": {2: "среду среды среде средой", 4: "пятничн", 6: "воскресн"},
    "uk": {0: "понеділк", 1: "вівторк", 2: "середу середи середі", 3: "четверг", 4: "п'ятниц"},
    "zh": {day: f"星期{name} 礼拜{name} 禮拜{name} 周{name}" for day, name in enumerate("一二三四五六日")}
    | {6: "星期日 星期天 礼拜日 礼拜天 周日 周天"},
    "ja": {day: f"{name}曜" for day, name in enumerate("月火水木金土日")},
}  # fmt: skip

#: Names that are common words too: sure only beside a number or after a word of `_TEMPORAL`.
_AMBIGUOUS = {
    "en": frozenset({"may", "march", "april", "june", "august"}),  # given names and verbs
    "fr": frozenset({"mars"}),
    "es": frozenset({"martes", "may", "mar", "dic", "domingo"}),
    "uk": frozenset({"середи"}),
}
_TEMPORAL = re.compile(
    r"(?:\b(?:in|since|until|till|by|during|of|early|late|mid|last|next|this|through|between|before|after|from|every"
    r"|en|de|depuis|fin|début|desde|hasta|v|od|do|в|с|до|у|з|від)[ -]|\d(?:st|nd|rd|th|er|º|\.)? (?:of |de )?)$",
    re.IGNORECASE,
)
_NUMBER_NEXT = re.compile(r"\.? (?:de |the )?\d")

_DAY_BEFORE = re.compile(r"(?<![\d:])(?<!\d[.,])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-го|-е|-й)? ?(?:day )?(?:of |de )?$")
_DAY_AFTER = re.compile(r"\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:]|[.,]\d| ?%)")
_NUMERIC_DATES = (
    (re.compile(r"(?<![\d.-])(?P<year>\d{4})(?P<mark>[-/.])(?P<a>\d{1,2})(?P=mark)(?P<b>\d{1,2})(?![\d-])"), True),
    (
        re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<mark>[./-]) *(?P<b>\d{1,2})(?P=mark) *(?:\d{4}|\d{2})(?![\d./-]\d)"),
        True,
    ),
    (re.compile(r"(?<![\d./])(?P<a>\d{1,2})(?P<mark>[./]) {0,2}(?P<b>\d{1,2})(?P=mark)?(?![\d/%])"), False),
)
_CJK_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_CJK_DATE = re.compile(
    rf"(?<![\d一二三四五六七八九十])(?P<month>{_CJK_NUMBER}) ?月(?: ?(?P<day>{_CJK_NUMBER}) ?[日号號])?"
)
_JA_WEEKDAY = re.compile(r"[(（]([月火水木金土日])[)）・]")

_HOUR = r"(?<![\d.,:/])(?<!\d[:.] )(?P<hour>\d{1,2})(?:[:.] ?(?P<minute>\d{2})(?!\d))?"
_TIMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        _HOUR + r" ?(?P<half>[ap])\.? ?m\b\.?",
        _HOUR + r" (?:o'clock|hours|h|GMT|BST|CET|EST|ET)\b",
    ),
    "de": (
        _HOUR + r" ?Uhr(?: (?P<minute2>\d{2})\b)?"
        r"(?: (?:am |in der )?(?P<part>(?:früh|morgen|vormittag|nachmittag|abend)s?\b))?",
        _HOUR + r" h\b",
    ),
    "fr": (
        r"(?<![\d.,])(?P<hour>\d{1,2}) ?h(?:eures?)?(?![^\W\d]) ?(?P<minute>\d{2})?(?: (?P<part>du \w+|de l'\w+))?",
    ),
    "es": (_HOUR + r"(?: ?h\b| horas)?(?: (?P<part>de la \w+|[ap]\. ?m\.|[ap]m))", r"las " + _HOUR),
    "cs": (_HOUR + r" ?(?:hodin|hod|h)\w*(?: (?P<part>\w+))?",),
    "ru": (_HOUR + r" ?(?:час|ч)\w*(?: (?P<part>\w+))?",),
    "uk": (_HOUR + r" ?(?:годин|год|ранку|вечора)\w*(?: (?P<part>\w+))?", r"о " + _HOUR),
    "zh": (r"(?P<part>上午|下午|晚上|早上|凌晨|中午|傍晚)?(?<!\d)(?P<hour>\d{1,2})[点點时時:](?P<minute>\d{2})?",),
    "ja": (r"(?P<part>午前|午後|夜|朝)?(?<!\d)(?P<hour>\d{1,2})[時:](?!間)(?P<minute>\d{1,2})?",),
}  # fmt: skip
_CLOCK = r"(?<![\d.,:/])(?P<hour>\d{1,2}): ?(?P<minute>\d{2})(?![\d:]|\.\d)"
_RANGE_START = re.compile(
    r"(?<![\d.,:/])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?: ?[-–—~～] ?"
    r"| (?:to|and|or|until|till|bis|und|oder|à|et|a|y|až|do|до|и|і|та) )$"
)
_MORNING = re.compile(r"a\.? ?m|morgen|früh|vormittag|matin|mañana|ráno|dopoledne|утра|ранку|上午|早上|凌晨|午前|朝")
_EVENING = re.compile(
    r"p\.? ?m|nachmittag|abend|après|soir|tarde|noche|odpoledne|večer|дня|вечера|вечора|下午|晚上|傍晚|午後|夜"
)
_NAMED_TIMES = {
    "en": {"noon": 720, "midday": 720, "midnight": 0},
    "de": {"mittag": 720, "mittags": 720, "mitternacht": 0},
    "fr": {"midi": 720, "minuit": 0},
    "es": {"mediodía": 720, "medianoche": 0},
}
#: What follows a weekday in one word that still is that day.
_GERMAN_DAY = re.compile(r"(?:(?:vor|nach)?mittag|morgen|abend|nacht|früh)?s?$")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_DATE_MARK = re.compile(r"\d[-/.] *\d")


@cache
def _names(language: str) -> tuple[Mapping[str, int], Mapping[str, int], frozenset[str]]:
    """Beginnings of the names of weekdays and of months, and the months' full names; all lower-case."""
    # Imported here: `mtaudit --help` must not wait for CLDR.
    from babel import Locale

    locale = Locale(language)
    tables = []
    for names, more, short in (
        (locale.days["format"]["wide"], _MORE_DAYS, {}),
        (locale.months["format"]["wide"], _MORE_MONTHS, locale.months["format"]["abbreviated"]),
    ):
        table = {masked(name).lower(): number for number, name in names.items()}
        if language in {"en", "de", "fr", "es"}:
            table |= {name.lower().rstrip("."): number for number, name in short.items()}
        elif language in {"cs", "ru", "uk"}:
            # The last letter is the case ending: "января" and "январь" share "январ".
            table |= {name[:-1]: number for name, number in table.items() if len(name) > 4}
        for number, forms in more.get(language, {}).items():
            table |= dict.fromkeys(forms.split(), number)
        tables.append(table)
    full = {masked(name).lower() for name in locale.months["format"]["wide"].values()}
    full.update(form for forms in _MORE_MONTHS.get(language, {}).values() for form in forms.split() if len(form) > 4)
    return tables[0], tables[1], frozenset(full)


@lru_cache(256)
def moments(text: str, language: str) -> tuple[Moment, ...]:
    """The weekdays, months, dates and times of day in `text`; `language` is a primary subtag of `LANGUAGES`.

    Raises:
        KeyError: for a language that is not covered.
    """
    shown = masked(text)
    # All but the names of days and of some times are written with figures.
    figures = _DIGIT.search(shown) is not None
    found = [*_numeric_dates(shown), *_times(shown, language)] if figures else [*_said_times(shown, language)]
    found.extend(_cjk_names(shown, language) if language in {"zh", "ja"} else _spaced_names(shown, language))
    return tuple(sorted(found, key=lambda moment: (moment.start, moment.end)))


def _spaced_names(text: str, language: str) -> Iterator[Moment]:
    if not any(_called(word, language) for word in _WORD.findall(text)):
        return
    weekdays, _, wide = _names(language)
    for match in _WORD.finditer(text):
        word, start, end = match.group(), *match.span()
        if (called := _called(word, language)) is None:
            continue
        weekday, month = called
        if weekday is not None:
            name = word.lower()
            sure = name not in _AMBIGUOUS.get(language, ()) or bool(_TEMPORAL.search(text[:start]))
            # "Originalmontage" is no Monday: German compounds only account for a name.
            sure &= language != "de" or bool(_GERMAN_DAY.sub("", name) in weekdays)
            yield Moment(start, end, Kind.WEEKDAY, frozenset({weekday}), sure)
        # English "may" and "march" are months with a capital; without one, at best after "in" or "late".
        lower = language in {"en", "de"} and not word[0].isupper()
        if month is None or (lower and not _TEMPORAL.search(text[:start])):
            continue
        day = _DAY_BEFORE.search(text, max(0, start - 20), start)
        if day is None and language == "en":
            day = _DAY_AFTER.match(text, end)
        company = day or _TEMPORAL.search(text[:start]) or _NUMBER_NEXT.match(text, end)
        clear = word.lower() in wide and word.lower() not in _AMBIGUOUS.get(language, ())
        sure = (bool(company) and not lower and not word.endswith("'s")) or clear
        yield Moment(start, end, Kind.MONTH, frozenset({month}), sure)
        if day and 1 <= int(day[1]) <= 31:
            reading = frozenset({100 * month + int(day[1])})
            yield Moment(min(start, day.start(1)), max(end, day.end(1)), Kind.DAY, reading)


@lru_cache(16384)
def _called(word: str, language: str) -> tuple[int | None, int | None] | None:
    """The weekday and the month that a word names; None for the many words that name neither."""
    weekdays, months, _ = _names(language)
    weekday, month = _named(word, weekdays, language), _named(word, months, language)
    return None if weekday is None and month is None else (weekday, month)


def _named(word: str, names: Mapping[str, int], language: str) -> int | None:
    """The number of the weekday or month that a word names."""
    lower = word.lower()
    plural = lower.removesuffix("'s").removesuffix("s")  # "Fridays", "May's"; but "Mars" is no plural of "Mar"
    for form in (lower, plural if len(plural) > 4 or lower.endswith("'s") else lower):
        if form in names:
            return names[form]
    if language == "de":  # "Freitagabend", "Karfreitag", "Julihitze"
        inside = [name for name in names if len(name) > 3 and name in lower]
        return names[inside[0]] if inside else None
    if language in {"cs", "ru", "uk"}:
        stems = (lower[:length] for length in range(len(lower) - 1, 2, -1) if len(lower) - length <= 4)
        return next((names[stem] for stem in stems if stem in names), None)
    return None


def _cjk_names(text: str, language: str) -> Iterator[Moment]:
    weekdays, _, _ = _names(language)
    for name, number in weekdays.items():
        for match in re.finditer(name, text):
            # "周一" may be the end of one word and the start of the next.
            yield Moment(match.start(), match.end(), Kind.WEEKDAY, frozenset({number}), not name.startswith("周"))
    for match in _JA_WEEKDAY.finditer(text):
        yield Moment(*match.span(1), Kind.WEEKDAY, frozenset({"月火水木金土日".index(match[1])}))
    for match in _CJK_DATE.finditer(text):
        month = _small_cjk(match["month"])
        if not 1 <= month <= 12:
            continue
        yield Moment(match.start(), match.end("month"), Kind.MONTH, frozenset({month}))
        if match["day"]:
            yield Moment(match.start(), match.end(), Kind.DAY, frozenset({100 * month + _small_cjk(match["day"])}))


def _small_cjk(number: str) -> int:
    """The value of up to three CJK numerals or of a figure."""
    if number[0].isdigit() and number.isascii():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    value = "一二三四五六七八九".find
    return (10 * (value(tens) + 1 or 1) if ten else 0) + (value(ones[:1]) + 1 if ones else 0)


def _numeric_dates(text: str) -> Iterator[Moment]:
    if _DATE_MARK.search(text) is None:
        return
    taken: list[tuple[int, int]] = []
    for pattern, sure in _NUMERIC_DATES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            first, second = int(match["a"]), int(match["b"])
            orders = [(first, second)] if "year" in match.re.groupindex else [(first, second), (second, first)]
            dates = frozenset(100 * month + day for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31)
            if dates:
                taken.append(match.span())
                yield Moment(*match.span(), Kind.DAY, dates, sure)
                yield Moment(*match.span(), Kind.MONTH, frozenset(date // 100 for date in dates), False)


def _said_times(text: str, language: str) -> Iterator[Moment]:
    """The times of day that are all words: "half past nine", "Mitternacht"."""
    for spoken in spoken_times(text, language):
        readings = frozenset({spoken.minutes, spoken.minutes + _HALF_DAY})
        yield Moment(spoken.start, spoken.end, Kind.TIME, readings, spoken.sure)
    named = _NAMED_TIMES.get(language, {})
    lower = text.lower()
    if not any(name in lower for name in named):
        return
    for match in _WORD.finditer(text):
        minutes = named.get(match.group().lower())
        if minutes is not None:
            yield Moment(*match.span(), Kind.TIME, frozenset({minutes}), False)


@cache
def _clocks(language: str) -> tuple[re.Pattern[str], ...]:
    # Where a pattern begins with a figure, most places are done with after one look.
    patterns = [rf"(?=\d){one}" if one.startswith("(?<!") else one for one in (*_TIMES[language], _CLOCK)]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _times(text: str, language: str) -> Iterator[Moment]:
    yield from _said_times(text, language)
    spans = [(spoken.start, spoken.end) for spoken in spoken_times(text, language)]
    for pattern in _clocks(language):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in spans):
                continue
            groups = match.groupdict()
            minute = int(groups.get("minute") or groups.get("minute2") or 0)
            part = (groups.get("half") or "") + "m" if groups.get("half") else groups.get("part") or ""
            readings = _clock(int(match["hour"]), minute, part)
            if not readings:
                continue
            spans.append(match.span())
            # An hour without minutes may be a duration outside English and German: "24 heures", "5 часов".
            sure = bool(groups.get("minute")) or language in {"en", "de"}
            yield Moment(*match.span(), Kind.TIME, readings, sure)
            if before := _RANGE_START.search(text, max(0, match.start() - 14), match.start()):
                hour = _clock(int(before["hour"]), int(before["minute"] or 0), "")
                if hour:
                    yield Moment(before.start(), match.start(), Kind.TIME, hour, False)


def _clock(hour: int, minute: int, part: str) -> frozenset[int]:
    """Minutes after midnight that an hour can mean, given the part of the day said with it; empty if it is none."""
    if hour > 24 or minute > 59:
        return frozenset()
    minutes = (hour % 24 * 60 + minute) % _DAY
    early = minutes % _HALF_DAY
    part = part.lower()
    if hour > 12 or hour == 0:
        return frozenset({minutes})
    if _EVENING.search(part):
        return frozenset({early + _HALF_DAY})
    if _MORNING.search(part):
        return frozenset({early})
    return frozenset({early, early + _HALF_DAY})
