"""`explain`: why a school's ratings are what they are."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import cycle_option, open_project, project_option

if TYPE_CHECKING:
    from pipeline.model.explanation import Explanation
    from pipeline.model.school import School


@click.command()
@click.argument("urn", metavar="URN")
@click.option("--area", type=int, metavar="N", help="Only this Area of Focus.")
@project_option
@cycle_option
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON instead of words.")
def explain(urn: str, area: int | None, project: Path, cycle: str | None, as_json: bool) -> int:
    """Say why a school's ratings are what they are, to rule and cell, and what would change them.

    Example: inclusion explain 900101 --area 5
    """
    workspace = open_project(project, cycle)
    if urn not in workspace.register:
        raise click.BadParameter(_unknown(urn, workspace.register), param_hint="URN")
    from pipeline.runner.explaining import explain_school  # noqa: PLC0415 - when needed, so that --help answers at once

    explanation, findings = explain_school(workspace, urn)
    console.show_findings(findings)
    if explanation is None:
        return 1
    _show(_only(explanation, area), as_json)
    return 0


def _only(explanation: "Explanation", area: int | None) -> "Explanation":
    """The area asked for, or all."""
    chosen = explanation if area is None else explanation.about(area)
    if chosen is None:
        known = ", ".join(str(rating.area) for rating in explanation.ratings if rating.area)
        raise click.BadParameter(f"the school has no Area {area}; choose one of {known}.", param_hint="--area")
    return chosen


def _show(explanation: "Explanation", as_json: bool) -> None:
    if as_json:
        from pipeline.writers.explanation import write_explanation  # noqa: PLC0415

        console.show_json(write_explanation(explanation))
    else:
        from pipeline.rules.telling import tell  # noqa: PLC0415

        console.show_lines(tell(explanation))


def _unknown(urn: str, register: Mapping[str, "School"]) -> str:
    near = get_close_matches(urn, register, n=3, cutoff=0.8)
    meant = f" Did you mean {' or '.join(f'{one} ({register[one].name})' for one in near)}?" if near else ""
    return f"no school of the register has the URN {urn}.{meant}"
