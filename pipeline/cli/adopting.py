"""`init`: a new local authority's project."""

from pathlib import Path

import click

from pipeline import console


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="The authority's name, as it stands on workbooks and plans.")
@click.option("--team", help="The team that schools write to.")
@click.option("--email", help="That team's e-mail address.")
def init(folder: Path, name: str | None, team: str | None, email: str | None) -> int:
    """Lay out a new local authority's project in an empty folder: settings, rubric, templates, and a page on what to do first.

    Example: inclusion init "Inclusion 2026-27" --name "Wendershire County Council"
    """
    from pipeline.rules.sentence import join_words  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.runner.adopting import README, begin_project, is_empty  # noqa: PLC0415

    if not is_empty(folder):
        raise click.BadParameter(f"{folder} is not empty; choose a new folder or an empty one.", param_hint="DIR")
    told = {"name": name, "team": team, "email": email}
    settings, findings = begin_project(folder, {key: value for key, value in told.items() if value})
    console.show_findings(findings)
    if settings is None:
        return 1
    console.say(f"A project for {settings.authority.name} is in {folder}.")
    if missing := [key for key, value in told.items() if not value]:
        console.say(f"Write the authority's {join_words(missing)} in {folder / 'config' / 'settings.yaml'}.")
    console.say(f"Next: read {folder / README}, and put your schools into {folder / 'config' / 'schools.csv'}.")
    return 0
