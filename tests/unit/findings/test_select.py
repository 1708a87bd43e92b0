"""Which findings count, and which are said by another one already."""

from __future__ import annotations

import pytest

from mtaudit.findings.rank import rank
from mtaudit.findings.select import explain, merge, select
from mtaudit.findings.suspicion import combined
from mtaudit.types import Finding, Score, Severity, Side, Span
from tests.support import bitext

TEXT = "Ein Satz steht hier."
BOTH = bitext([("A sentence stands here.", TEXT), ("It is short.", "Er ist kurz."), (None, TEXT)])


def finding(
    rule: str, pair: int = 0, start: int = 0, end: int = 8, side: Side = Side.TARGET, confidence: float = 0.9
) -> Finding:
    return Finding(rule, pair, side, Span(start, end), Severity.MAJOR, confidence, "message")


def ids(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(each.rule, each.pair) for each in findings]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([finding("MT106")], [("MT106", 0)]),
        ([finding("MT106", confidence=0.4)], []),
        ([finding("MT301")], []),
        ([finding("MT106"), finding("MT106", start=4, end=9, confidence=0.6)], [("MT106", 0)]),
        ([finding("MT106"), finding("MT106", start=9, end=14)], [("MT106", 0), ("MT106", 0)]),
        ([finding("MT106"), finding("MT106", side=Side.SOURCE)], [("MT106", 0), ("MT106", 0)]),
    ],
    ids=["kept", "unsure", "not selected", "overlapping", "apart", "other side"],
)
def test_select(given: list[Finding], expected: list[tuple[str, int]]) -> None:
    assert ids(select(given, frozenset({"MT106", "MT102"}), 0.5, {})) == expected


def test_select_sets_severities() -> None:
    (kept,) = select([finding("MT106")], frozenset({"MT106"}), 0.5, {"MT106": Severity.MINOR})
    assert kept.severity is Severity.MINOR


COPY = BOTH.target.text.rfind(TEXT)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([finding("MT602"), finding("MT203")], [("MT203", 0)]),
        ([finding("MT602"), finding("MT203", pair=1)], [("MT602", 0), ("MT203", 1)]),
        ([finding("MT102", side=Side.SOURCE), finding("MT104")], [("MT104", 0)]),
        ([finding("MT201"), finding("MT301", start=4, end=9)], [("MT301", 0)]),
        ([finding("MT103"), finding("MT106", start=9, end=14)], [("MT103", 0), ("MT106", 0)]),
        (
            [
                finding("MT201"),
                finding("MT203", 2, COPY, COPY + len(TEXT)),
                finding("MT201", 2, COPY, COPY + 8),
            ],
            [("MT201", 0), ("MT203", 2)],
        ),
        (
            [finding("MT203", 2, COPY, COPY + len(TEXT)), finding("MT201", 2, COPY, COPY + 8)],
            [("MT203", 2), ("MT201", 2)],
        ),
    ],
    ids=[
        "a copy explains an extra sentence",
        "but only in its own pair",
        "an untranslated target explains an omission",
        "debris has stops of its own",
        "other words stay",
        "said in the first copy",
        "new in the copy",
    ],
)
def test_explain(given: list[Finding], expected: list[tuple[str, int]]) -> None:
    assert ids(explain(BOTH, given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([finding("MT101"), finding("MT106", start=4, end=9)], [("MT106", 0)]),
        ([finding("MT103"), finding("MT101", confidence=0.95)], [("MT101", 0)]),
        ([finding("MT103"), finding("MT101", start=9, end=14)], [("MT103", 0), ("MT101", 0)]),
        ([finding("MT103"), finding("MT102", side=Side.SOURCE)], [("MT102", 0), ("MT103", 0)]),
        ([finding("MT103"), finding("MT103", pair=1)], [("MT103", 0), ("MT103", 1)]),
        ([finding("MT106"), finding("MT301")], [("MT106", 0), ("MT301", 0)]),
    ],
    ids=["a check names the words", "the surer model", "other words", "other side", "other pair", "two checks"],
)
def test_models_on_the_same_words_become_one_finding(given: list[Finding], expected: list[tuple[str, int]]) -> None:
    assert ids(merge(given)) == expected


def test_witnesses_stand_in_the_evidence_and_add_to_the_confidence() -> None:
    (one,) = merge(
        [finding("MT106", confidence=0.6), finding("MT101", confidence=0.8), finding("MT205", confidence=0.4)]
    )
    assert one.rule == "MT106"
    assert one.confidence == pytest.approx(1 - 0.4 * 0.6 * 0.8)
    witnesses = one.evidence["witnesses"]
    assert isinstance(witnesses, tuple)
    assert [(each["rule"], each["confidence"], each["start"]) for each in witnesses] == [
        ("MT101", 0.8, 0),
        ("MT205", 0.4, 0),
    ]


def test_two_half_sure_witnesses_are_enough_together() -> None:
    unsure = [finding("MT103", confidence=0.45), finding("MT101", confidence=0.45)]
    rules = frozenset({"MT101", "MT103"})
    assert select(unsure[:1], rules, 0.5, {}) == []
    assert len(select(unsure, rules, 0.5, {})) == 1


def test_a_moved_sentence_is_neither_missing_nor_extra() -> None:
    moved = Finding(
        "MT603",
        2,
        Side.TARGET,
        Span(COPY, COPY + 8),
        Severity.MINOR,
        0.9,
        "message",
        {"source": {"start": 0, "end": 8}},
    )
    missing, other = finding("MT601", 0, 0, 8, Side.SOURCE), finding("MT601", 1, 9, 14, Side.SOURCE)
    extra = finding("MT602", 2, COPY, COPY + 8)
    assert ids(explain(BOTH, [missing, other, moved, extra])) == [("MT601", 1), ("MT603", 2)]
    assert ids(explain(BOTH, [missing, other, extra])) == [("MT601", 0), ("MT601", 1), ("MT602", 2)]


def test_suspicion_grows_with_evidence() -> None:
    minor = Finding("MT307", 0, Side.TARGET, Span(0, 1), Severity.MINOR, 0.9, "message")
    values = [combined(each) for each in ([], [minor], [minor, minor], [finding("MT201")], [finding("MT201"), minor])]
    assert values[0] == 0
    assert values == sorted(values)
    assert values[-1] < 1


def test_rank_orders_by_suspicion_then_similarity_then_place() -> None:
    assert BOTH.pairs is not None
    ranking = rank(BOTH.pairs, [finding("MT201", pair=1)], [Score("embedding.similarity", 0, 0.9)])
    assert [(suspect.rank, suspect.pair.index) for suspect in ranking] == [(1, 1), (2, 0), (3, 2)]
    assert [len(suspect.findings) for suspect in ranking] == [1, 0, 0]
