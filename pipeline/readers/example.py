"""The folder `config/examples/`: three schools completed from start to finish, one a file. A project may do without it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.model.example import Example, ExampleAnswer
from pipeline.model.finding import Finding, find
from pipeline.model.form import READINESS
from pipeline.model.level import Answer
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.settings import Checklist, Outcomes
from pipeline.readers.yaml_file import Loc, YamlFile

FOLDER = "examples"


def load_examples(
    folder: Path, rubric: Rubric, outcomes: Outcomes, checklist: Checklist
) -> tuple[Mapping[str, Example] | None, tuple[Finding, ...]]:
    """The examples of the configuration `folder`: the file's name without suffix → the example, in the order of their URNs.

    None where any of them has a mistake; nothing where there are no such files.
    Findings: CF101, CF102 (a file), CF103 (a value), CF104 (what the rubric or another list doesn't know, asks for or allow).
    """
    examples: dict[str, Example] = {}
    findings: list[Finding] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        file = YamlFile(path, f"config/{FOLDER}/{path.name}")
        example, found = file.load(Example)
        findings.extend(found)
        if example:
            findings.extend(_Checker(file, example, rubric).check(outcomes, checklist))
            if any(other.register.urn == example.register.urn for other in examples.values()):
                remedy = "Give each example a URN of its own."
                findings.append(find("CF104", file.place("register", "urn"), example.register.urn, remedy=remedy))
            examples[path.stem] = example
    in_order = dict(sorted(examples.items(), key=lambda pair: pair[1].register.urn))
    return (None if findings else in_order), tuple(findings)


class _Checker:
    """Sets one example beside what its school is asked."""

    def __init__(self, file: YamlFile, example: Example, rubric: Rubric) -> None:
        self._file = file
        self._example = example
        self._asked = {criterion.id: criterion for criterion in rubric.criteria_for(example.register.phase)}
        self._areas = {area.number for area in rubric.areas}

    def check(self, outcomes: Outcomes, checklist: Checklist) -> Iterator[Finding]:
        """Findings: CF104."""
        example = self._example
        measures = {measure.id for measure in outcomes.measures}
        prompts = {prompt.id for area in checklist.areas for prompt in area.prompts}
        for criterion in self._asked:
            if criterion not in example.answers:
                yield self._find(criterion, ("answers",), f"Add an answer to {criterion}: the school is asked it.")
        for where, term in (((), example), (("next_term",), example.next_term)):
            yield from self._check_answers(term.answers, where)
            yield from self._check_names(term.views, self._areas, (*where, "views"), "Name areas of the rubric only.")
            yield from self._check_names(term.outcomes, measures, (*where, "outcomes"), "Name measures of outcomes.yaml only.")
            yield from self._check_names(term.checklist, prompts, (*where, "checklist"), "Name prompts of the checklist only.")
            for prompt, note in term.checklist.items():
                if note.ready not in READINESS:
                    remedy = f"Write for “ready” one of: {', '.join(READINESS)}."
                    yield self._find(prompt, (*where, "checklist", prompt, "ready"), remedy)
        yield from self._check_names(
            example.worth_copying, set(self._asked), ("worth_copying",), "Name criteria that the school is asked."
        )
        for position, row in enumerate(example.edits.added):
            if row.area not in self._areas:
                yield self._find(f"{row.area}", ("edits", "added", position, "area"), "Name areas of the rubric only.")
        for ref in example.edits.refs:
            if ref.rpartition("-")[0] not in self._asked:
                yield self._find(ref, ("edits", "actions", ref), "Name rows of the school's own plan only.")

    def _check_answers(self, answers: Mapping[str, ExampleAnswer], where: Loc) -> Iterator[Finding]:
        for key, given in answers.items():
            loc = (*where, "answers", key)
            if key not in self._asked:
                yield self._find(key, loc, f"Remove {key}: the school is not asked it.")
            elif given.answer is Answer.NOT_APPLICABLE:
                yield from self._check_not_applicable(given, self._asked[key], loc)

    def _check_not_applicable(self, given: ExampleAnswer, criterion: Criterion, loc: Loc) -> Iterator[Finding]:
        if not criterion.allows_not_applicable:
            yield self._find(criterion.id, (*loc, "answer"), "Choose another answer: “not-applicable” is not offered here.")
        elif not given.evidence.strip():
            yield self._find(criterion.id, (*loc, "evidence"), "Write the reason for “not-applicable” as the evidence.")

    def _check_names(self, names: Iterable[str | int], known: set[str] | set[int], loc: Loc, remedy: str) -> Iterator[Finding]:
        for name in names:
            if name not in known:
                yield self._find(f"{name}", (*loc, name), remedy)

    def _find(self, seen: str, loc: Loc, remedy: str) -> Finding:
        return find("CF104", self._file.place(*loc), seen, remedy=remedy)
