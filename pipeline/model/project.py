"""Everything an LA has configured, read and found sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.model.oddity import Oddity
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist, Cycle, Guidance, Outcomes, Resource, Settings


@dataclass(frozen=True)
class Configuration:
    """The folder `config/`. `digest` changes when any of its files or the program's version does (SHA-256, hex).
    `checklist` is the newest version of the Ofsted checklist, `older_checklists` the ones before it, oldest first."""

    settings: Settings
    rubric: Rubric
    outcomes: Outcomes
    guidance: Guidance
    checklist: Checklist
    resources: tuple[Resource, ...]
    digest: str
    oddity: Oddity = field(default_factory=Oddity)
    older_checklists: tuple[Checklist, ...] = ()

    @cached_property
    def resources_on(self) -> Mapping[str, tuple[Resource, ...]]:
        """Criterion id → the resources that help with it, in the library's order: those that name it; where none does, its
        area's."""
        living = [resource for resource in self.resources if not resource.is_dead]
        return {
            key: tuple(one for one in living if key in one.topics)
            or tuple(one for one in living if criterion.area_number in one.areas)
            for key, criterion in self.rubric.criteria.items()
        }

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """Every version of the Ofsted checklist, oldest first."""
        return (*self.older_checklists, self.checklist)

    def checklist_on(self, day: date) -> Checklist:
        """The version in force on a day; the oldest there is for a day before all of them."""
        begun = [checklist for checklist in self.checklists if checklist.in_force_from <= day]
        return begun[-1] if begun else self.checklists[0]

    def checklist_for(self, cycle: str) -> Checklist:
        """The version that a cycle's workbooks show: the one in force when its returns are due."""
        return self.checklist_on(self.cycle(cycle).returns_due)

    def cycle(self, key: str) -> Cycle:
        """The named cycle's dates."""
        return self.settings.cycles[key]

    def cycle_before(self, key: str) -> str | None:
        """The cycle listed just before, or None for the first."""
        keys = list(self.settings.cycles)
        place = keys.index(key)
        return keys[place - 1] if place else None
