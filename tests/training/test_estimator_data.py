"""What the estimator is trained on besides planted errors: stretches word for word, words that a model filled in."""

from __future__ import annotations

import math
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from mtaudit.modelfile import bundled_weights
from mtaudit.types import Side, Span
from training.data import Pair
from training.estimator_data import (
    MAJOR,
    MINOR,
    Example,
    Mark,
    batches,
    by_source,
    encode_examples,
    generated,
    worst_of,
)
from training.generated import Original, guesses, hide, label, originals, rewritten, write
from training.gloss import Gloss, usual_cases
from training.lexicon import Lexicon

LEXICON = Lexicon(
    forward={
        "he": {"er": 0.6},
        "has": {"hat": 0.6},
        "seen": {"gesehen": 0.5},
        "the": {"die": 0.3, "der": 0.3},
        "ship": {"schiff": 0.7},
        "old": {"alte": 0.5},
    },
    backward={
        "er": {"he": 0.6},
        "hat": {"has": 0.6},
        "gesehen": {"seen": 0.5},
        "schiff": {"ship": 0.7},
        "boot": {"ship": 0.3},
        "alte": {"old": 0.5},
        "die": {"the": 0.3},
    },
)
SOURCE, TARGET = "He has seen the old ship.", "Er hat das alte Schiff gesehen."


def shown(example: Example) -> str:
    """The target with its marks in brackets: `!` major, `-` minor, `?` where nobody can say."""
    text = example.target
    for mark in sorted(example.raters[0], key=lambda mark: -mark.span.start):
        sign = {MAJOR: "!", MINOR: "-", None: "?"}[mark.label]
        text = f"{text[: mark.span.start]}[{text[mark.span.start : mark.span.end]}]{sign}{text[mark.span.end :]}"
    return text


