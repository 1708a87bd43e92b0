"""TSV with a header, as `mtaudit audit` reads it: source, target, alignment and similarity; a gap is an empty cell.

Nothing is quoted; tabs and line breaks inside a text become blanks.
"""

from __future__ import annotations

import re
from typing import TextIO

from mtaudit.types import Bitext, Side

_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def write(bitext: Bitext, stream: TextIO) -> int:
    """Write the pairs; gaps are written too."""
    stream.write("source\ttarget\talignment\tsimilarity\n")
    for pair in bitext.pairs or ():
        texts = [_BREAKS.sub(" ", bitext.text(pair, side) or "") for side in Side]
        similarity = "" if pair.similarity is None else f"{pair.similarity:.4f}"
        stream.write("\t".join((*texts, pair.alignment, similarity)) + "\n")
    return 0
