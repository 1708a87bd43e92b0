"""HTML: the text that a browser shows, in paragraphs.

Navigation, buttons and footers are read, too: boilerplate that leaked into a translation is a finding. Left out is
what readers do not see or what is no language: scripts and styles, `template`, `noscript`, `pre`, form fields,
graphics and formulas, ruby readings, and elements hidden by `hidden`, `aria-hidden="true"` or `display: none` in
their own `style`. The page's title is a paragraph. Attributes (`alt`, `title`) are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from mtaudit.readers.assembly import Assembly
from mtaudit.readers.html_tokens import Kind, Token, attributes, tokens
from mtaudit.types import Document


def _elements(names: str) -> frozenset[str]:
    return frozenset(names.split())


_VOID = _elements("area base br col embed hr img input link meta param source track wbr")

#: Elements that start and end on lines of their own: `display: block`, `list-item` or a table part in the rendering
#: section of the HTML standard (15.3), and those that read as units of their own (button, option, ...).
_BLOCKS = _elements(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noframes ol p "
    "pre search section summary table tbody td tfoot th thead title tr ul xmp"
)

_NOT_PROSE = _elements(
    "script style template noscript pre xmp textarea select datalist svg math iframe object audio video canvas "
    "noembed noframes rp rt"
)

#: Elements whose end tag closes whatever is still open inside them.
_SPECIAL = _BLOCKS | _NOT_PROSE

#: Which open elements a start tag closes without an end tag, and which elements shield those outside (13.2.6).
_IN_TABLE = _elements("table template")
_TABLE_SECTIONS = _elements("thead tbody tfoot")
_IN_LIST = _elements("ul ol menu dir table td th template")
_IN_TERMS = _elements("dl table td th template")
_IMPLIED_ENDS = {
    "li": (_elements("li"), _IN_LIST),
    "dt": (_elements("dt dd"), _IN_TERMS),
    "dd": (_elements("dt dd"), _IN_TERMS),
    "td": (_elements("td th"), _IN_TABLE),
    "th": (_elements("td th"), _IN_TABLE),
    "tr": (_elements("tr"), _IN_TABLE),
    "thead": (_TABLE_SECTIONS, _IN_TABLE),
    "tbody": (_TABLE_SECTIONS, _IN_TABLE),
    "tfoot": (_TABLE_SECTIONS, _IN_TABLE),
}
_PARAGRAPH = _elements("p")
_SHIELDS_PARAGRAPH = _elements("table td th caption button object template")
_CLOSE_NO_PARAGRAPH = _elements("button body caption head html legend tbody td tfoot th thead title tr")

#: Browsers nest no deeper than this (Blink's limit); it bounds the search for the element that an end tag closes.
_DEEPEST = 512

#: Words with single blanks between them: a stretch that white space collapsing leaves alone.
_RUN = re.compile(r"[^ \t\n\f\r]+(?: [^ \t\n\f\r]+)*")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_html(text: str, name: str, language: str, xml: bool = False) -> Document:
    """The visible text of a page; line breaks in `text` are `\\n`.

    Raises:
        EmptyError: nothing visible.
        FormatError: a paragraph of more than 200,000 characters without a line break.
    """
    assembly = Assembly(text, name, language)
    add_html(text, assembly, place=lambda offset: offset, xml=xml)
    return assembly.finish()


def add_html(source: str, assembly: Assembly, place: Callable[[int], int], xml: bool = False) -> None:
    """Add the visible text of `source` in paragraphs; `place` leads from its offsets to the original's.

    Raises:
        FormatError: see `read_html`.
    """
    page = _Page(assembly, place)
    for token in tokens(source, xml):
        if token.kind is Kind.TEXT:
            page.text(token)
        elif token.kind is Kind.REFERENCE:
            page.reference(token)
        elif token.kind is Kind.START:
            page.start(token)
        elif token.kind is Kind.COMMENT:
            assembly.comment(token.value, place(token.start))
        else:
            page.end(token)
    assembly.end_paragraph()


class _Page:
    """The elements that are open, as far as hiding text depends on them, and what to do with each token."""

    def __init__(self, assembly: Assembly, place: Callable[[int], int]) -> None:
        self._assembly = assembly
        self._place = place
        self._open: list[tuple[str, bool]] = []  # name, and whether the element hides its content
        self._count: Counter[str] = Counter()
        self._hiding = 0
        self._after_break = False

    def text(self, token: Token) -> None:
        """Add text with white space collapsed, line by line."""
        if self._hiding:
            return
        at = 0
        for run in _RUN.finditer(token.value):
            if run.start() > at:
                self._assembly.space(self._place(token.start + at))
            self._assembly.add(run.group(), self._place(token.start + run.start()))
            at = run.end()
        if at < len(token.value):
            self._assembly.space(self._place(token.start + at))
        self._after_break = self._after_break and token.value.isspace()

    def reference(self, token: Token) -> None:
        """Add what a character reference stands for; references to white space collapse, the no-break space stays."""
        if not self._hiding:
            self._assembly.add(token.value, self._place(token.start))
            self._after_break = self._after_break and token.value.isspace()

    def start(self, token: Token) -> None:
        """Open an element."""
        name = token.value
        self._imply_ends(name)
        if not self._hiding:
            if name == "br":
                self._line_break(token)
            elif name in _BLOCKS:
                self._assembly.end_paragraph()
        if name in _VOID or token.closed:
            return
        hides = name in _NOT_PROSE or _is_hidden(token.attributes)
        if hides and not self._hiding:
            self._assembly.drop()
        if len(self._open) < _DEEPEST:
            self._open.append((name, hides))
            self._count[name] += 1
            self._hiding += hides

    def end(self, token: Token) -> None:
        """Close an element and what is still open inside it; an end tag that closes nothing is ignored."""
        name = token.value
        if name == "br":
            if not self._hiding:
                self._line_break(token)
            return
        # `</b>` in a block that lies in the `<b>` does not close the block.
        self._close(frozenset({name}), shields=frozenset() if name in _SPECIAL else _BLOCKS)
        if name in _BLOCKS and not self._hiding:
            self._assembly.end_paragraph()

    def _line_break(self, token: Token) -> None:
        """One `<br>` is a blank: addresses, verse. Two in a row are how old pages part paragraphs."""
        if self._after_break:
            self._assembly.end_paragraph()
        else:
            self._assembly.space(self._place(token.start))
        self._after_break = True

    def _imply_ends(self, name: str) -> None:
        """Close what a start tag closes by the way."""
        if name in _BLOCKS and name not in _CLOSE_NO_PARAGRAPH:
            self._close(_PARAGRAPH, _SHIELDS_PARAGRAPH)
        if name in _IMPLIED_ENDS:
            self._close(*_IMPLIED_ENDS[name])

    def _close(self, names: frozenset[str], shields: frozenset[str]) -> None:
        """Close the innermost open element of those names, unless a shielding one lies inside it."""
        if not any(self._count[name] for name in names):
            return
        for depth in range(len(self._open) - 1, -1, -1):
            name = self._open[depth][0]
            if name in names:
                for closed, hid in self._open[depth:]:
                    self._count[closed] -= 1
                    self._hiding -= hid
                del self._open[depth:]
                return
            if name in shields:
                return


def _is_hidden(source: str) -> bool:
    """Whether a start tag's attributes hide the element."""
    lower = source.lower()
    if "hidden" not in lower and "none" not in lower:
        return False
    found = attributes(source)
    return (
        "hidden" in found
        or found.get("aria-hidden", "").strip().lower() == "true"
        or _DISPLAY_NONE.search(found.get("style", "")) is not None
    )
