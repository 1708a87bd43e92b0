"""Trains a small Marian translator of one direction and writes it as an ordinary Hugging Face folder.

    python -m training.translator --data DATA --source de --target en --minutes 30 --checkpoint de-en.pt \\
        --out weights/translator-de-en

The student has 6 encoder and 2 decoder layers of width 288 over a joint vocabulary of 16,000 pieces: 27 MB in half
precision. (Deep encoder, shallow decoder: Kasai et al. 2021, "Deep Encoder, Shallow Decoder".) It learns from the
parallel data in one of its two directions. Where the source side is the machine's output that is real back-translation
data (Sennrich et al. 2016); where the target side is, it is sequence-level distillation (Kim and Rush 2016).

Training runs on an accelerator where there is one, in bfloat16, else on the CPU. It stops after `--minutes`, with the
rate brought down to zero by then, writes a checkpoint every `--save-every` minutes, and goes on from `--checkpoint` if
that file is there. At the end BLEU and chrF (sacrebleu) are measured on pairs that were held out, with the very code
that audits use, and written into the model card. A translator is good enough to ship from chrF 45 on.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sacrebleu
import sentencepiece
import torch
from torch import Tensor, nn
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

from mtaudit.modelfile import ModelSpec
from mtaudit.models.translator import TransformersTranslator
from training.data import split_pairs

#: chrF from which a translator is good enough to be a witness.
GOOD_ENOUGH = 45.0
MAX_PIECES = 128
_EOS, _UNK, _PAD = "</s>", "<unk>", "<pad>"


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a student."""

    width: int = 288
    inner: int = 1152
    heads: int = 6
    encoder_layers: int = 6
    decoder_layers: int = 2
    pieces: int = 16_000


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and its translation."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. `tokens` is the size of a batch in pieces of the target, padding included."""

    minutes: float
    tokens: int = 4096
    rate: float = 1e-3
    warmup: int = 800
    dropout: float = 0.1
    smoothing: float = 0.1
    save_every: float = 5.0
    seed: int = 13


@dataclass(slots=True)
class Progress:
    """Where a training stands: steps done, seconds spent in them, and the figures on the way."""

    step: int = 0
    spent: float = 0.0
    log: list[dict[str, Any]] = field(default_factory=list)


