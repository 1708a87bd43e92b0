"""One step of every stage of the estimator's training, and what a checkpoint and the written folder keep."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForTokenClassification

from mtaudit import modelfile
from mtaudit.models.estimator import TokenClassificationEstimator
from mtaudit.types import Side, Span
from training.estimator import AVERAGED, STAGES, Progress, Trainer, rate_at
from training.estimator_data import BADNESS, LABELS, MAJOR, PLANTED, Example, Mark, encode_examples, worst_of
from training.generated import Generator, Original
from training.lexicon import Lexicon

EMBEDDER = modelfile.bundled_weights() / "embedder-en-de"


def judged(source: str, target: str, *marks: Mark) -> Example:
    return Example(source, target, (marks,), worst_of([marks]), frozenset({Side.TARGET}), hidable=True)


EXAMPLES = [
    judged("The ship left the quay.", "Das Schiff verließ den Kai."),
    judged("The ship left the quay.", "Das Schaf verließ den Kai.", Mark(Side.TARGET, Span(4, 9), MAJOR)),
    Example("It rained all night long.", "Es regnete die ganze Nacht.", (), (0.5, 0.3, 0.2), frozenset()),
]


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    torch.manual_seed(5)
    return Trainer(EMBEDDER)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_learns_what_it_is_shown(stage: str, trainer: Trainer) -> None:
    before = {name: tensor.clone() for name, tensor in trainer.model.state_dict().items()}
    batch = encode_examples(trainer.tokenizer, EXAMPLES)
    costs = []
    for _ in range(4):
        loss = trainer.loss(batch, stage, random.Random(2))
        trainer.update(loss, 3e-4)
        costs.append(loss.item())
    assert costs[-1] < costs[0]
    changed = {name for name, tensor in trainer.model.state_dict().items() if not torch.equal(tensor, before[name])}
    assert "bert.encoder.layer.0.attention.self.query.weight" in changed
    # Naming hidden words needs no labels; all else learns the labels, and how bad a pair is.
    assert ("classifier.weight" in changed) is (stage != "recover")


PEOPLE = frozenset({"OK", "MINOR", "MAJOR"})


@pytest.mark.parametrize(
    ("stage", "made", "sides", "wanted"),
    [
        ("annotate", False, {Side.TARGET}, {*PEOPLE, BADNESS}),
        ("annotate", True, {Side.TARGET}, {PLANTED}),
        # What people judged does not tell what the source lost: that is learned from planted errors.
        ("annotate", True, {Side.SOURCE, Side.TARGET}, {*PEOPLE, PLANTED}),
        ("dense", True, {Side.TARGET}, {*PEOPLE, BADNESS, PLANTED}),
    ],
    ids=["people's marks", "made errors", "made errors on both sides", "made errors before there are people's"],
)
def test_outputs_learn_from_what_they_are_for(
    stage: str, made: bool, sides: set[Side], wanted: set[str], trainer: Trainer
) -> None:
    example = replace(EXAMPLES[1], made=made, judged=frozenset(sides))
    trainer.optimizer.zero_grad()
    loss = trainer.loss(encode_examples(trainer.tokenizer, [example]), stage, random.Random(2))
    loss.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
    gradients = trainer.model.classifier.weight.grad.abs().sum(1)
    names = trainer.model.config.id2label
    assert {names[at] for at, size in enumerate(gradients.tolist()) if size > 0} == wanted


def test_of_two_translations_the_worse_one_becomes_worse(trainer: Trainer) -> None:
    batch = encode_examples(trainer.tokenizer, EXAMPLES[:2])
    assert batch.rivals.tolist() == [[1, 0]]
    for _ in range(6):
        trainer.update(trainer.loss(batch, "annotate", random.Random(2)), 3e-4)
    encoded = {name: batch.encoded[name] for name in ("input_ids", "attention_mask", "token_type_ids")}
    with torch.no_grad():
        right, wrong = trainer.model.eval()(**encoded).logits[:, 0, len(LABELS)]
    trainer.model.train()
    assert wrong > right


def test_a_checkpoint_goes_on_where_it_was(trainer: Trainer, tmp_path: Path) -> None:
    progress = Progress(step=7, log=[{"stage": "dense"}])
    progress.spent["dense"] = 12.5
    trainer.checkpoint(tmp_path / "estimator.pt", progress)
    other = Trainer(EMBEDDER)
    assert other.restore(tmp_path / "nothing.pt") == Progress()
    assert other.restore(tmp_path / "estimator.pt") == progress
    assert torch.equal(other.model.classifier.weight, trainer.model.classifier.weight)


def test_the_dense_stage_ends_with_a_mean(trainer: Trainer, tmp_path: Path) -> None:
    bias = trainer.model.classifier.bias
    with torch.no_grad():
        for step in range(AVERAGED + 2):
            bias.fill_(float(step))
            trainer.keep(tmp_path, step)
        assert len(list(tmp_path.iterdir())) == AVERAGED
        trainer.average(tmp_path)
    assert trainer.model.classifier.bias.tolist() == pytest.approx([(AVERAGED + 3) / 2] * len(bias))


def test_the_folder_serves_as_an_estimator(trainer: Trainer, tmp_path: Path) -> None:
    trainer.save(tmp_path / "made")
    spec = modelfile.load().profile("embedded").model("estimator")
    assert spec is not None
    (found,) = TokenClassificationEstimator(replace(spec, path=tmp_path / "made")).judge(
        [("It rained.", "Es regnete.")]
    )
    assert found.badness is not None
    assert not (tmp_path / "made.partial").exists()
    # Begun anew from it, the training keeps what was learned.
    again = Trainer(tmp_path / "made").model.classifier.weight
    assert torch.allclose(again, trainer.model.classifier.weight, atol=1e-3)


def test_a_classifier_of_labels_alone_is_widened(trainer: Trainer, tmp_path: Path) -> None:
    trainer.save(tmp_path / "made")
    model = AutoModelForTokenClassification.from_pretrained(tmp_path / "made", dtype=torch.float32)
    old = torch.nn.Linear(model.config.hidden_size, len(LABELS))
    model.classifier, model.config.id2label = old, dict(enumerate(LABELS))
    model.config.label2id = {label: at for at, label in enumerate(LABELS)}
    model.save_pretrained(tmp_path / "made")
    widened = Trainer(tmp_path / "made").model
    assert list(widened.config.id2label.values()) == [*LABELS, BADNESS, PLANTED]
    assert torch.allclose(widened.classifier.weight[: len(LABELS)], old.weight)


def test_what_a_model_fills_in_is_marked_where_it_differs(trainer: Trainer, tmp_path: Path) -> None:
    trainer.checkpoint(tmp_path / "estimator.pt", Progress())
    generator = Generator(EMBEDDER, tmp_path / "estimator.pt", Lexicon({}, {}))
    target = "Das Schiff verließ den Kai, als der Sturm kam. Die Hafenmeisterin (58) winkte ihm lange nach."
    original = Original("Whatever.", target, ("en", "de"), frozenset(), frozenset())
    filled = [generator.fill([original], random.Random(seed))[0] for seed in range(6)]
    assert len({one.target for one in filled}) > 1
    was = target.split()
    for one in filled:
        now = one.target.split()
        # Words are exchanged one for one; what is not only letters, punctuation with it, stays.
        assert len(now) == len(was)
        marked = [one.target[mark.span.start : mark.span.end] for mark in one.raters[0]]
        changed = [new for old, new in zip(was, now, strict=True) if old.lower() != new.lower()]
        assert [word.strip("(),.") for word in changed] == marked
        assert [new for old, new in zip(was, now, strict=True) if old == "(58)"] == ["(58)"]


@pytest.mark.parametrize(
    ("stage", "step", "share", "wanted"),
    [
        ("plant", 0, 0.0, 1 / 60),
        ("plant", 90, 0.5, 1.0),
        ("dense", 90, 0.0, 1.0),
        ("dense", 90, 1.0, 0.5),
        ("annotate", 90, 0.0, 0.5),
        ("annotate", 90, 0.75, 0.125),
        ("annotate", 90, 1.0, 0.0),
    ],
)
def test_rates(stage: str, step: int, share: float, wanted: float) -> None:
    assert rate_at(stage, step, share, 1.0) == pytest.approx(wanted)
