"""The paper for the heads of a district, trust or community. Its fields and those of its parts are the names that a template
author writes in Word, letter for letter. Numbers are texts, as in `report`."""

from dataclasses import dataclass

from pipeline.model.plan import PlanAuthority
from pipeline.model.report import ReportNeed


@dataclass(frozen=True)
class DistrictLevels:
    """How many schools stand at each level of an area, here or in all, as `where` says. `own` is the level of the school that
    the paper is for, empty where it is for all."""

    area: str
    where: str
    advanced: str
    established: str
    emerging: str
    not_yet: str
    not_rated: str
    own: str


@dataclass(frozen=True)
class DistrictTheme:
    """A theme, and the opportunity in it that most schools here share."""

    theme: str
    criterion: str
    opportunity: str
    schools: str


@dataclass(frozen=True)
class DistrictOutcome:
    """One outcome figure of last school year: the school in the middle, here and of all."""

    measure: str
    here: str
    everywhere: str


@dataclass(frozen=True)
class District:
    """Everything the template of these papers may name. `school` is empty but in a paper for one school alone; no other school
    is named, and no other school's level is told."""

    authority: PlanAuthority
    cycle: str
    made_on: str
    place: str
    kind: str
    school: str
    points: tuple[str, ...]
    bands: tuple[str, ...]
    levels: tuple[DistrictLevels, ...]
    together: tuple[str, ...]
    needs: tuple[ReportNeed, ...]
    themes: tuple[DistrictTheme, ...]
    outcomes: tuple[DistrictOutcome, ...]
    caution: str
    limits: tuple[str, ...]
