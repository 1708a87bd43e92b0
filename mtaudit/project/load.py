"""Finds, reads and checks the configuration: `mtaudit.toml`, or `[tool.mtaudit]` of `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import cast

import msgspec

from mtaudit.config import Config
from mtaudit.errors import ConfigError, LanguageError
from mtaudit.languages import check_tag
from mtaudit.project.keylines import key_lines
from mtaudit.project.patterns import Pattern
from mtaudit.project.records import ContentSet, Project, Setting
from mtaudit.project.schema import ContentTable, ProjectTable, keys
from mtaudit.text import base_language
from mtaudit.types import Json, Severity

NAME = "mtaudit.toml"
_PYPROJECT = "pyproject.toml"
_MEGABYTE = 1_000_000
#: Formats that hold several target languages in one file.
_MULTILINGUAL = (".tmx", ".xcstrings")
_EXAMPLE = (
    'Write one with the lines: source-language = "en" / [[content]] / source = "docs/en/**/*.md" / '
    'target = "docs/{lang}/**/*.md" / languages = ["de"]'
)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A configuration as it was read: the table, the line of each key, and the keys that the command line set."""

    file: Path
    table: Mapping[str, Json]
    lines: Mapping[tuple[str, ...], int]
    options: Mapping[str, str]

    def origin(self, *path: str) -> str:
        """Where a key, or else the table that it is missing in, stands; an option is called by its name."""
        if path[0] in self.options:
            return self.options[path[0]]
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return f"{self.file.name}:{self.lines[path[:length]]}"
        return self.file.name

    def place(self, *path: str) -> str:
        """The same with the key: `mtaudit.toml:3: fail-on`."""
        origin = self.origin(*path)
        return origin if origin.startswith("--") else f"{origin}: {_dotted(path)}"


def load(folder: Path, file: Path | None = None, overrides: Mapping[str, tuple[str, Json]] | None = None) -> Project:
    """The project of a folder: its configuration file, or the nearest one above it.

    `overrides` are keys that the command line sets: the option's name and the value.

    Raises:
        ConfigError: no file, no TOML, an unknown key (with the nearest known one), or a value that is wrong; the
            message names file, line and key.
    """
    notes: list[str] = []
    file = file if file is not None else _find(folder.resolve(), notes)
    table, lines = _read(file)
    options = {key: option for key, (option, _) in (overrides or {}).items()}
    raw = _Raw(file, {**table, **{key: value for key, (_, value) in (overrides or {}).items()}}, lines, options)
    _reject_unknown(raw)
    try:
        parsed = msgspec.convert(raw.table, ProjectTable)
    except msgspec.ValidationError as error:
        raise _wrong_value(raw, str(error)) from None
    return _project(raw, parsed, tuple(notes))


def _find(folder: Path, notes: list[str]) -> Path:
    for directory in (folder, *folder.parents):
        own, shared = directory / NAME, directory / _PYPROJECT
        in_shared = shared.is_file() and _tool_table(shared) is not None
        if own.is_file():
            if in_shared:
                notes.append(f"{shared}: [tool.mtaudit] is not read, since {NAME} lies beside it. Delete one of them.")
            return own
        if in_shared:
            return shared
    cause = f"there is no {NAME}, and no {_PYPROJECT} with [tool.mtaudit], here or above"
    raise ConfigError(str(folder), cause, _EXAMPLE)


def _tool_table(file: Path) -> Json:
    tool = _toml(file)[0].get("tool")
    return cast("Json", tool.get("mtaudit")) if isinstance(tool, dict) else None


def _toml(file: Path) -> tuple[dict[str, Json], str]:
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigError(str(file), f"it cannot be read ({error.strerror})", "Name a file that is there") from error
    except UnicodeDecodeError:
        raise ConfigError(str(file), "it is not in UTF-8", "Save it as UTF-8, as TOML must be") from None
    try:
        return tomllib.loads(text), text.replace("\r\n", "\n")
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = f"{file}:{at[1]}:{at[2]}" if at else str(file)
        raise ConfigError(place, f"not TOML: {re.sub(r' *[(]at .*', '', str(error))}", "Mend the line") from None


