"""A corpus through the pipeline on this machine, a chunk at a time: memory holds few chunks, however long the file is.

Rules that look at a whole document (duplicated passages, repeated sentences) see one chunk at a time.

Where no model takes part the chunks can go through several processes at once. The file is read, and the audits are
handed out, in the order of the file by the one process that was asked.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import chain, islice
from os import PathLike
from pathlib import Path

from mtaudit import modelfile, pipeline, readers
from mtaudit.config import Config
from mtaudit.engines.parcels import AuditParcel, BitextParcel, pack_audit, pack_bitext, unpack_audit, unpack_bitext
from mtaudit.errors import ConfigError, EngineError
from mtaudit.languages import check_tag, settle_bitext
from mtaudit.loading import Warn
from mtaudit.resources import gathered
from mtaudit.types import Audit, Bitext, Document

#: Pairs a chunk: enough for the rules that look at a document, and some ten megabytes.
CHUNK = 5000
#: A file of fewer chunks is done before other processes would have started.
_FEW = 3


def iter_audits(
    path: str | PathLike[str],
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    profile: str | None = None,
    config: Config | None = None,
    warn: Warn | None = None,
    size: int = CHUNK,
    jobs: int | None = 1,
) -> Iterator[Audit]:
    """Audit a bilingual file in parts of `size` pairs; otherwise as `pipeline.audit_bilingual`.

    The pairs of each audit count from 0. The languages are settled by the first part and hold for the others. Memory
    does not grow with the file for the formats of `readers.is_streamed`.

    `jobs` is how many processes share the work; a file of less than three parts stays in this one. None is one for
    each core where the profile has no models, else this one: models use all cores by themselves. Processes are spawned,
    so a script that asks for more than one keeps its own work behind `if __name__ == "__main__":`.

    Raises:
        ValueError: if `size` or `jobs` is not positive.
        EngineError: if one of the processes ended before its time.
        InputError, ModelError, ConfigError: as `pipeline.audit_bilingual`; what only the whole file shows at its end.
            ConfigError also if several `jobs` are asked for and the profile has models.
    """
    if size < 1:
        raise ValueError(f"{size} pairs are no chunk")
    count = _count(jobs, profile, config)
    chunks = _chunks(Path(path), source_language, target_language, warn, size)
    head = list(islice(chunks, _FEW)) if count > 1 else []
    if len(head) < _FEW:
        for number, bitext in enumerate(chain(head, chunks)):
            # What is to be said of a glossary is said once.
            yield pipeline.audit_bitext(bitext, profile=profile, config=config, warn=_silent if number else warn)
    else:
        gathered(head[0], config or Config(), warn)  # for what it says; each process reads them for itself
        yield from _shared(chain(head, chunks), str(path), profile, config, count)


def _count(jobs: int | None, profile: str | None, config: Config | None) -> int:
    """How many processes share the work."""
    if jobs is not None and jobs < 1:
        raise ValueError(f"{jobs} jobs do no work")
    chosen = modelfile.load_merged(config.models if config else None).profile(profile)
    if not chosen.models:
        return _cores() if jobs is None else jobs
    if jobs is not None and jobs > 1:
        cause = f"profile '{chosen.name}' has models, which use all cores by themselves"
        raise ConfigError(f"--jobs {jobs}", cause, "Leave it out, or use --profile checks")
    return 1


def _cores() -> int:
    """The cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _chunks(
    path: Path, source_language: str | None, target_language: str | None, warn: Warn | None, size: int
) -> Iterator[Bitext]:
    """The parts of the file, all in the languages of the first."""
    tags = check_tag(source_language, "-s"), check_tag(target_language, "-t")
    settled: tuple[str, str] | None = None
    for bitext in readers.iter_bitexts(path, *tags, size=size, warn=warn):
        whole = bitext
        if settled is None:
            source, target = settle_bitext(bitext)
            whole = replace(bitext, source=source, target=target)
            settled = _language(source), target.language
        elif bitext.source is not None:
            source = replace(bitext.source, language=settled[0])
            whole = replace(bitext, source=source, target=replace(bitext.target, language=settled[1]))
        yield whole


def _language(document: Document | None) -> str:
    return document.language if document is not None else "und"


def _shared(
    chunks: Iterator[Bitext], path: str, profile: str | None, config: Config | None, jobs: int
) -> Iterator[Audit]:
    """Audit the chunks in several processes, in their order; one more chunk than there are processes is in memory."""
    # Not forked: a terminal's progress line, for one, is a thread, and forks of processes with threads hang.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_interrupts)
    waiting: deque[tuple[Bitext, Future[AuditParcel]]] = deque()
    try:
        for number, bitext in enumerate(chunks):
            parcel = pack_bitext(bitext)
            # The first of them start a process each.
            with _interrupts_held() if number < jobs else nullcontext():
                waiting.append((bitext, executor.submit(_audit, parcel, profile, config)))
            if len(waiting) > jobs:
                yield _received(*waiting.popleft())
        while waiting:
            yield _received(*waiting.popleft())
    except BrokenProcessPool as error:
        cause = "a process of the audit ended before its part was done; it was killed, or the memory did not suffice"
        raise EngineError(path, cause, "Run it again with --jobs 1, which needs the least memory") from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _received(bitext: Bitext, future: Future[AuditParcel]) -> Audit:
    return unpack_audit(future.result(), bitext)


def _audit(parcel: BitextParcel, profile: str | None, config: Config | None) -> AuditParcel:
    """What a process of the pool does."""
    return pack_audit(pipeline.audit_bitext(unpack_bitext(parcel), profile=profile, config=config, warn=_silent))


def _silent(_message: str) -> None:
    """Says nothing."""


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that was asked: it ends the others in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let processes start that ignore Ctrl-C from their first moment on, as they inherit it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
