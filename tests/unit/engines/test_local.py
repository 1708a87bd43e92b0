"""A corpus in parts: the same findings, ranks and totals as in one, with one part in memory."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtaudit import pipeline
from mtaudit.config import Config
from mtaudit.engines import local
from mtaudit.engines.local import iter_audits
from mtaudit.engines.parcels import AuditParcel, BitextParcel, pack_audit, unpack_bitext
from mtaudit.errors import ConfigError, EngineError
from mtaudit.pipeline import all_rules, audit_bilingual
from mtaudit.reporters import ReportOptions, find_reporter
from mtaudit.reporters import corpus as corpus_report
from mtaudit.reporters.corpus import JsonlCorpus, TsvCorpus
from mtaudit.types import Audit

RULES = {rule.id: rule for rule in all_rules()}
#: Pairs with and without a finding, some of one suspicion, gaps, and lines that are none.
PAIRS = [
    ("The quay was closed for 12 days.", "Der Kai war 21 Tage gesperrt."),
    ("Nobody was hurt in the storm.", "Bei dem Sturm wurde niemand verletzt."),
    ("Open {name} now, please.", "Bitte jetzt {nutzer} öffnen."),
    ("The ship left at noon on Monday.", ""),
    ("The harbour has 30 berths.", "Der Hafen hat 13 Liegeplätze."),
    ("The mayor thanked all helpers.", "Die Bürgermeisterin dankte allen Helfern."),
    ("", "Niemand hat das je gesagt."),
    ("Press <b>Save</b> to go on.", "Zum Fortfahren Speichern drücken."),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "pairs.tsv"
    lines = ["source\ttarget", *("\t".join(pair) for pair in PAIRS), "no pair"]
    found.write_text("\n".join(lines), encoding="utf-8")
    return found


def in_parts(path: Path, report: str, size: int, options: ReportOptions) -> str:
    stream = io.StringIO()
    make: Callable[[io.StringIO, ReportOptions], JsonlCorpus | TsvCorpus]
    make = JsonlCorpus if report == "jsonl" else TsvCorpus
    with make(stream, options) as corpus:
        for audit in iter_audits(path, source_language="en", target_language="de", profile="checks", size=size):
            corpus.add(audit)
        corpus.finish()
    return stream.getvalue()


def as_one(path: Path, report: str, options: ReportOptions) -> str:
    stream = io.StringIO()
    audit = audit_bilingual(path, source_language="en", target_language="de", profile="checks")
    find_reporter(report)(audit, stream, options)
    return stream.getvalue()


OPTIONS = {
    "suspects": ReportOptions(RULES),
    "all": ReportOptions(RULES, all_pairs=True),
    "top": ReportOptions(RULES, top=2),
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_one_part_is_the_whole(path: Path, options: ReportOptions) -> None:
    assert in_parts(path, "jsonl", 100, options) == as_one(path, "jsonl", options)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_parts_add_up(path: Path, size: int, options: ReportOptions) -> None:
    """Places, ranks, findings and totals; offsets of a part's documents are in none of them."""
    assert in_parts(path, "jsonl", size, options) == as_one(path, "jsonl", options)


@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_table_for_viewers_adds_up(path: Path, size: int) -> None:
    options = ReportOptions(RULES, all_pairs=True)
    assert in_parts(path, "tsv", size, options) == as_one(path, "tsv", options)


def test_bad_input_is_listed_up_to_a_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_report, "MAX_BAD", 2)
    with path.open("a", encoding="utf-8") as file:
        file.write("\nbad" * 5)
    head = json.loads(in_parts(path, "jsonl", 3, OPTIONS["suspects"]).split("\n", 1)[0])
    assert [bad["reason"] for bad in head["bad_input"]] == [
        "the line has 1 column, not 2",
        "the line has 1 column, not 2",
        "4 more parts of the input behind this line could not be used",
    ]


def test_parts_are_made_one_by_one(path: Path) -> None:
    assert [len(audit.ranking) for audit in audits(path, size=2)] == [2, 2, 2, 2, 0]  # the last has bad input alone


def audits(path: Path, **options: Any) -> list[Audit]:
    return list(iter_audits(path, source_language="en", target_language="de", profile="checks", **options))


def test_processes_give_what_one_gives(path: Path) -> None:
    assert audits(path, size=2, jobs=2) == audits(path, size=2)


def audit_without_torch(parcel: BitextParcel, profile: str | None, config: Config | None) -> AuditParcel:
    """Stands in for the work of a process, which must not wait seconds for what it does not need."""
    audit = pipeline.audit_bitext(unpack_bitext(parcel), profile=profile, config=config)
    assert "torch" not in sys.modules
    return pack_audit(audit)


def die(parcel: BitextParcel, profile: str | None, config: Config | None) -> AuditParcel:
    """Stands in for a process that is killed."""
    os._exit(1)


def refuse(parcel: BitextParcel, profile: str | None, config: Config | None) -> AuditParcel:
    """Stands in for a process that finds something the user has to mend."""
    raise ConfigError("a", "b", "c")


def test_processes_load_no_models(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_audit", audit_without_torch)
    assert len(audits(path, size=2, jobs=2)) == 5


@pytest.mark.parametrize(
    ("work", "error", "message"),
    [
        pytest.param(die, EngineError, r"pairs\.tsv: a process of the audit ended .* --jobs 1", id="killed"),
        pytest.param(refuse, ConfigError, r"a: b\. c\.", id="error"),
    ],
)
def test_a_process_that_fails_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch, work: object, error: type[Exception], message: str
) -> None:
    monkeypatch.setattr(local, "_audit", work)
    with pytest.raises(error, match=message):
        audits(path, size=2, jobs=2)


@pytest.mark.parametrize("jobs", [2, None])
def test_a_small_file_stays_in_one_process(path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int | None) -> None:
    monkeypatch.setattr(local, "_shared", None)
    monkeypatch.setattr(local, "_cores", lambda: 4)
    assert audits(path, size=5, jobs=jobs) == audits(path, size=5)


def test_jobs_are_counted(path: Path) -> None:
    with pytest.raises(ValueError, match="0 jobs do no work"):
        audits(path, jobs=0)
    with pytest.raises(ConfigError, match="--jobs 2: profile 'embedded' has models, which use all cores by themselves"):
        next(iter_audits(path, profile="embedded", jobs=2))
    assert local._count(None, "embedded", None) == 1
    assert local._count(None, "checks", None) == local._cores()


def test_no_pairs_are_no_chunk(path: Path) -> None:
    with pytest.raises(ValueError, match="0 pairs are no chunk"):
        next(iter_audits(path, size=0))
