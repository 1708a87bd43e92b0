"""The guards in conftest.py do guard."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import conftest


def _connect() -> None:
    with socket.socket() as plug:
        plug.connect(("127.0.0.1", 9))


def _connect_ex() -> None:
    with socket.socket() as plug:
        plug.connect_ex(("127.0.0.1", 9))


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(_connect, id="connect"),
        pytest.param(_connect_ex, id="connect_ex"),
        pytest.param(lambda: socket.create_connection(("127.0.0.1", 9)), id="create_connection"),
        pytest.param(lambda: socket.getaddrinfo("example.org", 443), id="getaddrinfo"),
    ],
)
def test_network_is_refused(attempt: Callable[[], object]) -> None:
    # By name: pytest loads conftest.py itself, so this module's class is another object.
    with pytest.raises(RuntimeError, match="over the network") as caught:
        attempt()
    assert type(caught.value).__name__ == "NetworkUseError"
    assert not isinstance(caught.value, OSError)


def test_local_sockets_still_work(tmp_path: Path) -> None:
    # A relative name: the path of a local socket may have about 100 bytes only.
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind("plug")
            server.listen(1)
            client.connect("plug")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        pytest.param(None, "is missing", id="missing"),
        pytest.param("one line\r\n", "assert", id="other-line-end"),
        pytest.param("one line", "assert", id="no-line-end"),
    ],
)
def test_golden_fails(
    golden: Callable[[str, str], None],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    written: str | None,
    message: str,
) -> None:
    if request.config.getoption("--update-golden"):
        pytest.skip("golden files are being written")
    name = str(tmp_path / "report.txt")
    if written is not None:
        Path(name).write_bytes(written.encode())
    with pytest.raises((AssertionError, pytest.fail.Exception), match=message):
        golden(name, "one line\n")


def test_golden_passes_on_the_same_bytes(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes("one line: ä\n".encode())
    golden(str(tmp_path / "report.txt"), "one line: ä\n")


def test_golden_folder_is_beside_this_file() -> None:
    assert Path(__file__).parent / "golden" == conftest.GOLDEN
