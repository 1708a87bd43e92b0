"""The training of translators: small, but the whole way from sentences to a folder that translates."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from mtaudit.models.translator import TransformersTranslator
from tests.toys import toy_spec
from training.toy_translator import sentence
from training.translator import (
    Example,
    Progress,
    Settings,
    Shape,
    Trainer,
    batches,
    encoded,
    make_model,
    make_tokenizer,
    measure,
    parse_arguments,
    save_folder,
    write_card,
)

SHAPE = Shape(width=16, inner=32, heads=2, encoder_layers=1, decoder_layers=1, pieces=150)
EXAMPLES = [Example(german, english) for english, german in (sentence(random.Random(seed)) for seed in range(400))]

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses:UserWarning")


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocabulary")
    texts = [text for one in EXAMPLES for text in (one.source, one.target)]
    make_tokenizer(texts, SHAPE.pieces, folder, rule="identity")
    return folder


def _trainer(vocabulary: Path, minutes: float) -> Trainer:
    from transformers import MarianTokenizer

    tokenizer = MarianTokenizer.from_pretrained(str(vocabulary), local_files_only=True)
    settings = Settings(minutes, tokens=200, save_every=0.002)
    return Trainer.of(make_model(tokenizer, SHAPE, 0.0), tokenizer, settings)


def test_a_training_goes_on_from_its_checkpoint(vocabulary: Path, tmp_path: Path) -> None:
    checkpoint = tmp_path / "toy.pt"
    first = _trainer(vocabulary, 0.01)
    data = encoded(first.tokenizer, EXAMPLES)
    progress = first.run(data, checkpoint)
    assert progress.step > 0
    assert progress.log[-1]["step"] == progress.step
    again = _trainer(vocabulary, 0.02)
    restored = again.restore(checkpoint)
    assert (restored.step, restored.log) == (progress.step, progress.log)
    later = again.run(data, checkpoint)
    assert later.step > progress.step
    assert later.log[: len(progress.log)] == progress.log
    untrained = _trainer(vocabulary, 1).model.state_dict()
    assert any(not again.model.state_dict()[name].equal(value) for name, value in untrained.items())
    assert list(tmp_path.iterdir()) == [checkpoint]


def test_batches_go_on_where_they_were_left(vocabulary: Path) -> None:
    trainer = _trainer(vocabulary, 1)
    data = encoded(trainer.tokenizer, EXAMPLES[:50])
    stream, later = trainer._stream(data, 0), trainer._stream(data, 7)
    skipped = [next(stream) for _ in range(10)][7:]
    assert [next(later) for _ in range(3)] == skipped


def test_batches_hold_every_pair_once_and_no_more_pieces_than_asked_for() -> None:
    rng = random.Random(1)
    data = [([1] * rng.randint(1, 30), [2] * rng.randint(1, 30)) for _ in range(300)]
    made = batches(data, 120, random.Random(2))
    assert sorted(map(repr, (pair for batch in made for pair in batch))) == sorted(map(repr, data))
    assert max(len(batch) * max(max(map(len, pair)) for pair in batch) for batch in made) <= 120


def test_pairs_of_very_unlike_length_are_left_out(vocabulary: Path) -> None:
    tokenizer = _trainer(vocabulary, 1).tokenizer
    long = " ".join(one.source for one in EXAMPLES[:20])
    assert encoded(tokenizer, [Example(long, long), Example(EXAMPLES[0].source * 3, "a")]) == []


def test_the_rate_rises_and_falls_to_nothing(vocabulary: Path) -> None:
    trainer = _trainer(vocabulary, 10)
    rates = [trainer.rate(Progress(step, spent)) for step, spent in ((0, 0), (799, 0), (5000, 300), (9000, 600))]
    assert rates[0] < rates[1]
    assert rates[1] == pytest.approx(1e-3)
    assert rates[1] > rates[2] > rates[3] == pytest.approx(0)


@pytest.mark.parametrize(
    ("chrf", "verdict"), [(45.0, "good enough to be a witness."), (44.9, "not good enough to be a witness")]
)
def test_the_card_says_whether_it_is_good_enough(tmp_path: Path, chrf: float, verdict: str) -> None:
    facts = {"source": "de", "target": "en", "shape": "small", "minutes": 3.0, "steps": 7, "device": "one", "seed": 1}
    facts |= {"pairs": 9, "beams": 1, "bleu": 1.0, "chrf": chrf, "broke_off": 0, "date": "2026-01-01"}
    write_card(tmp_path, facts)
    assert verdict in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "training.json").read_text(encoding="utf-8")) == facts


def test_what_is_saved_is_an_ordinary_folder(vocabulary: Path, tmp_path: Path) -> None:
    trainer = _trainer(vocabulary, 1)
    out = tmp_path / "made"
    save_folder(trainer.model, vocabulary, out)
    figures = measure(out, EXAMPLES[:3], ("de", "en"), 1)
    assert (figures["pairs"], figures["broke_off"] <= 3) == (3, True)
    assert {path.name for path in out.iterdir()} >= {"config.json", "model.safetensors", "source.spm", "vocab.json"}


def test_the_committed_toys_are_as_good_as_their_card_says() -> None:
    unseen = [sentence(random.Random(seed)) for seed in range(10_000, 10_040)]
    translator = TransformersTranslator(toy_spec("de", "en"))
    found = translator.translate([german for _, german in unseen], "de", "en")
    assert [one.text for one in found] == [english for english, _ in unseen]


def test_defaults_make_a_student_of_less_than_thirty_megabytes() -> None:
    options = parse_arguments(["--data", "d", "--source", "de", "--target", "en", "--out", "o", "--checkpoint", "c"])
    assert (options.width, options.inner, options.pieces) == (288, 1152, 16_000)
    layer = 4 * options.width**2 + 2 * options.width * options.inner
    parameters = options.pieces * options.width + 6 * layer + 2 * (layer + 4 * options.width**2)
    assert 2 * parameters < 30_000_000
