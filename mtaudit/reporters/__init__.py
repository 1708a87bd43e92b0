"""Reporters: one module a format, each with one function `report` that renders a finished audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import TextIO, TypeVar, cast

from mtaudit.errors import ConfigError
from mtaudit.reporters.base import CheckReporter, Reporter, ReportOptions
from mtaudit.types import Audit, CheckReport

__all__ = [
    "CHECK_REPORTERS",
    "REPORTERS",
    "CheckReporter",
    "ReportOptions",
    "Reporter",
    "find_check_reporter",
    "find_reporter",
]


@dataclass(frozen=True, slots=True)
class _FromModule:
    """A reporter whose module is imported when it is used: `--help` names the formats and loads no renderer."""

    module: str

    def __call__(self, audit: Audit, stream: TextIO, options: ReportOptions) -> None:
        report = cast("Reporter", import_module(f"{__name__}.{self.module}").report)
        report(audit, stream, options)


@dataclass(frozen=True, slots=True)
class _CheckFromModule:
    """A reporter of check runs whose module is imported when it is used."""

    module: str

    def __call__(self, check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
        report = cast("CheckReporter", import_module(f"{__name__}.{self.module}").report_check)
        report(check, stream, options)


@dataclass(frozen=True, slots=True)
class _OfOneAudit:
    """A reporter of check runs that is given one audit."""

    reporter: CheckReporter

    def __call__(self, audit: Audit, stream: TextIO, options: ReportOptions) -> None:
        from mtaudit.reporters.flagged import check_of

        self.reporter(check_of(audit, options), stream, options)


#: Every format of a check run by the name that the command line knows it by.
CHECK_REPORTERS: Mapping[str, CheckReporter] = MappingProxyType(
    {
        "text": _CheckFromModule("check_text"),
        "sarif": _CheckFromModule("sarif"),
        "junit": _CheckFromModule("junit"),
        "github": _CheckFromModule("github"),
        "gitlab": _CheckFromModule("gitlab"),
        "markdown": _CheckFromModule("markdown"),
        "tsv": _CheckFromModule("mqm_tsv"),
    }
)

#: Every output format by the name that the command line knows it by.
REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {
        "text": _FromModule("text"),
        "json": _FromModule("json_report"),
        "jsonl": _FromModule("jsonl"),
        "tsv": _FromModule("mqm_tsv"),
        "csv": _FromModule("csv_report"),
        "xliff": _FromModule("xliff"),
        "html": _FromModule("html"),
        "sarif": _OfOneAudit(CHECK_REPORTERS["sarif"]),
        "junit": _OfOneAudit(CHECK_REPORTERS["junit"]),
        "github": _OfOneAudit(CHECK_REPORTERS["github"]),
        "gitlab": _OfOneAudit(CHECK_REPORTERS["gitlab"]),
        "markdown": _OfOneAudit(CHECK_REPORTERS["markdown"]),
    }
)


def find_reporter(name: str) -> Reporter:
    """The reporter of this name.

    Raises:
        ConfigError: if there is none; the message names a near miss.
    """
    return _find(name, REPORTERS, "format")


def find_check_reporter(name: str) -> CheckReporter:
    """The reporter of check runs of this name.

    Raises:
        ConfigError: if there is none; the message names a near miss.
    """
    return _find(name, CHECK_REPORTERS, "report")


_R = TypeVar("_R")


def _find(name: str, known: Mapping[str, _R], what: str) -> _R:
    if name in known:
        return known[name]
    near = get_close_matches(name.lower(), known, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise ConfigError(f"{what} '{name}'", "no report has this format", f"{hint}Choose from {', '.join(known)}")
