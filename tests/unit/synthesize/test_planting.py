"""Planted errors: each kind at a place where a reader would mark it, with spans that are exact."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.errors import ConfigError
from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.synthesize import KINDS, Context, PlantedPair, plant
from mtaudit.synthesize.edits import Links, edit, without, word_list
from mtaudit.types import Severity, Side, Span

SOURCE = "On Monday, Clara Holm told Peter Brandt that the 24 bridges were not safe, and the council closed them."
TARGET = "Am Montag sagte Clara Holm zu Peter Brandt, dass die 24 Brücken nicht sicher seien, und der Rat schloss sie."
NEIGHBOUR = (
    "The old ferry takes forty cars and runs every hour until the evening.",
    "Die alte Fähre nimmt vierzig Autos mit und fährt jede Stunde bis zum Abend.",
)
STRANGER = (
    "My sister Anna Lund bakes bread with rye and a little honey on Sundays.",
    "Meine Schwester Anna Lund backt sonntags Brot mit Roggen und ein wenig Honig.",
)
WORDS = {
    "On": "Am", "Monday": "Montag", "Clara": "Clara", "Holm": "Holm", "told": "sagte", "Peter": "Peter",
    "Brandt": "Brandt", "that": "dass", "the": "die", "24": "24", "bridges": "Brücken", "were": "seien",
    "not": "nicht", "safe": "sicher", "and": "und", "council": "Rat", "closed": "schloss", "them": "sie",
    "old": "alte", "ferry": "Fähre", "forty": "vierzig", "cars": "Autos", "runs": "fährt", "hour": "Stunde",
    "every": "jede", "until": "bis", "evening": "Abend",
}  # fmt: skip


def links(source: str, target: str) -> Links:
    """Links by a dictionary that knows the words of these tests."""
    there = [word.text for word in word_list(target)]
    return frozenset(
        (at, there.index(WORDS[word.text]))
        for at, word in enumerate(word_list(source))
        if WORDS.get(word.text) in there
    )


def near(word: str) -> Sequence[str]:
    return {"Brücken": ("Straßen",), "sicher": ("teuer",), "Montag": ("Vortag",)}.get(word, ())


CONTEXT = Context(("en", "de"), NEIGHBOUR, STRANGER, links, near)


def planted(kind: str, source: str = SOURCE, target: str = TARGET, seed: int = 1) -> PlantedPair | None:
    return plant(kind, PlantedPair(source, target), CONTEXT, random.Random(seed))


def marked(pair: PlantedPair) -> list[tuple[str, str]]:
    return [(e.side.value, pair.text(e.side)[e.span.start : e.span.end]) for e in pair.errors]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_the_pair_and_marks_words(kind: str) -> None:
    """Chance may choose a place that does not serve, but not often in a sentence that has places for every kind."""
    pairs = [pair for seed in range(12) if (pair := planted(kind, seed=seed)) is not None]
    assert len(pairs) >= 4
    for pair in pairs:
        assert (pair.source, pair.target) != (SOURCE, TARGET)
        assert pair.errors
        for error in pair.errors:
            text = pair.text(error.side)
            assert 0 <= error.span.start < error.span.end <= len(text)
            assert text[error.span.start : error.span.end].strip()
            assert error.kind == kind


@pytest.mark.parametrize(
    ("kind", "source", "target", "new", "marks"),
    [
        ("number", "It took 24 days.", "Es dauerte 24 Tage.", None, None),
        ("date", "On Monday.", "Am Montag.", None, None),
        (
            "negation",
            "They were not safe.",
            "Sie waren nicht sicher.",
            "Sie waren sicher.",
            [("source", "not")],
        ),
        (
            "negation",
            "Nobody came.",
            "Niemand kam.",
            "Jeder kam.",
            [("source", "Nobody"), ("target", "Jeder")],
        ),
        ("opposite", "Prices rose.", "Die Preise stieg.", "Die Preise sank.", [("target", "sank")]),
        (
            "copied",
            "They were not safe.",
            "Sie waren nicht sicher.",
            "They were not safe.",
            [("target", "They were not safe.")],
        ),
    ],
    ids=["number", "date", "negation taken out", "negation turned round", "opposite", "copied"],
)
def test_what_is_planted_is_known(
    kind: str, source: str, target: str, new: str | None, marks: list[tuple[str, str]] | None
) -> None:
    pair = planted(kind, source, target)
    assert pair is not None
    if new is not None:
        assert (pair.target, marked(pair)) == (new, marks)
    else:
        ((side, words),) = marked(pair)
        assert side == "target"
        assert words not in target


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("number", "It took some days.", "Es dauerte einige Tage."),
        ("number", "It took 24 days.", "Es dauerte 25 Tage."),
        ("name", "The bridge is old.", "Die Brücke ist alt."),
        ("date", "It is old.", "Sie ist alt."),
        ("negation", "They will not and cannot come.", "Sie wollen nicht und können nicht kommen."),
        ("roles", "The bridge is old.", "Die ist alt."),
        ("dropped-clause", "They came.", "Sie kamen."),
        ("truncated", "They came.", "Sie kamen."),
        ("copied", "Clara Holm", "Clara Holm"),
        ("opposite", "They came.", "Sie kamen."),
    ],
    ids=[
        "no number", "other number", "no name", "no date", "two negations", "one noun", "too short to drop",
        "too short to cut", "same text", "no opposite",
    ],
)  # fmt: skip
def test_no_place_no_error(kind: str, source: str, target: str) -> None:
    assert planted(kind, source, target) is None


def test_omissions_point_at_the_source_words_that_nothing_says() -> None:
    pair = planted(
        "truncated", "Clara told Peter that the bridges were safe.", "Clara sagte Peter, dass Brücken sicher seien."
    )
    assert pair is not None
    ((side, words),) = marked(pair)
    assert side == "source"
    kept = {word.text for word in word_list(pair.target)}
    assert [WORDS[word.text] in kept for word in word_list(words) if word.text != "the"] == [False] * len(
        [word for word in word_list(words) if word.text != "the"]
    )


def test_roles_change_places() -> None:
    assert planted("roles", "Today Clara and Peter came.", "Heute kamen Clara und Peter.") is None  # nothing changes
    pair = planted("roles", "Today Clara met Peter.", "Heute traf Clara auf Peter.")
    assert pair is not None
    assert pair.target == "Heute traf Peter auf Clara."
    assert marked(pair) == [("target", "Peter"), ("target", "Clara")]


def test_same_seed_same_error() -> None:
    for kind in KINDS:
        assert planted(kind, seed=5) == planted(kind, seed=5)


def test_unknown_kind_is_an_error_that_lists_the_kinds() -> None:
    with pytest.raises(ConfigError, match="stray-stop"):
        planted("typo")


def test_tables_are_for_their_languages_only() -> None:
    french = Context(("en", "fr"), NEIGHBOUR, STRANGER, links, near)
    pair = PlantedPair("They were not safe.", "Ils n'étaient pas sûrs.")
    assert plant("negation", pair, french, random.Random(1)) is None


def test_severities_are_those_of_mqm() -> None:
    severities = {kind: {e.severity for e in pair.errors} for kind in KINDS if (pair := planted(kind)) is not None}
    assert severities["detached"] == severities["copied"] == {Severity.CRITICAL}
    assert severities["inflection"] == {Severity.MINOR}
    assert severities["wrong-sense"] == {Severity.MAJOR}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=4), st.integers(0, 10_000))
def test_several_errors_keep_their_words(kinds: list[str], seed: int) -> None:
    """Whatever is planted later, the words that an earlier error marked stay the same words."""
    pair, rng = PlantedPair(SOURCE, TARGET), random.Random(seed)
    for kind in kinds:
        before = marked(pair)
        pair = plant(kind, pair, CONTEXT, rng) or pair
        assert marked(pair)[: len(before)] == before


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(list(KINDS)), st.integers(0, 100))
def test_wild_text_is_borne(source: str, target: str, kind: str, seed: int) -> None:
    pair = plant(kind, PlantedPair(source, target), CONTEXT, random.Random(seed))
    if pair is not None:
        for error in pair.errors:
            assert error.span.end <= len(pair.text(error.side))


@pytest.mark.parametrize(
    ("text", "cut", "left"),
    [
        ("eins zwei drei", "zwei", "eins drei"),
        ("eins zwei", "eins", "zwei"),
        ("eins, zwei drei, vier", "zwei drei", "eins, vier"),
        ("eins, zwei.", "zwei", "eins."),
    ],
    ids=["a blank goes", "at the beginning", "between commas", "before the stop"],
)
def test_words_are_taken_out_cleanly(text: str, cut: str, left: str) -> None:
    start = text.index(cut)
    place = without(text, Span(start, start + len(cut)))
    assert text[: place.start] + text[place.end :] == left


def test_an_edit_on_marked_words_is_refused() -> None:
    pair = planted("copied")
    assert pair is not None
    assert edit(pair, Side.TARGET, Span(3, 5), "x", []) is None


def test_function_words_are_there_for_the_tabled_languages() -> None:
    assert {"en", "de"} <= set(FUNCTION_WORDS)
