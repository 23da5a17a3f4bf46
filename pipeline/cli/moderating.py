"""`moderation`: which schools an adviser visits, and what the adviser made of them."""

from datetime import date
from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import cycle_option, exit_code, open_project, project_option, quiet_option


@click.group()
def moderation() -> None:
    """Choose schools for an adviser's visit, and take back what the adviser made of them.

    Example: inclusion moderation sample
    """


@moderation.command()
@project_option
@cycle_option
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed and records give the same sample.")
@click.option(
    "--stratified",
    type=click.IntRange(0),
    metavar="N",
    help="How many are drawn by lot.  [default: the settings' share]",
)
@click.option(
    "--risk",
    type=click.IntRange(0),
    metavar="N",
    help="How many are chosen for their answers.  [default: the settings']",
)
@quiet_option
def sample(project: Path, cycle: str | None, seed: int, stratified: int | None, risk: int | None, quiet: bool) -> int:
    """Pick schools for a visit: some by lot, some because their answers ask for it.

    Example: inclusion moderation sample --seed 7 --risk 12
    """
    workspace = open_project(project, cycle)
    from pipeline.readers.moderation_settings import load_moderation_settings  # noqa: PLC0415 - when needed, as below
    from pipeline.rules.moderation import Asked, count_stratified, say_sample  # noqa: PLC0415
    from pipeline.runner.moderating import draw_sample, list_rated  # noqa: PLC0415

    settings, findings = load_moderation_settings(project / "config", workspace.configuration.rubric)
    if settings is None:
        console.show_findings(findings)
        return 1
    rated = len(list_rated(workspace))
    by_lot = count_stratified(rated, settings.stratified) if stratified is None else stratified
    asked = Asked(by_lot, settings.risk if risk is None else risk, seed)
    with console.progress("Looking through records", 2 * rated, quiet=quiet) as advance:
        drawn, findings = draw_sample(workspace, settings, asked, advance, date.today())
    console.show_findings(findings)
    if drawn is None:
        return 1
    if not quiet:
        console.say(say_sample(drawn.stratified, drawn.risk, seed))
        console.say(f"Rated schools: {drawn.rated}, of which {drawn.at_risk} with something to look at.")
        if not settings.contradictions:
            console.say("No answers were compared with each other: config/moderation.yaml lists no contradictions.")
        console.say(f"The sheet and the visit forms are in {workspace.folders.moderation}.")
    return exit_code(findings, strict=True)


@moderation.command("import")
@project_option
@cycle_option
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@quiet_option
def take_back(project: Path, cycle: str | None, sheet: Path, quiet: bool) -> int:
    """Take back an adviser's levels and reasons; they stand beside the school's own.

    Rows that are in order are taken. The others are refused, each with its cell and what mends it, and the exit code is 1.

    Example: inclusion moderation import "sample (B. Hexcombe).xlsx"
    """
    workspace = open_project(project, cycle)
    from pipeline.runner.moderating import import_sheet  # noqa: PLC0415 - when needed

    imported, findings = import_sheet(workspace, sheet, date.today())
    console.show_findings(findings)
    if imported is None:
        console.say("Nothing was imported.")
        return 1
    if not quiet:
        for line in imported.sentences:
            console.say(line)
        if imported.has_changed:
            console.say("Next: inclusion run, which puts the advisers' levels into records, plans and overview.")
    return exit_code(findings, strict=True)
