"""Levels and answers: the four rungs everything else is counted in."""

from collections.abc import Callable, Mapping
from enum import IntEnum, StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Any


class Level(IntEnum):
    """One rung. `NOT_YET` reads "Not yet in place" for a criterion and "Not yet Emerging" for an area."""

    NOT_YET = 0
    EMERGING = 1
    ESTABLISHED = 2
    ADVANCED = 3

    @cached_property
    def key(self) -> str:
        """The word used in configuration, such as `not-yet`."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def _missing_(cls, value: object) -> "Level | None":
        return next((level for level in cls if level.key == value), None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """In JSON a level is its word, as in configuration; left to itself, pydantic would write its number."""
        word = {"type": "function-plain", "function": attrgetter("key"), "when_used": "json"}
        return handler(source) | {"serialization": word}


LEVELS: Mapping[str, Level] = {level.key: level for level in Level}  # by their words in configuration and records


class Answer(StrEnum):
    """What a school chose for a criterion."""

    NOT_YET = "not-yet"
    EMERGING = "emerging"
    ESTABLISHED = "established"
    ADVANCED = "advanced"
    NOT_APPLICABLE = "not-applicable"

    @property
    def level(self) -> Level | None:
        """The rung answered; None for *Not applicable*."""
        return _LEVELS[self]


_LEVELS: dict[Answer, Level | None] = {answer: Level.__members__.get(answer.name) for answer in Answer}


class State(StrEnum):
    """Whether a level could be given at all."""

    RATED = "rated"
    NOT_RATED = "not-rated"
    NOT_APPLICABLE = "not-applicable"
