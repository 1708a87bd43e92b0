"""Writers of an aligned bitext: one module a format, each with one function `write`, chosen by suffix."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TextIO, cast

from mtaudit.errors import ConfigError
from mtaudit.types import Bitext

__all__ = ["FORMATS", "Writer", "find_writer"]

#: The module of each suffix.
FORMATS = MappingProxyType({".tmx": "tmx", ".tsv": "tsv", ".jsonl": "jsonl"})


class Writer(Protocol):
    """Writes the pairs of a bitext; returns how many gaps the format could not hold."""

    def __call__(self, bitext: Bitext, stream: TextIO) -> int:
        """Write to the given stream and nowhere else."""


def find_writer(path: Path) -> Writer:
    """The writer for files of that suffix.

    Raises:
        ConfigError: if there is none.
    """
    module = FORMATS.get(path.suffix.lower())
    if module is None:
        cause = "alignments are not written to files of that suffix"
        *most, last = FORMATS
        raise ConfigError(f"-o {path}", cause, f"Give a name ending in {', '.join(most)} or {last}")
    return cast("Writer", import_module(f"{__name__}.{module}").write)
