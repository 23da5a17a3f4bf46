"""Levels and answers: the four rungs everything else is counted in."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """One rung. `NOT_YET` reads "Not yet in place" for a criterion and "Not yet Emerging" for an area."""

    NOT_YET = 0
    EMERGING = 1
    ESTABLISHED = 2
    ADVANCED = 3

    @property
    def key(self) -> str:
        """The word used in configuration, such as `not-yet`."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def _missing_(cls, value: object) -> "Level | None":
        return next((level for level in cls if level.key == value), None)


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
        return None if self is Answer.NOT_APPLICABLE else Level[self.name]


class State(StrEnum):
    """Whether a level could be given at all."""

    RATED = "rated"
    NOT_RATED = "not-rated"
    NOT_APPLICABLE = "not-applicable"
