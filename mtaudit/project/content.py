"""From the patterns of a project to its pairs of files, and to what has no counterpart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from mtaudit.langid import own_scripts
from mtaudit.project.patterns import Match, Pattern
from mtaudit.project.records import ContentSet, FilePair, Project
from mtaudit.text import base_language
from mtaudit.types import BadInput

_ANDROID_REGION = re.compile(r"-r([A-Z]{2})$")


@dataclass(frozen=True, slots=True)
class Lone:
    """A source whose translation is missing, or a translation whose source is; `language` is the translation's."""

    path: str
    missing: str
    is_source: bool
    language: str | None = None

    @property
    def problem(self) -> BadInput:
        """What is said of it."""
        if self.is_source:
            into = f" into {self.language}" if self.language else ""
            reason = f"there is no translation{into}: {self.missing} is missing"
            return BadInput(self.path, 1, reason, 'Translate it, exclude it, or set untranslated = "note"')
        reason = f"there is no source for this translation: {self.missing} is missing"
        return BadInput(self.path, 1, reason, 'Delete it, exclude it, or set orphaned = "note"')


@dataclass(slots=True)
class Content:
    """What the patterns of a project found.

    `empty` are the patterns that match nothing, and files that cannot be named; `lone` the sources without a
    translation into one of the languages, and the translations without a source; `notes` what else is to be said.
    """

    pairs: list[FilePair] = field(default_factory=list)
    empty: list[BadInput] = field(default_factory=list)
    lone: list[Lone] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find_content(project: Project) -> Content:
    """The pairs of files of all content sets, each once, in the order of the sets and of the targets' paths."""
    content = Content()
    for content_set in project.content:
        if content_set.files:
            _bilingual(project, content_set, content)
        else:
            _parallel(project, content_set, content)
    seen: set[tuple[str | None, str, str | None]] = set()
    pairs, content.pairs = content.pairs, []
    for pair in pairs:
        key = (pair.source, pair.target, pair.target_language)
        if key not in seen:
            content.pairs.append(pair)
        seen.add(key)
    if len(content.pairs) < len(pairs):
        twice = len(pairs) - len(content.pairs)
        content.notes.append(
            f"{project.file.name}: {twice} file pairs stand in two content sets. They are judged once."
        )
    return content


def _bilingual(project: Project, content_set: ContentSet, content: Content) -> None:
    others: Counter[str] = Counter()
    for pattern in content_set.files:
        found = False
        for path, match in _files(project, content_set, pattern, content):
            tags = _languages_of(match.language, content_set)
            found = found or bool(tags)
            if not tags and content_set.languages and _is_other(match.language or "", content_set):
                others[match.language or ""] += 1
            content.pairs += [FilePair(None, path, content_set.source_language, tag) for tag in tags]
        if not found:
            content.empty.append(_matches_nothing(project, pattern))
    _note_others(content_set, others, content)


def _files(
    project: Project, content_set: ContentSet, pattern: Pattern, content: Content
) -> Iterator[tuple[str, Match]]:
    """The files of a pattern that are not excluded; one whose name no report could spell becomes a problem."""
    for path, match in pattern.files(project.root):
        if _excluded(path, content_set):
            continue
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
            content.empty.append(BadInput(shown, 1, "the name of the file is not in UTF-8", "Rename it"))
        else:
            yield path, match


def _note_others(content_set: ContentSet, others: Mapping[str, int], content: Content) -> None:
    """Say which languages have files and are not asked for."""
    for name, count in sorted(others.items()):
        said = f"the pattern matches {count} {'files' if count > 1 else 'file'} in '{name}'"
        remedy = "Add it if it is to be judged"
        content.notes.append(f"{content_set.place}: {said}, which is not among languages. {remedy}.")


def _languages_of(name: str | None, content_set: ContentSet) -> tuple[str | None, ...]:
    """The languages that a bilingual file is to be judged in; none where it is another one's."""
    if name is not None:
        tag = _tag(name, content_set)
        return () if tag is None else (tag,)
    return tuple(tag for _, tag in content_set.languages) or (None,)


