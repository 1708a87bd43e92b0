"""Trains the bundled English-German embedder and writes it as a sentence-transformers folder.

    python -m training.embedder --data DATA --teacher FOLDER --start FOLDER --minutes 60 --out weights/embedder-en-de

The student learns three things at once:

* the sentence vector of either language goes to the teacher's vector of the English sentence (squared
  distance; Reimers and Gurevych 2020, "Making Monolingual Sentence Embeddings Multilingual using Knowledge
  Distillation"),
* among the sentences of a batch it must pick the right one (cross-entropy; scale 20),
* the token vectors of layer 4 of a pair must explain each other better than those of other pairs (the late
  interaction of Khattab and Zaharia 2020, ColBERT, symmetric), and words that stand on one side only (`planting`)
  must find no counterpart on the other. That makes token vectors fit for finding omitted and added words.
  Middle layers align words better than the last one (Jalili Sabet et al. 2020, SimAlign).

Without `--start` the student is made from the teacher (see `embedder_start`). Training runs on an accelerator
where there is one, else on the CPU; it stops after `--minutes`, with the rate brought down to zero by then, and
goes on from `--checkpoint` if that file is there.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from training.data import Pair, Split, split_pairs
from training.embedder_start import make_start
from training.losses import Encoded, contrast, counterpart_loss, encode, inside, late_interaction, lost_labels
from training.planting import Planted, put_in, take_out

CONTRAST_WEIGHT = 0.3
LATE_WEIGHT = 0.2
COUNTERPART_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Share of right sentences found among `among`, in per cent, for each direction."""

    among: int
    de_finds_en: float
    en_finds_de: float


@torch.no_grad()
def token_labels(
    model: nn.Module, tokenizer: Any, texts: Sequence[Planted], encoded: tuple[Encoded, Encoded], device: torch.device
) -> tuple[Tensor, Tensor]:
    """Return the counterpart labels of the German and of the English tokens, each (texts, tokens).

    `encoded` holds the German and the English side of `texts`.
    """
    de, en = encoded
    de_labels = torch.where(de.inner, 1.0, -1.0).masked_fill(inside(de, [text.de_strange for text in texts]), 0.0)
    en_labels = torch.where(en.inner, 1.0, -1.0).masked_fill(inside(en, [text.en_strange for text in texts]), 0.0)
    rows = [(row, text) for row, text in enumerate(texts) if text.whole]
    if rows:
        model.eval()
        wholes = [text.whole for _, text in rows if text.whole]
        whole_de = encode(model, tokenizer, [pair.de for pair in wholes], device)
        whole_en = encode(model, tokenizer, [pair.en for pair in wholes], device)
        model.train()
        from_de = lost_labels(whole_de, whole_en, [text.en_lost for _, text in rows])
        from_en = lost_labels(whole_en, whole_de, [text.de_lost for _, text in rows])
        for at, (row, text) in enumerate(rows):
            # Only the side that kept all its words has the same tokens as in the whole pair.
            if text.de == wholes[at].de:
                count = int(whole_de.inner[at].sum()) + 1
                de_labels[row, :count] = from_de[at, :count]
            if text.en == wholes[at].en:
                count = int(whole_en.inner[at].sum()) + 1
                en_labels[row, :count] = from_en[at, :count]
    return de_labels, en_labels


@torch.no_grad()
def sentence_vectors(model: nn.Module, tokenizer: Any, texts: Sequence[str], device: torch.device) -> Tensor:
    """Return unit sentence vectors (texts, width); texts are batched by length."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    vectors: list[Tensor] = [torch.empty(0)] * len(texts)
    for begin in range(0, len(order), 64):
        chunk = order[begin : begin + 64]
        for index, vector in zip(
            chunk, encode(model, tokenizer, [texts[i] for i in chunk], device).mean.cpu(), strict=True
        ):
            vectors[index] = vector
    return torch.stack(vectors)


def retrieval(model: nn.Module, tokenizer: Any, pairs: Sequence[Pair], device: torch.device) -> Retrieval:
    """Measure retrieval of each sentence's translation among all of `pairs`."""
    model.eval()
    en = sentence_vectors(model, tokenizer, [pair.en for pair in pairs], device)
    de = sentence_vectors(model, tokenizer, [pair.de for pair in pairs], device)
    scores, gold = de @ en.T, torch.arange(len(pairs))
    model.train()
    return Retrieval(
        len(pairs),
        round(100 * float((scores.argmax(1) == gold).float().mean()), 2),
        round(100 * float((scores.argmax(0) == gold).float().mean()), 2),
    )


