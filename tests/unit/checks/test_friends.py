"""MT114: words that were taken for the ones that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.checks._friends import LANGUAGES, found, table
from mtaudit.checks.friends import FalseFriend
from mtaudit.rules import PairView
from mtaudit.types import Severity
from tests.support import bitext, run_pair

EN_DE, DE_EN = ("en", "de"), ("de", "en")


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        ("They eventually agreed.", "Sie stimmten eventuell zu.", EN_DE, ["eventuell"]),
        ("Eventually the rain stopped.", "Eventuell hörte der Regen auf.", EN_DE, ["Eventuell"]),
        ("Please keep the receipt.", "Bitte heben Sie das Rezept auf.", EN_DE, ["Rezept"]),
        ("The chef tasted the soup.", "Der Chef probierte die Suppe.", EN_DE, ["Chef"]),
        ("Every high school has a band.", "Jede Hochschule hat ein Orchester.", EN_DE, ["Hochschule"]),
        ("You must not touch the wire.", "Sie müssen nicht den Draht berühren.", EN_DE, ["müssen nicht"]),
        ("The wound is serious.", "Die Wunde ist seriös.", EN_DE, ["seriös"]),
        ("Gäste müssen nicht bar zahlen.", "Guests must not pay in cash.", DE_EN, ["must not"]),
        ("Er will eine neue Hose.", "He wants a new hose.", DE_EN, ["hose"]),
        ("Sie kommen bald.", "They come bald.", DE_EN, ["bald"]),
        ("Das Buch war fast fertig.", "The book was fast done.", DE_EN, ["fast"]),
    ],
)
def test_a_false_friend_is_marked_in_the_target(
    source: str, target: str, languages: tuple[str, str], expected: list[str]
) -> None:
    assert run_pair(FalseFriend(), source, target, languages) == [("target", quote) for quote in expected]


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("They eventually agreed.", "Sie stimmten schließlich zu.", EN_DE),
        ("They may eventually agree.", "Sie stimmen eventuell zu.", EN_DE),
        ("They eventually agreed to a possible delay.", "Am Ende stimmten sie einem eventuellen Aufschub zu.", EN_DE),
        ("The doctor gave me a receipt and a prescription.", "Der Arzt gab mir das Rezept.", EN_DE),
        ("My boss asked the chef.", "Mein Chef fragte den Koch.", EN_DE),
        ("The fast train was almost empty.", "Der schnelle Zug war fast leer.", EN_DE),
        ("You must not only look.", "Sie müssen nicht nur schauen.", EN_DE),
        ("Er ist ein seriöser Händler.", "He is a serious dealer.", DE_EN),
        ("The Rat opens at nine.", "Der Rat tagt um neun.", EN_DE),
        ("We saw Fast Dogs and ate.", "Wir sahen Fast Dogs und aßen.", EN_DE),
        ("A fast dog show began.", "Eine fast dog show begann.", EN_DE),
        ("", "", EN_DE),
    ],
    ids=[
        "right",
        "may",
        "both",
        "other source",
        "each",
        "of adjectives",
        "only",
        "one way",
        "name",
        "names",
        "copied",
        "empty",
    ],
)
def test_what_is_right_or_unclear_is_left_alone(source: str, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(FalseFriend(), source, target, languages) == []


def test_the_finding_says_what_both_words_mean() -> None:
    both = bitext([("We kept the receipt and the bag.", "Wir behielten das Rezept und die Tasche.")])
    assert both.pairs is not None
    (finding,) = FalseFriend().check(PairView.of(both, both.pairs[0]))
    assert finding.message == (
        "'Rezept' only looks like 'receipt' in the source: it means 'recipe', and 'receipt' means 'Quittung'"
    )
    assert finding.severity is Severity.MAJOR
    assert finding.evidence == {"source": "receipt", "source_start": 12, "source_end": 19}


@pytest.mark.parametrize("languages", [("en", "fr"), ("de", "de"), ("en", "ja")])
def test_other_languages_are_left_alone(languages: tuple[str, str]) -> None:
    assert run_pair(FalseFriend(), "They eventually agreed.", "Sie stimmten eventuell zu.", languages) == []


@pytest.mark.parametrize("number", range(len(table())), ids=lambda number: table()[number].words["en"][0])
def test_the_table_is_consistent(number: int) -> None:
    """Every word is found, and none of them counts as the meaning of itself or of its friend."""
    friends = table()[number]
    other = {"en": "de", "de": "en"}
    for language in LANGUAGES:
        for word in friends.words[language]:
            plain = word.removesuffix("*")
            assert number in {one.friends for one in found(f"X {plain} Y", language)}, word
            assert not friends.right[other[language]].fullmatch(plain), word
        assert friends.right[language].search(friends.means[language])
    assert friends.into <= LANGUAGES
    assert friends.into


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from([EN_DE, DE_EN]))
def test_any_text_is_read(source: str, target: str, languages: tuple[str, str]) -> None:
    for side, quote in run_pair(FalseFriend(), source, target, languages):
        assert side == "target"
        assert quote in target
