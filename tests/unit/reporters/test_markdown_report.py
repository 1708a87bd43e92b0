"""The comment on a pull request, rendered: nothing in it but what the report means to say, and never too long."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mtaudit.reporters import ReportOptions
from mtaudit.reporters.flagged import CheckView
from mtaudit.reporters.markdown import MAX_LENGTH, clipped, comment
from mtaudit.types import BadInput, CheckReport, Severity, Side
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build
from tests.unit.reporters.check_fixture import CHECKS, render, site

T = Side.TARGET
ALLOWED = {
    "h2", "h3", "p", "ul", "li", "strong", "code", "sub", "details", "summary",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class _Page(HTMLParser):
    """The tags of a page, and its text with that of `<code>` apart."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.codes: list[str] = []
        self.prose = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "code":
            self._inside = True
            self.codes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "code"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.codes[-1] += data
        else:
            self.prose += data


def page(text: str) -> _Page:
    """The comment as CommonMark with tables renders it."""
    found = _Page()
    found.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))
    return found


@pytest.mark.parametrize("name", CHECKS)
def test_only_the_tags_that_are_meant(name: str) -> None:
    assert page(render("markdown", CHECKS[name]())).tags <= ALLOWED


def test_quotes_are_what_they_are() -> None:
    codes = page(render("markdown", site())).codes
    assert "Der Mond 🌒 steht ⟦12⟧¹ 🌟 Sterne vor der Sonne." in codes
    assert "docs/de/Größe 100%, @team: #1 [x](y) <b>.md:1:1" in codes
    assert "key 0 |<b>" in codes


WILD = st.text(st.sampled_from("a1 @#!$%&~|*_`[]()<>\\:/.{}^\n\t=+-\u202e\x1b"), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(WILD.filter(str.strip), st.booleans())
@example("1) a", False)
@example("- a", False)
@example("      a", True)
@example("---", True)
def test_no_text_is_markup(text: str, fails: bool) -> None:
    audit = build(
        [Bead((f"see {text}",), (f"{text} @me",), 0.5, (Mark("MT201", T, " @me", f"{text} @me #1"),))],
        paths=(f"a/{text}", f"b/{text}"),
    )
    bad = BadInput(f"c/{text}", 3, text, text)
    told = (f"{text} @me #1",)
    found = page(render("markdown", CheckReport((audit,), (bad,), told, told, Severity.MAJOR if fails else None)))
    assert found.tags <= ALLOWED
    # Nobody is told, and no issue is referred to: neither stands in the prose as it would have to.
    assert "@me" not in found.prose
    assert "#1" not in found.prose
    if not set(text) & set("\n\t\u202e\x1b"):
        assert any(code.startswith(text) and code.endswith("⟦ @me⟧¹") for code in found.codes)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("abc", "abc", id="short"),
        pytest.param("abcdefgh", "abcde… [3 more characters]", id="long"),
        pytest.param("abcde f", "abcde… [2 more characters]", id="blank-at-the-cut"),
    ],
)
def test_what_is_cut_is_counted(text: str, shown: str) -> None:
    assert clipped(text, 5) == shown


def large(pairs: int, files: int, text: str) -> CheckReport:
    beads = [Bead((f"{n} {text}",), (f"{n} {text}",), 0.5, (Mark("MT201", T, f"{n} ", text),)) for n in range(pairs)]
    audits = tuple(build(beads, paths=(f"en/{n}.md", f"de/{n}.md")) for n in range(files))
    bad = tuple(BadInput(f"de/{n}.md", 1, text, text) for n in range(500))
    told = tuple(f"{n} {text}" for n in range(1000))
    return CheckReport(audits, bad, told, told, Severity.MAJOR)


@pytest.mark.parametrize(
    ("pairs", "files", "text"),
    [
        pytest.param(300, 3, "word", id="many-pairs"),
        pytest.param(2, 400, "word", id="many-files"),
        pytest.param(40, 1, "<&*" * 3000, id="long-texts-full-of-markup"),
        pytest.param(1, 1, "x" * 100_000, id="one-huge-text"),
    ],
)
def test_never_longer_than_github_takes(pairs: int, files: int, text: str) -> None:
    written = comment(CheckView(large(pairs, files, text), ReportOptions(RULES)))
    assert len(written) <= MAX_LENGTH
    found = page(written)
    assert found.tags <= ALLOWED
    assert "more reasons of the failure" in found.prose
    assert "and " in found.prose.rpartition("Notes")[2]
    assert "Worst suspects" in found.prose
    listed = written.count("MT201 broken-sentence")
    left = pairs * files - listed
    assert listed >= 1
    assert (f"{left:,} more suspect" in found.prose) == bool(left)


def test_everything_is_listed_where_there_is_room() -> None:
    audit = build([Bead((f"No {n}.",), (f"Nein {n}.",), 0.5, (Mark("MT201", T, "Nein", "x"),)) for n in range(60)])
    written = render("markdown", CheckReport((audit,), (), (), (), None))
    assert written.count("MT201 broken-sentence") == 60
    assert "50 more suspects</summary>" in written
    assert "not shown" not in written
