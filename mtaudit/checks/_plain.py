"""Texts as the number and date parsers read them: ASCII digits, plain spaces, nothing that only looks like a number."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

#: Addresses, mentions, tags, entities, escapes and placeholders: their digits are none of the text's own numbers. Each
#: pattern stands behind the signs of which a text must have one for the pattern to match at all.
_FOREIGN = (
    (("://", "www."), r"(?:https?://|www\.)\S+"),
    (("@",), r"[\w.%+-]{1,64}@[\w.-]+\.\w+"),
    (("@", "#"), r"(?<!\w)[@#][^\W\d]\w*#?"),
    (("<",), r"<[^<>]*>"),
    (("&",), r"&#?\w+;"),
    (("\\",), r"\\[ux][0-9a-fA-F]{2,4}"),
    # "%12s", "%-8.3f" and "%1$d" of printf; not "5 %ige".
    (
        ("%",),
        r"(?<!\d)%[-+#0]*(?:\d+\$)?\d*(?:\.\d+)?(?:hh|ll|[hlLzjt])?[diouxXeEfFgGcsp@](?![^\W\d_])|%\d+\$\w",
    ),
    (("{",), r"\{[^{}\s]*\}"),
    (
        (".com", ".org", ".net", ".htm", ".jp", ".png", ".pdf", ".mp", ".exe"),
        r"\b[\w-]+\.(?:com|org|net|html?|jpe?g|png|pdf|mp[34]|exe)\b",
    ),
    (("0x",), r"\b0x[0-9a-fA-F]+\b"),
)
#: What all signs have, short of a full stop.
_SIGN = re.compile(r"[@#<&\\%{/]")
#: No number anyone reads, and more than int() takes.
_ENDLESS = r"\d[\d., ']{98,}"

_ASCII_BLANKS = {ord(blank): " " for blank in "\t\n\v\f\r\x1c\x1d\x1e\x1f"}
#: What may not stay as it is; the rest are blanks, ASCII, and letters that are their own compatibility form.
_ODD = re.compile(
    "[^ -~\u00c0-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0400-\u0481\u048a-\u052f\u3041-\u3096\u4e00-\u9fff]"
)

_SIGNS = {"٫": ".", "٬": ",", "‑": "-", "−": "-", "ʼ": "'", "’": "'", "‘": "'"}


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
    if text.isascii():
        plain = text.translate(_ASCII_BLANKS)
    else:
        plain = _ODD.sub(lambda match: _plain(match.group()), text)
    if len(plain) < 99 and _SIGN.search(plain) is None and "." not in plain[:-1] and "0x" not in plain:
        return plain
    foreign = _foreign(tuple(any(sign in plain for sign in signs) for signs, _ in _FOREIGN), len(plain) > 98)
    return foreign.sub(lambda match: "\0" * len(match.group()), plain) if foreign else plain


@cache
def _foreign(present: tuple[bool, ...], long: bool) -> re.Pattern[str] | None:
    """The patterns whose signs are there, in one; None if there are none."""
    patterns = [pattern for there, (_, pattern) in zip(present, _FOREIGN, strict=True) if there]
    patterns += [_ENDLESS] if long else []
    return re.compile("|".join(patterns)) if patterns else None


def digit_groups(text: str) -> tuple[str, ...]:
    """The runs of digits in `text`, without leading zeros, in order."""
    return tuple(run.lstrip("0") or "0" for run in re.findall(r"\d+", masked(text)))
