"""MT303 placeholder-mismatch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.markup import PlaceholderMismatch
from tests.support import run_pair

PLURAL = "{count, plural, one {# file of {user}} other {# files of {user}}}"

CASES: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    # fire
    "printf lost": ("Hello %s!", "Hallo!", [("source", "%s")]),
    "printf with a blank": ("Hello %s!", "Hallo % s!", [("target", "% s")]),
    "printf in wide characters": ("Hello %s!", "你好 ％s！", [("target", "％s")]),
    "printf of another type": ("%d files", "%s Dateien", [("target", "%s")]),
    "unnumbered in another order": ("%s has %d files", "%d Dateien hat %s", [("target", "%d")]),
    "numbered, one lost": ("%1$s and %2$s", "%1$s", [("source", "%2$s")]),
    "named changed": ("%(user)s left", "%(nutzer)s ging", [("target", "%(nutzer)s")]),
    "brace translated": ("Dear {name},", "Liebe {Namen},", [("target", "{Namen}")]),
    "brace in other case": ("Dear {name},", "Liebe {Name},", [("target", "{Name}")]),
    "brace lost": ("{0} of {1}", "{0} von", [("source", "{1}")]),
    "empty brace lost": ("{} of {}", "{} von", [("source", "{}")]),
    "one more": ("Dear {name},", "Liebe {name} {name},", [("target", "{name}")]),
    "shell variable torn apart": ("In ${HOME}", "In $ {HOME}", [("target", "$ {HOME}")]),
    "mustache changed": ("Hi {{user}}", "Hallo {{nutzer}}", [("target", "{{nutzer}}")]),
    "percent signs": ("Dear %%NAME%%", "Liebe Anna", [("source", "%%NAME%%")]),
    "hash signs": ("Your #ORDER_ID# is here", "Ihre # ORDER_ID# ist da", [("target", "# ORDER_ID#")]),
    "Qt": ("Page %1 of %2", "Seite %1 von 2", [("source", "%2")]),
    "Laravel": ("Hello :name, welcome", "Hallo, willkommen", [("source", ":name")]),
    "ICU argument translated": (PLURAL, PLURAL.replace("count", "zahl"), [("target", PLURAL.replace("count", "zahl"))]),
    "ICU inner lost": (PLURAL, "{count, plural, other {# Dateien}}", [("source", "{user}")]),
    # quiet
    "same": ("%s: {name} ${x} {{y}}", "%s: {name} ${x} {{y}}", []),
    "numbered instead of unnumbered": ("%s has %d files", "%2$d Dateien hat %1$s", []),
    "braces in another order": ("{a} of {b}", "{b}: {a}", []),
    "other format": ("{0:.2f} euros", "{0:,.1f} Euro", []),
    "other width": ("%5d files", "%d Dateien", []),
    "blanks in a mustache": ("Hi {{ user }}", "Hallo {{user}}", []),
    "ICU with more forms": (
        PLURAL, "{count, plural, one {# Datei von {user}} few {# D. {user}} other {# Dateien von {user}}}", []
    ),
    "percentage": ("100% of them", "100 % der Leute", []),
    "percentage as an adjective": ("a 5% solution", "eine 5%ige Lösung", []),
    "literal percent": ("%d%% done", "%d %% fertig", []),
    "unit": ("Width: %dpx", "Breite: %d px", []),
    "address": ("See https://example.org/a%20b/%d", "Siehe Anhang", []),
    "before a Chinese character": ("%s has %1$d files of :user at #URL#", "%s有%1$d个:user文件在#URL#上", []),
    "clock": ("at 10:30", "um 10:30 Uhr", []),
    "blank before a colon": ("Note: this", "Remarque :cela", []),
    "nothing": ("Hello!", "Hallo!", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), CASES.values(), ids=CASES)
def test_placeholders(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(PlaceholderMismatch(), source, target) == expected


def test_placeholders_need_both_sides() -> None:
    assert run_pair(PlaceholderMismatch(), None, "Hallo %s") == []
    assert run_pair(PlaceholderMismatch(), "Hello %s", None) == []


@given(st.text(alphabet="%{}$#:,(1sdn) plurao", max_size=50))
@settings(max_examples=50, deadline=None)
def test_a_text_agrees_with_itself(text: str) -> None:
    assert run_pair(PlaceholderMismatch(), text or "x", text or "x") == []
