"""Loading: what it leaves as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import suppress

import pytest

from mtaudit.loading import _uncollected


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Whatever a test does, the collector goes on as before."""
    was_on = gc.isenabled()
    yield
    gc.unfreeze()
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("on", [True, False], ids=["on", "off"])
def test_the_collector_pauses_and_is_left_as_it_was(on: bool) -> None:
    (gc.enable if on else gc.disable)()
    with _uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() is on
    with suppress(OSError), _uncollected():
        raise OSError("gone")
    assert gc.isenabled() is on
    assert gc.get_freeze_count() == 0


def test_what_the_program_froze_stays_frozen() -> None:
    gc.enable()
    gc.freeze()
    frozen = gc.get_freeze_count()
    with _uncollected():
        pass
    assert gc.get_freeze_count() == frozen > 0
