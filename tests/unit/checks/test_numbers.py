from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.numbers import Number, UnitOrCurrency
from mtaudit.rules import PairView
from tests.support import bitext, run_pair

FIRES = [
    pytest.param("The dam cost 12,500 euros.", "Der Damm kostete 1.250 Euro.", [("target", "1.250")], id="digit lost"),
    pytest.param(
        "It sold 5 million copies.", "Es verkaufte 5 Milliarden Exemplare.", [("target", "5 Milliarden")], id="scale"
    ),
    pytest.param("It sold 5 million copies.", "Es verkaufte 5 Exemplare.", [("target", "5")], id="scale lost"),
    pytest.param("Some 340 guests came.", "Die Gäste kamen.", [("source", "340")], id="missing"),
    pytest.param("The guests came.", "Rund 340 Gäste kamen.", [("target", "340")], id="added"),
    pytest.param("Three boats sank.", "Vier Boote sanken.", [("target", "Vier")], id="small words contradict"),
    pytest.param("Fourteen boats sank.", "Die Boote sanken.", [("source", "Fourteen")], id="word from ten up"),
    pytest.param(
        "The share is 12.5 percent.", "Der Anteil liegt bei 1,25 Prozent.", [("target", "1,25")], id="decimal shift"
    ),
    pytest.param("We flew in an A380.", "Wir flogen in einem A330.", [("target", "330")], id="model"),
    pytest.param("Louis XIV built it.", "Ludwig XV. baute es.", [("target", "XV")], id="regnal number"),
    pytest.param("It was -5 °C at noon.", "Am Mittag waren es 5 °C.", [("target", "5")], id="sign"),
    pytest.param(
        "The walk is 10 miles long.", "Der Weg ist 30 Kilometer lang.", [("target", "30")], id="wrong conversion"
    ),
    pytest.param(
        "It has 900 square feet.", "Es hat 274 Quadratmeter.", [("target", "274")], id="area converted as a length"
    ),
    pytest.param("Take 2 cups of flour.", "Man nehme 3 Gramm Mehl.", [("target", "3")], id="no food is so light"),
    pytest.param("The town has 3,000 cats.", "Der Ort hat 3.00 Katzen.", [("target", "3.00")], id="noughts lost"),
    pytest.param("It cost 12,500 euros.", "Es kostete 12,5 Euro.", [("target", "12,5")], id="thousands as decimals"),
    pytest.param("It grew in the 1930s.", "Es wuchs in den 1940er Jahren.", [("target", "1940")], id="decade"),
    pytest.param("It took an hour and a half.", "Es dauerte 70 Minuten.", [("target", "70")], id="an hour and a half"),
    pytest.param("Two-thirds of it is water.", "Rund 56 Prozent davon sind Wasser.", [("target", "56")], id="thirds"),
    pytest.param("It sold 2 million.", "Es verkaufte 3 Millionen.", [("target", "3 Millionen")], id="with scale"),
]

