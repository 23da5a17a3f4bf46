"""`make bench`: how long a county takes. One run, medians of what is repeated; quote the ratios, not the seconds."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import openpyxl

ROOT = Path(__file__).parent.parent
CYCLE = "2026-27-autumn"


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def inclusion(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def read_with_openpyxl(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path, read_only=True):
        list(sheet.iter_rows(values_only=True))


def read_with_calamine(path: Path) -> None:
    from pipeline.readers.grid import read_sheets

    read_sheets(path.read_bytes())


def main(schools: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="inclusion-bench-"))
    county, run = str(folder), ("run", "-q", "--project", str(folder))
    try:
        laying = timed(lambda: inclusion("demo", "--schools", str(schools), "--seed", "1", "--out", county))
        cold = timed(lambda: inclusion(*run))
        unchanged = statistics.median(timed(lambda: inclusion(*run)) for _ in range(3))
        returns = sorted((folder / "inputs" / CYCLE / "returns").iterdir())
        plans = len(list((folder / "outputs" / CYCLE / "plans").iterdir()))
        shutil.copy(returns[0], returns[0].with_name("copy of a return.xlsx"))
        one = timed(lambda: inclusion(*run))
        sample = returns[:20]
        theirs = statistics.median(timed(lambda path=path: read_with_openpyxl(path)) for path in sample)  # type: ignore[misc]
        ours = statistics.median(timed(lambda path=path: read_with_calamine(path)) for path in sample)  # type: ignore[misc]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = (
        ("laying out the county", laying, ""),
        ("cold run", cold, f"{1000 * cold / plans:.0f} ms a plan"),
        ("unchanged run", unchanged, f"1/{cold / unchanged:.0f} of the cold run"),
        ("one more return", one, f"1/{cold / one:.0f} of the cold run"),
        ("reading one return, openpyxl read-only", theirs, ""),
        ("reading one return, as we do", ours, f"{theirs / ours:.0f} times faster"),
    )
    click.echo(f"{schools} schools, {len(returns)} returns, {plans} plans\n")
    for label, seconds, remark in rows:
        click.echo(f"{label:40} {seconds:9.3f} s  {remark}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
