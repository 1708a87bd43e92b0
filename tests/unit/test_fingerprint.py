"""Fingerprints are stable, and tell apart what differs."""

from __future__ import annotations

from hashlib import sha256

import pytest

from mtaudit.fingerprint import fingerprint


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        pytest.param("One.", "Eins.", "MT101", id="plain"),
        pytest.param("", "Tür 本 👩", "MT602", id="gap"),
        pytest.param("One.", "Eins.", "", id="the-pair-itself"),
    ],
)
def test_it_is_the_beginning_of_a_sha256(source: str, target: str, rule: str) -> None:
    """Baselines are kept for years: the value is a contract."""
    assert fingerprint(source, target, rule) == sha256(f"{source}\0{target}\0{rule}".encode()).hexdigest()[:32]


def test_it_never_changes() -> None:
    """From the coreutils: `printf 'One.\\0Eins.\\0MT101' | sha256sum`."""
    assert fingerprint("One.", "Eins.", "MT101") == "78c4bc3003a9834a81fa8503cbe6c57d"


def test_sides_and_rules_are_told_apart() -> None:
    made = [
        fingerprint(*texts)
        for texts in (("a", "b", "c"), ("b", "a", "c"), ("ab", "", "c"), ("", "ab", "c"), ("a", "b", "d"))
    ]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("One  line.\n", "One line.", id="white-space"),
        pytest.param("u\u0308ber", "\u00fcber", id="composed-accents"),
        pytest.param("", None, id="gap"),
    ],
)
def test_what_says_the_same_has_the_same(one: str, other: str | None) -> None:
    assert fingerprint(one, "x", "MT101") == fingerprint(other, "x", "MT101")
    assert fingerprint("x", one) == fingerprint("x", other)


def test_damaged_text_has_one_too() -> None:
    assert fingerprint("\ud800", "", "") != fingerprint("\ud801", "", "")
