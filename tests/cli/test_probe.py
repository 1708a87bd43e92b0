"""`mtaudit probe`, run for real: with the bundled models on a few good sentences, and without models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtaudit.cli import app
from mtaudit.errors import ConfigError, EmptyError, MtauditError
from mtaudit.synthesize import KINDS

ENGLISH = [
    "The ferry leaves the old harbour every morning at seven and returns in the evening.",
    "On Monday the town council decided not to sell the empty school to the bank.",
    "Clara Holm told Peter Brandt that the new bridge would cost 24 million euros.",
    "The museum shows more than 300 paintings, and many of them have never been seen before.",
    "After the storm the farmers repaired their roofs before the first snow fell.",
    "The doctor advised her patients to drink more water and to sleep longer.",
]
GERMAN = [
    "Die Fähre verlässt jeden Morgen um sieben den alten Hafen und kehrt am Abend zurück.",
    "Am Montag beschloss der Stadtrat, die leere Schule nicht an die Bank zu verkaufen.",
    "Clara Holm sagte Peter Brandt, dass die neue Brücke 24 Millionen Euro kosten werde.",
    "Das Museum zeigt mehr als 300 Gemälde, und viele davon waren noch nie zu sehen.",
    "Nach dem Sturm reparierten die Bauern ihre Dächer, bevor der erste Schnee fiel.",
    "Die Ärztin riet ihren Patienten, mehr Wasser zu trinken und länger zu schlafen.",
]


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    rows = ["source\ttarget", *(f"{en}\t{de}" for en, de in zip(ENGLISH, GERMAN, strict=True))]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> tuple[str, BaseException | None]:
    result = CliRunner().invoke(app, ["probe", *map(str, arguments)])
    error = result.exception
    return result.stdout, None if isinstance(error, SystemExit) else error


def told(*arguments: str | Path) -> dict[str, Any]:
    output, error = run(*arguments, "-s", "en", "-t", "de", "--format", "json")
    assert error is None
    found: dict[str, Any] = json.loads(output)
    return found


def test_garbled_sentences_are_found_with_the_bundled_models(pairs: Path) -> None:
    found = told(pairs, "--kind", "detached", "--kind", "copied", "--kind", "debris", "--per-kind", "4")
    assert found["pairs"] == 6
    assert [row["kind"] for row in found["kinds"]] == ["detached", "copied", "debris"]
    for row in found["kinds"]:
        assert row["planted"] == 4
        assert row["found"] == 4, row
    right = {row["rule"]: row["right"] for row in found["rules"]}
    assert right["MT301"] >= 4


def test_every_kind_is_tried_without_models(pairs: Path) -> None:
    found = told(pairs, "--profile", "checks", "--per-kind", "3")
    kinds = {row["kind"]: row for row in found["kinds"]}
    assert list(kinds) == list(KINDS)
    assert found["alarms"] == 0
    assert kinds["number"]["found"] == kinds["number"]["planted"] == 3
    assert kinds["loop"]["planted"] == 3
    assert kinds["dropped-word"]["planted"] == 0  # nothing aligns words without a model
    assert all(row["found"] <= row["flagged"] <= row["planted"] <= 3 for row in kinds.values())


def test_the_same_seed_gives_the_same_result(pairs: Path) -> None:
    first, again = (told(pairs, "--profile", "checks", "--per-kind", "3", "--seed", "5") for _ in range(2))
    assert first == again
    assert told(pairs, "--profile", "checks", "--per-kind", "3", "--seed", "6")["seed"] == 6


def test_the_text_says_what_was_found(pairs: Path) -> None:
    output, error = run(pairs, "-s", "en", "-t", "de", "--profile", "checks", "--kind", "number", "--kind", "date")
    assert error is None
    lines = output.splitlines()
    assert lines[0].split() == ["planted", "pairs", "right", "place", "anywhere", "mostly", "by"]
    assert lines[1].startswith("number")
    assert "MT106" in lines[1]
    assert "6 pairs of yours were used; 0 of them are flagged untouched" in output


@pytest.mark.parametrize(
    ("rows", "options", "error", "cause"),
    [
        (ENGLISH[:2], [], EmptyError, "2 sentence pairs are fit for planting errors"),
        (ENGLISH, ["--kind", "typo"], ConfigError, "no error of this kind"),
        (ENGLISH, ["--profile", "huge"], ConfigError, "huge"),
    ],
    ids=["too few pairs", "unknown kind", "unknown profile"],
)
def test_what_cannot_be_probed_is_said(
    tmp_path: Path, rows: list[str], options: list[str], error: type[MtauditError], cause: str
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{en}\t{de}\n" for en, de in zip(rows, GERMAN, strict=False)), encoding="utf-8")
    _, raised = run(path, "-s", "en", "-t", "de", *(options or ["--profile", "checks"]))
    assert isinstance(raised, error)
    assert cause in str(raised)


def test_one_monolingual_file_is_not_enough(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("One sentence.", encoding="utf-8")
    _, raised = run(path)
    assert isinstance(raised, ConfigError)
    assert "Name the translation too" in str(raised)
