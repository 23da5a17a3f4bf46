"""What is kept of a plan when it is sent, so that it can be compared with what comes back."""

from collections.abc import Iterable

from pipeline.model.plan import Plan, PlanAction
from pipeline.model.sent_plan import SentAction, SentPlan


def as_issued(plan: Plan, texts: Iterable[str], retired: Iterable[str] = ()) -> SentPlan:
    """A plan as sent. `texts` are the paragraphs of the finished document; `retired` the references of all the school's earlier
    actions that this plan no longer has."""
    actions = tuple(_action(action, area.number) for area in plan.areas for action in area.opportunities)
    return SentPlan(
        plan_id=plan.about.plan_id,
        urn=plan.school.urn,
        cycle=plan.about.cycle_id,
        made_on=plan.about.made_on,
        actions=actions,
        texts=tuple(text for text in texts if text.strip()),
        retired=tuple(sorted(set(retired) - {action.ref for action in actions})),
    )


def _action(action: PlanAction, area: int) -> SentAction:
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
    )
