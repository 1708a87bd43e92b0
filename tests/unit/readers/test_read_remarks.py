"""Comments that speak to the tool, in each format's own way of writing comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit import readers
from mtaudit.types import Document

#: File name, content, and what is said: text, line, and the block that it is about.
DOCUMENTS = {
    "markdown block": ("a.md", "<!-- mtaudit: ignore MT1 -->\nOne.\n\nTwo.\n", [("ignore MT1", 1, "One.")]),
    "markdown inside": ("a.md", "One.\n\nTwo <!-- mtaudit: ignore --> three.\n", [("ignore", 3, "Two three.")]),
    "markdown list": ("a.md", "* one <!-- mtaudit: ignore -->\n* two\n", [("ignore", 1, "one")]),
    "markdown quote": ("a.md", "> <!-- mtaudit: ignore -->\n>\n> two\n", [("ignore", 1, "two")]),
    "markdown end": ("a.md", "One.\n\n<!-- mtaudit: ignore-file -->\n", [("ignore-file", 3, "")]),
    "markdown other": ("a.md", "<!-- a comment about mtaudit -->\n\nOne.\n", []),
    "markdown code": ("a.md", "One.\n\n    <!-- mtaudit: ignore -->\n", []),
    "html": ("a.html", "<p>1</p>\n<!-- mtaudit: ignore -->\n<p>2 &amp; 3</p>", [("ignore", 2, "2 & 3")]),
    "html two": (
        "a.html",
        "<!--\n mtaudit: ignore MT1\n mtaudit: ignore MT2\n--><p>x</p>",
        [("ignore MT1", 1, "x"), ("ignore MT2", 1, "x")],
    ),
    "rst": (
        "a.rst",
        "One.\n\n.. mtaudit: ignore\n\n* two\n\n  .. mtaudit: ignore MT1\n\n  three\n",
        [("ignore", 3, "two"), ("ignore MT1", 7, "three")],
    ),
    "rst code": ("a.rst", "One::\n\n  .. mtaudit: ignore\n\nTwo.\n", []),
}


def said(document: Document | None) -> list[tuple[str, int, str]]:
    assert document is not None
    return [
        (remark.text, remark.line, document.text[remark.span.start : remark.span.end]) for remark in document.remarks
    ]


@pytest.mark.parametrize(("name", "text", "expected"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_documents(name: str, text: str, expected: list[tuple[str, int, str]], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert said(readers.read(tmp_path / name, "en")) == expected


_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
_XLIFF = '<xliff><file original="x" source-language="en" target-language="de"><body>\n{}\n</body></file></xliff>'
_UNIT = '<trans-unit id="{0}"><source>cat {0}</source><target>Katze {0}</target>{1}</trans-unit>'
BILINGUAL = {
    "po translator": ("a.po", _HEADER + '# mtaudit: ignore\nmsgid "a"\nmsgstr "b"\n', [("ignore", 7, "b")]),
    "po extracted": ("a.po", _HEADER + '#. mtaudit: ignore\nmsgid "a"\nmsgstr "b"\n', [("ignore", 7, "b")]),
    "po file": (
        "a.po",
        "# mtaudit: ignore-file\n" + _HEADER + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n',
        [("ignore-file", 7, "b")],
    ),
    "po plural": (
        "a.po",
        _HEADER + '# mtaudit: ignore\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\n',
        [("ignore", 8, "b"), ("ignore", 9, "bs")],
    ),
    "po obsolete": ("a.po", _HEADER + '#~ # mtaudit: ignore\n\nmsgid "a"\nmsgstr "b"\n', []),
    "xliff note": (
        "a.xlf",
        _XLIFF.format(_UNIT.format(1, "<note>mtaudit: ignore MT1</note>") + "\n" + _UNIT.format(2, "")),
        [("ignore MT1", 2, "Katze 1")],
    ),
    "xliff comment": (
        "a.xlf",
        _XLIFF.format(_UNIT.format(1, "") + "\n<!-- mtaudit: ignore -->\n" + _UNIT.format(2, "")),
        [("ignore", 4, "Katze 2")],
    ),
    "tmx": (
        "a.tmx",
        (
            '<tmx version="1.4"><header srclang="en"/><body><tu><note>mtaudit: ignore</note>'
            '<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="de"><seg>b</seg></tuv></tu></body></tmx>'
        ),
        [("ignore", 1, "b")],
    ),
    "qt": (
        "a.ts",
        (
            '<TS language="de" sourcelanguage="en"><context><name>m</name>\n<message><source>a</source>'
            "<translatorcomment>mtaudit: ignore</translatorcomment>"
            "<translation>b</translation></message></context></TS>"
        ),
        [("ignore", 2, "b")],
    ),
    "xcstrings": (
        "a.xcstrings",
        (
            '{"sourceLanguage": "en", "strings": {"a": {"comment": "mtaudit: ignore",\n'
            '"localizations": {"de": {"stringUnit": {"state": "translated", "value": "b"}}}}}, "version": "1.0"}'
        ),
        [("ignore", 2, "b")],
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), BILINGUAL.values(), ids=BILINGUAL.keys())
def test_bilingual(name: str, text: str, expected: list[tuple[str, int, str]], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    bitext = readers.read_bitext(tmp_path / name, "en", "de", warn=lambda _: None)
    assert said(bitext.target) == expected
    assert said(bitext.source) == []


#: File name, content of the translation's catalogue, and what is said.
CATALOGUES = {
    "android": (
        "strings.xml",
        '<resources>\n<!-- mtaudit: ignore -->\n<string name="a">x</string>\n<string name="b">y</string></resources>',
        [("ignore", 3, "x")],
    ),
    "android plural": (
        "strings.xml",
        (
            '<resources><!-- mtaudit: ignore --><plurals name="a">\n<item quantity="one">x</item>\n'
            '<item quantity="other">y</item></plurals></resources>'
        ),
        [("ignore", 2, "x"), ("ignore", 3, "y")],
    ),
    "resx": (
        "a.resx",
        (
            '<root><data name="a"><value>x</value><comment>mtaudit: ignore</comment></data>\n'
            '<!-- mtaudit: ignore MT1 --><data name="b"><value>y</value></data></root>'
        ),
        [("ignore", 1, "x"), ("ignore MT1", 2, "y")],
    ),
    "properties": ("a.properties", "# mtaudit: ignore\n\na = x\nb = y\n", [("ignore", 3, "x")]),
    "yaml": (
        "a.yml",
        "# mtaudit: ignore\na: x\nb: 'y'  # mtaudit: ignore MT1\nc: |\n  z\n  z\n# mtaudit: ignore MT2\nd: w\n",
        [("ignore", 2, "x"), ("ignore MT1", 3, "y"), ("ignore MT2", 8, "w")],
    ),
    "apple": ("a.strings", '/* mtaudit: ignore */\n"a" = "x";\n"b" = "y";\n', [("ignore", 2, "x")]),
    "fluent": ("a.ftl", "# mtaudit: ignore\na = x\n\nb = y\n", [("ignore", 2, "x")]),
    "arb": ("a.arb", '{"a": "x", "@a": {"description": "mtaudit: ignore"}, "b": "y"}', [("ignore", 1, "x")]),
}


@pytest.mark.parametrize(("name", "text", "expected"), CATALOGUES.values(), ids=CATALOGUES.keys())
def test_catalogues(name: str, text: str, expected: list[tuple[str, int, str]], tmp_path: Path) -> None:
    paths = [tmp_path / language / name for language in ("en", "de")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    bitext = readers.read_catalogues(paths[0], paths[1], "en", "de", warn=lambda _: None)
    assert said(bitext.target) == expected
    assert said(bitext.source) == expected
