from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks._german_numerals import german_number
from mtaudit.checks._units import unit_of
from mtaudit.checks.quantities import LANGUAGES, Demand, Form, quantities


def values(text: str, language: str) -> set[Fraction]:
    return {reading for number in quantities(text, language) for reading in number.readings}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        pytest.param("en", "1,234.5 litres", "1234.5", id="english separators"),
        pytest.param("de", "1.234,5 Liter", "1234.5", id="german separators"),
        pytest.param("fr", "1\u202f234,5 litres", "1234.5", id="narrow no-break space"),
        pytest.param("de", "1'234.5 Liter", "1234.5", id="swiss apostrophe"),
        pytest.param("en", "1,00,000 rupees", "100000", id="indian grouping"),
        pytest.param("en", "١٢٣ pages", "123", id="arabic-indic digits"),
        pytest.param("ja", "４５人", "45", id="full-width digits"),
        pytest.param("en", "3½ hours", "3.5", id="vulgar fraction"),
        pytest.param("en", "5 1/2 hours", "5.5", id="ascii fraction"),
        pytest.param("en", "5 million", "5e6", id="en million"),
        pytest.param("en", "$1.5bn", "1.5e9", id="glued scale"),
        pytest.param("en", "20k visitors", "20000", id="k"),
        pytest.param("en", "3 lakh", "300000", id="lakh"),
        pytest.param("de", "2,5 Mio. Euro", "2.5e6", id="de abbreviation"),
        pytest.param("de", "7 Billionen", "7e12", id="de long scale"),
        pytest.param("fr", "7 billions", "7e12", id="fr long scale"),
        pytest.param("es", "5 mil millones", "5e9", id="es mil millones"),
        pytest.param("ru", "12 тыс. рублей", "12000", id="ru abbreviation"),
        pytest.param("uk", "4 мільярди", "4e9", id="uk scale"),
        pytest.param("cs", "8 mil. korun", "8e6", id="cs abbreviation"),
        pytest.param("zh", "1.2万人", "12000", id="zh wan"),
        pytest.param("zh", "三亿五千万人", "350000000", id="zh numerals"),
        pytest.param("zh", "二〇二一年", "2021", id="zh year"),
        pytest.param("ja", "3億5000万円", "350000000", id="ja mixed"),
        pytest.param("ja", "令和2年", "2020", id="ja era"),
        pytest.param("zh", "三分之二", "2/3", id="zh fraction"),
        pytest.param("zh", "百分之五", "5", id="zh percent"),
        pytest.param("en", "two-thirds", "2/3", id="en fraction"),
        pytest.param("en", "twenty-two", "22", id="en compound"),
        pytest.param("en", "two hundred and five thousand", "205000", id="en long"),
        pytest.param("en", "a hundred and fifty", "150", id="a hundred and"),
        pytest.param("en", "half a million", "500000", id="half a million"),
        pytest.param("en", "two and a half million", "2500000", id="and a half"),
        pytest.param("en", "the twenty-first time", "21", id="en ordinal"),
        pytest.param("en", "a dozen eggs", "12", id="dozen"),
        pytest.param("fr", "quatre-vingt-dix-sept", "97", id="fr vigesimal"),
        pytest.param("es", "treinta y cinco", "35", id="es joiner"),
        pytest.param("ru", "двадцать пять", "25", id="ru tens"),
        pytest.param("uk", "п’ятдесят два", "52", id="uk apostrophe"),
        pytest.param("cs", "pětadvacet let", "25", id="cs ones first"),
        pytest.param("en", "the 1990s", "90", id="decade"),
        pytest.param("en", "in '95", "1995", id="short year"),
        pytest.param("en", "the 2018/19 season", "2019", id="season"),
        pytest.param("en", "5 to 10 million", "5e6", id="shared scale"),
        pytest.param("de", "Ludwig XIV.", "14", id="roman"),
        pytest.param("de", "minus 5 Grad", "-5", id="minus"),
    ],
)
def test_reads(language: str, text: str, value: str) -> None:
    assert Fraction(value) in values(text, language)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        pytest.param("en", "see https://example.org/2024/17 there", 17, id="address"),
        pytest.param("en", "write to box42@example.org", 42, id="mail"),
        pytest.param("en", "&#39;quoted&#39;", 39, id="entity"),
        pytest.param("en", "{count7} files", 7, id="placeholder"),
        pytest.param("en", "an area in m²", 2, id="superscript"),
        pytest.param("de", "im Jahr 12,5", 125, id="decimal is not whole"),
    ],
)
def test_does_not_read(language: str, text: str, value: int) -> None:
    assert Fraction(value) not in values(text, language)


