"""The records of a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mtaudit.config import Config
from mtaudit.project.patterns import Pattern
from mtaudit.types import Json, Severity


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the configuration, what it is set to, and where that was said: `mtaudit.toml:3`, `--profile`, `default`.

    The keys of a content set are numbered by it: `content[0].source`.
    """

    key: str
    value: Json
    origin: str


@dataclass(frozen=True, slots=True)
class ContentSet:
    """Files that belong together: a source pattern and a target pattern, or a pattern of bilingual files.

    `languages` are the target languages, as (name in paths, BCP 47 tag); empty: whichever there are. `place` is where
    the set stands in the configuration.
    """

    place: str
    source: Pattern | None = None
    target: Pattern | None = None
    files: tuple[Pattern, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    source_language: str | None = None
    exclude: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePair:
    """A translation and its source: paths from the project's root with `/`, and their languages where they are known.

    `source` is None for a bilingual file, which is the `target`.
    """

    source: str | None
    target: str
    source_language: str | None
    target_language: str | None

    @property
    def files(self) -> tuple[str, ...]:
        """The one or two files."""
        return (self.target,) if self.source is None else (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Project:
    """What holds for a check run.

    `root` is the folder that paths and patterns count from: that of the configuration `file`. `config` holds the
    settings that every audit shares; `calibrations` are the files of which each language pair takes its own. `fail_on`
    None: no finding fails a run. `cache` None: nothing is kept; `cache_size` is in bytes. `fails_untranslated` and
    `fails_orphaned` say whether a source without translation, and a translation without source, are problems or notes.
    """

    file: Path
    root: Path
    content: tuple[ContentSet, ...]
    profile: str | None
    config: Config
    calibrations: tuple[Path, ...]
    per_file_ignores: tuple[tuple[Pattern, tuple[str, ...]], ...]
    fail_on: Severity | None
    max_suspicion: float | None
    max_expected_bad: float | None
    baseline: Path
    cache: Path | None
    cache_size: int
    fails_untranslated: bool
    fails_orphaned: bool
    settings: tuple[Setting, ...]
    notes: tuple[str, ...] = ()

    def origin(self, key: str) -> str:
        """Where a key was said, for messages: `mtaudit.toml:3: fail-on`, or the option."""
        found = self._origin(key)
        return key if found == "default" else found if found.startswith("--") else f"{found}: {key}"

    def line(self, key: str) -> int:
        """The line of the configuration that a key stands in; 1 where it stands in none."""
        number = self._origin(key).rpartition(":")[2]
        return int(number) if number.isdecimal() else 1

    def _origin(self, key: str) -> str:
        return next((setting.origin for setting in self.settings if setting.key == key), "default")
