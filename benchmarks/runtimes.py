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
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import torch
from transformers import AutoConfig, AutoModel

from benchmarks.results import record
from mtaudit import modelfile, pipeline
from mtaudit.loading import Loaded
from mtaudit.modelfile import ModelSpec
from mtaudit.models.embedder import SentenceTransformerEmbedder

RULE = 1.5
_PACKAGES = {"torch": (), "openvino": ("openvino", "nncf"), "ctranslate2": ("ctranslate2",)}
_FIRST = ["The ferry leaves at noon.", "Die Fähre legt mittags ab."]


class _States(torch.nn.Module):
    """A transformer that gives two of its layers: the one for tokens and the last."""

    def __init__(self, model: Any, layer: int) -> None:
        super().__init__()
        self.model, self.layer = model, layer

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        found = self.model(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        return found.hidden_states[self.layer], found.last_hidden_state


class OpenVino:
    """Stands where the transformer would, on OpenVINO with weights in int8 and sums in float32."""

    def __init__(self, spec: ModelSpec, scratch: Path) -> None:
        import openvino  # noqa: PLC0415  # may not be installed

        saved = scratch / "model.xml"
        if not saved.exists():
            convert(spec, saved)
        settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
        self.config = AutoConfig.from_pretrained(str(spec.path), local_files_only=True)
        self.device = torch.device("cpu")
        self.layer = spec.token_layer
        self.compiled = openvino.Core().compile_model(saved, "CPU", settings)

    def __call__(self, input_ids: Any, attention_mask: Any, **_: Any) -> SimpleNamespace:
        """Give the two layers that the embedder asks for."""
        found = self.compiled([input_ids.numpy(), attention_mask.numpy()])
        token, last = (torch.from_numpy(found[at]) for at in (0, 1))
        return SimpleNamespace(hidden_states={self.layer: token, -1: last}, last_hidden_state=last)

    def to(self, _: object) -> OpenVino:
        """Stay: there is no other device."""
        return self

    def eval(self) -> OpenVino:
        """Stay: it cannot be trained."""
        return self


def convert(spec: ModelSpec, path: Path) -> None:
    """Write the transformer as OpenVINO has it, its weights in int8."""
    import nncf  # noqa: PLC0415  # may not be installed
    import openvino  # noqa: PLC0415  # may not be installed

    model = AutoModel.from_pretrained(str(spec.path), local_files_only=True, dtype=torch.float32).eval()
    example = {name: torch.ones((2, 9), dtype=torch.int64) for name in ("input_ids", "attention_mask")}
    with torch.inference_mode():
        graph = openvino.convert_model(_States(model, spec.token_layer), example_input=example)
    graph = nncf.compress_weights(graph, mode=nncf.CompressWeightsMode.INT8_ASYM)
    openvino.save_model(graph, path, compress_to_fp16=False)


def make(name: str, spec: ModelSpec, scratch: Path) -> SentenceTransformerEmbedder:
    """Load the embedder on a runtime."""
    if name != "openvino":
        return SentenceTransformerEmbedder(replace(spec, dtype="int8" if name == "ctranslate2" else "float32"))
    other: Any = OpenVino(spec, scratch)
    with patch.object(AutoModel, "from_pretrained", lambda *_, **__: other):
        return SentenceTransformerEmbedder(spec)


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
    with patch.object(pipeline, "load", lambda *_, **__: Loaded(embedder)):
        began = time.perf_counter()
        audit = pipeline.audit_bilingual(path, source_language="en", target_language="de")
        seconds = time.perf_counter() - began
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