@pytest.mark.parametrize(
    ("text", "form", "demand"),
    [
        pytest.param("42 boats", Form.FIGURE, Demand.ALWAYS, id="figure"),
        pytest.param("1 boat", Form.FIGURE, Demand.CONTRADICTED, id="one"),
        pytest.param("three boats", Form.WORD, Demand.CONTRADICTED, id="small word"),
        pytest.param("fourteen boats", Form.WORD, Demand.ALWAYS, id="large word"),
        pytest.param("both boats", Form.WORD, Demand.NEVER, id="implied"),
        pytest.param("thousands", Form.WORD, Demand.NEVER, id="vague"),
        pytest.param("the A380", Form.CODE, Demand.CONTRADICTED, id="code"),
        pytest.param("King Henry VIII", Form.ROMAN, Demand.CONTRADICTED, id="regnal number"),
        pytest.param("call 911", Form.FIGURE, Demand.NEVER, id="idiom"),
        pytest.param("he made the Top Ten", Form.WORD, Demand.NEVER, id="word in a name"),
    ],
)
def test_demand(text: str, form: Form, demand: Demand) -> None:
    last = quantities(text, "en")[-1]
    assert (last.form, last.demand) == (form, demand)


@pytest.mark.parametrize(
    ("word", "value", "plain"),
    [
        ("zweiundzwanzig", 22, True),
        ("dreihundertsechzehn", 316, True),
        ("neunzehnhundertachtundneunzig", 1998, True),
        ("fünftausendzwölf", 5012, True),
        ("zwölfjährigen", 12, True),
        ("dreieinhalb", Fraction(7, 2), True),
        ("zwanzigste", 20, False),
        ("siebziger", 70, False),
    ],
)
def test_german_words(word: str, value: Fraction, plain: bool) -> None:
    number = german_number(word)
    assert number is not None
    assert (number.value, number.plain) == (value, plain)


@pytest.mark.parametrize("word", ["einfach", "einer", "elfenbein", "achtung", "zweifel", "hund", "undicht", "und"])
def test_no_german_number(word: str) -> None:
    assert german_number(word) is None


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        pytest.param("12 miles away", "12", "mile", id="word"),
        pytest.param("$12", "12", "dollar", id="sign before"),
        pytest.param("12 €", "12", "euro", id="sign after"),
        pytest.param("12-year-old", "12", "year", id="hyphen"),
        pytest.param("12公里", "12", "kilometre", id="chinese"),
        pytest.param("12 Mio. Euro", "12 Mio", "euro", id="after an abbreviation"),
        pytest.param("12 °F", "12", "degree Fahrenheit", id="degree"),
    ],
)
def test_units(text: str, number: str, name: str) -> None:
    start = text.index(number)
    mention = unit_of(text, start, start + len(number))
    assert mention is not None
    assert mention.units[0].name == name


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        quantities("5", "xx")


_PIECES = st.sampled_from(
    ["12", "1,234", "1.5", " ", "-", "½", "1⁄0", "/", "zwei", "million", "百", "万", "XIV", "'", "٣"]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
def test_ranges_lie_in_the_text(text: str, language: str) -> None:
    for number in quantities(text, language):
        assert 0 <= number.start < number.end <= len(text)
        assert number.readings


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_locales_agree(number: int) -> None:
    english, german, swiss = f"{number:,}", f"{number:,}".replace(",", "."), f"{number:,}".replace(",", "'")
    for text, language in ((english, "en"), (german, "de"), (swiss, "de"), (str(number), "ru")):
        assert Fraction(number) in values(text, language)


def test_nothing_is_divided_by_zero() -> None:
    assert values("3⁄0 and 5-0 million", "en") >= {Fraction(3), Fraction(0)}


def test_a_wall_of_digits_is_no_number() -> None:
    assert quantities("7" * 6000, "en") == ()
