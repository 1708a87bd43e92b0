"""The command line as a user meets it: reports, exit codes, and one clear message for whatever is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import mtaudit
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "examples" / "harbour.en.txt"
TARGET = ROOT / "examples" / "harbour.de.txt"
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """The JSON report of the bundled example, made by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "mtaudit", "audit", "--format", "json", SOURCE, TARGET],
        check=False,
        capture_output=True,
        cwd=ROOT,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


#: What a careful reader marks in the example: rule, and words that the mark must touch.
DAMAGE = [
    ("MT201", "koste . landwirtschaftlichen"),
    ("MT301", '< div class="story-x7 par3">'),
    ("MT106", "125"),
    ("MT201", "Bauernverband Der"),
    ("MT104", "It now admits"),
    ("MT203", "Der Stahl ist älter"),
    ("MT104", "dislike"),
]


@pytest.mark.parametrize(("rule", "words"), DAMAGE, ids=[f"{rule} {words[:12]}" for rule, words in DAMAGE])
def test_example_damage_is_found(report: dict[str, Any], rule: str, words: str) -> None:
    quotes = [f["quote"] for pair in report["pairs"] for f in pair["findings"] if f["rule"] == rule]
    assert any(words in quote or quote in words for quote in quotes), quotes


#: Sentences of the example that are right.
RIGHT = [
    "Lindhaven sperrt seine Hafenbrücke",
    "Eine Fähre bringt alle 20 Minuten",
    "Die Ladenbesitzer in der Altstadt",
    "Wer die Pläne sehen möchte",
]


@pytest.mark.parametrize("start", RIGHT)
def test_right_sentences_are_left_alone(report: dict[str, Any], start: str) -> None:
    assert [
        pair["findings"] for pair in report["pairs"] if pair["target"] and pair["target"]["text"].startswith(start)
    ] == []


def test_report_fits_its_schema_and_its_files(report: dict[str, Any]) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(report)) == []
    lines = {"source": SOURCE.read_text("utf-8").splitlines(), "target": TARGET.read_text("utf-8").splitlines()}
    for pair in report["pairs"]:
        for finding in pair["findings"]:
            line = lines[finding["side"]][finding["line"] - 1]
            first_line = finding["quote"].splitlines()[0]
            assert line[finding["column"] - 1 :].startswith(first_line)
            assert pair[finding["side"]]["text"][finding["start"] : finding["end"]] == finding["quote"]


def test_python_api_gives_the_same(report: dict[str, Any]) -> None:
    audit = mtaudit.audit(SOURCE, TARGET)
    assert [round(suspect.suspicion, 4) for suspect in audit.suspects] == [p["suspicion"] for p in report["pairs"]]
    assert (audit.bitext.source and audit.bitext.source.language, audit.bitext.target.language) == ("en", "de")


def test_text_report_says_what_and_where(run: Run) -> None:
    code, out, err = run("audit", SOURCE, TARGET)
    assert (code, err) == (1, "")
    assert "MT201 broken-sentence" in out
    assert "harbour.de.txt:3:1" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_jsonl_has_every_pair_with_all(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    code, out, _ = run("audit", SOURCE, TARGET, "--format", "jsonl", "--all", "-o", path)
    head, *pairs = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert (code, out) == (1, "")
    assert head["type"] == "head"
    assert len(pairs) == head["summary"]["pairs"]
    assert {pair["type"] for pair in pairs} == {"pair"}
    assert list(tmp_path.iterdir()) == [path]


def test_target_only_needs_no_source_and_no_model(run: Run) -> None:
    code, out, _ = run("audit", "--target-only", TARGET, "--format", "json")
    found = json.loads(out)
    rules = {finding["rule"] for pair in found["pairs"] for finding in pair["findings"]}
    assert code == 1
    assert {"MT201", "MT203", "MT301", "MT105"} <= rules
    assert found["signature"]["models"] == []
    assert all(pair["source"] is None for pair in found["pairs"])


def test_checks_profile_needs_no_model(run: Run) -> None:
    code, out, _ = run("audit", SOURCE, TARGET, "--profile", "checks", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["signature"]["models"] == []
    assert {"MT201", "MT301", "MT203"} <= set(found["summary"]["by_rule"])


def test_tsv_keeps_good_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes(
        "The bridge is closed.\tDie Brücke ist gesperrt.\n".encode()
        + b"only one column\n"
        + b"It cost 300 euros.\tEs kostete 500 Euro.\n"
    )
    code, out, _ = run("audit", path, "-s", "en", "-t", "de", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert [bad["line"] for bad in found["bad_input"]] == [2]
    assert found["summary"]["pairs"] == 2
    assert [(pair["target"]["line"], [f["rule"] for f in pair["findings"]]) for pair in found["pairs"]] == [
        (3, ["MT106"])
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "none"], 0),
        (["--fail-on", "critical"], 0),
        (["--select", "MT303"], 0),
        (["--min-confidence", "0.999"], 0),
        (["--fail-on", "minor"], 1),
    ],
    ids=["never", "nothing critical", "no such finding", "not sure enough", "minor"],
)
def test_exit_codes(run: Run, options: list[str], code: int) -> None:
    assert run("audit", SOURCE, TARGET, "--profile", "checks", *options)[0] == code


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


