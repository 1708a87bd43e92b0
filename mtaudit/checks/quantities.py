"""Finds the numbers in a text, by value: figures in any locale's writing, number words, scales, CJK numerals.

What a number *may* mean is kept apart from what must be found again. `Quantity.readings` holds every value the
writing can stand for ("1.234" is 1234 in German and 1.234 in English); `Quantity.demand` says whether a translation
has to show it. So a text may pay for a number in many coins, and is asked only for plain ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from functools import cache, lru_cache
from math import ceil, floor

from mtaudit.checks._cjk_numerals import cjk_numbers, may_have_numerals
from mtaudit.checks._figures import FIGURE, decade_readings, figure_readings, fraction_readings, vulgar_readings
from mtaudit.checks._german_numerals import german_number
from mtaudit.checks._numerals import LANGUAGES, Lexicon, lexicon
from mtaudit.checks._plain import masked

__all__ = ["LANGUAGES", "RANGE", "Demand", "Form", "Quantity", "quantities"]


class Demand(IntEnum):
    """How strongly a number asks for its counterpart."""

    NEVER = 0  #: implied ("both", "decade"): may account for a number, need not be found again
    CONTRADICTED = 1  #: a small number word: missed only where another number has taken its place
    ALWAYS = 2  #: a figure, or a number word from ten up


class Form(IntEnum):
    """How a number is written."""

    FIGURE = 0
    WORD = 1
    ROMAN = 2
    CODE = 3  #: part of a name: "A380", "Covid-19"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start..end` of a text, with the values that it may stand for.

    `name` is what a `CODE` numbers, folded ("covid" in "Covid-19"), or the word before a Roman numeral; else empty.
    """

    start: int
    end: int
    readings: frozenset[Fraction]
    form: Form
    demand: Demand
    name: str = ""


_LETTERS = r"[^\W\d_¼-¾⅐-⅞]+(?:['’ʼ][^\W\d_]+)*"
_TOKEN = re.compile(
    r"(?P<fraction>(?<![\d/.,])(?:\d+ )?\d{1,2}/\d(?![\d/.,]?\d|/)|\d*\d⁄\d+)"
    rf"|(?P<figure>{FIGURE})|(?P<vulgar>[¼-¾⅐-⅞])|(?P<word>{_LETTERS})"
)
_FIGURES = re.compile(r"[\d¼-¾⅐-⅞]")
_PLAIN_WORD = re.compile(_LETTERS)

#: Numbers that are idioms of their language: "call 911" is no number to a reader of German.
_IDIOM = re.compile(r"\b(?:911|9-1-1|9/11|999|24/7|4x4|50[-/]50|7/24|101)\b")

#: Letters glued to a figure that leave it a number: ordinals, decades, units.
_GLUED = re.compile(
    r"st|nd|rd|th|[eè]re?|er[ns]?|e[rsn]?|[eè]me|s?te[nrsm]?|s|[ºª]|а|е|й|го|му|ми|х|ти|я|ю|ій|ої|і|у|[cfk]"
    r"|[kmcdnµ]?m|[kmµ]?g|[kmcd]?l|[kmgt]?w|h|min|sec|x|ft|in|lbs?|oz|mph|kmh|p|pm|am|[kmgt]b|uhr",
    re.IGNORECASE,
)
_MAGNITUDE = {"k": 10**3, "m": 10**6, "mm": 10**6, "mln": 10**6, "b": 10**9, "t": 10**12}

#: A capitalised word or letters that a figure is glued or hyphenated to; "12h30" has none.
_CODE_NAME = re.compile(r"(?<![^\W_])(?:([^\W\d_]+)|([^\W\d_]+)-)$")
_CURRENCY_CODES = frozenset({"rs", "usd", "eur", "gbp", "inr", "us", "chf", "nok", "sek", "dkk", "rmb", "cny", "jpy"})

#: What stands before the year of a numeric date: "21.3.", "3/21/".
_NUMERIC_DATE = re.compile(r"\d[./-]\d{1,2}[./-]$")

#: The end of a text that a sentence goes on from.
_INSIDE = re.compile(r"[\w,] $")

#: "An hour and a half": what follows the article.
_AND_A_HALF = re.compile(r" [a-z]+ and a half\b")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}

