"""`run` and `check`: the returns of a cycle."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import (
    cycle_option,
    dask_option,
    exit_code,
    jobs_option,
    open_project,
    project_option,
    quiet_option,
)

if TYPE_CHECKING:
    from pipeline.model.batch import Batch
    from pipeline.model.finding import Finding
    from pipeline.runner.cycle import Hire, Progress
    from pipeline.runner.workspace import Workspace


@click.command()
@project_option
@cycle_option
@click.option("--force", is_flag=True, help="Do everything anew, changed or not.")
@click.option("--pdf", is_flag=True, help="Also make a PDF copy of each plan, with LibreOffice.")
@click.option(
    "--inclusion-strategy", "strategy", is_flag=True, help="Also draft an inclusion strategy for each mainstream school."
)
@click.option("--strict", is_flag=True, help="Leave with exit code 1 if any return has an error.")
@click.option("--json", "as_json", is_flag=True, help="Print the run's index as JSON instead of words.")
@quiet_option
@jobs_option
@dask_option
def run(
    project: Path,
    cycle: str | None,
    force: bool,
    pdf: bool,
    strategy: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Read the returns of a cycle and write its plans.

    What has not changed since the last run is left alone, so it is safe to run after every e-mail.

    Example: inclusion run --cycle 2026-27-autumn
    """
    from pipeline.rules.adopting import tell_next  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.runner.last_run import find_unchanged  # noqa: PLC0415

    today = date.today()
    drafting = _open_for_drafts(project, cycle) if strategy else None
    batch, worked_on = None if force else find_unchanged(project, cycle, today), 0
    if batch is None:
        if not scheduler:
            from pipeline.runner.warming import warm_up  # noqa: PLC0415

            warm_up()
        workspace = open_project(project, cycle, with_plans=True)
        from pipeline.runner.cycle import run_cycle  # noqa: PLC0415

        shown = partial(console.progress, quiet=quiet or as_json)
        hire = _hire(jobs, scheduler, project)
        _catch_up(workspace, hire, shown, today, quiet or as_json)
        done = run_cycle(workspace, hire, shown, today, force=force)
        batch, worked_on = done.batch, done.worked_on
    said, more = _copy(project, batch, pdf, quiet or as_json)
    drafted, found = _draft(drafting, batch, today, quiet or as_json)
    findings = (*batch.all_findings, *more, *found)
    if as_json:
        from pipeline.writers.records import write_index  # noqa: PLC0415

        console.show_json(write_index(batch))
        return exit_code(findings, strict)
    table = project / "outputs" / batch.cycle / "findings.csv"
    told = [finding for finding in findings if finding.is_error] if quiet else findings
    console.show_findings(told, rest=str(table) if table.exists() else "")
    if not quiet:
        unchanged = batch.reconciliation.rated + batch.reconciliation.sent_back - worked_on
        console.say(f"Worked on {worked_on}, {unchanged} unchanged.{said}")
        if drafted:
            console.say(drafted)
        console.show_batch(batch, str(table.parent))
        console.say_next(tell_next(batch.reconciliation.register, batch.reconciliation.found, batch.cycle))
    return exit_code(findings, strict)


def _catch_up(workspace: "Workspace", hire: "Hire", shown: "Progress", today: date, quiet: bool) -> None:
    """Runs earlier cycles that never were, since plans and records go on from theirs; exit code 1 where one cannot be."""
    from pipeline.runner.catching_up import list_unrun  # noqa: PLC0415
    from pipeline.runner.cycle import run_cycle  # noqa: PLC0415

    for key in list_unrun(workspace):
        earlier = open_project(workspace.root, key, with_plans=True)
        batch = run_cycle(earlier, hire, shown, today).batch
        if not quiet:
            console.say(f"{batch.cycle_label} had not been run: its plans were made first, since the next go on from them.")
            table = earlier.folders.outputs / "findings.csv"
            console.say(f"{batch.reconciliation.rated} returns rated; its findings are in {table}.")


