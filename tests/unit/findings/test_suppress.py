"""What comments in the files suppress."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtaudit.config import Config
from mtaudit.findings.suppress import suppress
from mtaudit.pipeline import all_rules, audit_bitext
from mtaudit.types import Audit, Remark, Side, Span
from tests.support import bitext

#: Each of the four pairs has one finding, MT106, in its target.
PAIRS = [(f"The tower has {n} steps.", f"Der Turm hat {n + 50} Stufen.") for n in (11, 12, 13, 14)]


@pytest.fixture(scope="module")
def audit() -> Audit:
    made = audit_bitext(bitext(PAIRS), profile="checks", config=Config(select=("MT106",)))
    assert [finding.pair for finding in made.findings] == [0, 1, 2, 3]
    return made


def left(
    audit: Audit, remarks: list[tuple[str, int | None]], side: Side = Side.TARGET
) -> tuple[list[int], int, list[str]]:
    """The pairs whose findings are left with these comments, each before a block; how many are used; what is wrong."""
    document = audit.bitext.document(side)
    assert document is not None
    assert audit.bitext.pairs is not None
    placed = []
    for line, (text, block) in enumerate(remarks, 1):
        span = (
            audit.bitext.pairs[block].span(side) if block is not None else Span(len(document.text), len(document.text))
        )
        assert span is not None
        placed.append(Remark(text, line, span))
    changed = replace(document, remarks=tuple(placed))
    both = replace(audit.bitext, source=changed) if side is Side.SOURCE else replace(audit.bitext, target=changed)
    found = suppress(replace(audit, bitext=both), all_rules)
    faults = [one.fault or f"unused: {one.text}" for one in found.unused]
    return [finding.pair for finding in found.findings], len(found.used), faults


@pytest.mark.parametrize(
    ("remarks", "pairs", "used", "wrong"),
    [
        ([("ignore MT106", 1)], [0, 2, 3], 1, []),
        ([("ignore", 1)], [0, 2, 3], 1, []),
        ([("ignore number", 1)], [0, 2, 3], 1, []),
        ([("ignore mt106", 1)], [0, 2, 3], 1, []),
        ([("ignore MT1", 1)], [0, 2, 3], 1, []),
        ([("ignore accuracy", 1)], [0, 2, 3], 1, []),
        ([("ignore MT201, MT106", 1)], [0, 2, 3], 1, []),
        ([("ignore MT201 MT106", 1)], [0, 2, 3], 1, []),
        ([("ignore MT106 the source is wrong", 1)], [0, 2, 3], 1, []),
        ([("ignore MT106: it is right", 1)], [0, 2, 3], 1, []),
        ([("ignore MT201", 1)], [0, 1, 2, 3], 0, ["unused: ignore MT201"]),
        ([("ignore-file", 3)], [], 1, []),
        ([("ignore-file MT106", None)], [], 1, []),
        ([("ignore-start", 1), ("ignore-end", 3)], [0, 3], 1, []),
        ([("ignore-start MT106", 1), ("ignore-end MT201", 2), ("ignore-end MT106", 3)], [0, 3], 1, ["no ignore-start"]),
        ([("ignore-start", 2)], [0, 1], 1, []),
        ([("ignore-end", 2)], [0, 1, 2, 3], 0, ["no ignore-start"]),
        ([("ignore MT106", 1), ("ignore MT106", 2)], [0, 3], 2, []),
        ([("ignored", 1)], [0, 1, 2, 3], 0, ["this is no instruction"]),
        ([("ignore nubmer", 1)], [0, 1, 2, 3], 0, ["no rule has this id or slug"]),
    ],
)
@pytest.mark.parametrize("side", list(Side))
def test_suppress(
    audit: Audit,
    remarks: list[tuple[str, int | None]],
    pairs: list[int],
    used: int,
    wrong: list[str],
    side: Side,
) -> None:
    found, count, faults = left(audit, remarks, side)
    assert (found, count, len(faults)) == (pairs, used, len(wrong))
    for fault, part in zip(faults, wrong, strict=True):
        assert part in fault
