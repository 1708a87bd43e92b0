"""What only the pipeline does: it finds the checks of third parties and lets them take part."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mtaudit.pipeline
import mtaudit.rules
from mtaudit.pipeline import all_rules, audit_texts

#: A module as a third party would write it, and the metadata that an installer would leave beside it.
MODULE = '''
from mtaudit.rules import PairCheck, register
from mtaudit.taxonomy import Category
from mtaudit.types import Severity, Side


@register("MT190", "exclaimed", Category.PUNCTUATION, Severity.MINOR)
class Exclaimed(PairCheck):
    """The target shouts.

    What it does: Marks exclamation marks.

    Why it matters: They are loud.

    Example: "Halt!"

    How it is found: By looking.
    """

    needs_source = False

    def check(self, view):
        at = (view.target or "").find("!")
        if at >= 0:
            yield self.at(view, Side.TARGET, at, at + 1, "It shouts", confidence=0.9)
'''
ENTRY_POINTS = "[mtaudit.checks]\nloud = mtaudit_loud_checks\n"
METADATA = "Metadata-Version: 2.1\nName: mtaudit-loud-checks\nVersion: 1.0\n"


@pytest.fixture
def third_party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with a check is installed, and gone again afterwards."""
    all_rules()  # the own checks are in the catalogue that is put back
    (tmp_path / "mtaudit_loud_checks.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / "mtaudit_loud_checks-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    (info / "METADATA").write_text(METADATA, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("mtaudit.rules._CATALOGUE", dict(mtaudit.rules._CATALOGUE))
    mtaudit.pipeline._catalogue.cache_clear()
    yield
    mtaudit.pipeline._catalogue.cache_clear()
    sys.modules.pop("mtaudit_loud_checks", None)


@pytest.mark.usefixtures("third_party")
def test_checks_of_third_parties_take_part() -> None:
    assert "exclaimed" in {rule.slug for rule in all_rules()}
    audit = audit_texts("Stop.", "Halt!", source_language="en", target_language="de", profile="checks")
    (finding,) = [finding for finding in audit.findings if finding.rule == "MT190"]
    assert (finding.span.start, finding.message) == (4, "It shouts")


def test_without_them_only_the_own_checks_are_there() -> None:
    assert "exclaimed" not in {rule.slug for rule in all_rules()}
