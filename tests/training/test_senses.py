"""Words in another sense: which translations of a word are of different senses, and the pairs made of them."""

from __future__ import annotations

import random

import pytest

from mtaudit.types import Side
from training.estimator_data import MAJOR, Planter
from training.estimator_sources import Sources
from training.gloss import Gloss
from training.lexicon import Lexicon
from training.senses import Senses, senses

#: A bank of money and one to sit on; two words for the first, three for the second.
MONEY = [
    ("The bank lends money.", "Die Bank verleiht Geld.", "Das Kreditinstitut verleiht Geld."),
    ("The bank wants money.", "Das Kreditinstitut will Geld.", "Die Bank will Geld."),
]
SEAT = [
    ("The bank is green.", "Das Ufer ist grün.", "Die Böschung ist grün."),
    ("The bank is steep.", "Die Böschung ist steil.", "Das Ufer ist steil."),
]
TRANSLATIONS = {
    "bank": {"bank": 0.4, "kreditinstitut": 0.3, "ufer": 0.4, "böschung": 0.3},
    "money": {"geld": 0.8},
    "green": {"grün": 0.8},
    "steep": {"steil": 0.8},
}
LEXICON = Lexicon(
    forward=TRANSLATIONS,
    backward={
        german: {english: row[german] for english, row in TRANSLATIONS.items() if german in row}
        for german in {german for row in TRANSLATIONS.values() for german in row}
    },
)


@pytest.fixture(scope="module")
def told() -> Senses:
    groups = [(source, translations) for source, *translations in (MONEY + SEAT) * 10]
    return senses(groups, LEXICON, ("en", "de"))


def test_words_that_never_stand_for_one_occurrence_are_of_different_senses(told: Senses) -> None:
    assert {one.lower(): {other.lower() for other in others} for one, others in told.apart["bank"].items()} == {
        "bank": {"ufer", "böschung"},
        "kreditinstitut": {"ufer", "böschung"},
        "ufer": {"bank", "kreditinstitut"},
        "böschung": {"bank", "kreditinstitut"},
    }


@pytest.mark.parametrize("repeated", [1, 3])
def test_few_occurrences_tell_nothing(repeated: int) -> None:
    groups = [(source, translations) for source, *translations in (MONEY + SEAT) * repeated]
    assert senses(groups, LEXICON, ("en", "de")).apart == {}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("source", "target", "others", "wanted"),
    [
        ("The bank lends money.", "Die Bank verleiht Geld.", (), {"Ufer", "Böschung"}),
        ("The bank lends money.", "Die Bank verleiht Geld.", ("Das Ufer verleiht Geld.",), {"Böschung"}),
        ("The bank is steep.", "Das Ufer ist steil.", (), {"Bank", "Kreditinstitut"}),
    ],
)
def test_a_word_is_exchanged_for_one_of_another_sense(
    told: Senses, source: str, target: str, others: tuple[str, ...], wanted: set[str], seed: int
) -> None:
    found = told.example(source, target, others, random.Random(seed))
    assert found is not None
    (mark,) = found.raters[0]
    new = found.target[mark.span.start : mark.span.end]
    assert new in wanted
    assert (mark.side, mark.label, found.judged, found.made) == (Side.TARGET, MAJOR, frozenset({Side.TARGET}), True)
    before, after = found.target[: mark.span.start], found.target[mark.span.end :]
    assert target.startswith(before)
    assert target.endswith(after)


@pytest.mark.parametrize(
    ("source", "target"),
    [("The river is steep.", "Der Fluss ist steil."), ("", ""), ("The bank is open.", "Offen ist sie.")],
)
def test_without_a_word_of_several_senses_there_is_no_example(told: Senses, source: str, target: str) -> None:
    assert told.example(source, target, (), random.Random(0)) is None


def test_what_is_left_untranslated_is_no_other_sense() -> None:
    lexicon = Lexicon({"trail": {"pfad": 0.5, "trail": 0.5}}, {"pfad": {"trail": 0.5}, "trail": {"trail": 0.5}})
    groups = [("The trail.", ["Der Pfad."] * 2), ("The trail.", ["Der Pfad.", "Ein Pfad."])] * 20
    groups += [("A trail.", ["Ein Trail.", "Der Trail."])] * 20
    found = senses(groups, lexicon, ("en", "de"))
    assert found.apart["trail"]
    assert found.example("The trail.", "Der Pfad.", (), random.Random(0)) is None


def test_the_pair_as_it_was_stands_beside_the_one_in_another_sense(told: Senses) -> None:
    pairs = [(source, german) for source, german, _ in (MONEY + SEAT) * 4]
    planter = Planter(pairs, LEXICON, {}, english_first=1.0)
    sources = Sources(planter, planter.dense(), [], Gloss(LEXICON, {}), {"en": told}, [], [], {})
    for seed in range(10):
        wrong, right = sources.missensed(random.Random(seed))
        assert (right.source, right.target) in pairs
        assert wrong.source == right.source
        assert wrong.target != right.target
        assert right.raters == ((),)
        assert right.badness is None
        assert right.made
