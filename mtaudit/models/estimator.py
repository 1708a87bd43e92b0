"""The estimator role, filled by any token-classification folder with the labels OK, MINOR and MAJOR.

Two more labels may follow, each read by itself, as the sigmoid of its logit. BADNESS, at position 0 alone, says how
bad the target is as a whole: p / (p + 0.1) for an expected MQM penalty p by word. PLANTED says of a piece, and at
position 0 of the pair, how likely it is wrong in the way of planted errors (`mtaudit.synthesize`): people mark other
words than are planted wrong, and let pass what is wrong beyond doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import Judgements, PairJudgement, Vectors
from mtaudit.models.folder import broken, hush
from mtaudit.types import ModelUse, Span

LABELS = ("OK", "MINOR", "MAJOR")
BADNESS = "BADNESS"
PLANTED = "PLANTED"
#: Pieces of one batch, padding included: enough to fill two cores, and small beside the model.
_BATCH_PIECES = 2_048
#: `<s> source </s> target </s>`
_FRAME = 3
#: How much of the other side a window of a long pair sees beyond its share, on either end: word order differs.
_MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of each side that is read together, and the stretches whose judgement is taken from it."""

    pair: int
    source: Span
    target: Span
    judged_source: Span
    judged_target: Span


@dataclass(frozen=True, slots=True)
class _Read:
    """What the model said of one window: the pair as a whole, and the pieces of both sides (offsets in the texts)."""

    worst: Vectors
    source: Judgements
    target: Judgements
    badness: float | None
    surprisal: float | None
    planted: float | None


