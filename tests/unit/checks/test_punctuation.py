"""MT305 quotes-and-brackets and MT306 end-punctuation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.punctuation import EndPunctuation, QuotesAndBrackets
from mtaudit.rules import PairCheck, PairView
from tests.support import bitext, run_pair

FLOOR = 0.5


def reported(check: PairCheck, source: str | None, target: str, languages: tuple[str, str]) -> list[str]:
    """What a report shows by default: the findings of 0.5 and more."""
    both = bitext([(source, target)], languages)
    assert both.pairs is not None
    found = check.check(PairView.of(both, both.pairs[0]))
    return [target[f.span.start : f.span.end] for f in found if f.confidence >= FLOOR]


PAIRS: dict[str, tuple[str | None, str, str, list[str]]] = {
    # fire
    "bracket never closed": ("The house (red) burns.", "Das Haus (rot brennt.", "de", ["("]),
    "bracket never opened": ("The house (red) burns.", "Das Haus rot) brennt.", "de", [")"]),
    "bracket never opened, no source": (None, "Das Haus, ganz rot) brennt.", "de", [")"]),
    "square bracket": ("The house [red] burns.", "Das Haus [rot brennt.", "de", ["["]),
    "wide bracket": ("The house (red) burns.", "房子（红色着火了。", "zh", ["（"]),
    "corner bracket": ('He said "no" loudly.', "彼は「いいえと大声で言った。", "ja", ["「"]),
    "opening quotation mark lost": ('"No," he said.', "Nein“, sagte er.", "de", ["“"]),
    "closing quotation mark lost": ('He said "no" again.', "Er sagte wieder „nein.", "de", ["„"]),
    "both openings lost": ('The "one" and the "other".', "Das eine“ und das andere“.", "de", ["“", "“"]),
    "guillemet lost": ('He said "no" again.', "Il a dit « non encore.", "fr", ["«"]),
    "Russian": ('He said "no" again.', "Он снова сказал «нет.", "ru", ["«"]),
    "mark in the place of an apostrophe": ("The state pays.", 'C"est l\'État qui paie.', "fr", ['"']),
    # quiet
    "German": ('"No," he said, "not (yet)."', "„Nein“, sagte er, „(noch) nicht.“", "de", []),
    "straight": ('"No," he said.', '"Nein", sagte er.', "de", []),
    "reversed guillemets": ('"No," he said.', "»Nein«, sagte er.", "de", []),
    "Swiss guillemets": ('"No," he said.', "«Nein», sagte er.", "de", []),
    "French": ('"No," he said.', "« Non », dit-il.", "fr", []),
    "Czech": ('"No," he said.', "„Ne,“ řekl.", "cs", []),
    "Swedish": ('"No," he said.', "”Nej”, sade han.", "sv", []),
    "Chinese": ('He said "no" again.', "他又说“不”，然后走了。", "zh", []),
    "Japanese": ('He said "no" again.', "彼はまた「いいえ」と『言った』。", "ja", []),
    "quotation runs on in the source too": ('"No, he said.', "„Nein, sagte er.", "de", []),
    "single marks in the source": ("'No, he said.", "„Nein, sagte er.", "de", []),
    "compound": ('the "no" list', "die „Nein“-Liste und Anti-„Ja“-Bewegung", "de", []),
    "inches": ("A 27\" screen", 'Ein 27"-Bildschirm', "de", []),
    "list marker": ("a) one b) two 1) three", "a) eins b) zwei 1) drei iv) vier", "de", []),
    "emoticons": ("Nice", "Schön :) ;-) :-( 8) :D und (ganz :) nett", "de", []),
    "sad face in brackets": ("Nice (not)", "Schön (leider :( nicht) hier", "de", []),
    "apostrophes": ("Don't", "Geht's noch? 's ist Hans' Rock.", "de", []),
    "source open too": ("The house (red burns.", "Das Haus (rot brennt.", "de", []),
    "mixed make is only hinted at": ('He said "no".', 'Er sagte „nein".', "de", []),
    "open bracket without a source is only hinted at": (None, "Das Haus (rot brennt.", "de", []),
    "quotation marks dropped": ('The "big" house', "Das große Haus", "de", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "language", "expected"), PAIRS.values(), ids=PAIRS)
def test_pairs(source: str | None, target: str, language: str, expected: list[str]) -> None:
    assert reported(QuotesAndBrackets(), source, target, ("en", language)) == expected


def test_partner_in_another_sentence_of_the_paragraph() -> None:
    pairs = [("One (two) three.", "Eins (zwei. "), ("Four.", "Vier) fünf.")]
    together = bitext(pairs, separator=" ")
    apart = bitext(pairs)
    assert together.pairs is not None
    assert apart.pairs is not None
    assert [list(QuotesAndBrackets().check(PairView.of(together, pair))) for pair in together.pairs] == [[], []]
    assert [len(list(QuotesAndBrackets().check(PairView.of(apart, pair)))) for pair in apart.pairs] == [1, 1]


def test_mixed_make_names_both_marks() -> None:
    assert run_pair(QuotesAndBrackets(), None, 'Er sagte „nein".') == [("target", '"')]


@given(st.text(alphabet="()[]\"„“”«» '’a:;.5\n", max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_marks_are_borne(text: str) -> None:
    for source in (None, "Plain."):
        assert all(len(marked) == 1 for _, marked in run_pair(QuotesAndBrackets(), source, text or "x"))


ENDS: dict[str, tuple[str, str, str, list[str]]] = {
    # fire
    "question became a statement": ("Can you hear me?", "Du kannst mich hören.", "de", ["hören."]),
    "question lost its mark": ("Can you hear me?", "Kannst du mich hören", "de", ["hören"]),
    "statement became a question": ("He hears me well.", "Hört er mich gut?", "de", ["gut?"]),
    "breaks off with a comma": ("He hears me well.", "Er hört mich,", "de", ["mich,"]),
    "breaks off with a dash": ("He hears me well.", "Er hört mich –", "de", ["–"]),
    "no mark": ("He hears me very well.", "Er hört mich sehr", "de", ["sehr"]),
    "behind a quotation mark": ('"Can you hear me?"', "„Du kannst mich hören.“", "de", ["hören.“"]),
    "Chinese": ("Can you hear me?", "你能听到我。", "zh", ["你能听到我。"]),
    # quiet
    "same": ("Can you hear me?", "Kannst du mich hören?", "de", []),
    "Spanish": ("Can you hear me?", "¿Me oyes?", "es", []),
    "Greek": ("Can you hear me?", "Με ακούς;", "el", []),
    "Japanese particle": ("Can you hear me?", "聞こえますか。", "ja", []),
    "full-width": ("Can you hear me?", "你能听到我吗？", "zh", []),
    "Arabic": ("Can you hear me?", "هل تسمعني؟", "ar", []),
    "Thai": ("He hears me very well.", "เขาได้ยินฉันดีมาก", "th", []),
    "headline": ("Storm hits the coast", "Sturm trifft die Küste.", "de", []),
    "short label": ("Saved.", "Gespeichert", "de", []),
    "question further in": ("Why? he asked.", "„Warum?“, fragte er.", "de", []),
    "mark outside the quotation": ('He said "no."', "Er sagte „nein“.", "de", []),
    "footnote": ("He hears me well.[2]", "Er hört mich gut.[2]", "de", []),
    "exclamation is a matter of taste": ("Come here!", "Komm bitte her.", "de", []),
    "question without a mark in the source": ("Isn't it time to go.", "Ist es nicht Zeit zu gehen?", "de", []),
    "only marks": ("...", "…", "de", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "language", "expected"), ENDS.values(), ids=ENDS)
def test_ends(source: str, target: str, language: str, expected: list[str]) -> None:
    assert reported(EndPunctuation(), source, target, ("en", language)) == expected


def test_ends_need_both_sides() -> None:
    assert run_pair(EndPunctuation(), None, "Du hörst mich,") == []
    assert run_pair(EndPunctuation(), "Can you hear me?", None) == []
