"""`template`: the names an author may use, what is wrong with a template, how it looks when filled, and the house style."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import cycle_option, open_project, project_option, quiet_option
from pipeline.cli.restyling import restyle

if TYPE_CHECKING:
    from pipeline.runner.workspace import Workspace


@click.group()
def template() -> None:
    """The Word templates: the house style, names to use, faults, and a preview."""


template.add_command(restyle)


@template.command()
@click.argument("name", required=False, metavar="[TEMPLATE]")
@click.option("--markdown", is_flag=True, help="Print the page docs/template-names.md instead.")
def names(name: str | None, markdown: bool) -> int:
    """Print every name that a template may use, with its meaning and an example.

    Example: inclusion template names action_plan
    """
    from pipeline.model.contract import CONTRACTS  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.rules.naming import describe_names, write_names_page  # noqa: PLC0415

    wanted = Path(name or "").name.removesuffix(".docx")
    chosen = [contract for contract in CONTRACTS if not wanted or contract.file == f"{wanted}.docx"]
    if not chosen:
        known = ", ".join(contract.file for contract in CONTRACTS)
        raise click.BadParameter(f"there is no template called {name}; there are: {known}.", param_hint="TEMPLATE")
    console.say(write_names_page(chosen).rstrip() if markdown else "\n\n".join(map(describe_names, chosen)))
    return 0


@template.command()
@project_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE ...]")
@quiet_option
def check(project: Path, files: tuple[Path, ...], quiet: bool) -> int:
    """Say everything that is wrong with templates, and mark it in a copy.

    Without a FILE, all templates of the project are checked. The copies, with a Word comment at each fault, are written to
    outputs/templates. Errors stop `inclusion run`; warnings do not.

    Example: inclusion template check "templates/action_plan.docx"
    """
    from pipeline.model.contract import CONTRACTS  # noqa: PLC0415
    from pipeline.rules.template_report import sum_up_faults  # noqa: PLC0415
    from pipeline.runner.template_check import check_file  # noqa: PLC0415

    extracts = sorted((project / "templates" / "extracts").glob("[!~]*.docx"))
    chosen = files or [*(project / "templates" / contract.file for contract in CONTRACTS), *extracts]
    found_errors = False
    for path in chosen:
        name = path.relative_to(project).as_posix() if path.is_relative_to(project) else path.name
        checked = check_file(project, path, name)
        found_errors |= any(finding.is_error for finding in checked.findings)
        console.list_findings([one for one in checked.findings if one.is_error or not quiet])
        if not quiet:
            console.say(sum_up_faults(name, checked.findings))
        if checked.marked:
            console.say(f"A copy with a comment at each of them: {checked.marked}")
    return 1 if found_errors else 0


@template.command()
@project_option
@cycle_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where the documents go.  [default: outputs/preview]"
)
def preview(project: Path, cycle: str | None, file: Path, out: Path | None) -> int:
    """Fill a template for awkward invented schools or counties, and say what it would change for the documents of the last run.

    Nothing else is touched: the template in use stays in use until FILE is put in its place.

    Example: inclusion template preview "drafts/action_plan.docx"
    """
    workspace = open_project(project, cycle)
    from pipeline.demo.awkward import invent_awkward  # noqa: PLC0415
    from pipeline.demo.awkward_county import invent_papers  # noqa: PLC0415
    from pipeline.model.contract import TOOLKIT  # noqa: PLC0415
    from pipeline.rules.template_report import describe_changes  # noqa: PLC0415
    from pipeline.runner import template_preview as trial  # noqa: PLC0415
    from pipeline.runner.template_check import check_template, recognise  # noqa: PLC0415

    content, folder, today = file.read_bytes(), out or project / "outputs" / "preview", date.today()
    contract = recognise(file, content)
    errors = [one.finding for one in check_template(content, file.name, contract, errors_only=True) if one.finding.is_error]
    if errors:
        console.list_findings(errors)
        console.say("Nothing was filled: mend the above first. `inclusion template check` marks them in a copy.")
        return 1
    if contract.file == TOOLKIT.file:
        return _preview_toolkit(workspace, content, folder, today)
    about = (contract, workspace.configuration, workspace.cycle, today)
    cases = [*((one.title, one.context) for one in invent_awkward(*about)), *invent_papers(*about)]
    written, findings = trial.fill_for(contract, content, cases, folder, today)
    console.list_findings(findings)
    console.say(f"{len(written)} invented documents are in {folder}.")
    batch = trial.last_batch(workspace)
    if trial.is_in_use(contract, content, workspace):
        console.say(f"It is the same file as templates/{contract.file}, so there is nothing to compare.")
    elif not batch:
        console.say("No cycle has been run yet, so there is nothing to compare it with.")
    else:
        compared = list(trial.compare(contract, content, workspace, batch))
        told = [(one.school, tuple((change.what, change.words, change.where) for change in one.changes)) for one in compared]
        label = workspace.configuration.cycle(batch).label
        console.say(f"Compared with templates/{contract.file} over {len(told)} document{'s' * (len(told) != 1)} of {label}:")
        for line in describe_changes(told):
            console.say(line)
    return 1 if findings else 0


def _preview_toolkit(workspace: "Workspace", content: bytes, folder: Path, today: date) -> int:
    """There is one toolkit document, so it is filled as it will be."""
    from pipeline.model.contract import TOOLKIT  # noqa: PLC0415
    from pipeline.runner.template_preview import fill_for  # noqa: PLC0415
    from pipeline.runner.toolkit import gather_toolkit  # noqa: PLC0415

    toolkit, mistakes = gather_toolkit(workspace, today)
    written, findings = fill_for(TOOLKIT, content, [("of this project", toolkit)] if toolkit else [], folder, today)
    console.list_findings([*mistakes, *findings])
    console.say(
        f"The toolkit document with this template is {written[0]}." if written else "Nothing was filled: mend the above first."
    )
    return 0 if written else 1
