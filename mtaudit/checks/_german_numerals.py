"""German number words: compounds such as "zweihundertfünfzig", "zwölfjährig", "zweieinhalb", "einundzwanzigste"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

_DIGITS = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9,
}  # fmt: skip
_TEENS = {
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip

_UNIT = "|".join(sorted(_DIGITS, key=len, reverse=True))
_BELOW_100 = rf"(?:(?:(?:{_UNIT})und)?(?:{'|'.join(_TENS)})|{'|'.join(_TEENS)}|{_UNIT})"
_BELOW_1000 = rf"(?:(?:{'|'.join(_TEENS)}|{_UNIT})?hundert(?:und)?{_BELOW_100}?|{_BELOW_100})"
_NUMBER = re.compile(rf"(?P<thousands>{_BELOW_1000}?tausend)?(?:und)?(?P<rest>{_BELOW_1000})?(?P<half>einhalb)?")
_HUNDREDS = re.compile(rf"(?P<factor>{'|'.join(_TEENS)}|{_UNIT})?hundert(?:und)?(?P<rest>{_BELOW_100})?")
_TWO_DIGITS = re.compile(rf"(?:(?P<unit>{_UNIT})und)?(?P<tens>{'|'.join(_TENS)})")

#: What a number heads in a compound that still says the number outright.
_HEADS = re.compile(
    r"(?:jährig|jähr|tägig|stündig|wöchig|monatig|minütig|sekündig|prozentig|stellig|stöckig|teilig|seitig|köpfig|malig"
    r"|stündlich|wöchentlich|monatlich|jährlich|fach|mal|erlei|jahres|tage|stunden|monats|wochen|eck"
    r"|kampf|sitzer|zylinder|türer|ender|sprachig|geschossig|gängig|zeilig|bändig|kilo|prozent)\w*"
)


@dataclass(frozen=True, slots=True)
class GermanNumber:
    """A value; whether the word says it outright ("zwölf", not "zwölfte"), and as part of a compound."""

    value: Fraction
    plain: bool
    compound: bool = False


@cache
def german_number(word: str) -> GermanNumber | None:
    """The number that a lower-case German word says; None if it says none, or only "ein"."""
    match = _NUMBER.match(word)
    if match is None or not match.group():
        return None
    value = Fraction(_below_1000(match["rest"] or ""))
    if match["thousands"]:
        value += 1000 * (_below_1000(match["thousands"].removesuffix("tausend")) or 1)
    if match["half"]:
        value += Fraction(1, 2)
    rest = word[match.end() :]
    # "ein..." opens too many words that count nothing (einfach, einmal, einer), "elf" and "acht" some (elfen, achten).
    if value <= 1:
        return None
    if not rest:
        plain = word not in {"hundert", "tausend", "hunderttausend", "zehntausend"}
        return GermanNumber(value, plain)
    if _HEADS.fullmatch(rest):
        return GermanNumber(value, True, True)
    if re.fullmatch(r"(?:s?te[nrsm]?|e[rnm]?|er[n]?|ern|ste[nrsm]?|ler[n]?|tel[sn]?|stel[sn]?|tens|stens)", rest):
        return GermanNumber(value, False)
    return None


def _below_1000(word: str) -> int:
    """The value of a number word below 1,000 (up to 1,999 for "neunzehnhundert..."); 0 for an empty one."""
    if hundreds := _HUNDREDS.fullmatch(word):
        factor = hundreds["factor"]
        return 100 * ((_DIGITS | _TEENS)[factor] if factor else 1) + _below_1000(hundreds["rest"] or "")
    if two := _TWO_DIGITS.fullmatch(word):
        return _TENS[two["tens"]] + (_DIGITS[two["unit"]] if two["unit"] else 0)
    return (_DIGITS | _TEENS).get(word, 0)
