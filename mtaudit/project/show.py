"""Renders what holds as TOML, with where each value comes from behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from mtaudit.project.records import Project, Setting
from mtaudit.types import Json

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CONTENT = re.compile(r"content\[(\d+)\]\.(.+)")


def show(project: Project) -> str:
    """The settings as a configuration file that sets the same; keys that have no value stand in comments."""
    lines = [f"# {project.file}", *_keys([each for each in project.settings if not _CONTENT.match(each.key)])]
    current = None
    for setting in project.settings:
        match = _CONTENT.match(setting.key)
        if match is None:
            continue
        if match[1] != current:
            lines += ["", "[[content]]"]
            current = match[1]
        lines.append(_line(match[2], setting.value, setting.origin))
    return "\n".join(lines) + "\n"


def _keys(settings: Sequence[Setting]) -> Iterator[str]:
    for setting in settings:
        yield _line(setting.key, setting.value, setting.origin)


def _line(key: str, value: Json, origin: str) -> str:
    shown = f"# {key} is not set" if value is None else f"{key} = {_toml(value)}"
    return f"{shown}  # {origin}"


def _toml(value: Json) -> str:
    """A value on one line; JSON's texts and numbers are TOML's, too, but for DEL, which TOML wants escaped."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_toml(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return _plain(value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _plain(key)


def _plain(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
