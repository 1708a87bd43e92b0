"""Reads every catalogue that the installed packages carry, and shows that memory does not grow with a file.

    python -m benchmarks.formats catalogues [--audit 20000]
    python -m benchmarks.formats memory [--megabytes 50 200] [--audit-megabytes 5 20]

`catalogues` reads each `.mo` below /usr/share/locale and each `.po` and `.mo` of Python's packages, counts those that
cannot be read, and sends a sample of the units through all checks that need no model, in chunks as a corpus goes.
`memory` makes files of the given sizes in a temporary folder and runs a process for each: one that reads the file in
chunks, and one that audits it with all checks that need no model into a jsonl report, in as many processes as there are
cores; `--megabytes 1000` is a gigabyte. Peak memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import record
from benchmarks.speed import run
from mtaudit import pipeline, readers
from mtaudit.config import Config
from mtaudit.errors import EmptyError, MtauditError
from mtaudit.types import Bitext

CHUNK = 5000
_FORMATS = ("tsv", "jsonl", "tmx")
#: Languages of the sample that is audited: several scripts, with and without plural forms.
_SAMPLED = ("de", "ru", "ar", "ja", "fr", "cs")

_READ = """
import sys
from mtaudit import readers
pairs = sum(len(part.pairs) for part in readers.iter_bitexts(sys.argv[1], "en", "de", size=5000, warn=print))
assert pairs == int(sys.argv[2]), pairs
"""


def catalogue_files() -> Iterator[Path]:
    yield from sorted(Path("/usr/share/locale").glob("*/LC_MESSAGES/*.mo"))
    for folder in sorted({Path(path) for path in sys.path if Path(path).is_dir() and "packages" in path}):
        yield from sorted([*folder.rglob("*.po"), *folder.rglob("*.mo")])


def language(path: Path) -> str:
    """The language that the folder above LC_MESSAGES names."""
    return path.parent.parent.name.split("@", 1)[0].split(".", 1)[0].replace("_", "-")


def catalogues(sample: int) -> dict[str, Any]:
    files = units = bad = empty = 0
    failures: list[str] = []
    kept: dict[str, list[Path]] = {}
    began = time.process_time()
    for path in catalogue_files():
        files += 1
        try:
            bitext = readers.read_bitext(path, "en", language(path), warn=lambda _: None)
        except EmptyError:  # a catalogue of headers only
            empty += 1
            continue
        except MtauditError as error:
            failures.append(str(error))
            continue
        units += len(bitext.pairs or ())
        bad += len(bitext.bad_input)
        if language(path) in _SAMPLED:
            kept.setdefault(language(path), []).append(path)
    seconds = time.process_time() - began
    figures: dict[str, Any] = {
        "files": files,
        "without_units": empty,
        "failures": failures,
        "units": units,
        "bad_units": bad,
        "read_units_per_s": round(units / seconds),
    }
    if sample:
        figures |= audited(kept, sample)
    return figures


def audited(kept: dict[str, list[Path]], sample: int) -> dict[str, Any]:
    """Reading and all model-free checks, over catalogues in random order until `sample` units are through."""
    order = [path for paths in kept.values() for path in paths]
    random.Random(7).shuffle(order)
    rules = {"all": Config(), "placeholders": Config(select=("MT302", "MT303"))}
    units, rule_counts = 0, Counter[str]()
    seconds = dict.fromkeys(rules, 0.0)
    for path in order:
        for name, config in rules.items():
            began = time.process_time()
            audits = [pipeline.audit_bitext(part, profile="checks", config=config) for part in parts(path)]
            seconds[name] += time.process_time() - began
            if name == "all":
                units += sum(len(audit.ranking) for audit in audits)
                rule_counts.update(finding.rule for audit in audits for finding in audit.findings)
        if units >= sample:
            break
    return {
        "audited_units": units,
        "read_and_checked_units_per_s": round(units / seconds["all"]),
        "read_and_302_303_units_per_s": round(units / seconds["placeholders"]),
        "findings_per_1000_units": {rule: round(1000 * n / units, 2) for rule, n in sorted(rule_counts.items())},
    }


def parts(path: Path) -> Iterator[Bitext]:
    return readers.iter_bitexts(path, "en", language(path), size=CHUNK, warn=lambda _: None)


def sentences(number: int) -> tuple[str, str]:
    """A pair of its own for each number, about 100 characters a side."""
    return (
        f"Ship {number} left the quay at noon with {number % 90 + 3} crates, and {{name}} waited until it was gone.",
        f"Schiff {number} verließ den Kai mittags mit {number % 90 + 3} Kisten, und {{name}} wartete, bis es weg war.",
    )


def make(path: Path, megabytes: float) -> int:
    """Write pairs until the file is that large; how many there are."""
    suffix, number = path.suffix, 0
    with path.open("w", encoding="utf-8") as file:
        head = {".tsv": "source\ttarget\n", ".tmx": '<tmx version="1.4"><header srclang="en"/><body>\n'}
        file.write(head.get(suffix, ""))
        while file.tell() < megabytes * 1e6:
            for _ in range(1000):
                file.write(_line(suffix, *sentences(number)))
                number += 1
        file.write("</body></tmx>\n" if suffix == ".tmx" else "")
    return number


def _line(suffix: str, source: str, target: str) -> str:
    if suffix == ".tsv":
        return f"{source}\t{target}\n"
    if suffix == ".jsonl":
        return json.dumps({"source": source, "target": target}, ensure_ascii=False) + "\n"
    sides = (("en", source), ("de", target))
    return "<tu>" + "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in sides) + "</tu>\n"


def memory(read_sizes: Sequence[float], audit_sizes: Sequence[float]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, sizes in (("read", read_sizes), ("audit", audit_sizes)):
            for suffix in _FORMATS:
                for megabytes in sizes:
                    path = Path(folder) / f"corpus.{suffix}"
                    pairs = make(path, megabytes)
                    figures[f"{kind}_{suffix}_{megabytes:g}_mb"] = measured(kind, path, pairs, Path(folder))
                    path.unlink()
    return figures


def measured(kind: str, path: Path, pairs: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", _READ, str(path), str(pairs)]
    if kind == "audit":
        options = ["-s", "en", "-t", "de", "-p", "checks", "--fail-on", "none"]
        out = ["-f", "jsonl", "-o", str(folder / "out.jsonl")]
        command = [sys.executable, "-m", "mtaudit", "audit", str(path), *options, *out]
    done = run(command)
    if done.code:
        raise SystemExit(f"{' '.join(command)} ended with {done.code}")
    return {
        "pairs": pairs,
        "peak_mb": round(done.peak_mb),
        "pairs_per_s": round(pairs / done.wall),
        "pairs_per_cpu_s": round(pairs / done.cpu),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("catalogues")
    first.add_argument("--audit", type=int, default=20_000, help="units that go through all checks")
    second = commands.add_parser("memory")
    second.add_argument("--megabytes", type=float, nargs="+", default=[50, 200], help="sizes of the files to read")
    second.add_argument("--audit-megabytes", type=float, nargs="*", default=[5, 20], help="sizes to audit")
    options = parser.parse_args(arguments)
    if options.command == "catalogues":
        figures = catalogues(options.audit)
        record("formats_catalogues", figures)
        return int(bool(figures["failures"]))
    record("formats_memory", memory(options.megabytes, options.audit_megabytes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
