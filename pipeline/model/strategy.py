"""A school's draft inclusion strategy: what the template prints. Field names are the names that its author writes in Word."""

from dataclasses import dataclass

from pipeline.model.plan import PlanAuthority, PlanSchool


@dataclass(frozen=True)
class StrategyAbout:
    """What the draft is made from, and by when it is published. Dates read like 4 December 2026."""

    reference: str
    cycle: str
    made_on: str
    publish_by: str
    review_on: str
    standing: str
    source: str
    source_address: str


@dataclass(frozen=True)
class StrategyAction:
    """An activity: a line of the school's plan. `cost` is empty until the school has costed it; `kind` says why it is there."""

    ref: str
    kind: str
    barrier: str
    activity: str
    lead: str
    by_when: str
    outcome: str
    cost: str


@dataclass(frozen=True)
class StrategyPrinciple:
    """One of the principles and the activities that are tagged with it; there may be none."""

    name: str
    actions: tuple[StrategyAction, ...]


@dataclass(frozen=True)
class Strategy:
    """Everything that a draft strategy says. `other_count` is how many opportunities stay in the plan alone. It will be
    published, so it has neither evidence nor figures of the school, which may be small."""

    authority: PlanAuthority
    school: PlanSchool
    about: StrategyAbout
    principles: tuple[StrategyPrinciple, ...]
    other_count: int
