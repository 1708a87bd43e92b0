"""Writers of alignments: each format, gaps, hostile text, and the way back through the readers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from mtaudit.errors import ConfigError
from mtaudit.readers import read_bitext
from mtaudit.types import Bitext, Side
from mtaudit.writers import FORMATS, find_writer
from tests.support import bitext

PAIRS: list[tuple[str | None, str | None]] = [
    ("The <quay> & the wall", "Der <Kai> & die Mauer"),
    ("Only\there\nnow", None),
    (None, "Nur hier"),
    ("Bell\x07 “x”", "Glocke\x07 „x“ مرحبا"),
]


def written(suffix: str, of: Bitext) -> tuple[str, int]:
    stream = io.StringIO()
    left_out = find_writer(Path(f"out{suffix}"))(of, stream)
    return stream.getvalue(), left_out


@pytest.mark.parametrize("suffix", FORMATS)
def test_written_and_read_again(tmp_path: Path, suffix: str) -> None:
    text, left_out = written(suffix, bitext(PAIRS))
    path = tmp_path / f"out{suffix}"
    path.write_text(text, encoding="utf-8", newline="")
    again = read_bitext(path, "en", "de", warn=lambda _: None)
    found = [tuple(again.text(pair, side) for side in Side) for pair in again.pairs or ()]
    expected = {
        ".tmx": [PAIRS[0], ("Bell\ufffd “x”", "Glocke\ufffd „x“ مرحبا")],
        ".tsv": [PAIRS[0], ("Only here now", None), PAIRS[2], PAIRS[3]],
        ".jsonl": PAIRS,
    }[suffix]
    assert found == expected
    assert left_out == (2 if suffix == ".tmx" else 0)
    assert again.bad_input == ()


def test_exactly() -> None:
    short = bitext([("One.", "Eins."), (None, "Zwei.")])
    assert written(".tsv", short)[0] == ("source\ttarget\talignment\tsimilarity\nOne.\tEins.\t1-1\t\n\tZwei.\t0-1\t\n")
    assert written(".jsonl", short)[0] == (
        '{"source": "One.", "target": "Eins.", "alignment": "1-1", "similarity": null, "source_line": 1, '
        '"source_column": 1, "target_line": 1, "target_column": 1}\n'
        '{"source": null, "target": "Zwei.", "alignment": "0-1", "similarity": null, "source_line": null, '
        '"source_column": null, "target_line": 3, "target_column": 1}\n'
    )
    assert (
        '<tu tuid="1"><prop type="x-alignment">1-1</prop><tuv xml:lang="en"><seg>One.</seg></tuv>'
        '<tuv xml:lang="de"><seg>Eins.</seg></tuv></tu>\n</body>' in written(".tmx", short)[0]
    )


@pytest.mark.parametrize("name", ["out.txt", "out", "out.xlf"])
def test_other_suffixes(name: str) -> None:
    with pytest.raises(ConfigError, match=r"Give a name ending in \.tmx, \.tsv or \.jsonl"):
        find_writer(Path(name))
