"""Masked-word recovery on pairs: hide words on one side, let the model name them from both sides.

Lample and Conneau 2019, "Cross-lingual Language Model Pretraining" (translation language modelling), with whole words
hidden, since the pieces of a word give each other away. It needs no labels, and it is how the estimator learns to look
across to the other side before it is told what an error is.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BatchEncoding

IGNORED = -100
#: Share of the words that are hidden on a side.
HIDDEN_SHARE = 0.22
#: A hidden word shows itself all the same this often, so that the model does not learn to look at masks alone.
SHOWN = 0.1


class RecoveryHead(nn.Module):
    """Names pieces from hidden states; shares the matrix of the word vectors, as BERT's own head does."""

    def __init__(self, width: int, vocabulary: int) -> None:
        super().__init__()
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))

    def forward(self, states: Tensor, word_vectors: Tensor) -> Tensor:
        """Logits (pieces, vocabulary) for states (pieces, width)."""
        hidden = self.norm(nn.functional.gelu(self.dense(states)))
        return nn.functional.linear(hidden, word_vectors, self.bias)


def hide_words(
    encoded: BatchEncoding, forbidden: Sequence[Sequence[bool]] | None, share: float, mask_id: int, rng: random.Random
) -> tuple[Tensor, Tensor]:
    """Hide whole words of either side or both.

    Args:
        encoded: A batch of pairs, as the tokenizer gives it.
        forbidden: Which pieces must stay as they are (pairs, pieces); None: none.
        share: Share of the words of a chosen side that are hidden.
        mask_id: Id of the mask piece.
        rng: Where chance comes from.

    Returns:
        The input ids with words hidden, and the labels: the id of each hidden piece, `IGNORED` elsewhere. Both
        (pairs, pieces).
    """
    ids = encoded["input_ids"].clone()
    labels = torch.full_like(ids, IGNORED)
    for row in range(len(ids)):
        sides = rng.choice(((1,), (1,), (0,), (0, 1)))
        words: dict[tuple[int, int], list[int]] = {}
        sequence: list[Any] = encoded.sequence_ids(row)
        for at, word in enumerate(encoded.word_ids(row)):
            if word is not None and sequence[at] in sides:
                words.setdefault((sequence[at], word), []).append(at)
        for places in words.values():
            if rng.random() >= share or (forbidden is not None and any(forbidden[row][at] for at in places)):
                continue
            shown = rng.random() < SHOWN
            for at in places:
                labels[row, at] = ids[row, at]
                if not shown:
                    ids[row, at] = mask_id
    return ids, labels


def recovery_loss(states: Tensor, labels: Tensor, head: RecoveryHead, word_vectors: Tensor) -> Tensor:
    """Mean cross-entropy of the hidden pieces; states (pairs, pieces, width), labels (pairs, pieces)."""
    chosen = labels != IGNORED
    if not bool(chosen.any()):
        return states.sum() * 0.0
    logits = head(states[chosen], word_vectors)
    return nn.functional.cross_entropy(logits.float(), labels[chosen])
