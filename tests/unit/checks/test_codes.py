"""Which stretches of a pair's text are codes and no prose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtaudit.checks.codes import inline_codes
from mtaudit.readers.pairs import bitext_of
from mtaudit.types import InlineCode, Side, Span


def codes(text: str) -> list[str]:
    bitext = bitext_of([("First.", "Erstens."), (text, "Ja.")], ("en", "de"))
    assert bitext.pairs is not None
    found = inline_codes(bitext, bitext.pairs[1], Side.SOURCE)
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Plain words, 50 % of them.", [], id="none"),
        pytest.param("Press <b>Save</b>.", ["<b>", "</b>"], id="tags"),
        pytest.param(
            'See <a href="x" class=y>here</a><br/>', ['<a href="x" class=y>', "</a>", "<br/>"], id="attributes"
        ),
        pytest.param("If a < b and c > d", [], id="comparison"),
        pytest.param("Deleted %(count)d of %s in ${dir}", ["%(count)d", "%s", "${dir}"], id="placeholders"),
        pytest.param("Hello {name}, {{ again }}", ["{name}", "{{ again }}"], id="braces"),
        pytest.param("Bread &amp; butter&#160;too", ["&amp;", "&#160;"], id="entities"),
        pytest.param("Note :name and R&D;", [], id="maybe prose"),
        pytest.param('<a href="{url}">on</a>', ['<a href="{url}">', "</a>"], id="placeholder in a tag"),
        pytest.param("{n, number} left", ["{n, number}"], id="simple ICU"),
        pytest.param(
            "{n, plural, one {# door} other {# doors of {x}}} left",
            ["{n, plural, one {", "#", "} other {", "#", "{x}", "}}"],
            id="plural",
        ),
    ],
)
def test_codes_are_found(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_what_the_format_marks_is_code() -> None:
    bitext = bitext_of([("First.", "Erstens."), ("Press [1]Stop[2] twice.", "Zweimal.")], ("en", "de"))
    assert bitext.source is not None
    assert bitext.pairs is not None
    at = bitext.source.text.index("[1]")
    marks = tuple(InlineCode(Span(start, start + 3), "g 1") for start in (at, at + 7))
    marked = replace(bitext, source=replace(bitext.source, codes=marks))
    assert inline_codes(marked, bitext.pairs[1], Side.SOURCE) == (Span(6, 9), Span(13, 16))
    assert inline_codes(marked, bitext.pairs[0], Side.SOURCE) == ()
    assert inline_codes(marked, replace(bitext.pairs[0], source=()), Side.SOURCE) == ()
