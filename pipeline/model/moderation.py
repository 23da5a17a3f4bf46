"""What advisers made of a school's ratings on a visit; it stands beside what the rules made of the answers, never over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from pipeline.model.finding import Place
from pipeline.model.level import Level


@dataclass(frozen=True)
class Moderated:
    """An area's level as an adviser sees it, why, and who said so when. A reason is always given."""

    area: int
    level: Level
    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class Judgement:
    """An adviser's level for an area of a school or, where `criterion` is not empty, for one criterion of that area.

    `rated` is what the school's record said when the judgement was imported: the key of a level, or of a state where the
    answers gave no level. It is kept, so that what the two said of the same visit can be compared whatever comes later."""

    urn: str
    area: int
    criterion: str
    level: Level
    reason: str
    by: str
    on: date
    rated: str

    @property
    def subject(self) -> tuple[str, int, str]:
        """What it is about: a later judgement of the same takes its place."""
        return self.urn, self.area, self.criterion

    @property
    def moderated(self) -> Moderated:
        """The same as it stands in the school's assessment."""
        return Moderated(self.area, self.level, self.reason, self.by, self.on)


@dataclass(frozen=True)
class Judgements:
    """All that was imported in a cycle: those that count, one a subject, and those they took the place of. Both in order of
    school, area and criterion."""

    current: tuple[Judgement, ...] = ()
    earlier: tuple[Judgement, ...] = ()

    @cached_property
    def by_school(self) -> Mapping[str, tuple[Moderated, ...]]:
        """URN → the areas that an adviser has looked at, in order of their numbers."""
        found: dict[str, list[Moderated]] = {}
        for judgement in self.current:
            if not judgement.criterion:
                found.setdefault(judgement.urn, []).append(judgement.moderated)
        return {urn: tuple(sorted(areas, key=lambda one: one.area)) for urn, areas in found.items()}


@dataclass(frozen=True)
class FilledRow:
    """A row of the moderation sheet as an adviser filled it in. `level` and `on` are None where what was typed is none;
    `cells` is where each of them stands: heading → place."""

    urn: str
    key: str
    is_area: bool
    typed_level: str
    level: Level | None
    reason: str
    by: str
    typed_on: str
    on: date | None
    cells: Mapping[str, Place]

    @property
    def is_filled(self) -> bool:
        """Whether it says what the adviser thinks. A name and a date alone do not: they are often filled down."""
        return bool(self.typed_level or self.reason)


class Cause(StrEnum):
    """Why a school is visited."""

    DRAWN = "drawn"
    ALL_ADVANCED = "all-advanced"
    CONTRADICTION = "contradiction"
    COPIED = "copied"
    JUMP = "jump"
    UNCHANGED = "unchanged"
    THIN = "thin"
    UNDATED = "undated"


@dataclass(frozen=True)
class Reason:
    """A reason for a visit as a sentence, and the criteria to look at because of it; `cue` says it in a few words."""

    cause: Cause
    sentence: str
    cue: str
    criteria: tuple[str, ...] = ()


class Part(StrEnum):
    """The part of the sample that a school is in."""

    STRATIFIED = "Stratified"
    RISK = "Risk"


@dataclass(frozen=True)
class Sampled:
    """A school to visit, with every reason."""

    urn: str
    part: Part
    reasons: tuple[Reason, ...]
