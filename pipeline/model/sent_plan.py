"""A plan as it was sent: what a returned one is compared with."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class SentAction:
    """One row of an area's action table, as printed. `own` names the fields that hold a school's words from an earlier cycle;
    `beside` is what it wrote beside the action then: label and text."""

    ref: str
    criterion: str
    area: int
    kind: str
    opportunity: str
    action: str
    lead: str
    by_when: str
    success: str
    cost: str
    progress: str
    own: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SentPlan:
    """A plan as sent. `actions` stand in the order of the document, which is that of the bookmarks `action_1`, `action_2` ...;
    `texts` are all its paragraphs, those of tables, header and footer included, each once. `retired` are
    the references that the school's earlier plans used: none is given out again."""

    plan_id: str
    urn: str
    cycle: str
    made_on: str
    actions: tuple[SentAction, ...]
    texts: tuple[str, ...]
    retired: tuple[str, ...] = ()

    @cached_property
    def by_ref(self) -> dict[str, SentAction]:
        """Reference → action."""
        return {action.ref: action for action in self.actions}
