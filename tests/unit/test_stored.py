"""An audit as bytes and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit import pipeline
from mtaudit.stored import Judgement, decode, encode
from mtaudit.types import Audit

ROOT = Path(__file__).resolve().parent.parent.parent
PO = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n\n# mtaudit: ignore MT307\nmsgid "%d file"\nmsgid_plural "%d files"\n'
    'msgstr[0] "%d Datei"\nmsgstr[1] "Dateien"\n\nmsgid "no end\n'
)


def documents(_: Path) -> Audit:
    examples = ROOT / "examples"
    return pipeline.audit(examples / "harbour.en.txt", examples / "harbour.de.txt", profile="checks")


def catalogue(folder: Path) -> Audit:
    (folder / "a.po").write_text(PO, encoding="utf-8")
    return pipeline.audit_bilingual(folder / "a.po", source_language="en", profile="checks")


def alone(_: Path) -> Audit:
    return pipeline.audit(None, ROOT / "examples" / "harbour.de.txt")


@pytest.mark.parametrize("make", [documents, catalogue, alone])
def test_an_audit_comes_back(make: object, tmp_path: Path) -> None:
    audit: Audit = make(tmp_path)  # type: ignore[operator]
    assert audit.findings
    data = encode(Judgement(audit, ("a warning",)))
    found = decode(data)
    assert found is not None
    again = found.audit
    assert found.warnings == ("a warning",)
    assert (again.bitext, again.ranking, again.findings) == (audit.bitext, audit.ranking, audit.findings)
    assert (again.signature, again.calibrated) == (audit.signature, audit.calibrated)
    assert again.scores == tuple(score for score in audit.scores if score.span is None)
    for cut in range(0, len(data), max(1, len(data) // 50)):
        assert decode(data[:cut]) is None


@given(st.binary())
def test_other_bytes_are_none(data: bytes) -> None:
    assert decode(data) is None
