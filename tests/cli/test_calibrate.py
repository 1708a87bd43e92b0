"""`mtaudit calibrate`: labelled files, what is refused, and a calibration that an audit then uses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mtaudit.calibrate import read_labelled
from mtaudit.cli import app
from mtaudit.errors import ConfigError, FormatError, MtauditError

GOOD = "The bridge was closed for {} days.\tDie Brücke war {} Tage lang gesperrt.\t{}"
BAD = "The bridge was closed for {} days.\tDie Brücke war {}0 Tage lang lang gesperrt {{{{.\t{}"
HEAD = "source\ttarget\tlabel"


def write(path: Path, rows: list[str], head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def rows(count: int, good: str = "0", bad: str = "1") -> list[str]:
    """Every third pair is bad, and damaged so that checks see it."""
    return [(BAD if at % 3 == 0 else GOOD).format(at + 2, at + 2, bad if at % 3 == 0 else good) for at in range(count)]


def run(*arguments: str | Path) -> tuple[str, str, BaseException | None]:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    error = result.exception
    return result.stdout, result.stderr, None if isinstance(error, SystemExit) else error


def test_a_calibration_is_made_and_used(tmp_path: Path) -> None:
    labelled, out = write(tmp_path / "labelled.tsv", rows(240)), tmp_path / "c.json"
    options = ("-s", "en", "-t", "de", "--profile", "checks")
    output, _, error = run("calibrate", labelled, *options, "-o", out)
    assert error is None
    assert "profile checks, en → de: 240 pairs, 80 bad (label 1)" in output
    assert "expected calibration error 0.0" in output
    made = json.loads(out.read_text(encoding="utf-8"))
    assert (made["profile"], made["languages"], made["models"]) == ("checks", ["en", "de"], [])
    assert sum(row["pairs"] for row in made["reliability"]["bins"]) == 240

    report = ("audit", labelled, *options, "--calibration", out, "--format", "json", "--all", "--fail-on", "none")
    output, _, error = run(*report)
    assert error is None
    pairs = json.loads(output)["pairs"]
    assert all(pair["calibrated"] for pair in pairs)
    bad = [pair["suspicion"] for pair in pairs if pair["index"] % 3 == 0]
    good = [pair["suspicion"] for pair in pairs if pair["index"] % 3]
    assert min(bad) > 0.8
    assert max(good) < 0.2


def test_a_calibration_for_another_pair_of_languages_is_refused(tmp_path: Path) -> None:
    labelled, out = write(tmp_path / "labelled.tsv", rows(240)), tmp_path / "c.json"
    run("calibrate", labelled, "-s", "en", "-t", "de", "--profile", "checks", "-o", out)
    _, _, error = run("audit", labelled, "-s", "en", "-t", "fr", "--profile", "checks", "--calibration", out)
    assert isinstance(error, ConfigError)
    assert "made for profile 'checks', en to de" in str(error)


@pytest.mark.parametrize(
    ("given", "options", "error", "cause"),
    [
        (rows(150), [], ConfigError, "150 labelled pairs are too few"),
        ([row[:-1] + "0" for row in rows(210)], [], ConfigError, "0 of 210 pairs are labelled bad"),
        (rows(210, "98.5", "40"), [], ConfigError, "some lie above 0"),
        ([], [], ConfigError, "0 labelled pairs are too few"),
    ],
    ids=["too few", "one class", "scores of an unknown scale", "none"],
)
def test_what_cannot_be_fitted_is_refused(
    tmp_path: Path, given: list[str], options: list[str], error: type[MtauditError], cause: str
) -> None:
    labelled = write(tmp_path / "labelled.tsv", given)
    _, _, raised = run("calibrate", labelled, "-s", "en", "-t", "de", "--profile", "checks", *options)
    assert isinstance(raised, error)
    assert cause in str(raised)


@pytest.mark.parametrize(
    ("good", "bad", "limit", "label"),
    [
        ("0", "1", None, "label 1"),
        ("-1", "-5", None, "MQM score -5 or lower"),
        ("98", "60", 75.0, "MQM score 75 or lower"),
    ],
    ids=["labels", "penalties", "a scale up to 100"],
)
def test_labels_and_scores(tmp_path: Path, good: str, bad: str, limit: float | None, label: str) -> None:
    found = read_labelled(write(tmp_path / "labelled.tsv", rows(6, good, bad)), limit)
    assert found.bad == (True, False, False, True, False, False)
    assert found.label == label


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    path = write(tmp_path / "labelled.tsv", ["1\tx\tEin Satz.\tA sentence."], "Label\tid\tTarget\tSource")
    found = read_labelled(path)
    assert found.pairs == (("A sentence.", "Ein Satz."),)
    assert found.bad == (True,)


@pytest.mark.parametrize("head", ["source\ttarget", "source\tlabel", "", "a\tb\tc"], ids=repr)
def test_a_missing_column_is_named(tmp_path: Path, head: str) -> None:
    with pytest.raises(FormatError, match="no column"):
        read_labelled(write(tmp_path / "labelled.tsv", ["x\ty\t1"], head))


def test_bad_rows_do_not_cost_the_good_ones(tmp_path: Path) -> None:
    given = ["A.\tEin.\t1", "only one cell", "B.\tZwei.\tnan", "\tDrei.\t0", "", "C.\tDrei.\t0"]
    found = read_labelled(write(tmp_path / "labelled.tsv", given))
    assert found.bad == (True, False)
    assert [(bad.line, bad.reason) for bad in found.bad_input] == [
        (3, "1 columns where the first row has 3"),
        (4, "'nan' is neither 0 nor 1 nor an MQM score"),
        (5, "one side is empty"),
    ]
