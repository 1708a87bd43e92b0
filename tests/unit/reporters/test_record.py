"""The head and the pair records: keys, order, offsets, places, totals."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from mtaudit.reporters import ReportOptions
from mtaudit.reporters.record import PairRecord, Recorder, unit_name
from mtaudit.types import Audit, Document, OffsetMap, Score, Side, Span, Unit
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build, clean, library, target_only


def _records(audit: Audit, *, all_pairs: bool = True, top: int | None = None) -> list[PairRecord]:
    return list(Recorder(audit, RULES).pairs(ReportOptions(RULES, all_pairs=all_pairs, top=top)))


@pytest.mark.parametrize("audit", [library(), target_only(), clean()], ids=["library", "target-only", "clean"])
def test_offsets_lead_to_the_quote(audit: Audit) -> None:
    for record in _records(audit):
        for finding in record["findings"]:
            side = record["source"] if finding["side"] == "source" else record["target"]
            assert side is not None
            assert side["text"][finding["start"] : finding["end"]] == finding["quote"]


def test_places_lead_into_the_original_file() -> None:
    # The file is "<p>Ein Haus.</p>\n<p>Das Tor &amp; der Hof.</p>": tags are no text, and an entity is one letter.
    original = "<p>Ein Haus.</p>\n<p>Das Tor &amp; der Hof.</p>"
    starts = [original.index(piece) for piece in ("Ein", "\n", "Das", "&", " der")]
    audit = build([Bead((), ("Ein Haus.",), 0.1), Bead((), ("Das Tor & der Hof.",), 0.9)])
    text = audit.bitext.target.text
    pieces = tuple(text.index(piece) for piece in ("Ein", "\n", "Das", "&", " der"))
    document = Document(
        "haus.html", "de", text, OffsetMap(pieces, tuple(starts), OffsetMap.identity(original).line_starts)
    )
    bitext = replace(audit.bitext, target=document)
    worst = audit.ranking[0]
    mark = build([Bead((), (text,), 0.9, (Mark("MT201", Side.TARGET, "Hof", "No court"),))]).findings[0]
    ranking = (replace(worst, findings=(replace(mark, pair=worst.pair.index),)), audit.ranking[1])
    record = _records(replace(audit, bitext=bitext, ranking=ranking))[0]
    assert record["target"] == {"text": "Das Tor & der Hof.", "line": 2, "column": 4}
    finding = record["findings"][0]
    assert (finding["line"], finding["column"]) == (2, 22)
    assert original.split("\n")[1][21:].startswith("Hof")


@pytest.mark.parametrize(
    ("all_pairs", "top", "ranks"),
    [
        pytest.param(False, None, list(range(1, 12)), id="suspects"),
        pytest.param(False, 2, [1, 2], id="top"),
        pytest.param(False, 0, [], id="none"),
        pytest.param(False, 99, list(range(1, 12)), id="top-beyond-the-end"),
        pytest.param(True, None, list(range(1, 15)), id="all"),
        pytest.param(True, 1, [1, 12, 13, 14], id="all-with-top-suspects"),
    ],
)
def test_which_pairs(all_pairs: bool, top: int | None, ranks: list[int]) -> None:
    assert [record["rank"] for record in _records(library(), all_pairs=all_pairs, top=top)] == ranks


def test_numbers() -> None:
    first, *_, last = _records(library())
    assert first["suspicion"] == 0.9731
    assert first["scores"] == {"embedding.coverage": 0.5, "embedding.similarity": 0.61}
    assert last["similarity"] == 0.93
    assert [record["similarity"] for record in _records(library()) if record["index"] == 0] == [0.9123]


def test_scores_of_spans_are_not_scores_of_the_pair() -> None:
    audit = library()
    span_score = Score("embedding.coverage", 1, 0.25, Side.TARGET, Span(40, 50))
    assert _records(replace(audit, scores=(*audit.scores, span_score))) == _records(audit)


def test_summary_counts_everything() -> None:
    summary = Recorder(library(), RULES).summary()
    assert summary["by_severity"] == {"critical": 1, "major": 7, "minor": 8, "neutral": 1}
    assert sum(summary["by_rule"].values()) == summary["findings"] == 17
    assert summary["gaps"] == {"source": 7, "target": 1}
    assert (summary["pairs"], summary["suspects"], summary["worst_suspicion"]) == (14, 11, 0.9731)


def test_head_of_a_translation_alone() -> None:
    head = Recorder(target_only(), RULES).head()
    assert head["languages"] == {"source": None, "target": "de"}
    assert head["files"] == {"source": None, "target": "museum.de.txt"}
    assert head["summary"]["gaps"] == {"source": 0, "target": 0}
    assert head["summary"]["calibrated"]


def test_an_audit_without_pairs() -> None:
    summary = Recorder(replace(library(), ranking=(), findings=()), RULES).summary()
    assert (summary["pairs"], summary["worst_suspicion"], summary["by_rule"]) == (0, None, {})


def test_evidence_becomes_plain() -> None:
    bead = Bead(
        (),
        ("Ein Haus.",),
        0.9,
        (Mark("MT201", Side.TARGET, "Haus", "House", evidence=MappingProxyType({"a": (1, (2,))})),),
    )
    assert _records(build([bead]))[0]["findings"][0]["evidence"] == {"a": [1, [2]]}


@pytest.mark.parametrize(
    ("side", "span"),
    [
        pytest.param(Side.TARGET, Span(0, 4), id="before-the-pair"),
        pytest.param(Side.TARGET, Span(12, 99), id="beyond-the-pair"),
        pytest.param(Side.SOURCE, Span(0, 1), id="on-a-gap"),
    ],
)
def test_a_finding_outside_its_pair_is_refused(side: Side, span: Span) -> None:
    audit = build(
        [Bead((), ("Ein Haus.",), 0.1), Bead((), ("Ein Tor.",), 0.9, (Mark("MT201", Side.TARGET, "Tor", ""),))]
    )
    worst = audit.ranking[0]
    broken = replace(worst, findings=(replace(worst.findings[0], side=side, span=span),))
    with pytest.raises(ValueError, match=r"MT201: the finding at .* lies outside its pair 1"):
        Recorder(audit, RULES).pair(broken)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(KeyError, match="MT"):
        Recorder(library(), {}).pair(library().ranking[0])


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        pytest.param("menu.gate", "menu.gate", id="a key"),
        pytest.param("The gate.", "", id="its source is its name"),
        pytest.param("", "", id="none"),
    ],
)
def test_a_unit_is_named_where_its_name_says_more_than_its_source(unit: str, name: str) -> None:
    audit = build([Bead(("The gate.",), ("Das Tor.",), 0.5)])
    audit = replace(audit, bitext=replace(audit.bitext, units=(Unit(unit),)))
    (record,) = _records(audit)
    assert unit_name(record) == name
