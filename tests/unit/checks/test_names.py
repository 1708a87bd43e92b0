from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks._territories import countries, mentions
from mtaudit.checks.names import Name
from tests.support import run_pair


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        pytest.param("en", "Norway's fleet met the Danish one near Poland.", ["NO", "PL"], id="genitive"),
        pytest.param("en", "South Korea and North Korea", ["KR", "KP"], id="longest name first"),
        pytest.param("en", "New Mexico and Indian Ocean", [], id="traps"),
        pytest.param("en", "U.S. and UK troops", ["US", "GB"], id="abbreviations"),
        pytest.param("en", "give it to us", [], id="pronoun"),
        pytest.param("en", "Georgia, Jordan and Chad", [], id="ambiguous"),
        pytest.param("de", "Norwegens Küste, der Irak", ["NO", "IQ"], id="de"),
        pytest.param("cs", "v Norsku", ["NO"], id="cs case"),
        pytest.param("ru", "из Норвегии", ["NO"], id="ru case"),
        pytest.param("zh", "印度尼西亚和印度", ["ID", "IN"], id="zh"),
        pytest.param("ja", "北朝鮮", ["KP"], id="ja"),
    ],
)
def test_countries(language: str, text: str, codes: list[str]) -> None:
    assert [country.code for country in countries(text, language)] == codes


