"""What is made of a returned plan: its actions as the school left them, and all else that it said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.returned_plan import Remark

# The fields of an action that a plan prints, in the order of the table.
FIELDS = ("opportunity", "action", "lead", "by_when", "success", "cost", "progress")


class Status(StrEnum):
    """How far an action is, as the plan's list of choices has it."""

    NOT_STARTED = "Not started"
    UNDER_WAY = "Under way"
    DONE = "Done"
    ON_HOLD = "On hold"
    NOT_NEEDED = "No longer needed"


class Origin(StrEnum):
    """Where an action of a returned plan comes from."""

    SENT = "sent"
    ADDED = "added by the school"
    REMOVED = "removed by the school"


@dataclass(frozen=True)
class ReturnedAction:
    """An action as the school left it. Every field has the school's words where it changed them, and `changed` names those;
    `extra` holds what stood in columns of its own, heading and text, and what it wrote of the action on the plan's first page.
    `status` and `due` are None where what was typed is neither; the words stay in `progress` and `by_when`."""

    ref: str
    area: int
    criterion: str
    kind: str
    origin: Origin
    opportunity: str
    action: str
    lead: str
    by_when: str
    success: str
    cost: str
    progress: str
    changed: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    status: Status | None = None
    due: date | None = None
    deletion_proposed: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether the school said anything of its own in it."""
        return bool(self.changed or self.extra or self.remarks or self.deletion_proposed or self.origin is Origin.ADDED)

    def own_words(self) -> Iterator[str]:
        """Everything in it that the school wrote."""
        yield from (getattr(self, name) for name in self.changed)
        yield from (text for _, text in self.extra)
        yield from (remark.text for remark in self.remarks)


@dataclass(frozen=True)
class Unplaced:
    """Text that belongs to no action, and where it stood, in words."""

    text: str
    where: str


@dataclass(frozen=True)
class TakenBack:
    """A returned plan, taken apart without loss: each of its words stands in one of these. `unplaced` is for the plan's last
    page; `kept` is for the record alone (copies of rows, references as typed, tracked changes to our own words); `unchanged` is
    what still stands as sent."""

    actions: tuple[ReturnedAction, ...]
    unplaced: tuple[Unplaced, ...]
    kept: tuple[Unplaced, ...]
    unchanged: tuple[str, ...]

    def every_text(self) -> Iterator[str]:
        """All of it, for the proof."""
        for action in self.actions:
            yield from action.own_words()
        yield from (one.text for one in (*self.unplaced, *self.kept))
        yield from self.unchanged
