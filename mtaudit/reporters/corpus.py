"""The report of a corpus that comes in parts: what `jsonl` and `tsv` write of one audit, without holding it in memory.

`jsonl` stands by rank over all parts, and its first line has the totals; so the records wait in a temporary database on
the disk until the last part is there. `tsv` stands in the order of the corpus and is written at once.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Protocol, TextIO

from mtaudit.reporters import mqm_tsv
from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.json_report import dumps
from mtaudit.reporters.record import BadInputRecord, HeadRecord, Recorder
from mtaudit.types import Audit, Score, Severity

#: Bad input that is listed; of a corpus that is bad from end to end the rest is counted.
MAX_BAD = 1000
#: Stands for the rank until all parts are there: the first place in a record where this can be is the rank itself.
_RANK = '"rank":0,'


class CorpusReport(Protocol):
    """Takes the audits of the parts in order, then writes what is left to write."""

    def add(self, audit: Audit) -> None:
        """Take the next part."""

    def finish(self) -> None:
        """Write the rest, after the last part."""


class TsvCorpus:
    """The table for MQM viewers, written part by part."""

    def __init__(self, stream: TextIO, options: ReportOptions) -> None:
        self._stream = stream
        self._options = options
        self._pairs = 0
        stream.write("\t".join(mqm_tsv.COLUMNS) + "\n")

    def __enter__(self) -> TsvCorpus:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(self, audit: Audit) -> None:
        """Write the lines of the next part."""
        mqm_tsv.report_part(audit, self._stream, self._options, self._pairs)
        self._pairs += len(audit.ranking)

    def finish(self) -> None:
        """Nothing is left to write."""


class JsonlCorpus:
    """The head and the pairs by rank over all parts. Use it as a context: the temporary database goes with it."""

    def __init__(self, stream: TextIO, options: ReportOptions) -> None:
        self._stream = stream
        self._options = options
        self._head: HeadRecord | None = None
        self._pairs = 0
        self._bad = 0
        self._totals: Counter[str] = Counter()
        self._by_severity: Counter[str] = Counter()
        self._by_rule: Counter[str] = Counter()
        self._gaps: Counter[str] = Counter()
        self._worst: float | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="mtaudit-")
        self._database = sqlite3.connect(Path(self._folder.name) / "pairs.sqlite", isolation_level=None)
        # Nothing in it outlives the run, so nothing has to survive a crash; sorting spills to the disk.
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
            "CREATE TABLE pairs (suspicion REAL, alike REAL, place INTEGER, suspect INTEGER, record TEXT);"
        )

    def __enter__(self) -> JsonlCorpus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, audit: Audit) -> None:
        """Keep the records of the next part."""
        recorder = Recorder(audit, self._options.rules)
        self._count(recorder.head())
        alike = _similarities(audit.scores)
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO pairs VALUES (?, ?, ?, ?, ?)",
            (
                (
                    -suspect.suspicion,
                    alike.get(suspect.pair.index, 1.0),
                    suspect.pair.index + self._pairs,
                    bool(suspect.findings),
                    self._record(recorder, audit, index),
                )
                for index, suspect in enumerate(audit.ranking)
            ),
        )
        self._database.execute("COMMIT")
        self._pairs += len(audit.ranking)

    def finish(self) -> None:
        """Write the head and the pairs.

        Raises:
            ValueError: if there was no part.
        """
        if self._head is None:
            raise ValueError("a report of no parts")
        head, summary = self._head, self._head["summary"]
        summary["pairs"], summary["suspects"] = self._totals["pairs"], self._totals["suspects"]
        summary["findings"] = self._totals["findings"]
        summary["by_severity"] = {severity.value: self._by_severity[severity.value] for severity in reversed(Severity)}
        summary["by_rule"] = dict(sorted(self._by_rule.items()))
        summary["gaps"] = {"source": self._gaps["source"], "target": self._gaps["target"]}
        summary["worst_suspicion"] = self._worst
        if self._bad > MAX_BAD:
            head["bad_input"].append(_rest(head["bad_input"][-1], self._bad - MAX_BAD))
        self._stream.write(dumps({"type": "head", **head}) + "\n")
        self._stream.writelines(self._lines())

    def _count(self, head: HeadRecord) -> None:
        """Add the totals of a part to those of the corpus."""
        summary = head["summary"]
        self._bad += len(head["bad_input"])
        if self._head is None:
            self._head = head
            head["bad_input"] = head["bad_input"][:MAX_BAD]
        else:
            room = MAX_BAD - len(self._head["bad_input"])
            self._head["bad_input"] += head["bad_input"][: max(0, room)]
        self._totals.update(
            {"pairs": summary["pairs"], "suspects": summary["suspects"], "findings": summary["findings"]}
        )
        self._by_severity.update(summary["by_severity"])
        self._by_rule.update(summary["by_rule"])
        self._gaps.update({"source": summary["gaps"]["source"], "target": summary["gaps"]["target"]})
        worst = summary["worst_suspicion"]
        if worst is not None:
            self._worst = worst if self._worst is None else max(self._worst, worst)

    def _record(self, recorder: Recorder, audit: Audit, index: int) -> str | None:
        """The line of a pair without its rank; None for one that will not be listed."""
        suspect = audit.ranking[index]
        if not suspect.findings and not self._options.all_pairs:
            return None
        record = recorder.pair(suspect)
        record["index"] += self._pairs
        record["rank"] = 0
        return dumps({"type": "pair", **record})

    def _lines(self) -> Iterator[str]:
        """The lines that are listed, each with its rank."""
        order = "SELECT suspect, record FROM pairs ORDER BY suspicion, alike, place"
        suspects = 0
        with closing(self._database.execute(order)) as rows:
            for rank, (suspect, record) in enumerate(rows, 1):
                suspects += suspect
                hidden = suspect and self._options.top is not None and suspects > self._options.top
                if record is not None and not hidden:
                    yield record.replace(_RANK, f'"rank":{rank},', 1) + "\n"


def _similarities(scores: tuple[Score, ...]) -> dict[int, float]:
    """What decides between pairs of one suspicion: the similarity of the embedder."""
    return {score.pair: score.value for score in scores if score.scorer == "embedding.similarity" and not score.span}


def _rest(last: BadInputRecord, count: int) -> BadInputRecord:
    return {
        "path": last["path"],
        "line": last["line"],
        "reason": f"{count:,} more parts of the input behind this line could not be used",
        "remedy": "Mend those that are listed, and audit the file again",
    }
