"""HTML: what a browser shows, in paragraphs, with its place."""

from __future__ import annotations

import pytest

from mtaudit.errors import EmptyError, FormatError
from mtaudit.readers.html import read_html
from mtaudit.types import Position


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        pytest.param("<p>One</p><p>Two</p>", ["One", "Two"], id="paragraphs"),
        pytest.param("<p>One<p>Two<li>Three<h1>Four</h1>five", ["One", "Two", "Three", "Four", "five"], id="unclosed"),
        pytest.param("a<div>b</div>c<hr>d<td>e", ["a", "b", "c", "d", "e"], id="blocks"),
        pytest.param("<p>a <b>b</b><i>c</i> <a href='x'>d</a></p>", ["a bc d"], id="inline elements"),
        pytest.param("<p>  a \n\t b  <b> c</b> </p>", ["a b c"], id="white space"),
        pytest.param("<p>a<br>b<br/>c</p>", ["a b c"], id="line breaks"),
        pytest.param("a<br><br>b<br> &nbsp;<br>c", ["a", "b", "c"], id="two line breaks"),
        pytest.param(
            "<p>a&nbsp;b &lt;c&gt; &#8222;d&#x201c; &copy2020</p>", ["a\u00a0b <c> „d“ ©2020"], id="references"
        ),
        pytest.param("<p>AT&T, a & b, &bogus; &#;", ["AT&T, a & b, &bogus; &#;"], id="no references"),
        pytest.param("<p>&amp;nbsp; and &amp;amp;</p>", ["&nbsp; and &amp;"], id="escaped twice"),
        pytest.param("<p>&nbsp;</p><p> x&nbsp;</p>", ["x"], id="blank paragraphs"),
        pytest.param("<title>A &amp; <b>B</title><p>c", ["A & <b>B", "c"], id="title"),
        pytest.param(
            "<nav>Home</nav>t<footer>Imprint</footer><button>Share</button>",
            ["Home", "t", "Imprint", "Share"],
            id="boilerplate is read",
        ),
        pytest.param('<p translate="no">Acme</p>', ["Acme"], id="translate=no is read"),
        pytest.param("<p>call <code>main()</code> now", ["call main() now"], id="inline code"),
        pytest.param("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", ["漢字"], id="ruby"),
    ],
)
def test_text(page: str, paragraphs: list[str]) -> None:
    assert read_html(page, "page.html", "en").text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param("<script>if (a<b) '</p>'</script>x", "x", id="script"),
        pytest.param("<STYLE>p { }</style>x", "x", id="style"),
        pytest.param("<template><p>no</p></template>x", "x", id="template"),
        pytest.param("<noscript><p>no</noscript>x", "x", id="noscript with an open paragraph"),
        pytest.param("<pre>no <b>no</b></pre>x", "x", id="pre"),
        pytest.param("<textarea><p>no</textarea>x", "x", id="textarea"),
        pytest.param("<select><option>no<option>no</select>x", "x", id="select"),
        pytest.param("<svg><title/><style/><g>no</g></svg>x", "x", id="svg"),
        pytest.param("a <math><mi>y</mi></math>, b", "a, b", id="formula before a comma"),
        pytest.param("<p hidden>no<p>x", "x", id="hidden, end tag left out"),
        pytest.param("<ul><li hidden>no<ul><li>no</ul>no<li>x</ul>", "x", id="hidden item with a list"),
        pytest.param("<div HIDDEN>no<div>no</div>no</div>x", "x", id="hidden, nested"),
        pytest.param("<table><tr><td hidden>no<td>x</table>", "x", id="hidden cell"),
        pytest.param("<table><tr hidden><td>no<tr><td>x</table>", "x", id="hidden row"),
        pytest.param("<dl><dt hidden>no<dd>x</dl>", "x", id="hidden term"),
        pytest.param('<span aria-hidden="true">no</span>x', "x", id="aria-hidden"),
        pytest.param('<span aria-hidden="false">x</span>', "x", id="aria-hidden is false"),
        pytest.param("<div style='color:red; Display : none'>no</div>x", "x", id="display none"),
        pytest.param("<div class='hidden none'>x</div>", "x", id="only a class"),
        pytest.param("<!-- no --><!-- <p>no</p> -->x<!---->", "x", id="comments"),
        pytest.param("<!doctype html><?php no ?>x", "x", id="declarations"),
        pytest.param('<img alt="no" title="no">x', "x", id="attributes"),
        pytest.param("x</b></div></p></x>", "x", id="end tags of nothing"),
        pytest.param("<i><div hidden>no</i>no</div>x", "x", id="misnested"),
        pytest.param("x<br hidden></br>y", "x\n\ny", id="end tag of a line break"),
        pytest.param("x<!-- no", "x", id="comment without end"),
        pytest.param("x<script>no", "x", id="script without end"),
        pytest.param("x<a href='no", "x", id="tag without end"),
        pytest.param("x</ no>y", "xy", id="end tag with a blank is a comment"),
    ],
)
def test_what_is_no_prose(page: str, text: str) -> None:
    assert read_html(page, "page.html", "en").text == text


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param('< p class="lead">The mayor spoke.', id="blank after the bracket"),
        pytest.param("a < b and 3 <4", id="signs"),
        pytest.param("< /p> <", id="broken end tag"),
    ],
)
def test_broken_tags_are_text_as_in_a_browser(shown: str) -> None:
    assert read_html(f"<p>{shown}</p>", "page.html", "en").text == shown


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        pytest.param("title='a>b' hidden", True, id="bracket in quotes"),
        pytest.param('title="hidden"', False, id="a value"),
        pytest.param("hidden=hidden", True, id="bare value"),
        pytest.param("class=x/hidden", False, id="part of a bare value"),
        pytest.param("class='x'hidden", True, id="no blank between"),
        pytest.param("hidden=''", True, id="empty value"),
        pytest.param("= hidden", True, id="stray sign"),
    ],
)
def test_attributes(attributes: str, hidden: bool) -> None:
    assert read_html(f"<p {attributes}>one</p><p>two", "x", "en").text == ("two" if hidden else "one\n\ntwo")


