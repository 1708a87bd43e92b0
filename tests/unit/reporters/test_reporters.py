"""Finding a reporter, and what all of them share."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from mtaudit.errors import ConfigError
from mtaudit.reporters import REPORTERS, ReportOptions, find_reporter
from tests.unit.reporters.audit_fixture import RULES, library


@pytest.mark.parametrize("name", REPORTERS)
def test_every_name_leads_to_a_reporter(name: str) -> None:
    stream = io.StringIO()
    find_reporter(name)(library(), stream, ReportOptions(RULES))
    assert stream.getvalue().endswith("\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("jsnl", "Did you mean jsonl? ", id="near-miss"),
        pytest.param("JSON", "Did you mean json? ", id="case"),
        pytest.param("qqq", "Choose from text, json, jsonl", id="nothing-near"),
        pytest.param("", "Choose from text, json, jsonl", id="empty"),
    ],
)
def test_unknown_name(name: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        find_reporter(name)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"format '{name}': no report has this format.")


@pytest.mark.parametrize(
    ("top", "width", "place"),
    [pytest.param(-1, 80, "top", id="negative-top"), pytest.param(None, 10, "width", id="no-room")],
)
def test_bad_options(top: int | None, width: int, place: str) -> None:
    with pytest.raises(ConfigError) as caught:
        ReportOptions(RULES, top=top, width=width)
    assert caught.value.place == place


def test_names_of_formats_cost_no_renderer() -> None:
    script = "import sys, mtaudit.reporters; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[3], check=False).returncode == 0


@pytest.mark.parametrize("name", REPORTERS)
def test_nothing_reaches_the_standard_streams(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    find_reporter(name)(library(), io.StringIO(), ReportOptions(RULES, all_pairs=True, color=True))
    assert capfd.readouterr() == ("", "")
