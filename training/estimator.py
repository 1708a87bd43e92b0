"""Trains the bundled English-German estimator and writes it as a token-classification folder.

    python -m training.estimator --data DATA --start weights/embedder-en-de --work WORK --out weights/estimator-en-de

The estimator reads `<s> source </s> target </s>` and labels every piece OK, MINOR or MAJOR; position 0 carries the
worst severity of the pair. Two more outputs say how bad a target is as a whole, and which pieces are wrong in the way
of made errors. It is trained in stages, each with a time budget:

* `recover`: name hidden words from both sides (`training.recovery`); no labels.
* `dense`: find many errors in a pair, most of them single fluent words: planted ones, what a model filled in
  (`training.generated`), stretches that are rendered word for word (`training.gloss`), words in another sense
  (`training.senses`); the rate goes down to a half. At its end the weights become the mean of its last five, as they
  were when dev figures were logged: single ones swing.
* `plant`: find planted errors (`mtaudit.synthesize`) in good translations, with recovery going on beside it.
* `annotate`: human annotations, several raters as shares, with planted pairs among them so that what those teach is not
  forgotten; the rate goes down to zero.

Training goes on from the checkpoint in WORK if there is one; a killed run loses at most five minutes. It runs on an
accelerator where there is one, else on the CPU, where matrix products are computed in bfloat16 (measured on two cores:
61 against 29 pairs/s; attention written out is faster there than the fused one) and weights stay in float32.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModelForTokenClassification, AutoTokenizer, BatchEncoding

from training.estimator_data import (
    BADNESS,
    LABELS,
    MAJOR,
    MINOR,
    OK,
    PLANTED,
    Batch,
    Example,
    batches,
    encode_examples,
)
from training.estimator_dev import measure_dev
from training.estimator_sources import Sources, prepare
from training.recovery import HIDDEN_SHARE, RecoveryHead, hide_words, recovery_loss

#: Places of the outputs beside the labels.
AT_BADNESS, AT_PLANTED = len(LABELS), len(LABELS) + 1
#: Weights whose mean ends the dense stage (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima").
AVERAGED = 5
STAGES = ("recover", "dense", "plant", "annotate")
#: Share of words hidden while errors are looked for, and the weight of their recovery.
HIDDEN_BESIDE = 0.1
RECOVERY_WEIGHT = 0.25
#: Position 0 against the mean over all pieces.
PAIR_WEIGHT = 0.3
#: How bad the target is as a whole, against the same.
BADNESS_WEIGHT = 0.3
#: Which of two translations of one source is worse: what a source alone says of its translations is of no use here.
RIVAL_WEIGHT = 0.3
#: Dropout of hidden states in the last stage, for the same reason; before it no pair is seen more than a few times.
DROPOUT = 0.1


@dataclass(slots=True)
class Progress:
    """Where a training stands: seconds spent and pairs seen, by stage, steps, and the dev figures on the way."""

    spent: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    pairs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    step: int = 0
    log: list[dict[str, Any]] = field(default_factory=list)


class Trainer:
    """The model with its recovery head, optimizer and device."""

    def __init__(self, start: Path) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tokenizer: Any = AutoTokenizer.from_pretrained(start, local_files_only=True)
        self.tokenizer.backend_tokenizer.no_truncation()  # the embedder's cuts at 128
        self.model: Any = AutoModelForTokenClassification.from_pretrained(
            start,
            local_files_only=True,
            dtype=torch.float32,
            attn_implementation="eager" if self.device.type == "cpu" else "sdpa",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        widen(self.model)
        self.model.to(self.device)
        config = self.model.config
        self.head = RecoveryHead(config.hidden_size, config.vocab_size).to(self.device)
        self.parameters = [*self.model.parameters(), *self.head.parameters()]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=0.0, weight_decay=0.01, betas=(0.9, 0.98), fused=True)

    def set_dropout(self, share: float) -> None:
        """Set the dropout of hidden states; that of attention stays off, for it is slow on a CPU."""
        for name, module in self.model.base_model.named_modules():
            if isinstance(module, nn.Dropout) and ".self." not in name:
                module.p = share
        self.model.train()

    def states(self, ids: Tensor, encoded: BatchEncoding) -> Tensor:
        """The last hidden states (pairs, pieces, width) of encoded pairs whose ids are `ids`, some of them hidden."""
        states: Tensor = self.model.base_model(
            input_ids=ids.to(self.device),
            attention_mask=encoded["attention_mask"].to(self.device),
            token_type_ids=encoded["token_type_ids"].to(self.device),
        ).last_hidden_state
        return states

    def loss(self, batch: Batch, stage: str, rng: random.Random) -> Tensor:
        """The loss of a batch.

        In `recover` words are hidden anywhere, in `plant` outside of errors, in `annotate` in what people judged.
        """
        share = {"recover": HIDDEN_SHARE, "dense": 0.0, "plant": HIDDEN_BESIDE, "annotate": HIDDEN_BESIDE}[stage]
        recovering = stage in ("recover", "plant")  # in `annotate` hidden words keep it from learning by heart
        encoded, known = batch.encoded, batch.known.clone()
        fixed = None if stage == "recover" else batch.fixed
        if stage == "annotate":
            fixed = [[True] * len(row) if made else row for row, made in zip(batch.fixed, batch.made, strict=True)]
        ids, hidden = hide_words(encoded, fixed, share, self.tokenizer.mask_token_id, rng)
        known &= ids == encoded["input_ids"]  # a hidden word cannot be judged
        with torch.autocast(self.device.type, torch.bfloat16):
            states = self.states(ids, encoded)
            words = self.model.get_input_embeddings().weight
            recovered = (
                recovery_loss(states, hidden.to(self.device), self.head, words) if recovering else states.sum() * 0.0
            )
            logits = self.model.classifier(states)
        if stage == "recover":
            return recovered
        logits = logits.float()
        labels, known, made = (part.to(self.device) for part in (batch.labels, known, batch.made))
        wrong = 1 - labels[..., OK]
        told = nn.functional.binary_cross_entropy_with_logits(logits[..., AT_PLANTED], wrong, reduction="none")
        total = _pieces_and_pair(told, known & made[:, None])
        if stage == "annotate":  # on the target what people mark is learned from people alone
            known = known & ~(made[:, None] & batch.targets.to(self.device))
            known[:, 0] &= ~made
        cost = -(labels * logits[..., : len(LABELS)].log_softmax(-1)).sum(-1)
        total = total + _pieces_and_pair(cost, known)
        counted = ~batch.badness.isnan()
        if stage == "annotate":
            counted &= ~batch.made
        if bool(counted.any()):
            bad = logits[counted.to(self.device), 0, AT_BADNESS]
            wanted = batch.badness[counted].to(self.device)
            total = total + BADNESS_WEIGHT * nn.functional.binary_cross_entropy_with_logits(bad, wanted)
        if len(batch.rivals):
            worse, better = logits[batch.rivals.to(self.device), 0, AT_BADNESS].unbind(-1)
            total = total + RIVAL_WEIGHT * nn.functional.softplus(better - worse).mean()
        together: Tensor = total + RECOVERY_WEIGHT * recovered
        return together

    def update(self, loss: Tensor, rate: float) -> None:
        """Change the weights by one step against the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()

    def restore(self, path: Path) -> Progress:
        """Go on from a checkpoint, or start afresh where there is none."""
        if not path.exists():
            return Progress()
        state = torch.load(path, weights_only=True, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.head.load_state_dict(state["head"])
        self.optimizer.load_state_dict(state["optimizer"])
        return Progress(**json.loads(state["progress"]))

    def checkpoint(self, path: Path, progress: Progress) -> None:
        """Write a checkpoint; a killed run leaves the last whole one."""
        state = {"model": self.model.state_dict(), "head": self.head.state_dict()}
        state |= {"optimizer": self.optimizer.state_dict()}
        told = {"spent": progress.spent, "pairs": progress.pairs, "step": progress.step, "log": progress.log}
        partial = path.with_suffix(".partial")
        torch.save(state | {"progress": json.dumps(told)}, partial)
        partial.replace(path)

    def keep(self, folder: Path, step: int) -> None:
        """Write the weights as they are now beside the checkpoint, and forget those that no mean needs."""
        torch.save(self.model.state_dict(), folder / f"dense-{step:08}.pt")
        for old in sorted(folder.glob("dense-*.pt"))[:-AVERAGED]:
            old.unlink()

    def average(self, folder: Path) -> None:
        """Make the weights the mean of those that were kept."""
        kept = [torch.load(path, weights_only=True, map_location=self.device) for path in folder.glob("dense-*.pt")]
        means = {
            name: torch.stack([state[name] for state in kept]).mean(0) if tensor.is_floating_point() else tensor
            for name, tensor in self.model.state_dict().items()
        }
        self.model.load_state_dict(means)

    def save(self, out: Path) -> None:
        """Write the folder: half precision, safetensors, tokenizer, no recovery head."""
        staging = out.with_name(out.name + ".partial")
        shutil.rmtree(staging, ignore_errors=True)
        weights = {name: tensor.half() for name, tensor in self.model.state_dict().items()}
        self.model.config.dtype = "float16"
        self.model.config.hidden_dropout_prob = self.model.config.attention_probs_dropout_prob = 0.1
        self.model.save_pretrained(staging, state_dict=weights)
        self.tokenizer.model_max_length = self.model.config.max_position_embeddings
        self.tokenizer.save_pretrained(staging)
        path = staging / "tokenizer_config.json"
        config = json.loads(path.read_text(encoding="utf-8"))
        # Whoever calls the tokenizer on a pair must get token types: the model tells the sides apart by them.
        config["model_input_names"] = ["input_ids", "token_type_ids", "attention_mask"]
        path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        staging.rename(out)


def _pieces_and_pair(cost: Tensor, known: Tensor) -> Tensor:
    """The mean cost of the known pieces, and of position 0 by its weight; both (pairs, pieces)."""
    pieces, pair = known.clone(), known[:, 0]
    pieces[:, 0] = False
    total: Tensor = cost[pieces].sum() / pieces.sum().clamp(min=1)
    return total + PAIR_WEIGHT * cost[:, 0][pair].sum() / pair.sum().clamp(min=1)


def widen(model: Any) -> None:
    """Give the classifier an output for every label, for how bad the target is, and for errors like made ones.

    A classifier with fewer of them keeps what it learned; that of the made errors begins as what it held wrong.
    """
    names = [*LABELS, BADNESS, PLANTED]
    old = model.classifier
    had = old.out_features
    if had != len(names):
        new = nn.Linear(old.in_features, len(names))
        nn.init.normal_(new.weight, std=0.02)
        nn.init.zeros_(new.bias)
        with torch.no_grad():
            if set(LABELS) <= set(model.config.label2id):
                for parameter, learned in ((new.weight, old.weight), (new.bias, old.bias)):
                    parameter[:had] = learned
                    parameter[AT_PLANTED] = learned[MINOR : MAJOR + 1].mean(0) - learned[OK]
        model.classifier = new
        model.num_labels = len(names)
    model.config.id2label = dict(enumerate(names))
    model.config.label2id = {name: at for at, name in enumerate(names)}


def rate_at(stage: str, step: int, share: float, peak: float) -> float:
    """The learning rate: a warm-up of 60 steps, constant, and in the last stage from half the peak down to zero.

    In `dense` it goes down to half the peak.
    """
    if stage == "annotate":
        return 0.5 * peak * max(0.0, 1.0 - share)
    return peak * min(1.0, (step + 1) / 60) * (1.0 - 0.5 * share if stage == "dense" else 1.0)


def train(trainer: Trainer, sources: Sources, options: argparse.Namespace, progress: Progress) -> None:
    """Run every stage to the end of its budget; dev figures are logged every `--log-minutes`."""
    checkpoint = options.work / "estimator.pt"
    for stage in STAGES:
        budget = 60 * getattr(options, stage)
        rng = random.Random(f"{options.seed} {stage} {progress.step}")
        examples: Iterator[list[Example]] = batches(partial(sources.draw, stage), trainer.tokenizer, rng)
        trainer.set_dropout(DROPOUT if stage == "annotate" else 0.0)
        logged = progress.spent[stage]
        losses: list[float] = []
        while progress.spent[stage] < budget:
            began = time.monotonic()
            chosen = next(examples)
            rate = rate_at(stage, progress.step, progress.spent[stage] / budget, options.rate)
            loss = trainer.loss(encode_examples(trainer.tokenizer, chosen), stage, rng)
            trainer.update(loss, rate)
            losses.append(loss.item())
            progress.spent[stage] += time.monotonic() - began
            progress.pairs[stage] += len(chosen)
            progress.step += 1
            if progress.spent[stage] - logged >= 60 * options.log_minutes or progress.spent[stage] >= budget:
                logged = progress.spent[stage]
                if stage == "dense":
                    trainer.keep(options.work, progress.step)
                    if logged >= budget:
                        trainer.average(options.work)
                note(trainer, options, progress, stage, float(np.mean(losses)))
                losses.clear()
                trainer.checkpoint(checkpoint, progress)


def note(trainer: Trainer, options: argparse.Namespace, progress: Progress, stage: str, loss: float) -> None:
    """Log where the training stands, from the second stage on with the dev figures."""
    entry: dict[str, Any] = {
        "stage": stage,
        "minutes": round(progress.spent[stage] / 60, 1),
        "pairs": progress.pairs[stage],
        "loss": round(loss, 4),
    }
    if stage != "recover":
        entry |= measure_dev(trainer.model.eval(), trainer.tokenizer, options.data)
        trainer.model.train()
    progress.log.append(entry)
    print(json.dumps(entry), file=sys.stderr, flush=True)


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the parallel and the qe files")
    parser.add_argument("--start", type=Path, required=True, help="folder of the embedder to start from")
    parser.add_argument("--work", type=Path, required=True, help="folder for the lexicon and the checkpoint")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--recover", type=float, default=20, help="minutes of masked-word recovery")
    parser.add_argument("--dense", type=float, default=65, help="minutes of many planted errors a pair")
    parser.add_argument("--plant", type=float, default=42, help="minutes of planted errors")
    parser.add_argument("--annotate", type=float, default=30, help="minutes of human annotations")
    parser.add_argument(
        "--generated", type=Path, help="file of training.generated; without it densely planted pairs take its place"
    )
    parser.add_argument("--log-minutes", type=float, default=5)
    parser.add_argument("--rate", type=float, default=4e-4, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--compile", action="store_true", help="compile the layers (needs a C++ compiler)")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse_arguments(arguments)
    torch.manual_seed(options.seed)
    options.work.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options.start)
    sources = prepare(trainer.tokenizer, options)
    progress = trainer.restore(options.work / "estimator.pt")
    if options.compile:  # on two cores 50 against 33 pairs/s
        trainer.model.base_model.encoder.compile(dynamic=True)
    train(trainer, sources, options, progress)
    trainer.save(options.out)
    device = torch.cuda.get_device_name() if trainer.device.type == "cuda" else f"{torch.get_num_threads()} CPU threads"
    card = {
        "date": datetime.now(UTC).date().isoformat(),
        "start": options.start.name,
        "device": device,
        "rate": options.rate,
        "seed": options.seed,
        "parallel_pairs": len(sources.planter.pairs),
        "annotated_pairs": len(sources.annotated),
        "voted_pairs": len(sources.voted),
        "pairs_seen": progress.pairs,
        "minutes": {stage: round(seconds / 60, 1) for stage, seconds in progress.spent.items()},
        "log": progress.log,
    }
    (options.out / "training.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
