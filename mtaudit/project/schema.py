"""The keys of the configuration: their names, types and defaults."""

from __future__ import annotations

from typing import Literal

import msgspec

from mtaudit.types import Severity

#: What a source without translation, or a translation without source, is.
Weight = Literal["error", "note"]


class ContentTable(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """`[[content]]`."""

    source: str | None = None
    target: str | None = None
    files: str | list[str] | None = None
    languages: list[str] | dict[str, str] | None = None
    source_language: str | None = None
    exclude: list[str] = []


class ProjectTable(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """The whole file, or `[tool.mtaudit]`."""

    profile: str | None = None
    models: str | None = None
    device: str = "auto"
    dtype: str = "auto"
    calibration: str | list[str] = []
    source_language: str | None = None
    select: list[str] = []
    ignore: list[str] = []
    min_confidence: float = 0.5
    per_file_ignores: dict[str, list[str]] = {}
    severity: dict[str, Severity] = {}
    fail_on: Literal["none", "minor", "major", "critical"] = "major"
    max_suspicion: float | None = None
    max_expected_bad: float | None = None
    glossary: str | list[str] = []
    do_not_translate: list[str] = []
    baseline: str = ".mtaudit-baseline.json"
    untranslated: Weight = "error"
    orphaned: Weight = "error"
    cache: bool = True
    cache_dir: str = ".mtaudit_cache"
    cache_size: int = 256
    content: list[ContentTable] = []


def keys(table: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys of a table, as they are written."""
    return tuple(field.encode_name for field in msgspec.structs.fields(table))
