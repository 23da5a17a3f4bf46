"""`workbooks` and `demo`: what is sent out, and an invented county to try it on."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import cycle_option, exit_code, open_project, project_option, quiet_option

if TYPE_CHECKING:
    from pipeline.model.project import Configuration


@click.command()
@project_option
@cycle_option
@click.option("--school", "urns", multiple=True, metavar="URN", help="Only this school; may be given again.")
@quiet_option
def workbooks(project: Path, cycle: str | None, urns: tuple[str, ...], quiet: bool) -> int:
    """Write one workbook for each school of the register.

    A school that has a record of an earlier cycle gets its last answers and evidence in it, each to be confirmed or changed.

    Example: inclusion workbooks --school 900101
    """
    workspace = open_project(project, cycle)
    unknown = [urn for urn in urns if urn not in workspace.register]
    if unknown:
        raise click.BadParameter(f"no school of the register has the URN {unknown[0]}.", param_hint="--school")
    from pipeline.rules.adopting import tell_next  # noqa: PLC0415
    from pipeline.runner.sending import write_workbooks  # noqa: PLC0415

    chosen = list(dict.fromkeys(urns)) or list(workspace.register)
    with console.progress("Writing workbooks", len(chosen), quiet=quiet) as advance:
        written, prefilled, findings = write_workbooks(workspace, chosen, date.today(), advance)
    console.show_findings(findings)
    if not quiet:
        console.say(f"{written} workbooks are in {workspace.folders.workbooks}; {prefilled} hold the school's last answers.")
        console.say_next(tell_next(len(workspace.register), len(workspace.register), workspace.cycle))
    return exit_code(findings, strict=False)


@click.command()
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project whose configuration and templates are used.  [default: this folder's, or else the toolkit's own]",
)
@click.option("--schools", type=click.IntRange(1, 6000), default=60, show_default=True, help="How many schools the county has.")
@click.option("--examples", is_flag=True, help="The three completed examples instead; --schools and --seed do nothing.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same county.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="An empty or new folder for the county."
)
@click.option("--cycles", type=click.IntRange(1, 6), default=1, show_default=True, help="How many terms have returns.")
def demo(project: Path | None, schools: int, examples: bool, seed: int, out: Path, cycles: int) -> int:
    """Lay out an invented county as a project of its own, with returns to read.

    From the second term on, returns are workbooks that were sent out with the schools' last answers in them.

    With --examples, the schools are those of config/examples: written with care, as models of good evidence.

    Example: inclusion demo --schools 60 --out demo
    """
    from pipeline.demo.county import lay_out  # noqa: PLC0415 - when needed, so that --help answers at once
    from pipeline.readers.config import load_configuration  # noqa: PLC0415
    from pipeline.readers.starter import find_starter  # noqa: PLC0415
    from pipeline.runner.documents import not_written  # noqa: PLC0415

    if (out / "config").exists() and not (out / "config" / ".demo").exists():
        raise click.BadParameter(
            f"{out} already holds a project that is not a demo; choose another folder.", param_hint="--out"
        )
    source = project or (Path() if Path("config", "settings.yaml").exists() else find_starter())
    configuration, findings = load_configuration(source / "config")
    if configuration is None:
        console.show_findings(findings)
        console.say("Nothing was done: mend the above first.")
        return 1
    if examples:
        return _lay_out_examples(configuration, source, out)
    try:
        registered, returned = lay_out(configuration, source, out, schools, seed, cycles)
        (out / "config" / ".demo").touch()
    except OSError as error:
        console.show_findings([not_written(Path(error.filename or out), error)])
        return 1
    console.say(f"An invented county of {registered} schools with {returned} returns is in {out}.")
    listed = configuration.settings.cycle
    if cycles > 1:
        console.say(f'First: inclusion run --project "{out}" --cycle {listed}, and so on, cycle by cycle.')
    console.say(f'Next: inclusion run --project "{out}"')
    return 0


def _lay_out_examples(configuration: "Configuration", project: Path, out: Path) -> int:
    from pipeline.demo.examples import lay_out_examples  # noqa: PLC0415
    from pipeline.readers.example import load_examples  # noqa: PLC0415
    from pipeline.runner.documents import not_written  # noqa: PLC0415

    asked = configuration.rubric, configuration.outcomes, configuration.checklist_for(configuration.settings.cycle)
    examples, findings = load_examples(project / "config", *asked)
    if examples is None:
        console.show_findings(findings)
        console.say("Nothing was done: mend the above first.")
        return 1
    if not examples:
        raise click.BadParameter(f"{project / 'config' / 'examples'} holds no examples.", param_hint="--examples")
    try:
        count = lay_out_examples(configuration, project, out, examples)
        (out / "config" / ".demo").touch()
    except OSError as error:
        console.show_findings([not_written(Path(error.filename or out), error)])
        return 1
    console.say(f"{count} completed examples, each with its return, are in {out}.")
    console.say(f'Next: inclusion run --project "{out}"')
    return 0
