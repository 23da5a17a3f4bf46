"""What was measured, as one table beside the bars it is held to, as JSON, and as a picture."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import pygal
from pygal.style import Style

from bench.county import County
from bench.page import PageTimes
from bench.plans_back import PlansBack
from bench.stages import Stage


@dataclass(frozen=True)
class Row:
    """One line of the table. `bar` is what it is held to; `met` is None where it is held to nothing."""

    what: str
    figure: str
    ratio: str = ""
    bar: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Measured:
    """Everything of one run of the benchmark."""

    cores: int
    help_seconds: float
    stages: Sequence[Stage]
    county: County
    back: PlansBack
    grown: County | None
    page: PageTimes | None = None


def rows(measured: Measured) -> Iterator[Row]:
    """The table, line by line."""
    yield from _stage_rows(measured.stages)
    yield from _county_rows(measured.county)
    yield _back_row(measured.back)
    if measured.grown:
        yield from _growth_rows(measured.county, measured.grown)
    if measured.page:
        yield from _page_rows(measured.page, measured.county.schools)
    seconds = measured.help_seconds
    yield Row("inclusion --help", _seconds(seconds), bar="under 0.25 s", met=seconds < 0.25)


def _stage_rows(stages: Sequence[Stage]) -> Iterator[Row]:
    for stage in stages:
        figure = f"{stage.milliseconds:.1f} ms"
        if not stage.other:
            yield Row(stage.name, figure)
            continue
        yield Row(
            f"{stage.name}, beside {stage.other} ({stage.beside:.0f} ms)",
            figure,
            f"{stage.ratio:.1f} times faster",
            f"at least {stage.bar}" if stage.bar else "",
            stage.ratio >= stage.bar if stage.bar else None,
        )


def _county_rows(county: County) -> Iterator[Row]:
    cold, unchanged, changed = county.cold.seconds, county.unchanged.seconds, county.one_changed.seconds
    yield Row(f"laying out {county.schools} schools, {county.returns} returns", _seconds(county.laid_out))
    faster = county.plain / cold
    what = f"cold run, beside the plain script ({_seconds(county.plain)})"
    yield Row(what, _seconds(cold), f"{faster:.1f} times faster", "at least 12", faster >= 12)
    share = cold / unchanged
    yield Row(
        "unchanged run", _seconds(unchanged), f"1/{share:.0f} of cold", "1/30, under 1.5 s", share > 30 and unchanged < 1.5
    )
    yield Row("one return changed", _seconds(changed), f"1/{cold / changed:.0f} of cold", "under 2 s", changed < 2)
    papers = county.papers
    yield Row("all papers of the LA made anew", _seconds(papers.seconds), bar="under 10 s", met=papers.seconds < 10)
    yield from _memory_rows(county)


def _back_row(back: PlansBack) -> Row:
    what = f"reading back {back.plans} plans, beside a cold run of {back.returns} returns ({_seconds(back.cold)})"
    return Row(what, _seconds(back.added), f"a plan takes {back.share:.2f} of a return", "under 0.5", back.share < 0.5)


def _memory_rows(county: County) -> Iterator[Row]:
    parent = max(county.cold.parent, county.unchanged.parent, county.one_changed.parent)
    worker = max(county.cold.worker, county.one_changed.worker)
    yield Row(f"memory of the parent, {county.schools} schools", f"{parent:.0f} MB", bar="under 300 MB", met=parent < 300)
    yield Row(f"memory of a worker, {county.schools} schools", f"{worker:.0f} MB", bar="under 250 MB", met=worker < 250)


def _growth_rows(county: County, grown: County) -> Iterator[Row]:
    growth = grown.cold.seconds / county.cold.seconds
    most = 1.05 * grown.schools / county.schools
    what = f"cold run, {grown.schools} schools, {grown.returns} returns"
    yield Row(what, _seconds(grown.cold.seconds), f"{growth:.2f} times longer", f"at most {most:g}", growth <= most)
    yield Row(f"unchanged run, {grown.schools} schools", _seconds(grown.unchanged.seconds))
    yield Row(f"one return changed, {grown.schools} schools", _seconds(grown.one_changed.seconds))
    papers = grown.papers
    yield Row(f"all papers of the LA made anew, {grown.schools} schools", _seconds(papers.seconds))
    what, together = f"memory of all processes then, {grown.schools} schools", papers.together
    yield Row(what, f"{together:.0f} MB", bar="under 500 MB", met=together < 500)
    yield from _memory_rows(grown)


def _page_rows(page: PageTimes, schools: int) -> Iterator[Row]:
    """What an officer waits for in the browser."""
    for what, seconds in (("drawn", page.drawn), ("filtered, the slowest filter", page.filtered)):
        yield Row(f"overview.html of {schools} schools, {what}", _seconds(seconds), bar="under 1 s", met=seconds < 1)


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def show(measured: Measured) -> None:
    """Prints the table."""
    table = list(rows(measured))
    widths = [max(len(getattr(row, column)) for row in table) for column in ("what", "figure", "ratio", "bar")]
    for row in table:
        cells = (row.what.ljust(widths[0]), row.figure.rjust(widths[1]), row.ratio.rjust(widths[2]), row.bar.ljust(widths[3]))
        mark = {True: click.style("met", fg="green"), False: click.style("MISSED", fg="red", bold=True), None: ""}[row.met]
        click.echo("  ".join((*cells, mark)).rstrip())


def save(measured: Measured, folder: Path) -> None:
    """Writes bench.json and bench.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {**asdict(measured), "table": [asdict(row) for row in rows(measured)]}
    (folder / "bench.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    _draw(measured, folder / "bench.svg")


def _draw(measured: Measured, path: Path) -> None:
    """Seconds of each kind of run, on a scale of tens, since they are hundreds of times apart."""
    counties = [measured.county, *([measured.grown] if measured.grown else [])]
    chart = pygal.HorizontalBar(
        title="Seconds a run takes, on a scale of tens",
        logarithmic=True,
        range=(0.01, 1000),
        zero=0.01,
        y_labels=[0.01, 0.1, 1, 10, 100, 1000],
        print_values=True,
        print_values_position="top",
        value_formatter=_seconds,
        legend_at_bottom=True,
        js=(),
        height=420,
        style=Style(colors=("#1f4e79", "#2e7d6b"), background="white", plot_background="white", value_font_size=13),
    )
    chart.x_labels = ["unchanged", "one return changed", "cold", "the plain script"]
    for county in counties:
        seconds = [county.unchanged.seconds, county.one_changed.seconds, county.cold.seconds, county.plain or None]
        chart.add(f"{county.schools} schools, {county.returns} returns", seconds)
    chart.render_to_file(str(path))