#: What stands between the ends of a range or the items of a list.
RANGE = re.compile(
    r" ?[-–—~～/至、] ?|, | (?:to|and|or|bis|auf|und|oder|bzw\.|à|et|ou|a|y|o|až|nebo|до|и|или|і|та|або|по) "
)

#: "moins" and "menos" may end "at least": like a dash, they are a sure minus only before a degree.
_MINUS = re.compile(
    r"(?:(?P<unsure>(?:^|[ (])-|\b(?:moins|menos) )|\b(?:minus|negativ\w*|минус|мінус) ?"
    r"|(?:零下|氷点下|マイナス|负) ?)$",
    re.IGNORECASE,
)
_DEGREE = re.compile(r" ?(?:°|%|℃|grad|degree|degré|grado|stup|градус|度)", re.IGNORECASE)
_BELOW = re.compile(r".{0,24}\b(?:below|under|unter|au-dessous|en dessous|bajo|pod|ниже|нижче)\b", re.IGNORECASE)

#: The beginnings of what `_BELOW` looks for.
_BELOW_WORDS = ("below", "under", "unter", "dessous", "bajo", "pod", "ниж")


@lru_cache(256)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The numbers in `text`, in order; `language` is a primary subtag of `LANGUAGES`.

    Raises:
        KeyError: for a language without a lexicon.
    """
    words = lexicon(language)
    shown = masked(text)
    if not _may_count(shown, language) and (words.cardinals or not may_have_numerals(shown)):
        return ()
    found: list[Quantity] = []
    if not words.cardinals:
        for cjk in cjk_numbers(shown):
            form, demand = (Form.FIGURE, Demand.ALWAYS) if cjk.figures else (Form.WORD, Demand.NEVER)
            found.append(Quantity(cjk.start, cjk.end, cjk.readings, form, demand))
            if cjk.figures:
                shown = shown[: cjk.start] + "\0" * (cjk.end - cjk.start) + shown[cjk.end :]
    found.extend(_Scanner(shown, language, words).run())
    idioms = [match.span() for match in _IDIOM.finditer(shown)]
    for index, number in enumerate(found):
        if any(start <= number.start and number.end <= end for start, end in idioms):
            found[index] = replace(number, demand=Demand.NEVER)
    return tuple(_ranges(shown, sorted(found, key=lambda quantity: (quantity.start, quantity.end))))


def _may_count(shown: str, language: str) -> bool:
    """Whether a masked text has a figure, or a word that a number can begin with; most have neither."""
    return _FIGURES.search(shown) is not None or any(_says(word, language) for word in _PLAIN_WORD.findall(shown))


@lru_cache(16384)
def _says(word: str, language: str) -> bool:
    """Whether a number can begin with this word: what is no figure and no such word is no part of one, or a later."""
    lower, known = word.lower(), lexicon(language)
    return (
        (word != "I" and _ROMAN.fullmatch(word) is not None)
        or lower in known.cardinals
        or lower in known.scales
        or bool(known.hint(lower))
        or (language == "de" and german_number(lower) is not None)
    )


@lru_cache(4096)
def _may_be_year(values: frozenset[Fraction]) -> bool:
    return any(1500 <= value <= 2100 for value in values)


@dataclass(frozen=True, slots=True)
class _Scanner:
    """Walks over one masked text; `language` has a lexicon."""

    text: str
    language: str
    words: Lexicon

    def run(self) -> Iterator[Quantity]:
        tokens = list(_TOKEN.finditer(self.text))
        at = 0
        while at < len(tokens):
            is_word = tokens[at].lastgroup == "word"
            if is_word and not _says(tokens[at].group(), self.language):
                at += 1
                continue
            found, at = (self._word if is_word else self._figure)(tokens, at)
            if found:
                yield found

    def _figure(self, tokens: Sequence[re.Match[str]], at: int) -> tuple[Quantity, int]:
        start, end = tokens[at].span()
        if tokens[at].lastgroup == "fraction":
            return Quantity(start, end, fraction_readings(tokens[at].group()), Form.FIGURE, Demand.ALWAYS), at + 1
        values = (
            vulgar_readings(tokens[at]) if tokens[at].lastgroup == "vulgar" else figure_readings(tokens[at].group())
        )
        at += 1
        if at < len(tokens) and tokens[at].lastgroup == "vulgar" and not self.text[end : tokens[at].start()].strip():
            part = vulgar_readings(tokens[at])
            values, end, at = frozenset(v + p for v in values for p in part), tokens[at].end(), at + 1
        values = self._signed(values, start, end)
        if end - start == 2 and self._short_year(start, end):
            values |= {value + century for value in values for century in (1900, 2000)}
        if (name := self._code_name(start)) and self._scales(tokens, at)[1] == at:
            return Quantity(start, end, values, Form.CODE, Demand.CONTRADICTED, name), at
        if at < len(tokens) and tokens[at].lastgroup == "word" and tokens[at].start() == end:
            suffix = tokens[at].group().lower()
            if factor := _MAGNITUDE.get(suffix):
                values, end, at = values | {value * factor for value in values}, tokens[at].end(), at + 1
            elif _GLUED.fullmatch(suffix):
                values, at = decade_readings(values, suffix), at + 1
            elif suffix not in self.words.scales and self.words.cardinals:
                return Quantity(start, end, values, Form.CODE, Demand.CONTRADICTED, suffix), at
        return self._whole(tokens, at, values, start, end)

    def _whole(
        self, tokens: Sequence[re.Match[str]], at: int, bare: frozenset[Fraction], start: int, end: int
    ) -> tuple[Quantity, int]:
        """A figure with its scale."""
        values, end, at = self._multiplied(tokens, at, bare, end)
        if _may_be_year(bare):
            values |= bare  # "im Jahr 2012 Hunderte Millionen"
        demand = Demand.CONTRADICTED if values <= {0, 1} else Demand.ALWAYS
        return Quantity(start, end, values, Form.FIGURE, demand), at

    def _signed(self, values: frozenset[Fraction], start: int, end: int) -> frozenset[Fraction]:
        """With the minus before them, where it surely is one; with and without where it may be a dash."""
        minus = _MINUS.search(self.text, max(0, start - 12), start)
        after = self.text[end : end + 40].lower()
        below = any(word in after for word in _BELOW_WORDS) and _BELOW.match(self.text, end) is not None
        if minus is None and not below:
            return values
        negative = frozenset(-value for value in values)
        if below or minus is None:
            return values | negative
        sure = not minus["unsure"] or _DEGREE.match(self.text, end)
        return negative if sure else values | negative

    def _short_year(self, start: int, end: int) -> bool:
        """Whether two digits may be a year: "'95", "21.3.08", "13年"."""
        before = self.text[max(0, start - 6) : start]
        return before.endswith("'") or self.text.startswith("年", end) or bool(_NUMERIC_DATE.search(before))

    def _code_name(self, start: int) -> str:
        """What a figure at `start` is glued or hyphenated to, as in "A380" or "Covid-19"; folded, else empty."""
        before = self.text[start - 1 : start]
        if not (before.isalnum() or before == "-"):
            return ""
        match = _CODE_NAME.search(self.text, max(0, start - 24), start)
        if match is None:
            return ""
        glued, hyphenated = match.groups()
        name = glued or hyphenated
        if glued and not (name.isascii() and name.lower() not in _CURRENCY_CODES):
            return ""
        return "" if hyphenated and not name[0].isupper() else str(name).casefold()

    def _scales(self, tokens: Sequence[re.Match[str]], at: int, *, fresh: bool = False) -> tuple[int, int]:
        """The product of the scale words from token `at` on, and the token after them.

        The first must follow the token before it closely, unless `fresh`.
        """
        factor, first = 1, at
        while at < len(tokens) and tokens[at].lastgroup == "word":
            scale = self.words.scales.get(tokens[at].group().lower())
            loose = at and not (fresh and at == first) and not self._close(tokens[at - 1].end(), tokens[at].start())
            if scale is None or loose:
                break
            factor, at = factor * scale, at + 1
        return factor, at

    def _multiplied(
        self, tokens: Sequence[re.Match[str]], at: int, values: frozenset[Fraction], end: int
    ) -> tuple[frozenset[Fraction], int, int]:
        """A number with the scale and the half that follow it: "two and a half million", "dos millones y medio"."""
        half = self._half(end)
        if half > end:
            values |= {value + Fraction(1, 2) for value in values}
            at = next((i for i in range(at, len(tokens)) if tokens[i].start() >= half), len(tokens))
            end = half
        factor, after = self._scales(tokens, at)
        if after > at:
            values, end = frozenset(value * factor for value in values), tokens[after - 1].end()
            if (half := self._half(end)) > end:
                values |= {value + Fraction(factor, 2) for value in values}
                after = next((i for i in range(after, len(tokens)) if tokens[i].start() >= half), len(tokens))
                end = half
        return values, end, after

    def _half(self, end: int) -> int:
        """Where "and a half" ends if it follows at `end`; else `end`."""
        if not self.text.startswith(_half_starts(self.words.halves), end):
            return end
        for half in self.words.halves:
            for blank in (" ", "-", ""):
                if self.text.startswith(blank + half, end):
                    return end + len(blank + half)
        return end

    def _close(self, end: int, start: int) -> bool:
        """Whether only a blank, a hyphen or an abbreviation's full stop parts two tokens."""
        return start - end <= 2 and not self.text[end:start].strip(" -.")

    def _word(self, tokens: Sequence[re.Match[str]], at: int) -> tuple[Quantity | None, int]:
        if roman := self._roman(tokens[at]):
            return roman, at + 1
        # A number word with a capital inside a sentence is part of a name: "the Top Ten", "Ocean's Eleven".
        named = (
            self.language == "en" and tokens[at].group().istitle() and _INSIDE.search(self.text[: tokens[at].start()])
        )
        composed = self._german(tokens, at) if self.language == "de" else self._compose(tokens, at)
        if composed:
            value, after, plain = composed
            return self._scaled(tokens, at, value, after, plain and not named)
        factor, after = self._scales(tokens, at, fresh=True)
        if after > at:
            demand = Demand.CONTRADICTED if factor >= 10**6 else Demand.NEVER
            span = tokens[at].start(), tokens[after - 1].end()
            return Quantity(*span, frozenset({Fraction(factor)}), Form.WORD, demand), after
        hint = frozenset(self.words.hint(tokens[at].group().lower()))
        if not hint:
            return None, at + 1
        if self.language == "en" and _AND_A_HALF.match(self.text, tokens[at].end()):
            hint |= {one + Fraction(1, 2) for one in hint}
        rest = at + 1
        while rest < len(tokens) and tokens[rest].group().lower() in {"of", "a", "an"}:
            rest += 1  # "half a million", "a quarter of a million"
        factor, after = self._scales(tokens, rest)
        if after == rest or min(hint) >= 1:
            return Quantity(*tokens[at].span(), hint, Form.WORD, Demand.NEVER), at + 1
        hint |= {value * factor for value in hint if value < 1}
        return Quantity(tokens[at].start(), tokens[after - 1].end(), hint, Form.WORD, Demand.NEVER), after

    def _german(self, tokens: Sequence[re.Match[str]], at: int) -> tuple[Fraction, int, bool] | None:
        word = tokens[at].group()
        number = german_number(word.lower())
        # "die Elf" is a team.
        return (number.value, at + 1, number.plain and word != "Elf") if number else None

    def _heads(self, token: re.Match[str]) -> bool:
        """Whether a German number word counts its own second half: "zweistellige Millionen" are not two millions."""
        number = german_number(token.group().lower()) if self.language == "de" else None
        return number is not None and number.compound

    def _compose(self, tokens: Sequence[re.Match[str]], at: int) -> tuple[Fraction, int, bool] | None:
        """The value of the number words from token `at` on, the token after them, whether a cardinal is among them."""
        total, current, after, here, cardinal = 0, 0, at, at, False
        while here < len(tokens) and tokens[here].lastgroup == "word":
            if here > at and not self._close(tokens[here - 1].end(), tokens[here].start()):
                break
            word = tokens[here].group().lower()
            value, scale = self.words.cardinals.get(word), self.words.scales.get(word, 0)
            if value is not None and (after == at or _adds(total, current, value)):
                # "quatre-vingt" is four times twenty; every other pair of words adds up.
                fourscore = self.language == "fr" and current == 4 and value == 20
                current, cardinal = 80 if fourscore else current + value, True
            elif scale == 100 and current < 100:
                current = max(current, 1) * 100
            elif scale == 1000 and current < 1000 and not total:
                total, current = max(current, 1) * 1000, 0
            elif word in self.words.joiners and after > at:
                here += 1
                continue
            else:
                break
            here += 1
            after = here
        return (Fraction(total + current), after, cardinal) if after > at else None

    def _scaled(
        self, tokens: Sequence[re.Match[str]], at: int, value: Fraction, after: int, plain: bool
    ) -> tuple[Quantity, int]:
        """A composed number with what follows it: "and a half", "million", "-first"."""
        start, end = tokens[at].start(), tokens[after - 1].end()
        readings = frozenset({value})
        if after < len(tokens) and value % 10 == 0 and self._close(end, tokens[after].start()):
            # "twenty-first"; but "twenty seconds" is no ordinal.
            ones = [hint for hint in self.words.hint(tokens[after].group().lower()) if 0 < hint < 10]
            if ones and (self.language != "en" or self.text[end] == "-"):
                readings |= {value + one for one in ones}
                end, after, plain = tokens[after].end(), after + 1, False
        if after < len(tokens) and self._close(end, tokens[after].start()):
            # "three quarters" is 0.75, 75 percent, and 45 minutes; "two thirds" is 66 or 67 percent.
            parts = [hint for hint in self.words.hint(tokens[after].group().lower()) if hint < 1]
            shares = {value * part for part in parts if part}
            readings |= shares | {share * unit for share in shares for unit in (60, 100)}
            readings |= {Fraction(near(100 * share)) for share in shares for near in (floor, ceil)}
            beyond = after + 1
            while parts and beyond < len(tokens) and tokens[beyond].group().lower() in {"of", "a", "an"}:
                beyond += 1  # "three quarters of a million"
            factor, last = self._scales(tokens, beyond) if parts else (1, beyond)
            if last > beyond:
                readings = frozenset(value * part * factor for part in parts)
                return Quantity(start, tokens[last - 1].end(), readings, Form.WORD, Demand.NEVER), last
        if not self._heads(tokens[after - 1]):
            readings, end, after = self._multiplied(tokens, after, readings, end)
        demand = Demand.NEVER
        if plain and readings != {1}:
            demand = Demand.ALWAYS if min(readings) >= 10 else Demand.CONTRADICTED
        return Quantity(start, end, readings, Form.WORD, demand), after

    def _roman(self, token: re.Match[str]) -> Quantity | None:
        numeral = token.group()
        if not _ROMAN.fullmatch(numeral) or numeral == "I":
            return None
        before = re.search(r"([^\W\d_]+) $", self.text[: token.start()])
        values = [_ROMAN_VALUE[letter] for letter in numeral]
        total = sum(-v if v < max(values[i + 1 : i + 2], default=0) else v for i, v in enumerate(values))
        name = before[1].casefold() if before and before[1][0].isupper() else ""
        demand = Demand.CONTRADICTED if name and len(numeral) > 1 else Demand.NEVER
        return Quantity(token.start(), token.end(), frozenset({Fraction(total)}), Form.ROMAN, demand, name)


