"""The work given out: a map over files and schools with an executor, a few ahead and in order, so that nothing piles up."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self, TypeVar

from pipeline.runner.documents import Made
from pipeline.runner.working import TOO_MUCH, Task, turn_away, work_on

_AHEAD = 3  # tasks a worker has before the first is waited for: enough to keep it busy, few enough to hold
T = TypeVar("T")

_GAVE_UP = "the program that reads it gave up"


@dataclass(frozen=True)
class Workers:
    """An executor, how many tasks it does at a time, and the exceptions that tell of a worker's death over a task.

    `dismiss` ends them; with True, what is unfinished is dropped. `key` is that of the briefing they were given. A task is
    waited for `patience` seconds, or for as long as the executor itself lets it run."""

    executor: Executor
    jobs: int
    deaths: tuple[type[Exception], ...]
    dismiss: Callable[[bool], None]
    key: str = ""
    patience: float | None = None


class Crew:
    """Workers hired with the first task, so that a run with nothing to do hires none."""

    def __init__(self, hire: Callable[[], Workers]) -> None:
        self._hire = hire
        self._hired: Workers | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._hired is not None:
            self._hired.dismiss(kind is not None)

    @property
    def _workers(self) -> Workers:
        if self._hired is None:
            self._hired = self._hire()
        return self._hired

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Made, ...]]:
        """What becomes of each task, in their order."""
        waiting: deque[tuple[Task, Future[tuple[Made, ...]]]] = deque()
        for task in tasks:
            workers = self._workers
            waiting.append((task, workers.executor.submit(work_on, task, workers.key)))
            if len(waiting) > _AHEAD * workers.jobs:
                yield _result(workers, *waiting.popleft())
        while waiting:
            yield _result(self._workers, *waiting.popleft())

    def call_each(self, work: Callable[..., T], tasks: Sequence[tuple[Any, ...]]) -> Iterator[T | None]:
        """What `work` gives for each task's arguments and the briefing's key, in their order; None where a worker gave up."""
        if not tasks:
            return
        workers = self._workers
        futures = [workers.executor.submit(work, *task, workers.key) for task in tasks]
        for future in futures:
            try:
                yield future.result(workers.patience)
            except (TimeoutError, MemoryError, *workers.deaths):  # type: ignore[misc] # as below
                yield None


def _result(workers: Workers, task: Task, future: Future[tuple[Made, ...]]) -> tuple[Made, ...]:
    """What a task came to. A worker that calamine killed is followed by one with openpyxl, slower and steadier (RT306).

    Raises: whatever a fault of ours raises, with a note of the files it happened over.
    """
    try:
        return future.result(workers.patience)
    except (TimeoutError, MemoryError):
        future.cancel()
        return _turn_away(workers, task, TOO_MUCH)
    except workers.deaths:
        pass
    except Exception as error:
        error.add_note(", ".join(one.name for one in task.deliveries))
        raise
    try:
        return workers.executor.submit(work_on, task, workers.key, with_openpyxl=True).result(workers.patience)
    except (TimeoutError, MemoryError, *workers.deaths):  # type: ignore[misc] # mypy knows no unpacked exceptions
        return _turn_away(workers, task, _GAVE_UP)


def _turn_away(workers: Workers, task: Task, seen: str) -> tuple[Made, ...]:
    """The files' contents stay behind: they have done enough harm."""
    unread = replace(task, deliveries=tuple(replace(one, content=b"", path=None) for one in task.deliveries))
    return workers.executor.submit(turn_away, unread, seen, workers.key).result(workers.patience)
