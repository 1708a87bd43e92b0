"""reStructuredText: the prose of a document, parsed by docutils.

Paragraphs, headings, list items, table cells, captions and admonitions are read; code, comments, raw blocks and the
targets of links are not. Inline markup is left out, its words stay. Nothing is included from other files, and no raw
content is let through: the directives for that are switched off, and what they would have brought is said to be
missing.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import core, nodes

from mtaudit.errors import FormatError
from mtaudit.readers.assembly import MAX_UNBROKEN, Assembly, unbroken
from mtaudit.readers.units import Warn
from mtaudit.types import Document, line_starts

#: docutils recurses into each level of nesting; lines indented further than this are no prose.
_MAX_INDENT = 200
_INCLUDE = re.compile(r"^[ \t]*\.\.[ \t]+(include|csv-table|raw)::[ \t]*(.*)$", re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*\.\.[ \t]+(mtaudit:[^\n]*)$", re.MULTILINE)
_UNKNOWN = re.compile(r'Unknown directive type "([^"]+)"')
_ROLE = re.compile(r":[\w:.+-]+:`~?!?([^`<]*?)(?:\s*<[^`>]*>)?`", re.DOTALL)
_NO_PROSE = (
    nodes.literal_block,
    nodes.comment,
    nodes.raw,
    nodes.system_message,
    nodes.doctest_block,
    nodes.math_block,
    nodes.substitution_definition,
    nodes.target,
)


def read_rst(text: str, name: str, language: str, warn: Warn) -> Document:
    """The prose of a reStructuredText file; `text` has line breaks as `\\n`.

    Raises:
        EmptyError: no prose in it.
        FormatError: nested too deep, or a block of more than 200,000 characters.
    """
    _check(text, name, warn)
    document = _parse(text, name)
    _warn_of_unknown(document, name, warn)
    assembly = Assembly(text, name, language)
    cursor = _Cursor(text)
    comments = deque(_comments(text, document))
    for block in _blocks(document):
        cursor.seek(block.line)
        for piece in block.pieces:
            for index, line in enumerate(piece.split("\n")):
                if index:
                    assembly.space(cursor.at)
                at = cursor.find(line) if line.strip() else cursor.at
                while comments and comments[0][0] < at:
                    assembly.comment(comments[0][1], comments.popleft()[0])
                assembly.add(line, at)
        assembly.end_paragraph()
    for at, comment in comments:
        assembly.comment(comment, at)
    return assembly.finish()


def _comments(text: str, document: nodes.document) -> Iterator[tuple[int, str]]:
    """The comments that name this tool, and the offset of each: docutils knows no line of many comments."""
    known = {node.astext().split("\n")[0].strip() for node in document.findall(nodes.comment)}
    for match in _REMARK.finditer(text):
        if match[1].strip() in known:
            yield match.start(1), match[1]


def _check(text: str, name: str, warn: Warn) -> None:
    """Refuse what docutils would choke on, and say what it will not read."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) - len(line.lstrip()) > _MAX_INDENT:
            cause = f"the line is indented by more than {_MAX_INDENT} characters"
            raise FormatError(f"{name}:{number}", cause, "Check what made the file: no prose is nested like that")
        if len(line) > MAX_UNBROKEN:
            raise unbroken(name, number, len(line))
    for match in _INCLUDE.finditer(text):
        if match[1] == "include" or (match[1] == "raw" and not match[2]):
            place = f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
            warn(f"{place}: the file that '{match[1]}' names is not read; audit it on its own")


class _Cursor:
    """Finds the words of the document one after the other in the file, which docutils names by line only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self.at = 0

    def seek(self, line: int | None) -> None:
        """Go on at a line, never back."""
        if line is not None and 0 < line <= len(self._starts):
            self.at = max(self.at, self._starts[line - 1])

    def find(self, words: str) -> int:
        """The offset where `words` stand next, before a blank line; where the search began, if an escape hides them."""
        stripped = words.strip()
        lead = len(words) - len(words.lstrip())
        end = self._text.find("\n\n", self.at)
        end = end if end != -1 else len(self._text)
        found = self._text.find(stripped, self.at, end)
        if found == -1:
            found = self._text.find(stripped.split()[0], self.at, end)
        if found == -1:
            return self.at
        self.at = found + len(stripped)
        return max(0, found - lead)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or the like: the line where docutils says that it begins (or None), and its words in pieces."""

    line: int | None
    pieces: tuple[str, ...]


def _blocks(document: nodes.document) -> Iterator[_Block]:
    """The blocks of prose in the order of the document."""
    for node in document.findall(nodes.TextElement):
        if isinstance(node, (*_NO_PROSE, nodes.Inline)) or any(
            isinstance(up, (nodes.TextElement, *_NO_PROSE)) for up in _above(node)
        ):
            continue
        pieces = tuple(_words(leaf) for leaf in node.findall(nodes.Text) if not _is_code(leaf))
        if any(piece.strip() for piece in pieces):
            yield _Block(_line(node), pieces)


def _parse(text: str, name: str) -> nodes.document:
    """The document tree; what docutils has to say about faults of the markup goes nowhere: they are the author's."""
    settings = {
        "report_level": 5,
        "halt_level": 5,
        "warning_stream": io.StringIO(),
        "file_insertion_enabled": False,
        "raw_enabled": False,
        "line_length_limit": MAX_UNBROKEN,
        "input_encoding": "unicode",
        "doctitle_xform": False,
        "docinfo_xform": False,
        # The user's own settings files could switch on what is switched off here.
        "_disable_config": True,
    }
    try:
        return core.publish_doctree(text, source_path=name, settings_overrides=settings)
    except RecursionError:
        cause = "it is nested too deep"
        raise FormatError(name, cause, "Check what made the file: no prose is nested like that") from None


def _warn_of_unknown(document: nodes.document, name: str, warn: Warn) -> None:
    """Say which directives docutils does not know, such as Sphinx's: their content is not read."""
    unknown: dict[str, int] = {}
    for message in document.findall(nodes.system_message):
        match = _UNKNOWN.match(message.astext().partition(") ")[2] or message.astext())
        if match is not None:
            unknown.setdefault(match[1], int(message.get("line", 1)))
    if unknown:
        listed = ", ".join(f"{directive} (line {line})" for directive, line in unknown.items())
        warn(f"{name}: not read, as docutils does not know these directives: {listed}")


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _is_code(leaf: nodes.Node) -> bool:
    return any(isinstance(up, nodes.raw | nodes.system_message | nodes.math) for up in _above(leaf))


def _words(leaf: nodes.Text) -> str:
    """The words of a piece; of a role that docutils does not know (Sphinx has dozens) the words that it shows."""
    if isinstance(leaf.parent, nodes.problematic):
        match = _ROLE.fullmatch(leaf.astext())
        if match is not None:
            return match[1]
    return leaf.astext()


def _line(node: nodes.TextElement) -> int | None:
    """The line that a node begins in; of a heading docutils names the line of the rule below it."""
    line: int | None = node.line
    if line is None:
        return None
    return max(1, line - 1) if isinstance(node, nodes.title | nodes.subtitle) else line
