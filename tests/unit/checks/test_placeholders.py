"""MT303 placeholder-mismatch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.markup import PlaceholderMismatch
from mtaudit.rules import PairView
from mtaudit.types import Unit
from tests.support import bitext, quotes, run_pair

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
    "Fluent changed": ("Open { $name }", "Öffne { $nutzer }", [("target", "{ $nutzer }")]),
    "Fluent term lost": ("About { -brand }", "Über uns", [("source", "{ -brand }")]),
    "Fluent function lost": ("On { DATETIME($day) }", "Am Tag", [("source", "{ DATETIME($day) }")]),
    "i18next nesting lost": ("See $t(common.help)", "Siehe Hilfe", [("source", "$t(common.help)")]),
    "Apple's variable lost": ("In %#@files@", "In Dateien", [("source", "%#@files@")]),
    "Apple's object": ("Open %1$@ with %2$@", "%2$@ öffnen", [("source", "%1$@")]),
    "Android": ("%1$s of %2$d", "%2$d von %2$d", [("target", "%2$d")]),
    "Qt numerus lost": ("%n file(s)", "Dateien", [("source", "%n")]),
    "ICU number lost": (
        "{n, plural, other {# files}}", "{n, plural, other {Dateien}}", [("source", "#")]
    ),
    # quiet
    "Fluent with other blanks": ("Open {$name} in { -brand }", "{ -brand } öffnet { $name }", []),
    "ICU number by name": ("{n, plural, other {# files}}", "{n, plural, other {{n} Dateien}}", []),
    "ICU select": ("{g, select, male {His #1} other {Their #1}}", "{g, select, other {Ihre Nr. 1}}", []),
    "ICU branches that Arabic needs": (
        "{n, plural, one {# ship of {who}} other {# ships of {who}}}",
        "{n, plural, zero {لا سفن} one {سفينة} two {سفينتان} few {# سفن {who}} many {# سفينة} other {# سفينة {who}}}",
        [],
    ),
    "ICU without the branch that Japanese lacks": (
        "{n, plural, one {# ship} other {# ships}}", "{n, plural, other {#隻の船}}", []
    ),
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
    "unit with another letter": ("%lih %limin %lis", "%liч %liмин %liс", []),
    "unit where the target's is no Latin letter": ("Need %sB/%sB", "يجب %sب/%sب", []),
    "number that is a part of a name": ("radix64 %02x is no base-64 %s", "radix64 %02x ist kein base-64 %s", []),
    "hexadecimal in other case": ("0x%02X", "0x%02x", []),
    "date format": ("%a %b %e %H:%M:%S %Y", "%A, %-d. %B %Y, %T", []),
    "words between two": ("%sTotal count%s", "%sGesamtzahl%s", []),
    "port": ("server[:port]", "Server[:Anschluss]", []),
    "line feed of a protocol": ("Please%0Aconfirm it.%0AThanks", "Bitte%0A\nbestätigen.%0ADanke", []),
    "numbered, with a width that is one too": ("%.*s in %s: %m", "%3$s: %2$.*1$s: %4$m", []),
    "errno, with and without a number": ("%s in %s: %m", "%2$s: %1$s: %m", []),
    "numbered, of an extension": ("%pB has %s", "%2$s ist in %1$pB", []),
    "nothing": ("Hello!", "Hallo!", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), CASES.values(), ids=CASES)
def test_placeholders(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(PlaceholderMismatch(), source, target) == expected


UNITS = {
    "Russian one is for 21 too": ("%d ships", "%d судно", Unit("a[one]", other_sources=("One ship",)), []),
    "the plural's number in the singular": ("One ship", "%d судно", Unit("a[0]", other_sources=("%d ships",)), []),
    "Arabic dual spelt out": ("%d ships", "سفينتان", Unit("a[2]", exact=2), []),
    "singular spelt out": ("%lld ship", "Ein Schiff", Unit("a[one]", exact=1), []),
    "named number spelt out": ("{{count}} ship", "ein Schiff", Unit("a_one", exact=1), []),
    "spelt out where several numbers fit": (
        "%d ships", "суда", Unit("a[1]", other_sources=("One ship",)), []
    ),
    "one form only, number lost": ("%d ships", "Schiffe", Unit("a[1]", other_sources=("%d ship",)), ["%d"]),
    "two lost": ("%d ships in %s", "سفينتان", Unit("a[2]", exact=2), ["%d", "%s"]),
    "another one added": ("%d ships", "%d Schiffe in %s", Unit("a[1]", other_sources=("One ship",)), ["%s"]),
    "name lost in a form for one number": ("%f tons of %s", "eine Tonne %f", Unit("a", exact=None), ["%s"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "unit", "expected"), UNITS.values(), ids=UNITS)
def test_plural_forms(source: str, target: str, unit: Unit, expected: list[str]) -> None:
    both = replace(bitext([(source, target)]), units=(unit,))
    assert both.pairs is not None
    findings = list(PlaceholderMismatch().check(PairView.of(both, both.pairs[0])))
    assert [words for _, words in quotes(both, findings)] == expected


def test_placeholders_need_both_sides() -> None:
    assert run_pair(PlaceholderMismatch(), None, "Hallo %s") == []
    assert run_pair(PlaceholderMismatch(), "Hello %s", None) == []


@given(st.text(alphabet="%{}$#:,(1sdn) plurao", max_size=50))
@settings(max_examples=50, deadline=None)
def test_a_text_agrees_with_itself(text: str) -> None:
    assert run_pair(PlaceholderMismatch(), text or "x", text or "x") == []