def make_tokenizer(texts: Sequence[str], pieces: int, folder: Path, *, rule: str = "nmt_nfkc") -> MarianTokenizer:
    """Train one unigram vocabulary for both sides and save it as a Marian tokenizer.

    Digits stand alone, so that numbers can be copied. `rule` is SentencePiece's normalisation.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "source.spm"
    with model.open("wb") as stream:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=stream,
            vocab_size=pieces - 1,  # and the padding
            model_type="unigram",
            character_coverage=0.9998,
            split_digits=True,
            normalization_rule_name=rule,
            input_sentence_size=500_000,
            shuffle_input_sentence=True,
            num_threads=torch.get_num_threads(),
            bos_id=-1,
            eos_id=0,
            unk_id=1,
            minloglevel=2,
            hard_vocab_limit=False,
        )
    shutil.copyfile(model, folder / "target.spm")
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    names = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    vocabulary = {name: index for index, name in enumerate([*names, _PAD])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    settings = {"tokenizer_class": "MarianTokenizer", "model_max_length": 512, "eos_token": _EOS}
    settings |= {"unk_token": _UNK, "pad_token": _PAD}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    tokenizer: MarianTokenizer = MarianTokenizer.from_pretrained(str(folder), local_files_only=True)
    return tokenizer


def make_model(tokenizer: Any, shape: Shape, dropout: float) -> MarianMTModel:
    """Make an untrained student for a vocabulary."""
    config = MarianConfig(
        vocab_size=len(tokenizer.encoder),
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.inner,
        decoder_ffn_dim=shape.inner,
        activation_function="swish",
        dropout=dropout,
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        decoder_start_token_id=tokenizer.pad_token_id,
        forced_eos_token_id=None,
        bos_token_id=None,
    )
    model = MarianMTModel(config)
    # The padding starts the decoder and must never be written.
    model.generation_config.bad_words_ids = [[tokenizer.pad_token_id]]
    return model


def encoded(tokenizer: Any, examples: Sequence[Example]) -> list[tuple[list[int], list[int]]]:
    """Turn examples into pieces, without those with a side of over `MAX_PIECES`, or far longer than the other."""
    found = []
    for begin in range(0, len(examples), 10_000):
        chunk = examples[begin : begin + 10_000]
        sources = tokenizer([one.source for one in chunk], verbose=False)["input_ids"]
        targets = tokenizer(text_target=[one.target for one in chunk], verbose=False)["input_ids"]
        for source, target in zip(sources, targets, strict=True):
            short, long = sorted((len(source), len(target)))
            if long <= MAX_PIECES and long <= 3 * short + 5:
                found.append((source, target))
    return found


def batches(
    data: Sequence[tuple[list[int], list[int]]], tokens: int, rng: random.Random
) -> list[list[tuple[list[int], list[int]]]]:
    """Shuffle, then put pairs of about the same length together, `tokens` pieces of the longer side a batch."""
    order = list(data)
    rng.shuffle(order)
    result: list[list[tuple[list[int], list[int]]]] = []
    for begin in range(0, len(order), 20_000):
        batch: list[tuple[list[int], list[int]]] = []
        for pair in sorted(order[begin : begin + 20_000], key=lambda pair: max(map(len, pair))):
            if batch and (len(batch) + 1) * max(map(len, pair)) > tokens:
                result.append(batch)
                batch = []
            batch.append(pair)
        if batch:
            result.append(batch)
    rng.shuffle(result)
    return result


@dataclass(frozen=True, slots=True)
class Trainer:
    """A student with its optimizer and device."""

    model: Any
    tokenizer: Any
    optimizer: torch.optim.Optimizer
    device: torch.device
    settings: Settings

    @classmethod
    def of(cls, model: MarianMTModel, tokenizer: Any, settings: Settings) -> Trainer:
        """Put a student on the best device there is."""
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        model.to(device)  # type: ignore[arg-type]
        optimizer = torch.optim.AdamW(model.parameters(), settings.rate, (0.9, 0.98), 1e-9, weight_decay=0.01)
        return cls(model, tokenizer, optimizer, device, settings)

    def loss(self, batch: Sequence[tuple[list[int], list[int]]]) -> Tensor:
        """Cross-entropy of the targets, with smoothed labels."""
        pad = self.tokenizer.pad_token_id

        def padded(rows: Sequence[Sequence[int]]) -> Tensor:
            width = max(map(len, rows))
            return torch.tensor([[*row, *[pad] * (width - len(row))] for row in rows], device=self.device)

        sources, targets = padded([one for one, _ in batch]), padded([other for _, other in batch])
        begin = padded([[pad, *other[:-1]] for _, other in batch])
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            logits = self.model(input_ids=sources, attention_mask=sources != pad, decoder_input_ids=begin).logits
        return nn.functional.cross_entropy(
            logits.float().flatten(0, 1),
            targets.flatten(),
            ignore_index=pad,
            label_smoothing=self.settings.smoothing,
        )

    def rate(self, progress: Progress) -> float:
        """The learning rate: up over the first steps, then down along a cosine to zero at the end of the time."""
        share = min(1.0, progress.spent / (60 * self.settings.minutes))
        up = min(1.0, (progress.step + 1) / self.settings.warmup)
        return self.settings.rate * up * 0.5 * (1 + math.cos(math.pi * share))

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
        state = torch.load(path, weights_only=True, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        return Progress(state["step"], state["spent"], json.loads(state["log"]))

    def save(self, path: Path, progress: Progress) -> None:
        """Write a checkpoint; a killed run leaves the last whole one."""
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        state |= {"step": progress.step, "spent": progress.spent, "log": json.dumps(progress.log)}
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def run(self, data: Sequence[tuple[list[int], list[int]]], checkpoint: Path) -> Progress:
        """Train until the time is spent; batches go on where the checkpoint left off."""
        progress = self.restore(checkpoint)
        self.model.train()
        saved = progress.spent
        average = 0.0
        for batch in self._stream(data, progress.step):
            if progress.spent >= 60 * self.settings.minutes:
                break
            began = time.monotonic()
            loss = self.loss(batch)
            self.step(loss, self.rate(progress))
            average = loss.item() if not average else 0.98 * average + 0.02 * loss.item()
            progress.step += 1
            progress.spent += time.monotonic() - began
            if progress.spent - saved >= 60 * self.settings.save_every:
                saved = progress.spent
                self._report(progress, average)
                self.save(checkpoint, progress)
        self._report(progress, average)
        self.save(checkpoint, progress)
        return progress

    def _stream(self, data: Sequence[tuple[list[int], list[int]]], done: int) -> Iterator[Any]:
        """Yield batches without end; the order of an epoch depends on the seed and its number alone."""
        epoch, skipped = 0, 0
        while True:
            own = batches(data, self.settings.tokens, random.Random(self.settings.seed + epoch))
            for batch in own:
                if skipped < done:
                    skipped += 1
                else:
                    yield batch
            epoch += 1

    def _report(self, progress: Progress, loss: float) -> None:
        entry = {"step": progress.step, "minutes": round(progress.spent / 60, 2), "loss": round(loss, 4)}
        progress.log.append(entry)
        print(entry, file=sys.stderr, flush=True)


def save_folder(model: MarianMTModel, tokenizer_folder: Path, out: Path) -> None:
    """Write model and tokenizer in half precision, whole or not at all."""
    staging = out.with_name(out.name + ".partial")
    shutil.rmtree(staging, ignore_errors=True)
    model.to("cpu").half().save_pretrained(staging, safe_serialization=True)  # type: ignore[arg-type]
    for name in ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer_folder / name, staging / name)
    shutil.rmtree(out, ignore_errors=True)
    staging.rename(out)
    model.float()  # type: ignore[no-untyped-call]


def measure(folder: Path, examples: Sequence[Example], languages: tuple[str, str], beams: int) -> dict[str, Any]:
    """BLEU and chrF of a saved translator, by the code that audits use."""
    spec = ModelSpec(
        folder.name,
        "translator",
        folder.resolve(),
        "new",
        languages,
        "",
        "float32",
        256,
        -1,
        pairs=(languages,),
        beams=beams,
    )
    began = time.monotonic()
    found = TransformersTranslator(spec).translate([one.source for one in examples], *languages)
    seconds = time.monotonic() - began
    texts, gold = [one.text for one in found], [[one.target for one in examples]]
    return {
        "pairs": len(examples),
        "beams": beams,
        "bleu": round(sacrebleu.corpus_bleu(texts, gold).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(texts, gold).score, 2),
        "broke_off": sum(not one.whole for one in found),
        "sentences_per_second": round(len(examples) / max(seconds, 1e-9), 1),
    }


_CARD = """---
license: apache-2.0
language: [{source}, {target}]
pipeline_tag: translation
---

