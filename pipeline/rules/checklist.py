"""How a plan's opportunities line up with the evaluation areas of the Ofsted checklist. It never predicts a grade."""

from pipeline.model.assessment import Assessment
from pipeline.model.plan import PlanChecklist, PlanEvaluationArea, PlanPrompt
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Submission


def line_up(school: School, submission: Submission, assessment: Assessment, configuration: Configuration) -> PlanChecklist:
    """Each evaluation area that the school is shown, with the references that bear on it and the school's own notes."""
    checklist = configuration.checklist
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
    criterion, letter = ref.split("-")
    area, number = criterion.split(".")
    return int(area), int(number), letter
