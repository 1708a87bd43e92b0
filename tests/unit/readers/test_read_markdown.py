"""Markdown: the prose of each construct, with its place."""

from __future__ import annotations

import pytest

from mtaudit.errors import EmptyError, FormatError
from mtaudit.readers.markdown import read_markdown
from mtaudit.types import Position


@pytest.mark.parametrize(
    ("source", "paragraphs"),
    [
        pytest.param("# One ##\n\nTwo\n===\n\nthree", ["One", "Two", "three"], id="headings"),
        pytest.param("a\nb  \nc\\\nd", ["a b c d"], id="line breaks"),
        pytest.param("- a\n  b\n- c\n  1. d\n", ["a b", "c", "d"], id="lists"),
        pytest.param("> a\n> > b\nlazy\n", ["a", "b lazy"], id="quotes"),
        pytest.param("| a | b\\|c |\n|---|---|\n| - | |\n| 1. x | *y* |", ["a", "b|c", "-", "1. x", "y"], id="table"),
        pytest.param("a *b* **c** ~~d~~ _e_ snake_case * x", ["a b c d e snake_case * x"], id="emphasis"),
        pytest.param("[a *b*](http://x (t t)) and ![c](d.png 'e') f", ["a b and c f"], id="links and images"),
        pytest.param("[a][R] [R] [none]\n\n[r]: http://x 'title'", ["a R [none]"], id="references"),
        pytest.param("a [![b](c.svg)](d) e", ["a b e"], id="linked image"),
        pytest.param("run `a *b*` and `` `c` ``.", ["run a *b* and `c`."], id="inline code stays"),
        pytest.param("see <https://x.example/%C3%BC>.", ["see https://x.example/%C3%BC."], id="address in a sentence"),
        pytest.param("a\n\n<https://x.example>\n\nhttps://x.example\n", ["a"], id="address alone"),
        pytest.param("a&amp;b &uuml; \\*c\\* \\d &bogus;", ["a&b ü *c* \\d &bogus;"], id="entities and escapes"),
        pytest.param("a <b>b</b> <!-- no -->, c<br>d", ["a b, c d"], id="HTML inside"),
        pytest.param('<p align="center">a &amp; <b>b</b>\nc</p>\n\nd', ["a & b c", "d"], id="HTML block"),
        pytest.param("> <div>\n> a\n> </div>", ["a"], id="HTML block in a quote"),
        pytest.param("<!--\nno\n\nno -->\n\na\n\n<script>\nno\n\nno</script>", ["a"], id="comment and script"),
        pytest.param("a\n\n    no\n\n```py\nno\n```\n\n~~~\nno\n~~~\n", ["a"], id="code blocks"),
        pytest.param(
            "a[^1]. b [^2], c\n\n[^1]: One\n[^2]: two words.", ["a. b, c", "One", "two words."], id="footnotes"
        ),
        pytest.param("a ![](x.png) b ![](y.png).", ["a b."], id="images without description"),
        pytest.param("---\ntitle: no\ntags: [x]\n---\n\na", ["a"], id="YAML front matter"),
        pytest.param("+++\ntitle = 'no'\n+++\na", ["a"], id="TOML front matter"),
        pytest.param("---\n---\na", ["a"], id="empty front matter"),
        pytest.param("---\n\na: b\n\n---\n", ["a: b"], id="a rule is no front matter"),
        pytest.param("---\nTitle\n---\na", ["Title", "a"], id="nor is a heading below a rule"),
        pytest.param("---\na: b\n\nc", ["a: b", "c"], id="nor is what has no end"),
    ],
)
def test_prose(source: str, paragraphs: list[str]) -> None:
    assert read_markdown(source, "a.md", "en").text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("two  blanks", id="doubled blank"),
        pytest.param("he left . and slept", id="stray full stop"),
        pytest.param('< p class="lead">The mayor spoke', id="leaked tag"),
        pytest.param("FÃ¼r in\u200bvisible no\u00a0break", id="characters"),
        pytest.param("** not bold ** and [no] (link)", id="broken Markdown"),
    ],
)
def test_damage_survives(damage: str) -> None:
    assert read_markdown(f"- {damage}\n", "a.md", "en").text == damage