# translator-{source}-{target}

A small Marian translator from `{source}` to `{target}`, made for back-translation in audits and not for publishing
translations. {shape}

{verdict}

Trained for {minutes:.1f} minutes ({steps} steps) on {device}, seed {seed}, by `training/translator.py`, from the WMT
news and general translation task data of 2021 to 2024 (github.com/wmt-conference), whose translations are for the most
part machine output. WMT test sets are released for research.

| held-out pairs | beams | BLEU | chrF | broke off |
| --- | --- | --- | --- | --- |
| {pairs} | {beams} | {bleu} | {chrf} | {broke_off} |

Date: {date}.
"""


def write_card(out: Path, facts: dict[str, Any]) -> None:
    """Write README.md and training.json."""
    good = facts["chrf"] >= GOOD_ENOUGH
    verdict = (
        f"chrF is at least {GOOD_ENOUGH:.0f}: good enough to be a witness."
        if good
        else f"**chrF is below {GOOD_ENOUGH:.0f}: not good enough to be a witness. Do not put it into a profile.**"
    )
    (out / "README.md").write_text(_CARD.format(**facts, verdict=verdict), encoding="utf-8")
    (out / "training.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with parallel.en-de.tsv.xz")
    parser.add_argument("--source", choices=("en", "de"), required=True)
    parser.add_argument("--target", choices=("en", "de"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="file; training goes on from it if it is there")
    parser.add_argument("--minutes", type=float, default=30, help="time budget of the training loop")
    parser.add_argument("--save-every", type=float, default=5, help="minutes between two checkpoints")
    parser.add_argument("--tokens", type=int, default=0, help="pieces a batch; default: 25,000 on CUDA, 2,500 on a CPU")
    parser.add_argument("--translations", type=int, default=4, help="translations of an original that are kept")
    parser.add_argument("--width", type=int, default=Shape().width)
    parser.add_argument("--heads", type=int, default=Shape().heads)
    parser.add_argument("--inner", type=int, default=Shape().inner)
    parser.add_argument("--pieces", type=int, default=Shape().pieces)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--beams", type=int, default=4, help="beam size of the final measurement")
    parser.add_argument("--test", type=int, default=1_500, help="held-out pairs to measure on")
    parser.add_argument("--train", type=int, default=0, help="use only so many pairs (to try the script out)")
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse_arguments(arguments)
    if options.source == options.target:
        raise SystemExit("--source and --target are the same language")
    if options.width % options.heads:
        raise SystemExit(f"--width {options.width} is no multiple of --heads {options.heads}")
    torch.manual_seed(options.seed)
    split = split_pairs(options.data / "parallel.en-de.tsv.xz", translations=options.translations)

    def examples(pairs: Any) -> list[Example]:
        return [Example(getattr(pair, options.source), getattr(pair, options.target)) for pair in pairs]

    train, test = examples(split.train), examples(split.test)[: options.test]
    train = train[: options.train or None]
    shape = Shape(options.width, options.inner, options.heads, pieces=options.pieces)
    vocabulary = options.checkpoint.with_suffix(".vocabulary")
    if (vocabulary / "vocab.json").exists():
        tokenizer = MarianTokenizer.from_pretrained(str(vocabulary), local_files_only=True)
    else:
        texts = [text for one in train for text in (one.source, one.target)]
        tokenizer = make_tokenizer(texts, shape.pieces, vocabulary)
    tokens = options.tokens or (25_000 if torch.cuda.is_available() else 2_500)
    settings = Settings(options.minutes, tokens, options.rate, save_every=options.save_every, seed=options.seed)
    trainer = Trainer.of(make_model(tokenizer, shape, settings.dropout), tokenizer, settings)
    progress = trainer.run(encoded(tokenizer, train), options.checkpoint)
    save_folder(trainer.model, vocabulary, options.out)
    figures = measure(options.out, test, (options.source, options.target), options.beams)
    facts = {
        **figures,
        "source": options.source,
        "target": options.target,
        "minutes": progress.spent / 60,
        "steps": progress.step,
        "training_pairs": len(train),
        "device": torch.cuda.get_device_name()
        if torch.cuda.is_available()
        else f"{torch.get_num_threads()} CPU threads",
        "seed": options.seed,
        "date": datetime.now(UTC).date().isoformat(),
        "log": progress.log,
        "shape": f"{shape.encoder_layers} encoder and {shape.decoder_layers} decoder layers of width {shape.width}, "
        f"a joint vocabulary of {len(tokenizer.get_vocab())} pieces.",
        "settings": asdict(settings),
    }
    write_card(options.out, facts)
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
