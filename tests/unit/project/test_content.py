"""From patterns to pairs of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.project import find_content, load
from mtaudit.project.patterns import Pattern


@pytest.mark.parametrize(
    ("pattern", "path", "wildcards"),
    [
        ("docs/**/*.md", "docs/a.md", ("", "a")),
        ("docs/**/*.md", "docs/x/y/a.md", ("x/y/", "a")),
        ("docs/**/*.md", "docs/.x/a.md", None),
        ("docs/**/*.md", "other/docs/a.md", None),
        ("docs/*.md", "docs/x/a.md", None),
        ("docs/*.md", "docs/.a.md", None),
        ("docs/.*.md", "docs/.a.md", ("a",)),
        ("a?.[xy]", "ab.y", ("b", "y")),
        ("a.[!xy]", "a.x", None),
        ("a+b/(c).md", "a+b/(c).md", ()),
        ("{lang}/*.md", "pt-BR/a.md", ("a",)),
        ("{lang}/{lang}.po", "de/de.po", ()),
        ("{lang}/{lang}.po", "de/fr.po", None),
    ],
)
def test_patterns(pattern: str, path: str, wildcards: tuple[str, ...] | None) -> None:
    found = Pattern(pattern, "test").match(path)
    assert (found.wildcards if found else None) == wildcards
    if found is not None:
        assert Pattern(pattern, "test").filled(found.wildcards, found.language) == path


#: Files, the content sets, pairs as source>target:language, and what else is said.
CASES = {
    "folders": (
        ["docs/en/a.md", "docs/en/s/b.md", "docs/de/a.md", "docs/de/s/b.md"],
        'source = "docs/en/**/*.md"\ntarget = "docs/{lang}/**/*.md"',
        ["docs/en/a.md>docs/de/a.md:de", "docs/en/s/b.md>docs/de/s/b.md:de"],
        [],
    ),
    "source above": (
        ["docs/a.md", "docs/de/a.md", "docs/guide/b.md", "docs/de/guide/b.md"],
        'source = "docs/**/*.md"\ntarget = "docs/{lang}/**/*.md"\nlanguages = ["de"]',
        ["docs/a.md>docs/de/a.md:de", "docs/guide/b.md>docs/de/guide/b.md:de"],
        [],
    ),
    "suffix": (
        ["a.md", "a.de.md", "a.fr.md"],
        'source = "a.md"\ntarget = "a.{lang}.md"\nlanguages = ["de", "fr"]',
        ["a.md>a.de.md:de", "a.md>a.fr.md:fr"],
        [],
    ),
    "android": (
        ["values/strings.xml", "values-pt-rBR/strings.xml", "values-night/strings.xml"],
        'source = "values/strings.xml"\ntarget = "values-{lang}/strings.xml"',
        ["values/strings.xml>values-pt-rBR/strings.xml:pt-BR"],
        [],
    ),
    "named": (
        ["en/a.md", "brazil/a.md"],
        'source = "en/*.md"\ntarget = "brazil/*.md"\nlanguages = ["pt-BR"]',
        ["en/a.md>brazil/a.md:pt-BR"],
        [],
    ),
    "missing": (
        ["en/a.md", "en/b.md", "de/a.md", "de/c.md"],
        'source = "en/*.md"\ntarget = "{lang}/*.md"\nlanguages = ["de"]',
        ["en/a.md>de/a.md:de"],
        ["en/b.md:1: there is no translation into de: de/b.md is missing", "de/c.md:1: there is no source"],
    ),
    "excluded": (
        ["en/a.md", "en/b.md", "de/a.md", "de/c.md"],
        'source = "en/*.md"\ntarget = "{lang}/*.md"\nlanguages = ["de"]\nexclude = ["en/b.md", "de/c.md"]',
        ["en/a.md>de/a.md:de"],
        [],
    ),
    "nothing": (
        ["en/a.md"],
        'source = "en/*.md"\ntarget = "{lang}/*.md"\nlanguages = ["de"]',
        [],
        ["mtaudit.toml:4: the pattern '{lang}/*.md' matches no file"],
    ),
    "other language": (
        ["en/a.md", "de/a.md", "fr/a.md"],
        'source = "en/*.md"\ntarget = "{lang}/*.md"\nlanguages = ["de"]',
        ["en/a.md>de/a.md:de"],
        ["the pattern matches 1 file in 'fr', which is not among languages"],
    ),
    "bilingual": (["po/de.po", "po/en.po"], 'files = "po/{lang}.po"', [">po/de.po:de"], []),
    "bilingual, another": (
        ["po/de.po", "po/fr.po", "po/en.po"],
        'files = "po/{lang}.po"\nlanguages = ["de"]',
        [">po/de.po:de"],
        ["the pattern matches 1 file in 'fr', which is not among languages"],
    ),
    "no UTF-8": (
        ["po/de.po", "po/\udcff.po"],
        'files = "po/*.po"',
        [">po/de.po:None"],
        ["the name of the file"],
    ),
    "many in one": (
        ["l.xcstrings"],
        'files = "l.xcstrings"\nlanguages = ["de", "fr"]',
        [">l.xcstrings:de", ">l.xcstrings:fr"],
        [],
    ),
}


@pytest.mark.parametrize(("files", "content", "pairs", "said"), CASES.values(), ids=CASES.keys())
def test_content(files: list[str], content: str, pairs: list[str], said: list[str], tmp_path: Path) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "mtaudit.toml").write_text(f'source-language = "en"\n[[content]]\n{content}\n', encoding="utf-8")
    found = find_content(load(tmp_path))
    assert [f"{pair.source or ''}>{pair.target}:{pair.target_language}" for pair in found.pairs] == pairs
    told = [*map(str, found.empty), *(str(one.problem) for one in found.lone), *found.notes]
    assert len(told) == len(said)
    for one, part in zip(told, said, strict=True):
        assert part in one
