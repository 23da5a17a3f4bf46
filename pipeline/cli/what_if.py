"""`what-if`: who would change under a draft rubric."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import cycle_option, exit_code, open_project, project_option, quiet_option


@click.command("what-if")
@project_option
@cycle_option
@click.argument("rubric", metavar="RUBRIC_DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the table and the paper go.  [default: a folder of the draft's own in what-if]",
)
@quiet_option
def what_if(project: Path, cycle: str | None, rubric: Path, out: Path | None, quiet: bool) -> int:
    """Say who would change under a draft rubric, from what to what and by which rule.

    The cycle's stored returns are rated again; its outputs stay as they are. The answer is an Excel table for the officer and a
    one-page Word paper that names no school.

    Example: inclusion what-if config/rubric-six
    """
    folder = rubric if rubric.is_dir() else project / rubric
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {rubric}.", param_hint="RUBRIC_DIR")
    if out and out.resolve().is_relative_to((project / "outputs").resolve()):
        raise click.BadParameter("outputs stays as it is; choose another folder.", param_hint="--out")
    workspace = open_project(project, cycle)
    from pipeline.rules.what_if_tally import list_assumptions, summarise_change, tabulate  # noqa: PLC0415 - as in `run`
    from pipeline.runner.what_if import ask  # noqa: PLC0415

    shown = partial(console.progress, quiet=quiet)
    answer, findings = ask(workspace, folder, rubric.as_posix(), out, shown, date.today())
    console.show_findings(findings)
    if answer is None:
        console.say("Nothing was written: mend the above first.")
        return 1
    if not quiet:
        console.say(summarise_change(answer.what_if))
        for headings, rows in tabulate(answer.what_if, answer.draft):
            console.show_table(headings, rows)
        console.say("\n" + "\n".join(list_assumptions(answer.what_if)))
    console.say(f"what-if.xlsx names every school that changes, and what-if.docx is for the board: {answer.folder}.")
    return exit_code(findings, strict=False)