def batches(pairs: Sequence[Pair], size: int, rng: random.Random) -> list[list[Pair]]:
    """Shuffle, then sort by length within stretches of 50 batches: little padding, and still random."""
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    result = []
    for begin in range(0, len(shuffled), size * 50):
        stretch = sorted(shuffled[begin : begin + size * 50], key=lambda pair: len(pair.de))
        result += [stretch[i : i + size] for i in range(0, len(stretch) - size + 1, size)]
    rng.shuffle(result)
    return result


def save(model: Any, tokenizer: Any, out: Path, half: bool = True) -> None:
    """Write a sentence-transformers folder: transformer in half precision, mean pooling, unit length."""
    staging = out.with_name(out.name + ".partial")
    shutil.rmtree(staging, ignore_errors=True)
    plain = staging / "transformer"
    (model.half() if half else model).save_pretrained(plain, safe_serialization=True)
    tokenizer.model_max_length = 256
    tokenizer.save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=256)
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu").save_pretrained(
        str(staging / "final"), create_model_card=False
    )
    shutil.rmtree(out, ignore_errors=True)
    (staging / "final").rename(out)
    shutil.rmtree(staging)
    model.float()


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with parallel.en-de.tsv.xz")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--start", type=Path, help="student to go on from; default: made from the teacher")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="file; training goes on from it if it is there")
    parser.add_argument("--minutes", type=float, default=60, help="time budget of the training loop")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args(arguments)


@dataclass(slots=True)
class Progress:
    """Where a training stands: steps done, seconds spent in them, and the dev figures on the way."""

    step: int = 0
    spent: float = 0.0
    log: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trainer:
    """The student with its teacher, optimizer and device."""

    model: Any
    tokenizer: Any
    teacher: nn.Module
    teacher_tokenizer: Any
    optimizer: torch.optim.Optimizer
    device: torch.device

    def loss(self, batch: Sequence[Pair], pool: Sequence[Pair], rng: random.Random) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of a batch and its parts; 60 % of the batch get words without a counterpart.

        Planted pairs stay out of the losses on sentence vectors: what those should be is not known.
        """
        cut, cut2 = int(len(batch) * 0.4), int(len(batch) * 0.7)
        clean = batch[:cut]
        texts = [Planted(pair.en, pair.de) for pair in clean]
        texts += [put_in(pair, rng.choice(pool), rng) for pair in batch[cut:cut2]]
        texts += [take_out(pair, rng) for pair in batch[cut2:]]
        with torch.no_grad():
            gold = encode(self.teacher, self.teacher_tokenizer, [pair.en for pair in clean], self.device).mean
        de = encode(self.model, self.tokenizer, [text.de for text in texts], self.device)
        en = encode(self.model, self.tokenizer, [text.en for text in texts], self.device)
        de_labels, en_labels = token_labels(self.model, self.tokenizer, texts, (de, en), self.device)
        de_mean, en_mean = de.mean[:cut], en.mean[:cut]
        distance = ((de_mean - gold) ** 2).sum(-1).mean() + 0.5 * ((en_mean - gold) ** 2).sum(-1).mean()
        sentence = contrast(de_mean @ en_mean.T)
        late = contrast(late_interaction(de, en))
        counterpart = counterpart_loss(de, en, de_labels) + counterpart_loss(en, de, en_labels)
        total = distance + CONTRAST_WEIGHT * sentence + LATE_WEIGHT * late + COUNTERPART_WEIGHT * counterpart
        parts = {"distance": distance, "sentence": sentence, "late": late, "counterpart": counterpart}
        return total, {name: round(part.item(), 4) for name, part in parts.items()}

    def step(self, loss: Tensor, rate: float) -> None:
        """Change the student by one step against the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()

    def restore(self, path: Path) -> Progress:
        """Go on from a checkpoint, or start afresh where there is none."""
        if not path.exists():
            return Progress()
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        return Progress(state["step"], state["spent"], json.loads(state["log"]))

    def checkpoint(self, path: Path, progress: Progress) -> None:
        """Write a checkpoint; a killed run leaves the last whole one."""
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        state |= {"step": progress.step, "spent": progress.spent, "log": json.dumps(progress.log)}
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def measure(self, pairs: Sequence[Pair], progress: Progress) -> None:
        """Measure retrieval on the dev pairs and log it."""
        measured = asdict(retrieval(self.model, self.tokenizer, pairs, self.device))
        progress.log.append({"step": progress.step, "minutes": round(progress.spent / 60, 1), **measured})
        print(progress.log[-1], file=sys.stderr, flush=True)


