"""What commands share: their options, a project that is ready to work, and the exit code that findings lead to."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.model.finding import Finding

if TYPE_CHECKING:
    from pipeline.runner.workspace import Workspace

_STOPS_THE_RUN = ("CF", "RG", "VD101", "WR601")

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


def open_project(project: Path, cycle: str | None, *, with_plans: bool = False) -> "Workspace":
    """The project, ready to work, `with_plans` that came back; otherwise its findings and exit code 1."""
    from pipeline.runner.workspace import open_workspace, with_post  # noqa: PLC0415

    workspace, findings = open_workspace(project, cycle)
    if workspace and with_plans:
        workspace, findings = with_post(workspace)
    if workspace is None:
        console.show_findings(findings)
        marked = any(finding.code.startswith("TP") for finding in findings)
        where = " `inclusion template check` marks the places in a copy of the template." if marked else ""
        console.say(f"Nothing was done: mend the above first.{where}")
        raise click.exceptions.Exit(1)
    return workspace


def exit_code(findings: Sequence[Finding], strict: bool) -> int:
    """1 where the configuration or a template is unusable, nothing could be written, or `strict` and an error."""
    unusable = any(finding.is_error and finding.code.startswith(_STOPS_THE_RUN) for finding in findings)
    return 1 if unusable or (strict and any(finding.is_error for finding in findings)) else 0
