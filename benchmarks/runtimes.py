"""Measures whether a faster runtime is worth its install: the bundled embedder on torch, OpenVINO and CTranslate2.

    python -m benchmarks.runtimes PAIRS.tsv [--pairs 96] [--rounds 5]

PAIRS.tsv has English and German sentences in two columns. OpenVINO runs int8 weights (nncf), CTranslate2 int8; one that
is not installed is left out, and that is said. All run with one thread, in turn within one process, and the ratios are
those of each one's least time over the rounds: so other load on the machine falls on all alike. "Audit" is the whole of
an audit of the pairs with the runtime in the embedder's place; its start includes PyTorch, which other roles need. The
rule: a runtime is taken if it makes the audit at least 1.5 times faster at the same quality.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.results import record
from mtaudit import modelfile, pipeline
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import TokenVectors, Vectors
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.types import Span

RULE = 1.5
_PACKAGES = {"torch": (), "openvino": ("openvino", "nncf"), "ctranslate2": ("ctranslate2",)}
_FIRST = ["The ferry leaves at noon.", "Die Fähre legt mittags ab."]


class Torch(SentenceTransformerEmbedder):
    """What the package does."""


class _Other(SentenceTransformerEmbedder):
    """The embedder with another runtime in the place of its transformer."""

    def __init__(self, spec: ModelSpec, scratch: Path) -> None:
        super().__init__(spec)
        self._runs = self._prepared(scratch)
        self._model.encode = self._encoded

    def _prepared(self, scratch: Path) -> Callable[[list[str], int], tuple[Vectors, Any]]:
        """Make a function from texts and a layer (-1: the last) to hidden states and the tokenizer's batch."""
        raise NotImplementedError

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        found: dict[int, Any] = {}
        for begin in range(0, len(order), 32):
            chunk = order[begin : begin + 32]
            hidden, batch = self._runs([texts[at] for at in chunk], -1)
            mask = np.asarray(batch["attention_mask"])[..., None]
            means = (hidden * mask).sum(1) / mask.sum(1)
            found.update(zip(chunk, means / np.linalg.norm(means, axis=1, keepdims=True), strict=True))
        return np.stack([found[at] for at in range(len(texts))]).astype(np.float32)

    def _token_batch(self, texts: list[str]) -> list[TokenVectors]:
        hidden, batch = self._runs(texts, self._spec.token_layer)
        unit = hidden / np.linalg.norm(hidden, axis=-1, keepdims=True)
        result = []
        for row, text in enumerate(texts):
            kept = [
                at
                for at, (start, end) in enumerate(batch["offset_mapping"][row])
                if text[start:end].strip() and not batch["special_tokens_mask"][row][at]
            ]
            spans = tuple(Span(*(int(edge) for edge in batch["offset_mapping"][row][at])) for at in kept)
            result.append(TokenVectors(unit[row][kept].astype(np.float32), spans))
        return result

    def _batch(self, texts: list[str]) -> Any:
        return self._tokenizer(
            texts, padding=True, return_tensors="np", return_offsets_mapping=True, return_special_tokens_mask=True
        )


