"""What is kept of a plan when it is sent, so that it can be compared with what comes back."""

from collections.abc import Iterable

from pipeline.model.ledger import PlannedAction
from pipeline.model.plan import Plan, PlanAction
from pipeline.model.sent_plan import SentAction, SentPlan


def as_issued(plan: Plan, texts: Iterable[str], retired: Iterable[str] = (), carried: Iterable[PlannedAction] = ()) -> SentPlan:
    """A plan as sent. `texts` are the paragraphs of the finished document; `retired` the references of all the school's earlier
    actions that this plan no longer has; `carried` tells which words of its actions are the school's."""
    own = {planned.action.ref: planned.own for planned in carried}
    actions = tuple(
        as_printed(action, area.number, own.get(action.ref, ())) for area in plan.areas for action in area.opportunities
    )
    return SentPlan(
        plan_id=plan.about.plan_id,
        urn=plan.school.urn,
        cycle=plan.about.cycle_id,
        made_on=plan.about.made_on,
        actions=actions,
        texts=tuple(text for text in texts if text.strip()),
        retired=tuple(sorted(set(retired) - {action.ref for action in actions})),
    )


def as_printed(action: PlanAction, area: int, own: tuple[str, ...] = ()) -> SentAction:
    """An action as a plan prints it; `own` names the fields that hold the school's words."""
    return SentAction(
        ref=action.ref,
        criterion=action.criterion,
        area=area,
        kind=action.kind,
        opportunity=action.opportunity,
        action=action.action,
        lead=action.lead,
        by_when=action.by_when,
        success=action.success,
        cost=action.cost,
        progress=action.progress,
        own=own,
        beside=tuple((line.label, line.text) for line in action.beside),
    )
