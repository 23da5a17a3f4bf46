"""`workbooks` and `demo`: what is sent out, and an invented county to try it on."""

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
    from pipeline.runner.sending import write_workbooks  # noqa: PLC0415

    chosen = list(dict.fromkeys(urns)) or list(workspace.register)
    with console.progress("Writing workbooks", len(chosen), quiet=quiet) as advance:
        written, prefilled, findings = write_workbooks(workspace, chosen, date.today(), advance)
    console.show_findings(findings)
    if not quiet:
        console.say(f"{written} workbooks are in {workspace.folders.workbooks}; {prefilled} hold the school's last answers.")
    return exit_code(findings, strict=False)


@click.command()
@project_option
@click.option("--schools", type=click.IntRange(1, 6000), default=60, show_default=True, help="How many schools the county has.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same county.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="An empty or new folder for the county."
)
@click.option("--cycles", type=click.IntRange(1, 6), default=1, show_default=True, help="How many terms have returns.")
def demo(project: Path, schools: int, seed: int, out: Path, cycles: int) -> int:
    """Lay out an invented county as a project of its own, with returns to read.

    From the second term on, returns are workbooks that were sent out with the schools' last answers in them.

    Example: inclusion demo --schools 60 --out demo
    """
    workspace = open_project(project, None)
    if (out / "config").exists() and not (out / "config" / ".demo").exists():
        raise click.BadParameter(
            f"{out} already holds a project that is not a demo; choose another folder.", param_hint="--out"
        )
    from pipeline.demo.county import lay_out  # noqa: PLC0415

    registered, returned = lay_out(workspace.configuration, project, out, schools, seed, cycles)
    (out / "config" / ".demo").touch()
    console.say(f"An invented county of {registered} schools with {returned} returns is in {out}.")
    listed = workspace.configuration.settings.cycle
    if cycles > 1:
        console.say(f'First: inclusion run --project "{out}" --cycle {listed}, and so on, cycle by cycle.')
    console.say(f'Next: inclusion run --project "{out}"')
    return 0
