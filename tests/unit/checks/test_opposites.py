"""MT113: words that became their opposites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.checks._opposites import LANGUAGES, _opposites, may_mean, mentions
from mtaudit.checks.opposites import Opposite
from mtaudit.rules import PairView
from mtaudit.types import Severity
from tests.support import bitext, run_pair

EN_DE, DE_EN = ("en", "de"), ("de", "en")


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        ("Sales rose in spring.", "Der Absatz sank im Frühjahr.", EN_DE, ["sank"]),
        ("The wind blew from the north.", "Der Wind kam aus dem Süden.", EN_DE, ["Süden"]),
        ("The employer signs the form.", "Das Formular unterschreibt der Arbeitnehmer.", EN_DE, ["Arbeitnehmer"]),
        ("It takes at least three people.", "Es braucht höchstens drei Leute.", EN_DE, ["höchstens"]),
        ("We met on the first evening.", "Wir trafen uns am letzten Abend.", EN_DE, ["letzten"]),
        ("Dogs are allowed here.", "Hunde sind hier verboten.", EN_DE, ["verboten"]),
        ("Im Winter ist das Bad leer.", "In summer the pool is empty.", DE_EN, ["summer"]),
        ("Die Mieter zahlen die Reparatur.", "The landlord pays for the repair.", DE_EN, ["landlord"]),
    ],
)
def test_an_opposite_is_marked_in_the_target(
    source: str, target: str, languages: tuple[str, str], expected: list[str]
) -> None:
    assert run_pair(Opposite(), source, target, languages) == [("target", quote) for quote in expected]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Sales rose in spring.", "Der Absatz stieg im Frühjahr."),
        ("Sales rose and then fell.", "Der Absatz sank nach einem Anstieg."),
        ("Dogs are not allowed here.", "Hunde sind hier verboten."),
        ("Smoking is no longer allowed.", "Rauchen ist nicht mehr erlaubt, sondern verboten."),
        ("He lost the key.", "Er hat den Schlüssel verlegt."),
        ("The first night was cold.", "Die erste Nacht war kalt."),
        ("The summer house burnt down.", "Das Gartenhaus brannte ab."),
        ("North Sea oil is sold in the south.", "Nordseeöl wird im Süden verkauft."),
        ("", ""),
    ],
    ids=["right", "both", "denied", "denied twice", "another word", "right too", "neither", "part of a name", "empty"],
)
def test_what_is_right_or_unclear_is_left_alone(source: str, target: str) -> None:
    assert run_pair(Opposite(), source, target) == []


def test_the_finding_says_what_became_what() -> None:
    both = bitext([("Prices were higher in June.", "Im Juni waren die Preise niedriger.")])
    assert both.pairs is not None
    (finding,) = Opposite().check(PairView.of(both, both.pairs[0]))
    assert finding.message == "'niedriger' is the opposite of 'higher' in the source"
    assert finding.severity is Severity.MAJOR
    assert finding.evidence == {"source": "higher", "source_start": 12, "source_end": 18}


@pytest.mark.parametrize("languages", [("en", "fr"), ("de", "de"), ("en", "ja")])
def test_other_languages_are_left_alone(languages: tuple[str, str]) -> None:
    assert run_pair(Opposite(), "Sales rose in spring.", "Der Absatz sank im Frühjahr.", languages) == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_lists_are_consistent(language: str) -> None:
    """Every narrow word means its own pole, and counts among the wide words of that one alone."""
    for concept, poles in enumerate(_opposites()):
        for at, pole in enumerate(poles):
            assert pole[language]
            for word in pole[language]:
                plain = word.removesuffix("*")
                own = {mention.pole for mention in mentions(plain, language) if mention.concept == concept}
                assert own == {at}, word
                assert may_mean(plain, language, concept, at), word
                assert not may_mean(plain, language, concept, 1 - at), word


@given(st.text(alphabet=st.sampled_from("northsüdenrosefell .,\n*atleast"), max_size=80))
def test_any_text_is_borne(text: str) -> None:
    for language in LANGUAGES:
        assert all(text[one.start : one.end] for one in mentions(text, language))
