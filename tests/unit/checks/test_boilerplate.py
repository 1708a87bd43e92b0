from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.boilerplate import LeftoverBoilerplate
from mtaudit.rules import DocumentView
from tests.support import bitext, run_document

Pairs = list[tuple[str | None, str | None]]

A = ("The old mill was sold last week.", "Die alte Mühle wurde letzte Woche verkauft.")
B = ("He wants to grind his own flour.", "Er will sein eigenes Mehl mahlen.")
MENU = ["Startseite", "Sport", "Kultur", "Anmelden", "Suche", "Impressum"]
DISHES = ["Suppe", "Braten", "Salat", "Kuchen"]


def extra(*lines: str) -> Pairs:
    return [(None, line) for line in lines]


@pytest.mark.parametrize(
    ("pairs", "languages", "expected"),
    [
        pytest.param(
            [A, *extra("Jetzt Newsletter abonnieren", "Newsletter abonnieren und nichts verpassen"), B],
            ("en", "de"),
            ["Newsletter abonnieren und nichts verpassen"],
            id="only lines that begin with the phrase",
        ),
        pytest.param([A, *extra("Diesen Artikel teilen"), B], ("en", "de"), ["Diesen Artikel teilen"], id="share"),
        pytest.param(
            [*extra(A[1], "Lesen Sie auch: Der Müller und seine Söhne", B[1])],
            ("en", "de"),
            ["Lesen Sie auch: Der Müller und seine Söhne"],
            id="phrase, no source",
        ),
        pytest.param([A, *extra("Teilen"), B], ("en", "de"), ["Teilen"], id="one button"),
        pytest.param([A, *extra("Facebook"), B], ("en", "de"), ["Facebook"], id="network"),
        pytest.param([A, *extra("Advertisement"), B], ("en", "de"), ["Advertisement"], id="label of another language"),
        pytest.param([A, *extra("Foto: Anna Berg"), B], ("en", "de"), ["Foto: Anna Berg"], id="picture credit"),
        pytest.param(
            [A, *extra("Hochwasser an der Oder / Getty Images")],
            ("en", "de"),
            ["Hochwasser an der Oder / Getty Images"],
            id="agency",
        ),
        pytest.param([A, B, *extra(*MENU)], ("en", "de"), MENU, id="menu"),
        pytest.param(extra(*MENU, A[1]), ("en", "de"), MENU, id="menu, no source"),
        pytest.param([A, *extra(*DISHES), B], ("en", "de"), DISHES, id="row of short lines that the source lacks"),
        pytest.param([A, *extra("Partager sur Facebook")], ("en", "fr"), ["Partager sur Facebook"], id="French"),
        pytest.param(
            [A, *extra("Читайте также: новости дня")], ("en", "ru"), ["Читайте также: новости дня"], id="Russian"
        ),
        pytest.param([A, *extra("版权所有")], ("en", "zh"), ["版权所有"], id="Chinese"),
    ],
)
def test_fires(pairs: Pairs, languages: tuple[str, str], expected: list[str]) -> None:
    assert [quote for _, quote in run_document(LeftoverBoilerplate(), pairs, languages)] == expected


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([A, B], id="prose"),
        pytest.param([A, ("Share this article", "Diesen Artikel teilen"), B], id="the source has it too"),
        pytest.param([A, ("Photo: Anna Berg", "Foto: Anna Berg"), B], id="credit in both"),
        pytest.param(
            [("Home", "Startseite"), ("Search", "Suche"), ("Login", "Anmelden"), ("Imprint", "Impressum")],
            id="menu in both",
        ),
        pytest.param(extra(A[1], *DISHES, B[1]), id="list, no source"),
        pytest.param(extra(A[1], "Teilen", B[1]), id="one label, no source"),
        pytest.param(extra(A[1], "Foto: Anna Berg", B[1]), id="credit, no source"),
        pytest.param([A, *extra("Er fragte, ob wir Cookies mögen."), B], id="an extra sentence is no debris"),
        pytest.param(
            [A, *extra("Mehr zum Thema " + "Mühlen und Bäche, Wehre und Wiesen, " * 6)], id="a long paragraph is prose"
        ),
        pytest.param([A, *extra("happy", "bored", "amazed", "sleepy", "share", "reply")], id="foreign labels: MT104"),
    ],
)
def test_stays_quiet(pairs: Pairs) -> None:
    assert run_document(LeftoverBoilerplate(), pairs) == []


def test_a_source_raises_the_confidence() -> None:
    confidences = []
    for pairs in ([A, *extra("Wir verwenden Cookies.")], extra(A[1], "Wir verwenden Cookies.")):
        both = bitext(pairs)
        assert both.pairs is not None
        (finding,) = LeftoverBoilerplate().check(DocumentView(both, both.pairs))
        confidences.append(finding.confidence)
        assert finding.evidence == {"kind": "phrase", "lines": 1}
    assert confidences == [0.8, 0.6]


def test_the_message_names_the_run() -> None:
    both = bitext([A, *extra(*MENU)])
    assert both.pairs is not None
    first = next(iter(LeftoverBoilerplate().check(DocumentView(both, both.pairs))))
    assert first.message == (
        "'Startseite' is one of 6 short lines in a row that look like buttons or a menu"
        " and has no counterpart in the source"
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="ab /:©.\n", min_size=1, max_size=12), min_size=1, max_size=12), st.booleans())
def test_any_lines_are_survived(lines: list[str], with_source: bool) -> None:
    pairs: Pairs = [(A[0] if with_source else None, A[1]), *((None, line) for line in lines)]
    for side, _ in run_document(LeftoverBoilerplate(), pairs):
        assert side == "target"
