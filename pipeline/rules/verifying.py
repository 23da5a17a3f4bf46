"""What a plan says of itself, and what is said of it."""

import re
from collections.abc import Iterator, Mapping

from pipeline.model.returned_plan import ReturnedPlan
from pipeline.model.verification import Condition, Stated, Verification

# The names of the properties that a plan carries; the template gives them their values.
SCHOOL, CYCLE, RUBRIC, PLAN_ID, MADE, CONTENT = "School", "Cycle", "Rubric", "Plan id", "Made", "Content"

_URN = re.compile(r"[0-9]{6}")
_MOST_EDITS = 60
_CONDITIONS: Mapping[Condition, str] = {
    Condition.AS_MADE: "It is just as it was made: not a byte has changed.",
    Condition.SAVED_AGAIN: "It has been saved again since, and not a word of its text has changed.",
    Condition.OTHER: "the plan kept here was made since, from another return or rubric",
    Condition.NOT_KEPT: "the plan as it was sent is not kept here any more",
}


def read_stated(plan: ReturnedPlan) -> Stated | None:
    """What a plan says of itself: by its properties or, where they are lost, by the reference on its pages. None where it says
    nothing that a plan of ours says."""
    told = plan.properties
    if _URN.fullmatch(told.get(SCHOOL, "")) and told.get(CYCLE):
        return Stated(told[SCHOOL], told[CYCLE], told.get(RUBRIC, ""), told.get(PLAN_ID, ""), told.get(CONTENT, ""))
    if len(plan.references) == 1:
        return Stated(*plan.references[0], is_shown=True)
    return None


def disagrees(stated: Stated, plan: ReturnedPlan) -> bool:
    """Whether the pages name another school or cycle than the properties do."""
    return not stated.is_shown and bool(plan.references) and (stated.urn, stated.cycle) not in plan.references


def tell_verification(verification: Verification) -> Iterator[str]:
    """What made it, line by line; then whether and where it has been edited."""
    yield f"{verification.file}: the plan of {verification.school}, {verification.cycle}."
    yield verification.made
    for source in verification.sources:
        yield f"  {source.what}: {source.name}, {source.standing}" if source.standing else f"  {source.what}: {source.name}"
    yield _tell_condition(verification)
    for edit in verification.edits[:_MOST_EDITS]:
        yield f"  {edit.where}: {edit.what}"
    if len(verification.edits) > _MOST_EDITS:
        yield f"  … and {len(verification.edits) - _MOST_EDITS} more places."
    for kind, count in verification.remarks.items():
        yield f"  {count} × {kind}"


def _tell_condition(verification: Verification) -> str:
    condition = verification.condition
    if condition in (Condition.AS_MADE, Condition.SAVED_AGAIN):
        return _CONDITIONS[condition]
    if condition is Condition.EDITED:
        count = len(verification.edits)
        where = f" in {count} {'place' if count == 1 else 'places'}:" if count else ", beside its text:"
        return f"It has been edited since{where}"
    if verification.is_surely_edited:
        return f"It has been edited since. Where cannot be told: {_CONDITIONS[condition]}."
    return f"Whether it has been edited since cannot be told: {_CONDITIONS[condition]}."
