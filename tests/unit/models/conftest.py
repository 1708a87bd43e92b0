"""Models of a few kilobytes in the ordinary layouts, saved to temporary folders and loaded through the real path."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

TOYS = Path(__file__).resolve().parents[2] / "data" / "toy-translators"


def _save_tokenizer(folder: Path, texts: list[str]) -> int:
    """Train a small WordPiece tokenizer in the fast format; return its size."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordPieceTrainer(
        vocab_size=200, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 64, **names}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return int(tokenizer.get_vocab_size())


def save_sentence_folder(
    folder: Path, kind: str = "bert", pooling: dict[str, object] | None = None, *, dense: bool = False
) -> Path:
    """Save an untrained BERT or XLM-R as a sentence-transformers folder."""
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel

    torch.manual_seed(5)
    folder.mkdir(parents=True, exist_ok=True)
    size = _save_tokenizer(folder, ["the old bridge was closed", "die alte Brücke war zu", "a b c d e f g"])
    shape: dict[str, Any] = {"vocab_size": size, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    shape |= {"intermediate_size": 32, "max_position_embeddings": 80, "pad_token_id": 0}
    model = BertModel(BertConfig(**shape)) if kind == "bert" else XLMRobertaModel(XLMRobertaConfig(**shape))
    model.save_pretrained(folder, safe_serialization=True)
    modules = [("", "Transformer"), ("1_Pooling", "Pooling")]
    (folder / "1_Pooling").mkdir()
    default = {"word_embedding_dimension": 16, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling or default), encoding="utf-8")
    if dense:
        modules.append(("2_Dense", "Dense"))
        (folder / "2_Dense").mkdir()
        config = {"in_features": 16, "out_features": 16, "bias": True}
        config["activation_function"] = "torch.nn.modules.activation.Tanh"  # type: ignore[assignment]
        (folder / "2_Dense" / "config.json").write_text(json.dumps(config), encoding="utf-8")
        weights = {"linear.weight": torch.randn(16, 16), "linear.bias": torch.randn(16)}
        save_file(weights, folder / "2_Dense" / "model.safetensors")
    modules.append((f"{len(modules)}_Normalize", "Normalize"))
    (folder / modules[-1][0]).mkdir()
    listed = [
        {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{name}"}
        for index, (path, name) in enumerate(modules)
    ]
    (folder / "modules.json").write_text(json.dumps(listed), encoding="utf-8")
    (folder / "sentence_bert_config.json").write_text(
        '{"max_seq_length": 64, "do_lower_case": false}', encoding="utf-8"
    )
    return folder


def save_many_to_many(folder: Path, kind: str) -> Path:
    """Save an untrained M2M-100 or NLLB of a few kilobytes, with its real tokenizer class."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer, NllbTokenizer

    torch.manual_seed(5)
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "m2m":
        names = ["<s>", "<pad>", "</s>", "<unk>"]
        toy = json.loads((TOYS / "toy-de-en" / "vocab.json").read_text(encoding="utf-8"))
        names += [name for name in toy if name not in names]
        vocabulary = {name: index for index, name in enumerate(names)}
        (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
        shutil.copyfile(TOYS / "toy-de-en" / "source.spm", folder / "sentencepiece.bpe.model")
        tokenizer: Any = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
        size = len(vocabulary) + 120
    else:
        letters = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "▁": 4}
        letters |= {letter: index for index, letter in enumerate("abcdefghijklmnopqrstuvwxyzäöüßABCDEFG.,", 5)}
        tokenizer = NllbTokenizer(vocab=letters, merges=[])
        size = len(tokenizer) + 8
    tokenizer.save_pretrained(folder)
    config = M2M100Config(
        vocab_size=size,
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=128,
        decoder_start_token_id=2,
    )
    M2M100ForConditionalGeneration(config).save_pretrained(folder, safe_serialization=True)
    return folder


@pytest.fixture(scope="session")
def m2m_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_many_to_many(tmp_path_factory.mktemp("models") / "m2m", "m2m")


@pytest.fixture(scope="session")
def nllb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_many_to_many(tmp_path_factory.mktemp("models") / "nllb", "nllb")
