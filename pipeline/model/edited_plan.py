"""What a school did to its plan until it came back. Field names are the keys of `edits` in a completed example."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class EditedAction:
    """What a school typed into one row of its plan, which its reference names; an empty text is a cell left as it was. Dates
    and statuses are as typed."""

    __pydantic_config__: ClassVar = _STRICT
    lead: str = ""
    by_when: str = ""
    status: str = ""
    progress: str = ""
    opportunity: str = ""
    action: str = ""
    success: str = ""
    cost: str = ""


@dataclass(frozen=True)
class AddedAction:
    """A row that a school added to the table of an area; it has no reference."""

    __pydantic_config__: ClassVar = _STRICT
    area: int
    opportunity: str
    action: str
    lead: str
    by_when: str
    success: str
    status: str
    progress: str
    cost: str = ""


@dataclass(frozen=True)
class DeletedAction:
    """A row that a school took out, and why. The reason is for readers of an example; a plan doesn't say it."""

    __pydantic_config__: ClassVar = _STRICT
    ref: str
    reason: str = ""


@dataclass(frozen=True)
class PlanComment:
    """A comment in Word's margin, beside the row of `ref`."""

    __pydantic_config__: ClassVar = _STRICT
    ref: str
    by: str
    text: str


@dataclass(frozen=True)
class PlanEdits:
    """Every edit of one plan. `moved` are rows that were put above the first of their table; `tracked_by` is who worked with
    Word's tracked changes on, empty where they were off; then what is typed, added and deleted is marked as such."""

    __pydantic_config__: ClassVar = _STRICT
    returned_on: date
    actions: Mapping[str, EditedAction] = field(default_factory=dict)
    added: tuple[AddedAction, ...] = ()
    deleted: tuple[DeletedAction, ...] = ()
    comments: tuple[PlanComment, ...] = ()
    moved: tuple[str, ...] = ()
    tracked_by: str = ""

    @property
    def refs(self) -> tuple[str, ...]:
        """Every row of the plan that an edit speaks of."""
        return (*self.actions, *(row.ref for row in self.deleted), *(comment.ref for comment in self.comments), *self.moved)
