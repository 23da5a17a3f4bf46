"""From a plan to the draft of an inclusion strategy: what comes first, each tagged with a principle, ready to be costed.

Source: guidance of 25 June 2026 on the Inclusive Mainstream Fund (a costed strategy, in line with seven principles, published
by 31 December 2026), known from third parties; the settings say what is to be confirmed.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from pipeline.model.plan import Plan, PlanAction
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.sent_plan import SentAction
from pipeline.model.settings import InclusionStrategy
from pipeline.model.strategy import Strategy, StrategyAbout, StrategyAction, StrategyPrinciple
from pipeline.rules.planning import written_date


def draft_strategy(
    plan: Plan, rubric: Rubric, asked: InclusionStrategy, printed: Mapping[str, SentAction] | None = None
) -> Strategy:
    """The draft of one school: its gaps and priorities and, for a principle that has none of them, the most important of its
    other opportunities. Publishing the strategy is not one of its own activities.

    `printed` maps references to the rows of the plan as it was sent: costs, dates and wording are taken from there, what is not
    in it any more is left out, and what the school added stands last under its area's principle. None where that is not known.
    """
    source = rubric.frame.sources.get(asked.source)
    tags = tag_criteria(rubric, asked)
    listed = [action for area in plan.areas for action in area.opportunities if printed is None or action.ref in printed]
    able = [action for action in listed if not _is_itself(rubric.criteria[criterion_of(action)], asked)]
    chosen = set(_choose(plan, able, tags))
    tagged = [(tags.get(criterion_of(one)), (printed or {}).get(one.ref, one)) for one in able if one.ref in chosen]
    tagged += [(asked.areas.get(row.area), row) for row in (printed or {}).values() if not _is_suggested(row)]
    principles = tuple(
        StrategyPrinciple(name, tuple(_action(one) for tag, one in tagged if tag == key))
        for key, name in asked.principles.items()
    )
    return Strategy(
        authority=plan.authority,
        school=plan.school,
        about=StrategyAbout(
            reference=plan.about.reference,
            cycle=plan.about.cycle,
            made_on=plan.about.made_on,
            publish_by=written_date(asked.publish_by),
            review_on=plan.about.review_on,
            standing=asked.standing,
            source=source.title if source else "",
            source_address=source.address if source else "",
        ),
        principles=principles,
        other_count=len(able) - len(chosen),
    )


def tell_drafts(made: int, asked: InclusionStrategy) -> str:
    """How many drafts there are, and what to do before they go out."""
    drafts = f"{made} draft inclusion strateg{'y' if made == 1 else 'ies'}"
    return f"{drafts} in strategies, to be published by {written_date(asked.publish_by)}: {asked.standing}"


def tag_criteria(rubric: Rubric, asked: InclusionStrategy) -> Mapping[str, str]:
    """Criterion id → the key of its principle; those that have none are left out."""
    tags: dict[str, str] = {}
    for key, criterion in rubric.criteria.items():
        ids = (*criterion.formerly, key)
        own = (asked.criteria[one] for one in ids if one in asked.criteria)
        by_area = (asked.areas[number] for one in ids if (number := int(one.partition(".")[0])) in asked.areas)
        principle = next(chain(own, by_area), "")
        if principle:
            tags[key] = principle
    return tags


def criterion_of(action: PlanAction | SentAction) -> str:
    """The criterion that a line belongs to: what stands before the hyphen of its reference."""
    return action.ref.partition("-")[0]


def _is_suggested(row: SentAction) -> bool:
    """Whether the line belongs to a criterion; one that a school added has its area's number alone."""
    return "." in criterion_of(row)


def _is_itself(criterion: Criterion, asked: InclusionStrategy) -> bool:
    return criterion.gate is not None and criterion.gate.source == asked.source


def _choose(plan: Plan, able: list[PlanAction], tags: Mapping[str, str]) -> Iterator[str]:
    """The references of what goes into the draft."""
    first = {action.ref for action in (*plan.gaps, *plan.priorities)}
    served: set[str] = set()
    for action in able:
        if action.ref in first:
            served.add(tags.get(criterion_of(action), ""))
            yield action.ref
    for action in able:
        principle = tags.get(criterion_of(action), "")
        if principle not in served:
            served.add(principle)
            yield action.ref


def _action(row: PlanAction | SentAction) -> StrategyAction:
    return StrategyAction(
        ref=row.ref,
        kind=row.kind,
        barrier=row.opportunity,
        activity=row.action,
        lead=row.lead,
        by_when=row.by_when,
        outcome=row.success,
        cost=row.cost,
    )
