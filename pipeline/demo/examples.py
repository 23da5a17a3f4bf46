"""The completed examples laid out as a project of their own: three schools in the register, their returns of two terms, and
their plans as they came back between."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.demo.again import Typed, remember
from pipeline.demo.establishment import Establishment
from pipeline.demo.plan_editing import edit_plan
from pipeline.demo.terms import at_term
from pipeline.demo.workbooks import CompletedWorkbooks, lay_out_project
from pipeline.model import form
from pipeline.model.example import Example, ExampleSchool
from pipeline.model.plan_words import PlanWords
from pipeline.model.prefill import Said
from pipeline.model.project import Configuration
from pipeline.model.submission import Submission
from pipeline.rules.completed import register_school, submit
from pipeline.writers.whole_file import write_whole


class ExampleSchools:
    """The schools of the completed examples, and what they send in two cycles."""

    def __init__(self, configuration: Configuration, out: Path, examples: Mapping[str, Example]) -> None:
        self._configuration, self._out, self._examples = configuration, out, examples
        self.schools = tuple(establish(one.register) for one in examples.values())
        self._said: dict[str, tuple[Said, ...]] = {}

    def lay_out(self, project: Path) -> None:
        """Configuration and templates of `project`, and a register of these schools alone. Raises: OSError."""
        lay_out_project(project, self._out, self.schools)

    def send(self, key: str) -> int:
        """The workbook that each school completed for a cycle: the first, and then the one with its answers in it. Gives how
        many they are. Raises: OSError."""
        configuration = at_term(self._configuration, key)
        workbooks = CompletedWorkbooks(configuration)
        for example, establishment in zip(self._examples.values(), self.schools, strict=True):
            school = establishment.school
            prefill = workbooks.prefill(school, self._said.get(school.urn, ()))
            again = example.still_true if prefill else ()
            told = submit(example.second if prefill else example.first, school, configuration, key)
            submission = _without_typing(told, again)
            content = workbooks.complete(school, prefill, submission, tuple(_confirm(again)))
            write_whole(self._out / "inputs" / key / "returns" / submission.file, content)
            self._said[school.urn] = (remember(submission, key, configuration.rubric.edition),)
        return len(self._examples)

    def give_back(self, before: str, key: str, words: PlanWords) -> int:
        """The plans of the first cycle as the examples have them edited. Gives how many they are. Raises: OSError."""
        for example, establishment in zip(self._examples.values(), self.schools, strict=True):
            name = f"{establishment.school.file_stem}.docx"
            content = (self._out / "outputs" / before / "plans" / name).read_bytes()
            write_whole(self._out / "inputs" / key / "plans" / name, edit_plan(content, example.edits, words))
        return len(self._examples)


def _without_typing(submission: Submission, confirmed: tuple[str, ...]) -> Submission:
    responses = (replace(one, typed="") if one.criterion in confirmed else one for one in submission.responses)
    return replace(submission, responses=tuple(responses))


def _confirm(criteria: tuple[str, ...]) -> Iterator[Typed]:
    return (((criterion, form.STILL_TRUE), form.YES) for criterion in criteria)


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
