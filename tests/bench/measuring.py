"""Seconds and megabytes."""

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent.parent
_LOOK_EVERY = 0.2  # seconds between two looks at the memory; a look takes 10 ms of a core that the run would use


def timed(work: Callable[[], object]) -> float:
    """Seconds of one go."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(sides: Sequence[Callable[[int], object]], rounds: int, together: int = 1) -> list[float]:
    """Median seconds of a round of each side. The sides take turns, so that a slow moment of the machine falls on all of them;
    a turn is `together` rounds in a row, as a run does the same work many times over."""
    times: list[list[float]] = [[] for _ in sides]
    for start in range(0, rounds, together):
        turn = range(start, min(start + together, rounds))
        for taken, side in zip(times, sides, strict=True):
            taken.append(timed(lambda side=side, turn=turn: [side(number) for number in turn]) / len(turn))  # type: ignore[misc]
    return [statistics.median(taken) for taken in times]


def inclusion(*arguments: str) -> None:
    """The command, as a user starts it."""
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@dataclass(frozen=True)
class Command:
    """How one run of the command went: seconds, and the most megabytes of the parent, of any one of its workers, and of all
    its processes together, what they share counted for each."""

    seconds: float
    parent: float
    worker: float
    together: float = 0.0


def run(project: Path, *options: str) -> Command:
    """`inclusion run -q` on a project, as a user starts it, its memory watched from outside."""
    arguments = [sys.executable, "-m", "pipeline", "run", "-q", "--project", str(project), *options]
    start = time.perf_counter()
    child = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = {"parent": 0, "worker": 0, "together": 0}
    watcher = threading.Thread(target=_watch, args=(child.pid, peaks), daemon=True)
    watcher.start()
    code = child.wait()
    seconds = time.perf_counter() - start
    watcher.join(1)
    if code:
        raise SystemExit(f"the run left with exit code {code}")
    return Command(seconds, *(peaks[key] / 1e6 for key in ("parent", "worker", "together")))


def _watch(pid: int, peaks: dict[str, int]) -> None:
    try:
        parent = psutil.Process(pid)
        while True:
            workers = [_memory(worker) for worker in parent.children(recursive=True)]
            own = parent.memory_info().rss
            peaks["parent"] = max(peaks["parent"], own)
            peaks["worker"] = max(peaks["worker"], *workers, 0)
            peaks["together"] = max(peaks["together"], own + sum(workers))
            time.sleep(_LOOK_EVERY)
    except psutil.Error:
        return


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
