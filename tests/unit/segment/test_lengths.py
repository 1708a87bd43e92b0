"""Alignment without a model: lengths, and tokens that look the same."""

from __future__ import annotations

import pytest

from mtaudit.segment import align
from tests.unit.segment.concepts import bitext, shape

SOURCE = [
    "Rain fell on the hills for most of the week.",
    "The river rose.",
    "On 14 March the mayor, Helen Brandt, asked everyone near the bridge to leave their houses at once.",
    "Nobody was hurt.",
    "The town of Lindau spent 2,500 euros on sandbags, and the fire brigade filled them until late in the night.",
]
TARGET = [
    "Fast die ganze Woche fiel Regen auf die Hügel.",
    "Der Fluss stieg an.",
    "Am 14. März bat die Bürgermeisterin Helen Brandt alle Anwohner der Brücke, sofort ihre Häuser zu verlassen.",
    "Niemand wurde verletzt.",
    "Die Stadt Lindau gab 2.500 Euro für Sandsäcke aus, und die Feuerwehr füllte sie bis spät in die Nacht.",
]
BUTTONS = ["Like", "Love", "Wow", "Sad"]

CASES = {
    "chain": (SOURCE, TARGET, "0=0 1=1 2=2 3=3 4=4"),
    "1-2": (
        SOURCE,
        [
            *TARGET[:4],
            "Die Stadt Lindau gab 2.500 Euro für Sandsäcke aus.",
            "Die Feuerwehr füllte sie bis spät in die Nacht.",
        ],
        "0=0 1=1 2=2 3=3 4=4+5",
    ),
    "2-1": (
        SOURCE,
        ["Fast die ganze Woche fiel Regen auf die Hügel, und der Fluss stieg an.", *TARGET[2:]],
        "0+1=0 2=1 3=2 4=3",
    ),
    "missing passage": (SOURCE, [TARGET[0], TARGET[4]], "0=0 1=- 2=- 3=- 4=1"),
    "doubled, then buttons": (
        SOURCE,
        [*TARGET, *TARGET, *BUTTONS],
        "0=0 1=1 2=2 3=3 4=4 " + " ".join(f"-={number}" for number in range(5, 14)),
    ),
    "one pair": (SOURCE[:1], ["Ja."], "0=0"),
    "empty target": (SOURCE[:1], [], "0=-"),
}


@pytest.mark.parametrize(("source", "target", "expected"), CASES.values(), ids=CASES)
def test_alignment(source: list[str], target: list[str], expected: str) -> None:
    pairs = align(*bitext(source, target), None)
    assert shape(pairs) == expected
    assert {pair.similarity for pair in pairs} <= {None}


def test_numbers_lead_where_lengths_do_not() -> None:
    source = [f"In the year {1900 + number} all of it went well." for number in range(6)]
    target = [f"Im Jahre {1900 + number} ging das alles gut." for number in (0, 1, 3, 4, 5)]
    assert shape(align(*bitext(source, target), None)) == "0=0 1=1 2=- 3=2 4=3 5=4"


def test_separators_do_not_keep_numbers_apart() -> None:
    source = ["It cost 1,250 euros in the end.", "It cost 3,480 euros in the end.", "It cost 7,310 euros in the end."]
    target = ["Es kostete am Ende 1.250 Euro.", "Es kostete am Ende 7\u202f310 Euro."]
    assert shape(align(*bitext(source, target), None)) == "0=0 1=- 2=1"


def test_chinese_is_expected_to_be_shorter() -> None:
    source = [
        "The committee met on Monday to talk about the new bridge over the river.",
        "It decided nothing.",
        "The next meeting of the committee will take place in the spring of next year.",
    ]
    target = ["委员会周一开会讨论河上的新桥。", "没有决定。", "委员会的下一次会议将于明年春天举行。"]
    assert shape(align(*bitext(source, target, ("en", "zh")), None)) == "0=0 1=1 2=2"


def test_long_documents_go_through_a_band() -> None:
    source = [f"Line {number} of the register says {number * 37}." for number in range(1600)]
    target = [f"Zeile {number} des Registers sagt {number * 37}." for number in range(1600) if not 400 <= number < 430]
    pairs = align(*bitext(source, target), None)
    assert [pair.source[0].index for pair in pairs if not pair.target] == list(range(400, 430))
