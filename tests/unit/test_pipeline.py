"""What only the pipeline shows: whole articles, and that the checks of third parties take part."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

import mtaudit.pipeline
import mtaudit.rules
from mtaudit.pipeline import all_rules, audit_texts
from mtaudit.types import Side

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


Article: TypeAlias = tuple[str, str, set[tuple[str, str]]]

MUSEUM: Article = (
    """The rain has closed the upper floor of the glass museum. Water came through in three rooms.

“We carried the oldest pieces down to the cellar by night,” said the director. The museum is not insured.

What Happens Next

The council will speak about a new roof in May. A tour starts daily at 9.30 a.m. on 900 square feet.""",
    """Der Regen hat im Glasmuseum unser . Obergeschoss geschlossen. In drei Räumen drang Wasser ein.

„We carried the oldest pieces down to the cellar by night“, sagte die Direktorin. Das Museum ist versichert.

What Happens Next

Der Rat spricht im Mai über ein neues Dach. Täglich um halb zehn beginnt ein Rundgang auf 84 Quadratmetern.""",
    {
        ("MT201", "unser . Obergeschoss"),
        ("MT104", "We carried the oldest pieces down to the cellar by night"),
        ("MT110", "not"),
        ("MT104", "What Happens Next"),
    },
)
BEES: Article = (
    """Bees need less room than most people think. One hive fits on any balcony.

The first step is a course with a keeper who knows the animals. There you learn to open a hive.

In spring the colony grows quickly. Honey is taken out in June and July.""",
    """Bienen brauchen weniger Platz, als die meisten denken. Ein Stock passt auf jeden Balkon.

The first step is a course with a keeper who knows the animals. There you learn to open a hive.

In spring the colony grows quickly. Honey is taken out in June and July.""",
    {
        ("MT104", "The first step is a course with a keeper who knows the animals"),
        ("MT104", "There you learn to open a hive"),
        ("MT104", "In spring the colony grows quickly"),
        ("MT104", "Honey is taken out in June and July"),
    },
)
PARLIAMENT: Article = (
    """The chairman denied that he had met the minister. It is impossible to rule without a majority, he said.

In parliament the Left voted against it. No fewer than six members left the party. “Not only the young are angry.”

Dr. Kern rests for approx. six weeks. She sang “Follow me to the river” at 7.15 p.m. in the old hall.""",
    """Der Vorsitzende bestritt, den Minister getroffen zu haben. Ohne Mehrheit könne man nicht regieren, sagte er.

Im Parlament stimmte Die Linke dagegen. Mindestens sechs Mitglieder traten aus. „Auch die Alten sind zornig.“

Dr. Kern ruht sich ca. sechs Wochen aus. Um Viertel nach sieben sang sie im alten Saal „Follow me to the river“.""",
    set(),
)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [MUSEUM, BEES, PARLIAMENT],
    ids=["damage of many kinds", "more than half of it untranslated", "a good and free translation"],
)
def test_articles(source: str, target: str, expected: set[tuple[str, str]]) -> None:
    audit = audit_texts(source, target, profile="checks")
    documents = {side: audit.bitext.document(side) for side in Side}
    found = set()
    for finding in audit.findings:
        document = documents[finding.side]
        assert document is not None
        found.add((finding.rule, document.text[finding.span.start : finding.span.end]))
    assert found == expected