def _copy(project: Path, batch: "Batch", asked: bool, quiet: bool) -> tuple[str, tuple["Finding", ...]]:
    """Makes PDF copies where they are asked for, and takes away those that no longer match; what is to be said of it."""
    from pipeline.runner.folders import Folders  # noqa: PLC0415

    folders = Folders(project, batch.cycle)
    if not asked and not folders.copies.exists():
        return "", ()
    from pipeline.runner.copying import make_copies, take_away_stale  # noqa: PLC0415 - few ask for them

    stale = take_away_stale(batch, folders)
    if not asked:
        return _tell_stale(stale), ()
    copies = make_copies(batch, folders, partial(console.progress, quiet=quiet))
    return f" PDF copies: {copies.made} made, {copies.unchanged} unchanged.", copies.findings


def _open_for_drafts(project: Path, cycle: str | None) -> "Workspace":
    """The project, if its settings say how inclusion strategies are drafted; asked before anything is done."""
    workspace = open_project(project, cycle)
    if workspace.configuration.settings.inclusion_strategy is None:
        message = "config/settings.yaml names no principles; copy inclusion_strategy from the settings of a new project."
        raise click.BadParameter(message, param_hint="--inclusion-strategy")
    return workspace


def _draft(workspace: "Workspace | None", batch: "Batch", today: date, quiet: bool) -> tuple[str, tuple["Finding", ...]]:
    """Writes the drafts of inclusion strategies, where they are asked for; what is to be said of it."""
    asked = workspace.configuration.settings.inclusion_strategy if workspace else None
    if workspace is None or asked is None:
        return "", ()
    from pipeline.rules.strategy import tell_drafts  # noqa: PLC0415 - few ask for them
    from pipeline.runner.strategies import write_strategies  # noqa: PLC0415

    drafts = write_strategies(workspace, batch, asked, partial(console.progress, quiet=quiet), today)
    return tell_drafts(drafts.made, asked), drafts.findings


def _tell_stale(taken: int) -> str:
    if not taken:
        return ""
    one, many = "1 PDF copy no longer matched its plan and was", f"{taken} PDF copies no longer matched their plans and were"
    what = one if taken == 1 else many
    return f" {what} taken away: make them anew with --pdf."


@click.command()
@project_option
@cycle_option
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@quiet_option
@jobs_option
def check(project: Path, cycle: str | None, paths: tuple[Path, ...], quiet: bool, jobs: int | None) -> int:
    """Read returns and say what is wrong with them; write nothing.

    Example: inclusion check "inputs/2026-27-autumn/returns/Fennacre self-evaluation.xlsx"
    """
    workspace = open_project(project, cycle, with_plans=True)
    from pipeline.rules.adopting import tell_next  # noqa: PLC0415
    from pipeline.runner.cycle import check_files  # noqa: PLC0415

    shown = partial(console.progress, quiet=quiet)
    batch = check_files(
        workspace, _hire(jobs, None, project), list(paths) or workspace.folders.list_returns(), shown, date.today()
    )
    console.show_findings(batch.all_findings)
    if not quiet:
        console.show_outcomes(batch.entries)
        console.say_next(tell_next(len(workspace.register), len(batch.entries), workspace.cycle))
    return exit_code(batch.all_findings, strict=True)


def _hire(jobs: int | None, scheduler: str | None, project: Path) -> "Hire":
    """Who does the work: this machine's processes, or a cluster's; otherwise a finding and exit code 1."""
    if not scheduler:
        from pipeline.runner.isolation import hire_processes  # noqa: PLC0415

        return partial(hire_processes, jobs=jobs)
    try:
        from pipeline.runner.cluster import find_cluster  # noqa: PLC0415
    except ImportError:
        remedy = 'Dask is not installed; pip install "inclusive-practice-toolkit[dask]".'
        raise click.BadParameter(remedy, param_hint="--dask") from None
    hire, findings = find_cluster(scheduler, project)
    if hire is None:
        console.show_findings(findings)
        raise click.exceptions.Exit(1)
    return hire
