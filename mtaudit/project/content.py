"""From the patterns of a project to its pairs of files, and to what has no counterpart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mtaudit.langid import own_scripts
from mtaudit.project.patterns import Pattern
from mtaudit.project.records import ContentSet, FilePair, Project
from mtaudit.text import base_language
from mtaudit.types import BadInput

_ANDROID_REGION = re.compile(r"-r([A-Z]{2})$")


@dataclass(slots=True)
class Content:
    """What the patterns of a project found.

    `empty` are the patterns that match nothing; `untranslated` the sources without a translation into one of the
    languages, `orphaned` the translations without a source; `notes` what else is to be said.
    """

    pairs: list[FilePair] = field(default_factory=list)
    empty: list[BadInput] = field(default_factory=list)
    untranslated: list[BadInput] = field(default_factory=list)
    orphaned: list[BadInput] = field(default_factory=list)
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
        content.notes.append(f"{project.file.name}: {twice} file pairs stand in two content sets. They are judged once.")
    return content


def _bilingual(project: Project, content_set: ContentSet, content: Content) -> None:
    for pattern in content_set.files:
        found = False
        for path, match in pattern.files(project.root):
            if _excluded(path, content_set):
                continue
            tags = _languages_of(match.language, content_set)
            found = found or bool(tags)
            content.pairs += [FilePair(None, path, content_set.source_language, tag) for tag in tags]
        if not found:
            content.empty.append(_matches_nothing(project, pattern))


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
    targets = dict(_targets(project, content_set, target))
    sources = {
        path: match.wildcards
        for path, match in source.files(project.root)
        if path not in targets and not _excluded(path, content_set)
    }
    targets = {path: found for path, found in targets.items() if path not in sources}
    for pattern, found in ((source, sources), (target, targets)):
        if not found:
            content.empty.append(_matches_nothing(project, pattern))
    if not sources or not targets:
        return  # one message says it; each file of the other side would say it again
    names = [name for name, _ in content_set.languages] or sorted({name or "" for name, _ in targets.values()})
    for path, wildcards in sources.items():
        for name in names:
            expected = target.filled(wildcards, name)
            tag = _tag(name, content_set) if name else _only_language(content_set)
            if expected in targets:
                content.pairs.append(FilePair(path, expected, content_set.source_language, tag))
            elif not _excluded(expected, content_set):
                content.untranslated.append(_no_translation(path, expected, tag))
    for path, (_, wildcards) in targets.items():
        expected = source.filled(wildcards, None)
        if expected not in sources and not _excluded(expected, content_set):
            content.orphaned.append(_no_source(path, expected))


def _targets(
    project: Project, content_set: ContentSet, target: Pattern
) -> Iterator[tuple[str, tuple[str | None, tuple[str, ...]]]]:
    """The translations: the name of the language in the path, and what the wildcards stand for."""
    own = content_set.source
    for path, match in target.files(project.root):
        if _excluded(path, content_set):
            continue
        if match.language is None:
            yield path, (None, match.wildcards)
        elif _tag(match.language, content_set) is not None:
            is_source = own is not None and own.match(path) is not None and own.filled(match.wildcards, None) == path
            if not is_source:
                yield path, (match.language, match.wildcards)


def _tag(name: str, content_set: ContentSet) -> str | None:
    """The tag of a language's name in a path; None for one that is not among the languages, or is no language."""
    if content_set.languages:
        return dict(content_set.languages).get(name)
    tag = _ANDROID_REGION.sub(r"-\1", name.removeprefix("b+").replace("+", "-").replace("_", "-"))
    if own_scripts(base_language(tag)) is None:
        return None
    is_source = content_set.source_language is not None and tag.lower() == content_set.source_language.lower()
    return None if is_source else tag


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


def _no_translation(source: str, expected: str, tag: str | None) -> BadInput:
    into = f" into {tag}" if tag else ""
    return BadInput(
        source,
        1,
        f"there is no translation{into}: {expected} is missing",
        'Translate it, exclude it, or set untranslated = "note"',
    )


def _no_source(target: str, expected: str) -> BadInput:
    return BadInput(
        target,
        1,
        f"there is no source for this translation: {expected} is missing",
        'Delete it, exclude it, or set orphaned = "note"',
    )
