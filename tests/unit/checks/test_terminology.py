"""MT401 and MT403: what fires, and above all what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks._compounds import is_part
from mtaudit.checks._forms import FormSearch
from mtaudit.checks._occurrences import finder
from mtaudit.checks.terminology import DoNotTranslate, GlossaryTerm
from mtaudit.rules import PairView
from mtaudit.terms import Glossary, Term
from tests.support import bitext, run_pair

EN_DE = ("en", "de")


def terms(*rows: str) -> Glossary:
    """Rows such as `interest rate = Zinssatz | Zins ! Zinsquote`: source, allowed, forbidden."""
    made = []
    for number, row in enumerate(rows, start=1):
        source, _, rest = row.partition("=")
        allowed, _, forbidden = rest.partition("!")
        forms = [tuple(form.strip() for form in part.split("|") if form.strip()) for part in (allowed, forbidden)]
        made.append(Term(source.strip(), forms[0], forms[1], place=f"terms.tsv:{number}"))
    return Glossary(tuple(made))


@pytest.mark.parametrize(
    ("term", "source", "target"),
    [
        pytest.param(
            "interest rate = Zinssatz", "The interest rates rose.", "Die Zinssätze stiegen.", id="umlaut plural"
        ),
        pytest.param(
            "interest rate = Zinssatz", "The interest rate rose.", "Der Leitzinssatz stieg.", id="compound head"
        ),
        pytest.param("database = Datenbank", "Check the database link.", "Datenbankverbindung prüfen.", id="modifier"),
        pytest.param(
            "notice = Kündigung", "A month's notice is due.", "Die Kündigungsfrist ist ein Monat.", id="link s"
        ),
        pytest.param("school = Schule", "He likes school books.", "Er mag Schulbücher.", id="modifier loses e"),
        pytest.param("company = Firma", "The company seat moved.", "Der Firmensitz zog um.", id="modifier is a plural"),
        pytest.param(
            "language = Sprache", "German-language books", "deutschsprachige Bücher", id="adjective of a noun"
        ),
        pytest.param("house = Haus", "Among the houses", "Zwischen den Häusern", id="dative plural"),
        pytest.param("treaty = Vertrag", "Under the treaty's terms", "Nach dem Wortlaut des Vertrags", id="genitive"),
        pytest.param("museum = Museum", "Three museums", "Drei Museen", id="Latin plural"),
        pytest.param("virus = Virus", "New viruses spread.", "Neue Viren breiten sich aus.", id="virus"),
        pytest.param(
            "artificial intelligence = künstliche Intelligenz",
            "Courses on artificial intelligence",
            "Kurse zu künstlicher Intelligenz",
            id="adjective declined",
        ),
        pytest.param(
            "artificial intelligence = künstliche Intelligenz",
            "An artificial intelligence lab",
            "Ein Labor für Künstliche-Intelligenz-Modelle",
            id="hyphenated",
        ),
        pytest.param("sign in = anmelden", "She signs in again.", "Sie meldet sich erneut an.", id="separated verb"),
        pytest.param(
            "sign in = anmelden", "Sign in to Rivet.", "Melden Sie sich bei Rivet an.", id="separated at once"
        ),
        pytest.param(
            "sign in = anmelden", "You have to sign in.", "Sie müssen sich dort anzumelden versuchen.", id="zu"
        ),
        pytest.param("sign in = anmelden", "He signed in.", "Er hat sich angemeldet.", id="participle"),
        pytest.param(
            "enter into force = in Kraft treten", "It enters into force now.", "Es tritt nun in Kraft.", id="apart"
        ),
        pytest.param("side door = Nebentür", "Main and side doors", "Haupt- und Nebentüren", id="second half shared"),
        pytest.param("main door = Haupttür", "Main doors and others", "Haupt- und Nebentüren", id="first half shared"),
        pytest.param("AI = KI", "AI models", "KI-Modelle", id="abbreviation hyphenated"),
        pytest.param("AI = KI", "AIs dream", "KIs träumen", id="abbreviation plural"),
        pytest.param("rate = Rate | Quote", "The rate fell.", "Die Quote fiel.", id="alternative"),
        pytest.param("rate = Rate", "They rated it, rating agencies did.", "Sie bewerteten es.", id="verb forms"),
        pytest.param("market = Markt", "It is hard to market them.", "Sie sind schwer zu verkaufen.", id="infinitive"),
        pytest.param("bank = Bank", "He works for Rexham Bank Ltd now.", "Er arbeitet nun für Rexham.", id="in a name"),
        pytest.param("us = uns", "The US agreed.", "Washington stimmte zu.", id="abbreviation in the text"),
        pytest.param("rate = Rate", "The interest rate rose.", "Der Kurs stieg.", id="no such thing"),
        pytest.param("key = Schlüssel", "Run `set key` or use {key}.", "Führen Sie es aus.", id="code"),
        pytest.param("mail = Post", "See mail.example.org today.", "Siehe mail.example.org heute.", id="address"),
        pytest.param(
            "server = Server", "The server waits. The server sleeps.", "Der Server wartet und schläft.", id="once"
        ),
        pytest.param(
            "server = Server ! Diener",
            "The server thanked the waiter.",
            "Der Server dankte dem Diener.",
            id="other's word",
        ),
        pytest.param(
            "phone = Mobiltelefon ! Telefon", "Buy a phone.", "Kaufen Sie ein Mobiltelefon.", id="part of allowed"
        ),
    ],
)
def test_glossary_term_is_quiet(term: str, source: str, target: str) -> None:
    rows = [term] if term != "rate = Rate" else [term, "interest rate = Kurs"]
    assert run_pair(GlossaryTerm(terms(*rows)), source, target) == []


@pytest.mark.parametrize(
    ("term", "source", "target", "found"),
    [
        pytest.param(
            "interest rate = Zinssatz",
            "Interest rates rose.",
            "Die Quoten stiegen.",
            ("source", "Interest rates"),
            id="other",
        ),
        pytest.param(
            "rate = Rate", "The rate fell.", "Der Berater fiel.", ("source", "rate"), id="inside a word by chance"
        ),
        pytest.param("rate = Rate", "The rate's fall", "Der Fall der Quote", ("source", "rate"), id="possessive"),
        pytest.param(
            "server = Server ! Diener",
            "Restart the server.",
            "Starten Sie den Diener neu.",
            ("target", "Diener"),
            id="forbidden",
        ),
        pytest.param(
            "phone = Telefon ! Handy",
            "The phone contract",
            "Der Handyvertrag",
            ("target", "Handyvertrag"),
            id="compound",
        ),
        pytest.param("= ", "nothing", "nichts", None, id="empty glossary"),
        pytest.param("AI = KI", "AI models", "Ki-Modelle", ("target", "Ki"), id="wrong case"),
        pytest.param(
            "machine learning = maschinelles Lernen",
            "It uses machine learning.",
            "Es nutzt machine learning.",
            ("target", "machine learning"),
            id="left untranslated",
        ),
        pytest.param("chair ! Stuhl", "", "", None, id="no pair"),
        pytest.param(
            "child = Kind", "The children play.", "Die Kleinen spielen.", ("source", "children"), id="irregular plural"
        ),
        pytest.param("C++ = C++", "Written in C++.", "In Rust geschrieben.", ("source", "C++"), id="signs"),
        pytest.param(
            "log in = anmelden", "She logged in.", "Sie ging hinein.", ("source", "logged in"), id="phrasal verb"
        ),
        pytest.param(
            "Interest rate = Zinssatz",
            "The interest rate",
            "Die Quote",
            ("source", "interest rate"),
            id="listed with capital",
        ),
        pytest.param(
            "interest rate = Zinssatz",
            "THE INTEREST RATE ROSE",
            "DIE QUOTE STIEG",
            ("source", "INTEREST RATE"),
            id="capitals",
        ),
        pytest.param(
            "annual report = Jahresbericht",
            "Council Publishes Annual Report on Water",
            "Rat veröffentlicht Wasserschrift",
            ("source", "Annual Report"),
            id="headline",
        ),
    ],
)
def test_glossary_term_fires(term: str, source: str, target: str, found: tuple[str, str] | None) -> None:
    glossary = terms(term) if term.partition("=")[0].strip() else Glossary()
    assert run_pair(GlossaryTerm(glossary), source, target) == ([found] if found else [])


@pytest.mark.parametrize(
    ("languages", "term", "source", "target", "found"),
    [
        pytest.param(("de", "en"), "Vertrag = contract", "des Vertrags", "of the contracts", [], id="de-en"),
        pytest.param(
            ("de", "en"), "Vertrag = contract", "Verträge", "deals", [("source", "Verträge")], id="de-en plural"
        ),
        pytest.param(("de", "en"), "Rat = council", "Er rät ab.", "He warns.", [], id="de-en verb is no noun"),
        pytest.param(("de", "en"), "Datenbank = database", "Datenbankname", "name of it", [], id="de-en compound"),
        pytest.param(("en", "fr"), "law = loi", "the laws", "les lois", [], id="fr plural"),
        pytest.param(("en", "fr"), "law = loi", "the law", "le texte", [("source", "law")], id="fr"),
        pytest.param(("en", "cs"), "book = kniha", "He lost the book.", "Ztratil knihu.", [], id="cs accusative"),
        pytest.param(("en", "ru"), "law = закон", "under the law", "по закону", [], id="ru dative"),
        pytest.param(("en", "zh"), "server = 服务器", "Restart the server.", "重新启动服务器。", [], id="zh"),
        pytest.param(("en", "zh"), "server = 服务器", "A server", "仆人", [("source", "server")], id="zh missing"),
        pytest.param(
            ("zh", "en"), "服务器 = server", "重新启动服务器。", "Restart it.", [("source", "服务器")], id="zh source"
        ),
        pytest.param(("en", "sw"), "law = sheria", "the law", "Sheria mpya", [], id="case folded"),
        pytest.param(("nl", "en"), "huis = house", "de huizen", "the homes", [("source", "huizen")], id="nl plural"),
        pytest.param(("en", "nl"), "sign up = aanmelden", "Sign up.", "Meld je nu aan.", [], id="nl separated verb"),
        pytest.param(("en", "xx"), "law = qonun", "the law", "Qonuni", [], id="no list, an ending"),
        pytest.param(("en", "xx"), "law = qonun", "the law", "Boshqa", [("source", "law")], id="no list, other word"),
    ],
)
def test_glossary_term_in_other_languages(
    languages: tuple[str, str], term: str, source: str, target: str, found: list[tuple[str, str]]
) -> None:
    assert run_pair(GlossaryTerm(terms(term)), source, target, languages) == found


@pytest.mark.parametrize(
    ("sensitive", "part_of_speech", "source", "found"),
    [
        pytest.param(True, None, "The web is old.", [], id="case counts"),
        pytest.param(True, None, "The Web is old.", ["Web"], id="same case"),
        pytest.param(False, None, "The WEB and the web", ["WEB", "web"], id="case does not count"),
        pytest.param(None, "verb", "She webs it.", ["webs"], id="as in the list"),
    ],
)
def test_case_and_part_of_speech(
    sensitive: bool | None, part_of_speech: str | None, source: str, found: list[str]
) -> None:
    glossary = Glossary((Term("Web", ("Web",), case_sensitive=sensitive, part_of_speech=part_of_speech), Term("a", ())))
    assert [source[one.start : one.end] for one in finder(glossary, *EN_DE).find(source)] == found


@pytest.mark.parametrize(
    ("part_of_speech", "source", "found"),
    [
        ("noun", "They rated it.", []),
        ("verb", "They rated it.", ["rated"]),
        (None, "They rated it.", []),
        ("noun", "We can rate it.", []),
        ("verb", "We can rate it.", ["rate"]),
    ],
)
def test_english_verbs_look_like_nouns(part_of_speech: str | None, source: str, found: list[str]) -> None:
    glossary = Glossary((Term("rate", ("Rate",), part_of_speech=part_of_speech),))
    assert [source[one.start : one.end] for one in finder(glossary, *EN_DE).find(source)] == found


def test_messages_name_term_translation_and_place() -> None:
    glossary = Glossary((Term("rate", ("Satz", "Rate"), ("Quote",), note="finance", place="terms.tsv:4"),))
    messages = []
    for target in ("Der Kurs fiel.", "Die Quote fiel."):
        both = bitext([("The rate fell.", target)])
        assert both.pairs
        finding = next(GlossaryTerm(glossary).check(PairView.of(both, both.pairs[0])))
        assert finding.evidence["note"] == "finance"
        messages.append(finding.message)
    assert messages == [
        "'rate' is not translated as the glossary has it: 'Satz' or 'Rate' (terms.tsv:4)",
        "'Quote' is not to be used for 'rate': the glossary has 'Satz' or 'Rate' (terms.tsv:4)",
    ]


@pytest.mark.parametrize(
    ("part", "word", "whole"),
    [
        ("Datenbank", "Kundendatenbanken", True),
        ("Haus", "Häuserkampf", True),
        ("Klima", "Klimaschutzmaßnahmen", True),
        ("Bank", "Zentralbanken", True),
        ("Rate", "Berater", False),
        ("Recht", "Gerechtigkeit", False),
        ("Amt", "Gesamtheit", False),
        ("Last", "Plastik", False),
        ("Art", "Partei", False),
        ("Kunde", "Sekunde", False),
        ("Ei", "Eintritt", False),
    ],
)
def test_parts_of_german_compounds(part: str, word: str, whole: bool) -> None:
    assert is_part(part, word, "de") is whole


def test_languages_that_write_compounds_apart_have_none() -> None:
    assert not is_part("rate", "ratepayer", "en")


@pytest.mark.parametrize(
    ("words", "source", "target", "languages", "found"),
    [
        pytest.param(["Edge"], "Open Edge.", "Öffnen Sie Edge.", EN_DE, [], id="there"),
        pytest.param(["Edge"], "Edge's menu", "Das Menü des Edge", EN_DE, [], id="possessive"),
        pytest.param(["Edge"], "The settings of Edge", "Edges Einstellungen", EN_DE, [], id="genitive s"),
        pytest.param(["Edge"], "The Edge menu", "Das Edge-Menü", EN_DE, [], id="hyphenated"),
        pytest.param(["Edge"], "Open Edge.", "Öffnen Sie Rand.", EN_DE, [("source", "Edge")], id="translated"),
        pytest.param(["Edge"], "Open Edge.", "Öffnen Sie edge.", EN_DE, [("target", "edge")], id="other case"),
        pytest.param(["Edge"], "Open Edge.", "In Edgewood öffnen.", EN_DE, [("source", "Edge")], id="longer word"),
        pytest.param(["Edge"], "At the edge of Edgewood", "Am Rand von Edgewood", EN_DE, [], id="not in the source"),
        pytest.param(["C++"], "Use C++ here.", "Nutzen Sie hier C++.", EN_DE, [], id="signs"),
        pytest.param(["C++"], "Use C++ here.", "Nutzen Sie hier C.", EN_DE, [("source", "C++")], id="signs lost"),
        pytest.param([".NET"], "Use .NET here.", "Nutzen Sie .NET hier.", EN_DE, [], id="leading sign"),
        pytest.param(
            ["Edge", "Edge Dev"], "Get Edge Dev.", "Edge holen.", EN_DE, [("source", "Edge Dev")], id="longer"
        ),
        pytest.param(["Edge"], "Open Edge.", "Otevřete v Edgeu.", ("en", "cs"), [], id="cs ending"),
        pytest.param(["Edge"], "Open Edge.", "Edge'i açın.", ("en", "tr"), [], id="tr ending"),
        pytest.param(["Edge"], "Open Edge.", "打开Edge浏览器。", ("en", "zh"), [], id="zh"),
        pytest.param(["Edge"], "Open Edge.", "打开浏览器。", ("en", "zh"), [("source", "Edge")], id="zh lost"),
        pytest.param([], "Open Edge.", "Öffnen Sie Rand.", EN_DE, [], id="no words"),
    ],
)
def test_do_not_translate(
    words: list[str], source: str, target: str, languages: tuple[str, str], found: list[tuple[str, str]]
) -> None:
    check = DoNotTranslate(Glossary((), tuple(words)))
    assert run_pair(check, source, target, languages) == found


_WILD = st.text(st.sampled_from("aÄßẞİıŉ𝒜क́ﬁ KI-‑'’.|+*(\n\t李"), max_size=25)


@settings(deadline=None, max_examples=150)
@given(
    _WILD, _WILD, st.lists(_WILD.filter(str.strip), min_size=1, max_size=3), st.sampled_from(["de", "en", "cs", "zh"])
)
def test_wild_texts_and_terms_have_spans_inside(source: str, target: str, forms: list[str], language: str) -> None:
    glossary = Glossary((Term(forms[0].strip(), tuple(forms), (forms[-1],)),), tuple(forms))
    if not source.strip() or not target.strip():
        return
    for check in (GlossaryTerm(glossary), DoNotTranslate(glossary)):
        for side, quote in run_pair(check, source, target, ("en", language)):
            assert quote
            assert quote in (source if side == "source" else target)
    assert FormSearch(target, language).has(target) or not any(map(str.isalnum, target))
