"""What made a plan, and whether and where it has been edited since."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How a plan stands to the one that was sent, from untouched to unknown."""

    AS_MADE = "as made"
    SAVED_AGAIN = "saved again, no word changed"
    EDITED = "edited"
    OTHER = "another than the one kept"
    NOT_KEPT = "the one sent is not kept"


@dataclass(frozen=True)
class Edit:
    """One difference from the plan as sent: where it is, in our own words, and what became of the text. It quotes nothing."""

    where: str
    what: str


@dataclass(frozen=True)
class Stated:
    """What a plan says of itself; what it does not say is empty. `content` is the SHA-256 of the text it was made with (hex);
    `is_shown` is whether school and cycle were read from its pages, its properties being lost."""

    urn: str
    cycle: str
    rubric: str = ""
    plan_id: str = ""
    content: str = ""
    is_shown: bool = False


@dataclass(frozen=True)
class Source:
    """One of the things that a plan was made from, and whether it is today as it was then."""

    what: str
    name: str
    standing: str


@dataclass(frozen=True)
class Verification:
    """Everything that can be said of a plan. `remarks` counts what stands beside the text, by kind; `is_surely_edited` is
    whether its text is not what it was made with, also where it cannot be told where."""

    file: str
    school: str
    cycle: str
    stated: Stated
    made: str
    sources: tuple[Source, ...]
    condition: Condition
    edits: tuple[Edit, ...]
    remarks: Mapping[str, int]
    is_surely_edited: bool