@cache
def _half_starts(halves: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(blank + half for half in halves for blank in (" ", "-", ""))


def _adds(total: int, current: int, value: int) -> bool:
    """Whether `value` can follow in one number: "twenty" + "two", "two hundred" + "five", "quatre" + "vingt"."""
    if current == 0:
        return total > 0 and value < 1000
    if (current, value) == (4, 20) or (current % 100 in (60, 80) and 0 < value < 20):
        return True
    if current % 100 == 0:
        return 0 < value < 100
    return current % 10 == 0 and current % 100 >= 20 and 0 < value < 10


def _ranges(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Share what the ends of a range leave unsaid: the 5 of "5 to 10 million" may be millions; 2018/19 ends in 2019."""
    before: Quantity | None = None
    for index, this in enumerate(found):
        readings = this.readings
        after = found[index + 1] if index + 1 < len(found) else None
        if this.form is Form.FIGURE and after and RANGE.fullmatch(text[this.end : after.start]):
            bare = re.match(FIGURE, text[after.start : after.end])
            base = max(figure_readings(bare.group())) if bare else Fraction(0)
            factor = max(after.readings) / base if base else Fraction(1)
            if factor > 1:
                readings |= {value * factor for value in readings}
        if before and RANGE.fullmatch(text[before.end : this.start]) and this.end - this.start == 2:
            centuries = {value // 100 * 100 for value in before.readings if 1000 < value < 2100}
            readings |= {value + century for value in this.readings for century in centuries}
        before = this
        yield this if readings is this.readings else replace(this, readings=readings)
