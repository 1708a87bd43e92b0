"""Markdown (CommonMark with tables, strikethrough and footnotes): the prose, each character with its place.

markdown-it gives the lines of a block and the tokens inside it, no columns. The columns come from walking through a
block's source beside its tokens: each token says exactly how much source it is made of, except links and images,
whose ends are recorded while they are parsed (`_with_end`).

Headings, paragraphs, list items, table cells, quotes, footnotes, link texts and image descriptions are prose; HTML
inside is read as in a page. Front matter, code blocks, link targets, reference definitions, comments and footnote
marks are not, nor are blocks of nothing but addresses. Inline code and addresses inside a sentence stay, for without
them the sentence would look broken. Line breaks become blanks. Further paragraphs of one footnote are indented, which
CommonMark takes for code: they are not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from mtaudit.errors import FormatError
from mtaudit.readers.assembly import MAX_UNBROKEN, Assembly, unbroken
from mtaudit.readers.html import add_html
from mtaudit.types import Document, OffsetMap, line_starts

#: markdown-it drops what is nested deeper than this; its CommonMark preset says 20, ten levels of lists.
_MAX_NESTING = 100

_YAML_FIRST = re.compile(r"\s*(?:#|-\s|[\[{]|[\"']?[\w][\w .-]*[\"']?\s*:(?:\s|$))")
_TOML_FIRST = re.compile(r"\s*(?:#|\[|[\"']?[\w][\w.-]*[\"']?\s*=)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
#: Images that editors export into the text; the one kind of endless line that real Markdown has.
_DATA_URI = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]*+")
_ONLY_ADDRESSES = re.compile(r"(?:<?(?:https?|ftp|mailto):[^\s<>]++>?\s*+)++")
#: What may stand in a row before its first cell: the marks of the quotes and lists that the table lies in, and pipes.
_BEFORE_CELL = re.compile(r"(?:[\s>|]|[-+*]\s|\d{1,9}[.)]\s)*")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(text: str, name: str, language: str) -> Document:
    """The prose of a Markdown file; line breaks in `text` are `\\n`.

    Raises:
        EmptyError: no prose.
        FormatError: a line of more than 200,000 characters that is no embedded image; nesting that nobody writes.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_UNBROKEN and len(_DATA_URI.sub("", line)) > MAX_UNBROKEN:
            raise unbroken(name, number, len(line))
    assembly = Assembly(text, name, language)
    source = _Source(lines, line_starts(text))
    front = _front_matter(lines)
    before = Token("", "", 0)
    for block in _parser().parse("\n".join([""] * front + lines[front:])):
        if block.level >= _MAX_NESTING - 1 and block.map is not None:
            place = f"{name}:{block.map[0] + 1}"
            raise FormatError(place, "the blocks are nested too deep to be read", "Take out some quote or list marks")
        if block.type == "html_block":
            add_html(block.content, assembly, source.by_line(block).original)
        elif block.type == "inline":
            if before.type in ("th_open", "td_open"):
                places = source.in_row(block)
            elif before.type == "heading_open" and before.markup.startswith("#"):
                places = source.in_heading(block, before.markup)
            else:
                places = source.by_line(block)
            if not _ONLY_ADDRESSES.fullmatch(block.content):
                _Inline(assembly, block.content, places).walk(block.children or [], 0)
            assembly.end_paragraph()
        before = block
    return assembly.finish()


@cache
def _parser() -> MarkdownIt:
    """CommonMark as read here; the rules that glue tokens together are off, for glued tokens hide their sources."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable(["text_join", "fragments_join"])
    parser.inline.ruler.before("link", "footnote", _footnote)
    parser.inline.ruler.at("link", _with_end(link))
    parser.inline.ruler.at("image", _with_end(image))
    parser.inline.ruler.at("autolink", _autolink)
    parser.block.ruler.at("reference", _reference_but_no_footnote)
    return parser


def _with_end(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, leaving on the last token it made the offset where the link or image ends in the source."""

    def rule_with_end(state: StateInline, silent: bool) -> bool:
        found = rule(state, silent)
        if found and not silent:
            state.tokens[-1].meta["end"] = state.pos
        return found

    return rule_with_end


def _autolink(state: StateInline, silent: bool) -> bool:
    """`<https://...>` as one token: markdown-it makes three, with an address that it changed to be readable."""
    start = state.pos
    found = autolink(state, True)
    if found and not silent:
        state.push("autolink", "", 0).content = state.src[start : state.pos]
    return found


