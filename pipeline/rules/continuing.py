"""A plan that goes on from the one that came back: its actions under their references, with the school's words in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from pipeline.model.assessment import Assessment, Kind, Opportunity
from pipeline.model.carried import Origin, ReturnedAction, Status
from pipeline.model.comparison import Comparison
from pipeline.model.ledger import Ledger, MergedPlan, PlannedAction
from pipeline.model.plan import Plan, PlanAction, PlanBeside, PlanClosed, PlanUnplaced
from pipeline.model.rubric import Rubric
from pipeline.model.sent_plan import SentAction
from pipeline.model.settings import Cycle
from pipeline.rules.carrying_forward import (
    BESIDE,
    LAPSED,
    NOT_NEEDED,
    STILL_SUGGESTED,
    TAKEN_OUT,
    TO_BE_DELETED,
    is_said_again,
)
from pipeline.rules.issuing import as_printed
from pipeline.rules.own_text import join_lines
from pipeline.rules.plan_reference import next_reference
from pipeline.rules.wording import fold

_CARRIED = "Carried forward"
_NOT_STARTED = "Not started"
_DONE = "Done"
# What the ledger says of a school, as its own plan says it.
_TO_THE_SCHOOL = {
    TAKEN_OUT: "You took it out of your plan.",
    NOT_NEEDED: "You no longer need it.",
    STILL_SUGGESTED: "You took it out of your plan; your answers still suggest it.",
    TO_BE_DELETED: "You propose to delete it; it stays until that is agreed.",
}
_TIMES = {1: "once", 2: "twice"}
_PAST = "; its date has passed"


def list_suggestions(assessment: Assessment, actions: Mapping[str, PlanAction]) -> tuple[SentAction, ...]:
    """What the ratings suggest, as a plan prints it and in its order. `actions` are those of a first plan, by reference."""
    in_order = sorted(assessment.opportunities, key=lambda found: found.area)
    return tuple(as_printed(actions[found.ref], found.area) for found in in_order)


def leave_out_finished(assessment: Assessment, ledger: Ledger, actions: Iterable[ReturnedAction] = ()) -> Assessment:
    """Without those of the school's own next steps that it has done or taken out of its plan: each stands in its workbook until
    another takes its place, word for word. `ledger` tells what was finished before, `actions` what came back."""
    told = [(action.ref, fold(action.opportunity)) for action in actions if _is_finished(action)]
    told += [(life.ref, life.words) for life in ledger.lives if life.closed_in and life.dropped != LAPSED]
    finished = [(ref.partition("-")[0], words) for ref, words in told]
    left = tuple(found for found in assessment.opportunities if found.kind is not Kind.OWN or not _is_among(found, finished))
    kept = {found.ref for found in left}
    return replace(assessment, opportunities=left, priorities=tuple(ref for ref in assessment.priorities if ref in kept))


def _is_finished(action: ReturnedAction) -> bool:
    return action.status in (Status.DONE, Status.NOT_NEEDED) or action.origin is Origin.REMOVED


def _is_among(found: Opportunity, finished: Iterable[tuple[str, str]]) -> bool:
    """Whether the words of an action of the same criterion begin with it: a school may have added how."""
    return any(criterion == found.criterion and words.startswith(fold(found.opportunity)) for criterion, words in finished)


def take_references(assessment: Assessment, merged: MergedPlan) -> Assessment:
    """The same opportunities under the references that they have in the merged plan."""
    return _refer(assessment, {planned.suggested: planned.action.ref for planned in merged.open if planned.suggested})


def avoid_references(assessment: Assessment, actions: Mapping[str, PlanAction], ledger: Ledger) -> Assessment:
    """For a school whose plan did not come back: no opportunity under the reference of another action of the ledger."""
    lives = {life.ref: life for life in ledger.lives}
    given = {*lives, *(found.ref for found in assessment.opportunities)}
    refs = {}
    for found in assessment.opportunities:
        life = lives.get(found.ref)
        is_free = life is None or (life.is_open and is_said_again(as_printed(actions[found.ref], found.area), life))
        refs[found.ref] = found.ref if is_free else next_reference(found.criterion, given)
    return _refer(assessment, refs)


def _refer(assessment: Assessment, refs: Mapping[str, str]) -> Assessment:
    return replace(
        assessment,
        opportunities=tuple(replace(found, ref=refs[found.ref]) for found in assessment.opportunities),
        priorities=tuple(refs[ref] for ref in assessment.priorities),
    )


def continue_plan(
    plan: Plan, merged: MergedPlan, cycles: Mapping[str, Cycle], rubric: Rubric, compared: Comparison | None = None
) -> Plan:
    """A plan of new ratings under `rubric` with what was carried forward. `cycles` are those of the settings, `compared` sets
    the areas beside the last cycle's.

    An action of an area that the rubric no longer has stands in the table of the one that took over its criterion; else of the
    first that took the area in; else of the last."""
    suggested = {action.ref: action for area in plan.areas for action in area.opportunities}
    names = {area.number: f"Area {area.number}: {area.name}" for area in plan.areas}
    by_area: defaultdict[int, list[PlanAction]] = defaultdict(list)
    for planned in merged.open:
        action = planned.action
        number = action.area if action.area in names else _find_heir(action, rubric, compared) or plan.areas[-1].number
        base = suggested.get(planned.action.ref) or _carry(planned.action, names[number])
        by_area[number].append(_fill(base, planned, cycles, plan.about.cycle_id))
    actions = {action.ref: action for listed in by_area.values() for action in listed}
    return replace(
        plan,
        areas=tuple(replace(area, opportunities=tuple(by_area[area.number])) for area in plan.areas),
        gaps=tuple(actions[gap.ref] for gap in plan.gaps),
        priorities=tuple(actions[first.ref] for first in plan.priorities),
        opportunity_count=len(actions),
        closed=tuple(map(_close, merged.closed)),
        unplaced=tuple(PlanUnplaced(one.where, one.text) for one in merged.unplaced),
    )


def _find_heir(action: ReturnedAction, rubric: Rubric, compared: Comparison | None) -> int:
    took_criterion = (rubric.criteria[heir].area_number for heir in rubric.heirs(action.criterion))
    took_area = (one.area for one in (compared.areas if compared else ()) if action.area in one.since)
    return next(chain(took_criterion, took_area), 0)


def _carry(action: ReturnedAction, area: str) -> PlanAction:
    """The row of an action that no rating suggests any more, or that the school added."""
    is_own = action.origin is Origin.ADDED or action.kind == Kind.OWN.value
    return PlanAction(
        ref=action.ref,
        criterion=action.criterion,
        area=area,
        kind=Kind.OWN.value if is_own else _CARRIED,
        opportunity="",
        action="",
        lead="",
        by_when="",
        success="",
        cost="",
        progress="",
        duty="",
        source="",
        evaluation_areas="",
    )


def _fill(base: PlanAction, planned: PlannedAction, cycles: Mapping[str, Cycle], key: str) -> PlanAction:
    action = planned.action
    return replace(
        base,
        opportunity=action.opportunity,
        action=action.action,
        lead=action.lead,
        by_when=action.by_when,
        success=action.success,
        cost=action.cost,
        progress=(action.progress.strip() and action.progress) or _NOT_STARTED,
        carried=planned.carried,
        history=_tell_history(planned, cycles, key),
        note=_TO_THE_SCHOOL.get(planned.note, planned.note),
        beside=tuple(PlanBeside(label, text) for label, text in _list_beside(action)),
    )


def _tell_history(planned: PlannedAction, cycles: Mapping[str, Cycle], key: str) -> str:
    """Since when it is carried forward, and whether its date lies before this cycle's returns: it needs another."""
    if not planned.carried:
        return ""
    times = _TIMES.get(planned.carried, f"{planned.carried} times")
    since = cycles[planned.opened].label if planned.opened in cycles else planned.opened
    due = planned.action.due
    is_past = due is not None and key in cycles and due < cycles[key].returns_due
    return f"Carried forward {times}, from {since}{_PAST if is_past else ''}"


def _list_beside(action: ReturnedAction) -> Iterator[tuple[str, str]]:
    yield from action.extra
    for remark in action.remarks:
        source = remark.source.value
        yield f"{source[0].upper()}{source[1:]}{f' by {remark.author}' if remark.author else ''}", remark.text


def _close(planned: PlannedAction) -> PlanClosed:
    action = planned.action
    shown = "action" if action.action.strip() else "opportunity"
    rest = [getattr(action, name) for name in planned.own if name != shown]
    rest += [BESIDE.join(pair) for pair in _list_beside(action)]
    why = _TO_THE_SCHOOL.get(planned.note, planned.note) or _DONE
    return PlanClosed(action.ref, getattr(action, shown), why, join_lines(rest))
