"""`workbooks`: what is sent out."""

from datetime import date
from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import cycle_option, exit_code, open_project, project_option, quiet_option


@click.command()
@project_option
@cycle_option
@click.option("--school", "urns", multiple=True, metavar="URN", help="Only this school; may be given again.")
@quiet_option
def workbooks(project: Path, cycle: str | None, urns: tuple[str, ...], quiet: bool) -> int:
    """Write one workbook for each school of the register.

    A school that has a record of an earlier cycle gets its last answers and evidence in it, each to be confirmed or changed.

    Example: inclusion workbooks --school 900101
    """
    workspace = open_project(project, cycle)
    unknown = [urn for urn in urns if urn not in workspace.register]
    if unknown:
        raise click.BadParameter(f"no school of the register has the URN {unknown[0]}.", param_hint="--school")
    from pipeline.rules.adopting import tell_next, tell_unnamed  # noqa: PLC0415
    from pipeline.runner.sending import write_workbooks  # noqa: PLC0415

    chosen = list(dict.fromkeys(urns)) or list(workspace.register)
    with console.progress("Writing workbooks", len(chosen), quiet=quiet) as advance:
        written, prefilled, findings = write_workbooks(workspace, chosen, date.today(), advance)
    console.show_findings(findings)
    if not quiet:
        is_first = not workspace.configuration.cycle_before(workspace.cycle)
        last = "" if is_first else f"; {prefilled} hold the school's last answers"
        made = "1 workbook is" if written == 1 else f"{written} workbooks are"
        console.say(f"{made} in {workspace.folders.workbooks}{last}.")
        console.say_next(tell_unnamed(workspace.configuration.settings.authority))
        console.say_next(tell_next(len(workspace.register), len(workspace.register), workspace.cycle))
    return exit_code(findings, strict=False)
