"""`mtaudit audit` for a bilingual file of any size: the formats that can be written part by part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from mtaudit.config import Config
    from mtaudit.pipeline import Notify
    from mtaudit.reporters import ReportOptions
    from mtaudit.reporters.corpus import JsonlCorpus, TsvCorpus

#: Formats that do not need the whole audit in memory.
STREAMED = frozenset({"jsonl", "tsv"})


def audit_corpus(
    path: Path,
    stream: TextIO,
    report: str,
    options: ReportOptions,
    *,
    source_language: str | None,
    target_language: str | None,
    profile: str | None,
    config: Config,
    jobs: int | None,
    notify: Notify | None = None,
) -> int:
    """Audit the file and write the report; returns the gravity of the worst finding, -1 for none.

    `notify` is told how many pairs are done; how many there are is not known before the end.
    """
    from mtaudit.cli.output import warn
    from mtaudit.engines.local import CHUNK, iter_audits

    worst, parts, pairs = -1, 0, 0
    with _report(report, stream, options) as corpus:
        for audit in iter_audits(
            path,
            source_language=source_language,
            target_language=target_language,
            profile=profile,
            config=config,
            warn=warn,
            jobs=jobs,
        ):
            corpus.add(audit)
            parts += 1
            pairs += len(audit.ranking)
            if notify:
                notify("pairs audited", pairs, 0)
            worst = max([worst, *(finding.severity.gravity for finding in audit.findings)])
        corpus.finish()
    if parts > 1:
        warn(f"{path}: rules that look at a whole document (such as MT203) saw {CHUNK:,} pairs at a time")
    return worst


def _report(report: str, stream: TextIO, options: ReportOptions) -> JsonlCorpus | TsvCorpus:
    from mtaudit.reporters.corpus import JsonlCorpus, TsvCorpus

    return JsonlCorpus(stream, options) if report == "jsonl" else TsvCorpus(stream, options)
