"""What a figure can stand for: every locale's separators, fractions, decades."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

#: Dates, versions and addresses ("12.01.2020", "10.10.1") are no single numbers: they fall apart into their groups.
_ALONE = r"(?![.,]?\d)"
FIGURE = (
    rf"\d{{1,3}}(?:[ '’]\d{{3}})+(?!\d)(?:[.,]\d+{_ALONE})?"  # 1 234,5  1'234.5
    rf"|(?<!\d[.,])\d{{1,3}}(?:(?:\.\d{{3}})+(?:,\d+)?|(?:,\d{{3}})+(?:\.\d+)?){_ALONE}"  # 1.234,5  1,234.5
    rf"|(?<!\d[.,])\d{{1,2}}(?:,\d{{2}})+,\d{{3}}{_ALONE}"  # 1,00,000
    rf"|(?<!\d[.,])\d+[.,]\d+{_ALONE}|(?<![\w.,)])\.\d+{_ALONE}|\d+"
)

_DECADE = re.compile(r"s|ers?|ern|e|х|ті|té|tých", re.IGNORECASE)


def vulgar_readings(match: re.Match[str]) -> frozenset[Fraction]:
    """The value of a fraction in one character: "½"."""
    return frozenset({Fraction(unicodedata.numeric(match.group())).limit_denominator(10)})


def decade_readings(values: frozenset[Fraction], suffix: str) -> frozenset[Fraction]:
    """With what "1990s" and "1800s" may become: the nineties, the 19th century."""
    if not _DECADE.fullmatch(suffix):
        return values
    years = [value for value in values if value >= 100]
    centuries = {Fraction(year // 100 + 1) for year in years if year % 100 == 0}
    return values | centuries | {year % 100 for year in years}


def fraction_readings(text: str) -> frozenset[Fraction]:
    """What "1/2", "5 1/2" or "51⁄2" (five and a half) can stand for; the parts too, for scores and dates."""
    if "⁄" in text:
        above, below = text.split("⁄")
        cuts = [(above[:cut] or "0", above[cut:]) for cut in range(len(above))]
    else:
        above, below = text.rsplit("/", 1)
        whole, _, above = above.rpartition(" ")
        cuts = [(whole or "0", above)]
    parts = {Fraction(run) for run in re.findall(r"\d+", text)}
    if not int(below):
        return frozenset(parts)
    if "⁄" in text:  # typographic: surely a fraction
        parts = set()
    return frozenset(parts | {int(whole) + Fraction(int(above), int(below)) for whole, above in cuts})


@lru_cache(maxsize=4096)
def figure_readings(figure: str) -> frozenset[Fraction]:
    """Every value that a figure can stand for in some locale."""
    compact = re.sub(r"[ ']", "", figure)
    marks = [character for character in compact if character in ".,"]
    digits = Fraction(re.sub(r"[.,]", "", compact))
    if compact.startswith("."):
        return frozenset({digits / 10 ** (len(compact) - 1)})
    if not marks:
        return frozenset({digits})
    first, last = re.split(r"[.,]", compact)[0], re.split(r"[.,]", compact)[-1]
    decimal = digits / 10 ** len(last)
    if len(marks) > 1:
        return frozenset({digits if len(set(marks)) == 1 else decimal})
    # "1,234" is a thousand in one locale, one and a bit in another; "0.125" and "1 234,567" have one reading. So has
    # "12,500": three decimals of which two are noughts are hardly ever written.
    grouped = len(last) == 3 and len(first) <= 3 and not first.startswith("0") and compact == figure
    if grouped and last.endswith("00"):
        return frozenset({digits})
    return frozenset({decimal, digits} if grouped else {decimal})
