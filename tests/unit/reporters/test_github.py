"""Workflow commands, read back the way that GitHub's runner reads them, and the job summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.reporters import github
from mtaudit.types import BadInput, CheckReport, Severity, Side
from tests.unit.reporters.audit_fixture import Bead, Mark, build
from tests.unit.reporters.check_fixture import AWKWARD, passing, render, site

T = Side.TARGET
#: In this order, as the runner undoes them (actions/runner, ActionCommand.cs).
_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))


def undone(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for written, meant in pairs:
        text = text.replace(written, meant)
    return text


def read(line: str) -> tuple[str, dict[str, str], str] | None:
    """A command as name, properties and message; None for a plain line."""
    if not line.startswith("::"):
        assert "##[" not in line
        return None
    head, _, message = line[2:].partition("::")
    name, _, told = head.partition(" ")
    properties = dict(part.split("=", 1) for part in told.split(",") if part)
    return name, {key: undone(value, _PROPERTY) for key, value in properties.items()}, undone(message, _DATA)


def commands(check: CheckReport) -> list[tuple[str, dict[str, str], str]]:
    return [command for line in render("github", check).splitlines() if (command := read(line)) is not None]


def test_commands_lead_to_the_words() -> None:
    name, properties, message = next(one for one in commands(site()) if "“10” became “12”" in one[2])
    assert name == "error"
    assert properties == {
        "file": AWKWARD,
        "line": "1",
        "endLine": "1",
        "col": "18",
        "endColumn": "20",
        "title": "MT106 number (critical)",
    }
    assert message.splitlines()[1:] == [
        "Source: The moon 🌒 stands 10 stars before the sun.",
        "Translation: Der Mond 🌒 steht 12 🌟 Sterne vor der Sonne.",
    ]


def test_columns_are_left_out_where_the_words_stand_on_two_lines() -> None:
    audit = build([Bead(("One two.",), ("Eins\nzwei.",), 0.5, (Mark("MT201", T, "Eins\nzwei", "x"),))])
    ((_, properties, _),) = commands(CheckReport((audit,), (), (), (), Severity.MAJOR))
    assert (properties["line"], properties["endLine"]) == ("1", "2")
    assert not {"col", "endColumn"} & set(properties)


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.NEUTRAL, "notice"),
        (Severity.MINOR, "warning"),
        (Severity.MAJOR, "error"),
        (Severity.CRITICAL, "error"),
    ],
)
def test_levels(severity: Severity, level: str) -> None:
    audit = build([Bead(("One.",), ("Eins.",), 0.5, (Mark("MT201", T, "Eins", "x", severity=severity),))])
    assert [name for name, _, _ in commands(CheckReport((audit,), (), (), (), None))] == [level]


def test_problems_come_first_then_what_fails_the_run() -> None:
    titles = [properties["title"] for _, properties, _ in commands(site())]
    assert titles[:3] == ["could not be judged by mtaudit"] * 3
    assert titles[-1] == "mtaudit"


def test_what_github_does_not_show_is_counted() -> None:
    assert "\nmtaudit: GitHub shows the first 10 annotations of each level: 7 of 29 are not shown.\n" in render(
        "github", site()
    )
    assert "not shown" not in render("github", passing())


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]), min_size=1, max_size=30))
def test_any_text_comes_back(text: str) -> None:
    if not text.strip() or set(text) & set("⟦⟧"):
        return
    audit = build([Bead(("One.",), (text,), 0.5, (Mark("MT201", T, text, text),))])
    bad = BadInput(f"a/{text}", 3, text, text)
    written = render("github", CheckReport((audit,), (bad,), (text,), (text,), Severity.MAJOR))
    first, second, third = (command for line in written.split("\n") if (command := read(line)) is not None)
    assert first[2] == f"{text}. {text}."
    assert second[2] == f"{text}\nSource: One.\nTranslation: {text}"
    assert third[2] == text


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("\r\n\v\f\x1b\x85\u2028%:,#[]=; error"), min_size=1, max_size=30))
def test_no_text_begins_a_command_of_its_own(text: str) -> None:
    bad = BadInput(text or "x", 0, f"{text}::error::x", text)
    told = (f"{text}\n::error::x ##[error]x",)
    written = render("github", CheckReport((), (bad,), told, told, None))
    assert [line.split(" ")[0] for line in re.split(r"\r\n|\r|\n", written)[:-1]] == [
        "::error",
        "::notice",
        *["mtaudit:"] * 2,
    ]
    assert [read(line) is None for line in written.splitlines()] == [False, False, True, True]


# The job summary


def test_the_summary_is_appended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    render("github", site())
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## mtaudit: failed, 18 suspects in 23 pairs\n")
    assert f"\nGitHub shows the first {github.SHOWN} annotations of each level: 7 of 29 are not shown.\n" in text


def test_a_summary_that_cannot_be_written_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "summary.md"))
    (name, properties, message) = commands(passing())[-1]
    assert (name, properties) == ("warning", {"title": "mtaudit"})
    assert message.endswith("the job summary cannot be written (No such file or directory). Check GITHUB_STEP_SUMMARY.")
