from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks._moments import LANGUAGES, Kind, moments
from mtaudit.checks.dates import DateOrTime
from tests.support import run_pair


@pytest.mark.parametrize(
    ("language", "text", "kind", "readings"),
    [
        pytest.param("en", "on Friday", Kind.WEEKDAY, {4}, id="en weekday"),
        pytest.param("de", "am Freitagabend", Kind.WEEKDAY, {4}, id="de compound"),
        pytest.param("de", "am Sonnabend", Kind.WEEKDAY, {5}, id="de regional"),
        pytest.param("cs", "ve středu", Kind.WEEKDAY, {2}, id="cs case"),
        pytest.param("ru", "в пятницу", Kind.WEEKDAY, {4}, id="ru case"),
        pytest.param("uk", "у суботу", Kind.WEEKDAY, {5}, id="uk case"),
        pytest.param("zh", "星期三", Kind.WEEKDAY, {2}, id="zh"),
        pytest.param("ja", "5日（土）", Kind.WEEKDAY, {5}, id="ja bracket"),
        pytest.param("en", "early in May", Kind.MONTH, {5}, id="en may"),
        pytest.param("de", "im Mai", Kind.MONTH, {5}, id="de mai"),
        pytest.param("cs", "v říjnu", Kind.MONTH, {10}, id="cs month"),
        pytest.param("ru", "в июле", Kind.MONTH, {7}, id="ru month"),
        pytest.param("zh", "十月", Kind.MONTH, {10}, id="zh numeral"),
        pytest.param("en", "Sept. 14", Kind.DAY, {914}, id="en abbreviation"),
        pytest.param("en", "the 4th of July", Kind.DAY, {704}, id="en ordinal"),
        pytest.param("de", "14. September", Kind.DAY, {914}, id="de date"),
        pytest.param("fr", "1er mars", Kind.DAY, {301}, id="fr first"),
        pytest.param("en", "2021-03-04", Kind.DAY, {304}, id="iso"),
        pytest.param("en", "03/04/2021", Kind.DAY, {304, 403}, id="either order"),
        pytest.param("ja", "3月4日", Kind.DAY, {304}, id="ja date"),
        pytest.param("en", "5 p.m.", Kind.TIME, {1020}, id="pm"),
        pytest.param("en", "12:15 am", Kind.TIME, {15}, id="after midnight"),
        pytest.param("de", "17 Uhr", Kind.TIME, {1020}, id="24 h"),
        pytest.param("de", "5 Uhr", Kind.TIME, {300, 1020}, id="either half of the day"),
        pytest.param("de", "5.30 Uhr morgens", Kind.TIME, {330}, id="de morning"),
        pytest.param("de", "um halb zehn", Kind.TIME, {570, 1290}, id="de half"),
        pytest.param("de", "kurz nach zehn", Kind.TIME, {600, 1320}, id="de about"),
        pytest.param("de", "fünf vor halb drei", Kind.TIME, {145, 865}, id="de five to half"),
        pytest.param("de", "Viertel nach 10", Kind.TIME, {615, 1335}, id="de quarter"),
        pytest.param("de", "um dreiviertel acht", Kind.TIME, {465, 1185}, id="de eastern"),
        pytest.param("en", "half past nine", Kind.TIME, {570, 1290}, id="en half"),
        pytest.param("en", "a quarter to one", Kind.TIME, {45, 765}, id="en quarter"),
        pytest.param("en", "ten past eight", Kind.TIME, {490, 1210}, id="en ten past"),
        pytest.param("fr", "17h30", Kind.TIME, {1050}, id="fr"),
        pytest.param("ja", "午後5時30分", Kind.TIME, {1050}, id="ja"),
    ],
)
def test_moments(language: str, text: str, kind: Kind, readings: set[int]) -> None:
    assert readings in [set(moment.readings) for moment in moments(text, language) if moment.kind is kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("en", "It may march on", id="verbs"),
        pytest.param("en", "a probe on Mars", id="planet"),
        pytest.param("en", "Theresa May's speech", id="family name"),
        pytest.param("de", "die Montage der Teile", id="assembly"),
        pytest.param("ja", "2時間", id="duration"),
        pytest.param("de", "fünf vor zwölf", id="idiom"),
        pytest.param("en", "five to ten people", id="range"),
    ],
)
def test_nothing_sure(language: str, text: str) -> None:
    assert not [moment for moment in moments(text, language) if moment.sure]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param("She left on Friday.", "Sie ging am Donnerstag.", [("target", "Donnerstag")], id="weekday"),
        pytest.param("She left in June.", "Sie ging im Juli.", [("target", "Juli")], id="month"),
        pytest.param("She left on 3 June.", "Sie ging am 4. Juni.", [("target", "4. Juni")], id="day"),
        pytest.param("She left on June 3.", "Sie ging am 3. Juli.", [("target", "Juli")], id="month told once"),
        pytest.param("She left at 5 p.m. sharp.", "Sie ging um Punkt 18 Uhr.", [("target", "18 Uhr")], id="time"),
        pytest.param(
            "She left at 5 a.m. sharp.", "Sie ging um Punkt 17 Uhr.", [("target", "17 Uhr")], id="half of the day"
        ),
        pytest.param(
            "She left at half past nine.", "Sie ging um halb neun.", [("target", "halb neun")], id="the wrong half"
        ),
        pytest.param(
            "She left home on Friday.", "Sie ging von zu Hause weg.", [("source", "Friday")], id="weekday missing"
        ),
        pytest.param("She left home in June.", "Sie ging von zu Hause weg.", [("source", "June")], id="month missing"),
        pytest.param(
            "From 25 July to 31 July.",
            "Vom 25. Oktober bis zum 31. Juli.",
            [("target", "25. Oktober")],
            id="one of two",
        ),
    ],
)
def test_fires(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(DateOrTime(), source, target) == expected


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param("She left on Friday, 3 June.", "Sie ging am Freitag, dem 3. Juni.", "de", id="same"),
        pytest.param("It starts at 3pm BST.", "Es beginnt um 16 Uhr.", "de", id="time zone in the source"),
        pytest.param("It starts at 2 p.m. ET.", "Es beginnt um 20 Uhr MEZ.", "de", id="time zones on both sides"),
        pytest.param("She left on Good Friday.", "Sie ging am Karfreitag.", "de", id="compound"),
        pytest.param("She left on Saturday.", "Sie ging am Sonnabend.", "de", id="regional name"),
        pytest.param("On Friday night it burned.", "In der Nacht zum Samstag brannte es.", "de", id="night between"),
        pytest.param("She left on Friday.", "Sie ging heute.", "de", id="relative"),
        pytest.param("She reads the Sunday Times.", "Sie liest die Sunday Times.", "de", id="name"),
        pytest.param("She left on 03/04/2021.", "Sie ging am 4. März 2021.", "de", id="numeric, american"),
        pytest.param("She left on 03/04/2021.", "Sie ging am 3. April 2021.", "de", id="numeric, british"),
        pytest.param("From 10 to 12 July.", "Vom 10. bis 12. Juli.", "de", id="range"),
        pytest.param("She left at 5 p.m. sharp.", "Sie ging um Punkt 17 Uhr.", "de", id="24 h"),
        pytest.param("She left at 5:30 p.m. sharp.", "Sie ging um 17.30 Uhr.", "de", id="24 h with minutes"),
        pytest.param("She left at 5 p.m. sharp.", "Sie ging um 5 Uhr.", "de", id="half of the day left open"),
        pytest.param("She left at 9.30 a.m. sharp.", "Sie ging um halb zehn.", "de", id="half"),
        pytest.param("It may rain.", "Es könnte im Juni regnen.", "de", id="verb"),
        pytest.param("The fifth of May", "Der 5. Mai", "de", id="ordinal word"),
        pytest.param("She left in July.", "Elle est partie en juillet.", "fr", id="fr"),
        pytest.param("She left on Tuesday.", "Se fue el martes.", "es", id="es"),
        pytest.param("She left on Wednesday.", "Odešla ve středu.", "cs", id="cs"),
        pytest.param("She left in July.", "Она уехала в июле.", "ru", id="ru"),
        pytest.param("She left in February.", "Вона поїхала в лютому.", "uk", id="uk"),
        pytest.param("She left on 9 November.", "她于11月9日离开。", "zh", id="zh"),
        pytest.param("She left on 10 October.", "彼女は10日に去った。", "ja", id="ja leaves the month out"),
    ],
)
def test_is_quiet(source: str, target: str, language: str) -> None:
    assert run_pair(DateOrTime(), source, target, ("en", language)) == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("She left on Friday.", "Hän lähti torstaina.", ("en", "fi"), id="target language not covered"),
        pytest.param(
            "Hän lähti perjantaina.", "Sie ging am Donnerstag.", ("fi", "de"), id="source language not covered"
        ),
        pytest.param(None, "Sie ging am Donnerstag.", ("en", "de"), id="no source"),
        pytest.param("She left on Friday.", None, ("en", "de"), id="gap"),
    ],
)
def test_ignored(source: str | None, target: str | None, languages: tuple[str, str]) -> None:
    assert run_pair(DateOrTime(), source, target, languages) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
def test_survives_any_text(text: str, language: str) -> None:
    for moment in moments(text, language):
        assert 0 <= moment.start < moment.end <= len(text)
    assert run_pair(DateOrTime(), text, text, (language, language)) == []
