"""`mtaudit rules`, `mtaudit rule`, `--version`, `--help`."""

from __future__ import annotations

import sys

import pytest

import mtaudit
from mtaudit.cli import main
from mtaudit.pipeline import all_rules
from mtaudit.rules import HEADINGS


def output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["mtaudit", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_rules_lists_all(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = output(monkeypatch, capsys, "rules")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [[rule.id, rule.slug] for rule in all_rules()]


@pytest.mark.parametrize("name", ["MT102", "omission"])
def test_rule_explains(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = output(monkeypatch, capsys, "rule", name)
    assert code == 0
    assert out.startswith("MT102 omission: ")
    assert all(f"\n{heading}\n" in out for heading in HEADINGS)


def test_unknown_rule(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = output(monkeypatch, capsys, "rule", "omision")
    assert code == 2
    assert "Did you mean omission?" in err


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert output(monkeypatch, capsys, "--version") == (0, f"mtaudit {mtaudit.__version__}\n", "")


@pytest.mark.parametrize("command", [[], ["audit"], ["rules"], ["rule"]])
def test_help(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    code, out, _ = output(monkeypatch, capsys, *command, "--help")
    assert code == 0
    assert "Usage:" in out
