"""`inclusion run --dask`: the same run, on workers elsewhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import OTHER, complete, drop, inclusion, outputs

from pipeline.model.project import Configuration
from pipeline.model.school import School

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own warnings are its own


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers, on this machine alone."""
    import dask
    from distributed import LocalCluster

    # A file that kills one worker is not tried on another.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
    ):
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same_bytes(project: Path, school: School, configuration: Configuration, scheduler: str) -> None:
    drop(project, "one.xlsx", complete(school, configuration, {"2.2": "nearly"}))
    drop(project, "two.xlsx", complete(OTHER, configuration))
    drop(project, "again.xlsx", complete(OTHER, configuration))
    drop(project, "print.pdf", b"%PDF-1.7")
    inclusion("run", "-q", "--project", str(project))
    here = outputs(project)
    shutil.rmtree(project / "outputs")
    code, said, errors = inclusion("run", "--project", str(project), "--dask", scheduler)
    assert code == 0, errors
    assert "4 returns found" in said
    assert outputs(project) == here


def test_a_file_that_kills_its_worker_costs_only_itself(
    project: Path, school: School, configuration: Configuration, scheduler: str
) -> None:
    from hostile import hostile_files

    theirs = complete(OTHER, configuration)
    deadly = next(content for name, content, _ in hostile_files(theirs) if name == "a cell at XFD1048576.xlsx")
    drop(project, "deadly.xlsx", deadly)
    drop(project, "good.xlsx", complete(school, configuration))
    code, said, errors = inclusion("run", "--project", str(project), "--dask", scheduler)
    assert code == 0, errors
    assert "2 returns found = 2 rated" in said  # the second worker read it with openpyxl


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense"])
def test_a_cluster_that_does_not_answer_is_told(project: Path, address: str) -> None:
    code, _, errors = inclusion("run", "--project", str(project), "--dask", address)
    assert code == 1
    assert "CF107" in errors
    assert "Traceback" not in errors
    assert not (project / "outputs").exists()
