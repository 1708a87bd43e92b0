"""What an audit shows in a notebook: a table of itself, and a data frame of its pairs."""

from __future__ import annotations

import sys

import pandas as pd
import pytest

import mtaudit
from mtaudit.errors import ConfigError
from tests.unit.reporters.audit_fixture import library, target_only

SOURCE = "The bridge is closed until 3 May.\n\nIt costs 300 euros, and nobody was hurt when the ferry came late.\n"
TARGET = "Die Brücke ist bis zum 3. Mai gesperrt.\n\nEs kostet 500 Euro, und niemand wurde verletzt.\n"


@pytest.fixture(scope="module")
def audit() -> mtaudit.Audit:
    return mtaudit.audit_texts(SOURCE, TARGET, source_language="en", target_language="de", profile="checks")


def test_frame_of_a_real_audit(audit: mtaudit.Audit) -> None:
    frame = audit.to_dataframe()
    assert list(frame["rank"]) == [1, 2]
    worst = frame.iloc[0]
    assert (worst["target"], worst["target_line"], worst["target_column"]) == (TARGET.split("\n\n")[1].strip(), 3, 1)
    assert worst["rules"][0] == "MT106"
    assert worst["severity"] == "major"
    assert "300" in worst["messages"][0]
    assert frame.iloc[1]["findings"] == 0
    assert frame.iloc[1]["rules"] == ()
    assert pd.isna(frame.iloc[1]["severity"])


#: Column by column: its type, and its cells of the two sides of a gap and a whole pair of the library (by index).
CELLS = {
    "index": ("int64", [1, 2, 3]),
    "alignment": ("string", ["1-2", "1-0", "0-1"]),
    "similarity": ("float64", [0.61, None, None]),
    "source_line": ("Int64", [3, 5, None]),
    "target_line": ("Int64", [3, None, 5]),
    "target_column": ("Int64", [1, None, 1]),
    "unit": ("string", [None, None, None]),
    "findings": ("int64", [4, 1, 2]),
    "severity": ("string", ["critical", "major", "major"]),
    "rules": ("object", [("MT205", "MT201", "MT106"), ("MT601",), ("MT602", "MT311")]),
    "embedding.similarity": ("float64", [0.61, None, None]),
    "embedding.coverage": ("float64", [0.5, None, None]),
    "calibrated": ("bool", [False, False, False]),
}


@pytest.mark.parametrize("column", CELLS)
def test_columns(column: str) -> None:
    frame = library().to_dataframe().sort_values("index")
    dtype, cells = CELLS[column]
    found = frame[column].iloc[1:4]
    assert found.dtype == dtype
    assert [None if not isinstance(cell, tuple) and pd.isna(cell) else cell for cell in found] == cells


def test_every_pair_has_a_row() -> None:
    frame = library().to_dataframe()
    assert list(frame["rank"]) == list(range(1, 15))
    assert set(frame["back_translation"].dropna()) == {
        "The library in Mill Street was closed for two years, and its roof was. Newly built for 4.1 million.",
        "The reading room is free for everybody.",
    }


def test_target_only_has_no_sources() -> None:
    frame = target_only().to_dataframe()
    assert frame["source"].isna().all()
    assert frame["target"].notna().all()


def test_without_pandas_one_message_with_a_remedy(audit: mtaudit.Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigError) as caught:
        audit.to_dataframe()
    assert str(caught.value) == (
        "to_dataframe: it needs pandas, which is not installed. Run `pip install 'mtaudit[notebook]'`."
    )


def test_notebooks_show_the_worst_ten() -> None:
    html = library()._repr_html_()
    assert html.count("<tr>") == 1 + 10
    assert "11 of 14 pairs suspect" in html
    assert "1 more: see" in html


def test_the_table_of_a_real_audit(audit: mtaudit.Audit) -> None:
    html = audit._repr_html_()
    assert '<span lang="de" dir="auto"' in html
    assert "<b>MT106</b> number" in html
    assert ">500</mark>" in html or "500 Euro</mark>" in html
