"""Judges pairs of files, or finds in the cache how they were judged before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mtaudit.cache import Cache
from mtaudit.check.key import Keys
from mtaudit.config import Config
from mtaudit.errors import ConfigError, MtauditError, UnreadableError
from mtaudit.findings.baseline import pair_key
from mtaudit.project import FilePair, Project
from mtaudit.revision import Revision
from mtaudit.rules import Rule, find_rule
from mtaudit.stored import Judgement, decode, encode
from mtaudit.text import base_language
from mtaudit.types import Bitext

if TYPE_CHECKING:
    from mtaudit.findings.calibration import Calibration

#: Told what is going on, how much of it is done and how much there is.
Notify = Callable[[str, int, int], None]


class Judge:
    """Audits the pairs of files of one project, by its settings. Nothing heavy is imported while the cache knows."""

    def __init__(self, project: Project, store: Cache | None, notify: Notify | None = None) -> None:
        self._project = project
        self._store = store
        self._notify = notify
        self._keys = Keys(project) if store is not None else None
        self._checked = False

    def judge(self, pair: FilePair) -> tuple[Judgement, bytes]:
        """The audit of a pair, and its key in the cache (empty where there is none).

        The paths in the audit lead there from the working folder.

        Raises:
            InputError: a file cannot be read, is empty, or is in another language.
            ModelError: the profile does not cover the languages, or its models are not there.
            ConfigError: the settings are wrong.
        """
        paths = [self.shown(path) for path in pair.files]
        config = self._config(pair)
        contents = [_bytes(path) for path in paths]
        key = b"" if self._keys is None else self._keys.key("audit", pair, paths, contents, config)
        known = self._store.get(key) if self._store is not None else None
        found = decode(known) if known is not None else None
        if found is not None:
            return found, key
        made = encode(self._audit(pair, paths, config))
        if self._store is not None:
            self._store.put(key, made)
        fresh = decode(made)
        if fresh is None:
            raise ValueError("an audit cannot be read back from its own bytes")
        return fresh, key

    def ignores(self, pair: FilePair, rule: str) -> bool:
        """Whether the settings for these files leave a rule out, by its id."""
        from mtaudit.pipeline import all_rules

        return rule not in self._config(pair).rule_ids(all_rules())

    def shown(self, path: str) -> str:
        """A path of the project as it is called in reports: from the working folder."""
        return Path(os.path.relpath(self._project.root / path)).as_posix()

    def pairs_at(self, pair: FilePair, revision: Revision) -> frozenset[str] | None:
        """What the sentence pairs of these two files said at a revision, as keys; None where a file was not there.

        Of a file that could not be read then, every pair counts as changed.
        """
        old = [revision.old_path(path) for path in pair.files]
        contents: list[bytes] = []
        for path, before in zip(pair.files, old, strict=True):
            text = None if before is None else self._at(path, before, revision)
            if text is None:
                return None
            contents.append(text)
        named = [path or "" for path in old]
        config = self._config(pair)
        key = b"" if self._keys is None else self._keys.key("pairs", pair, named, contents, config)
        known = self._store.get(key) if self._store is not None else None
        if known is not None:
            try:
                return frozenset(msgspec.msgpack.decode(known, type=list[str]))
            except msgspec.DecodeError:
                pass  # it is made and stored anew
        keys = self._aligned_keys(pair, named, contents, config)
        if keys is not None and self._store is not None:
            self._store.put(key, msgspec.msgpack.encode(sorted(keys)))
        return keys

    def _at(self, path: str, before: str, revision: Revision) -> bytes | None:
        if path in revision.changed:
            return revision.old(before)
        return (self._project.root / path).read_bytes()

    def _aligned_keys(
        self, pair: FilePair, named: list[str], contents: list[bytes], config: Config
    ) -> frozenset[str] | None:
        """Read and align the texts of then, in a folder of their own, for readers look at the names of files."""
        from mtaudit import pipeline

        settings = {"source_language": pair.source_language, "target_language": pair.target_language}
        with tempfile.TemporaryDirectory(prefix="mtaudit-") as folder:
            files = [Path(folder) / str(number) / name for number, name in enumerate(named)]
            for file, content in zip(files, contents, strict=True):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            try:
                bitext: Bitext = pipeline.aligned(
                    files[0],
                    files[1] if len(files) > 1 else None,
                    **settings,
                    profile=self._project.profile,
                    config=config,
                    warn=lambda _: None,
                )
            except MtauditError:
                return None
        return frozenset(pair_key(bitext, each) for each in bitext.pairs or ())

    def _audit(self, pair: FilePair, paths: list[str], config: Config) -> Judgement:
        from mtaudit import pipeline

        if not self._checked:
            self._check_names()
            self._checked = True
        warnings: list[str] = []
        settings = {"source_language": pair.source_language, "target_language": pair.target_language}
        profile, notify = self._project.profile, self._notify
        config = replace(config, calibration=self._calibration(pair))
        if len(paths) == 1:
            audit = pipeline.audit_bilingual(
                paths[0], **settings, profile=profile, config=config, warn=warnings.append, notify=notify
            )
        else:
            audit = pipeline.audit(
                paths[0], paths[1], **settings, profile=profile, config=config, warn=warnings.append, notify=notify
            )
        return Judgement(audit, tuple(warnings))

    def _config(self, pair: FilePair) -> Config:
        """The settings for these files: those of the project, and what `per-file-ignores` adds."""
        own = self._project.config
        added = [
            name
            for pattern, names in self._project.per_file_ignores
            if any(pattern.match(path) for path in pair.files)
            for name in names
        ]
        return replace(own, ignore=(*own.ignore, *added)) if added else own

    def _calibration(self, pair: FilePair) -> Path | None:
        """The file that was made for this language pair; None leaves it to the bundled ones."""
        for path in self._project.calibrations:
            found = _read_calibration(path)
            asked = zip((pair.source_language, pair.target_language), found.languages, strict=True)
            if all(tag is None or base_language(tag) == language for tag, language in asked):
                return path
        return None

    def _check_names(self) -> None:
        """Make sure that the configuration names rules that there are; which, only their catalogue knows."""
        from mtaudit.pipeline import all_rules

        known = all_rules()
        config = self._project.config
        named = {"select": config.select, "ignore": config.ignore, "severity": tuple(config.severities)}
        named["per-file-ignores"] = tuple(name for _, names in self._project.per_file_ignores for name in names)
        for key, names in named.items():
            _check_rules(self._project, key, names, known)


def _check_rules(project: Project, key: str, names: tuple[str, ...], known: tuple[Rule, ...]) -> None:
    for name in names:
        try:
            if key == "severity":
                find_rule(name, known)
            else:
                Config(select=(name,)).rule_ids(known)
        except ConfigError as error:
            raise ConfigError(f"{project.origin(key)}: {error.place}", error.cause, error.remedy) from None


@cache
def _read_calibration(path: Path) -> Calibration:
    from mtaudit.findings.calibration import read

    return read(path)


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except IsADirectoryError:
        raise UnreadableError(path, "this is a folder", "Name files in the pattern") from None
    except OSError as error:
        cause = f"it cannot be read ({error.strerror})"
        raise UnreadableError(path, cause, "Check its name and permissions") from error
