"""What goes between processes comes out as it went in."""

from __future__ import annotations

from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from mtaudit import readers
from mtaudit.engines.parcels import pack_audit, pack_bitext, unpack_audit, unpack_bitext
from mtaudit.pipeline import audit_bitext
from mtaudit.readers.pairs import bitext_of
from mtaudit.types import Bitext, Document, OffsetMap, Score, Segment, SegmentPair, Side, Span

XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en"
target-language="de" original="a" datatype="x"><body>
<trans-unit id="one"><source>Press <g id="1">Stop</g> twice.</source>
<target>Zweimal <g id="1">Halt</g> drücken.</target><note>a button</note></trans-unit>
<trans-unit id="two"><source>The lid is open.</source><target state="new">Der Deckel ist 3-mal offen.</target>
</trans-unit></body></file></xliff>"""


def xliff(folder: Path) -> Bitext:
    path = folder / "unit.xlf"
    path.write_text(XLIFF, encoding="utf-8")
    return readers.read_bitext(path, "en", "de")


def beads(_: Path) -> Bitext:
    """Two sentences for one, a gap on either side, and a similarity."""
    texts = ("The lid is open. Close it.", "Der Deckel ist offen, schließ ihn. Niemand war da.")
    one, two = (Document("<text>", tag, text, OffsetMap.identity(text)) for tag, text in zip("ed", texts, strict=True))
    source = (Segment(0, Span(0, 16), "The lid is open."), Segment(1, Span(17, 26), "Close it."))
    target = (Segment(0, Span(0, 34), texts[1][:34]), Segment(1, Span(35, 50), texts[1][35:]))
    pairs = (SegmentPair(0, source, target[:1], 0.75), SegmentPair(1, (), target[1:]))
    return Bitext(replace(one, language="en"), replace(two, language="de"), pairs)


def target_only(folder: Path) -> Bitext:
    whole = beads(folder)
    pairs = tuple(replace(pair, source=()) for pair in whole.pairs or ())
    return replace(whole, source=None, pairs=pairs)


def plain(_: Path) -> Bitext:
    return bitext_of([("It has 12 doors.", "Es hat 21 Türen."), ("Yes.", "Ja.")], ("en", "de"))


def sent(parcel: Any) -> Any:
    """What comes out at the other end."""
    here, there = Pipe()
    here.send(parcel)
    return there.recv()


@pytest.mark.parametrize("make", [xliff, beads, target_only, plain])
def test_parcels_come_out_as_they_went_in(make: object, tmp_path: Path) -> None:
    bitext: Bitext = make(tmp_path)  # type: ignore[operator]
    assert unpack_bitext(sent(pack_bitext(bitext))) == bitext
    audit = audit_bitext(bitext, profile="checks")
    assert bool(audit.findings) == (make in (xliff, plain))
    assert unpack_audit(sent(pack_audit(audit)), bitext) == audit


def test_scores_with_spans_are_kept(tmp_path: Path) -> None:
    audit = audit_bitext(plain(tmp_path), profile="checks")
    spanned = replace(audit, scores=(*audit.scores, Score("a", 0, 0.5, Side.TARGET, Span(0, 2))))
    assert unpack_audit(pack_audit(spanned), spanned.bitext) == spanned


def test_documents_are_aligned_first() -> None:
    document = Document("<text>", "de", "Ja.", OffsetMap.identity("Ja."))
    with pytest.raises(ValueError, match="only an aligned bitext"):
        pack_bitext(Bitext(None, document))
