"""`cycle`: open the next one, list them, delete an old one."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import exit_code, project_option

if TYPE_CHECKING:
    from pipeline.model.cycles import CycleLine

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def cycle() -> None:
    """Open the next cycle, list the cycles, or delete an old one.

    Example: inclusion cycle new 2026-27-spring
    """


@cycle.command()
@click.argument("key", metavar="CYCLE")
@project_option
@click.option("--label", metavar="TEXT", help="How people call it.  [default: the term, such as “Spring term 2027”]")
@click.option("--due", type=_DAY, metavar="DATE", help="When workbooks are due back, as 2027-02-12.  [default: as last time]")
def new(key: str, project: Path, label: str | None, due: "date | None") -> int:
    """Open the next cycle: its folders, its dates, and the settings.

    CYCLE is named after its term, such as 2026-27-spring. The dates are proposed from the last cycle's.

    Example: inclusion cycle new 2026-27-spring --due 2027-02-12
    """
    from pipeline.rules.cycle_telling import tell_opened  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.runner.cycles import open_cycle  # noqa: PLC0415

    day = due.date() if due else None  # type: ignore[attr-defined] # click gives a datetime
    opened, findings = open_cycle(project, key, label, day)
    console.show_findings(findings)
    if opened is None:
        return 1
    returns, plans = opened.folders.returns, opened.folders.returned_plans
    for line in tell_opened(opened.cycle, opened.key, str(returns), str(plans), opened.held):
        console.say(line)
    return 0


@cycle.command("list")
@project_option
def list_all(project: Path) -> int:
    """List the cycles, with how much there is of each.

    Example: inclusion cycle list
    """
    from pipeline.runner.cycles import list_cycles  # noqa: PLC0415 - as above

    lines, findings = list_cycles(project)
    console.show_findings(findings)
    headings = ("Cycle", "", "Returns due", "Returns", "Plans made", "Plans back", "Records")
    console.show_table(headings, [_row(line) for line in lines])
    return exit_code(findings, strict=True)


def _row(line: "CycleLine") -> tuple[str, ...]:
    state = f"{line.label} (current)" if line.is_current else line.label or "not in the settings"
    counts = (line.returns, line.plans, line.returned_plans, line.records)
    return (line.key, state, line.due or "-", *map(str, counts))


@cycle.command()
@click.argument("key", metavar="CYCLE")
@project_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--even-current", is_flag=True, help="Even the cycle that is being worked on.")
def purge(key: str, project: Path, yes: bool, even_current: bool) -> int:
    """Delete everything a cycle has here: returns, plans, records, papers.

    What is to be deleted is listed first, and you are asked. It cannot be undone.

    Example: inclusion cycle purge 2023-24-autumn
    """
    from pipeline.rules.cycle_telling import tell_heaps, tell_remains  # noqa: PLC0415 - as above
    from pipeline.runner.cycles import delete_heap, find_heaps  # noqa: PLC0415

    heaps, findings = find_heaps(project, key, even_current=even_current)
    console.show_findings(findings)
    if findings:
        return 1
    if not heaps:
        console.say(f"There is nothing of {key} here to delete.")
        return 0
    for line in tell_heaps(heaps, key):
        console.say(line)
    if not yes and not click.confirm("Delete all of it? It cannot be undone"):
        console.say("Nothing was deleted.")
        return 1
    findings = tuple(finding for heap in heaps for finding in delete_heap(heap))
    console.show_findings(findings)
    for line in () if findings else tell_remains(key):
        console.say(line)
    return exit_code(findings, strict=True)