@pytest.mark.parametrize(
    ("language", "text", "code", "expected"),
    [
        pytest.param("de", "die russische Flotte", "RU", True, id="adjective"),
        pytest.param("de", "der Kreml", "RU", True, id="metonym"),
        pytest.param("de", "die US-Regierung", "US", True, id="abbreviation in a compound"),
        pytest.param("ru", "немецкий флот", "DE", True, id="irregular adjective"),
        pytest.param("zh", "中美关系", "US", True, id="single character"),
        pytest.param("de", "Indonesien", "IN", False, id="another country's name"),
        pytest.param("de", "Südkorea", "KP", False, id="the other Korea"),
        pytest.param("de", "die Flotte", "RU", False, id="nothing"),
    ],
)
def test_mentions(language: str, text: str, code: str, expected: bool) -> None:
    assert mentions(text, language, code) is expected


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "Norway sold the ferry.", "Schweden verkaufte die Fähre.", ("en", "de"),
            [("target", "Schweden")], id="country"
        ),
        pytest.param(
            "A Polish ship sank off Iran.", "Ein polnisches Schiff sank vor dem Irak.", ("en", "de"),
            [("target", "Irak")],
            id="one of two",
        ),
        pytest.param(
            "North Korea won.", "Südkorea hat gewonnen.", ("en", "de"), [("target", "Südkorea")], id="the other Korea"
        ),
        pytest.param("Norway sold it.", "Швеция продала его.", ("en", "ru"), [("target", "Швеция")], id="cyrillic"),
        pytest.param("Norway sold it.", "瑞典把它卖了。", ("en", "zh"), [("target", "瑞典")], id="chinese"),
        pytest.param(
            "The baker Peter Ashcroft agreed.", "Der Bäcker Peter Dunmore stimmte zu.", ("en", "de"),
            [("target", "Dunmore")], id="family name",
        ),
        pytest.param(
            "Yesterday Mr Ashcroft agreed.", "Gestern stimmte Herr Dunmore zu.", ("en", "de"), [("target", "Dunmore")],
            id="after a title",
        ),
        pytest.param(
            "The baker Peter Ashcroft agreed.", "Der Bäcker Simon Ashcroft stimmte zu.", ("en", "de"),
            [("target", "Simon")], id="given name",
        ),
        pytest.param(
            "Yesterday Mr Ashcroft agreed.", "Gestern stimmte Ahscroft zu.", ("en", "de"), [("target", "Ahscroft")],
            id="letters swapped",
        ),
        pytest.param(
            "A ferry leaves Kirkwall at noon.", "Eine Fähre verlässt Kirkwlal mittags.", ("en", "de"),
            [("target", "Kirkwlal")], id="letters of a place swapped",
        ),
        pytest.param(
            "We saw Kirkwall's ferry.", "Wir sahen Krikwalls Fähre.", ("en", "de"), [("target", "Krikwalls")],
            id="swapped in a genitive",
        ),
    ],
)  # fmt: skip
def test_fires(source: str, target: str, languages: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    assert run_pair(Name(), source, target, languages) == expected


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param(
            "According to Dr. Ashcroft it rained.", "Laut Dr. Der Regen fiel.", ("en", "de"), id="article after a title"
        ),
        pytest.param("Norway sold the ferry.", "Die Fähre wurde verkauft.", ("en", "de"), id="only missing"),
        pytest.param("They sold the ferry.", "Norwegen verkaufte die Fähre.", ("en", "de"), id="only added"),
        pytest.param("Russian ships came.", "Schiffe aus Russland kamen.", ("en", "de"), id="adjective to noun"),
        pytest.param("British ships came.", "Schiffe aus England kamen.", ("en", "de"), id="part for whole"),
        pytest.param("American ships came.", "US-Schiffe kamen.", ("en", "de"), id="abbreviation"),
        pytest.param("Dutch ships came.", "Schiffe aus Holland kamen.", ("en", "de"), id="irregular"),
        pytest.param("German ships left Greece.", "Немецкие корабли покинули Грецию.", ("en", "ru"), id="ru"),
        pytest.param("The baker Peter Ashcroft agreed.", "Ashcrofts Bäckerei stimmte zu.", ("en", "de"), id="genitive"),
        pytest.param(
            "The poet Boris Yeltsov agreed.", "Der Dichter Boris Jelzow stimmte zu.", ("en", "de"), id="respelt"
        ),
        pytest.param("Bill Ashcroft agreed.", "William Ashcroft stimmte zu.", ("en", "de"), id="short form"),
        pytest.param("Jackson County agreed.", "Das Jackson Gebiet stimmte zu.", ("en", "de"), id="place"),
        pytest.param(
            "The Baker Peter Ashcroft Opens New Shop", "Bäcker Peter Neuladen eröffnet", ("en", "de"), id="headline"
        ),
        pytest.param("Herr Bäcker kam.", "Mr Baker came.", ("de", "en"), id="half alike"),
        pytest.param("We saw Kirkwall.", "Wir sahen Kikrwlal.", ("en", "de"), id="two swaps"),
        pytest.param("He found Paradise.", "Er fand das Paradies.", ("en", "de"), id="another ending"),
        pytest.param("We met Marco, not Macro.", "Wir trafen Marco, nicht Macro.", ("en", "de"), id="two like names"),
        pytest.param("The NATSO ship left.", "Das Schiff der NASTO fuhr ab.", ("en", "de"), id="all capitals"),
        pytest.param(
            "Peter Ashcroft agreed.", "Petr Dunmore souhlasil.", ("en", "cs"), id="language that declines names"
        ),
    ],
)
def test_is_quiet(source: str, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(Name(), source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("Norway sold it.", "Ruotsi myi sen.", ("en", "fi"), id="target language not covered"),
        pytest.param("Norja myi sen.", "Schweden verkaufte es.", ("fi", "de"), id="source language not covered"),
        pytest.param(None, "Schweden verkaufte es.", ("en", "de"), id="no source"),
        pytest.param("Norway sold it.", None, ("en", "de"), id="gap"),
    ],
)
def test_ignored(source: str | None, target: str | None, languages: tuple[str, str]) -> None:
    assert run_pair(Name(), source, target, languages) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "de", "fr", "ru", "zh"]))
def test_survives_any_text(source: str, target: str, language: str) -> None:
    run_pair(Name(), source, target, ("en", language))
    assert run_pair(Name(), source, source, (language, language)) == []