def _footnote(state: StateInline, silent: bool) -> bool:
    """`[^1]`; at the start of a line with a colon it is the mark of the note itself."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    end = match.end()
    if (state.pos == 0 or state.src[state.pos - 1] == "\n") and state.src.startswith(":", end):
        end += 1
    if not silent:
        state.push("footnote", "", 0).markup = state.src[state.pos : end]
    state.pos = end
    return True


def _reference_but_no_footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Keeps a footnote of one word from being taken for the definition of a link."""
    if state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    return reference(state, start, end, silent)


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines the metadata at the top of the file takes, 0 if there is none."""
    fence = lines[0].rstrip()
    first, ends = {"---": (_YAML_FIRST, ("---", "...")), "+++": (_TOML_FIRST, ("+++",))}.get(fence, (None, ()))
    if first is None or len(lines) < 3 or not (first.match(lines[1]) or lines[1].rstrip() in ends):
        return 0
    return next((number for number, line in enumerate(lines[1:], start=2) if line.rstrip() in ends), 0)


class _Source:
    """Finds the contents of blocks in the lines of the file; its maps lead from content to file."""

    def __init__(self, lines: Sequence[str], starts: Sequence[int]) -> None:
        self._lines = lines
        self._starts = starts
        self._row_end = 0  # cells of one row share a line: where in the file the last one ended

    def by_line(self, block: Token) -> OffsetMap:
        """Of blocks that have each line of the file, less what marks quotes, lists and indentation at its start."""
        number = _first_line(block)
        contents, originals = [0], [self._starts[number]]
        at = 0
        for content in block.content.split("\n"):
            stripped = content.strip()
            if stripped:
                # markdown-it drops lines of nothing but no-break spaces from the start of a paragraph.
                while not self._lines[number].rstrip().endswith(stripped) and number + 1 < len(self._lines):
                    number += 1
                line = self._lines[number].rstrip()
                body = content.rstrip()
                if not line.endswith(body):
                    body = stripped  # a tab before it was turned into blanks
                contents.append(at + len(content.rstrip()) - len(body))
                originals.append(self._starts[number] + len(line) - len(body))
            at += len(content) + 1
            number += 1
        return OffsetMap(tuple(contents), tuple(originals), ())

    def in_heading(self, block: Token, markup: str) -> OffsetMap:
        """Of a heading that starts, and may end, with hash signs."""
        number = _first_line(block)
        line = self._lines[number]
        at = line.find(block.content, line.index(markup) + len(markup))
        return OffsetMap((0,), (self._starts[number] + at,), ())

    def in_row(self, block: Token) -> OffsetMap:
        """Of the next cell of a table; in the file, a backslash stands before each pipe of its content."""
        number = _first_line(block)
        start, line = self._starts[number], self._lines[number]
        after = max(0, self._row_end - start)
        match = _BEFORE_CELL.match(line, after)
        before = match.end() if match is not None else after
        cell = block.content.replace("|", "\\|")
        # A cell may itself begin like what stands before cells; then it is the last such place that is meant.
        at = start + max(after, line.rfind(cell, after, before + len(cell)))
        if cell:
            self._row_end = at + len(cell)
        pipes = [match.start() for match in re.finditer(r"\|", block.content)]
        originals = [at + pipe + escapes for escapes, pipe in enumerate(pipes, start=1)]
        return OffsetMap((0, *pipes), (at, *originals), ())


def _first_line(block: Token) -> int:
    """The number of a block's first line, from 0; markdown-it gives one to all blocks that have content."""
    return block.map[0] if block.map is not None else 0


class _Inline:
    """Walks through the source of one block beside its tokens and adds what is prose."""

    def __init__(self, assembly: Assembly, source: str, places: OffsetMap) -> None:
        self._assembly = assembly
        self._source = source
        self._places = places

    def walk(self, tokens: Sequence[Token], start: int) -> None:
        """Add the prose of `tokens`, whose source starts at offset `start` of the block's."""
        steps: dict[str, Callable[[Token, int], int]] = {
            "text": self._text,
            "text_special": self._special,
            "softbreak": self._line_break,
            "hardbreak": self._line_break,
            "code_inline": self._code,
            "image": self._image,
            "autolink": self._autolink,
            "html_inline": self._tag,
            "footnote": self._footnote,
        }
        at = start
        for token in tokens:
            at = steps.get(token.type, self._mark)(token, at)
            if "end" in token.meta:
                at = start + token.meta["end"]

    def _add(self, text: str, at: int) -> None:
        """Add `text` that stands at offset `at` of the block, cut where it is not in one piece in the file."""
        starts = self._places.text_starts
        start = 0
        for cut in starts[bisect_right(starts, at) : bisect_left(starts, at + len(text))]:
            self._assembly.add(text[start : cut - at], self._places.original(at + start))
            start = cut - at
        self._assembly.add(text[start:], self._places.original(at + start))

    def _text(self, token: Token, at: int) -> int:
        self._add(token.content, at)
        return at + len(token.content)

    def _special(self, token: Token, at: int) -> int:
        """An escaped sign stands behind its backslash, the character of an entity where the entity starts."""
        escaped = token.info == "escape" and len(token.content) < len(token.markup)
        self._add(token.content, at + escaped)
        return at + len(token.markup)

    def _line_break(self, _: Token, at: int) -> int:
        end = self._source.index("\n", at)
        self._assembly.space(self._places.original(end))
        return _skip_blanks(self._source, end + 1)

    def _code(self, token: Token, at: int) -> int:
        """Inline code: markdown-it takes one blank off both ends, so the source may be two longer than the content."""
        at += len(token.markup)
        end = at + len(token.content)
        stripped = not (
            self._source.startswith(token.markup, end) and self._source[at:end].replace("\n", " ") == token.content
        )
        self._add(token.content, at + stripped)
        return end + 2 * stripped + len(token.markup)

    def _image(self, token: Token, at: int) -> int:
        if not token.children:
            self._assembly.drop()
        self.walk(token.children or [], at + len("!["))
        return at

    def _autolink(self, token: Token, at: int) -> int:
        self._add(token.content[1:-1], at + 1)
        return at + len(token.content)

    def _tag(self, token: Token, at: int) -> int:
        if _LINE_BREAK_TAG.fullmatch(token.content):
            self._assembly.space(self._places.original(at))
        elif token.content.startswith("<!--"):
            self._assembly.drop()
            self._assembly.comment(token.content.removeprefix("<!--").removesuffix("-->"), self._places.original(at))
        return at + len(token.content)

    def _footnote(self, token: Token, at: int) -> int:
        if token.markup.endswith(":"):
            self._assembly.end_paragraph()
        else:
            self._assembly.drop()
        return at + len(token.markup)

    def _mark(self, token: Token, at: int) -> int:
        """The signs of emphasis; those of links are too many to say and come with `_with_end`."""
        return at + (len("[") if token.type == "link_open" else len(token.markup))


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at
