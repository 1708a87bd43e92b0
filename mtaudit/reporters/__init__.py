"""Reporters: one module a format, each with one function `report` that renders a finished audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import TextIO, cast

from mtaudit.errors import ConfigError
from mtaudit.reporters.base import Reporter, ReportOptions
from mtaudit.types import Audit

__all__ = ["REPORTERS", "ReportOptions", "Reporter", "find_reporter"]


@dataclass(frozen=True, slots=True)
class _FromModule:
    """A reporter whose module is imported when it is used: `--help` names the formats and loads no renderer."""

    module: str

    def __call__(self, audit: Audit, stream: TextIO, options: ReportOptions) -> None:
        report = cast("Reporter", import_module(f"{__name__}.{self.module}").report)
        report(audit, stream, options)


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
    }
)


def find_reporter(name: str) -> Reporter:
    """The reporter of this name.

    Raises:
        ConfigError: if there is none; the message names a near miss.
    """
    if name in REPORTERS:
        return REPORTERS[name]
    near = get_close_matches(name.lower(), REPORTERS, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise ConfigError(f"format '{name}'", "no report has this format", f"{hint}Choose from {', '.join(REPORTERS)}")
