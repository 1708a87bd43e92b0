"""Glossaries at the command line: options, messages, and the whole report of a small manual."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAIRS = """\
The access token expires after an hour.\tDas Zugriffstoken läuft nach einer Stunde ab.
Send the access token with each request.\tSenden Sie das Zugriffstoken mit jeder Anfrage.
Without an access token, you are nobody.\tOhne Zugriffstoken sind Sie niemand.
The access token is secret.\tDas Zugangstoken ist geheim.
Rivet signs in for you.\tRivet meldet Sie für Sie an.
Choose two settings in Rivet.\tWählen Sie in der Niete zwei Optionen.
Open the settings of the database.\tÖffnen Sie die Datenbankeinstellungen.
The settings are stored on the server.\tDie Einstellungen liegen auf dem Diener.
"""
GLOSSARY = """\
source\ttarget\tforbidden\tnote
settings\tEinstellungen
sign in\tanmelden\t\t
setting\tEinstellung\t\tnever Option
server\tServer\tDiener\t
database\tDatenbank\t\t
"""


@pytest.fixture
def manual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pairs and a glossary, which is where the command runs."""
    (tmp_path / "manual.tsv").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text(GLOSSARY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


AUDIT = ("audit", "manual.tsv", "-s", "en", "-t", "de", "-p", "checks", "--select", "terminology")
OPTIONS = ("--glossary", "terms.tsv", "--do-not-translate", "Rivet")


@pytest.mark.usefixtures("manual")
def test_report_of_a_manual(run: Run, golden: Callable[[str, str], None]) -> None:
    code, out, told = run(*AUDIT, *OPTIONS)
    assert code == 1
    assert told.startswith("mtaudit: terms.tsv:2: the row has 2 columns, not 4.")
    assert told.count("\n") == 1
    golden("manual-terms.txt", out)


@pytest.mark.usefixtures("manual")
def test_findings_as_json(run: Run, golden: Callable[[str, str], None]) -> None:
    _, out, _ = run(*AUDIT, *OPTIONS, "--format", "json")
    report = json.loads(out)
    settings = report["signature"]["settings"]
    assert (settings["glossary"], settings["do_not_translate"]) == (["terms.tsv"], ["Rivet"])
    findings = [finding for pair in report["pairs"] for finding in pair["findings"]]
    golden("manual-terms.json", json.dumps(findings, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.usefixtures("manual")
def test_without_glossary_only_what_contradicts_itself(run: Run) -> None:
    code, out, told = run(*AUDIT, "--format", "json")
    rules = [finding["rule"] for pair in json.loads(out)["pairs"] for finding in pair["findings"]]
    assert (code, rules, told) == (0, ["MT402"], "")


def test_what_cannot_be_used_is_said_once_however_long_the_file(
    run: Run, manual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mtaudit.engines.local.iter_audits.__kwdefaults__", {**_defaults(), "size": 2})
    _, _, told = run(*AUDIT, *OPTIONS, "--format", "jsonl", "-o", manual / "out.jsonl")
    assert told.count("terms.tsv:2:") == 1


def _defaults() -> dict[str, object]:
    from mtaudit.engines.local import iter_audits

    return dict(iter_audits.__kwdefaults__ or {})


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("missing.tsv", None, 2, "missing.tsv: there is no such file"),
        ("terms.docx", "x", 2, "glossaries ending in .docx are not read"),
        ("french.csv", "en,fr\nserver,serveur\n", 0, "this glossary has no terms from en to de; it has en, fr."),
    ],
)
def test_glossary_that_cannot_be_used(
    run: Run, manual: Path, name: str, content: str | None, code: int, message: str
) -> None:
    if content is not None:
        (manual / name).write_text(content, encoding="utf-8")
    ended, _, told = run(*AUDIT, "--glossary", name)
    assert ended == code
    assert message in told
    assert told.count("\n") == 1


def test_glossary_without_a_source(run: Run, manual: Path) -> None:
    (manual / "de.txt").write_text("Die Einstellungen liegen auf dem Diener, und niemand sucht sie dort.\n", "utf-8")
    code, _, told = run("audit", "--target-only", "de.txt", "-t", "de", *OPTIONS)
    assert code == 0
    assert "need a source; without one they are not used" in told


def test_language_without_a_word_list(run: Run, manual: Path) -> None:
    (manual / "pairs.tsv").write_text("The server is new.\tO le server ua fou.\n", encoding="utf-8")
    (manual / "sm.csv").write_text("server,server\n", encoding="utf-8")
    _, _, told = run("audit", "pairs.tsv", "-s", "en", "-t", "sm", "-p", "checks", "--glossary", "sm.csv")
    assert "no word list knows the target's language (sm): terms are found only as they are listed." in told
