"""What is kept of a plan when it is sent, so that it can be compared with what comes back."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from pipeline.model.ledger import PlannedAction
from pipeline.model.plan import Plan, PlanAction
from pipeline.model.sent_plan import SentAction, SentPlan
from pipeline.rules.planning import written_date

_WRITTEN = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


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
        texts=tuple(dict.fromkeys(text for text in texts if text.strip())),
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


def read_written(text: str) -> date | None:
    """The day that a plan says it was made, as `written_date` writes it; None for anything else."""
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        day = datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None
    return day if written_date(day) == text else None


def as_made_on(sent: SentPlan, day: date) -> SentPlan:
    """A plan as the same one was that went out on another day: outputs that were lost are made again from the same returns, and
    nothing in them differs but that day."""
    told = written_date(day)
    if told == sent.made_on:
        return sent
    others = (text.replace(sent.made_on, told) for text in sent.texts if sent.made_on in text)
    return replace(sent, made_on=told, texts=(*sent.texts, *others))