def _read(file: Path) -> tuple[Mapping[str, Json], Mapping[tuple[str, ...], int]]:
    table, text = _toml(file)
    lines = key_lines(text)
    if file.name != _PYPROJECT:
        return table, lines
    found = _tool_table(file)
    if not isinstance(found, dict):
        raise ConfigError(str(file), "it has no table [tool.mtaudit]", _EXAMPLE)
    prefix = ("tool", "mtaudit")
    return found, {path[2:]: line for path, line in lines.items() if path[:2] == prefix and path[2:]}


def _reject_unknown(raw: _Raw) -> None:
    _reject(raw, raw.table, ProjectTable)
    content = raw.table.get("content")
    if isinstance(content, dict):
        cause = "it is one table, and content is an array of tables"
        raise ConfigError(raw.place("content"), cause, "Write [[content]] with two brackets")
    for index, entry in enumerate(content if isinstance(content, list) else ()):
        if isinstance(entry, dict):
            _reject(raw, entry, ContentTable, "content", str(index))


def _reject(raw: _Raw, table: Mapping[str, Json], struct: type[msgspec.Struct], *path: str) -> None:
    known = keys(struct)
    for key in table:
        if key not in known:
            raise ConfigError(raw.place(*path, key), "unknown key", _hint(key, known, path))


def _hint(key: str, known: Sequence[str], path: tuple[str, ...]) -> str:
    """The key that was probably meant; one of another table is told by its table."""
    if not path and key in ("mtaudit", "tool"):
        return "Leave [tool.mtaudit] to pyproject.toml: here the keys stand at the top, above the first table"
    near = get_close_matches(key.replace("_", "-").lower(), known, 2, 0.7)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    other = keys(ProjectTable) if path else keys(ContentTable)
    elsewhere = get_close_matches(key.replace("_", "-").lower(), other, 1, 0.8)
    if elsewhere:
        return f"{elsewhere[0]} belongs {'above the first table' if path else 'into [[content]]'}"
    return f"Known keys: {', '.join(sorted(known))}"


def _wrong_value(raw: _Raw, message: str) -> ConfigError:
    """What msgspec says, "Expected `float`, got `str` - at `$.max-suspicion`", with the file's own place."""
    cause, _, where = message.partition(" - at `$")
    path = tuple(name or number for name, number in re.findall(r"\.([\w-]+)|\[(\d+)\]", where))
    if not path:
        return ConfigError(str(raw.file), cause, "See docs/configuration.md")
    kind = re.match(r"Expected `(.+?)`, got `(.+?)`", cause)
    if kind:
        cause = f"{_kinds(kind[1])} belongs here, not {_kinds(kind[2])}"
    elif cause.startswith("Invalid enum value"):
        given = cause.removeprefix("Invalid enum value ").strip("'")
        cause = f"'{given}' is not one of {', '.join(_choices(path))}"
    return ConfigError(raw.place(*path), cause, "See docs/configuration.md for what each key takes")


def _kinds(names: str) -> str:
    words = {
        "str": "a text",
        "float": "a number",
        "int": "a whole number",
        "bool": "true or false",
        "array": "a list",
        "object": "a table",
    }
    return " or ".join(words.get(name.strip(), name.strip()) for name in names.split("|") if name.strip() != "null")


def _choices(path: tuple[str, ...]) -> tuple[str, ...]:
    if path[0] == "severity":
        return tuple(severity.value for severity in Severity)
    return ("none", "minor", "major", "critical") if path[0] == "fail-on" else ("error", "note")


