"""The embedder role, filled by any sentence-transformers folder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import TokenVectors, Vectors
from mtaudit.models.sentence_folder import load_folder
from mtaudit.types import ModelUse, Span

_BATCH = 32


class SentenceTransformerEmbedder:
    """Sentence vectors from the model's own pipeline, token vectors from one layer of its transformer.

    Raises:
        ModelError: if the folder is missing or broken, holds no safetensors, or its layers do not fit the spec.
    """

    def __init__(self, spec: ModelSpec) -> None:
        self._spec = spec
        self._model = load_folder(spec)
        self._transformer = self._model.transformer
        self._tokenizer = self._model.tokenizer
        layers = self._transformer.config.num_hidden_layers
        if not -1 <= spec.token_layer <= layers:
            cause = f"token-layer {spec.token_layer} is not among its {layers} layers"
            raise ModelError(f"model '{spec.name}'", cause, "Set token-layer in models.yaml")
        self.use = ModelUse("embedder", spec.title, spec.revision)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, width), in the order of `texts`.

        A text longer than the model reads gets the mean of its windows' vectors, weighted by their length.
        """
        windows = [self._windows(text) for text in texts]
        flat = [text[span.start : span.end] for text, spans in zip(texts, windows, strict=True) for span in spans]
        if not flat:
            return np.zeros((0, self._transformer.config.hidden_size), dtype=np.float32)
        vectors = self._model.encode(flat)
        if len(flat) == len(texts):
            return vectors
        means, first = [], 0
        for spans in windows:
            weights = np.array([len(span) for span in spans], dtype=np.float32)
            mean = weights @ vectors[first : first + len(spans)]
            means.append(mean / np.linalg.norm(mean))
            first += len(spans)
        return np.stack(means)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Token vectors of every text, in the order of `texts`; frame tokens such as `<s>` are left out.

        A text longer than the model reads is read in windows, one after the other.
        """
        windows = [(index, span) for index, text in enumerate(texts) for span in self._windows(text)]
        # By length, so that little of a batch is padding.
        order = sorted(range(len(windows)), key=lambda at: len(windows[at][1]))
        found: dict[int, TokenVectors] = {}
        for begin in range(0, len(order), _BATCH):
            chunk = order[begin : begin + _BATCH]
            batch = [texts[windows[at][0]][windows[at][1].start : windows[at][1].end] for at in chunk]
            found.update(zip(chunk, self._token_batch(batch), strict=True))
        parts: list[list[tuple[Span, TokenVectors]]] = [[] for _ in texts]
        for at, (index, window) in enumerate(windows):
            parts[index].append((window, found[at]))
        return [_join(part) for part in parts]

    def _windows(self, text: str) -> list[Span]:
        """Cut a text into stretches that the model reads whole, between words where there are any."""
        limit = self._spec.max_tokens - 2
        if len(text) <= limit:  # a token covers at least one code point
            return [Span(0, len(text))]
        offsets = self._tokenizer(
            text, add_special_tokens=False, truncation=False, return_offsets_mapping=True, verbose=False
        )["offset_mapping"]
        cuts, first = [0], 0
        while len(offsets) - first > limit:
            last = first + limit
            word_starts = (at for at in range(last, first + limit // 2, -1) if text[offsets[at][0]].isspace())
            first = next(word_starts, last)
            cuts.append(offsets[first][0])
        return [Span(start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]

    def _token_batch(self, texts: list[str]) -> list[TokenVectors]:
        import torch

        batch = self._tokenizer(
            texts,
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        device = self._transformer.device
        with torch.inference_mode():
            layers = self._transformer(
                input_ids=batch["input_ids"].to(device),
                attention_mask=batch["attention_mask"].to(device),
                output_hidden_states=True,
            ).hidden_states
            unit = torch.nn.functional.normalize(layers[self._spec.token_layer].float(), dim=-1).cpu().numpy()
        offsets = batch["offset_mapping"].tolist()
        special = batch["special_tokens_mask"].tolist()
        result = []
        for row, vectors in enumerate(unit):
            # A piece that covers only white space is a word-start mark: it has nothing to be compared with.
            text = texts[row]
            kept = [i for i, (start, end) in enumerate(offsets[row]) if text[start:end].strip() and not special[row][i]]
            result.append(TokenVectors(vectors[kept], tuple(Span(*offsets[row][i]) for i in kept)))
        return result


def _join(parts: list[tuple[Span, TokenVectors]]) -> TokenVectors:
    """Put the windows of one text together, their spans counted from its start."""
    if len(parts) == 1:
        return parts[0][1]
    spans = tuple(span.shift(window.start) for window, tokens in parts for span in tokens.spans)
    return TokenVectors(np.concatenate([tokens.vectors for _, tokens in parts]), spans)
