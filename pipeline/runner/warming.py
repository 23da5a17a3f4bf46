"""Workers made ready while the run still reads its configuration, where the system can copy a process that is ready."""

import multiprocessing
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext


def worker_context() -> BaseContext:
    """How worker processes begin: copied from one that has loaded what they need, or, on Windows, each from the start."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.runner.loaded"])
    return context


def warm_up() -> None:
    """Begins the process that workers are copied from; it loads beside whatever this one does next."""
    if worker_context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running  # noqa: PLC0415 - Windows has none

        with _deaf_to_ctrl_c():
            ensure_running()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process begun meanwhile does not hear Ctrl-C: this one ends it, and it has nothing to say about that."""
    if threading.current_thread() is not threading.main_thread():  # where nobody may change what a signal does
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