PLACES = """\
---
title: x
---
# The *Head* #

First [link](http://first.example "first") and first \\_escaped\\_
> quoted ``co`de`` here
> - deep ![alt](alt.png) deeper

| cell | cell | x\\|y |
|------|------|------|
| row  |      | row  |

<div>
  <p>inside &lt;div&gt;</p>
</div>

Note[^n] last.

[^n]: The note
"""


@pytest.mark.parametrize(
    ("word", "occurrence", "position"),
    [
        pytest.param("The", 1, Position(4, 3), id="heading"),
        pytest.param("Head", 1, Position(4, 8), id="emphasis"),
        pytest.param("link", 1, Position(6, 8), id="link"),
        pytest.param("first", 1, Position(6, 48), id="not the link's title"),
        pytest.param("_escaped", 1, Position(6, 55), id="escape"),
        pytest.param("escaped_", 1, Position(6, 56), id="before an escape"),
        pytest.param("quoted", 1, Position(7, 3), id="quote"),
        pytest.param("co`de", 1, Position(7, 12), id="inline code"),
        pytest.param("here", 1, Position(7, 20), id="after code"),
        pytest.param("deep", 1, Position(8, 5), id="item in a quote"),
        pytest.param("alt", 1, Position(8, 12), id="image"),
        pytest.param("deeper", 1, Position(8, 26), id="after an image"),
        pytest.param("cell", 1, Position(10, 3), id="cell"),
        pytest.param("cell", 2, Position(10, 10), id="same cell again"),
        pytest.param("x|", 1, Position(10, 17), id="before an escaped pipe"),
        pytest.param("|y", 1, Position(10, 19), id="escaped pipe"),
        pytest.param("row", 1, Position(12, 3), id="row"),
        pytest.param("row", 2, Position(12, 17), id="after an empty cell"),
        pytest.param("inside", 1, Position(15, 6), id="HTML block"),
        pytest.param("div", 1, Position(15, 17), id="after a reference"),
        pytest.param("last", 1, Position(18, 10), id="after a footnote mark"),
        pytest.param("The note", 1, Position(20, 7), id="footnote"),
    ],
)
def test_positions(word: str, occurrence: int, position: Position) -> None:
    document = read_markdown(PLACES, "a.md", "en")
    at = -1
    for _ in range(occurrence):
        at = document.text.index(word, at + 1)
    assert document.position(at) == position


@pytest.mark.parametrize(
    "source", ["```\ncode\n```", "[a]: http://x", "---\na: b\n---\n", "<!-- x -->", "![](x)", "***"]
)
def test_no_prose(source: str) -> None:
    with pytest.raises(
        EmptyError, match=r"a.md: there is no text to audit: what it holds is white space, code or markup"
    ):
        read_markdown(source, "a.md", "en")


def test_a_line_without_end_is_no_prose() -> None:
    with pytest.raises(FormatError, match=r"a.md:3: a block of 250,000 characters without a line break is no prose"):
        read_markdown("Fine.\n\n" + "x" * 250_000, "a.md", "en")


def test_embedded_images_are_no_such_line() -> None:
    data = "data:image/png;base64," + "A" * 250_000
    source = f"Before ![chart]({data}) after [image1].\n\n[image1]: <{data}>\n"
    assert read_markdown(source, "a.md", "en").text == "Before chart after image1."


def test_what_is_nested_too_deep_is_not_left_out_in_silence() -> None:
    with pytest.raises(FormatError) as error:
        read_markdown("Fine.\n\n" + ">" * 150 + " lost", "a.md", "en")
    assert error.value.place == "a.md:3"
    assert error.value.cause == "the blocks are nested too deep to be read"
    assert error.value.remedy == "Take out some quote or list marks"


def test_deep_nesting_that_people_write_is_read() -> None:
    assert read_markdown("> " * 20 + "deep", "a.md", "en").text == "deep"
