"""The losses of the embedder, on sentence vectors and on token vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from training.planting import Bounds

MAX_TOKENS = 128
SCALE = 20.0
TOKEN_LAYER = 4


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
