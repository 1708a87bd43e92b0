"""Alignment with an embedder: which segments belong together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.models.base import Vectors
from mtaudit.segment import align
from mtaudit.types import Bitext, SegmentPair, Side
from tests.unit.segment.concepts import ConceptEmbedder, bitext, shape, side


def sentence(number: int) -> str:
    """A source sentence of eight words that no other one has."""
    return " ".join(f"{letter}{number}" for letter in "abcdefgh") + "."


def said(*numbers: int) -> str:
    """The translation of these sentences as one."""
    return " ".join(sentence(number).rstrip(".") for number in numbers).upper() + "."


def half(number: int, which: int) -> str:
    words = sentence(number).rstrip(".").upper().split()
    return " ".join(words[:4] if which == 0 else words[4:]) + "."


def third(number: int, which: int) -> str:
    words = sentence(number).rstrip(".").upper().split()
    return " ".join((words[:3], words[3:6], words[6:])[which]) + "."


def garbled(number: int) -> str:
    """Three of eight words are left of the sentence."""
    return " ".join([*sentence(number).upper().split()[:3], *(f"{letter}X" for letter in "QRSTU")]) + "."


FIVE = [sentence(number) for number in range(5)]
BUTTONS = ["What do you think?", "Like", "Love", "Angry", "Wow"]

CASES = {
    "chain": (FIVE, [said(0), said(1), said(2), said(3), said(4)], "0=0 1=1 2=2 3=3 4=4"),
    "1-2": (FIVE, [said(0), half(1, 0), half(1, 1), said(2), said(3), said(4)], "0=0 1=1+2 2=3 3=4 4=5"),
    "2-1": (FIVE, [said(0), said(1, 2), said(3), said(4)], "0=0 1+2=1 3=2 4=3"),
    "1-3": (
        FIVE,
        [said(0), third(1, 0), third(1, 1), third(1, 2), said(2), said(3), said(4)],
        "0=0 1=1+2+3 2=4 3=5 4=6",
    ),
    "3-1": (FIVE, [said(0), said(1, 2, 3), said(4)], "0=0 1+2+3=1 4=2"),
    "2-2": (
        FIVE,
        [
            said(0),
            half(1, 0).rstrip(".") + " " + half(2, 1),
            half(2, 0).rstrip(".") + " " + half(1, 1),
            said(3),
            said(4),
        ],
        "0=0 1+2=1+2 3=3 4=4",
    ),
    "missing sentence": (FIVE, [said(0), said(1), said(3), said(4)], "0=0 1=1 2=- 3=2 4=3"),
    "missing passage": (FIVE, [said(0), said(4)], "0=0 1=- 2=- 3=- 4=1"),
    "missing start": (FIVE, [said(2), said(3), said(4)], "0=- 1=- 2=0 3=1 4=2"),
    "missing end": (FIVE, [said(0), said(1)], "0=0 1=1 2=- 3=- 4=-"),
    "extra sentence": (FIVE, [said(0), said(1), said(9), said(2), said(3), said(4)], "0=0 1=1 -=2 2=3 3=4 4=5"),
    "extra start": (FIVE, [said(8), said(9), *map(said, range(5))], "-=0 -=1 0=2 1=3 2=4 3=5 4=6"),
    "trailing buttons": (FIVE[:3], [said(0), said(1), said(2), *BUTTONS], "0=0 1=1 2=2 -=3 -=4 -=5 -=6 -=7"),
    "doubled": (FIVE[:3], [said(0), said(1), said(2)] * 2, "0=0 1=1 2=2 -=3 -=4 -=5"),
    "doubled source": (FIVE[:3] * 2, [said(0), said(1), said(2)], "0=0 1=1 2=2 3=- 4=- 5=-"),
    "doubled in the middle": (
        FIVE[:4],
        [said(0), said(1), said(2), said(1), said(2), said(3)],
        "0=0 1=1 2=2 -=3 -=4 3=5",
    ),
    "doubled, both sides": (FIVE[:3] * 2, [said(0), said(1), said(2)] * 2, "0=0 1=1 2=2 3=3 4=4 5=5"),
    "doubled, damaged seam, buttons": (
        FIVE[:4],
        [said(0), said(1), garbled(2), said(3), said(0), said(1), garbled(2), said(3), *BUTTONS],
        "0=0 1=1 2=2 3=3 " + " ".join(f"-={number}" for number in range(4, 13)),
    ),
    "garbled between anchors": (FIVE, [said(0), said(1), garbled(2), said(3), said(4)], "0=0 1=1 2=2 3=3 4=4"),
    "button for a missing sentence": (FIVE, [said(0), said(1), "Like", said(3), said(4)], "0=0 1=1 2=- -=2 3=3 4=4"),
    "button in the middle": (FIVE, [said(0), said(1), "Like", *map(said, (2, 3, 4))], "0=0 1=1 -=2 2=3 3=4 4=5"),
    "merged with the start of the next": (
        FIVE,
        [said(0), " ".join([said(1).rstrip("."), *sentence(2).upper().split()[:6]]), said(3), said(4)],
        "0=0 1+2=1 3=2 4=3",
    ),
    "one to many": ([sentence(0)], [said(0), said(8), said(9), said(7)], "0=0 -=1 -=2 -=3"),
    "many to one": ([sentence(8), sentence(9), sentence(7), sentence(0)], [said(0)], "0=- 1=- 2=- 3=0"),
    "nothing fits": (
        [sentence(number) for number in range(4)],
        [said(number) for number in range(10, 18)],
        " ".join([f"{n}=-" for n in range(4)] + [f"-={n}" for n in range(8)]),
    ),
    "one pair that fits": ([sentence(0)], [said(0)], "0=0"),
    "one pair that does not": ([sentence(0)], ["LIKE"], "0=0"),
    "empty source": ([], ["A.", "B."], "-=0 -=1"),
    "empty target": (["a.", "b."], [], "0=- 1=-"),
    "both empty": ([], [], ""),
}


@pytest.mark.parametrize(("source", "target", "expected"), CASES.values(), ids=CASES)
def test_alignment(source: list[str], target: list[str], expected: str) -> None:
    assert shape(align(*bitext(source, target), ConceptEmbedder())) == expected


def test_without_a_source_every_segment_is_a_gap() -> None:
    document, segments = side(["One.", "Two."], "de")
    pairs = align(Bitext(None, document), (), segments, ConceptEmbedder())
    assert shape(pairs) == "-=0 -=1"


def test_similarity_is_the_cosine_of_both_sides() -> None:
    embedder = ConceptEmbedder()
    source, target = [sentence(0), sentence(1)], [half(0, 0), half(0, 1), garbled(1), said(9)]
    pairs = align(*bitext(source, target), embedder)
    assert shape(pairs) == "0=0+1 1=2 -=3"
    ours, theirs = embedder.sentences([sentence(1), garbled(1)])
    assert [pair.similarity for pair in pairs] == [
        pytest.approx(1, abs=1e-5),
        pytest.approx(float(ours @ theirs), abs=1e-5),
        None,
    ]
    assert [pair.index for pair in pairs] == [0, 1, 2]


def test_the_embedder_is_called_once_and_reads_each_text_once() -> None:
    embedder = ConceptEmbedder()
    align(*bitext(FIVE * 2, [said(n) for n in range(5)] * 3), embedder)
    (texts,) = embedder.calls
    assert len(texts) == len(set(texts))


def test_runs_of_an_unspaced_language_are_joined_without_a_blank() -> None:
    embedder = ConceptEmbedder()
    align(*bitext(["a.", "b."], ["一。", "二。"], ("en", "zh"), between=""), embedder)
    assert {"a. b.", "一。二。"} <= set(embedder.calls[0])


def test_paragraphs_are_a_hint_and_no_bound() -> None:
    source = [sentence(0), sentence(1), sentence(2)]
    target = [said(0), said(1, 2)]
    assert shape(align(*bitext(source, target, between="\n\n"), ConceptEmbedder())) == "0=0 1+2=1"


def covers(pairs: tuple[SegmentPair, ...], kind: Side, count: int) -> bool:
    return [segment.index for pair in pairs for segment in pair.segments(kind)] == list(range(count))


SIDES = st.lists(st.sampled_from([*"abcdef", "a b", "c d e", "😀", ".", "12 %"]), max_size=12)


@given(source=SIDES, target=SIDES, embedded=st.booleans(), between=st.sampled_from([" ", "\n\n"]))
@settings(max_examples=50, deadline=None)
def test_every_segment_lies_in_one_bead_in_order(
    source: list[str], target: list[str], embedded: bool, between: str
) -> None:
    def run() -> tuple[SegmentPair, ...]:
        return align(*bitext(source, target, between=between), ConceptEmbedder() if embedded else None)

    pairs = run()
    assert covers(pairs, Side.SOURCE, len(source))
    assert covers(pairs, Side.TARGET, len(target))
    assert {pair.alignment for pair in pairs} <= {"1-1", "1-2", "2-1", "2-2", "1-3", "3-1", "1-0", "0-1"}
    assert [pair.index for pair in pairs] == list(range(len(pairs)))
    for pair in pairs:
        assert (pair.similarity is None) == (not embedded or not pair.source or not pair.target)
    for one, other in pairwise(pairs):
        assert (one.alignment, other.alignment) != ("0-1", "1-0")
    assert run() == pairs


def test_long_documents_go_through_a_band() -> None:
    count = 1600
    source = [f"w{number} v{number}." for number in range(count)]
    target = [text.upper() for text in source]
    del target[700:720]
    target[100:100] = ["Q1 Q2.", "Q3 Q4."]
    pairs = align(*bitext(source, target + target[:5]), ConceptEmbedder())
    missing = [pair.source[0].index for pair in pairs if not pair.target]
    extra = [pair.target[0].index for pair in pairs if not pair.source]
    assert missing == list(range(700, 720))
    assert extra == [100, 101, *range(len(target), len(target) + 5)]
    assert all(s.text.upper() == t.text for p in pairs for s, t in zip(p.source, p.target, strict=False))


def test_vectors_of_nothing_do_no_harm() -> None:
    class Blind(ConceptEmbedder):
        def sentences(self, texts: Sequence[str]) -> Vectors:
            return np.zeros((len(texts), 8), dtype=np.float32)

    pairs = align(*bitext(FIVE, [said(n) for n in range(5)]), Blind())
    assert covers(pairs, Side.SOURCE, 5)
    assert covers(pairs, Side.TARGET, 5)
