"""`toolkit`: the document that introduces everything, from the rubric and what stands beside it."""

from datetime import date
from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import cycle_option, exit_code, open_project, project_option, quiet_option


@click.command()
@project_option
@cycle_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.docx",
    help="Where the document goes.  [default: toolkit.docx in the cycle's outputs]",
)
@quiet_option
def toolkit(project: Path, cycle: str | None, out: Path | None, quiet: bool) -> int:
    """Write the toolkit document: what inclusive practice means here, every criterion with its levels, resources, examples.

    It is filled from the rubric, the guidance, the Ofsted checklist in force, the resource library and the completed examples,
    so it says what the workbooks and plans say. Its look and its other words are those of templates/toolkit.docx.

    Example: inclusion toolkit --out "Inclusive Practice Toolkit.docx"
    """
    if out and out.suffix.lower() != ".docx":
        raise click.BadParameter("it is a Word document: end the name in .docx.", param_hint="--out")
    workspace = open_project(project, cycle)
    from pipeline.rules.toolkit import tell_toolkit  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.runner.toolkit import write_toolkit  # noqa: PLC0415

    made, path, findings = write_toolkit(workspace, out, date.today())
    console.show_findings(findings)
    if made is None:
        console.say("Nothing was written: mend the above first.")
        return 1
    if not quiet:
        console.say(tell_toolkit(made, f"{path}"))
    return exit_code(findings, strict=False)