def _parallel(project: Project, content_set: ContentSet, content: Content) -> None:
    source, target = content_set.source, content_set.target
    if source is None or target is None:
        return
    others: Counter[str] = Counter()
    targets = dict(_targets(_files(project, content_set, target, content), content_set, others))
    _note_others(content_set, others, content)
    sources = {
        path: match.wildcards for path, match in _files(project, content_set, source, content) if path not in targets
    }
    targets = {path: found for path, found in targets.items() if path not in sources}
    for pattern, found in ((source, sources), (target, targets)):
        if not found:
            content.empty.append(_matches_nothing(project, pattern))
    if sources and targets:  # else one message says it; each file of the other side would say it again
        _match(content_set, sources, targets, content)


_Wildcards: TypeAlias = tuple[str, ...]


def _match(
    content_set: ContentSet,
    sources: Mapping[str, _Wildcards],
    targets: Mapping[str, tuple[str | None, _Wildcards]],
    content: Content,
) -> None:
    """Lead each source to its translations, and each translation back to its source."""
    source, target = content_set.source, content_set.target
    if source is None or target is None:
        return
    names = [name for name, _ in content_set.languages] or sorted({name or "" for name, _ in targets.values()})
    for path, wildcards in sources.items():
        for name in names:
            expected = target.filled(wildcards, name)
            tag = _tag(name, content_set) if name else _only_language(content_set)
            if expected in targets:
                content.pairs.append(FilePair(path, expected, content_set.source_language, tag))
            elif not _excluded(expected, content_set):
                content.lone.append(Lone(path, expected, True, tag))
    for path, (_, wildcards) in targets.items():
        expected = source.filled(wildcards, None)
        if expected not in sources and not _excluded(expected, content_set):
            content.lone.append(Lone(path, expected, False))


def _targets(
    found: Iterable[tuple[str, Match]], content_set: ContentSet, others: Counter[str]
) -> Iterator[tuple[str, tuple[str | None, tuple[str, ...]]]]:
    """The translations: the name of the language in the path, and what the wildcards stand for.

    `others` counts those in languages that are not asked for.
    """
    own = content_set.source
    for path, match in found:
        if match.language is None:
            yield path, (None, match.wildcards)
        elif _tag(match.language, content_set) is not None:
            is_source = own is not None and own.match(path) is not None and own.filled(match.wildcards, None) == path
            if not is_source:
                yield path, (match.language, match.wildcards)
        elif _is_other(match.language, content_set) and not (own is not None and own.match(path)):
            others[match.language] += 1


def _tag(name: str, content_set: ContentSet) -> str | None:
    """The tag of a language's name in a path; None for one that is not among the languages, or is no language."""
    if content_set.languages:
        return dict(content_set.languages).get(name)
    tag = _ANDROID_REGION.sub(r"-\1", name.removeprefix("b+").replace("+", "-").replace("_", "-"))
    if not _is_language(tag):
        return None
    is_source = content_set.source_language is not None and tag.lower() == content_set.source_language.lower()
    return None if is_source else tag


def _is_language(name: str) -> bool:
    return own_scripts(base_language(name.removeprefix("b+").replace("+", "-"))) is not None


def _is_other(name: str, content_set: ContentSet) -> bool:
    """Whether a name in a path is a language, and not the source's."""
    own = content_set.source_language
    return _is_language(name) and (own is None or name.lower() != own.lower())


def _only_language(content_set: ContentSet) -> str | None:
    return content_set.languages[0][1] if content_set.languages else None


def _excluded(path: str, content_set: ContentSet) -> bool:
    return any(pattern.match(path) for pattern in content_set.exclude)


def _matches_nothing(project: Project, pattern: Pattern) -> BadInput:
    line = re.match(r".*?:(\d+): ", pattern.place)
    return BadInput(
        project.file.name,
        int(line[1]) if line else 1,
        f"the pattern '{pattern.text}' matches no file in {project.root}",
        "Mend the pattern, or delete the content set",
    )
