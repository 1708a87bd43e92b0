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
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from training.data import Pair, split_pairs
from training.embedder_start import make_start
from training.planting import Bounds, Planted, put_in, take_out

MAX_TOKENS = 128
SCALE = 20.0
CONTRAST_WEIGHT = 0.3
LATE_WEIGHT = 0.2
COUNTERPART_WEIGHT = 1.0
TOKEN_LAYER = 4


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Share of right sentences found among `among`, in per cent, for each direction."""

    among: int
    de_finds_en: float
    en_finds_de: float


@dataclass(frozen=True, slots=True)
class Encoded:
    """Unit token vectors (texts, tokens, width), mask of the inner tokens, unit means, and code point offsets."""

    tokens: Tensor
    inner: Tensor
    mean: Tensor
    offsets: Tensor


def encode(model: nn.Module, tokenizer: Any, texts: Sequence[str], device: torch.device) -> Encoded:
    """Encode texts; a teacher with fewer layers than `TOKEN_LAYER` gives its last one."""
    batch = tokenizer(
        list(texts),
        padding=True,
        truncation=True,
        max_length=MAX_TOKENS,
        return_tensors="pt",
        return_offsets_mapping=True,
    )
    ids, mask = batch["input_ids"].to(device), batch["attention_mask"].to(device)
    layers = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    weights = mask.unsqueeze(-1).to(layers[-1].dtype)
    mean = nn.functional.normalize((layers[-1] * weights).sum(1) / weights.sum(1), dim=-1)
    inner = mask.bool() & (ids != tokenizer.cls_token_id) & (ids != tokenizer.sep_token_id)
    return Encoded(
        nn.functional.normalize(layers[TOKEN_LAYER], dim=-1), inner, mean, batch["offset_mapping"].to(device)
    )


def inside(encoded: Encoded, bounds: Sequence[Bounds]) -> Tensor:
    """Return (texts, tokens): which inner tokens overlap the bounds of their text."""
    edges = torch.tensor(bounds, device=encoded.offsets.device)
    starts, ends = encoded.offsets[..., 0], encoded.offsets[..., 1]
    return (starts < edges[:, 1:2]) & (ends > edges[:, 0:1]) & encoded.inner


def best_counterpart(left: Encoded, right: Encoded, allowed: Tensor) -> Tensor:
    """Return (texts, left tokens): the best cosine with an allowed token of the other side, -1 where there is none."""
    similarity = torch.einsum("ika,ila->ikl", left.tokens, right.tokens)
    return similarity.masked_fill(~allowed[:, None, :], -1.0).amax(2)


def lost_labels(left: Encoded, right: Encoded, lost: Sequence[Bounds]) -> Tensor:
    """Return (texts, left tokens): -1 unknown, 0 the only counterpart is among the lost words of `right`, 1 it is not.

    The labels come from the model in training: on the whole pair it says where the counterpart of each token is.
    Margins of 0.15 leave what it is not sure of unlabelled.
    """
    gone = inside(right, lost)
    within = best_counterpart(left, right, gone)
    outside = best_counterpart(left, right, right.inner & ~gone)
    labels = torch.full_like(within, -1.0)
    labels[outside - within > 0.15] = 1.0
    labels[(within - outside > 0.15) & (within > 0.5)] = 0.0
    return labels.masked_fill(~left.inner, -1.0)


def counterpart_loss(left: Encoded, right: Encoded, labels: Tensor) -> Tensor:
    """Binary cross-entropy of "this token has a counterpart" against labels (texts, tokens) of 1, 0 and -1 (unknown).

    Tokens with and without a counterpart weigh the same in sum, or a model that finds one for everything wins.
    """
    logits = 12 * (best_counterpart(left, right, right.inner) - 0.5)
    loss = nn.functional.binary_cross_entropy_with_logits(logits, labels.clamp(min=0), reduction="none")
    known, strange = labels == 1, labels == 0
    total = (loss * known).sum() / known.sum().clamp(min=1)
    return (total + (loss * strange).sum() / strange.sum().clamp(min=1)) / 2


def late_interaction(left: Encoded, right: Encoded) -> Tensor:
    """Return (left, right): for every two texts how well their tokens explain each other, both ways averaged."""
    similarity = torch.einsum("ika,jla->ijkl", left.tokens, right.tokens)
    left_mask, right_mask = left.inner, right.inner
    pair_mask = left_mask[:, None, :, None] & right_mask[None, :, None, :]
    similarity = similarity.masked_fill(~pair_mask, -1.0)
    forward = (similarity.amax(3) * left_mask[:, None, :]).sum(2) / left_mask.sum(1)[:, None]
    backward = (similarity.amax(2) * right_mask[None, :, :]).sum(2) / right_mask.sum(1)[None, :]
    return (forward + backward) / 2


def contrast(scores: Tensor) -> Tensor:
    """Cross-entropy of the diagonal, by rows and by columns."""
    gold = torch.arange(len(scores), device=scores.device)
    return (nn.functional.cross_entropy(scores * SCALE, gold) + nn.functional.cross_entropy(scores.T * SCALE, gold)) / 2


@torch.no_grad()
def token_labels(
    model: nn.Module, tokenizer: Any, texts: Sequence[Planted], de: Encoded, en: Encoded, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Return the counterpart labels of the German and of the English tokens, each (texts, tokens)."""
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure on the test pairs, and write folder and `training.json` (what made the weights)."""
    options = parse_arguments(arguments)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    split = split_pairs(options.data / "parallel.en-de.tsv.xz")
    print(f"{len(split.train)} training pairs, device {device}", file=sys.stderr, flush=True)

    teacher_tokenizer = AutoTokenizer.from_pretrained(options.teacher, local_files_only=True)
    teacher = AutoModel.from_pretrained(options.teacher, local_files_only=True, dtype=torch.float32).to(device).eval()
    if options.start:
        tokenizer = AutoTokenizer.from_pretrained(options.start, local_files_only=True)
        model = AutoModel.from_pretrained(options.start, local_files_only=True, dtype=torch.float32)
    else:
        model, tokenizer = make_start(split.train, options.teacher)
    model = model.to(device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01)
    log: list[dict[str, Any]] = []
    spent, step = 0.0, 0
    if options.checkpoint.exists():
        state = torch.load(options.checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        spent, step, log = state["spent"], state["step"], json.loads(state["log"])

    def record(event: str) -> None:
        measured = asdict(retrieval(model, tokenizer, split.dev, device))
        log.append({"step": step, "minutes": round(spent / 60, 1), **measured})
        print(f"{event}: {log[-1]}", file=sys.stderr, flush=True)

    def checkpoint() -> None:
        partial = options.checkpoint.with_suffix(".partial")
        torch.save(
            {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "spent": spent,
                "step": step,
                "log": json.dumps(log),
            },
            partial,
        )
        partial.replace(options.checkpoint)

    budget = options.minutes * 60
    if not log:
        record("start")
    queue: list[list[Pair]] = []
    last_saved = spent
    while spent < budget:
        began = time.monotonic()
        queue = queue or batches(split.train, options.batch, rng)
        batch = queue.pop()
        # Warm-up over 3 % of the budget, then a cosine to zero: by time, since the budget is a time.
        share = spent / budget
        rate = options.rate * (min(1.0, share / 0.03 + 0.02) if share < 0.03 else 0.5 * (1 + math.cos(math.pi * share)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        # Planted pairs stay out of the losses on sentence vectors: what they should be is not known.
        cut, cut2 = int(len(batch) * 0.4), int(len(batch) * 0.7)
        clean = batch[:cut]
        texts = [Planted(pair.en, pair.de) for pair in clean]
        texts += [put_in(pair, rng.choice(split.train), rng) for pair in batch[cut:cut2]]
        texts += [take_out(pair, rng) for pair in batch[cut2:]]
        with torch.no_grad():
            gold = encode(teacher, teacher_tokenizer, [pair.en for pair in clean], device).mean
        de = encode(model, tokenizer, [text.de for text in texts], device)
        en = encode(model, tokenizer, [text.en for text in texts], device)
        de_labels, en_labels = token_labels(model, tokenizer, texts, de, en, device)
        de_mean, en_mean = de.mean[:cut], en.mean[:cut]
        distance = ((de_mean - gold) ** 2).sum(-1).mean() + 0.5 * ((en_mean - gold) ** 2).sum(-1).mean()
        sentence = contrast(de_mean @ en_mean.T)
        late = contrast(late_interaction(de, en))
        counterpart = counterpart_loss(de, en, de_labels) + counterpart_loss(en, de, en_labels)
        loss = distance + CONTRAST_WEIGHT * sentence + LATE_WEIGHT * late + COUNTERPART_WEIGHT * counterpart
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        spent += time.monotonic() - began
        if step % 50 == 0:
            parts = {"distance": distance, "sentence": sentence, "late": late, "counterpart": counterpart}
            values = {name: round(float(value), 4) for name, value in parts.items()}
            print(f"step {step}, {spent / 60:.1f} min: {values}", file=sys.stderr, flush=True)
        if spent - last_saved > 600:
            last_saved = spent
            record("dev")
            checkpoint()
    record("end")
    checkpoint()
    test = retrieval(model, tokenizer, split.test, device)
    print(f"test: {test}", file=sys.stderr)
    save(model, tokenizer, options.out)
    facts = {
        "date": date.today().isoformat(),
        "start": options.start.name if options.start else "teacher",
        "pairs": len(split.train),
        "steps": step,
        "batch": options.batch,
        "rate": options.rate,
        "seed": options.seed,
        "minutes": round(spent / 60, 1),
        "device": torch.cuda.get_device_name() if device.type == "cuda" else f"{torch.get_num_threads()} CPU threads",
        "dev": log,
        "test": asdict(test),
    }
    (options.out / "training.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