QUIET = [
    ("Three quarters of a million came.", "Es kamen 750.000.", "de", "three quarters of a million"),
    ("It was 95 degrees Fahrenheit in the shade.", "Im Schatten waren es 35 Grad.", "de", "bare degrees"),
    ("It was 95 degrees in the shade.", "Es waren 35 Grad im Schatten.", "de", "bare degrees on both sides"),
    ("A quarter of a million people came.", "250.000 Menschen kamen.", "de", "quarter of a million"),
    ("Three quarters of an hour later it was over.", "45 Minuten später war es vorbei.", "de", "quarters of an hour"),
    ("Two-thirds of it is water.", "Rund 66 Prozent davon sind Wasser.", "de", "thirds rounded down"),
    ("Two-thirds of it is water.", "Rund 67 Prozent davon sind Wasser.", "de", "thirds rounded up"),
    ("It took an hour and a half.", "Es dauerte 90 Minuten.", "de", "an hour and a half"),
    ("It took a year and a half.", "Es dauerte 18 Monate.", "de", "a year and a half"),
    ("It has 250,000 visitors.", "Es hat eine Viertelmillion Besucher.", "de", "Viertelmillion"),
    ("It cost 1,234.5 dollars.", "Es kostete 1.234,5 Dollar.", "de", "separators"),
    ("The list has 1.234 entries.", "Die Liste hat 1.234 Einträge.", "de", "ambiguous separator"),
    ("Some 12 000 people came.", "Rund 12.000 Menschen kamen.", "de", "space groups"),
    ("It sold 2.5 million copies.", "Es verkaufte zweieinhalb Millionen Exemplare.", "de", "half in words"),
    ("It sold 2.5 million copies.", "Es verkaufte 2.500.000 Exemplare.", "de", "written out"),
    ("It sold 3bn copies.", "Es verkaufte 3 Mrd. Exemplare.", "de", "abbreviated scales"),
    ("Between 5 and 10 million came.", "Zwischen 5 Millionen und 10 Millionen kamen.", "de", "shared scale"),
    ("The 3rd floor burned.", "Der dritte Stock brannte.", "de", "ordinal"),
    ("The first floor burned.", "Der 1. Stock brannte.", "de", "first"),
    ("A rate of 5 % is low.", "Eine Quote von 5 Prozent ist niedrig.", "de", "percent"),
    ("Both boats sank.", "Die 2 Boote sanken.", "de", "both"),
    ("It lasted a decade.", "Es dauerte 10 Jahre.", "de", "decade"),
    ("It took two decades.", "Es dauerte 20 Jahre.", "de", "decades"),
    ("A dozen eggs broke.", "12 Eier zerbrachen.", "de", "dozen"),
    ("The twelve-year-old won.", "Die Zwölfjährige gewann.", "de", "compound"),
    ("Sales doubled.", "Der Absatz verdoppelte sich.", "de", "doubled"),
    ("One boat sank.", "Ein Boot sank.", "de", "one"),
    ("In the 1990s it was red.", "In den 90er Jahren war es rot.", "de", "decade of a century"),
    ("Trade grew in the 1800s.", "Im 19. Jahrhundert wuchs der Handel.", "de", "century"),
    ("It cost 12,500 francs.", "Es kostete 12‘500 Franken.", "de", "turned quotation mark between groups"),
    ("The boat weighs 1.500 tons.", "Das Boot wiegt 1,500 Tonnen.", "de", "noughts behind either separator"),
    ("Louis XIV built it.", "Ludwig XIV. baute es.", "de", "roman"),
    ("The 10th congress opened.", "Der X. Kongress wurde eröffnet.", "de", "roman ordinal"),
    ("Read pages 5-6.", "Lies Seite 5 bis 6.", "de", "range"),
    ("They won 3-2.", "Sie gewannen 3:2.", "de", "score"),
    ("It opens at 5 p.m. today.", "Es öffnet heute um 17 Uhr.", "de", "time"),
    ("Open from 9 to 11 p.m. daily.", "Täglich von 21 bis 23 Uhr geöffnet.", "de", "times"),
    ("It was built on 10/07/2019.", "Es wurde am 10. Juli 2019 gebaut.", "de", "numeric date"),
    ("He died on 3/21/08 in Rome.", "Er starb am 21. März 2008 in Rom.", "de", "short year"),
    ("The walk is 10 miles long.", "Der Weg ist 16 Kilometer lang.", "de", "conversion"),
    ("It has 900 square feet.", "Es hat 84 Quadratmeter.", "de", "area"),
    ("It has 900 sq ft.", "Es hat 84 m².", "de", "area in signs"),
    ("It has 900 square feet.", "Il mesure 84 mètres carrés.", "fr", "fr area"),
    ("It has 900 square feet.", "它有84平方米。", "zh", "zh area"),
    ("It holds 3 cubic feet.", "Es fasst 85 Liter.", "de", "volume"),
    ("It lies at 3,000 feet.", "Es liegt auf 914 m Höhe.", "de", "metres in short"),
    ("Take 2 cups of flour.", "Man nehme 250 g Mehl.", "de", "kitchen measure weighed"),
    ("Take 8 ounces of milk.", "Man nehme 240 ml Milch.", "de", "kitchen weight poured"),
    ("It opens at 9.30 a.m. daily.", "Es öffnet täglich um halb zehn.", "de", "time as it is said"),
    ("It is 160 feet (49 metres) high.", "Es ist 49 Meter hoch.", "de", "one of two units"),
    ("Covid-19 spread.", "Corona breitete sich aus.", "de", "part of a name"),
    ("See https://example.org/a/55 there.", "Siehe dort.", "de", "address"),
    ("Call (030) 1234-567 now.", "Rufen Sie jetzt 030 1234567 an.", "de", "telephone"),
    ("Version 10.2.1 is out.", "Version 10.2.1 ist da.", "de", "version"),
    ("Three quarters agreed.", "75 Prozent stimmten zu.", "de", "fraction"),
    ("It works 24/7 for us.", "Es arbeitet rund um die Uhr für uns.", "de", "idiom"),
    ("At least 7 came.", "Al menos 7 vinieron.", "es", "es at least"),
    ("At least 7 came.", "Au moins 7 sont venus.", "fr", "fr at least"),
    ("The 90-year-old sang.", "La nonagénaire a chanté.", "fr", "fr age noun"),
    ("It sold 5 billion copies.", "Vendió 5 mil millones de copias.", "es", "es billion"),
    ("It has 25 rooms.", "Má pětadvacet pokojů.", "cs", "cs compound"),
    ("It has 22 rooms.", "В нём двадцать две комнаты.", "ru", "ru words"),
    ("It has 10 rooms.", "Тут десятеро кімнат.", "uk", "uk collective"),
    ("Some 35,000 people came.", "大约3.5万人来了。", "zh", "zh wan"),
    ("Ten people came in May 2021.", "2021年5月来了十个人。", "zh", "zh month"),
    ("It was built in 2020.", "それは令和2年に建てられた。", "ja", "ja era"),
]


