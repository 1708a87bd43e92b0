"""MT106 and MT109: numbers, units and currencies that changed in translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from mtaudit.checks._german_numerals import german_number
from mtaudit.checks._moments import Kind, moments
from mtaudit.checks._plain import masked
from mtaudit.checks._units import Unit, UnitMention, same_measure, unit_of
from mtaudit.checks.quantities import LANGUAGES, RANGE, Demand, Form, Quantity, quantities
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import words
from mtaudit.types import Finding, Severity, Side

#: How far a converted measure may be rounded: "6 feet" is often "2 Meter" (9 % more).
_ROUNDING = Fraction(1, 10)

_NO_READINGS: frozenset[Fraction] = frozenset()

#: How sure each kind of finding is, from reading what fires on machine translations.
_CHANGED, _CHANGED_WORD, _LOST = 0.9, 0.7, 0.65


@dataclass(frozen=True, slots=True)
class _Text:
    """One side: its text, its numbers and the unit of each."""

    text: str
    numbers: tuple[Quantity, ...]
    units: tuple[UnitMention | None, ...]

    @classmethod
    def of(cls, text: str, language: str) -> _Text:
        numbers = quantities(text, language)
        if not numbers:
            return cls(text, (), ())
        shown = masked(text)
        units = [
            # "eine viertägige Woche": the compound has its unit inside, the next word is another.
            None if _compound(shown, number, language) else unit_of(shown, number.start, number.end)
            for number in numbers
        ]
        for i in range(len(numbers) - 2, -1, -1):  # "two to four metres": the first number has the last one's unit
            if units[i] is None and RANGE.fullmatch(shown[numbers[i].end : numbers[i + 1].start]):
                units[i] = units[i + 1]
        return cls(text, numbers, tuple(units))

    def quote(self, number: Quantity) -> str:
        return self.text[number.start : number.end]


def _compound(text: str, number: Quantity, language: str) -> bool:
    german = german_number(text[number.start : number.end].lower()) if language == "de" else None
    return german is not None and german.compound


def _sides(view: PairView) -> tuple[_Text, _Text] | None:
    """Both sides; None where there is nothing to compare."""
    languages = view.language(Side.SOURCE), view.language(Side.TARGET)
    if view.source is None or view.target is None or not LANGUAGES.issuperset(languages):
        return None
    return _read(view.source, languages[0]), _read(view.target, languages[1])


#: Two checks ask for the same pair.
_read = lru_cache(maxsize=16)(_Text.of)


@register("MT106", "number", Category.MISTRANSLATION, Severity.MAJOR)
class Number(PairCheck):
    """A number of the source is missing or different in the target.

    What it does: reports numbers of the source that the target lacks, numbers of the target that the source lacks,
    and, where one stands for the other, both as one change.

    Why it matters: a wrong number reads as well as the right one, and does more harm than a wrong word.

    Example: "12,500 people" becomes "1.250 Menschen"; "5 million" becomes "5 Milliarden".

    How it is found: numbers are compared by value, whatever their separators, scales ("Mio.", "bn", "万"), digits or
    words; what can be read in two ways ("1.234") may be either. A number is accounted for if the other side has it
    anywhere, also as a word ("both", "decade"), as part of a name ("Covid-19") or converted into another unit. Small
    number words are missed only where exactly one other number took their place. Times and dates are left to MT108.
    """

    languages = LANGUAGES

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield the numbers that changed, then those that are missing, then those that were added."""
        sides = _sides(view)
        if sides is None:
            return
        source, target = sides
        if not source.numbers and not target.numbers:
            return
        lost, gained = _unmatched(source, target), _unmatched(target, source)
        if not lost and not gained:
            return
        settled = _settled(view)
        lost = [n for n in lost if not _inside(n, settled[0])]
        gained = [n for n in gained if not _inside(n, settled[1])]
        changed, lost, gained = _pair(lost, gained)
        for was, now in changed:
            quotes = source.quote(was), target.quote(now)
            words = Form.WORD in (was.form, now.form)
            yield self.at(
                view,
                Side.TARGET,
                now.start,
                now.end,
                f"The number '{quotes[0]}' of the source became '{quotes[1]}'",
                confidence=_CHANGED_WORD if words else _CHANGED,
                evidence={"source": quotes[0], "source_start": was.start, "source_end": was.end},
            )
        for number in lost:
            message = f"The number '{source.quote(number)}' is missing in the target"
            yield self.at(view, Side.SOURCE, number.start, number.end, message, confidence=_LOST)
        for number in gained:
            message = f"The number '{target.quote(number)}' is not in the source"
            yield self.at(view, Side.TARGET, number.start, number.end, message, confidence=_LOST)


