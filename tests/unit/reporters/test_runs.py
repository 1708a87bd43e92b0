"""Which suspects share an entry."""

from __future__ import annotations

import pytest

from mtaudit.reporters.runs import entries
from mtaudit.types import Side
from tests.unit.reporters.audit_fixture import Bead, Mark, build, library

S, T = Side.SOURCE, Side.TARGET


def _copy(words: str, passage: int | None = 1, *more: Mark) -> Bead:
    evidence = {} if passage is None else {"passage": passage}
    return Bead((), (words,), 0.5, (Mark("MT203", T, words, "again", evidence=evidence), *more))


def _left(words: str, marked: str = "", rule: str = "MT104") -> Bead:
    return Bead(("Left alone.",), (words,), 0.5, (Mark(rule, T, marked or words, "not translated"),))


@pytest.mark.parametrize(
    ("beads", "expected"),
    [
        pytest.param([_copy("Ein Satz."), _copy("Zwei Sätze."), _copy("Drei.")], [[0, 1, 2]], id="passage"),
        pytest.param([_copy("Ein Satz."), _copy("Zwei Sätze.", 2)], [[0], [1]], id="other-passage"),
        pytest.param([_copy("Ein Satz.", None), _copy("Zwei Sätze.", None)], [[0], [1]], id="passage-not-said"),
        pytest.param([_copy("Ein Satz."), Bead((), ("Gut.",), 0.1), _copy("Drei.")], [[0], [2]], id="good-between"),
        pytest.param(
            [_copy("Ein Satz."), _copy("Zwei ,.", 1, Mark("MT306", T, ",.", "stop")), _copy("Drei.")],
            [[0], [1], [2]],
            id="another-finding-between",
        ),
        pytest.param(
            [
                _copy("Ein Satz.", 1, Mark("MT602", T, "Ein Satz.", "extra")),
                _copy("Zwei.", 1, Mark("MT602", T, "Zwei.", "extra")),
            ],
            [[0, 1]],
            id="same-two-rules",
        ),
        pytest.param(
            [_copy("Ein Satz."), _copy("Zwei.", 1, Mark("MT602", T, "Zwei.", "extra"))], [[0], [1]], id="other-rules"
        ),
        pytest.param([_left("Look here."), _left("And here.")], [[0, 1]], id="untranslated"),
        pytest.param([_left("Look here.", "Look here"), _left("“And here”", "And here")], [[0, 1]], id="all-but-stops"),
        pytest.param([_left("Schau here.", "here"), _left("Und here.", "here")], [[0], [1]], id="only-some-words"),
        pytest.param([_left("Look here."), _left("And here.", rule="MT311")], [[0], [1]], id="other-rule"),
        pytest.param(
            [_left("Look here.", rule="MT201"), _left("And here.", rule="MT201")], [[0], [1]], id="no-running-rule"
        ),
        pytest.param(
            [
                Bead(("Gone.",), (), 0.5, (Mark("MT601", S, "Gone.", "missing"),)),
                Bead(("Also gone.",), (), 0.5, (Mark("MT601", S, "Also gone.", "missing"),)),
                Bead(("Here.",), ("Hier.",), 0.1),
            ],
            [[0, 1]],
            id="missing",
        ),
        pytest.param(
            [
                Bead(
                    ("Two.",),
                    ("Erster Satz.", "Zweiter Satz."),
                    0.5,
                    (Mark("MT104", T, "Erster Satz.", "left"), Mark("MT104", T, "Zweiter Satz.", "left")),
                ),
                _left("Dritter."),
            ],
            [[0, 1]],
            id="findings-that-cover-together",
        ),
    ],
)
def test_entries(beads: list[Bead], expected: list[list[int]], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.reporters import audit_fixture

    rules = dict(audit_fixture.RULES)
    rules["MT306"] = rules["MT307"]
    monkeypatch.setattr(audit_fixture, "RULES", rules)
    found = [[suspect.pair.index for suspect in entry.suspects] for entry in entries(build(beads))]
    assert sorted(found) == expected


def test_an_entry_stands_at_its_best_rank() -> None:
    shown = [(entry.best.rank, [suspect.rank for suspect in entry.suspects]) for entry in entries(library())]
    assert shown == [(1, [1]), (2, [3, 2]), (4, [4]), (5, [5]), (6, [6]), (7, [7]), (8, [8]), (9, [11, 9, 10])]
