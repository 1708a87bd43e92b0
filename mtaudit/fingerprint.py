"""Names a finding by what it is about, not by where it stands: the key of baselines and of editors' decisions."""

from __future__ import annotations

from hashlib import sha256

_BYTES = 16


def fingerprint(source: str, target: str, rule: str) -> str:
    """32 hexadecimal digits for a rule in a pair of texts; the same wherever the pair stands in its file.

    The first 16 bytes of the SHA-256 of the three texts, in UTF-8 and joined by NUL. A side that is a gap is the empty
    string, and so is `rule` where the pair as a whole is meant.
    """
    # Damaged input can hold lone surrogates, which strict UTF-8 refuses.
    content = "\0".join((source, target, rule)).encode("utf-8", "surrogatepass")
    return sha256(content).digest()[:_BYTES].hex()
