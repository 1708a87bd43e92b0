"""`mtaudit audit --watch`: audits again when a file has changed, and ends with the exit code of the last run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtaudit import loading
from mtaudit.cli.watch import watched
from mtaudit.errors import ConfigError, EmptyError
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = "The bridge is closed, and it costs 300 euros.\n"
GOOD = "Die Brücke ist gesperrt, und sie kostet 300 Euro.\n"
BAD = "Die Brücke ist gesperrt, und sie kostet 5000 Euro.\n"


class Runs:
    """A run that counts itself and gives the exit codes it is told to."""

    def __init__(self, *codes: int | Exception) -> None:
        self.codes = list(codes)
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        code = self.codes.pop(0)
        if isinstance(code, Exception):
            raise code
        return code


def write(path: Path, text: str) -> None:
    """Write as many editors do: a new file, renamed over the old one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


Step = Callable[[Path], None]


def nothing(_: Path) -> None:
    """An event without a change."""


def touch(path: Path) -> None:
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))


STEPS: dict[str, tuple[list[Step], list[int | Exception], int]] = {
    "no change": ([nothing, nothing], [1], 1),
    "rewritten": ([lambda path: write(path, "b")], [1, 0], 0),
    "twice": ([lambda path: write(path, "b"), nothing, lambda path: write(path, "c")], [0, 0, 1], 1),
    "saved without a change of text": ([touch], [0, 0], 0),
    "gone": ([lambda path: path.unlink()], [0, EmptyError("a.txt", "there is nothing", "Write")], 2),
    "gone and back": (
        [lambda path: path.unlink(), lambda path: write(path, "b")],
        [0, EmptyError("a.txt", "there is nothing", "Write something"), 1],
        1,
    ),
}


@pytest.mark.parametrize(("steps", "codes", "end"), STEPS.values(), ids=STEPS)
def test_runs_follow_changes(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    steps: list[Step],
    codes: list[int | Exception],
    end: int,
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", encoding="utf-8")
    runs, expected = Runs(*codes), len(codes)

    def events() -> Iterator[object]:
        for step in steps:
            step(path)
            yield None
        raise KeyboardInterrupt

    assert watched(runs, runs, [path], events()) == end
    assert runs.count == expected
    told = capsys.readouterr().err
    assert told.startswith(f"mtaudit: watching {path}; Ctrl-C ends\n")
    assert told.count("changed") == expected - 1
    assert ("there is nothing" in told) == any(isinstance(code, Exception) for code in codes)


def test_a_change_during_a_run_is_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", encoding="utf-8")
    again = Runs(1)

    def first() -> int:
        write(path, "b")
        return 0

    def events() -> Iterator[object]:
        yield None
        raise KeyboardInterrupt

    assert watched(first, again, [path], events()) == 1
    assert again.count == 1


def test_what_is_wrong_at_the_beginning_ends_it(tmp_path: Path) -> None:
    with pytest.raises(EmptyError):
        watched(Runs(EmptyError("a.txt", "empty", "Fill it")), Runs(), [tmp_path / "a.txt"], iter(()))


def test_ctrl_c_before_the_first_result(tmp_path: Path) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert watched(interrupted, Runs(), [tmp_path / "a.txt"], iter(())) == 130


def test_a_file_system_that_cannot_be_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def watch(*_: object, **__: object) -> Iterator[object]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("watchfiles.watch", watch)
    with pytest.raises(ConfigError, match=r"file watch limit reached.*WATCHFILES_FORCE_POLLING"):
        watched(Runs(0), Runs(), [tmp_path / "a.txt"])


def test_the_real_file_system_wakes_it(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the command line, by the real watcher; the models are loaded once."""
    source, target = tmp_path / "en.txt", tmp_path / "de.txt"
    source.write_text(SOURCE, encoding="utf-8")
    target.write_text(BAD, encoding="utf-8")
    link = tmp_path / "elsewhere" / "link.txt"
    link.parent.mkdir()
    link.symlink_to(target)
    texts = iter([GOOD, BAD])
    real = loading._load
    before = real.cache_info().misses
    runs: list[int] = []

    def again(code: int) -> int:
        """After each run the next text is saved; after the last one somebody presses Ctrl-C."""
        runs.append(code)
        text = next(texts, None)
        if text is None:
            raise KeyboardInterrupt
        write(target, text)
        return code

    # Its function of the same name hides the module from a dotted path.
    monkeypatch.setattr(sys.modules["mtaudit.cli.audit"], "_exit_code", lambda audit, _: again(len(audit.findings)))
    code, out, err = run("audit", source, link, "-s", "en", "-t", "de", "--select", "MT106", "--watch")
    assert runs == [1, 0, 1]
    assert code == 0  # of the last run that came to its end
    assert out.count("MT106 number") == 2
    assert err.count(f"{link} changed") == 2
    assert real.cache_info().misses - before <= 1


def test_ctrl_c_ends_the_process_with_the_last_exit_code(tmp_path: Path) -> None:
    source, target = tmp_path / "en.txt", tmp_path / "de.txt"
    source.write_text(SOURCE, encoding="utf-8")
    target.write_text(BAD, encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "mtaudit",
        "audit",
        source,
        target,
        "-s",
        "en",
        "-t",
        "de",
        "-p",
        "checks",
        "--watch",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        hanging = threading.Timer(60, process.kill)
        hanging.start()
        assert process.stderr is not None
        told = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        code = process.wait()
        hanging.cancel()
    assert told == f"mtaudit: watching {source} and {target}; Ctrl-C ends\n"
    assert rest == "\n"
    assert code == 1