@pytest.mark.parametrize(("source", "target", "expected"), FIRES)
def test_number_fires(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(Number(), source, target) == expected


@pytest.mark.parametrize(("source", "target", "language"), [pytest.param(*case[:3], id=case[3]) for case in QUIET])
def test_number_is_quiet(source: str, target: str, language: str) -> None:
    assert run_pair(Number(), source, target, ("en", language)) == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("It has 340 rooms.", "Huoneita on 20.", ("en", "fi"), id="target language not covered"),
        pytest.param("Huoneita on 340.", "Es hat 20 Zimmer.", ("fi", "de"), id="source language not covered"),
        pytest.param(None, "Es hat 20 Zimmer.", ("en", "de"), id="no source"),
        pytest.param("It has 340 rooms.", None, ("en", "de"), id="gap"),
    ],
)
def test_ignored(source: str | None, target: str | None, languages: tuple[str, str]) -> None:
    assert run_pair(Number(), source, target, languages) == []
    assert run_pair(UnitOrCurrency(), source, target, languages) == []


def test_a_change_names_both_numbers() -> None:
    both = bitext([("The dam cost 12,500 euros.", "Der Damm kostete 1.250 Euro.")])
    assert both.pairs is not None
    (finding,) = Number().check(PairView.of(both, both.pairs[0]))
    assert finding.message == "The number '12,500' of the source became '1.250'"
    assert finding.evidence == {"source": "12,500", "source_start": 13, "source_end": 19}
    assert finding.confidence == 0.9


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param("It cost $250.", "Es kostete 250 Euro.", [("target", "Euro")], id="dollar to euro"),
        pytest.param("It cost £2m.", "Es kostete 2 Millionen Dollar.", [("target", "Dollar")], id="pound to dollar"),
        pytest.param("It is 60 miles away.", "Es ist 60 Kilometer entfernt.", [("target", "Kilometer")], id="miles"),
        pytest.param(
            "It is 60 square miles.", "Es sind 60 Quadratkilometer.", [("target", "kilometer")], id="square miles"
        ),
        pytest.param("Add 2 tablespoons.", "2 Teelöffel zugeben.", [("target", "Teelöffel")], id="spoons"),
        pytest.param("A lease of 14 days.", "Ein Vertrag über 14 Monate.", [("target", "Monate")], id="time"),
        pytest.param(
            "Some 5-10 acres burned.", "5 bis 10 Hektar brannten.", [("target", "Hektar")], id="range told once"
        ),
    ],
)
def test_unit_fires(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(UnitOrCurrency(), source, target) == expected


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param("It cost $250.", "Es kostete 250 US-Dollar.", "de", id="dollar"),
        pytest.param("It weighs 20 pounds.", "Es wiegt 20 Pfund.", "de", id="pound may be either"),
        pytest.param("It is 60 miles away.", "Es ist 97 Kilometer entfernt.", "de", id="converted"),
        pytest.param("It weighs 20 tons.", "Es wiegt 20 Tonnen.", "de", id="ton"),
        pytest.param("5 years and 5 months", "5 Jahre und 5 Monate", "de", id="same number twice"),
        pytest.param("It is 30 yards away.", "Es ist 30 Meter entfernt.", "de", id="near enough"),
        pytest.param("It covers 60 m².", "Es hat 60 Quadratmeter.", "de", id="sign and word"),
        pytest.param("A four-day week is fine.", "Eine viertägige Woche ist gut.", "de", id="unit inside a compound"),
        pytest.param("It cost $250.", "Es kostete 250.", "de", id="no unit in the target"),
        pytest.param("It cost NT$250.", "它花了新台币250元。", "zh", id="yuan sign of other dollars"),
        pytest.param("After 5 years it broke.", "Через 5 лет оно сломалось.", "ru", id="ru years"),
        pytest.param("After 5 hours it broke.", "Après 5 heures, il s'est cassé.", "fr", id="fr hours"),
    ],
)
def test_unit_is_quiet(source: str, target: str, language: str) -> None:
    assert run_pair(UnitOrCurrency(), source, target, ("en", language)) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "de", "ru", "zh"]))
def test_a_text_agrees_with_itself(text: str, language: str) -> None:
    assert run_pair(Number(), text, text, (language, language)) == []
    assert run_pair(UnitOrCurrency(), text, text, (language, language)) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "de", "cs", "ja"]))
def test_survives_any_text(source: str, target: str, language: str) -> None:
    run_pair(Number(), source, target, ("en", language))
    run_pair(UnitOrCurrency(), source, target, ("en", language))
