"""Names a finding by what it is about, not by where it stands: the key of baselines and of editors' decisions."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

#: A million findings collide with a chance of 1e-27.
_BYTES = 16


def fingerprint(source: str | None, target: str | None, rule: str = "") -> str:
    """32 hexadecimal digits for a rule in a pair of texts; the same wherever the pair stands in its file.

    The first 16 bytes of the SHA-256 of the three texts, in UTF-8 and joined by NUL. What does not change what is said
    changes nothing: each run of white space is one space, and accents are composed (NFC). A side that is a gap (None)
    counts as the empty string, and so does `rule` where the pair as a whole is meant.
    """
    texts = (" ".join(unicodedata.normalize("NFC", text or "").split()) for text in (source, target))
    # Damaged input can hold lone surrogates, which strict UTF-8 refuses.
    return sha256("\0".join((*texts, rule)).encode("utf-8", "surrogatepass")).digest()[:_BYTES].hex()
