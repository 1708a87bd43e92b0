"""Which rules a configuration means."""

from __future__ import annotations

import pytest

from mtaudit.config import Config
from mtaudit.errors import ConfigError
from mtaudit.pipeline import all_rules
from mtaudit.types import Severity

EVERY = {rule.id for rule in all_rules()}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), EVERY),
        (("MT106", "omission"), (), {"MT106", "MT102"}),
        (("MT6",), (), {name for name in EVERY if name.startswith("MT6")}),
        (("structure",), ("MT602",), {name for name in EVERY if name.startswith("MT6")} - {"MT602"}),
        ((), ("accuracy", "fluency"), {name for name in EVERY if name[2] not in "12"}),
        (("MT106",), ("number",), set()),
    ],
    ids=["all", "id and slug", "family id", "family minus one", "ignore families", "ignore wins"],
)
def test_rule_ids(select: tuple[str, ...], ignore: tuple[str, ...], expected: set[str]) -> None:
    assert Config(select, ignore).rule_ids(all_rules()) == expected


@pytest.mark.parametrize(
    "config",
    [Config(select=("numbre",)), Config(ignore=("MT9",)), Config(severities={"omision": Severity.MINOR})],
    ids=["select", "ignore", "severities"],
)
def test_unknown_names_are_errors(config: Config) -> None:
    with pytest.raises(ConfigError, match="no rule has this id or slug"):
        config.rule_ids(all_rules())


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_confidence_is_a_share(value: float) -> None:
    with pytest.raises(ConfigError, match="not from 0 to 1"):
        Config(min_confidence=value)
