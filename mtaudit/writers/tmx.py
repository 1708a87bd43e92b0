"""TMX 1.4b: one `<tu>` a pair, with the type of the alignment and its similarity as properties.

A translation memory has no use for text without a counterpart, so gaps are left out and counted.
"""

from __future__ import annotations

from typing import TextIO

import mtaudit
from mtaudit.types import Bitext, Side
from mtaudit.xml_text import attribute, content


def write(bitext: Bitext, stream: TextIO) -> int:
    """Write the pairs; returns how many gaps were left out."""
    source, target = (attribute(bitext_language(bitext, side)) for side in Side)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n')
    stream.write(
        f'<header creationtool="mtaudit" creationtoolversion="{mtaudit.__version__}" segtype="sentence"'
        f' o-tmf="mtaudit" adminlang="en" srclang="{source}" datatype="plaintext"/>\n<body>\n'
    )
    gaps = 0
    for pair in bitext.pairs or ():
        texts = [bitext.text(pair, side) for side in Side]
        if texts[0] is None or texts[1] is None:
            gaps += 1
            continue
        stream.write(f'<tu tuid="{pair.index + 1}">')
        stream.write(f'<prop type="x-alignment">{pair.alignment}</prop>')
        if pair.similarity is not None:
            stream.write(f'<prop type="x-similarity">{pair.similarity:.4f}</prop>')
        stream.writelines(
            f'<tuv xml:lang="{language}"><seg>{content(text or "")}</seg></tuv>'
            for language, text in zip((source, target), texts, strict=True)
        )
        stream.write("</tu>\n")
    stream.write("</body>\n</tmx>\n")
    return gaps


def bitext_language(bitext: Bitext, side: Side) -> str:
    """The language of one side, `und` where there is no such side."""
    document = bitext.document(side)
    return document.language if document is not None else "und"
