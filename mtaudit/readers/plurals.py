"""Which numbers a plural form stands for: only what one number alone uses may leave the number out.

gettext files carry their own formula; the others name the categories of CLDR (zero, one, two, few, many, other).
"""

from __future__ import annotations

import gettext
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from mtaudit.text import base_language

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: Numbers that are tried: no language's rule looks at more than the last three digits.
_TRIED = range(1000)
_FORMULA = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")


@lru_cache(maxsize=64)
def gettext_numbers(plural_forms: str) -> Mapping[int, int | None]:
    """For each form of a `Plural-Forms` header the only number that it stands for, None where it stands for several.

    Empty where the header is missing or is no formula.
    """
    match = _FORMULA.search(plural_forms)
    if match is None:
        return {}
    try:
        rule: Callable[[int], int] = gettext.c2py(match[2].strip())
        return _single((number, rule(number)) for number in _TRIED)
    except (ValueError, RecursionError, ZeroDivisionError, OverflowError):
        return {}


@lru_cache(maxsize=64)
def category_numbers(language: str) -> Mapping[str, int | None]:
    """The same for the categories that CLDR gives a language; empty for a language that CLDR does not know."""
    rule = _cldr(language)
    return _single((number, rule(number)) for number in _TRIED) if rule is not None else {}


@lru_cache(maxsize=64)
def qt_numbers(language: str, count: int) -> Mapping[int, int | None]:
    """The same for the forms of a Qt file, which stand in the order of the language's categories.

    Empty where the language has another number of forms than the file.
    """
    found = category_numbers(language)
    ordered = [category for category in CATEGORIES if category in found]
    if len(ordered) != count:
        return {}
    return {index: found[category] for index, category in enumerate(ordered)}


def _cldr(language: str) -> Callable[[int], str] | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(base_language(language)).plural_form
    except (UnknownLocaleError, ValueError):
        return None


_Form = TypeVar("_Form", str, int)


def _single(forms: Iterable[tuple[int, _Form]]) -> dict[_Form, int | None]:
    """Of every form the only number that takes it; None where several do."""
    numbers: dict[_Form, list[int]] = defaultdict(list)
    for number, form in forms:
        numbers[form].append(number)
    return {form: used[0] if len(used) == 1 else None for form, used in numbers.items()}
