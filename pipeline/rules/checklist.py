"""How a plan's opportunities and the evaluation areas of the Ofsted checklist line up, both ways. It never predicts a grade."""

from collections.abc import Mapping

from pipeline.model.assessment import Assessment
from pipeline.model.plan import PlanChecklist, PlanEvaluationArea, PlanPrompt
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.model.settings import Checklist
from pipeline.model.submission import Submission


def choose_version(submission: Submission, configuration: Configuration, cycle: str) -> Checklist:
    """The version that a return is read with: its own, by the prompts that the school took up; where it took up none, the one
    in force on the day the return was completed, or else when the cycle's returns were due."""
    versions = configuration.checklists
    taken_up = [_count_taken_up(checklist, submission) for checklist in versions]
    if any(taken_up):
        return versions[taken_up.index(max(taken_up))]
    completed = submission.identity.completed_on
    return configuration.checklist_on(completed) if completed else configuration.checklist_for(cycle)


def _count_taken_up(checklist: Checklist, submission: Submission) -> int:
    return sum(prompt.id in submission.checklist for area in checklist.areas for prompt in area.prompts)


def tell_bearing(checklist: Checklist, phase: Phase) -> Mapping[str, str]:
    """Criterion id → the evaluation areas that it bears on, of those that schools of this phase are shown, in the checklist's
    order."""
    bearing: dict[str, list[str]] = {}
    for area in checklist.areas:
        if area.applies_to(phase):
            for criterion in area.criteria:
                bearing.setdefault(criterion, []).append(area.title)
    return {criterion: "; ".join(titles) for criterion, titles in bearing.items()}


def line_up(school: School, submission: Submission, assessment: Assessment, checklist: Checklist) -> PlanChecklist:
    """Each evaluation area that the school is shown, with the references that bear on it and the school's own notes."""
    found = sorted(assessment.opportunities, key=lambda one: _ref_order(one.ref))
    areas = []
    for area in checklist.areas:
        if not area.applies_to(school.phase):
            continue
        criteria = frozenset(area.criteria)
        refs = [one.ref for one in found if one.criterion in criteria]
        prompts = [(prompt, submission.checklist.get(prompt.id)) for prompt in area.prompts]
        areas.append(
            PlanEvaluationArea(
                title=area.title,
                looks_at=area.looks_at,
                refs=", ".join(refs).replace("-", "\u2011") or "None in this plan",
                prompts=tuple(PlanPrompt(prompt.text, note.ready, note.note) for prompt, note in prompts if note),
            )
        )
    return PlanChecklist(checklist.title, checklist.standing, tuple(areas))


def _ref_order(ref: str) -> tuple[int, int, str]:
    """By area, criterion and letter; an action that a school added, such as `5-a`, has no criterion."""
    criterion, _, letter = ref.partition("-")
    area, _, number = criterion.partition(".")
    return int(area), int(number or 0), letter