def _project(raw: _Raw, parsed: ProjectTable, notes: tuple[str, ...]) -> Project:
    root = raw.file.resolve().parent
    if not parsed.content:
        cause = "it names no content to check"
        raise ConfigError(str(raw.file), cause, 'Add [[content]] with source and target, or with files = "..."')
    _check_ranges(raw, parsed)
    config = Config(
        tuple(parsed.select),
        tuple(parsed.ignore),
        parsed.min_confidence,
        parsed.severity,
        models=_existing(raw, root, "models", parsed.models),
        device=parsed.device,
        dtype=parsed.dtype,
        glossary=_files(raw, root, "glossary", parsed.glossary),
        do_not_translate=tuple(parsed.do_not_translate),
    )
    source_language = _tag(raw, parsed.source_language, "source-language")
    cache = root / parsed.cache_dir if parsed.cache else None
    return Project(
        file=raw.file,
        root=root,
        content=tuple(_content(raw, index, each, source_language) for index, each in enumerate(parsed.content)),
        profile=parsed.profile,
        config=config,
        calibrations=_files(raw, root, "calibration", parsed.calibration),
        per_file_ignores=tuple(
            (Pattern(pattern, raw.place("per-file-ignores", pattern)), tuple(rules))
            for pattern, rules in parsed.per_file_ignores.items()
        ),
        fail_on=None if parsed.fail_on == "none" else Severity(parsed.fail_on),
        max_suspicion=parsed.max_suspicion,
        max_expected_bad=parsed.max_expected_bad,
        baseline=root / parsed.baseline,
        cache=cache,
        cache_size=parsed.cache_size * _MEGABYTE,
        fails_untranslated=parsed.untranslated == "error",
        fails_orphaned=parsed.orphaned == "error",
        settings=tuple(_settings(raw, parsed)),
        notes=notes,
    )


def _check_ranges(raw: _Raw, parsed: ProjectTable) -> None:
    """Refuse numbers that make no sense."""
    for key, value in (("min-confidence", parsed.min_confidence), ("max-suspicion", parsed.max_suspicion)):
        if value is not None and not 0 <= value <= 1:
            raise ConfigError(raw.place(key), f"{value} is not from 0 to 1", "Give a share such as 0.8")
    if parsed.max_expected_bad is not None and not 0 <= parsed.max_expected_bad < float("inf"):
        cause = f"{parsed.max_expected_bad} is no number of sentences"
        raise ConfigError(raw.place("max-expected-bad"), cause, "Give 0 or more")
    if parsed.cache_size < 1:
        remedy = "Give a number of megabytes such as 256, or set cache = false"
        raise ConfigError(raw.place("cache-size"), f"{parsed.cache_size} leaves no room", remedy)


def _content(raw: _Raw, index: int, entry: ContentTable, source_language: str | None) -> ContentSet:
    path = ("content", str(index))
    place = raw.place(*path)
    files = [entry.files] if isinstance(entry.files, str) else entry.files or []
    if files and (entry.source or entry.target):
        cause = "it has both files and source or target"
        raise ConfigError(place, cause, "Give files for bilingual files, source and target for files of one language")
    if not files and not (entry.source and entry.target):
        lacks = "source" if entry.target else "target" if entry.source else "source, target or files"
        raise ConfigError(place, f"it has no {lacks}", 'Give source and target patterns, or files = "..."')
    own = _tag(raw, entry.source_language, *path, "source-language") or source_language
    languages = _languages(raw, entry, own, path)
    patterns = tuple(Pattern(text, raw.place(*path, "files")) for text in files)
    sides = [Pattern(text, raw.place(*path, key)) for key, text in _sides(entry)]
    if sides:
        sides[0] = _source_pattern(sides[0], own)
        _check_sides(sides[0], sides[1], languages)
    for pattern in patterns:
        if len(languages) > 1 and not pattern.has_language and not pattern.text.endswith(_MULTILINGUAL):
            cause = "there are several languages, and the pattern does not say which file is in which"
            raise ConfigError(f"{pattern.place} '{pattern.text}'", cause, "Put {lang} into it, or leave languages out")
    return ContentSet(
        place,
        source=sides[0] if sides else None,
        target=sides[1] if sides else None,
        files=patterns,
        languages=languages,
        source_language=own,
        exclude=tuple(Pattern(text, raw.place(*path, "exclude")) for text in entry.exclude),
    )


