"""What holds for every test: no network, and golden files that are compared exactly."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

GOLDEN = Path(__file__).parent / "golden"

_patch = pytest.MonkeyPatch()


#: Sockets of this machine's own file system (multiprocessing uses them) are no network; Windows has none.
_LOCAL = getattr(socket, "AF_UNIX", None)


class NetworkUseError(RuntimeError):
    """A test tried to reach the network. No OSError: code under test that bears a lost connection must not catch it."""


def _refuse(address: object) -> NoReturn:
    raise NetworkUseError(f"a test tried to reach {address!r} over the network. Give it a fake or a file instead.")


def _forbid_network() -> None:
    """Let every attempt to connect fail, except to local sockets."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != _LOCAL:
            _refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != _LOCAL:
            _refuse(address)
        return connect_ex(self, address)

    def refuse(address: object, *_: object, **__: object) -> NoReturn:
        _refuse(address)

    _patch.setattr(socket.socket, "connect", guarded_connect)
    _patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    _patch.setattr(socket, "create_connection", refuse)
    _patch.setattr(socket, "getaddrinfo", refuse)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/ with what the tests produce")


def pytest_configure() -> None:
    # Before collection, so that imports of test modules are offline too.
    _forbid_network()


def pytest_unconfigure() -> None:
    _patch.undo()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file in tests/golden/, byte for byte; `--update-golden` writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        if not path.exists():
            pytest.fail(f"{path} is missing. Write it with `pytest --update-golden`, then read it before you commit.")
        assert text == path.read_bytes().decode()

    return compare
