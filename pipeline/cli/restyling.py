"""`template restyle`: the house style for every template."""

from pathlib import Path

import click

from pipeline import console
from pipeline.cli.options import exit_code, project_option


@click.command()
@project_option
@click.option(
    "--style",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A house style file.  [default: config/house_style.yaml]",
)
def restyle(project: Path, style: Path | None) -> int:
    """Give every template the council's colours, fonts and logo; its wording stays.

    Example: inclusion template restyle --style config/house_styles/tillermouth.yaml
    """
    from pipeline.runner.restyling import restyle_templates  # noqa: PLC0415 - when needed, so that --help answers at once

    changed, findings = restyle_templates(project, style or project / "config" / "house_style.yaml")
    console.show_findings(findings)
    if not any(finding.is_error for finding in findings):
        console.say(f"Restyled: {', '.join(changed)}." if changed else "Every template is in this style already.")
    return exit_code(findings, strict=True)