class TokenClassificationEstimator:
    """Labels the pieces of source and target, read as one sequence; position 0 carries the worst severity.

    A pair that is longer than `max_tokens` is read in windows: stretches of one side, each beside the part of the other
    side where its translation is expected, and a margin.

    Raises:
        ModelError: if the folder is missing or broken, holds no safetensors, or has other labels.
    """

    def __init__(self, spec: ModelSpec) -> None:
        from transformers import AutoTokenizer

        self._spec = spec
        self._model = _load(spec)
        labels = tuple(label for _, label in sorted(self._model.config.id2label.items()))
        more = labels[len(LABELS) :]
        if labels[: len(LABELS)] != LABELS or len(set(more)) < len(more) or not {BADNESS, PLANTED}.issuperset(more):
            cause = f"its labels are {', '.join(labels)}, not {', '.join(LABELS)}"
            raise ModelError(f"model '{spec.name}'", cause, "Name another model in models.yaml")
        self._places = {label: len(LABELS) + at for at, label in enumerate(more)}
        self._tokenizer: Any = AutoTokenizer.from_pretrained(
            str(spec.path), local_files_only=True, trust_remote_code=False
        )
        self._surprisals = _surprisals(self._tokenizer)
        self.use = ModelUse("estimator", spec.title, spec.revision)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[PairJudgement]:
        """Judge every (source, target), in the order of `pairs`."""
        windows = [window for at, pair in enumerate(pairs) for window in self._windows(at, *pair)]
        order = sorted(range(len(windows)), key=lambda at: -_size(windows[at]))
        read: dict[int, _Read] = {}
        while order:
            # The longest of a batch comes first: it says how many fit.
            longest = min(_size(windows[order[0]]) // 3 + _FRAME, self._spec.max_tokens)
            fitting = max(1, _BATCH_PIECES // longest)
            chunk, order = order[:fitting], order[fitting:]
            read |= zip(chunk, self._batch([_texts(pairs, windows[at]) for at in chunk]), strict=True)
        parts: list[list[tuple[_Window, _Read]]] = [[] for _ in pairs]
        for at, window in enumerate(windows):
            parts[window.pair].append((window, read[at]))
        return [_join(part) for part in parts]

    def _windows(self, at: int, source: str, target: str) -> Iterator[_Window]:
        """The whole pair, or as many windows as it takes."""
        whole_source, whole_target = Span(0, len(source)), Span(0, len(target))
        limit = self._spec.max_tokens - _FRAME
        # A piece covers at least one code point: most pairs need no counting.
        if len(source) + len(target) <= limit or self._count(source) + self._count(target) <= limit:
            yield _Window(at, whole_source, whole_target, whole_source, whole_target)
            return
        pieces = self._count(source) + self._count(target)
        count = int(np.ceil(pieces * (1 + 2 * _MARGIN) / limit)) + 1
        source_cuts, target_cuts = _cuts(source, count), _cuts(target, count)
        for number in range(count):
            mine, theirs = source_cuts[number], target_cuts[number]
            if len(mine) or len(theirs):
                yield _Window(at, _widened(source, mine), _widened(target, theirs), mine, theirs)

    def _count(self, text: str) -> int:
        return len(self._tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"])

    def _batch(self, texts: list[tuple[str, str]]) -> Iterator[_Read]:
        """Read a batch of windows; offsets count in the windows' texts."""
        import torch

        encoded = self._tokenizer(
            [source for source, _ in texts],
            [target for _, target in texts],
            padding=True,
            truncation=False,
            return_tensors="pt",
            return_offsets_mapping=True,
            # A model that tells the sides apart by token types must get them, whatever its tokenizer's habits are.
            return_token_type_ids=getattr(self._model.config, "type_vocab_size", 0) > 1,
        )
        offsets = encoded.pop("offset_mapping").tolist()
        with torch.inference_mode():
            logits = self._model(**{name: tensor.to(self._model.device) for name, tensor in encoded.items()}).logits
            logits = logits.float().cpu()
            shares = logits[..., : len(LABELS)].softmax(-1).numpy()
            told = {label: logits[..., at].sigmoid().numpy() for label, at in self._places.items()}
        badness, planted = told.get(BADNESS), told.get(PLANTED)
        ids = encoded["input_ids"].numpy()
        for row, text in enumerate(texts):
            sides: list[Judgements] = []
            numbers = encoded.sequence_ids(row)
            for side in (0, 1):
                kept = [
                    i
                    for i, (start, end) in enumerate(offsets[row])
                    if numbers[i] == side and text[side][start:end].strip()
                ]
                spans = tuple(Span(*offsets[row][i]) for i in kept)
                sides.append(Judgements(shares[row][kept], spans, None if planted is None else planted[row][kept]))
            read = ids[row][[number == 0 for number in numbers]]
            rare = None if self._surprisals is None or not len(read) else float(self._surprisals[read].mean())
            bad = None if badness is None else float(badness[row][0])
            yield _Read(
                shares[row][0], sides[0], sides[1], bad, rare, None if planted is None else float(planted[row][0])
            )


def _surprisals(tokenizer: Any) -> Vectors | None:
    """The negative log probability (nats) of every piece (vocabulary,) of a unigram tokenizer; None of another one.

    Pieces that stand for what the vocabulary has not are ten nats rarer than the rarest one, as SentencePiece has it
    (Kudo and Richardson 2018).
    """
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    if model["type"] != "Unigram":
        return None
    values = np.array([-score for _, score in model["vocab"]], dtype=np.float32)
    if model["unk_id"] is not None:
        values[model["unk_id"]] = values.max() + 10.0
    return values


def _size(window: _Window) -> int:
    return len(window.source) + len(window.target)


def _texts(pairs: Sequence[tuple[str, str]], window: _Window) -> tuple[str, str]:
    source, target = pairs[window.pair]
    return source[window.source.start : window.source.end], target[window.target.start : window.target.end]


def _cuts(text: str, count: int) -> list[Span]:
    """Cut a text into `count` stretches of about one length, between words where there are any."""
    edges = [0]
    for number in range(1, count):
        aim = max(edges[-1], len(text) * number // count)
        blank = text.find(" ", aim)
        edges.append(blank if 0 <= blank < len(text) * (number + 1) // count else aim)
    return [Span(start, end) for start, end in pairwise([*edges, len(text)])]


def _widened(text: str, span: Span) -> Span:
    """A stretch with the margin on either end, moved outwards to whole words."""
    margin = int(len(span) * _MARGIN)
    start, end = max(0, span.start - margin), min(len(text), span.end + margin)
    start = max(0, text.rfind(" ", 0, start + 1)) if start else 0
    blank = text.find(" ", end)
    # A text without blanks is not widened without end.
    return Span(
        start if span.start - start <= 2 * margin + 20 else span.start, blank if 0 <= blank <= end + 20 else end
    )


def _join(parts: list[tuple[_Window, _Read]]) -> PairJudgement:
    """Put the windows of a pair together: of an error the worst of any window, of what a whole pair has the mean."""
    badness = [read.badness for _, read in parts if read.badness is not None]
    surprisal = [read.surprisal for _, read in parts if read.surprisal is not None]
    planted = [read.planted for _, read in parts if read.planted is not None]
    worst = max((read.worst for _, read in parts), key=lambda shares: float(shares[2]))
    return PairJudgement(
        worst,
        _joined([(window.source, window.judged_source, read.source) for window, read in parts]),
        _joined([(window.target, window.judged_target, read.target) for window, read in parts]),
        sum(badness) / len(badness) if badness else None,
        sum(surprisal) / len(surprisal) if surprisal else None,
        max(planted, default=None),
    )


def _joined(parts: list[tuple[Span, Span, Judgements]]) -> Judgements:
    """The pieces of one side, each from the window that judges it, with offsets in the whole text."""
    shares, spans, planted = [], [], []
    for read, judged, judgements in parts:
        for row, span in enumerate(judgements.spans):
            placed = span.shift(read.start)
            if judged.start <= placed.start < judged.end:
                shares.append(judgements.probabilities[row])
                spans.append(placed)
                if judgements.planted is not None:
                    planted.append(judgements.planted[row])
    stacked = np.stack(shares) if shares else np.zeros((0, len(LABELS)), dtype=np.float32)
    told = any(judgements.planted is not None for _, _, judgements in parts)
    return Judgements(stacked, tuple(spans), np.array(planted, dtype=np.float32) if told else None)


def _load(spec: ModelSpec) -> Any:
    """Load a token-classification folder offline, from safetensors, without running code of its own."""
    folder = spec.path
    if not (folder / "config.json").is_file():
        cause = f"no model folder at {folder}"
        raise ModelError(f"model '{spec.name}'", cause, "Reinstall mtaudit, or mend its path in models.yaml")
    import torch
    from transformers import AutoModelForTokenClassification

    hush()
    try:
        model: Any = AutoModelForTokenClassification.from_pretrained(
            str(folder),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=getattr(torch, spec.dtype),
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise broken(spec, error) from error
    return model.to(spec.device if spec.device != "auto" else "cpu").eval()
