"""Writes pairs whose translation a small model has written over in part: fluent errors that nobody could list.

    python -m training.generated --data DATA --start weights/embedder-en-de --checkpoint WORK/estimator.pt \\
        --lexicon WORK/lexicon.json --pairs 60000 --out WORK/generated.jsonl

Words of a good translation are hidden and filled by the model that `training.estimator` has in its checkpoint after the
stages `recover` and `plant`; what it fills in and no translator wrote is marked. (Replaced words as the thing to find:
Clark et al. 2020, "ELECTRA"; here with the source in sight, so that what is replaced is a mistranslation.)
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.text import words
from mtaudit.types import Side, Span
from training.data import Pair, split_pairs
from training.estimator import Trainer
from training.estimator_data import MAJOR, MAX_TOKENS, MINOR, Example, Mark, encode_pairs, worst_of
from training.lexicon import Lexicon, same_stem

#: Bounds of the share of target words that is hidden in a pair.
HIDDEN = (0.12, 0.45)
#: How often a hidden word takes the model's best guess rather than one drawn from its ten best.
GREEDY = 0.4
#: How often whole runs of words are hidden, as a poor translation is poor in stretches.
RUNS = 0.5
#: Words that share a translation of this score mean the same: nobody can say that the other one is wrong.
SYNONYM = 0.08
#: How the tokenizer writes the blank before a word.
_BLANK = "\u2581"


@dataclass(frozen=True, slots=True)
class Original:
    """A pair with what other translations of the same original have, in lower case.

    `accepted` are their words, `sequences` two words in a row, of its own translation too.
    """

    source: str
    target: str
    languages: tuple[str, str]
    accepted: frozenset[str]
    sequences: frozenset[tuple[str, str]]


def originals(pairs: Sequence[Pair], rng: random.Random, forward: float = 0.7) -> Iterator[Original]:
    """Yield pairs in random order without end; translations of one original stand together in `pairs`."""
    while True:
        at = rng.randrange(len(pairs))
        one, german = pairs[at], rng.random() < forward
        near = [other for other in pairs[max(0, at - 3) : at + 4] if other.original == one.original]
        texts = [_lower(other.de if german else other.en) for other in near]
        own = _lower(one.de if german else one.en)
        accepted = frozenset(word for text in texts if text != own for word in text)
        sequences = frozenset(two for text in texts for two in pairwise(text))
        if german:
            yield Original(one.en, one.de, ("en", "de"), accepted, sequences)
        else:
            yield Original(one.de, one.en, ("de", "en"), accepted, sequences)


def _lower(text: str) -> list[str]:
    return [word.text.lower() for word in words(text)]


def hide(places: Sequence[Sequence[int]], rng: random.Random) -> list[Sequence[int]]:
    """Choose which words, given as the places of their pieces, are hidden: single ones, or runs of two to six."""
    share = rng.uniform(*HIDDEN)
    if rng.random() >= RUNS:
        return [word for word in places if rng.random() < share]
    chosen: list[Sequence[int]] = []
    at = rng.randrange(0, 6)
    while at < len(places):
        run = rng.randint(2, 6)
        chosen += places[at : at + run]
        at += run + max(1, round(run * (1 - share) / share * rng.uniform(0.5, 1.5)))
    return chosen


def label(old: str, new: str, beside: Sequence[tuple[str, str]], original: Original, lexicon: Lexicon) -> int | None:
    """How wrong a word is in another's place: major, minor (form words, other forms), None where nobody can say.

    Args:
        old: The translator's word.
        new: The word in its place.
        beside: The new word with the one before it, and with the one after it, in lower case.
        original: The pair.
        lexicon: Words that share a good translation may mean the same.
    """
    low, was = new.lower(), old.lower()
    closed = FUNCTION_WORDS[original.languages[1]]
    if low in closed:  # such words are in every translation: only in the same company are they right
        return None if original.sequences.intersection(beside) else MINOR if was in closed else MAJOR
    if low in original.accepted:
        return None
    if same_stem(low, was):
        return MINOR
    table = lexicon.of(original.languages[1])
    good = {word for word, score in table.get(was, {}).items() if score > SYNONYM}
    if good & {word for word, score in table.get(low, {}).items() if score > SYNONYM}:
        return None
    return MAJOR


def rewritten(original: Original, changes: Sequence[tuple[Span, str]], lexicon: Lexicon) -> Example:
    """The pair with words of the target exchanged, and the new ones marked where they are surely wrong."""
    text, changed, shift = original.target, {}, 0
    for span, new in sorted(changes, key=lambda change: change[0].start):
        old = original.target[span.start : span.end]
        start = span.start + shift
        text = text[:start] + new + text[start + len(old) :]
        shift += len(new) - len(old)
        if old.lower() != new.lower():
            changed[start] = (old, new)
    found = list(words(text))
    low = ["", *(word.text.lower() for word in found), ""]
    beside = {word.start: [(low[at], low[at + 1]), (low[at + 1], low[at + 2])] for at, word in enumerate(found)}
    marks = tuple(
        Mark(Side.TARGET, Span(start, start + len(new)), label(old, new, beside.get(start, []), original, lexicon))
        for start, (old, new) in changed.items()
    )
    # What the source's words became is not judged: a wrong word is neither said nor left out.
    return Example(original.source, text, (marks,), worst_of([marks]), frozenset({Side.TARGET}), made=True)


class Generator:
    """Fills hidden words with a trained model and its recovery head."""

    def __init__(self, start: Path, checkpoint: Path, lexicon: Lexicon) -> None:
        trainer = Trainer(start)
        state = torch.load(checkpoint, weights_only=True, map_location=trainer.device)
        # Only the encoder and the head that names words are used; the classifier may have another shape.
        trainer.model.load_state_dict(
            {name: tensor for name, tensor in state["model"].items() if not name.startswith("classifier.")},
            strict=False,
        )
        trainer.head.load_state_dict(state["head"])
        self.trainer, self.model, self.head = trainer, trainer.model.eval(), trainer.head.eval()
        self.tokenizer: Any = trainer.tokenizer
        self.device, self.lexicon = trainer.device, lexicon
        pieces = self.tokenizer.convert_ids_to_tokens(range(self.model.config.vocab_size))
        self.begins = torch.tensor([piece.startswith(_BLANK) for piece in pieces])
        self.lettered = torch.tensor([piece.removeprefix(_BLANK).replace("-", "").isalnum() for piece in pieces])

    @torch.no_grad()
    def fill(self, chosen: Sequence[Original], rng: random.Random) -> list[Example]:
        """Hide words of every target, fill them, and mark what is wrong."""
        encoded = encode_pairs(self.tokenizer, [(one.source, one.target) for one in chosen])
        ids, offsets = encoded["input_ids"].clone(), encoded["offset_mapping"].tolist()
        hidden: list[list[Sequence[int]]] = []
        for row in range(len(chosen)):
            places: dict[int, list[int]] = {}
            sides: list[Any] = encoded.sequence_ids(row)
            for at, word in enumerate(encoded.word_ids(row)):
                if word is not None and sides[at] == 1:
                    places.setdefault(word, []).append(at)
            whole = [
                word
                for word in places.values()
                if len(word) <= 4 and _text(chosen[row].target, word, offsets[row]).replace("-", "").isalnum()
            ]
            hidden.append(hide(whole, rng))
            for chosen_word in hidden[-1]:
                ids[row, list(chosen_word)] = self.tokenizer.mask_token_id
        masked = ids == self.tokenizer.mask_token_id
        with torch.autocast(self.device.type, torch.bfloat16):
            states = self.trainer.states(ids, encoded)
            logits = self.head(states[masked.to(self.device)], self.model.get_input_embeddings().weight)
        logits = logits.float().cpu()
        # Only a piece that begins a word may stand where one began, so that no bare endings come out as words.
        begins = self.begins[encoded["input_ids"][masked]]
        logits[self.begins.unsqueeze(0) != begins.unsqueeze(1)] = -torch.inf
        logits[:, ~self.lettered] = -torch.inf
        ids[masked] = guesses(logits, rng)
        return [
            rewritten(one, self._changes(one, ids[row].tolist(), hidden[row], offsets[row]), self.lexicon)
            for row, one in enumerate(chosen)
        ]

    def _changes(
        self, one: Original, row: Sequence[int], hidden: Sequence[Sequence[int]], offsets: Sequence[Sequence[int]]
    ) -> list[tuple[Span, str]]:
        found = []
        for word in hidden:
            end = offsets[word[-1]][1]
            span = Span(end - len(_text(one.target, word, offsets)), end)
            new = self.tokenizer.decode([row[at] for at in word], skip_special_tokens=True).strip()
            old = one.target[span.start : span.end]
            if old and new and " " not in new:
                found.append((span, new))
        return found


def _text(text: str, word: Sequence[int], offsets: Sequence[Sequence[int]]) -> str:
    """A word of the text by its pieces, without the blank that the first one holds."""
    return text[offsets[word[0]][0] : offsets[word[-1]][1]].lstrip()


def guesses(logits: Tensor, rng: random.Random) -> Tensor:
    """For every hidden piece an id: the best one, or one of the ten best by their probability.

    Logits are (pieces, vocabulary).
    """
    top = logits.topk(10, dim=-1)
    torch.manual_seed(rng.randrange(2**31))
    drawn = torch.multinomial(top.values.softmax(-1), 1).squeeze(-1)
    greedy = torch.tensor([rng.random() < GREEDY for _ in range(len(drawn))], dtype=torch.bool)
    drawn[greedy] = 0
    return top.indices.gather(-1, drawn.unsqueeze(-1)).squeeze(-1)


def write(examples: Sequence[Example], stream: Any) -> None:
    """Write examples as JSON lines, as `training.estimator_data.generated` reads them."""
    for one in examples:
        marks = [[mark.span.start, mark.span.end, mark.label] for mark in one.raters[0]]
        stream.write(
            json.dumps({"source": one.source, "target": one.target, "marks": marks}, ensure_ascii=False) + "\n"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the parallel files")
    parser.add_argument("--start", type=Path, required=True, help="folder of the embedder that training began with")
    parser.add_argument("--checkpoint", type=Path, required=True, help="estimator.pt after `recover` and `plant`")
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=60_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=29)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    generator = Generator(options.start, options.checkpoint, Lexicon.load(options.lexicon))
    drawn = originals(split_pairs(options.data / "parallel.en-de.tsv.xz", translations=3).train, rng)
    done = 0
    with options.out.open("w", encoding="utf-8") as stream:
        while done < options.pairs:
            stretch = [next(drawn) for _ in range(800)]
            rows = generator.tokenizer([o.source for o in stretch], [o.target for o in stretch])["input_ids"]
            fitting = sorted((len(row), at) for at, row in enumerate(rows) if len(row) <= MAX_TOKENS)
            for begin in range(0, len(fitting), 48):
                filled = generator.fill([stretch[at] for _, at in fitting[begin : begin + 48]], rng)
                write(filled, stream)
                done += len(filled)
    return 0


if __name__ == "__main__":
    sys.exit(main())
