"""The back-translation scorer on translators that truly translate, and the bundled embedder."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mtaudit import modelfile
from mtaudit.checks.codes import inline_codes
from mtaudit.models.base import Embedder, Progress, Translation
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.models.translator import TransformersTranslator
from mtaudit.pipeline import _sentences
from mtaudit.scorers.backtranslation import (
    CHRF,
    KEPT,
    SAME,
    SIMILARITY,
    SOURCE_LOGPROB,
    TARGET_LOGPROB,
    score,
)
from mtaudit.types import BackTranslation, Bitext, Score, Side
from tests.support import bitext
from tests.toys import toy_spec


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    spec = modelfile.load().profile("embedded").model("embedder")
    assert spec is not None
    return SentenceTransformerEmbedder(spec)


@pytest.fixture(scope="module")
def translators() -> list[TransformersTranslator]:
    return [TransformersTranslator(toy_spec("de", "en")), TransformersTranslator(toy_spec("en", "de"))]


PAIRS = [
    ("The soldiers closed the old bridge.", "Die Soldaten schlossen die alte Brücke."),
    ("The neighbours refused the answer.", "Die Nachbarn leugneten die Antwort."),
    ("Anna saw 17 boats.", None),
    ("Peter sold the red house. Maria found the key.", "Peter verkaufte das rote Haus. Maria fand den Schlüssel."),
]


@pytest.fixture(scope="module")
def measured(
    embedder: Embedder, translators: list[TransformersTranslator]
) -> tuple[Bitext, list[Score], list[BackTranslation]]:
    both = bitext(PAIRS)
    return both, *score(both, both.pairs or (), translators, embedder, _sentences)


Measured = tuple[Bitext, list[Score], list[BackTranslation]]


def words_of(measured: Measured, name: str, pair: int, side: Side) -> dict[str, float]:
    both, scores, _ = measured
    document = both.document(side)
    assert document is not None
    return {
        document.text[one.span.start : one.span.end]: one.value
        for one in scores
        if one.scorer == name and one.pair == pair and one.side is side and one.span
    }


def value_of(measured: Measured, name: str, pair: int) -> float:
    (only,) = [one.value for one in measured[1] if one.scorer == name and one.pair == pair and one.span is None]
    return only


def test_gaps_are_left_out_and_sentences_translated_one_by_one(measured: Measured) -> None:
    assert [(back.pair, back.text, back.whole) for back in measured[2]] == [
        (0, "The soldiers closed the old bridge.", True),
        (1, "The neighbours denied the answer.", True),
        (3, "Peter sold the red house. Maria found the key.", True),
    ]


def test_pairs_are_scored_by_what_came_back(measured: Measured) -> None:
    assert value_of(measured, CHRF, 0) == pytest.approx(100)
    assert value_of(measured, CHRF, 1) < 90
    assert value_of(measured, SIMILARITY, 0) == pytest.approx(1, abs=1e-4)
    assert value_of(measured, SIMILARITY, 1) < value_of(measured, SIMILARITY, 0)
    assert value_of(measured, SOURCE_LOGPROB, 0) > value_of(measured, SOURCE_LOGPROB, 1)
    assert value_of(measured, TARGET_LOGPROB, 0) > value_of(measured, TARGET_LOGPROB, 1)


def test_the_changed_word_stands_out_on_both_sides(measured: Measured) -> None:
    kept = words_of(measured, KEPT, 1, Side.SOURCE)
    assert {word for word, value in kept.items() if value < SAME} == {"refused"}
    carried = words_of(measured, KEPT, 1, Side.TARGET)
    assert {word for word, value in carried.items() if value < SAME} == {"leugneten"}
    likely = words_of(measured, SOURCE_LOGPROB, 1, Side.SOURCE)
    assert min(likely, key=lambda word: likely[word]) == "refused"
    back = measured[2][1]
    assert [back.text[span.start : span.end] for span in back.changes] == ["denied"]


def test_nothing_stands_out_in_a_right_pair(measured: Measured) -> None:
    for pair in (0, 3):
        assert min(words_of(measured, KEPT, pair, Side.SOURCE).values()) >= SAME
        assert min(words_of(measured, SOURCE_LOGPROB, pair, Side.SOURCE).values()) > -2
    assert all(not back.changes for back in measured[2] if back.pair != 1)


def test_links_lead_to_the_words_of_the_target(measured: Measured) -> None:
    both, _, backs = measured
    assert both.source is not None
    linked = {
        both.source.text[link.source.start : link.source.end]: both.target.text[link.target.start : link.target.end]
        for link in backs[0].links
    }
    assert {word: linked[word] for word in ("soldiers", "old", "bridge")} == {
        "soldiers": "Soldaten",
        "old": "alte",
        "bridge": "Brücke",
    }


def test_without_an_embedder_words_are_not_compared(translators: list[TransformersTranslator]) -> None:
    both = bitext(PAIRS[:2])
    scores, backs = score(both, both.pairs or (), translators[:1], None, _sentences)
    assert {one.scorer for one in scores} == {CHRF, SOURCE_LOGPROB}
    assert all(not back.links and not back.changes for back in backs)


def test_without_a_translator_back_nothing_is_measured(
    embedder: Embedder, translators: list[TransformersTranslator]
) -> None:
    both = bitext(PAIRS[:1])
    assert score(both, both.pairs or (), translators[1:], embedder, _sentences) == ([], [])
    alone = bitext([(None, "Anna sah 3 Boote.")])
    assert score(alone, alone.pairs or (), translators, embedder, _sentences) == ([], [])


def test_codes_are_not_read_and_spans_count_in_the_text_with_them(
    embedder: Embedder, translators: list[TransformersTranslator], measured: Measured
) -> None:
    both = bitext(
        [
            ("The soldiers <b>closed</b> the {0} old bridge.", "Die Soldaten <b>schlossen</b> die {0} alte Brücke."),
            ("The <i>neighbours</i> refused the answer.", "Die <i>Nachbarn</i> leugneten die Antwort."),
            ("%s", "%s"),
        ]
    )
    tagged = both, *score(both, both.pairs or (), translators, embedder, _sentences, None, inline_codes)
    assert [(back.pair, back.text, back.source) for back in tagged[2]] == [
        (pair, measured[2][pair].text, PAIRS[pair][0]) for pair in (0, 1)
    ]
    for name in (KEPT, SOURCE_LOGPROB, TARGET_LOGPROB):
        for side in Side:
            for pair in (0, 1):
                plain = words_of(measured, name, pair, side)
                assert words_of(tagged, name, pair, side) == pytest.approx(plain, abs=1e-4)
    source, target = both.source, both.target
    assert source is not None
    linked = {
        (source.text[one.source.start : one.source.end], target.text[one.target.start : one.target.end])
        for one in tagged[2][0].links
    }
    assert {("closed", "schlossen"), ("old", "alte")} <= linked
    assert all(back.source is None for back in measured[2])


def test_what_goes_on_is_told(translators: list[TransformersTranslator]) -> None:
    both = bitext(PAIRS[:2])
    told: list[tuple[str, int, int]] = []
    score(both, both.pairs or (), translators, None, _sentences, lambda *what: told.append(what))
    assert {what for what, done, total in told if done == total} == {
        "translating back",
        "scoring the source",
        "scoring the target",
    }


def test_sentences_that_had_to_be_cut_are_counted(embedder: Embedder) -> None:
    small = TransformersTranslator(toy_spec("de", "en", max_tokens=16))
    both = bitext(
        [("Anna saw 3 boats. " + PAIRS[0][0], "Anna sah 3 Boote. " + str(PAIRS[0][1]).replace("Brücke", "Brücke " * 9))]
    )
    _, (back,) = score(both, both.pairs or (), [small], embedder, _sentences)
    assert back.cut_sentences == 1


class _Endless:
    """A translator whose translations break off."""

    def __init__(self, real: TransformersTranslator) -> None:
        self.use = real.use
        self.translates, self.score = real.translates, real.score

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, progress: Progress | None = None
    ) -> list[Translation]:
        return [Translation("the the the", 1, whole=False) for _ in texts]


def test_a_back_translation_that_breaks_off_is_marked(
    embedder: Embedder, translators: list[TransformersTranslator]
) -> None:
    both = bitext(PAIRS[:1])
    _, (back,) = score(both, both.pairs or (), [_Endless(translators[0])], embedder, _sentences)
    assert (back.text, back.whole) == ("the the the", False)
