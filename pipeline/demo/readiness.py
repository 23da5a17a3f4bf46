"""What a school notes on the Ofsted checklist."""

from collections.abc import Mapping, Sequence
from random import Random

from pipeline.demo.character import STRONGEST
from pipeline.demo.establishment import Establishment
from pipeline.demo.particulars import Particulars
from pipeline.demo.phrases import fill
from pipeline.model import form
from pipeline.model.settings import Checklist, EvaluationArea
from pipeline.model.submission import ChecklistNote

_ANSWERED, _NOTED = 50, 55  # in a hundred
_SCHOOL_AGE, _SIXTH_FORM_AGE = 5, 16


def find_areas(checklist: Checklist, establishment: Establishment) -> tuple[EvaluationArea, ...]:
    """The evaluation areas the school is shown and has children of the age for."""
    return tuple(area for area in checklist.areas if _concerns(area, establishment))


def invent_notes(
    areas: Sequence[EvaluationArea], quality: int, notes: Mapping[str, Sequence[str]], own: Particulars, rng: Random
) -> Mapping[str, ChecklistNote]:
    """Prompt id → what stands beside it, for the half of the prompts that the school took up; some with a note."""
    taken_up = [prompt.id for area in areas for prompt in area.prompts if rng.randrange(100) < _ANSWERED]
    return {id: _look(quality, notes.get(id, ()), own, rng) for id in taken_up}


def _look(quality: int, choices: Sequence[str], own: Particulars, rng: Random) -> ChecklistNote:
    """Where the school is with one prompt; where nothing is there yet, there is nothing to see."""
    ready = _readiness(quality, rng)
    has_note = choices and ready != form.READINESS[-1] and rng.randrange(100) < _NOTED
    return ChecklistNote(ready, fill(rng.choice(choices), own, rng) if has_note else "")


def _concerns(area: EvaluationArea, establishment: Establishment) -> bool:
    youngest, oldest = establishment.ages
    if area.id == "early-years" and youngest >= _SCHOOL_AGE:
        return False
    if area.id.startswith("sixth-form") and oldest <= _SIXTH_FORM_AGE:
        return False
    return area.applies_to(establishment.school.phase)


def _readiness(quality: int, rng: Random) -> str:
    yes, partly, not_yet = form.READINESS
    weights = (STRONGEST // 5 + quality, STRONGEST, STRONGEST * 6 // 5 - quality)
    return rng.choices((yes, partly, not_yet), weights)[0]
