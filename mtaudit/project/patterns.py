"""Patterns of paths: `*` and `?` within a name, `**/` for any folders, `[abc]`, and `{lang}` for a language.

They are read as by `.gitignore` and most tools, except that `*` and `**` skip names that begin with a full stop, as in
a shell. What each wildcard stood for is kept, so that a source leads to its translation and back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtaudit.errors import ConfigError

LANGUAGE = "{lang}"
_TOKEN = re.compile(r"\{lang\}|\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]")
#: A language as paths have it: `de`, `pt-BR`, `pt_BR`, Android's `pt-rBR` and `b+sr+Latn`.
_LANGUAGE = r"(?:b\+)?[A-Za-z]{2,3}(?:[-_+][A-Za-z0-9]{2,8})*"


@dataclass(frozen=True, slots=True)
class Match:
    """What the wildcards of a pattern stood for in a path, in order, and the language, if it has one."""

    wildcards: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of paths, which count from the project's root.

    Raises:
        ConfigError: if it is empty, absolute, leads out of the root, or has backslashes or other braces.
    """

    text: str
    place: str

    def __post_init__(self) -> None:
        place = f"{self.place} '{self.text}'"
        if not self.text.strip() or self.text.endswith("/"):
            raise ConfigError(place, "this is no pattern of files", "Write one such as docs/en/**/*.md")
        if "\\" in self.text:
            raise ConfigError(place, "there is a backslash in it", "Part folders by /")
        if self.text.startswith(("/", "~")) or re.match(r"[A-Za-z]:", self.text) or ".." in self.text.split("/"):
            cause = "it does not lie in the folder of the configuration file"
            raise ConfigError(place, cause, "Write a path from there, such as docs/en/**/*.md")
        braces = re.search(r"\{(?!lang\})[^}]*\}?", self.text)
        if braces:
            cause = f"{braces[0]} has no meaning in it"
            raise ConfigError(place, cause, f"Use {LANGUAGE} for the language; give several patterns for alternatives")

    @property
    def has_language(self) -> bool:
        """Whether `{lang}` is in it."""
        return LANGUAGE in self.text

    @property
    def wildcards(self) -> tuple[str, ...]:
        """Its wildcards in order, without `{lang}`."""
        return tuple(token for token in _TOKEN.findall(self.text) if token != LANGUAGE)

    def with_language(self, name: str) -> Pattern:
        """The pattern with `{lang}` filled in."""
        return Pattern(self.text.replace(LANGUAGE, name), self.place)

    def filled(self, wildcards: Sequence[str], language: str | None) -> str:
        """The path in which the wildcards stand for these texts."""
        values = iter(wildcards)
        return _TOKEN.sub(lambda token: language or "" if token[0] == LANGUAGE else next(values), self.text)

    def match(self, path: str) -> Match | None:
        """What the wildcards stand for in a path; None if it does not match."""
        found = _compiled(self.text).fullmatch(path)
        if found is None:
            return None
        names = found.groupdict()
        return Match(tuple(names[f"w{index}"] for index in range(len(self.wildcards))), names.get("lang"))

    def files(self, root: Path) -> Iterator[tuple[str, Match]]:
        """The files below `root` that match, in order, and what the wildcards stand for in each."""
        parts = _fixed(self.text).split("/")[:-1]
        deep = "**" in self.text
        for path in sorted(_walk(root, "/".join(parts), self.text.count("/"), deep)):
            found = self.match(path)
            if found is not None:
                yield path, found


_CACHE: dict[str, re.Pattern[str]] = {}


def _compiled(text: str) -> re.Pattern[str]:
    if text not in _CACHE:
        _CACHE[text] = re.compile("".join(_expressions(text)))
    return _CACHE[text]


def _expressions(text: str) -> Iterator[str]:
    at = index = 0
    seen_language = False
    for token in _TOKEN.finditer(text):
        yield re.escape(text[at : token.start()])
        begins_name = token.start() == 0 or text[token.start() - 1] == "/"
        at = token.end()
        if token[0] == LANGUAGE:
            yield "(?P=lang)" if seen_language else f"(?P<lang>{_LANGUAGE})"
            seen_language = True
            continue
        yield f"(?P<w{index}>{_expression(token[0], begins_name)})"
        index += 1
    yield re.escape(text[at:])


def _expression(token: str, begins_name: bool) -> str:
    visible = r"(?!\.)" if begins_name else ""
    shapes: Mapping[str, str] = {
        "**/": r"(?:(?!\.)[^/]+/)*",
        "**": rf"{visible}[^/]*(?:/(?!\.)[^/]+)*",
        "*": rf"{visible}[^/]*",
        "?": rf"{visible}[^/]",
    }
    if token in shapes:
        return shapes[token]
    inner = token[1:-1]
    negated = inner.startswith("!")
    return f"[{'^' if negated else ''}{re.escape(inner[negated:]).replace(chr(92) + '-', '-')}]"


def _fixed(text: str) -> str:
    """The part of a pattern before its first wildcard."""
    token = _TOKEN.search(text)
    return text if token is None else text[: token.start()]


def _walk(root: Path, folder: str, slashes: int, deep: bool) -> Iterator[str]:
    """The files below a folder of the root; no deeper than the pattern can reach, and not through links to folders."""
    start = root / folder if folder else root
    for directory, names, files in os.walk(start):
        relative = Path(directory).relative_to(root).as_posix()
        prefix = "" if relative == "." else f"{relative}/"
        if not deep and prefix.count("/") >= slashes:
            names.clear()
        names[:] = [name for name in names if name != ".git"]
        for name in files:
            yield prefix + name
