"""How schools say things in a plan, as the LA lists it. Field names are the keys of `plan_words.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

_STRICT: Mapping[str, Any] = {"extra": "forbid", "frozen": True}


@dataclass(frozen=True)
class StatusWords:
    """What counts as each status."""

    __pydantic_config__: ClassVar = _STRICT
    not_started: tuple[str, ...]
    under_way: tuple[str, ...]
    done: tuple[str, ...]
    on_hold: tuple[str, ...]
    no_longer_needed: tuple[str, ...]


@dataclass(frozen=True)
class HeadingWords:
    """What schools call the columns of an action table."""

    __pydantic_config__: ClassVar = _STRICT
    ref: tuple[str, ...]
    opportunity: tuple[str, ...]
    action: tuple[str, ...]
    lead: tuple[str, ...]
    by_when: tuple[str, ...]
    success: tuple[str, ...]
    cost: tuple[str, ...]
    progress: tuple[str, ...]


@dataclass(frozen=True)
class PlanWords:
    """The file `plan_words.yaml`. `front_page` names the columns of the plan's first page that its action tables do not have;
    `no_date` is what is said where no day is meant; `days` says which days a word stands for, such as “end of spring term”:
    one a school year."""

    __pydantic_config__: ClassVar = _STRICT
    statuses: StatusWords
    headings: HeadingWords
    front_page: tuple[str, ...]
    no_date: tuple[str, ...]
    days: Mapping[str, tuple[date, ...]] = field(default_factory=dict, hash=False)
