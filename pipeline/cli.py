"""The command line: arguments in, one call, findings out, an exit code.

Exit codes: 0 done; 1 configuration or template unusable, something could not be written, `--strict` and an error finding, or
`check` found errors; 2 wrong usage; 3 our own fault; 130 stopped with Ctrl-C.
"""

import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pipeline import __version__, console
from pipeline.model.finding import Finding

if TYPE_CHECKING:
    from pipeline.runner.cycle import Hire
    from pipeline.runner.workspace import Workspace

_STOPS_THE_RUN = ("CF", "RG", "WR601")

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The project's folder: the one that holds config, templates and inputs.",
)
cycle_option = click.option(
    "--cycle", metavar="CYCLE", help="A cycle of the settings, such as 2026-27-autumn.  [default: the settings' own]"
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="How many returns to work on at once.  [default: one a processor core]"
)
dask_option = click.option(
    "--dask", "scheduler", metavar="SCHEDULER", help="Work on a Dask cluster, by its scheduler's address; see docs/speed.md."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings of weight.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="inclusion")
def commands() -> None:
    """The Inclusive Practice Toolkit: completed Excel self-evaluations in, Word action plans out.

    Files in, files out: nothing is sent anywhere. Begin with `inclusion run` in the project's folder.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs a command and leaves with its exit code; nobody meets a traceback."""
    try:
        code = commands.main(args=arguments, prog_name="inclusion", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing is half-written; run the same command again to go on.", err=True)
        code = 130
    except Exception as error:
        over = f" It happened over {error.__notes__[0]}: without that file, the others can go on." if _names_file(error) else ""
        told = f"The details are in {_log_fault()}; please send us that file."
        click.echo(f"Something went wrong that is not your fault.{over} {told}", err=True)
        code = 3
    sys.exit(code or 0)


def _names_file(error: Exception) -> bool:
    return bool(getattr(error, "__notes__", ()))


def _log_fault() -> Path:
    log = Path(tempfile.gettempdir()) / "inclusion-error.log"
    log.write_text(f"inclusion {__version__}\n{traceback.format_exc()}", "utf-8")
    return log


@commands.command()
@project_option
@cycle_option
@click.option("--force", is_flag=True, help="Do everything anew, changed or not.")
@click.option("--strict", is_flag=True, help="Leave with exit code 1 if any return has an error.")
@click.option("--json", "as_json", is_flag=True, help="Print the run's index as JSON instead of words.")
@quiet_option
@jobs_option
@dask_option
def run(
    project: Path,
    cycle: str | None,
    force: bool,
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
    from pipeline.runner.last_run import find_unchanged  # noqa: PLC0415 - when needed, so that --help answers at once

    today = date.today()
    batch, worked_on = None if force else find_unchanged(project, cycle, today), 0
    if batch is None:
        if not scheduler:
            from pipeline.runner.warming import warm_up  # noqa: PLC0415

            warm_up()
        workspace = _open(project, cycle)
        from pipeline.runner.cycle import run_cycle  # noqa: PLC0415

        shown = partial(console.progress, quiet=quiet or as_json)
        done = run_cycle(workspace, _hire(jobs, scheduler, project), shown, today, force=force)
        batch, worked_on = done.batch, done.worked_on
    findings = batch.all_findings
    outputs = project / "outputs" / batch.cycle
    table = outputs / "findings.csv"
    listed = str(table) if table.exists() else ""
    if as_json:
        from pipeline.writers.records import write_index  # noqa: PLC0415

        console.show_json(write_index(batch))
    elif quiet:
        console.show_findings([finding for finding in findings if finding.is_error], rest=listed)
    else:
        console.show_findings(findings, rest=listed)
        unchanged = batch.reconciliation.rated + batch.reconciliation.sent_back - worked_on
        console.say(f"Worked on {worked_on}, {unchanged} unchanged.")
        console.show_batch(batch, str(outputs))
    return _exit_code(findings, strict)


@commands.command()
@project_option
@cycle_option
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@quiet_option
@jobs_option
def check(project: Path, cycle: str | None, paths: tuple[Path, ...], quiet: bool, jobs: int | None) -> int:
    """Read returns and say what is wrong with them; write nothing.

    Example: inclusion check "inputs/2026-27-autumn/returns/Fennacre self-evaluation.xlsx"
    """
    workspace = _open(project, cycle)
    from pipeline.runner.cycle import check_files  # noqa: PLC0415

    shown = partial(console.progress, quiet=quiet)
    batch = check_files(
        workspace, _hire(jobs, None, project), list(paths) or workspace.folders.list_returns(), shown, date.today()
    )
    console.show_findings(batch.all_findings)
    if not quiet:
        console.show_outcomes(batch.entries)
    return 1 if any(finding.is_error for finding in batch.all_findings) else 0


@commands.command()
@project_option
@cycle_option
@click.option("--school", "urns", multiple=True, metavar="URN", help="Only this school; may be given again.")
@quiet_option
def workbooks(project: Path, cycle: str | None, urns: tuple[str, ...], quiet: bool) -> int:
    """Write one blank workbook for each school of the register.

    Example: inclusion workbooks --school 900101
    """
    workspace = _open(project, cycle)
    unknown = [urn for urn in urns if urn not in workspace.register]
    if unknown:
        raise click.BadParameter(f"no school of the register has the URN {unknown[0]}.", param_hint="--school")
    from pipeline.runner.sending import write_workbooks  # noqa: PLC0415

    chosen = list(dict.fromkeys(urns)) or list(workspace.register)
    with console.progress("Writing workbooks", len(chosen), quiet=quiet) as advance:
        written, findings = write_workbooks(workspace, chosen, advance)
    console.show_findings(findings)
    if not quiet:
        console.say(f"{written} workbooks are in {workspace.folders.workbooks}.")
    return _exit_code(findings, strict=False)


@commands.command()
@project_option
@click.option("--schools", type=click.IntRange(1, 6000), default=60, show_default=True, help="How many schools the county has.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same county.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="An empty or new folder for the county."
)
def demo(project: Path, schools: int, seed: int, out: Path) -> int:
    """Lay out an invented county as a project of its own, with returns to read.

    Example: inclusion demo --schools 60 --out demo
    """
    workspace = _open(project, None)
    if (out / "config").exists() and not (out / "config" / ".demo").exists():
        raise click.BadParameter(
            f"{out} already holds a project that is not a demo; choose another folder.", param_hint="--out"
        )
    from pipeline.demo.county import lay_out  # noqa: PLC0415

    registered, returned = lay_out(workspace.configuration, project, out, schools, seed)
    (out / "config" / ".demo").touch()
    console.say(f"An invented county of {registered} schools with {returned} returns is in {out}.")
    console.say(f'Next: inclusion run --project "{out}"')
    return 0


@commands.command()
@click.argument("code", required=False)
def codes(code: str | None) -> int:
    """List the kinds of findings, or explain one.

    Example: inclusion codes RT315
    """
    if not console.show_codes(code):
        raise click.BadParameter("there is no such code; run `inclusion codes` for the list.", param_hint="CODE")
    return 0


def _open(project: Path, cycle: str | None) -> "Workspace":
    """The project, ready to work; otherwise its findings and exit code 1."""
    from pipeline.runner.workspace import open_workspace  # noqa: PLC0415

    workspace, findings = open_workspace(project, cycle)
    if workspace is None:
        console.show_findings(findings)
        console.say("Nothing was done: mend the above first.")
        raise click.exceptions.Exit(1)
    return workspace


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


def _exit_code(findings: Sequence[Finding], strict: bool) -> int:
    unusable = any(finding.is_error and finding.code.startswith(_STOPS_THE_RUN) for finding in findings)
    return 1 if unusable or (strict and any(finding.is_error for finding in findings)) else 0
