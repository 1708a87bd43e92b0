"""Makes the untrained student of the embedder: joint vocabulary, layers and word vectors from the teacher.

The layers are the teacher's. The word vectors are the teacher's too: an English piece gets the mean of the
teacher's pieces for it; any other piece the Dice-weighted mean of the English pieces it co-occurs with in the
parallel data. (Starting a student's embeddings from a teacher's by a translation dictionary: Tran 2020, "From
English to Foreign Languages: Transferring Pre-trained Language Models"; here the dictionary is induced.)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy import sparse
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoModel, AutoTokenizer, BertModel, PreTrainedTokenizerFast

from training.data import Pair

SPECIAL = ["<pad>", "<s>", "</s>", "<unk>", "<mask>"]


def make_tokenizer(pairs: Sequence[Pair], size: int) -> PreTrainedTokenizerFast:
    """Train a cased unigram vocabulary (Kudo 2018) of `size` pieces on both sides."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=SPECIAL, unk_token="<unk>")
    tokenizer.train_from_iterator((side for pair in pairs for side in (pair.en, pair.de)), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B:1 </s>:1",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("<s>", "</s>")],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=tokenizer,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=256,
    )


def _occurrences(texts: Sequence[str], tokenizer: Any, size: int) -> sparse.csr_matrix:
    """One row a text, one column a piece, 1 where the text has the piece."""
    rows: list[int] = []
    columns: list[int] = []
    for row, ids in enumerate(tokenizer(list(texts), add_special_tokens=False)["input_ids"]):
        unique = set(ids)
        rows.extend([row] * len(unique))
        columns.extend(unique)
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), size))


def dice_weights(pairs: Sequence[Pair], tokenizer: Any, size: int, keep: int = 5) -> sparse.csr_matrix:
    """Dice coefficients of every German piece with the `keep` English pieces it fits best; rows sum to one."""
    en = _occurrences([pair.en for pair in pairs], tokenizer, size)
    de = _occurrences([pair.de for pair in pairs], tokenizer, size)
    together = (de.T @ en).tocsr()
    en_count = np.asarray(en.sum(axis=0)).ravel()
    de_count = np.asarray(de.sum(axis=0)).ravel()
    rows, columns, values = [], [], []
    for piece in range(size):
        begin, end = together.indptr[piece], together.indptr[piece + 1]
        others, counts = together.indices[begin:end], together.data[begin:end]
        if not len(others):
            continue
        dice = 2 * counts / (de_count[piece] + en_count[others])
        best = np.argsort(-dice)[:keep]
        # Squared, so that a clear best translation is not drowned by four accidental neighbours.
        weight = dice[best] ** 2
        rows.extend([piece] * len(best))
        columns.extend(others[best])
        values.extend(weight / weight.sum())
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, size))


def make_start(pairs: Sequence[Pair], teacher: Path, size: int = 24_000) -> tuple[BertModel, Any]:
    """Return the untrained student and its tokenizer."""
    tokenizer = make_tokenizer(pairs, size)
    teacher_tokenizer = AutoTokenizer.from_pretrained(teacher, local_files_only=True)
    student = AutoModel.from_pretrained(teacher, local_files_only=True, dtype=torch.float32)
    old = student.embeddings.word_embeddings.weight.detach().numpy()
    size = len(tokenizer)
    english = np.zeros((size, old.shape[1]), np.float32)
    for piece, index in tokenizer.get_vocab().items():
        ids = teacher_tokenizer(piece.replace("▁", " "), add_special_tokens=False)["input_ids"]
        english[index] = old[ids].mean(axis=0) if ids else old.mean(axis=0)
    en_pieces = {i for ids in tokenizer([p.en for p in pairs], add_special_tokens=False)["input_ids"] for i in ids}
    weights = dice_weights(pairs, tokenizer, size)
    german = np.asarray(weights @ english)
    has_weight = np.asarray(weights.sum(axis=1)).ravel() > 0
    mixed = english.copy()
    for index in range(size):
        if index >= len(SPECIAL) and has_weight[index]:
            # A piece of both languages ("die", "in") keeps half of its English meaning.
            mixed[index] = (english[index] + german[index]) / 2 if index in en_pieces else german[index]
    for name, old_name in zip(SPECIAL, ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"], strict=True):
        mixed[tokenizer.convert_tokens_to_ids(name)] = old[teacher_tokenizer.convert_tokens_to_ids(old_name)]
    student.resize_token_embeddings(size)
    with torch.no_grad():
        student.embeddings.word_embeddings.weight.copy_(torch.from_numpy(mixed))
    student.config.pad_token_id = tokenizer.pad_token_id
    return student, tokenizer
