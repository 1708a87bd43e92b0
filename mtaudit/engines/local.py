"""A corpus through the pipeline on this machine, a chunk at a time: memory holds one chunk, however long the file is.

Rules that look at a whole document (duplicated passages, repeated sentences) see one chunk at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os import PathLike
from pathlib import Path

from mtaudit import pipeline, readers
from mtaudit.config import Config
from mtaudit.languages import check_tag, settle_bitext
from mtaudit.loading import Warn
from mtaudit.types import Audit, Document

#: Pairs a chunk: enough for the rules that look at a document, and some ten megabytes.
CHUNK = 5000


def iter_audits(
    path: str | PathLike[str],
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    profile: str | None = None,
    config: Config | None = None,
    warn: Warn | None = None,
    size: int = CHUNK,
) -> Iterator[Audit]:
    """Audit a bilingual file in parts of `size` pairs; otherwise as `pipeline.audit_bilingual`.

    The pairs of each audit count from 0. The languages are settled by the first part and hold for the others. Memory
    does not grow with the file for the formats of `readers.is_streamed`.

    Raises:
        ValueError: if `size` is not positive.
        InputError, ModelError, ConfigError: as `pipeline.audit_bilingual`; what only the whole file shows at its end.
    """
    if size < 1:
        raise ValueError(f"{size} pairs are no chunk")
    tags = check_tag(source_language, "-s"), check_tag(target_language, "-t")
    settled: tuple[str, str] | None = None
    first = True
    for bitext in readers.iter_bitexts(Path(path), *tags, size=size, warn=warn):
        whole = bitext
        if settled is None:
            source, target = settle_bitext(bitext)
            whole = replace(bitext, source=source, target=target)
            settled = _language(source), target.language
        elif bitext.source is not None:
            source = replace(bitext.source, language=settled[0])
            whole = replace(bitext, source=source, target=replace(bitext.target, language=settled[1]))
        # What is to be said of a glossary is said once.
        yield pipeline.audit_bitext(whole, profile=profile, config=config, warn=warn if first else _silent)
        first = False


def _silent(_message: str) -> None:
    """Says nothing."""


def _language(document: Document | None) -> str:
    return document.language if document is not None else "und"
