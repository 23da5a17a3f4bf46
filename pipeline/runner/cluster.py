"""The same work on a Dask cluster, for those who have one. Its workers must see the project's folder under the same path."""

import re
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from distributed import Client, KilledWorker
from distributed.diagnostics.plugin import WorkerPlugin

from pipeline import __version__
from pipeline.model.finding import Finding, Place, find
from pipeline.runner.crew import Workers
from pipeline.runner.isolation import SECONDS
from pipeline.runner.working import Briefing, begin, end

_ADDRESS = re.compile(r"\w+://\S+:\d+")
_CONNECTING = 5  # seconds

Hire = Callable[[Briefing], Workers]


class _Told(WorkerPlugin):
    """Tells each worker what a run is about, those that begin later included."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self.name = f"inclusion-{uuid4().hex}"

    def setup(self, worker: Any) -> None:
        """When a worker begins, or the run does."""
        begin(self._briefing, self.name)

    def teardown(self, worker: Any) -> None:
        """When the run ends."""
        end(self.name)


def find_cluster(address: str, root: Path) -> tuple[Hire | None, tuple[Finding, ...]]:
    """How to hire the workers of a cluster, by its scheduler's address, such as tcp://10.0.0.5:8786. Findings: CF107.

    Each worker is asked for its version of this program and for the folder `root` before any is given a file.
    """
    if not _ADDRESS.fullmatch(address):
        return None, (
            _unusable(address, "not an address", "Write it as the scheduler prints it, such as tcp://10.0.0.5:8786."),
        )
    try:
        client = Client(address, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        remedy = "Check the address, and that the scheduler is running: it prints its address when it begins."
        return None, (_unusable(address, "nobody answers", remedy),)
    trouble = _find_trouble(client, root.resolve())
    if trouble:
        client.close()
        return None, (_unusable(address, *trouble),)
    return lambda briefing: _hire(client, briefing), ()


def _find_trouble(client: Any, root: Path) -> tuple[str, str] | None:
    """Why its workers cannot do our work, and what would mend it."""
    if not client.nthreads():
        return "it has no workers", "Start workers with: dask worker SCHEDULER."
    try:
        versions = set(client.run(_version).values())
    except Exception:  # whatever a worker without this program raises
        versions = {""}
    if versions != {__version__}:
        return "a worker has not this version of the program", f"Install version {__version__} on every worker."
    if not all(client.run(_sees, str(root)).values()):
        return (
            "a worker does not see the project's folder",
            "Put the project where every worker has it at the same path.",
        )
    return None


def _version() -> str:
    return __version__


def _sees(root: str) -> bool:
    return Path(root).is_dir()


def _hire(client: Any, briefing: Briefing) -> Workers:
    root = briefing.workspace.root.resolve()
    told = _Told(replace(briefing, workspace=replace(briefing.workspace, root=root)))
    client.register_plugin(told)

    def dismiss(unfinished: bool) -> None:
        executor.shutdown(wait=not unfinished)
        client.unregister_worker_plugin(told.name)
        client.close()

    # Each task is one of a kind: pure=False keeps Dask from taking two files alike for one.
    executor = client.get_executor(pure=False)
    jobs = sum(client.nthreads().values())
    return Workers(executor, jobs, (KilledWorker, CancelledError), dismiss, told.name, patience=6 * SECONDS)


def _unusable(address: str, seen: str, remedy: str) -> Finding:
    return find("CF107", Place(address), seen, remedy=remedy)
