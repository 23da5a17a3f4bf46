"""`rubric`: its care, its way through a workbook, and what changed between two versions."""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import project_option

if TYPE_CHECKING:
    from pipeline.model.draft import Draft


@click.group()
def rubric() -> None:
    """Look after the rubric: check it, edit it in Excel, compare versions.

    FOLDER is a folder that holds rubric.yaml and the areas' files, such as config/rubric.
    """


@rubric.command("check")
@click.argument("folder", required=False)
@click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw how the levels are decided, as an .svg file."
)
@project_option
def check_rubric(folder: str | None, picture: Path | None, project: Path) -> int:
    """Say what is wrong with a rubric, and what wants a look: levels nobody can reach, gates that contradict, stale dates.

    Example: inclusion rubric check config/rubric
    """
    from pipeline.runner.rubrics import check_rubric as check  # noqa: PLC0415 - when needed, so that --help answers at once

    draft, chosen, findings = check(project, folder, date.today())
    if draft and picture:
        from pipeline.runner.rubrics import picture_rubric  # noqa: PLC0415

        findings = (*findings, *picture_rubric(draft, picture))
    console.show_findings(findings)
    errors = sum(finding.is_error for finding in findings)
    if draft:
        size = f"{len(draft.rubric.areas)} areas, {len(draft.rubric.criteria)} criteria"
        console.say(f"{chosen.name} ({draft.rubric.edition}): {size}; {errors} errors, {len(findings) - errors} warnings.")
        if picture and picture.exists():
            console.say(f"How its levels are decided is drawn in {picture}.")
    else:
        console.say(f"{chosen.name} cannot be used: mend the above first.")
    return 1 if errors else 0


@rubric.command("export")
@click.argument("folder", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The workbook to write, an .xlsx.")
@project_option
def export_rubric(folder: str | None, out: Path, project: Path) -> int:
    """Write a rubric as an Excel workbook, to edit its wording and thresholds without YAML.

    Example: inclusion rubric export --out rubric.xlsx
    """
    from pipeline.runner.rubric_exchange import export_rubric as export  # noqa: PLC0415

    draft, findings = export(project, folder, out)
    console.show_findings(findings)
    if draft is None:
        console.say("Nothing was written: mend the above first.")
        return 1
    console.say(f"{draft.rubric.edition} is in {out}: {len(draft.areas)} areas, {_count(draft)} criteria.")
    console.say(f'When it is edited: inclusion rubric import "{out}" --out FOLDER')
    return 0


@rubric.command("import")
@click.argument("workbook", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The rubric's folder.")
def import_rubric(workbook: Path, out: Path) -> int:
    """Read an edited workbook and write its rubric to a folder, comments that are there kept.

    Nothing is written while anything in the workbook cannot be used.

    Example: inclusion rubric import rubric.xlsx --out config/rubric
    """
    from pipeline.runner.rubric_exchange import import_rubric as take_in  # noqa: PLC0415

    draft, changed, findings = take_in(workbook, out)
    console.show_findings(findings)
    if draft is None:
        written = f"Only {', '.join(path.name for path in changed)} could be written" if changed else "Nothing was written"
        console.say(f"{written}: mend the above first.")
        return 1
    files = f"changed: {', '.join(path.name for path in changed)}" if changed else "no file changed"
    console.say(f"{draft.rubric.edition} is in {out}, {len(draft.areas)} areas, {_count(draft)} criteria; {files}.")
    console.say(f'Next: inclusion rubric check "{out}"')
    return 0


@rubric.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--strict", is_flag=True, help="Leave with exit code 1 if the version has not moved as it must.")
@project_option
def diff_rubrics(old: str, new: str, strict: bool, project: Path) -> int:
    """Say what changed between two rubrics, and whether N or X of the version N-X must move.

    N marks a change after which ratings stop being comparable, X one of wording.

    Example: inclusion rubric diff config/rubric config/rubric-draft
    """
    from pipeline.rules.rubric_diff import compare_rubrics  # noqa: PLC0415
    from pipeline.runner.rubrics import open_rubric  # noqa: PLC0415

    (before, _, old_findings), (after, _, new_findings) = open_rubric(project, old), open_rubric(project, new)
    console.show_findings([*old_findings, *new_findings])
    if before.draft is None or after.draft is None:
        console.say("Nothing was compared: mend the above first.")
        return 1
    comparison = compare_rubrics(before.draft, after.draft)
    for part, told in groupby(comparison.differences, key=lambda one: one.part):
        console.say(part)
        for one in told:
            console.say(f"  {one.moves.value}  {one.sentence}")
    console.say(comparison.verdict)
    return 1 if strict and not comparison.is_enough else 0


def _count(draft: "Draft") -> int:
    return sum(len(area.criteria) for area in draft.areas)
