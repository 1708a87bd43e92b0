"""MT108: weekdays, months, dates and times of day that changed in translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtaudit.checks._moments import LANGUAGES, Kind, Moment, moments
from mtaudit.checks._plain import digit_groups
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import is_unspaced
from mtaudit.types import Finding, Severity, Side

#: Between Friday and Saturday lies one night: "Friday night" is "die Nacht zum Samstag".
_NIGHT = re.compile(
    r"\bnight|overnight|evening|midnight|\bnacht|mitternacht|nuit|noche|\bnoc|ноч|ніч|夜|晚", re.IGNORECASE
)

#: The name of a time zone right after a time.
_ZONE = re.compile(r"[ .]{0,2}\(?(?:UTC|GMT|BST|IST|JST|MSK|[ECMP][SD]?T|CES?T|EES?T|WES?T|MES?Z)\b")


@register("MT108", "date-or-time", Category.MISTRANSLATION, Severity.MAJOR)
class DateOrTime(PairCheck):
    """A weekday, month, date or time of the source is a different one in the target.

    What it does: reports a weekday, month, day of the month or time of day in the target that the source does not
    have, where the source has another one that the target lacks; and a weekday or month of the source where the target
    has none at all.

    Why it matters: readers act on dates. A wrong one looks as plausible as the right one.

    Example: "on Friday, 3 June" becomes "am Donnerstag, dem 3. Juni".

    How it is found: names of weekdays and months come from CLDR, with their inflected forms. Dates and times are
    compared by value, so that "June 3", "3. Juni", "3.6." and "6月3日" are the same, "5 p.m." is "17 Uhr", and "half
    past nine" is "halb zehn"; a numeric date counts in either order. Left-out days and times are not reported, nor
    weekdays that a word such as "today" may stand for, or that belong to a name ("Sunday Times"). Words such as
    "may" and "march" count only beside a number or a preposition of time.
    """

    languages = LANGUAGES

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield the moments of the target that contradict the source."""
        if view.source is None or view.target is None or view.language(Side.SOURCE) not in LANGUAGES:
            return
        source = moments(view.source, view.language(Side.SOURCE))
        if not source:
            return  # only what the source has can be contradicted or missing
        target = moments(view.target, view.language(Side.TARGET))
        yield from self._missing(view, source, target)
        months_differ = False
        for kind in _KINDS:
            if kind is Kind.DAY and months_differ:
                continue
            for left, right in _contradictions(kind, source, target, view.source, view.target):
                months_differ |= kind is Kind.MONTH
                was, now = view.source[left.start : left.end], view.target[right.start : right.end]
                yield self.at(
                    view,
                    Side.TARGET,
                    right.start,
                    right.end,
                    f"The {kind.value} '{was}' of the source became '{now}'",
                    confidence=_CONFIDENCE[kind],
                    evidence={"source": was, "source_start": left.start, "source_end": left.end, "kind": kind.value},
                )

    def _missing(self, view: PairView, source: Sequence[Moment], target: Sequence[Moment]) -> Iterator[Finding]:
        """Yield the weekdays and months of the source where the target has none at all."""
        before, after = view.source or "", view.target or ""
        for kind in (Kind.WEEKDAY, Kind.MONTH):
            if any(moment.kind is kind for moment in target) or _RELATIVE.search(after):
                continue
            # Chinese and Japanese leave a month out where the day alone is clear.
            if kind is Kind.MONTH and is_unspaced(view.language(Side.TARGET)):
                continue
            for moment in source:
                quote = before[moment.start : moment.end]
                titled = _TITLE_AFTER.match(before, moment.end) or _TITLE_BEFORE.search(before[: moment.start])
                if moment.kind is not kind or not moment.sure or titled or quote in after:
                    continue
                yield self.at(
                    view,
                    Side.SOURCE,
                    moment.start,
                    moment.end,
                    f"The {kind.value} '{quote}' is missing in the target",
                    confidence=0.6,
                    evidence={"kind": kind.value},
                )
                break


#: "heute" can stand for a weekday: a text that says when, relative to now, leaves nothing out.
_RELATIVE = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|heut\w*|gestr\w*|gestern|morgen|aujourd'hui|hier|demain|hoy|ayer|mañana|dnes\w*"
    r"|včera|zítra|сегодня|вчера|завтра|сьогодні|вчора|учора)\b|今天|昨天|明天|今日|昨日|明日|当日|当天|同日",
    re.IGNORECASE,
)
#: A name beside a weekday makes it part of one: "Sunday Times", "Black Friday", "Taco Tuesday".
_TITLE_AFTER = re.compile(r" (?!I\b)[A-ZÄÖÜ][\w'-]+ ?(?=[A-Z'\"”’,.]|$)|-[A-Z]")
_TITLE_BEFORE = re.compile(r"(?:[\"“‘']|\b[A-Z]\w+[ -])$")

_KINDS = tuple(Kind)
_CONFIDENCE = {Kind.WEEKDAY: 0.9, Kind.MONTH: 0.9, Kind.DAY: 0.85, Kind.TIME: 0.75}


def _contradictions(
    kind: Kind, source: Sequence[Moment], target: Sequence[Moment], source_text: str, target_text: str
) -> Iterator[tuple[Moment, Moment]]:
    """Pair the moments of one kind that only the source has with those that only the target has, in order."""
    left = [moment for moment in source if moment.kind is kind]
    right = [moment for moment in target if moment.kind is kind]
    lost = _unmatched(left, right)
    gained = _unmatched(right, left)
    if kind is Kind.DAY:
        lost = [moment for moment in lost if not _days(moment) & _bare_numbers(target_text, right)]
        gained = [moment for moment in gained if not _days(moment) & _bare_numbers(source_text, left)]
    for was, now in zip(lost, gained, strict=False):
        if kind is Kind.TIME and (_ZONE.match(source_text, was.end) or _ZONE.match(target_text, now.end)):
            continue  # a time given in another zone has another hour
        night = kind is Kind.WEEKDAY and (_at_night(was, source_text) or _at_night(now, target_text))
        if not (night and _adjacent(was, now)):
            yield was, now


def _unmatched(moments: Sequence[Moment], others: Sequence[Moment]) -> list[Moment]:
    known = frozenset(reading for other in others for reading in other.readings)
    unmatched: list[Moment] = []
    for moment in moments:
        again = any(moment.readings & before.readings for before in unmatched)
        if moment.sure and not again and not moment.readings & known:
            unmatched.append(moment)
    return unmatched


def _days(moment: Moment) -> set[str]:
    return {str(reading % 100) for reading in moment.readings}


def _bare_numbers(text: str, dates: Sequence[Moment]) -> set[str]:
    """The numbers outside of dates: the 10 of "10. bis 12. Juli"."""
    for date in dates:
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return set(digit_groups(text))


def _at_night(moment: Moment, text: str) -> bool:
    return bool(_NIGHT.search(text[max(0, moment.start - 20) : moment.end + 16]))


def _adjacent(one: Moment, other: Moment) -> bool:
    return any((a - b) % 7 in (1, 6) for a in one.readings for b in other.readings)
