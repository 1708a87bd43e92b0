"""Every character of a document leads back to where it stands in the file, whatever the file looks like."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mtaudit.errors import EmptyError
from mtaudit.readers.html import read_html
from mtaudit.readers.markdown import read_markdown
from mtaudit.readers.plain import read_plain
from mtaudit.types import Document, OffsetMap

Reader = Callable[[str, str, str], Document]

WORDS = ["Der", "Rat", "tagt", "über", "neue", "Regeln", ".", "x<y", "AT&T", "Ende.", "-", "3.", "„so“"]
HTML_PIECES = [
    *[
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<br/>",
        "<div hidden>",
        "</div>",
        "<div>",
        "<li>",
        "<ul>",
        "</ul>",
        "<td>",
    ],
    *[
        "<table>",
        "</table>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "<!",
        "<?",
    ],
    *["< p class='x'>", "</ p>", '<a href="', '">', "&amp;", "&nbsp;", "&lt", "&#8222;", "&notit;", "&", "<", ">", "'"],
    *[
        "word",
        "Wörter",
        " ",
        "  ",
        "\n",
        "\t",
        ".",
        "\u00a0",
        "\u200b",
        "<pre>",
        "</pre>",
        "<![CDATA[",
        "]]>",
        "<a/",
        "=",
    ],
]
MARKDOWN_PIECES = [
    *["*", "**", "_", "~~", "`", "``", "[", "](", ")", "](x)", "![", "[^1]", "[^1]: ", "[ref]", "[ref]: ", "\\", "\\*"],
    *[
        "|",
        " | ",
        "\n|---|---|\n",
        "\\|",
        "# ",
        " ##",
        "\n",
        "\n\n",
        "  \n",
        "\n    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "---\n",
    ],
    *[
        "<b>",
        "</b>",
        "<br>",
        "<!-- x -->",
        "<div>\n",
        "</div>",
        "<https://a.example/ü%20b>",
        "https://b.example",
        "&amp;",
    ],
    *[
        "word",
        "Wörter",
        " ",
        "  ",
        ".",
        "```\n",
        "&",
        "<",
        ">",
        "\u00a0",
        '"',
        "===\n",
        "+",
        "title: x\n",
        "!",
        ":",
        "^",
    ],
]
PLAIN_PIECES = [
    "word ",
    "Ende. ",
    "a" * 50,
    " ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "\t",
    "\u00a0",
    "\u200b",
    "-\n",
    "\x0b",
    "\f",
]


def check_places(document: Document, original: str, replaced: str) -> None:
    """Each character stands in the original where the map says, or stands for white space or a sign of `replaced`."""
    lines = original.split("\n")
    start = 0
    for paragraph in document.text.split("\n\n"):
        assert paragraph
        assert paragraph.strip() == paragraph
        assert "\n" not in paragraph
        last = -1
        for offset, character in enumerate(paragraph, start=start):
            assert isinstance(document.map, OffsetMap)
            at = document.map.original(offset)
            assert at > last, "the text is not in the order of the file"
            last = at
            there = original[at]
            position = document.position(offset)
            assert lines[position.line - 1][position.column - 1 : position.column] in (there, "")
            if character != there:
                assert (character.isspace() and there.isspace()) or there in replaced
        start += len(paragraph) + 2


@pytest.mark.parametrize(
    ("read", "pieces", "replaced"),
    [
        pytest.param(read_plain, PLAIN_PIECES, "", id="plain"),
        pytest.param(read_html, HTML_PIECES, "&<", id="html"),
        pytest.param(read_markdown, MARKDOWN_PIECES, "&<", id="markdown"),
    ],
)
def test_every_character_has_its_place(read: Reader, pieces: list[str], replaced: str) -> None:
    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.sampled_from(pieces), max_size=40).map("".join))
    def property_(original: str) -> None:
        try:
            document = read(original, "wild", "de")
        except EmptyError:
            return
        check_places(document, original, replaced)

    property_()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PLAIN_PIECES), max_size=40).map("".join))
def test_plain_text_loses_nothing_but_white_space(original: str) -> None:
    try:
        text = read_plain(original, "wild", "en").text
    except EmptyError:
        text = ""
    assert "".join(text.split()) == "".join(original.split())


PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=5)
SPACES = st.sampled_from([" ", "\n", " \n\t", "  ", "<!-- note --> ", " <span></span> "])
WRAPPINGS = st.sampled_from(
    ["{}", "<b>{}</b>", "<a href=\"?a=1&b=2\" title='<p>'>{}</a>", "<code>{}</code>", "<i\n>{}</i >"]
)
BLOCKS = st.sampled_from(
    ["<p>{}</p>", "<p>{}", "<li>{}", "<div><h2>{}</h2></div>", "<td>{}</td>", "<button>{}</button>"]
)


@settings(max_examples=50, deadline=None)
@given(PARAGRAPHS, st.data())
def test_html_round_trip(paragraphs: list[list[str]], data: st.DataObject) -> None:
    page = ""
    for words in paragraphs:
        inside = ""
        for word in words:
            inside += data.draw(SPACES) + data.draw(WRAPPINGS).format(html.escape(word))
        page += data.draw(BLOCKS).format(inside)
    document = read_html(page, "page", "de")
    assert document.text == "\n\n".join(" ".join(words) for words in paragraphs)
    check_places(document, page, "&<")


#: Without what the two formats treat differently: images, autolinks, footnotes, raw HTML.
RENDERED_PIECES = [
    piece for piece in MARKDOWN_PIECES if not piece.startswith(("<", "!", "[^", "^", "https", "title", "---"))
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(RENDERED_PIECES), max_size=40).map("".join))
def test_markdown_says_what_its_rendering_says(original: str) -> None:
    # The independent source: markdown-it's own renderer, and what a browser shows of its output.
    rendered = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render(original)
    texts = []
    for read, source in ((read_markdown, original), (read_html, rendered)):
        try:
            texts.append(read(source, "wild", "en").text.split())
        except EmptyError:
            texts.append([])
    assert texts[0] == texts[1]