class Always(random.Random):
    """Chance without any: the whole sentence, and every word's best translation."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize(
    ("source", "others", "wanted"),
    [
        # The order of the source, the article that is most frequent, the nouns' capital of German.
        (SOURCE, (), "Er hat [gesehen]- [die]- alte Schiff."),
        # What another translation has is not wrong; the order is.
        (SOURCE, ("Die alte Fähre sah er.",), "Er hat [gesehen]- [die]? alte Schiff."),
        # A word that the lexicon does not know stays as it is.
        ("He has seen the old barge.", (), "Er hat [gesehen]- [die]- alte [barge]!."),
    ],
)
def test_a_stretch_is_rendered_word_for_word(source: str, others: tuple[str, ...], wanted: str) -> None:
    gloss = Gloss(LEXICON, {"de": usual_cases(["Das alte Schiff lag dort.", "Sie sah das Schiff."])})
    found = gloss.example(source, TARGET, ("en", "de"), others, Always(0))
    assert found is not None
    assert shown(found) == wanted
    assert found.judged == frozenset({Side.TARGET})


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("He has.", "Er hat."),
        ("Unbekannte Wörter sind hier.", "Nothing of this is known."),
    ],
)
def test_where_nothing_can_be_rendered_there_is_no_example(source: str, target: str) -> None:
    assert Gloss(LEXICON, {"de": {}, "en": {}}).example(source, target, ("en", "de"), (), Always(0)) is None


ORIGINAL = Original(
    SOURCE,
    TARGET,
    ("en", "de"),
    accepted=frozenset({"kahn"}),
    sequences=frozenset({("hat", "das"), ("das", "alte"), ("alte", "schiff")}),
)


@pytest.mark.parametrize(
    ("old", "new", "beside", "wanted"),
    [
        pytest.param("Schiff", "Kahn", (), None, id="another translation has it"),
        pytest.param("Schiff", "Boot", (), None, id="shares a translation with what stood there"),
        pytest.param("Schiff", "Schiffs", (), MINOR, id="another form"),
        pytest.param("Schiff", "Pferd", (), MAJOR, id="another word"),
        pytest.param("das", "die", (("hat", "die"), ("die", "alte")), MINOR, id="an article that nobody has there"),
        pytest.param("die", "das", (("hat", "das"), ("das", "alte")), None, id="an article in company that is known"),
        pytest.param("Schiff", "und", (("alte", "und"), ("und", "gesehen")), MAJOR, id="a form word for a noun"),
    ],
)
def test_words_that_were_filled_in(old: str, new: str, beside: tuple[tuple[str, str], ...], wanted: int | None) -> None:
    assert label(old, new, beside, ORIGINAL, LEXICON) == wanted


def test_the_filled_target_is_marked_where_it_differs() -> None:
    changes = [(Span(16, 22), "Pferd"), (Span(7, 10), "die"), (Span(11, 15), "alte")]
    found = rewritten(ORIGINAL, changes, LEXICON)
    assert shown(found) == "Er hat [die]- alte [Pferd]! gesehen."
    assert found.worst == worst_of(found.raters) == (0, 0, 1)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    wrong = rewritten(ORIGINAL, [(Span(16, 22), "Pferd")], LEXICON)
    unsure = rewritten(ORIGINAL, [(Span(16, 22), "Boot")], LEXICON)
    path = tmp_path / "generated.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        write([wrong, unsure], stream)
    assert generated(path) == [wrong]


def test_other_translations_of_an_original_are_known() -> None:
    pairs = [
        Pair("The ship left.", "Das Schiff fuhr ab.", "The ship left."),
        Pair("The ship left.", "Der Kahn legte ab.", "The ship left."),
        Pair("It rained.", "Es regnete.", "It rained."),
    ]
    drawn = originals(pairs, random.Random(1), forward=1.0)
    found = {one.target: one for one in (next(drawn) for _ in range(30))}
    assert found["Das Schiff fuhr ab."].accepted == {"der", "kahn", "legte", "ab"}
    assert ("kahn", "legte") in found["Das Schiff fuhr ab."].sequences
    assert ("das", "schiff") in found["Das Schiff fuhr ab."].sequences
    assert found["Es regnete."].accepted == set()


@pytest.mark.parametrize("seed", range(20))
def test_a_share_of_the_words_is_hidden_each_once(seed: int) -> None:
    places = [[at, at + 1] for at in range(0, 200, 2)]
    hidden = hide(places, random.Random(seed))
    assert len({word[0] for word in hidden}) == len(hidden)
    assert 0.03 * len(places) < len(hidden) < 0.7 * len(places)


def test_guesses_are_among_the_best() -> None:
    logits = torch.arange(40.0).repeat(300, 1)
    found = guesses(logits, random.Random(2))
    assert found.min() >= 30
    assert (found == 39).float().mean() > 0.5


@pytest.mark.parametrize(
    ("raters", "judged", "wanted"),
    [
        pytest.param(((MAJOR,), ()), {Side.TARGET}, 2.5 / 6, id="five points of two raters on six words"),
        pytest.param(((MINOR, MINOR, None),), {Side.TARGET}, 2 / 6, id="what nobody can say costs nothing"),
        pytest.param(((),), {Side.TARGET}, 0.0, id="people found nothing"),
        pytest.param(((),), {Side.SOURCE, Side.TARGET}, None, id="nothing was planted: it may have errors of its own"),
        pytest.param((), {Side.TARGET}, None, id="nobody looked"),
    ],
)
def test_badness(raters: tuple[tuple[int | None, ...], ...], judged: set[Side], wanted: float | None) -> None:
    marks = tuple(tuple(Mark(Side.TARGET, Span(0, 2), told) for told in row) for row in raters)
    found = Example(SOURCE, TARGET, marks, None, frozenset(judged)).badness
    assert found == (None if wanted is None else pytest.approx(wanted / (wanted + 0.1)))
    assert found is None or not math.isnan(found)


def judged(source: str, target: str, *labels: int) -> Example:
    """A translation that one person judged; the first words carry the labels."""
    places = [(match.start(), match.end()) for match in re.finditer(r"\w+", target)]
    marks = tuple(Mark(Side.TARGET, Span(*place), told) for place, told in zip(places, labels, strict=False))
    return Example(source, target, (marks,), worst_of([marks]), frozenset({Side.TARGET}))


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    found = AutoTokenizer.from_pretrained(bundled_weights() / "embedder-en-de", local_files_only=True)
    found.backend_tokenizer.no_truncation()
    return found


RIGHT = judged("It rained.", "Es regnete.")
WRONG = judged("It rained.", "Er regnete.", MAJOR)
OTHER = judged("The ship left.", "Das Schiff ging ab.", 0, 0, MINOR)


@pytest.mark.parametrize(
    ("examples", "wanted"),
    [
        ((RIGHT, WRONG), [[1, 0]]),
        ((WRONG, RIGHT), [[0, 1]]),
        ((RIGHT, RIGHT), []),
        ((RIGHT, OTHER, WRONG), []),
        ((OTHER, WRONG, RIGHT, OTHER), [[1, 2]]),
    ],
)
def test_translations_of_one_source_are_rivals(
    examples: tuple[Example, ...], wanted: list[list[int]], tokenizer: Any
) -> None:
    assert encode_examples(tokenizer, examples).rivals.tolist() == wanted


def test_labels_lie_over_pieces(tokenizer: Any) -> None:
    batch = encode_examples(tokenizer, [WRONG, OTHER])
    first = batch.labels[0].argmax(-1)[batch.known[0]].tolist()
    assert first[0] == MAJOR  # position 0 is the worst of the pair
    assert first.count(MAJOR) == 2
    assert batch.badness.tolist() == pytest.approx([2.5 / 2.6, 0.25 / 0.35])


def test_pieces_of_the_target_and_made_pairs_are_known(tokenizer: Any) -> None:
    batch = encode_examples(tokenizer, [WRONG, replace(OTHER, made=True)])
    assert batch.made.tolist() == [False, True]
    for row, targets in enumerate(batch.targets.tolist()):
        numbers: list[int | None] = batch.encoded.sequence_ids(row)
        assert targets == [number == 1 for number in numbers]
        assert any(targets)


def test_what_is_drawn_at_once_stays_together(tokenizer: Any) -> None:
    long = judged("It rained. " * 100, "Es regnete. " * 100)
    groups = [(RIGHT, WRONG), (OTHER,), (RIGHT, long)]
    made = batches(lambda rng: rng.choice(groups), tokenizer, random.Random(3), pieces=60, stretch=40)
    for batch in (next(made) for _ in range(20)):
        texts = [one.target for one in batch]
        assert long.target not in texts
        for at, text in enumerate(texts):
            if text == RIGHT.target:
                assert texts[at + 1] == WRONG.target
        assert len(batch) * max(len(row) for row in tokenizer([o.source for o in batch], texts)["input_ids"]) <= 60


def test_translations_are_known_by_source() -> None:
    assert by_source([RIGHT, OTHER, WRONG]) == {RIGHT.source: [RIGHT, WRONG], OTHER.source: [OTHER]}
