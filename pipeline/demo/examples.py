"""The completed examples laid out as a project of their own: three schools in the register, and their returns."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.demo.completing import complete, find_places
from pipeline.demo.county import REGISTER
from pipeline.demo.establishment import Establishment
from pipeline.demo.register import render_register
from pipeline.model.example import Example, ExampleSchool
from pipeline.model.project import Configuration
from pipeline.rules.completed import register_school, submit
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.contents import compose_pages
from pipeline.writers.project import copy_project
from pipeline.writers.whole_file import write_whole


def lay_out_examples(configuration: Configuration, project: Path, out: Path, examples: Mapping[str, Example]) -> int:
    """Writes the examples into `out`: configuration and templates of `project`, a register of these schools alone, and the
    workbook that each completed for the current cycle. Gives how many there are. Raises: OSError."""
    copy_project(project, out)
    cycle = configuration.settings.cycle
    blanks = Blanks(configuration, cycle)
    write_whole(out / "config" / REGISTER, render_register([establish(one.register) for one in examples.values()]))
    for example in examples.values():
        school = establish(example.register).school
        submission = submit(example.first, school, configuration, cycle)
        asked = configuration.outcomes, configuration.checklist_for(cycle), configuration.rubric
        entries = complete(find_places(compose_pages(school, configuration, cycle)), submission, *asked)
        write_whole(out / "inputs" / cycle / "returns" / submission.file, fill_in(blanks.of(school), school, entries))
    return len(examples)


def establish(row: ExampleSchool) -> Establishment:
    """The school as the register has it."""
    return Establishment(
        school=register_school(row),
        spoken=row.spoken,
        ages=row.ages,
        gias_phase=row.gias_phase,
        gender=row.gender,
        religion=row.religion,
        capacity=row.capacity,
        with_plan=row.with_plan,
        sen_support=row.sen_support,
    )
