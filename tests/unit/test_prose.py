"""What models read of a text with codes in it, and where that stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.prose import Prose
from mtaudit.types import Span

CODE = re.compile(r"<[^<>]*>|%s|\{\w*\}")


def prose(text: str) -> Prose:
    return Prose.of(text, [Span(*match.span()) for match in CODE.finditer(text)])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("Nothing to leave out.", "Nothing to leave out.", id="no code"),
        pytest.param("Press <b>Save</b>.", "Press Save.", id="paired tag"),
        pytest.param("un<b>happy</b>", "unhappy", id="paired tag in a word"),
        pytest.param("one<br>two", "one two", id="break parts words"),
        pytest.param('one<ph id="1"/>two', "one two", id="empty tag parts words"),
        pytest.param("one<b/><i>two</i>", "one two", id="one of several parts words"),
        pytest.param("In {place} it rains.", "In it rains.", id="one blank of two"),
        pytest.param("Deleted %s.", "Deleted.", id="no blank before a stop"),
        pytest.param("Deleted %s", "Deleted ", id="at the end"),
        pytest.param("%s was deleted", "was deleted", id="at the start"),
        pytest.param("<p> Yes. </p>", "Yes. ", id="around blanks"),
        pytest.param("%s: %s", ": ", id="hardly anything"),
        pytest.param("<b></b>", "", id="nothing"),
        pytest.param("", "", id="empty"),
    ],
)
def test_codes_are_left_out(text: str, read: str) -> None:
    assert prose(text).text == read


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        pytest.param("Press <b>Save</b> now.", "Save", "Save", id="in a tag"),
        pytest.param("Press <b>Save</b> now.", "now", "now", id="behind a tag"),
        pytest.param("un<b>happy</b> end", "unhappy", "un<b>happy", id="over a code"),
        pytest.param("one<br>two", "two", "two", id="behind a blank that was put in"),
        pytest.param("one<br>two", "one two", "one<br>two", id="over a blank that was put in"),
        pytest.param("Deleted %s, and gone", "Deleted", "Deleted", id="before a blank that was dropped"),
        pytest.param("Deleted %s, and gone", "gone", "gone", id="after a blank that was dropped"),
    ],
)
def test_spans_lead_back(text: str, word: str, place: str) -> None:
    read = prose(text)
    start = read.text.index(word)
    span = read.span(Span(start, start + len(word)))
    assert text[span.start : span.end] == place


@given(st.lists(st.sampled_from(["ab", " ", "c", ".", "<b>", "</b>", "<br>", "%s", "{x}", "é\n"]), max_size=12))
def test_every_word_stands_where_it_is_said_to(parts: list[str]) -> None:
    text = "".join(parts)
    read = prose(text)
    for match in re.finditer(r"\w+|\.", read.text):
        span = read.span(Span(*match.span()))
        assert CODE.sub("", text[span.start : span.end]) == match.group()
    assert re.sub(r"\s", "", read.text) == re.sub(r"\s", "", CODE.sub("", text))