GERMAN = "Die Brücke ist seit dem Frühjahr gesperrt, weil die Stützen Risse haben und neu gebaut werden müssen.\n"
ENGLISH = "The bridge has been closed since spring because its pillars are cracked and have to be built anew.\n"


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        (None, [], "missing.txt"),
        ("folder", [], "folder"),
        (b"", [], "empty"),
        (b"  \n\n ", [], "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, [], "PNG"),
        (b"\x00\x01\x02\xff" * 400, [], "binary"),
        (GERMAN, ["-t", "fr"], "the text is German, but -t says French. Name the right file, or give -t de."),
        (GERMAN, ["-s", "de", "-t", "en"], "source and target are swapped"),
        (ENGLISH, [], "both are English"),
        ("x" * 1_000_000, [], "without a line break"),
        (GERMAN, ["-s", "en", "-t", "fr"], "German"),
        (GERMAN, ["-s", "english"], "-s english: this is no language code"),
        (GERMAN, ["--profile", "embeded"], "Did you mean embedded?"),
        (GERMAN, ["--select", "MT16"], "Did you mean"),
        (GERMAN, ["--format", "jsn"], "Did you mean json?"),
        (GERMAN, ["--min-confidence", "2"], "not from 0 to 1"),
        (GERMAN, ["--target-only"], "two files were given"),
        (GERMAN, ["-o", "."], "it is a folder"),
        (GERMAN, ["-o", "nowhere/out.txt"], "cannot be written"),
        ("12 34 56\n", [], "the language cannot be told from the text. Say it with -t"),
    ],
    ids=[
        "missing",
        "folder",
        "empty",
        "white space",
        "picture",
        "binary",
        "wrong language",
        "swapped",
        "same language",
        "no line break",
        "wrong target language",
        "no language code",
        "profile",
        "rule",
        "format",
        "confidence",
        "target-only with two",
        "report is a folder",
        "report has no folder",
        "no language",
    ],
)
def test_bad_input_is_one_message(
    run: Run, tmp_path: Path, target: bytes | str | None, options: list[str], message: str
) -> None:
    source = write(tmp_path / "source.txt", ENGLISH)
    if target is None:
        path = tmp_path / "missing.txt"
    elif target == "folder":
        path = tmp_path
    else:
        path = write(tmp_path / "target.txt", target)
    code, out, err = run("audit", source, path, *options)
    assert (code, out) == (2, "")
    assert message in err
    assert err.startswith("mtaudit: ")
    assert "Traceback" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("page.html", "<html><script>let a = 1;</script></html>"), ("page.md", "```\ncode\n```\n")],
    ids=["html", "markdown"],
)
def test_a_side_that_is_empty_after_cleaning(run: Run, tmp_path: Path, name: str, text: str) -> None:
    source = write(tmp_path / "source.txt", ENGLISH)
    code, _, err = run("audit", source, write(tmp_path / name, text))
    assert code == 2
    assert name in err
    assert err.count("\n") == 1


def test_one_file_that_is_not_bilingual(run: Run) -> None:
    code, _, err = run("audit", SOURCE)
    assert code == 2
    assert "Name the translation too, or use --target-only" in err


def test_uncovered_language_names_a_profile(run: Run, tmp_path: Path) -> None:
    french = write(
        tmp_path / "fr.txt", "Le pont est fermé depuis le printemps parce que ses piliers sont fissurés et anciens.\n"
    )
    code, _, err = run("audit", write(tmp_path / "en.txt", ENGLISH), french)
    assert code == 2
    assert "does not cover en and fr. Use --profile checks" in err


def test_guessed_encoding_is_said(run: Run, tmp_path: Path) -> None:
    source, target = write(tmp_path / "en.txt", ENGLISH), write(tmp_path / "de.txt", GERMAN.encode("cp1252"))
    code, _, err = run("audit", source, target)
    assert code == 0
    assert "de.txt" in err
    assert "1252" in err


def test_internal_errors_have_their_own_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr("mtaudit.pipeline.audit", broken)
    code, _, err = run("audit", SOURCE, TARGET)
    assert code == 3
    assert "internal error: ZeroDivisionError: made up" in err
    assert "Traceback" not in err


def test_reader_that_has_enough() -> None:
    """The pipe is closed before anything is written, so that every write to it fails."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "mtaudit", "rules"]
    done = subprocess.run(command, check=False, stdout=writing, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    os.close(writing)
    assert done.stderr == ""
