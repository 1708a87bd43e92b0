"""Foreign text in a terminal: what is shown for it, how words are marked, how lines wrap."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from mtaudit.reporters.display import Mark, marked, superscript, visible, wrapped
from mtaudit.types import Severity

MAJOR, MINOR = Severity.MAJOR, Severity.MINOR


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Größe & [bold] 本 👍🏽 שלום é", "Größe & [bold] 本 👍🏽 שלום é", id="plain"),
        pytest.param("\x1b[31m", "␛[31m", id="escape"),
        pytest.param("\x9b2J", "\\x9b2J", id="c1-escape"),
        pytest.param("a\tb", "a␉b", id="tab"),
        pytest.param("a\nb\r", "a␊ b␍", id="line-ends"),
        pytest.param("\x00\x08\x7f", "␀␈␡", id="controls"),
        pytest.param("\u202eabc\u202c\u2066", "\\u202eabc\\u202c\\u2066", id="bidi"),
        pytest.param("\u2028\u2029\x85", "\\u2028\\u2029\\x85", id="separators"),
        pytest.param("\ufeffZu\u200bg\u00ad", "\\ufeffZu\\u200bg\\xad", id="invisible"),
        pytest.param("\ud800", "\\ud800", id="surrogate"),
        pytest.param("\ue000", "\\ue000", id="private"),
        pytest.param("\U000e0041", "\\U000e0041", id="tag"),
        pytest.param("👩‍🚀 ❤️‍🔥", "👩‍🚀 ❤️‍🔥", id="joined-emoji"),
        pytest.param("می‌خواهم", "می‌خواهم", id="persian-joiner"),
        pytest.param("Ha\u200dus\u200d", "Ha\\u200dus\\u200d", id="joiner-in-latin"),
        pytest.param("👩\u200d\u202e", "👩\\u200d\\u202e", id="joiner-before-hidden"),
        pytest.param("⟦x⟧", "\\u27e6x\\u27e7", id="our-own-brackets"),
        pytest.param("", "", id="empty"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b\u202e\u200d\u200c\n\x9b")))
def test_nothing_hidden_is_left(text: str) -> None:
    shown = visible(text).replace("\u200d", "").replace("\u200c", "")
    assert not [character for character in shown if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        pytest.param([], "abc def ghi", id="none"),
        pytest.param([(4, 7)], "abc ⟦def⟧¹ ghi", id="one"),
        pytest.param([(0, 11)], "⟦abc def ghi⟧¹", id="whole"),
        pytest.param([(8, 11), (0, 3)], "⟦abc⟧² def ⟦ghi⟧¹", id="apart"),
        pytest.param([(0, 4), (4, 7)], "⟦abc ⟧¹⟦def⟧² ghi", id="touching"),
        pytest.param([(4, 7), (4, 7)], "abc ⟦def⟧¹,² ghi", id="coinciding"),
        pytest.param([(0, 7), (4, 5)], "⟦abc ⟦d⟧²ef⟧¹ ghi", id="nested"),
        pytest.param([(4, 5), (4, 7)], "abc ⟦⟦d⟧¹ef⟧² ghi", id="nested-at-start"),
        pytest.param([(6, 7), (4, 7)], "abc ⟦de⟦f⟧¹⟧² ghi", id="nested-at-end"),
        pytest.param([(0, 5), (4, 7)], "⟦abc def⟧¹,² ghi", id="crossing"),
        pytest.param([(0, 5), (2, 7), (6, 9)], "⟦abc def g⟧¹,²,³hi", id="chain"),
        pytest.param([(0, 11), (1, 5), (4, 7)], "⟦a⟦bc def⟧²,³ ghi⟧¹", id="crossing-inside"),
        pytest.param([(0, 8), (2, 5), (4, 8)], "⟦ab⟦c def ⟧²,³⟧¹ghi", id="crossing-up-to-the-outer-end"),
        pytest.param([(0, 7), (0, 5), (4, 7)], "⟦abc def⟧¹,²,³ ghi", id="crossing-grows-to-the-outer"),
        pytest.param([(0, 7), (2, 5), (4, 9)], "⟦abc def g⟧¹,²,³hi", id="crossing-inner-and-outer"),
        pytest.param([(3, 3)], "abc⟦⟧¹ def ghi", id="point"),
        pytest.param([(3, 3), (3, 3)], "abc⟦⟧¹,² def ghi", id="two-points"),
        pytest.param([(0, 3), (3, 3), (3, 7)], "⟦abc⟧¹⟦⟦⟧² def⟧³ ghi", id="point-between"),
        pytest.param([(3, 4)], "abc⟦␣⟧¹def ghi", id="blank"),
        pytest.param([(1, 2)] * 12, "a⟦b⟧¹,²,³,⁴,⁵,⁶,⁷,⁸,⁹,¹⁰,¹¹,¹²c def ghi", id="twelve"),
    ],
)
def test_marked(spans: list[tuple[int, int]], shown: str) -> None:
    marks = [Mark(start, end, (number,), MAJOR) for number, (start, end) in enumerate(spans, 1)]
    assert marked("abc def ghi", marks).plain == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\u00a0b", "a⟦\\xa0⟧¹b", id="no-break"),
        pytest.param("a\tb", "a⟦␉⟧¹b", id="tab"),
        pytest.param("a\u3000b", "a⟦\\u3000⟧¹b", id="ideographic"),
        pytest.param("a\u202eb", "a⟦\\u202e⟧¹b", id="override"),
    ],
)
def test_marked_invisible(text: str, shown: str) -> None:
    assert marked(text, [Mark(1, 2, (1,), MAJOR)]).plain == shown


def test_inner_words_have_the_colour_of_the_worst() -> None:
    text = marked("abc def", [Mark(0, 7, (1,), MINOR), Mark(4, 7, (2,), Severity.CRITICAL)])
    styles = {text.plain[span.start : span.end]: str(span.style) for span in text.spans}
    assert styles["abc "] == "yellow"
    assert styles["def"] == "bold white on red"


_spans = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: (min(ends), max(ends)))


@settings(max_examples=50, deadline=None)
@given(st.lists(_spans, max_size=8))
def test_marks_keep_the_text_and_name_every_number(spans: list[tuple[int, int]]) -> None:
    text = "abcdefghijklmnopqrstu"
    marks = [Mark(start, end, (number,), MAJOR) for number, (start, end) in enumerate(spans, 1)]
    shown = marked(text, marks).plain
    assert "".join(character for character in shown if character in text) == text
    assert shown.count("⟦") == shown.count("⟧")
    assert all(superscript(number) in shown for number in range(1, len(spans) + 1))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 10, [""], id="empty"),
        pytest.param("one two three", 8, ["one two", "three"], id="words"),
        pytest.param("one two  three", 7, ["one two", "three"], id="blanks-at-the-end"),
        pytest.param("one  two", 8, ["one  two"], id="blanks-inside"),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="long-word"),
        pytest.param("ab cdefghij kl", 4, ["ab c", "defg", "hij", "kl"], id="long-word-after-another"),
        pytest.param("本を開く本を", 5, ["本を", "開く", "本を"], id="wide"),
        pytest.param("a\u00a0b c", 3, ["a\u00a0b", "c"], id="no-break-space"),
        pytest.param("cafe\u0301s", 4, ["cafe\u0301", "s"], id="combining"),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrapped(Text(text), width)] == lines


def test_paths_are_not_folded() -> None:
    lines = [line.plain for line in wrapped(Text("in a/very/long/path.txt:1:1 here"), 10, fold=False)]
    assert lines == ["in", "a/very/long/path.txt:1:1", "here"]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("  ab本é👩‍🚀\u0301\ufe0f")), st.integers(4, 30))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    shown = visible(text)
    lines = [line.plain for line in wrapped(Text(shown), width)]
    assert "".join("".join(lines).split()) == "".join(shown.split())
    # A joiner at a fold may cost a cell or two more than rich had measured.
    assert all(cell_len(line) <= width + 2 for line in lines)


def test_the_end_of_a_paragraph_is_shown_as_one_mark() -> None:
    assert visible("One.\n\nTwo.\nThree.") == "One. ¶ Two.␊ Three."
    assert marked("One.\n\nTwo.", [Mark(6, 10, (1,), Severity.MAJOR)]).plain == "One. ¶ ⟦Two.⟧¹"