def _sides(entry: ContentTable) -> Iterable[tuple[str, str]]:
    return [(key, text) for key, text in (("source", entry.source), ("target", entry.target)) if text]


def _source_pattern(source: Pattern, language: str | None) -> Pattern:
    if not source.has_language:
        return source
    if language is None:
        cause = "{lang} of the source is the source language, and none is named"
        raise ConfigError(f"{source.place} '{source.text}'", cause, 'Add source-language = "en"')
    return source.with_language(language)


def _check_sides(source: Pattern, target: Pattern, languages: tuple[tuple[str, str], ...]) -> None:
    """Make sure that each source leads to one target of each language, and back."""
    if source.wildcards != target.wildcards:
        there = [" ".join(pattern.wildcards) or "none" for pattern in (source, target)]
        cause = f"its wildcards ({there[1]}) are not those of the source ({there[0]})"
        remedy = "Use the same wildcards in the same order, so that each source leads to its translation"
        raise ConfigError(f"{target.place} '{target.text}'", cause, remedy)
    if len(languages) > 1 and not target.has_language:
        cause = "there are several languages, and one path for all of them"
        raise ConfigError(f"{target.place} '{target.text}'", cause, "Put {lang} where the language stands")
    if source.text == target.text:
        raise ConfigError(f"{target.place} '{target.text}'", "it is the source's pattern", "Name the translations")


def _languages(
    raw: _Raw, entry: ContentTable, source: str | None, path: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    given = entry.languages or {}
    named = given if isinstance(given, dict) else {name: name for name in given}
    found = tuple((name, _tag(raw, tag, *path, "languages") or tag) for name, tag in named.items())
    for name, tag in found:
        if source is not None and base_language(tag) == base_language(source) and tag.lower() == source.lower():
            cause = f"{name} is the source language"
            raise ConfigError(raw.place(*path, "languages"), cause, "Name the languages of the translations only")
    return found


def _tag(raw: _Raw, tag: str | None, *path: str) -> str | None:
    if tag is None:
        return None
    try:
        return check_tag(tag.replace("_", "-"), raw.place(*path))
    except LanguageError as error:
        remedy = "Give a code such as en, de or pt-BR; for other names of folders: languages = { brazil = 'pt-BR' }"
        raise ConfigError(error.place, error.cause, remedy) from None


def _existing(raw: _Raw, root: Path, key: str, name: str | None) -> Path | None:
    if name is None:
        return None
    path = root / name
    if not path.is_file():
        raise ConfigError(raw.place(key), f"there is no file {path}", "Name a file, from the configuration's folder")
    return path


def _files(raw: _Raw, root: Path, key: str, names: str | Sequence[str]) -> tuple[Path, ...]:
    found = (_existing(raw, root, key, name) for name in ([names] if isinstance(names, str) else names))
    return tuple(path for path in found if path is not None)


def _settings(raw: _Raw, parsed: ProjectTable) -> Iterable[Setting]:
    """Every key with its value and where that comes from; unset keys without a default are left out."""
    values = msgspec.to_builtins(parsed)
    for key in keys(ProjectTable):
        if key == "content":
            continue
        origin = raw.origin(key) if key in raw.table else "default"
        yield Setting(key, values[key], origin)
    for index, entry in enumerate(values["content"]):
        given = cast("Sequence[Mapping[str, Json]]", raw.table["content"])[index]
        for key in keys(ContentTable):
            if key in given:
                yield Setting(f"content[{index}].{key}", entry[key], raw.origin("content", str(index), key))


def _dotted(path: tuple[str, ...]) -> str:
    """`content.0.source` as `content[0].source`."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", ".".join(path))