def make_trainer(options: argparse.Namespace, pairs: Sequence[Pair]) -> Trainer:
    """Load the teacher, and load or make the student."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    teacher_tokenizer = AutoTokenizer.from_pretrained(options.teacher, local_files_only=True)
    teacher = AutoModel.from_pretrained(options.teacher, local_files_only=True, dtype=torch.float32).to(device).eval()
    if options.start:
        tokenizer = AutoTokenizer.from_pretrained(options.start, local_files_only=True)
        model = AutoModel.from_pretrained(options.start, local_files_only=True, dtype=torch.float32)
    else:
        model, tokenizer = make_start(pairs, options.teacher)
    model = model.to(device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    return Trainer(model, tokenizer, teacher, teacher_tokenizer, optimizer, device)


def rate_at(share: float, peak: float) -> float:
    """Warm-up over 3 % of the budget, then a cosine to zero: by time, since the budget is a time."""
    return peak * (share / 0.03 + 0.02) if share < 0.03 else peak * 0.5 * (1 + math.cos(math.pi * share))


def train(trainer: Trainer, split: Split, options: argparse.Namespace) -> Progress:
    """Train until the time budget is spent; measure and checkpoint every ten minutes."""
    rng = random.Random(options.seed)
    progress = trainer.restore(options.checkpoint)
    if not progress.log:
        trainer.measure(split.dev, progress)
    queue: list[list[Pair]] = []
    budget, saved = options.minutes * 60, progress.spent
    while progress.spent < budget:
        began = time.monotonic()
        queue = queue or batches(split.train, options.batch, rng)
        loss, parts = trainer.loss(queue.pop(), split.train, rng)
        trainer.step(loss, rate_at(progress.spent / budget, options.rate))
        progress.step += 1
        progress.spent += time.monotonic() - began
        if progress.step % 50 == 0:
            print(f"step {progress.step}, {progress.spent / 60:.1f} min: {parts}", file=sys.stderr, flush=True)
        if progress.spent - saved > 600:
            saved = progress.spent
            trainer.measure(split.dev, progress)
            trainer.checkpoint(options.checkpoint, progress)
    trainer.measure(split.dev, progress)
    trainer.checkpoint(options.checkpoint, progress)
    return progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure on the test pairs, and write folder and `training.json` (what made the weights)."""
    options = parse_arguments(arguments)
    torch.manual_seed(options.seed)
    split = split_pairs(options.data / "parallel.en-de.tsv.xz")
    trainer = make_trainer(options, split.train)
    device = trainer.device
    print(f"{len(split.train)} training pairs, device {device}", file=sys.stderr, flush=True)
    progress = train(trainer, split, options)
    test = retrieval(trainer.model, trainer.tokenizer, split.test, device)
    print(f"test: {test}", file=sys.stderr)
    save(trainer.model, trainer.tokenizer, options.out)
    facts = {
        "date": datetime.now(UTC).date().isoformat(),
        "start": "student" if options.start else "teacher",
        "pairs": len(split.train),
        "steps": progress.step,
        "batch": options.batch,
        "rate": options.rate,
        "seed": options.seed,
        "minutes": round(progress.spent / 60, 1),
        "device": torch.cuda.get_device_name() if device.type == "cuda" else f"{torch.get_num_threads()} CPU threads",
        "dev": progress.log,
        "test": asdict(test),
    }
    (options.out / "training.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
