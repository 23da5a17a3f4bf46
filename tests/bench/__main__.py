"""`make bench`: lays out an invented county, times runs over it, and prints one table; quote the ratios, not the seconds."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import click

from bench.county import measure_county, open_project
from bench.measuring import ROOT, cores, inclusion, interleaved
from bench.page import measure_page
from bench.plans_back import measure_plans_back
from bench.report import Measured, save, show
from bench.stages import measure_stages

_SAMPLE = 60  # returns by which the stages are timed
_GROWTH = 10


@click.command()
@click.argument("schools", type=click.IntRange(20), default=600)
@click.option("--growth/--no-growth", default=True, help="Also run a county ten times as large.")
def bench(schools: int, growth: bool) -> None:
    """Time runs over an invented county of SCHOOLS, beside what a user would write instead."""
    folder = Path(tempfile.mkdtemp(prefix="inclusion-bench-"))
    try:
        county = measure_county(folder / "county", schools, beside_plain=True)
        workspace = open_project(folder / "county")
        stages = measure_stages(workspace, workspace.folders.list_returns()[:_SAMPLE], date.today())
        page = measure_page(workspace.folders.outputs / "overview.html")
        back = measure_plans_back(folder / "back", schools)
        grown = measure_county(folder / "grown", _GROWTH * schools, beside_plain=False) if growth else None
        (help_seconds,) = interleaved((lambda _: inclusion("--help"),), 10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    measured = Measured(cores(), help_seconds, stages, county, back, grown, page)
    show(measured)
    save(measured, ROOT / "outputs" / "bench")
    click.echo(f"The figures and a plot are in {Path('outputs') / 'bench'}.")


bench()
