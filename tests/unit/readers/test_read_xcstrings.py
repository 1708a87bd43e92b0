"""Apple's string catalogues: choice of the language, variations, states."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtaudit.errors import FormatError, LanguageError
from mtaudit.types import Side
from tests.unit.readers.formats import assert_places, read, where


def unit(value: str, state: str = "translated") -> dict[str, object]:
    return {"stringUnit": {"state": state, "value": value}}


CATALOGUE = {
    "sourceLanguage": "en",
    "strings": {
        "": {},
        "Open %@": {"comment": "button", "localizations": {"de": unit("„%@“ öffnen"), "fr": unit("Ouvrir %@")}},
        "ships": {
            "localizations": {
                "en": {"variations": {"plural": {"one": unit("%lld ship"), "other": unit("%lld ships")}}},
                "de": {
                    "variations": {"plural": {"one": unit("Ein Schiff"), "other": unit("%lld Schiffe", "needs_review")}}
                },
            }
        },
        "tap": {
            "localizations": {
                "en": unit("Tap here"),
                "de": {"variations": {"device": {"mac": unit("Hier klicken"), "other": unit("Hier tippen")}}},
            }
        },
        "API": {"shouldTranslate": False},
        "Old": {"extractionState": "stale", "localizations": {"de": unit("Alt")}},
        "Untranslated": {"localizations": {"fr": unit("Rien")}},
    },
    "version": "1.0",
}


def test_catalogue(tmp_path: Path) -> None:
    original = json.dumps(CATALOGUE, ensure_ascii=False, indent=2)
    found = read(tmp_path / "a.xcstrings", original, ("und", "de"))
    assert found.languages == ("en", "de")
    assert found.pairs == [
        ("Open %@", "Open %@", "„%@“ öffnen"),
        ("ships[one]", "%lld ship", "Ein Schiff"),
        ("ships[other]", "%lld ships", "%lld Schiffe"),
        ("tap[mac]", "Tap here", "Hier klicken"),
        ("tap[other]", "Tap here", "Hier tippen"),
    ]
    units = found.bitext.units
    assert (units[0].note, units[1].exact, units[2].state) == ("button", 1, "needs_review")
    assert found.place(Side.TARGET, "Ein Schiff") == where(original, "Ein Schiff")
    assert_places(found, original, Side.TARGET)
    (told,) = found.told
    assert told.endswith("1 not to be translated; 1 that the program no longer has; 1 without a translation")


@pytest.mark.parametrize(
    ("data", "language", "kind", "cause"),
    [
        (CATALOGUE, "und", FormatError, "there are 2 translations: de, fr"),
        (CATALOGUE, "ja", LanguageError, "there is no text in ja, but in de, fr"),
        ({"sourceLanguage": "en", "strings": {}}, "und", FormatError, "there is no translation"),
        ({"strings": {}}, "de", FormatError, "this is no string catalogue"),
    ],
)
def test_unusable(tmp_path: Path, data: dict[str, object], language: str, kind: type[Exception], cause: str) -> None:
    with pytest.raises(kind, match=cause):
        read(tmp_path / "a.xcstrings", json.dumps(data), ("und", language))


@pytest.mark.parametrize("language", ["ru", "ar", "ja"])
def test_the_only_language_needs_no_choice(tmp_path: Path, language: str) -> None:
    data = {"sourceLanguage": "en", "strings": {"Yes": {"localizations": {language: unit("x")}}}}
    assert read(tmp_path / "a.xcstrings", json.dumps(data)).languages == ("en", language)
