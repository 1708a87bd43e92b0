"""Progress is shown on a terminal and nowhere else, and never runs into the report."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from mtaudit.cli.output import busy, warn
from mtaudit.pipeline import audit_texts
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = (ROOT / "examples" / "harbour.en.txt", ROOT / "examples" / "harbour.de.txt")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of standard error: within the test, as pytest sets its own when that begins."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_terminal_shows_stage_and_count(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with busy("auditing") as notify:
        assert notify is not None
        notify("loading models", 0, 0)
        notify("scoring", 0, 4000)
        notify("scoring", 1024, 4000)
    shown = terminal.getvalue()
    assert "scoring" in shown
    assert "1,024 of 4,000" in shown
    assert shown.endswith("\x1b[2K")  # what was shown is wiped away


def test_where_the_total_is_not_known_the_count_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with busy("auditing") as notify:
        assert notify is not None
        notify("pairs audited", 15000, 0)
    assert "pairs audited" in terminal.getvalue()
    assert "15,000" in terminal.getvalue()
    assert " of " not in terminal.getvalue()


def test_messages_stand_above_the_bar_and_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with busy("auditing"):
        warn("[bold]notes.txt[/bold]: read as Windows-1252")
    assert "mtaudit: [bold]notes.txt[/bold]: read as Windows-1252\n" in terminal.getvalue()


def test_a_report_on_the_same_terminal_is_not_disturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with busy("auditing", shown=False) as notify:
        assert notify is None
    assert terminal.getvalue() == ""


def test_pipes_get_nothing(run: Run) -> None:
    with busy("auditing") as notify:
        assert notify is None
    assert run("audit", *FILES, "-p", "checks")[2] == ""


def test_stages_are_told_in_order_up_to_the_number_of_pairs() -> None:
    told: list[tuple[str, int, int]] = []
    pairs = 300
    source = "\n\n".join(f"House {number} has a red door." for number in range(pairs))
    target = "\n\n".join(f"Haus {number} hat eine rote Tür." for number in range(pairs))
    audit_texts(
        source,
        target,
        source_language="en",
        target_language="de",
        profile="checks",
        notify=lambda what, done, total: told.append((what, done, total)),
    )
    assert list(dict.fromkeys(what for what, _, _ in told)) == ["loading models", "aligning", "scoring", "checking"]
    for stage in ("scoring", "checking"):
        assert [(done, total) for what, done, total in told if what == stage] == [(0, pairs), (256, pairs)]


def test_a_corpus_tells_how_many_pairs_are_done(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    corpus, report = tmp_path / "pairs.tsv", tmp_path / "report.jsonl"
    corpus.write_text(
        "".join(f"House {n} has a red door.\tHaus {n} hat eine rote Tür.\n" for n in range(40)), encoding="utf-8"
    )
    code, out, _ = run("audit", corpus, "-s", "en", "-t", "de", "-p", "checks", "-f", "jsonl", "-o", report)
    assert (code, out) == (0, "")
    assert "pairs audited" in terminal.getvalue()
    assert "40" in terminal.getvalue()
