"""MT402 in a document, and across those of a content set."""

from __future__ import annotations

import pytest

from mtaudit.checks.consistency import InconsistentTerm
from mtaudit.config import Config
from mtaudit.contentset import inconsistent_terms
from mtaudit.pipeline import audit_bitext
from mtaudit.terms import Glossary, Term
from tests.support import bitext, run_document

Pairs = list[tuple[str | None, str | None]]

USUAL: Pairs = [
    ("The waiting period is one year.", "Die Wartezeit beträgt ein Jahr."),
    ("After the waiting period you may vote.", "Nach der Wartezeit dürfen Sie wählen."),
    ("Nobody likes the waiting period, he said.", "Niemand mag die Wartezeit, sagte er."),
    ("Members grumble.", "Die Mitglieder murren."),
]


@pytest.mark.parametrize(
    ("odd", "found"),
    [
        pytest.param(
            [("The waiting period is over.", "Die Wartedauer ist vorbei.")], ["Wartedauer"], id="shares a part"
        ),
        pytest.param(
            [("The waiting period is over.", "Die waiting period ist vorbei.")], ["waiting period"], id="left"
        ),
        pytest.param(
            [
                ("The waiting period is over.", "Die Karenzfrist ist vorbei."),
                ("We paid for the waiting period.", "Wir zahlten für die Karenzfrist."),
            ],
            ["Karenzfrist", "Karenzfrist"],
            id="another word twice",
        ),
        pytest.param([("The waiting period is over.", "Die Karenzfrist ist vorbei.")], [], id="another word once"),
        pytest.param([("The waiting period is over.", "Sie ist vorbei.")], [], id="pronoun"),
        pytest.param([("The waiting periods are over.", "Die Wartezeiten enden.")], [], id="plural"),
        pytest.param([("The waiting period is over.", "Die Warte-Zeit ist vorbei.")], [], id="hyphen"),
        pytest.param([("The waiting period rule", "Die Wartezeitregel")], [], id="compound"),
        pytest.param([("The waiting period clerk left.", "Die Wartedame ging.")], [], id="part of a longer term"),
        pytest.param(
            [("The waiting period is over for those waiting.", "Sie endet für Wartende.")], [], id="word used otherwise"
        ),
        pytest.param([("The waiting period is over.", "Die „waiting period“ ist vorbei.")], [], id="mention in quotes"),
        pytest.param([("The waiting period is over.", None)], [], id="gap"),
        pytest.param([], [], id="nothing odd"),
    ],
)
def test_without_glossary(odd: Pairs, found: list[str]) -> None:
    assert run_document(InconsistentTerm(), [*USUAL, *odd]) == [("target", quote) for quote in found]


def test_few_pairs_prove_nothing() -> None:
    assert (
        run_document(InconsistentTerm(), [*USUAL[:2], ("The waiting period is over.", "Die Wartedauer ist vorbei.")])
        == []
    )


def test_names_that_stay_are_no_terms() -> None:
    pairs: Pairs = [(f"Thomas Hill collapsed in {year}.", f"Thomas Hill: Zusammenbruch {year}.") for year in (1, 2, 3)]
    pairs.append(("Thomas Hill fell.", "Thomas Hill brach Zusammenhalt."))
    assert run_document(InconsistentTerm(), pairs) == []


def test_languages_without_blanks_are_left_alone() -> None:
    pairs: Pairs = [("等待期是一年。", "The waiting period is one year.")] * 5
    assert run_document(InconsistentTerm(), pairs, ("zh", "en")) == []


@pytest.mark.parametrize(
    ("forms", "targets", "found"),
    [
        pytest.param(("Klinik", "Spital"), ["Klinik"] * 3 + ["Spital"], ["Spital"], id="odd one"),
        pytest.param(("Klinik", "Spital"), ["Kliniken"] * 3 + ["Spitals"], ["Spitals"], id="inflected"),
        pytest.param(("Klinik", "Spital"), ["Klinik"] * 2 + ["Spital"], [], id="too few"),
        pytest.param(("Klinik", "Spital"), ["Klinik"] * 3 + ["Klinik oder Spital"], [], id="both in one"),
        pytest.param(("Klinik", "Uniklinik"), ["Klinik"] * 3 + ["Uniklinik"], [], id="longer form"),
        pytest.param(("Pfleger", "Pflegerin"), ["Pfleger"] * 3 + ["Pflegerin"], [], id="feminine"),
        pytest.param(("Klinik", "Spital"), ["Klinik"] * 3 + ["Heim"], [], id="neither: that is MT401's"),
    ],
)
def test_alternatives_of_a_glossary(forms: tuple[str, ...], targets: list[str], found: list[str]) -> None:
    check = InconsistentTerm(Glossary((Term("hospital", forms),)))
    pairs: Pairs = [(f"Hospital number {n}", f"Haus {n}: {target}") for n, target in enumerate(targets)]
    assert run_document(check, pairs) == [("target", quote) for quote in found]


def test_content_set_shows_what_no_document_does() -> None:
    sets: list[Pairs] = [USUAL[:2], USUAL[2:], [("The waiting period is over.", "Die Wartedauer ist vorbei.")]]
    config = Config(select=("MT402",))
    audits = [audit_bitext(bitext(pairs), profile="checks", config=config) for pairs in sets]
    assert [audit.findings for audit in audits] == [(), (), ()]
    found = inconsistent_terms(audits, config=config)
    assert [len(one) for one in found] == [0, 0, 1]
    finding = found[2][0]
    assert audits[2].bitext.target.text[finding.span.start : finding.span.end] == "Wartedauer"
    assert (
        finding.message
        == "'waiting period' is translated with 'Wartedauer' here, and with 'Wartezeit' 3 times elsewhere"
    )
    assert inconsistent_terms(audits, config=Config(ignore=("MT402",))) == ((), (), ())


def test_content_set_says_nothing_twice_and_keeps_languages_apart() -> None:
    whole = audit_bitext(
        bitext([*USUAL, ("The waiting period is over.", "Die Wartedauer ist vorbei.")]), profile="checks"
    )
    assert [finding.rule for finding in whole.findings] == ["MT402"]
    french = audit_bitext(
        bitext([("The waiting period is over.", "Le délai est fini.")], ("en", "fr")), profile="checks"
    )
    alone = audit_bitext(bitext([(None, "Die Wartedauer ist vorbei.")]), profile="checks")
    assert inconsistent_terms([whole, french, alone]) == ((), (), ())
