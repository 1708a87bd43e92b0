"""Cuts HTML into tokens whose place in the file is exact, in time linear in its length.

Not lxml: it knows lines, no columns (and its lines go wrong after 65,535). Not the standard library's `html.parser`:
it has both, but takes 12 seconds for 40 kB of unclosed tags (quadratic; CVE-2025-6069 is one case), and its reading of
broken markup differs between patch releases of Python, so a finding would move with the interpreter. What follows is
the part of the tokeniser in the HTML standard (section 13.2.5) that decides what a browser shows as text, broken
markup included: `< p>` is text, `<!`, `<?` and `</ ` start a comment, an unclosed comment runs to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from html import unescape
from html.entities import html5
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    REFERENCE = auto()
    START = auto()
    END = auto()
    COMMENT = auto()


class Token(NamedTuple):
    """A piece of HTML from `start` to `end` of the source.

    `value` is the characters of a text or comment or of what a reference stands for, or the lower-case name of a tag;
    `attributes` is the source of a start tag's attributes; `closed` says that it ends in `/>`.
    A named tuple, not a dataclass: a page has a hundred thousand of them, and they never leave this folder.
    """

    kind: Kind
    start: int
    end: int
    value: str
    attributes: str = ""
    closed: bool = False


#: Elements whose content the tokeniser does not look into for tags (HTML standard, 13.1.2 and 13.2.6.4).
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[ \t\n\f/>])", re.IGNORECASE) for name in _RAW}
_FOREIGN = frozenset({"svg", "math"})

#: One attribute, after the white space and slashes before it. Possessive throughout: nothing is tried twice.
_ATTRIBUTE_SOURCE = (
    r"[ \t\n\f/]*+[^ \t\n\f/>][^ \t\n\f/>=]*+"
    r"(?:[ \t\n\f]*+=[ \t\n\f]*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f>\"'][^ \t\n\f>]*+))?+"
)
_ATTRIBUTE = re.compile(
    r"[ \t\n\f/]*+(?P<name>[^ \t\n\f/>][^ \t\n\f/>=]*+)"
    r"(?:[ \t\n\f]*+=[ \t\n\f]*+"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\f>\"'][^ \t\n\f>]*+)))?+"
)
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?:[!?]|/(?![A-Za-z]))[^>]*+(?:>|\Z)"
    rf"|<(?P<slash>/?)(?P<name>[A-Za-z][^ \t\n\f/>]*+)(?P<attributes>(?:{_ATTRIBUTE_SOURCE})*+)"
    r"[ \t\n\f]*+(?P<closed>[ \t\n\f/]*+)(?P<close>>|\Z)",
    re.DOTALL,
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,10};?|#[xX][0-9A-Fa-f]{1,10};?|[A-Za-z][A-Za-z0-9]{1,31};?)")

#: Most HTML is no XHTML, whatever its heading says; the difference matters only for `<script/>` and CDATA.
_XML = re.compile(r"\s*<\?xml\s")


def tokens(source: str, xml: bool = False) -> Iterator[Token]:
    """The texts, references and tags of HTML (or XHTML, if `xml` or an XML declaration says so), in order.

    Declarations and the insides of scripts and the like are left out, and so are comments that do not name this tool.
    No input is an error.
    """
    xml = xml or _XML.match(source) is not None
    at, foreign = 0, 0
    while at < len(source):
        tag = source.find("<", at)
        yield from _characters(source, at, len(source) if tag == -1 else tag)
        if tag == -1:
            return
        at = tag
        cdata = _CDATA.match(source, at) if xml or foreign else None
        if cdata is not None:
            yield Token(Kind.TEXT, cdata.start(1), cdata.end(1), cdata.group(1))
            at = cdata.end()
            continue
        markup = _MARKUP.match(source, at)
        if markup is None:
            yield Token(Kind.TEXT, at, at + 1, "<")
            at += 1
            continue
        at = markup.end()
        if markup["name"] is None or not markup["close"]:
            yield from _comment(markup)
            continue
        name = markup["name"].lower()
        if markup["slash"]:
            foreign -= name in _FOREIGN and foreign > 0
            yield Token(Kind.END, markup.start(), at, name)
            continue
        closed = "/" in markup["closed"] and (xml or foreign > 0 or name in _FOREIGN)
        yield Token(Kind.START, markup.start(), at, name, markup["attributes"], closed)
        foreign += name in _FOREIGN and not closed
        if name in _RAW_ENDS and not closed and not foreign:
            end = _RAW_ENDS[name].search(source, at)
            stop = end.start() if end is not None else len(source)
            if name == "title":
                yield from _characters(source, at, stop)  # tags in it are text
            at = stop


def _comment(markup: re.Match[str]) -> Iterator[Token]:
    """The comment, if it names this tool; nothing for declarations and for a tag that the file ends in."""
    text = markup.group()
    if text.startswith("<!--") and "mtaudit:" in text:
        yield Token(Kind.COMMENT, markup.start(), markup.end(), text.removeprefix("<!--").removesuffix("-->"))


def attributes(source: str) -> dict[str, str]:
    """Names (lower case) and values of a start tag's attributes; the first of two with one name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found


def _characters(source: str, at: int, stop: int) -> Iterator[Token]:
    """Texts and references from `at` to `stop`."""
    while at < stop:
        ampersand = source.find("&", at, stop)
        if ampersand == -1:
            yield Token(Kind.TEXT, at, stop, source[at:stop])
            return
        if ampersand > at:
            yield Token(Kind.TEXT, at, ampersand, source[at:ampersand])
        token = _reference(source, ampersand)
        yield token
        at = token.end


def _reference(source: str, at: int) -> Token:
    """The character reference at `at`, or the ampersand as text if there is none."""
    match = _REFERENCE.match(source, at)
    if match is not None:
        name = match.group()[1:]
        if name[0] == "#":
            return Token(Kind.REFERENCE, at, match.end(), unescape(match.group()))
        # Without a semicolon the longest known name counts, as in `&copy2020`; those names are at least two long.
        for end in range(len(name), 1, -1):
            if name[:end] in html5:
                return Token(Kind.REFERENCE, at, at + 1 + end, html5[name[:end]])
    return Token(Kind.TEXT, at, at + 1, "&")
