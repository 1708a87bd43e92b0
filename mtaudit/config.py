"""What a user can set: which rules count, how sure a finding must be, and which severity fails a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import ConfigError
from mtaudit.rules import FAMILIES, Rule, find_rule
from mtaudit.types import Json, Severity


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one audit.

    `select` and `ignore` name rules by id (`MT106`), slug (`number`) or family (`MT1`, `accuracy`); an empty `select`
    means every rule, and `ignore` wins.
    `min_confidence` is from 0 to 1. `severities` overrides what a rule says, by id or slug. `calibration` is a file
    that `mtaudit calibrate` wrote; None: the bundled one, where there is one. `models` is a `models.yaml` whose
    profiles and models are laid over the bundled ones. `device` and `dtype` say where models run and in which precision
    (`auto`: see `models.device`). `glossary` are files of terms and their translations; `do_not_translate` are terms
    that stay as they are.

    Raises:
        ConfigError: if `min_confidence` lies outside 0 to 1.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    severities: Mapping[str, Severity] = field(default_factory=dict, hash=False)
    calibration: Path | None = None
    models: Path | None = None
    device: str = "auto"
    dtype: str = "auto"
    glossary: tuple[Path, ...] = ()
    do_not_translate: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise ConfigError("min-confidence", f"{self.min_confidence} is not from 0 to 1", "Give a share such as 0.5")

    def rule_ids(self, rules: Iterable[Rule]) -> frozenset[str]:
        """The ids of the rules that count.

        Raises:
            ConfigError: if `select`, `ignore` or `severities` names something that is neither rule nor family.
        """
        known = tuple(rules)
        chosen = (
            {rule.id for rule in known} if not self.select else set().union(*(_named(n, known) for n in self.select))
        )
        for name in self.ignore:
            chosen -= _named(name, known)
        for name in self.severities:
            find_rule(name, known)
        return frozenset(chosen)

    def settings(self) -> dict[str, Json]:
        """The settings as they stand in a report's signature."""
        return {
            "select": list(self.select),
            "ignore": list(self.ignore),
            "min_confidence": self.min_confidence,
            "severities": {name: severity.value for name, severity in self.severities.items()},
            "device": self.device,
            "dtype": self.dtype,
        }


def _named(name: str, rules: tuple[Rule, ...]) -> set[str]:
    """The rules that a name means: a family's, or one."""
    families = {f"MT{digit}": digit for digit in FAMILIES} | {family: digit for digit, family in FAMILIES.items()}
    digit = families.get(name) or families.get(name.upper()) or families.get(name.lower())
    if digit:
        return {rule.id for rule in rules if rule.id[2] == digit}
    return {find_rule(name, rules).id}
