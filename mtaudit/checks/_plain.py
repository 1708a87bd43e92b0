"""Texts as the number and date parsers read them: ASCII digits, plain spaces, nothing that only looks like a number."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

#: Addresses, mentions, tags, entities, escapes and placeholders: their digits are none of the text's own numbers.
_FOREIGN = re.compile(
    r"(?:https?://|www\.)\S+|[\w.%+-]{1,64}@[\w.-]+\.\w+|(?<!\w)[@#][^\W\d]\w*#?|<[^<>]*>|&#?\w+;|\\[ux][0-9a-fA-F]{2,4}"
    # "%12s", "%-8.3f" and "%1$d" of printf; not "5 %ige".
    r"|(?<!\d)%[-+#0]*(?:\d+\$)?\d*(?:\.\d+)?(?:hh|ll|[hlLzjt])?[diouxXeEfFgGcsp@](?![^\W\d_])|%\d+\$\w"
    r"|\{[^{}\s]*\}|\b[\w-]+\.(?:com|org|net|html?|jpe?g|png|pdf|mp[34]|exe)\b|\b0x[0-9a-fA-F]+\b"
    r"|\d[\d., ']{98,}",  # no number anyone reads, and more than int() takes
)

#: Everything in `_FOREIGN` has one of these, or is a long run of digits; most sentences have neither.
_MAY_BE_FOREIGN = re.compile(r"[@#<&\\%{/.x](?:(?<=[@#<&\\%{/])|(?=\w))")
_ENDLESS = re.compile(r"\d[\d., ']{98,}")
_ASCII_BLANKS = {ord(blank): " " for blank in "\t\n\v\f\r\x1c\x1d\x1e\x1f"}

_SIGNS = {"٫": ".", "٬": ",", "‑": "-", "−": "-", "ʼ": "'", "’": "'"}


@cache
def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character.isspace():
        return " "
    if character in _SIGNS:
        return _SIGNS[character]
    # Superscripts and circled digits stay: "m²" is a unit, not the number 2.
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and not character.isdigit() else character


@lru_cache(256)
def masked(text: str) -> str:
    """`text` with ASCII digits and plain spaces, and NUL for what is no number of its own; offsets stay."""
    plain = text.translate(_ASCII_BLANKS) if text.isascii() else "".join(map(_plain, text))
    if _MAY_BE_FOREIGN.search(plain) is None and (len(plain) < 99 or _ENDLESS.search(plain) is None):
        return plain
    return _FOREIGN.sub(lambda match: "\0" * len(match.group()), plain)


def digit_groups(text: str) -> tuple[str, ...]:
    """The runs of digits in `text`, without leading zeros, in order."""
    return tuple(run.lstrip("0") or "0" for run in re.findall(r"\d+", masked(text)))
