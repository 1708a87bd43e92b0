"""What a reporter is, and what it can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TextIO

from mtaudit.errors import ConfigError
from mtaudit.rules import Rule
from mtaudit.types import Audit, CheckReport, Suspect


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to render.

    `rules` holds, by id, every rule that a finding may name. `all_pairs` lists the pairs without findings too. `top`
    limits the suspects that are listed, never the totals, and never the pairs that `all_pairs` adds; None lists
    all. `color` and `width` (terminal cells) matter to reports for terminals only.

    Raises:
        ConfigError: if `top` is negative or `width` leaves no room for text.
    """

    rules: Mapping[str, Rule]
    all_pairs: bool = False
    top: int | None = None
    color: bool = False
    width: int = 80

    def __post_init__(self) -> None:
        if self.top is not None and self.top < 0:
            raise ConfigError("top", f"{self.top} is not a number of suspects", "Give 0 or more, or leave it out")
        if self.width < MINIMUM_WIDTH:
            raise ConfigError("width", f"{self.width} cells leave no room", f"Give {MINIMUM_WIDTH} or more")


#: Below this the indented text of a suspect would get a handful of cells a line.
MINIMUM_WIDTH = 24


def listed(audit: Audit, options: ReportOptions) -> Iterator[Suspect]:
    """The pairs that `options` ask for, by rank."""
    suspects = 0
    for suspect in audit.ranking:
        suspects += bool(suspect.findings)
        within = options.top is None or suspects <= options.top
        if within if suspect.findings else options.all_pairs:
            yield suspect


class Reporter(Protocol):
    """Renders one finished audit; writes to the given stream and nowhere else, and decides nothing."""

    def __call__(self, audit: Audit, stream: TextIO, options: ReportOptions) -> None:
        """Write the report.

        Raises:
            ValueError: if a finding lies outside its pair.
            KeyError: if `options.rules` lacks the rule of a finding.
        """


class CheckReporter(Protocol):
    """Renders a check run: the audits of any number of file pairs, and what became of the run."""

    def __call__(self, check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
        """Write the report; without `options` it names the rules that are registered, and lists every suspect.

        `check.fail_on` counts, not that of `options`.

        Raises:
            ValueError: if a finding lies outside its pair.
            KeyError: if the rule of a finding is unknown.
        """
