"""The bundled estimator, loaded for real from its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mtaudit import modelfile
from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import PairJudgement
from mtaudit.models.estimator import TokenClassificationEstimator


@pytest.fixture(scope="module")
def spec() -> ModelSpec:
    found = modelfile.load().profile("embedded").model("estimator")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def estimator(spec: ModelSpec) -> TokenClassificationEstimator:
    return TokenClassificationEstimator(spec)


PAIRS = [
    ("The ferry leaves at noon.", "Die Fähre legt mittags ab."),
    ("Nobody knew where the key was, and the door stayed shut.", "Niemand wusste, wo der Schlüssel war."),
    ("Steel prices rose sharply last year.", "Die Stahlpreise stiegen im vergangenen Jahr stark."),
    ("Yes.", "Ja."),
    ("Please switch off the pump first.", "Der Himmel über dem See war klar."),
]


def worst(judged: PairJudgement) -> float:
    return float(judged.worst[2])


def test_probabilities_add_up_and_cover_the_words(estimator: TokenClassificationEstimator) -> None:
    for (source, target), judged in zip(PAIRS, estimator.judge(PAIRS), strict=True):
        assert judged.worst.sum() == pytest.approx(1, abs=1e-5)
        for text, side in ((source, judged.source), (target, judged.target)):
            assert np.allclose(side.probabilities.sum(1), 1, atol=1e-5)
            covered = set().union(*(range(span.start, span.end) for span in side.spans))
            assert {at for at, character in enumerate(text) if not character.isspace()} <= covered


def test_judgements_do_not_depend_on_the_batch(estimator: TokenClassificationEstimator) -> None:
    together = estimator.judge(PAIRS)
    for pair, judged in zip(PAIRS, together, strict=True):
        (alone,) = estimator.judge([pair])
        assert np.abs(alone.worst - judged.worst).max() < 1e-3
        assert np.abs(alone.target.probabilities - judged.target.probabilities).max() < 1e-3


def test_any_caller_gets_what_the_estimator_gets(spec: ModelSpec, estimator: TokenClassificationEstimator) -> None:
    """Loaded by the plain transformers way, without a word about token types, the folder says the same."""
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(str(spec.path))
    model: Any = AutoModelForTokenClassification.from_pretrained(str(spec.path), dtype=torch.float32).eval()
    with torch.inference_mode():
        logits = model(**tokenizer(*PAIRS[1], return_tensors="pt")).logits[0, 0]
    (judged,) = estimator.judge(PAIRS[1:2])
    assert np.abs(logits[:3].softmax(-1).numpy() - judged.worst).max() < 1e-3
    assert judged.badness == pytest.approx(float(logits[3].sigmoid()), abs=1e-3)


def test_the_detached_pair_is_worse_than_the_good_ones(estimator: TokenClassificationEstimator) -> None:
    judged = estimator.judge(PAIRS)
    assert worst(judged[4]) > max(worst(judged[0]), worst(judged[2]), worst(judged[3]))


def test_a_long_pair_is_read_to_its_end(spec: ModelSpec, estimator: TokenClassificationEstimator) -> None:
    source = " ".join(f"Bridge number {number} was closed for repairs." for number in range(60))
    target = " ".join(f"Die Brücke Nummer {number} wurde wegen Reparaturen gesperrt." for number in range(60))
    for reader in (estimator, TokenClassificationEstimator(replace(spec, max_tokens=48))):
        (judged,) = reader.judge([(source, target)])
        for text, side in ((source, judged.source), (target, judged.target)):
            starts = [span.start for span in side.spans]
            assert starts == sorted(set(starts))
            covered = set().union(*(range(span.start, span.end) for span in side.spans))
            assert {at for at, character in enumerate(text) if not character.isspace()} <= covered


@pytest.mark.parametrize(
    "pair",
    [("", ""), ("", "Nur ein Ziel."), ("A source only.", ""), ("x" * 3_000, "Ein Wort."), ("\u200b \n", "🚢🚢")],
    ids=["empty", "no source", "no target", "one long word", "nothing to read"],
)
def test_odd_pairs_are_borne(estimator: TokenClassificationEstimator, pair: tuple[str, str]) -> None:
    (judged,) = estimator.judge([pair])
    assert judged.worst.sum() == pytest.approx(1, abs=1e-5)
    assert len(judged.source.spans) == len(judged.source.probabilities)


def test_no_pairs_no_judgements(estimator: TokenClassificationEstimator) -> None:
    assert estimator.judge([]) == []


def test_a_missing_folder_is_named(spec: ModelSpec, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model folder"):
        TokenClassificationEstimator(replace(spec, path=tmp_path / "nowhere"))


def tiny(folder: Path, spec: ModelSpec, **config: Any) -> ModelSpec:
    """Save a model of a few thousand weights with the bundled tokenizer, by the ordinary way."""
    from transformers import AutoTokenizer, BertConfig, BertForTokenClassification

    small = BertConfig(
        vocab_size=24_000, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, **config
    )
    BertForTokenClassification(small).save_pretrained(folder)
    AutoTokenizer.from_pretrained(spec.path).save_pretrained(folder)
    return replace(spec, name="tiny", path=folder)


def test_any_token_classification_folder_with_the_labels_serves(spec: ModelSpec, tmp_path: Path) -> None:
    labels = {0: "OK", 1: "MINOR", 2: "MAJOR"}
    made = tiny(tmp_path, spec, id2label=labels, label2id={label: at for at, label in labels.items()})
    assert len(TokenClassificationEstimator(made).judge(PAIRS)) == len(PAIRS)


@pytest.mark.parametrize(
    ("names", "badness", "planted"),
    [
        (("OK", "MINOR", "MAJOR"), False, False),
        (("OK", "MINOR", "MAJOR", "BADNESS"), True, False),
        (("OK", "MINOR", "MAJOR", "PLANTED"), False, True),
        (("OK", "MINOR", "MAJOR", "BADNESS", "PLANTED"), True, True),
        (("OK", "MINOR", "MAJOR", "PLANTED", "BADNESS"), True, True),
    ],
)
def test_more_is_told_by_models_that_have_outputs_for_it(
    names: tuple[str, ...], badness: bool, planted: bool, spec: ModelSpec, tmp_path: Path
) -> None:
    made = tiny(tmp_path, spec, id2label=dict(enumerate(names)), label2id={name: at for at, name in enumerate(names)})
    long = ("The ship left the quay. " * 60, "Das Schiff verließ den Kai. " * 60)  # read in windows
    for judged in TokenClassificationEstimator(made).judge([*PAIRS, long]):
        assert judged.worst.sum() == pytest.approx(1, abs=1e-3)
        assert judged.target.probabilities.sum(1) == pytest.approx(1, abs=1e-3)
        assert (judged.badness is not None) is badness
        assert judged.badness is None or 0 < judged.badness < 1
        assert (judged.planted is not None) is planted
        for side in (judged.source, judged.target):
            assert (side.planted is not None) is planted
            assert side.planted is None or len(side.planted) == len(side.spans)


def test_rare_words_of_the_source_are_surprising(estimator: TokenClassificationEstimator) -> None:
    target = "Das Schiff lag am Kai."
    common, rare = estimator.judge([("The ship lay at the quay.", target), ("Quixotic zephyrs bemused us.", target)])
    assert common.surprisal is not None
    assert rare.surprisal is not None
    assert 0 < common.surprisal < rare.surprisal
    (empty,) = estimator.judge([("", target)])
    assert empty.surprisal is None


@pytest.mark.parametrize(
    "names",
    [
        ("O", "B-PER"),
        ("OK", "MINOR"),
        ("MINOR", "OK", "MAJOR"),
        ("OK", "MINOR", "MAJOR", "CRITICAL"),
        ("OK", "MINOR", "MAJOR", "BADNESS", "FLUENCY"),
    ],
)
def test_other_labels_are_refused(names: tuple[str, ...], spec: ModelSpec, tmp_path: Path) -> None:
    made = tiny(tmp_path, spec, id2label=dict(enumerate(names)), label2id={name: at for at, name in enumerate(names)})
    with pytest.raises(ModelError, match=f"its labels are {', '.join(names)}"):
        TokenClassificationEstimator(made)


def test_a_folder_without_safetensors_is_refused(spec: ModelSpec, tmp_path: Path) -> None:
    labels = {0: "OK", 1: "MINOR", 2: "MAJOR"}
    made = tiny(tmp_path, spec, id2label=labels, label2id={label: at for at, label in labels.items()})
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot be loaded"):
        TokenClassificationEstimator(made)
