"""Worker processes that may be killed: a file that hangs, aborts or eats memory costs itself only."""

import gc
import importlib
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipeline.runner.crew import Workers
from pipeline.runner.warming import warm_up, worker_context
from pipeline.runner.working import Briefing, begin

# A completed workbook takes milliseconds; a file that needs this long or this much is not one. Generous, for slow laptops.
SECONDS = 20.0
BYTES = 1_000_000_000

_MANY = 50_000  # objects made before rubbish is looked for: a return makes some ten thousand, nearly none of them in circles

P = ParamSpec("P")
T = TypeVar("T")


class IsolatedProcesses(Executor):
    """An executor of `jobs` local processes. A task that takes longer than `seconds` raises TimeoutError; one whose process
    dies raises pebble's ProcessExpired."""

    def __init__(self, briefing: Briefing, jobs: int, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        warm_up()
        self._pool = ProcessPool(jobs, initializer=_begin, initargs=(briefing,), context=worker_context())

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begins a task. Its function and arguments are sent to a worker."""
        task: Future[T] = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=self._seconds)
        return task

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers; those still at work are waited for, unless their tasks are cancelled."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()


def hire_processes(briefing: Briefing, jobs: int | None = None, *, seconds: float = SECONDS) -> Workers:
    """As many processes as asked for, or as the machine has cores for."""
    jobs = jobs or _cores()
    executor = IsolatedProcesses(briefing, jobs, seconds=seconds)
    return Workers(executor, jobs, (ProcessExpired,), lambda unfinished: executor.shutdown(cancel_futures=unfinished))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(briefing: Briefing) -> None:
    """In each worker: its briefing, a limit on memory, and a dying library's last words into a log."""
    begin(briefing)
    gc.set_threshold(_MANY)
    _limit_memory()
    os.dup2(open_log(), 2)


def open_log() -> int:
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