def _settled(view: PairView) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The ranges of both sides where dates and times stand that both sides have: MT108 compares those."""
    sides = [moments(view.text(side) or "", view.language(side)) for side in Side]
    shared = {m.kind for m in sides[0]} & {m.kind for m in sides[1]} - {Kind.WEEKDAY}
    source, target = ([(m.start, m.end) for m in side if m.kind in shared] for side in sides)
    return source, target


def _inside(number: Quantity, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= number.start and number.end <= end for start, end in ranges)


def _unmatched(this: _Text, other: _Text) -> list[Quantity]:
    """The numbers of `this` that ask for a counterpart and have none in `other`."""
    if not this.numbers:
        return []
    # Joining sets keeps the hashes; fractions are slow to hash.
    known = _NO_READINGS.union(*(number.readings for number in other.numbers))
    if all(number.demand is Demand.NEVER or number.readings & known for number in this.numbers):
        return []
    own, theirs = _clusters(this.text), frozenset(_clusters(other.text).values())
    converted = _converted(this) | _converted(other)
    folded = {word.text.casefold() for word in words(other.text)}
    unmatched: list[Quantity] = []
    for number, unit in zip(this.numbers, this.units, strict=True):
        if number.demand is Demand.NEVER or number.readings & known:
            continue
        again = any(number.readings & before.readings for before in unmatched)
        respelled = number.form is Form.FIGURE and own.get(number.start) in theirs
        if again or respelled or (number.form is Form.WORD and this.quote(number).casefold() in folded):
            continue
        if not _measures(number, unit, converted):
            unmatched.append(number)
    return unmatched


def _clusters(text: str) -> dict[int, str]:
    """By the start of every number inside: the digits of longer runs of numbers: telephone numbers, versions.

    Two texts that have the same digits in a row have the same number, however its digits are grouped.
    """
    clusters: dict[int, str] = {}
    for run in re.finditer(r"\d+(?:(?: ?[.,:/ '-] ?|\) ?)\d+)*", masked(text)):
        digits = re.sub(r"\D", "", run.group())
        # Fewer digits say little: "12,5" and "1,25" are different numbers.
        if len(digits) < 7 and len(re.findall(r"\d+", run.group())) < 3:
            continue
        clusters |= {run.start() + part.start(): digits for part in re.finditer(r"\d+", run.group())}
    return clusters


def _converted(side: _Text) -> frozenset[tuple[Unit, Fraction]]:
    """Every measure of a text: its unit, and its value in the base unit of the dimension."""
    return frozenset(
        (unit, unit.to_base(value))
        for number, mention in zip(side.numbers, side.units, strict=True)
        if mention
        for unit in mention.units
        if unit.factor
        for value in number.readings
    )


def _measures(number: Quantity, mention: UnitMention | None, others: frozenset[tuple[Unit, Fraction]]) -> bool:
    """Whether a measure is also given in another unit, here or on the other side."""
    if mention is None:
        return False
    return any(
        same_measure((unit, value), other, _ROUNDING)
        for unit in mention.units
        if unit.factor
        for value in map(unit.to_base, number.readings)
        for other in others
    )


def _pair(
    lost: list[Quantity], gained: list[Quantity]
) -> tuple[list[tuple[Quantity, Quantity]], list[Quantity], list[Quantity]]:
    """Pair what is lost with what took its place; return the pairs, and what is left of both that must be told."""
    pairs: list[tuple[Quantity, Quantity]] = []
    for form in (Form.CODE, Form.ROMAN):
        # "A380" may only become "A330", "Louis XIV" only "Louis XV": other numbers are no change of theirs.
        before, after = ([number for number in side if number.form is form] for side in (lost, gained))
        if len(before) == len(after) == 1 and (form is Form.ROMAN or before[0].name == after[0].name):
            pairs.append((before[0], after[0]))
    lost, gained = ([n for n in side if n.form not in (Form.CODE, Form.ROMAN)] for side in (lost, gained))
    always_lost, always_gained = ([n for n in side if n.demand is Demand.ALWAYS] for side in (lost, gained))
    if len(always_lost) == len(always_gained) > 0:
        return pairs + list(zip(always_lost, always_gained, strict=True)), [], []
    if len(lost) == len(gained) == 1:
        return [*pairs, (lost[0], gained[0])], [], []
    return pairs, always_lost, always_gained


@register("MT109", "unit-or-currency", Category.MISTRANSLATION, Severity.MAJOR)
class UnitOrCurrency(PairCheck):
    """A number of the source has another unit or currency in the target.

    What it does: reports a unit of measure, of time or a currency that changed beside a number that did not.

    Why it matters: "5 miles" and "5 Kilometer", "$100" and "100 Euro", "14 days" and "14 Monate" are different things.

    Example: "60 miles an hour" becomes "60 Kilometer pro Stunde".

    How it is found: the sign or word beside each number is looked up in a table of nine languages. A finding needs the
    same value on both sides, once on each, with different units of the same kind. Converted measures have another
    value, so they are not concerned; dollars of different countries count as the same, as do words that may mean
    either unit.
    """

    languages = LANGUAGES

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield the units of the target that differ from those of the source."""
        sides = _sides(view)
        if sides is None:
            return
        source, target = sides
        if not any(target.units):
            return
        told: set[int] = set()
        for number, mention in zip(target.numbers, target.units, strict=True):
            before = _counterparts(number, source)
            if mention is None or len(before) != 1 or len(_counterparts(number, target)) != 1:
                continue
            was = before[0]
            if was is None or mention.start in told or not _conflict(was, mention):
                continue
            told.add(mention.start)
            kind = "currency" if any(unit.dimension == "money" for unit in mention.units) else "unit"
            quotes = source.text[was.start : was.end], target.text[mention.start : mention.end]
            yield self.at(
                view,
                Side.TARGET,
                mention.start,
                mention.end,
                f"The {kind} '{quotes[0]}' of the source became '{quotes[1]}' beside '{target.quote(number)}'",
                confidence=0.8,
                evidence={"source": quotes[0], "source_start": was.start, "source_end": was.end},
            )


def _counterparts(number: Quantity, side: _Text) -> list[UnitMention | None]:
    """The units of the numbers of a text that may be this number."""
    return [
        mention
        for other, mention in zip(side.numbers, side.units, strict=True)
        if other.readings & number.readings and other.demand is not Demand.NEVER
    ]


def _conflict(one: UnitMention, other: UnitMention) -> bool:
    """Whether two units of the same dimension cannot mean the same."""
    shared = {unit.dimension for unit in one.units} & {unit.dimension for unit in other.units}
    same = any(
        a.dimension == b.dimension and _equal(a.name, b.name, a.factor, b.factor)
        for a in one.units
        for b in other.units
    )
    return bool(shared) and not same


def _equal(one: str, other: str, factor: Fraction, other_factor: Fraction) -> bool:
    """Whether two units are the same, or near enough for a rounded number: a yard and a metre."""
    return one == other or (factor > 0 and abs(factor - other_factor) <= _ROUNDING * factor)
