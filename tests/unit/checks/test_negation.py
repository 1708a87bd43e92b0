from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.negation import Negation
from mtaudit.rules import PairView
from tests.support import bitext, run_pair


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "The water is not salty.", "Das Wasser ist salzig.", ("en", "de"), [("source", "not")], id="not lost"
        ),
        pytest.param(
            "Bicycles aren't allowed on board.",
            "Fahrräder sind an Bord erlaubt.",
            ("en", "de"),
            [("source", "aren't")],
            id="contraction",
        ),
        pytest.param(
            "She has never sold a house.",
            "Sie hat ein Haus verkauft.",
            ("en", "de"),
            [("source", "never")],
            id="never lost",
        ),
        pytest.param(
            "The mayor visited the farm.",
            "Der Bürgermeister besuchte den Hof nicht.",
            ("en", "de"),
            [("target", "nicht")],
            id="nicht put in",
        ),
        pytest.param(
            "The museum has a garden.",
            "Das Museum hat keinen Garten.",
            ("en", "de"),
            [("target", "keinen")],
            id="keinen put in",
        ),
        pytest.param(
            "Das Wasser ist nicht salzig.", "The water is salty.", ("de", "en"), [("source", "nicht")], id="from German"
        ),
        pytest.param(
            "Der Zug kam pünktlich an.",
            "The train did not arrive in time.",
            ("de", "en"),
            [("target", "not")],
            id="into English",
        ),
        *(
            pytest.param(
                f"They wrote {opening}the well is not deep enough{closing} in June.",
                f"Im Juni schrieben sie {opening}der Brunnen ist tief{closing}.",
                ("en", "de"),
                [("source", "not")],
                id=f"in {opening}…{closing}",
            )
            for opening, closing in (
                ('"', '"'),
                ('""', '""'),
                ("``", "''"),
                ("''", "''"),
                ("«", "»"),
                ("»", "«"),
                ("„", "“"),
                ("“", "”"),
            )
        ),
        pytest.param(
            "„„The bell does not ring““ was the answer.",
            "„„Die Glocke läutet““ war die Antwort.",
            ("en", "de"),
            [("source", "not")],
            id="doubled German marks",
        ),
    ],
)
def test_fires(source: str, target: str, languages: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    assert run_pair(Negation(), source, target, languages) == expected


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("The water is not salty.", "Das Wasser ist nicht salzig.", ("en", "de"), id="both"),
        pytest.param("It is impossible to plan.", "Man kann nicht planen.", ("en", "de"), id="prefix in the source"),
        pytest.param("It is not possible.", "Es ist unmöglich.", ("en", "de"), id="prefix in the target"),
        pytest.param("The trip was not successful.", "Die Reise war erfolglos.", ("en", "de"), id="ending"),
        pytest.param(
            "He denied the theft.", "Er bestritt den Diebstahl.", ("en", "de"), id="no negation on either side"
        ),
        pytest.param("He denied the theft.", "Er habe nicht gestohlen, sagte er.", ("en", "de"), id="verb of denial"),
        pytest.param("No fewer than six came.", "Mindestens sechs kamen.", ("en", "de"), id="no fewer than"),
        pytest.param("Not only the young came.", "Auch die Alten kamen.", ("en", "de"), id="not only"),
        pytest.param("He could not help laughing.", "Er musste lachen.", ("en", "de"), id="could not help"),
        pytest.param("It did not start until noon.", "Es begann erst am Mittag.", ("en", "de"), id="until"),
        pytest.param("Don't forget the key.", "Denken Sie an den Schlüssel.", ("en", "de"), id="do not forget"),
        pytest.param("There is nothing wrong with it.", "Damit ist alles gut.", ("en", "de"), id="nothing wrong"),
        pytest.param("Why don't we leave?", "Gehen wir!", ("en", "de"), id="a question"),
        pytest.param("You are coming, aren't you?", "Du kommst, ja?", ("en", "de"), id="question tag"),
        pytest.param("Leave it, or not.", "Lass es oder behalt es.", ("en", "de"), id="or not"),
        pytest.param("She sang “Can't Stay”.", "Sie sang „Can't Stay“.", ("en", "de"), id="title kept as it is"),
        pytest.param("The band Never Land played.", "Die Band Immerland spielte.", ("en", "de"), id="name"),
        pytest.param("i dont like him", "ich mag ihn nicht", ("en", "de"), id="no apostrophe"),
        pytest.param("Es ist kein Wunder.", "I can see why.", ("de", "en"), id="German idiom"),
        pytest.param("Sie lehnte ab, nicht er.", "She refused, he agreed.", ("de", "en"), id="refused"),
        pytest.param(
            "He hung the print “Trees Without Leaves Today” up.",
            "Er hängte das Bild „Bäume im Herbst“ auf.",
            ("en", "de"),
            id="title in quotation marks",
        ),
        pytest.param(
            "The song “boots on the stairs don’t wait” came on.",
            "Es lief das Lied „boots on the stairs don't wait“.",
            ("en", "de"),
            id="quotation that is kept, with another apostrophe",
        ),
        pytest.param(
            "He said “I don’t give a hoot” and left.",
            "Er sagte „das ist mir schnuppe“ und ging.",
            ("en", "de"),
            id="idiom",
        ),
    ],
)
def test_stays_quiet(source: str, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(Negation(), source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("The water is not salty.", "L'eau est salée.", ("en", "fr"), id="target language not covered"),
        pytest.param(
            "L'eau n'est pas salée.", "Das Wasser ist salzig.", ("fr", "de"), id="source language not covered"
        ),
        pytest.param("The water is not salty.", "The water is salty.", ("en", "en"), id="one language"),
        pytest.param(None, "Das Wasser ist nicht salzig.", ("en", "de"), id="no source"),
        pytest.param("The water is not salty.", None, ("en", "de"), id="gap"),
        pytest.param("It is not salty. " * 30, "Es ist salzig. " * 30, ("en", "de"), id="a whole page in one pair"),
    ],
)
def test_is_ignored(source: str | None, target: str | None, languages: tuple[str, str]) -> None:
    assert run_pair(Negation(), source, target, languages) == []


def test_messages_say_what_is_wrong() -> None:
    both = bitext([("The water is not salty.", "Das Wasser ist salzig.")])
    assert both.pairs is not None
    (finding,) = Negation().check(PairView.of(both, both.pairs[0]))
    assert finding.message == "The negation 'not' is lost in the target: one side says the opposite of the other"
    assert finding.evidence == {"word": "not"}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_survived(source: str, target: str) -> None:
    for _, quote in run_pair(Negation(), source or "not", target or "x"):
        assert quote
