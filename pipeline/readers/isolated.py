"""Returns read in worker processes that may be killed: one that hangs, aborts or eats memory costs its own file only."""

import importlib
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from pipeline.model.finding import Finding, Place, find
from pipeline.model.submission import Submission
from pipeline.readers.returns import Expectations, read_return

# A completed workbook takes milliseconds; a file that needs this long or this much is not one. Generous, for slow laptops.
SECONDS = 20.0
BYTES = 1_000_000_000

Reading = tuple[Submission | None, tuple[Finding, ...]]

_expected: Expectations | None = None


def _begin(expected: Expectations) -> None:
    """In each worker: what to read against, a limit on memory, and a dying library's last words into a log."""
    global _expected  # noqa: PLW0603 - a worker process is given its work once, at birth
    _expected = expected
    _limit_memory()
    os.dup2(_open_log(), 2)


def _open_log() -> int:
    """The log of the workers; where it cannot be written, or is somebody else's link, their words are let go."""
    how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(Path(tempfile.gettempdir()) / "inclusion-reader.log", how, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


def _limit_memory() -> None:
    try:
        resource = importlib.import_module("resource")  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(content: bytes, name: str, with_openpyxl: bool) -> Reading:
    assert _expected is not None
    return read_return(content, name, _expected, with_openpyxl=with_openpyxl)


class ReadingPool:
    """Reads returns in workers. The workers start with the first file, so that a run with nothing to read starts none."""

    def __init__(self, expect: Callable[[], Expectations], workers: int, *, seconds: float = SECONDS) -> None:
        self._expect = expect
        self._workers = workers
        self._seconds = seconds
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is None:
            return
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def start(self, content: bytes, name: str) -> "PendingReading":
        """Begins to read a file."""
        return PendingReading(self, content, name)

    def schedule(self, content: bytes, name: str, *, with_openpyxl: bool) -> Future[Reading]:
        """One attempt at a file."""
        if self._pool is None:
            initargs = (self._expect(),)
            self._pool = ProcessPool(self._workers, initializer=_begin, initargs=initargs, context=get_context("spawn"))
        future: Future[Reading] = self._pool.schedule(_read, args=(content, name, with_openpyxl), timeout=self._seconds)
        return future


class PendingReading:
    """A file that is being read."""

    def __init__(self, pool: ReadingPool, content: bytes, name: str) -> None:
        self._pool, self._content, self._name = pool, content, name
        self._future = pool.schedule(content, name, with_openpyxl=False)

    def result(self) -> Reading:
        """What the file says. A worker that calamine killed is followed by one with openpyxl, slower and steadier (RT306)."""
        try:
            return self._future.result()
        except ProcessExpired:
            return self._second_attempt()
        except Exception:  # a time-out, a lack of memory, or a fault of ours: this file's trouble alone, and it is told
            return None, (self._finding("it took too long, or needed too much memory"),)

    def _second_attempt(self) -> Reading:
        try:
            return self._pool.schedule(self._content, self._name, with_openpyxl=True).result()
        except Exception:  # as above
            return None, (self._finding("the program that reads it gave up"),)

    def _finding(self, seen: str) -> Finding:
        return find("RT306", Place(self._name), seen)
