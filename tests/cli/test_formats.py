"""Formats at the command line: `align`, bilingual files, catalogues, reports in parts, inputs that stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "examples" / "harbour.en.txt"
TARGET = ROOT / "examples" / "harbour.de.txt"

PO = """msgid ""
msgstr "Language: de\\n"

msgid "Open {name} now"
msgstr "Jetzt {nutzer} öffnen"

msgid "Close the window"
msgstr "Das Fenster schließen"

msgid "Print"
msgstr ""
"""


@pytest.mark.parametrize("suffix", ["tmx", "tsv", "jsonl"])
def test_align(run: Run, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"pairs.{suffix}"
    code, printed, told = run("align", SOURCE, TARGET, "-o", out, "-p", "checks")
    assert (code, printed) == (0, "")
    assert told.startswith(f"mtaudit: {out}: ")
    assert "10 pairs and 8 gaps (sentences without a counterpart)" in told
    assert ("; 8 gaps left out, as .tmx holds pairs only" in told) == (suffix == "tmx")
    code, _, told = run("audit", out, "-s", "en", "-t", "de", "-p", "checks", "--fail-on", "none")
    assert (code, told) == (0, "")


def test_align_catalogues(run: Run, tmp_path: Path) -> None:
    for language, text in (("en", "Open the gate"), ("de", "Das Tor öffnen")):
        (tmp_path / f"{language}.json").write_text(json.dumps({"a": text}), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert run("align", tmp_path / "en.json", tmp_path / "de.json", "-o", out)[0] == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert (record["id"], record["source"], record["target"]) == ("a", "Open the gate", "Das Tor öffnen")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("align", SOURCE, TARGET, "-o", "out.docx"), "alignments are not written to files of that suffix"),
        (("align", SOURCE, "missing.txt", "-o", "out.tmx"), "there is no such file"),
        (("audit", SOURCE, TARGET, "-f", "xlif"), "Did you mean xliff?"),
    ],
)
def test_what_is_wrong_is_said(run: Run, arguments: tuple[object, ...], message: str) -> None:
    code, _, told = run(*arguments)
    assert (code, message in told) == (2, True), told


@pytest.mark.parametrize("command", [("audit", "-f", "tsv"), ("align",)])
def test_inputs_are_never_written_over(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    source, target = tmp_path / "a.tsv", tmp_path / "b.txt"
    source.write_text("One.\tEins.\n", encoding="utf-8")
    target.write_text("Eins.", encoding="utf-8")
    inputs = (source,) if command[0] == "audit" else (source, target)
    code, _, told = run(command[0], *inputs, *command[1:], "-o", source)
    assert (code, "this is an input file, which is never changed" in told) == (2, True)
    assert source.read_text(encoding="utf-8") == "One.\tEins.\n"


def test_a_catalogue_is_audited(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_text(PO, encoding="utf-8")
    code, printed, told = run("audit", path, "-s", "en", "-p", "checks")
    assert code == 1
    assert f"{path}:5:15" in printed or f"{path}:5:9" in printed
    head = printed[: printed.index(" source  ")]
    assert "Open {name} now" not in " ".join(head.split())  # the unit's id is its source, which follows
    assert "MT303 placeholder-mismatch" in printed
    assert told == f"mtaudit: {path}: not audited: 1 without a translation\n"
    code, printed, _ = run("audit", path, "-s", "en", "-p", "checks", "-f", "json")
    (pair,) = json.loads(printed)["pairs"]
    assert pair["unit"] == {"id": "Open {name} now", "context": None, "note": None, "state": None}


@pytest.mark.parametrize(("fail_on", "code"), [("none", 0), ("major", 1)])
@pytest.mark.parametrize("report", ["jsonl", "tsv"])
def test_corpora_in_parts(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, report: str, fail_on: str, code: int
) -> None:
    path = tmp_path / "a.jsonl"
    record = json.dumps({"en": "Open {name} now, please.", "de": "Bitte jetzt {nutzer} öffnen."})
    path.write_text("\n".join([record] * 5), encoding="utf-8")
    options = ("-f", report, "-s", "en", "-t", "de", "-p", "checks", "--fail-on", fail_on)
    ended, printed, _ = run("audit", path, *options)
    assert ended == code
    assert len(printed.splitlines()) == 6


@pytest.mark.parametrize(
    ("fail_on", "code", "failed"), [("major", 1, True), ("critical", 0, False), ("none", 0, False)]
)
def test_reports_for_ci_fail_where_the_run_does(
    fail_on: str, code: int, failed: bool, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.en.txt").write_text("The bridge costs 12.5 million euros.\n", encoding="utf-8")
    (tmp_path / "a.de.txt").write_text("Die Brücke kostet 125 Millionen Euro.\n", encoding="utf-8")
    files = "a.en.txt", tmp_path / "a.de.txt"
    for name in ("sarif", "junit", "github", "gitlab", "markdown"):
        command = "audit", "-p", "checks", "-s", "en", "-t", "de", "--fail-on", fail_on, "--format", name
        status, out, err = run(*command, *files)
        assert (status, err) == (code, ""), name
        assert "a.de.txt" in out, name
        assert str(tmp_path) not in out, name
        assert "MT106" in out, name
        if name == "junit":
            assert ("<failure" in out) is failed
    assert summary.read_text(encoding="utf-8").startswith(f"## mtaudit: {'failed' if failed else 'passed'}, 1 suspect")
