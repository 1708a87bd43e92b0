"""The catalogue: registering, docstrings, near misses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mtaudit import rules
from mtaudit.errors import ConfigError
from mtaudit.pipeline import all_rules
from mtaudit.rules import PairCheck, PairView, contribute, contributors, find_rule, register
from mtaudit.taxonomy import Category
from mtaudit.types import Finding, Severity

GOOD = """A summary.

    What it does: One thing.

    Why it matters: Another.

    It really does.

    Example: This.

    How it is found: So.
    """


def check_class(docstring: str | None) -> type[PairCheck]:
    class Made(PairCheck):
        def check(self, view: PairView) -> Iterator[Finding]:
            return iter(())

    Made.__doc__ = docstring
    return Made


@pytest.mark.parametrize(
    ("id", "slug", "docstring", "message"),
    [
        ("MT999", "fine", GOOD, "not a rule id"),
        ("MT199", "Not Fine", GOOD, "not a rule id"),
        ("MT106", "fine", GOOD, "registered already"),
        ("MT199", "number", GOOD, "registered already"),
        ("MT199", "fine", "Only a summary.", "lacks What it does"),
        ("MT199", "fine", None, "lacks"),
    ],
    ids=["id", "slug", "same id", "same slug", "headings", "no docstring"],
)
def test_register_refuses(id: str, slug: str, docstring: str | None, message: str) -> None:
    all_rules()
    with pytest.raises(ValueError, match=message):
        register(id, slug, Category.GRAMMAR, Severity.MINOR)(check_class(docstring))


def test_explanations_keep_their_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtaudit.rules._CATALOGUE", {})
    rule = register("MT198", "made-up", Category.GRAMMAR, Severity.MINOR)(check_class(GOOD)).rule
    assert rule.summary == "A summary."
    assert rule.explanation["Why it matters"] == "Another.\n\nIt really does."
    assert rule.needs == "source"
    assert rule.family == "accuracy"


@pytest.mark.parametrize("name", ["MT106", "mt106", "number", "NUMBER"])
def test_find_rule(name: str) -> None:
    assert find_rule(name, all_rules()).id == "MT106"


@pytest.mark.parametrize(
    ("name", "hint"), [("MT16", "MT106"), ("numbr", "number"), ("nothing-like-it", "mtaudit rules")]
)
def test_unknown_rule_has_a_hint(name: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=hint):
        find_rule(name, all_rules())


def test_another_class_may_contribute_to_a_registered_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    before = all_rules()
    monkeypatch.setattr(rules, "_CONTRIBUTORS", [])
    cls = contribute("MT106")(check_class(None))
    assert contributors() == (cls,)
    assert cls.rule == find_rule("MT106", before)
    assert all_rules() == before


@pytest.mark.parametrize(("id", "message"), [("MT999", "not a rule id"), ("MT199", "which nobody registered")])
def test_contribute_refuses(id: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_CONTRIBUTORS", [])

    def register_and_list() -> None:
        contribute(id)(check_class(None))
        contributors()

    with pytest.raises(ValueError, match=message):
        register_and_list()
