"""`verify`: what made a plan, and whether it has been edited."""

from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import open_project, project_option


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@project_option
def verify(file: Path, project: Path) -> int:
    """Say which return, rubric and template made a plan, and whether and where it has been edited since.

    Its text is never quoted: places and numbers of words are.

    Example: inclusion verify "returned/900101 Fennacre.docx"
    """
    workspace = open_project(project, None)
    from pipeline.rules.verifying import tell_verification  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.runner.verifying import verify_plan  # noqa: PLC0415

    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from None
    verification, findings = verify_plan(content, file.name, workspace)
    console.show_findings(findings)
    if verification is None:
        return 1
    console.show_lines(tell_verification(verification))
    return 0