class _States(torch.nn.Module):
    """A transformer that gives two of its layers: the one for tokens and the last."""

    def __init__(self, model: Any, layer: int) -> None:
        super().__init__()
        self.model, self.layer = model, layer

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        found = self.model(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        return found.hidden_states[self.layer], found.last_hidden_state


class OpenVino(_Other):
    """OpenVINO with weights in int8 and sums in float32."""

    def _prepared(self, scratch: Path) -> Callable[[list[str], int], tuple[Vectors, Any]]:
        import openvino  # noqa: PLC0415  # may not be installed

        saved = scratch / "model.xml"
        if not saved.exists():
            self._convert(saved)
        settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
        compiled = openvino.Core().compile_model(saved, "CPU", settings)

        def run(texts: list[str], layer: int) -> tuple[Vectors, Any]:
            batch = self._batch(texts)
            found = compiled([batch["input_ids"].astype(np.int64), batch["attention_mask"].astype(np.int64)])
            return found[1 if layer == -1 else 0], batch

        return run

    def _convert(self, path: Path) -> None:
        import nncf  # noqa: PLC0415
        import openvino  # noqa: PLC0415

        example = {name: torch.ones((2, 9), dtype=torch.int64) for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            graph = openvino.convert_model(_States(self._transformer, self._spec.token_layer), example_input=example)
        graph = nncf.compress_weights(graph, mode=nncf.CompressWeightsMode.INT8_ASYM)
        openvino.save_model(graph, path, compress_to_fp16=False)


class CTranslate2(_Other):
    """CTranslate2 in int8. It gives the last layer only, so the token vectors come from a second, shorter copy."""

    def _prepared(self, scratch: Path) -> Callable[[list[str], int], tuple[Vectors, Any]]:
        import ctranslate2  # noqa: PLC0415  # may not be installed

        encoders = {}
        for layer in (-1, self._spec.token_layer):
            out = scratch / f"ct{layer}"
            if not out.exists():
                self._convert(layer, scratch / f"layers{layer}", out)
            encoders[layer] = ctranslate2.Encoder(str(out), device="cpu", intra_threads=1, compute_type="int8")

        def run(texts: list[str], layer: int) -> tuple[Vectors, Any]:
            batch = self._batch(texts)
            rows = [
                row[: int(mask.sum())].tolist()
                for row, mask in zip(batch["input_ids"], batch["attention_mask"], strict=True)
            ]
            return np.array(encoders[layer].forward_batch(rows).last_hidden_state, dtype=np.float32), batch

        return run

    def _convert(self, layer: int, folder: Path, out: Path) -> None:
        import ctranslate2  # noqa: PLC0415

        shutil.copytree(self._spec.path, folder)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config["position_embedding_type"] = "absolute"
        if layer != -1:
            config["num_hidden_layers"] = layer
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        ctranslate2.converters.TransformersConverter(str(folder)).convert(str(out), quantization="int8")


_KINDS = {"torch": Torch, "openvino": OpenVino, "ctranslate2": CTranslate2}


def make(name: str, spec: ModelSpec, scratch: Path) -> SentenceTransformerEmbedder:
    """Load the embedder on a runtime."""
    kind = _KINDS[name]
    return kind(spec) if kind is Torch else kind(spec, scratch)  # type: ignore[call-arg]


def installed(name: str) -> bool:
    return all(importlib.util.find_spec(package) for package in _PACKAGES[name])


def install_mb(name: str) -> float:
    """What the runtime's own packages take on the disk, in megabytes; their dependencies are not counted."""
    total = 0
    for package in _PACKAGES[name]:
        found = importlib.util.find_spec(package)
        folder = Path(str(found.origin)).parent if found else Path()
        for each in (folder, folder.with_name(f"{package}.libs")):
            total += sum(path.stat().st_size for path in each.rglob("*") if path.is_file()) if each.is_dir() else 0
    return round(total / 1e6)


def audited(
    path: Path, embedder: SentenceTransformerEmbedder
) -> tuple[float, dict[tuple[int, str], float], set[tuple[str, int, str]]]:
    """Seconds of a whole audit with this embedder, the scores of its pairs, and its findings."""
    real = pipeline._load_profile
    pipeline._load_profile = lambda *_: pipeline.Loaded(embedder)
    try:
        began = time.perf_counter()
        audit = pipeline.audit_bilingual(path, source_language="en", target_language="de")
        seconds = time.perf_counter() - began
    finally:
        pipeline._load_profile = real
    found = {(one.rule, one.pair, f"{one.side} {one.span.start} {one.span.end}") for one in audit.findings}
    return seconds, {(one.pair, one.scorer): one.value for one in audit.scores if one.span is None}, found


def start(name: str, spec: ModelSpec, scratch: Path) -> None:
    """Print seconds from loading to the first vectors, with what was converted before, and this process's memory."""
    began = time.perf_counter()
    make(name, spec, scratch).sentences(_FIRST)
    status = Path("/proc/self/status").read_text(encoding="utf-8") if Path("/proc/self/status").exists() else ""
    peak = next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), None)
    print(json.dumps({"load_s": round(time.perf_counter() - began, 2), "peak_mb": peak}))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs_file", type=Path, nargs="?")
    parser.add_argument("--pairs", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--start", choices=sorted(_PACKAGES), help="measure the start of one runtime and end")
    parser.add_argument("--scratch", type=Path, help="with --start: where the converted models are")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    spec = modelfile.load().profile("embedded").model("embedder")
    if spec is None:
        raise SystemExit("the profile 'embedded' has no embedder")
    if options.start and options.scratch:
        start(options.start, replace(spec, device="cpu"), options.scratch)
        return 0
    if options.pairs_file is None:
        parser.error("name a file with pairs")
    names = [name for name in _PACKAGES if installed(name)]
    lines = options.pairs_file.read_text(encoding="utf-8").splitlines()[: options.pairs]
    with tempfile.TemporaryDirectory() as scratch:
        pairs = Path(scratch) / "pairs.tsv"
        pairs.write_text("\n".join(lines) + "\n", encoding="utf-8")
        figures = measure(names, replace(spec, device="cpu"), pairs, lines, options.rounds, Path(scratch))
    for name in _PACKAGES:
        if name not in names:
            figures[name] = "not installed"
    record("runtimes", {"pairs": len(lines), "rounds": options.rounds, "threads": 1, "rule": RULE, **figures})
    return 0


def measure(
    names: Sequence[str], spec: ModelSpec, pairs: Path, lines: Sequence[str], rounds: int, scratch: Path
) -> dict[str, Any]:
    """Run the runtimes in turn and put their figures together."""
    embedders = {}
    for name in names:
        (scratch / name).mkdir()
        embedders[name] = make(name, spec, scratch / name)
    texts = [text for line in lines for text in line.split("\t")[:2]]
    seconds: dict[str, dict[str, list[float]]] = {name: {"sentences": [], "tokens": [], "audit": []} for name in names}
    scores: dict[str, dict[tuple[int, str], float]] = {}
    findings: dict[str, set[tuple[str, int, str]]] = {}
    vectors = {name: each.sentences(texts) for name, each in embedders.items()}  # also the warm-up
    for _ in range(rounds):
        for name, each in embedders.items():
            began = time.perf_counter()
            each.sentences(texts)
            middle = time.perf_counter()
            each.tokens(texts)
            seconds[name]["sentences"].append(middle - began)
            seconds[name]["tokens"].append(time.perf_counter() - middle)
            spent, scores[name], findings[name] = audited(pairs, each)
            seconds[name]["audit"].append(spent)
    figures: dict[str, Any] = {}
    for name in names:
        # The least time of each is the one that other load disturbed least.
        ratios = {
            f"{what}_times_torch": round(min(seconds["torch"][what]) / min(own), 2)
            for what, own in seconds[name].items()
        }
        command = [sys.executable, "-m", "benchmarks.runtimes", "--start", name, "--scratch", str(scratch / name)]
        begun = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        figures[name] = {
            **ratios,
            **json.loads(begun),
            "audit_pairs_per_second": round(len(lines) / min(seconds[name]["audit"]), 1),
            "findings_that_differ": f"{len(findings[name] ^ findings['torch'])} of {len(findings['torch'])}",
            "install_mb": install_mb(name),
            "least_cosine": round(float((vectors[name] * vectors["torch"]).sum(1).min()), 4),
            "largest_difference_of_similarity": round(
                max(abs(value - scores["torch"][key]) for key, value in scores[name].items() if "similarity" in key[1]),
                4,
            ),
            "worth_it": ratios["audit_times_torch"] >= RULE,
        }
    return figures


if __name__ == "__main__":
    sys.exit(main())
