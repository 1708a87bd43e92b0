"""Chinese and Japanese numerals, pure ("二十五", "二〇二〇") and mixed with figures ("3億5000万", "令和2年")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "壱": 1, "弐": 2, "参": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_NUMERAL = f"[{''.join(_DIGITS)}]"
_UNIT = f"(?:[十百{''.join(_BIG)}]|千(?![瓦克米卡]))"  # 千瓦 is a kilowatt
_RUN = re.compile(rf"(?:(?:{_FIGURE}|{_NUMERAL}+)?[多余餘来]?{_UNIT}+)+(?:{_FIGURE}|{_NUMERAL})?|{_NUMERAL}+")
_PART = re.compile(rf"(?P<number>{_FIGURE}|{_NUMERAL}+)|(?P<unit>{_UNIT})")

#: "三分之二" is two thirds, "百分之五" five percent.
_NUMERALS = frozenset([*_DIGITS, *_SMALL, *_BIG])
_PARTS = re.compile(rf"({_NUMERAL}+|百|\d{{1,9}})分の?之?({_NUMERAL}+|\d{{1,9}})")

#: First year of a Japanese era, less one: "令和2年" is 2020. Years of the emperors since 1868.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_ERA = re.compile(rf"({'|'.join(_ERAS)})(\d+|元)年")

#: Words that imply a number.
_IMPLIED = {
    "半": ("1/2", "50", "30"), "双": ("2",), "雙": ("2",), "両": ("2",), "倍": ("2",), "ふた": ("2",), "ペア": ("2",),
    "ひと": ("1",), "みっつ": ("3",), "打": ("12",), "ダース": ("12",), "俩": ("2",), "仨": ("3",), "廿": ("20",),
    "世纪": ("100",), "世紀": ("100",), "正午": ("12",), "中午": ("12",), "午夜": ("0", "12", "24"), "ゼロ": ("0",),
    "初": ("1",), "首": ("1",), "第一": ("1",), "单": ("1",), "ダブル": ("2",), "トリプル": ("3",), "刻": ("15", "45"),
}  # fmt: skip


_ANY_NUMERAL = re.compile(
    "[" + "".join({*_NUMERALS, "元", *(character for word in _IMPLIED for character in word)}) + "]"
)


@dataclass(frozen=True, slots=True)
class CjkNumber:
    """A number at `start..end`; `figures` says whether it is written with figures ("1.2万")."""

    start: int
    end: int
    readings: frozenset[Fraction]
    figures: bool


def may_have_numerals(text: str) -> bool:
    """Whether the text has a character that every number of `cjk_numbers` without figures has one of."""
    return _ANY_NUMERAL.search(text) is not None


def cjk_numbers(text: str) -> Iterator[CjkNumber]:
    """Yield the numbers in `text` that are written with CJK numerals, and what era years and words imply.

    The ranges may overlap; figures that stand alone are not among them.
    """
    for match in _ERA.finditer(text):
        year = 1 if match[2] == "元" else int(match[2])
        readings = frozenset({Fraction(_ERAS[match[1]] + year), Fraction(year)})
        yield CjkNumber(match.start(), match.end(), readings, True)
    for match in _PARTS.finditer(text):
        below, above = (next(_values(run)) if run[0] in _NUMERALS else Fraction(run) for run in match.groups())
        if below:
            yield CjkNumber(match.start(), match.end(), frozenset({above / below, 100 * above / below}), False)
    for match in _RUN.finditer(text):
        figures = any(character.isdigit() and character.isascii() for character in match.group())
        yield CjkNumber(match.start(), match.end(), frozenset(_values(match.group())), figures)
    for word, values in _IMPLIED.items():
        for match in re.finditer(word, text) if word in text else ():
            yield CjkNumber(match.start(), match.end(), frozenset(map(Fraction, values)), False)


def _values(run: str) -> Iterator[Fraction]:
    """What a run of numerals can stand for: its composed value, and for bare digits also each digit."""
    total, section, pending = Fraction(0), Fraction(0), None
    for part in _PART.finditer(run):
        if part["number"]:
            pending = _plain_number(part["number"])
            if len(part["number"]) > 1 and part["number"][0] in _DIGITS:
                yield from (Fraction(_DIGITS[digit]) for digit in part["number"])
        elif part["unit"] in _SMALL:
            section += (1 if pending is None else pending) * _SMALL[part["unit"]]
            pending = None
        else:
            section += pending or 0
            # "兆" is 10^12 in Japanese and in Taiwan; a bare "万" counts once.
            total += (section or 1) * _BIG[part["unit"]]
            section, pending = Fraction(0), None
    yield total + section + (pending or 0)


def _plain_number(number: str) -> Fraction:
    if number[0] in _DIGITS:
        return Fraction(int("".join(str(_DIGITS[digit]) for digit in number)))
    return Fraction(number.replace(",", ""))
