"""Which languages two documents are taken to be in, and when that is refused."""

from __future__ import annotations

import pytest

from mtaudit import languages
from mtaudit.errors import LanguageError
from mtaudit.languages import settle_languages
from tests.support import document

EN = (
    "The bakery opens at six and closes at noon.",
    "Its bread is made of rye that grows behind the house.",
    "On Sundays the owner sells cakes to people who come from the lake.",
    "Nobody has ever left her shop without a smile on his face.",
    "In winter she keeps the oven warm throughout the night.",
)
DE = (
    "Die Bäckerei öffnet um sechs und schließt am Mittag.",
    "Ihr Brot ist aus Roggen, der hinter dem Haus wächst.",
    "Sonntags verkauft die Besitzerin Kuchen an Leute, die vom See kommen.",
    "Niemand hat ihren Laden je ohne ein Lächeln verlassen.",
    "Im Winter hält sie den Ofen die ganze Nacht hindurch warm.",
)
JA = ("パン屋は六時に開き、正午に閉まります。", "パンは家の裏で育つライ麦で作られています。")


def mixed(german: int) -> str:
    """The German text of which only so many sentences, the last ones, were translated."""
    return "\n\n".join((*EN[: len(DE) - german], *DE[len(DE) - german :]))


@pytest.mark.parametrize(
    ("target", "said", "expected"),
    [
        pytest.param(mixed(5), "und", "de", id="all of it"),
        pytest.param(mixed(2), "und", "de", id="three fifths untranslated"),
        pytest.param(mixed(1), "und", "de", id="four fifths untranslated"),
        pytest.param(mixed(1), "de", "de", id="four fifths untranslated, language said"),
        pytest.param(mixed(1), "de-AT", "de-AT", id="with a region"),
        pytest.param(" ".join((*EN[:3], *DE[3:])), "und", "de", id="in one paragraph"),
        pytest.param("\n\n".join((*EN, *JA)), "und", "ja", id="without spaces"),
    ],
)
def test_a_half_done_translation_is_audited(target: str, said: str, expected: str) -> None:
    settled = settle_languages(document(" ".join(EN), "en"), document(target, said))
    assert settled[1].language == expected


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        pytest.param((EN, "und"), (EN, "und"), "both are English", id="not translated at all"),
        pytest.param((EN, "en"), (EN, "de"), "the text is English, but -t says German", id="nothing in what was said"),
        pytest.param((EN, "en"), (DE, "fr"), "the text is German, but -t says French", id="third language"),
        pytest.param((DE, "en"), (EN, "de"), "source and target are swapped", id="swapped"),
        pytest.param((mixed(2), "und"), (mixed(2), "und"), "both are English", id="the source is as mixed"),
    ],
)
def test_refused(
    source: tuple[tuple[str, ...] | str, str], target: tuple[tuple[str, ...] | str, str], message: str
) -> None:
    sides = [document(text if isinstance(text, str) else " ".join(text), said) for text, said in (source, target)]
    with pytest.raises(LanguageError) as error:
        settle_languages(sides[0], sides[1])
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("Boats.", "Boote.", id="too short to contradict"),
        pytest.param(
            "The boats were in the harbour when the wind came from the north, and nobody had seen that it would turn so"
            " soon.",
            "Die Boote waren im Hafen, als der Wind aus dem Norden kam, und niemand hatte gesehen, dass er sich so bald"
            " drehen würde.",
            id="function words prove it",
        ),
    ],
)
def test_the_identifier_is_not_asked_where_its_answer_cannot_count(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> dict[str, float]:
        raise AssertionError("the identifier was asked")

    monkeypatch.setattr(languages, "identify", refuse)
    both = document(source, "en"), document(target, "de")
    assert settle_languages(*both) == both