@pytest.mark.parametrize(
    ("page", "xml", "text"),
    [
        pytest.param("<p>a<script src='x'/>b</p>", True, "ab", id="empty script"),
        pytest.param("<p>a<script src='x'/>b</p>", False, "a", id="in HTML it has no end"),
        pytest.param("<?xml version='1.0'?><title/><p>b</p>", False, "b", id="the declaration says it"),
        pytest.param("<p><![CDATA[a < b]]></p>", True, "a < b", id="CDATA"),
        pytest.param("<p>a<![CDATA[b]]></p>", False, "a", id="in HTML it is a comment"),
    ],
)
def test_xhtml(page: str, xml: bool, text: str) -> None:
    assert read_html(page, "page.xhtml", "en", xml=xml).text == text


def test_positions() -> None:
    page = "<html>\n<body class=x>\n  <p>A&amp;B\n  <b>bold</b> &quot;end&quot;</p>\n"
    document = read_html(page, "page.html", "en")
    assert document.text == 'A&B bold "end"'
    places = {word: document.position(document.text.index(word)) for word in ("A&", "&", "B", "bold", '"', "end")}
    assert places == {
        "A&": Position(3, 6),
        "&": Position(3, 7),
        "B": Position(3, 12),
        "bold": Position(4, 6),
        '"': Position(4, 15),
        "end": Position(4, 21),
    }


@pytest.mark.parametrize("page", ["<script>let x</script>", "<p> </p><!-- x -->", "<pre>code</pre>"])
def test_nothing_visible(page: str) -> None:
    with pytest.raises(
        EmptyError, match=r"page.html: there is no text to audit: what it holds is white space, code or"
    ):
        read_html(page, "page.html", "en")


def test_a_minified_block_is_no_prose() -> None:
    with pytest.raises(FormatError, match=r"page.html:2: a block of 300,000 characters without a line break"):
        read_html("<p>fine</p>\n<p>" + "x" * 300_000, "page.html", "en")


def test_a_minified_page_is_fine() -> None:
    page = "<p>One paragraph of a page on a single line.</p>" * 10_000
    assert read_html(page, "page.html", "en").text.count("\n\n") == 9_999


@pytest.mark.parametrize("unit", ["<a ", '<a b="', "<!--", "&", "<!", "<", "<a b='x\" ", "<b>", "<i><div></i>", "&#x"])
def test_broken_markup_takes_no_time(unit: str) -> None:
    # The standard library's parser takes minutes for these; nothing is timed here, a relapse is a test that hangs.
    assert "end" in read_html("<p>end</p>" + unit * 50_000, "page.html", "en").text
