"""JSON Lines, as `mtaudit audit` reads it: one object a pair, null for the side that a gap lacks.

`source_line` and the like lead into the two files.
"""

from __future__ import annotations

import json
from typing import TextIO

from mtaudit.types import Bitext, Json, SegmentPair, Side


def write(bitext: Bitext, stream: TextIO) -> int:
    """Write the pairs; gaps are written too."""
    stream.writelines(json.dumps(_record(bitext, pair), ensure_ascii=False) + "\n" for pair in bitext.pairs or ())
    return 0


def _record(bitext: Bitext, pair: SegmentPair) -> dict[str, Json]:
    record: dict[str, Json] = {side.value: bitext.text(pair, side) for side in Side}
    record["alignment"] = pair.alignment
    record["similarity"] = None if pair.similarity is None else round(float(pair.similarity), 4)
    for side in Side:
        document, span = bitext.document(side), pair.span(side)
        place = document.position(span.start) if document is not None and span is not None else None
        record[f"{side}_line"] = place.line if place is not None else None
        record[f"{side}_column"] = place.column if place is not None else None
    unit = bitext.unit(pair)
    if unit is not None:
        record["id"] = unit.id
    return record
