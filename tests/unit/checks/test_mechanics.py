"""MT307 whitespace, MT308 url-or-email and MT309 letter-case, and the addresses that checks share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks._addresses import addresses, comparable
from mtaudit.checks.mechanics import LetterCase, UrlOrEmail, Whitespace
from mtaudit.rules import PairView
from tests.support import bitext, run_pair

SPACE: dict[str, tuple[str | None, str, str, list[str]]] = {
    # fire
    "before a comma": ("Yes, today.", "Ja , heute.", "de", [" ,"]),
    "before the last full stop": ("He comes today.", "Er kommt heute .", "de", [" ."]),
    "before a question mark": ("Will he come?", "Kommt er ?", "de", [" ?"]),
    "before a colon": ("Note: today", "Hinweis : heute", "de", [" :"]),
    "before a comma in French": ("Yes, today.", "Oui , aujourd'hui.", "fr", [" ,"]),
    "double": ("He comes today.", "Er kommt  heute.", "de", ["  "]),
    "double without a source": (None, "Er kommt  heute.", "de", ["  "]),
    "missing after a sentence": ("It is good. Then he left.", "Es ist gut.Dann ging er.", "de", ["."]),
    "missing after a comma": ("Yes, today.", "Ja,heute.", "de", [","]),
    "inside brackets": ("He (the boss) comes.", "Er ( der Chef ) kommt.", "de", [" ", " "]),
    "tab": ("He comes today.", "Er kommt\theute.", "de", ["\t"]),
    # quiet
    "plain": (None, "Er kommt, wie gesagt, heute: ja! Ehrlich? (Wirklich.)", "de", []),
    "French marks": ("Really? Yes!", "Vraiment ? Oui ! Alors : « bien » ; fini.", "fr", []),
    "stray full stop is another rule's": ("He comes to Iran's neighbours.", "Er kommt . zu den Nachbarn.", "de", []),
    "same in the source": ("Yes , today  now.", "Ja , heute  jetzt.", "de", []),
    "address": (None, "Siehe example.org/Seite.Html und www.beispiel.de,danach", "de", []),
    "abbreviation": (None, "z.B. am 3.Mai d.h. u.a. Dr.med. Müller", "de", []),
    "number": (None, "Es sind 1,5 bis 2.000 Stück um 10.30 Uhr.", "de", []),
    "file name": (None, "Öffne readme.txt in .NET und Node.js", "de", []),
    "emoticon": (None, "Schön :) und gut ;-) und :D", "de", []),
    "ellipsis": (None, "Er kommt ... oder ...", "de", []),
    "Chinese": (None, "他来了， 今天。", "zh", []),
    "line break of a list": (None, "Eins\nzwei", "de", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "language", "expected"), SPACE.values(), ids=SPACE)
def test_whitespace(source: str | None, target: str, language: str, expected: list[str]) -> None:
    found = run_pair(Whitespace(), source, target, ("en", language))
    assert [marked for _, marked in found] == expected


ADDRESSES = {
    "URL before a full stop": ("See https://example.org/a_(b).", ["https://example.org/a_(b)"]),
    "URL in brackets": ("(see http://example.org/a)", ["http://example.org/a"]),
    "URL in Chinese": ("请看https://example.org/a，谢谢", ["https://example.org/a"]),
    "in Chinese, without blanks": (
        "请写信到a@example.org或访问example.com了解@anna吧",
        ["a@example.org", "example.com", "@anna"],
    ),
    "www": ("Visit www.example.co.uk!", ["www.example.co.uk"]),
    "host": ("Visit example.com or shop.example.de/x", ["example.com", "shop.example.de/x"]),
    "e-mail": ("Write to a.b+c@mail.example.org.", ["a.b+c@mail.example.org"]),
    "handle and hashtag": ("@anna_b likes #Rain", ["@anna_b", "#Rain"]),
    "paths": (r"Open C:\Users\anna and /etc/hosts or notes.txt", [r"C:\Users\anna", "/etc/hosts", "notes.txt"]),
    "none": ("He/she said: 3.5 and/or 50 % on 1.2.2024, e.g. No. #1", []),
    "glued sentences": ("It ends.It begins.De nada", []),
}


@pytest.mark.parametrize(("text", "expected"), ADDRESSES.values(), ids=ADDRESSES)
def test_addresses(text: str, expected: list[str]) -> None:
    assert [address.text for address in addresses(text)] == expected


EQUAL = {
    "scheme": ("http://example.org/", "https://www.example.org"),
    "locale in the path": ("https://example.org/en/help", "https://example.org/de-AT/help"),
    "locale in the host": ("https://en.example.org/wiki/Rain", "https://de.example.org/wiki/Regen"),
    "locale in the query": ("https://example.org/?hl=en&x=1", "https://example.org/?hl=de&x=1"),
}


@pytest.mark.parametrize(("one", "two"), EQUAL.values(), ids=EQUAL)
def test_comparable(one: str, two: str) -> None:
    assert comparable(addresses(one)[0]) == comparable(addresses(two)[0])


def test_other_pages_are_not_comparable() -> None:
    one, two = "https://example.org/help", "https://example.org/hilfe"
    assert comparable(addresses(one)[0]) != comparable(addresses(two)[0])


LINKS: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "URL lost": ("See https://example.org/a for more.", "Mehr dazu dort.", [("source", "https://example.org/a")]),
    "URL changed": (
        "See https://example.org/a now.", "Siehe https://example.org/b jetzt.", [("target", "https://example.org/b")]
    ),
    "e-mail translated": ("Write to help@example.org", "An hilfe@example.org", [("target", "hilfe@example.org")]),
    "host torn apart": ("Visit example.com today", "Besuche heute example. com", [("target", "example. com")]),
    "handle torn apart": ("Thanks @anna_b", "Danke @ anna_b", [("target", "@ anna_b")]),
    "file renamed": ("Open notes.txt", "Öffne notizen.txt", [("target", "notizen.txt")]),
    "lost once though there twice": ("a@example.org and a@example.org", "niemand", [("source", "a@example.org")]),
    "same": ("Write to help@example.org", "Schreiben Sie an help@example.org", []),
    "locale": ("See https://example.org/en/a", "Siehe https://example.org/de/a", []),
    "inside a longer word": ("Visit example.com", "Besuche example.com-Seiten", []),
    "none": ("Nothing to see.", "Nichts zu sehen, nur a@example.org", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), LINKS.values(), ids=LINKS)
def test_links(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(UrlOrEmail(), source, target) == expected


def test_links_need_both_sides() -> None:
    assert run_pair(UrlOrEmail(), None, "Siehe https://example.org") == []
    assert run_pair(UrlOrEmail(), "See https://example.org", None) == []


def test_a_translated_hashtag_is_only_hinted_at() -> None:
    both = bitext([("I love #Rain", "Ich liebe #Regen")])
    assert both.pairs is not None
    (finding,) = UrlOrEmail().check(PairView.of(both, both.pairs[0]))
    assert finding.confidence < 0.5


LOUD = "DAS IST EIN LAUTER SATZ."
CASE: dict[str, tuple[str, str, str, list[str]]] = {
    "capitals added": ("This is a sentence.", LOUD, "de", [LOUD]),
    "capitals lost": ("THIS IS A LOUD SENTENCE.", "Das ist ein Satz.", "de", ["Das ist ein Satz."]),
    "abbreviation in small letters": ("The NATO summit", "Der nato-Gipfel", "de", ["nato"]),
    "two capitals": ("Everywhere it rains.", "ÜBerall regnet es.", "de", ["ÜBerall"]),
    "e-mail": ("Send an email.", "Schick eine eMail.", "de", ["eMail"]),
    "both in capitals": ("THIS IS A SENTENCE.", LOUD, "de", []),
    "abbreviation as a name": ("The NATO summit", "Der Nato-Gipfel", "de", []),
    "abbreviation translated": ("The WHO warns", "Die Weltgesundheitsorganisation warnt", "de", []),
    "word of the source as well": ("The WHO and who warns", "Die who warnt", "de", []),
    "short": ("Read this now!", "LIES DAS!", "de", []),
    "Chinese with abbreviations": ("He plays WOW on the PS5.", "他在PS5上玩WOW和GTA以及FIFA。", "zh", []),
    "units and plurals": ("8 GB and PCs", "8 GByte und PCs, LKWs, EUler", "de", []),
    "two capitals in the source": ("An IPhone case", "Eine IPhone-Hülle", "de", []),
    "e-mail in Spanish": ("Send an email.", "Envía un eMail.", "es", []),
}


@pytest.mark.parametrize(("source", "target", "language", "expected"), CASE.values(), ids=CASE)
def test_letter_case(source: str, target: str, language: str, expected: list[str]) -> None:
    assert [marked for _, marked in run_pair(LetterCase(), source, target, ("en", language))] == expected


def test_letter_case_needs_both_sides() -> None:
    assert run_pair(LetterCase(), None, LOUD) == []


@given(st.text(alphabet="Aa.,:;!? \t\n@#/\\(1-e", max_size=40), st.text(alphabet="Aa., @#/", max_size=20))
@settings(max_examples=50, deadline=None)
def test_any_text_is_borne(target: str, source: str) -> None:
    for check in (Whitespace(), UrlOrEmail(), LetterCase()):
        assert all(marked for _, marked in run_pair(check, source or "x", target or "x"))
