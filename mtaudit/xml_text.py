"""Text for XML files: what XML 1.0 cannot hold, and what it must not take for markup."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

#: Characters outside of the `Char` production of XML 1.0, section 2.2. A carriage return would become a line feed.
FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def content(text: str) -> str:
    """`text` as the content of an element; a replacement character stands for what XML cannot hold."""
    return escape(FORBIDDEN.sub("\ufffd", text))


def attribute(text: str) -> str:
    """`text` as the value of an attribute, without the quotes around it."""
    return escape(FORBIDDEN.sub("\ufffd", text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
