"""`mtaudit audit --open`: the report goes into a file that stays, and the file into the browser."""

from __future__ import annotations

import re
import tempfile
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

import pytest

from mtaudit import reporters
from mtaudit.reporters import ReportOptions
from mtaudit.types import Audit
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = (ROOT / "examples" / "harbour.en.txt", ROOT / "examples" / "harbour.de.txt")


def page(audit: Audit, stream: TextIO, _: ReportOptions) -> None:
    stream.write(f"<p>{len(audit.suspects)} suspects</p>\n")


@pytest.fixture(autouse=True)
def html(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for the HTML report, and a folder for temporary files."""
    monkeypatch.setattr(reporters, "REPORTERS", MappingProxyType({**reporters.REPORTERS, "html": page}))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the browser was asked for."""
    urls: list[str] = []

    def browser(url: str) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browser)
    return urls


@pytest.mark.parametrize("options", [[], ["-f", "html"]], ids=["format by itself", "format named"])
def test_without_a_name_the_report_goes_into_a_temporary_file(
    run: Run, tmp_path: Path, opened: list[str], options: list[str]
) -> None:
    code, out, err = run("audit", *FILES, "-p", "checks", "--open", *options)
    (path,) = tmp_path.iterdir()
    assert (code, out) == (1, "")
    assert re.fullmatch(r"mtaudit-\w+\.html", path.name)
    assert path.read_text(encoding="utf-8") == "<p>12 suspects</p>\n"
    assert opened == [path.as_uri()]
    assert err == f"mtaudit: the report is {path}\n"


def test_a_name_that_is_given_is_kept(run: Run, tmp_path: Path, opened: list[str]) -> None:
    path = tmp_path / "my report.html"
    code, _, _ = run("audit", *FILES, "-p", "checks", "--open", "-o", path, "--fail-on", "none")
    assert code == 0
    assert opened == [path.as_uri()]
    assert "my%20report.html" in opened[0]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failure", [False, webbrowser.Error("none")], ids=["none there", "none starts"])
def test_without_a_browser_the_file_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: bool | Exception
) -> None:
    def browser(_: str) -> bool:
        if isinstance(failure, Exception):
            raise failure
        return failure

    monkeypatch.setattr(webbrowser, "open", browser)
    code, _, err = run("audit", *FILES, "-p", "checks", "--open")
    (path,) = tmp_path.iterdir()
    assert code == 1
    assert err == f"mtaudit: {path}: no web browser could be started. Open the file yourself.\n"


def test_only_pages_are_opened(run: Run, opened: list[str]) -> None:
    code, _, err = run("audit", *FILES, "--open", "-f", "json")
    assert code == 2
    assert err == "mtaudit: --open: a browser does not show the format 'json'. Leave -f out, or use -f html.\n"
    assert opened == []


def test_a_failed_audit_opens_and_leaves_nothing(run: Run, tmp_path: Path, opened: list[str]) -> None:
    code, _, err = run("audit", FILES[0], tmp_path / "missing.txt", "--open")
    assert code == 2
    assert "missing.txt" in err
    assert opened == []
    assert list(tmp_path.iterdir()) == []


def test_with_watch_the_report_is_opened_once(
    run: Run, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "de.txt"
    target.write_bytes(FILES[1].read_bytes())

    def events(_: object) -> Iterator[None]:
        target.write_text("Die Hafenbrücke ist seit Dienstag für den gesamten Verkehr gesperrt.\n", encoding="utf-8")
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr("mtaudit.cli.watch._file_events", events)
    report = tmp_path / "report.html"
    run("audit", FILES[0], target, "-p", "checks", "--open", "--watch", "-o", report)
    assert opened == [report.as_uri()]
    assert "12 suspects" not in report.read_text(encoding="utf-8")
