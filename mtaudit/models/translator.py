"""The translator role, filled by Marian (opus-mt), NLLB-200 and M2M-100 folders through transformers."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import Likelihoods, Progress, Translation
from mtaudit.models.codes import flores_code, m2m_code
from mtaudit.models.folder import broken, hush
from mtaudit.models.pieces import piece_spans
from mtaudit.text import base_language
from mtaudit.types import ModelUse, Span

#: Pieces in a batch, padding included: bounds memory whatever the lengths are.
_BATCH_PIECES = 2048
_BATCH_TEXTS = 32
#: A translation is given up where it is so many times longer than its source, and so many pieces more: that is a loop.
_GROWTH, _SLACK = 3, 32
#: Where a sentence that is too long is best cut: after these, else at a blank.
_CLAUSE_END = re.compile(r"[,;:–—،、，；：]\s*")


@dataclass(frozen=True, slots=True)
class _Direction:
    """What stands before the pieces of a text, and what the decoder starts with."""

    prefix: list[int]
    begin: list[int]


class TransformersTranslator:
    """Translates with beam search, without sampling: the same text gives the same translation.

    Raises:
        ModelError: if the folder is broken, or is of another kind than Marian, NLLB or M2M.
    """

    def __init__(self, spec: ModelSpec) -> None:
        self._spec = spec
        self._kind = _kind(spec)
        self._tokenizer, self._model = _load(spec)
        self._codes = dict(spec.codes)
        positions = getattr(self._model.config, "max_position_embeddings", spec.max_tokens)
        self._limit = min(spec.max_tokens, int(positions))
        self.use = ModelUse("translator", spec.title, spec.revision)

    def translates(self, source: str, target: str) -> bool:
        """Whether it has this direction (BCP 47 tags)."""
        return self._spec.translates(source, target)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, progress: Progress | None = None
    ) -> list[Translation]:
        """Translate every text from `source` into `target`, in the order of `texts`.

        A text longer than the model reads is cut into stretches after commas and the like, at a blank, or where it
        must be; they are translated by themselves and put together again.

        Raises:
            ModelError: if the model does not know one of the languages.
        """
        direction = self._direction(source, target)
        stretches = [(row, part) for row, text in enumerate(texts) for part in self._stretches(text)]
        parts: list[list[tuple[str, bool]]] = [[] for _ in texts]
        done: dict[int, tuple[str, bool]] = {}
        encoded = [self._encode(part, direction) for _, part in stretches]
        for batch in _batches([len(pieces) for pieces in encoded]):
            done.update(zip(batch, self._generate([encoded[at] for at in batch], direction.begin), strict=True))
            if progress:
                progress(len(done), len(stretches))
        for at, (row, _) in enumerate(stretches):
            parts[row].append(done[at])
        return [
            Translation(" ".join(text for text, _ in part), len(part), all(whole for _, whole in part))
            if part
            else Translation("", 0)
            for part in parts
        ]

    def score(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str, *, progress: Progress | None = None
    ) -> list[Likelihoods]:
        """Score the second text of every pair as a translation of the first, piece by piece (forced decoding).

        Where either text is longer than the model reads, both are cut into as many stretches of about the same share
        each, and scored stretch by stretch.

        Raises:
            ModelError: if the model does not know one of the languages.
        """
        direction = self._direction(source, target)
        jobs = [(row, one, shift, other) for row, pair in enumerate(pairs) for one, other, shift in self._paired(*pair)]
        encoded = [(self._encode(one, direction), self._encode_target(other)) for _, one, _, other in jobs]
        found: list[list[Likelihoods]] = [[] for _ in pairs]
        done: dict[int, Likelihoods] = {}
        for batch in _batches([len(one) + len(other) for one, other in encoded]):
            values = self._force([encoded[at] for at in batch], direction.begin)
            for at, row in zip(batch, values, strict=True):
                _, _, shift, text = jobs[at]
                pieces = self._tokenizer.convert_ids_to_tokens(encoded[at][1][:-1])
                spans = (*piece_spans(text, pieces), Span(len(text), len(text)))
                done[at] = Likelihoods(row, tuple(span.shift(shift) for span in spans))
            if progress:
                progress(len(done), len(jobs))
        for at, (row, *_) in enumerate(jobs):
            found[row].append(done[at])
        return [
            Likelihoods(
                np.concatenate([each.log_probabilities for each in parts]) if parts else np.zeros(0, dtype=np.float32),
                tuple(span for each in parts for span in each.spans),
            )
            for parts in found
        ]

    # Languages

    def _direction(self, source: str, target: str) -> _Direction:
        """What the model has to be told of a direction.

        Raises:
            ModelError: if it does not know one of the languages.
        """
        own, other = self._code(source), self._code(target)
        start = self._model.config.decoder_start_token_id
        if self._kind == "marian":
            # `>>code<<` says which of several languages to write; a model of one direction has no such pieces.
            prefix = [int(self._tokenizer.convert_tokens_to_ids(f">>{other}<<"))] if other else []
            return _Direction(prefix, [self._tokenizer.pad_token_id if start is None else start])
        begin = self._tokenizer.eos_token_id if start is None else start
        return _Direction([self._language_piece(own, source)], [begin, self._language_piece(other, target)])

    def _code(self, tag: str) -> str:
        base = base_language(tag)
        own = self._codes.get(tag) or self._codes.get(base)
        if self._kind == "marian":
            codes = getattr(self._tokenizer, "supported_language_codes", [])
            if own and f">>{own}<<" not in codes:
                raise self._unknown(f">>{own}<<", tag)
            return own or ""
        return own or (m2m_code(tag) if self._kind == "m2m" else flores_code(tag)) or base

    def _language_piece(self, code: str, tag: str) -> int:
        piece = self._tokenizer.convert_tokens_to_ids(f"__{code}__" if self._kind == "m2m" else code)
        if piece is None or piece == self._tokenizer.unk_token_id:
            raise self._unknown(code, tag)
        return int(piece)

    def _unknown(self, code: str, tag: str) -> ModelError:
        cause = f"its vocabulary has no language code '{code}', which '{tag}' was taken for"
        return ModelError(f"model '{self._spec.name}'", cause, "Give the right one under `codes` in models.yaml")

    # Pieces

    def _plain(self, text: str) -> list[int]:
        """The ids of a text's pieces, without frame."""
        return list(self._tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"])

    def _encode(self, text: str, direction: _Direction) -> list[int]:
        return [*direction.prefix, *self._plain(text), self._tokenizer.eos_token_id]

    def _encode_target(self, text: str) -> list[int]:
        if self._kind != "marian":  # one vocabulary for all languages
            return [*self._plain(text), self._tokenizer.eos_token_id]
        ids = self._tokenizer(text_target=text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
        return [*ids, self._tokenizer.eos_token_id]

    def _size(self, text: str) -> int:
        return len(self._plain(text))

    def _stretches(self, text: str) -> list[str]:
        """Cut a text into stretches that the model reads whole; one without letters is not translated at all."""
        if not text.strip():
            return []
        room = self._limit - 2
        if len(text) <= room or self._size(text) <= room:
            return [text]
        return [text[span.start : span.end] for span in self._cut(text, room)]

    def _cut(self, text: str, room: int) -> Iterator[Span]:
        """Halve a text at the best place near its middle until each part has room."""
        if len(text) < 2 or self._size(text) <= room:
            yield Span(0, len(text))
            return
        middle = len(text) // 2
        clauses = [match.end() for match in _CLAUSE_END.finditer(text)]
        blanks = [match.end() for match in re.finditer(r"\s+", text)]
        near = [[cut for cut in cuts if len(text) // 4 <= cut <= 3 * len(text) // 4] for cuts in (clauses, blanks)]
        cut = min(near[0] or near[1] or [middle], key=lambda place: abs(place - middle))
        yield from self._cut(text[:cut], room)
        for span in self._cut(text[cut:], room):
            yield span.shift(cut)

    def _paired(self, one: str, other: str) -> Iterator[tuple[str, str, int]]:
        """Both texts in as many stretches as the longer one needs, each with where the second's starts."""
        if not one.strip() or not other.strip():
            return
        room = self._limit - 2
        count = max(-(-self._size(text) // room) if len(text) > room else 1 for text in (one, other))
        while True:
            cuts = [_evenly(text, count) for text in (one, other)]
            parts = [
                (one[a:b], other[c:d], c) for (a, b), (c, d) in zip(pairwise(cuts[0]), pairwise(cuts[1]), strict=True)
            ]
            if all(self._size(part) <= room or len(part) < 2 for each in parts for part in each[:2]):
                yield from (part for part in parts if part[1])
                return
            count += 1

    # The model

    def _generate(self, rows: Sequence[Sequence[int]], begin: list[int]) -> list[tuple[str, bool]]:
        import torch

        ids, mask = self._padded(rows)
        longest = max(len(row) for row in rows)
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=ids,
                attention_mask=mask,
                decoder_input_ids=torch.tensor([begin] * len(rows), device=ids.device),
                num_beams=self._spec.beams,
                do_sample=False,
                early_stopping=self._spec.beams > 1,
                max_new_tokens=min(self._limit - len(begin), _GROWTH * longest + _SLACK),
            )
        end = self._tokenizer.eos_token_id
        result = []
        for row in output.tolist():
            pieces = row[len(begin) :]
            whole = end in pieces
            kept = pieces[: pieces.index(end)] if whole else pieces
            result.append((self._text(kept), whole))
        return result

    def _text(self, pieces: list[int]) -> str:
        keywords = {"use_source_tokenizer": False} if self._kind == "marian" else {}
        text = self._tokenizer.decode(pieces, skip_special_tokens=True, clean_up_tokenization_spaces=False, **keywords)
        return " ".join(text.split())

    def _force(self, rows: Sequence[tuple[Sequence[int], Sequence[int]]], begin: list[int]) -> list[Any]:
        """Log-probabilities of the second pieces of every row, as float32 arrays."""
        import torch

        ids, mask = self._padded([one for one, _ in rows])
        labels = [list(other) for _, other in rows]
        decoder, _ = self._padded([[*begin, *other[:-1]] for other in labels])
        with torch.inference_mode():
            logits = self._model(input_ids=ids, attention_mask=mask, decoder_input_ids=decoder).logits
            logits = logits[:, len(begin) - 1 :].float().log_softmax(-1)
            gold, _ = self._padded(labels)
            values = logits.gather(-1, gold.unsqueeze(-1)).squeeze(-1).cpu().numpy()
        return [np.asarray(row[: len(other)], dtype=np.float32) for row, other in zip(values, labels, strict=True)]

    def _padded(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        import torch

        width = max(len(row) for row in rows)
        pad = self._tokenizer.pad_token_id
        ids = torch.tensor([[*row, *[pad] * (width - len(row))] for row in rows], device=self._model.device)
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows], device=self._model.device)
        return ids, mask


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Indices by falling size, so that little is padding and what needs most memory comes first."""
    batch: list[int] = []
    for at in sorted(range(len(sizes)), key=lambda at: (-sizes[at], at)):
        if batch and (len(batch) == _BATCH_TEXTS or (len(batch) + 1) * sizes[batch[0]] > _BATCH_PIECES):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _evenly(text: str, count: int) -> list[int]:
    """`count` + 1 offsets that cut a text into about equal stretches, at blanks where one is near."""
    cuts = [0]
    for number in range(1, count):
        aim = round(len(text) * number / count)
        reach = max(1, len(text) // (4 * count))
        blanks = [
            place
            for place in range(max(cuts[-1], aim - reach), min(len(text), aim + reach))
            if place and text[place - 1].isspace()
        ]
        cuts.append(max(cuts[-1], min(blanks, key=lambda place: abs(place - aim), default=aim)))
    return [*cuts, len(text)]


def _kind(spec: ModelSpec) -> str:
    """`marian`, `nllb` or `m2m`, by what the folder's own files say."""
    try:
        config = json.loads((spec.path / "config.json").read_text(encoding="utf-8"))
        tokenizer_path = spec.path / "tokenizer_config.json"
        tokenizer = json.loads(tokenizer_path.read_text(encoding="utf-8")) if tokenizer_path.exists() else {}
    except (OSError, ValueError) as error:
        raise broken(spec, error) from error
    kind = config.get("model_type")
    if kind == "marian":
        return "marian"
    if kind == "m2m_100":
        named = str(tokenizer.get("tokenizer_class") or config.get("tokenizer_class") or "")
        return "nllb" if named.startswith("Nllb") else "m2m"
    cause = f"a folder of type '{kind}' cannot translate here"
    raise ModelError(f"model '{spec.name}'", cause, "Use a Marian (opus-mt), NLLB-200 or M2M-100 model")


def _load(spec: ModelSpec) -> tuple[Any, Any]:
    """Load tokenizer and model offline, from safetensors, without running code of its own."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    hush()
    try:
        with warnings.catch_warnings():
            # The punctuation normaliser that this recommends is not used by the tokenizer's own `_tokenize`.
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            tokenizer: Any = AutoTokenizer.from_pretrained(
                str(spec.path), local_files_only=True, trust_remote_code=False
            )
        model: Any = AutoModelForSeq2SeqLM.from_pretrained(
            str(spec.path),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=getattr(torch, spec.dtype),
        )
        model = model.to(spec.device if spec.device != "auto" else "cpu").eval()
    except (OSError, ValueError, KeyError, RuntimeError, AssertionError, TypeError, ImportError) as error:
        raise broken(spec, error) from error
    # Length and language are for `translate` to say; an end that is forced would hide that a translation breaks off.
    model.generation_config.max_length = None
    model.generation_config.forced_bos_token_id = None
    model.generation_config.forced_eos_token_id = None
    return tokenizer, model
