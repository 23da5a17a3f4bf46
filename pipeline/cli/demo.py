"""`demo`: an invented county, or the completed examples, to try everything on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import console
from pipeline.cli.options import open_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.demo.county import County
    from pipeline.demo.examples import ExampleSchools
    from pipeline.model.project import Configuration

_TERMS_OF_EXAMPLES = 2


@click.command()
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project whose configuration and templates are used.  [default: this folder's, or else the toolkit's own]",
)
@click.option("--schools", type=click.IntRange(1, 6000), default=60, show_default=True, help="How many schools the county has.")
@click.option("--examples", is_flag=True, help="The three completed examples instead, in two terms.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same county.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="An empty or new folder for the county."
)
@click.option("--cycle", "first", metavar="CYCLE", help="The first term.  [default: the settings' own cycle]")
@click.option("--cycles", type=click.IntRange(1, 6), help="How many terms have returns.  [default: 1; 2 with --examples]")
@click.option("--plans/--no-plans", default=True, show_default=True, help="Whether plans come back from one term to the next.")
def demo(
    project: Path | None,
    schools: int,
    examples: bool,
    seed: int,
    out: Path,
    first: str | None,
    cycles: int | None,
    plans: bool,
) -> int:
    """Lay out an invented county as a project of its own, with returns to read.

    With more than one term, the first are run, so that their plans can come back edited, as schools edit them; and the next
    returns are workbooks that were sent out with the schools' last answers in them. What is left to do is the last run.

    With --examples, the schools are those of config/examples: written with care, as models of good evidence.

    Example: inclusion demo --schools 60 --cycles 2 --out demo
    """
    from pipeline.demo.terms import choose_terms  # noqa: PLC0415 - when needed, so that --help answers at once
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
    begin, terms = _choose_first(configuration, first), cycles or (_TERMS_OF_EXAMPLES if examples else 1)
    due = configuration.cycle(begin).review_on if examples else None
    opened, keys = choose_terms(configuration, begin, terms, due)
    cast = _examples(opened, source, out, terms) if examples else _county(opened, out, schools, seed)
    try:
        returned, back = _play(cast, configuration, opened, source, out, keys, plans=plans)
    except OSError as error:
        console.show_findings([not_written(Path(error.filename or out), error)])
        return 1
    count, came = len(cast.schools), f" and {back} plans that came back" if back else ""
    county = "An invented county of one school is" if count == 1 else f"An invented county of {count} schools is"
    console.say(f"{f'{count} completed examples are' if examples else county} in {out}, with {returned} returns{came}.")
    console.say(f'Next: inclusion run --project "{out}"')
    return 0


def _choose_first(configuration: "Configuration", first: str | None) -> str:
    known = configuration.settings.cycles
    if first and first not in known:
        raise click.BadParameter(f"{first} is not a cycle of the settings: {', '.join(known)}.", param_hint="--cycle")
    return first or configuration.settings.cycle


def _county(configuration: "Configuration", out: Path, schools: int, seed: int) -> "County":
    from pipeline.demo.county import County  # noqa: PLC0415

    return County(configuration, out, schools, seed)


def _examples(configuration: "Configuration", project: Path, out: Path, count: int) -> "ExampleSchools":
    from pipeline.demo.examples import ExampleSchools  # noqa: PLC0415
    from pipeline.readers.example import load_examples  # noqa: PLC0415

    if count > _TERMS_OF_EXAMPLES:
        raise click.BadParameter("the completed examples go through two terms.", param_hint="--cycles")
    asked = configuration.rubric, configuration.outcomes, configuration.checklist_for(configuration.settings.cycle)
    examples, findings = load_examples(project / "config", *asked)
    if examples is None:
        console.show_findings(findings)
        console.say("Nothing was done: mend the above first.")
        raise click.exceptions.Exit(1)
    if not examples:
        raise click.BadParameter(f"{project / 'config' / 'examples'} holds no examples.", param_hint="--examples")
    return ExampleSchools(configuration, out, examples)


def _play(
    cast: "County | ExampleSchools",
    known: "Configuration",
    opened: "Configuration",
    project: Path,
    out: Path,
    keys: "Sequence[str]",
    *,
    plans: bool,
) -> tuple[int, int]:
    """Goes through the terms: how many returns were sent, and how many plans came back. Raises: OSError."""
    from pipeline.demo.terms import write_terms  # noqa: PLC0415

    cast.lay_out(project)
    write_terms(out / "config" / "settings.yaml", known.settings, opened.settings)
    (out / "config" / ".demo").touch()
    returned = back = 0
    for before, key in zip(("", *keys), keys, strict=False):
        if before and plans:
            back += _bring_back(cast, opened, out, before, key)
        returned += cast.send(key)
    return returned, back


def _bring_back(cast: "County | ExampleSchools", opened: "Configuration", out: Path, before: str, key: str) -> int:
    """Runs a term as on the day on which an officer would, and has its plans sent back."""
    from pipeline.demo.terms import day_of_run  # noqa: PLC0415
    from pipeline.readers.plan_words import load_plan_words  # noqa: PLC0415
    from pipeline.runner.cycle import run_cycle  # noqa: PLC0415
    from pipeline.runner.isolation import hire_processes  # noqa: PLC0415

    workspace = open_project(out, before, with_plans=True)
    words, findings = load_plan_words(out / "config" / "plan_words.yaml", "config/plan_words.yaml")
    if words is None:
        console.show_findings(findings)
        raise click.exceptions.Exit(1)
    run_cycle(
        workspace, partial(hire_processes, jobs=None), partial(console.progress, quiet=False), day_of_run(opened.cycle(before))
    )
    return cast.give_back(before, key, words)
