"""`rubric`: its care, its way through a workbook, and what changed between two versions."""

from datetime import date
from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import project_option


@click.group()
def rubric() -> None:
    """Look after the rubric: check it, edit it in Excel, compare versions.

    FOLDER is a folder that holds rubric.yaml and the areas' files, such as config/rubric.
    """


@rubric.command("check")
@click.argument("folder", required=False)
@project_option
def check_rubric(folder: str | None, project: Path) -> int:
    """Say what is wrong with a rubric, and what wants a look: levels nobody can reach, gates that contradict, stale dates.

    Example: inclusion rubric check config/rubric
    """
    from pipeline.runner.rubrics import check_rubric as check  # noqa: PLC0415 - when needed, so that --help answers at once

    draft, chosen, findings = check(project, folder, date.today())
    console.show_findings(findings)
    errors = sum(finding.is_error for finding in findings)
    if draft:
        size = f"{len(draft.rubric.areas)} areas, {len(draft.rubric.criteria)} criteria"
        console.say(f"{chosen.name} ({draft.rubric.edition}): {size}; {errors} errors, {len(findings) - errors} warnings.")
    else:
        console.say(f"{chosen.name} cannot be used: mend the above first.")
    return 1 if errors else 0
