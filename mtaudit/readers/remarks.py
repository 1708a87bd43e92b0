"""Comments that speak to this tool: `mtaudit: ignore MT106`, in whatever way a format writes comments."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: At the start of a line or behind white space: "see mtaudit: ..." in a sentence is rare, and it is reported.
_ADDRESSED = re.compile(r"(?:^|(?<=\s))mtaudit:[ \t]*([^\n]*?)(?=\s+mtaudit:|[ \t]*$)", re.MULTILINE)


def addressed(comment: str | None) -> tuple[str, ...]:
    """What a comment, without the signs that make it one, says to this tool; nothing, for most."""
    if not comment or "mtaudit:" not in comment:
        return ()
    return tuple(match[1].strip() for match in _ADDRESSED.finditer(comment))


def comments(*texts: str | None) -> tuple[str, ...]:
    """Of the comments on an entry those that speak to this tool, as they stand there."""
    return tuple(text for text in texts if text and addressed(text))


def all_addressed(texts: Iterable[str]) -> tuple[str, ...]:
    """What several comments say to this tool, in order, each once: a note may repeat a comment."""
    return tuple(dict.fromkeys(remark for text in texts for remark in addressed(text)))
