"""Everything an LA has configured, read and found sound."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from pipeline.model.oddity import Oddity
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist, Cycle, Guidance, Outcomes, Resource, Settings


@dataclass(frozen=True)
class Kept:
    """A rubric kept beside the one in use, for returns of its edition; checklists and resources name its criteria. `digest`
    changes when any of its files does (SHA-256, hex)."""

    rubric: Rubric
    checklists: tuple[Checklist, ...]
    resources: tuple[Resource, ...]
    digest: str


@dataclass(frozen=True)
class Configuration:
    """The folder `config/`. `digest` changes when any of its files or the program's version does (SHA-256, hex), those of
    rubrics that are only kept left out; `beside` changes when any of theirs does, unsound ones included, and `rubric_digest`
    when any of the rubric's own does. `checklists` are
    the versions of the Ofsted checklist, oldest first."""

    settings: Settings
    rubric: Rubric
    outcomes: Outcomes
    guidance: Guidance
    checklists: tuple[Checklist, ...]
    resources: tuple[Resource, ...]
    digest: str
    oddity: Oddity = field(default_factory=Oddity)
    kept: tuple[Kept, ...] = ()
    beside: str = ""
    rubric_digest: str = ""

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

    def cycles_before(self, key: str) -> tuple[str, ...]:
        """The cycles listed before, the last first."""
        keys = list(self.settings.cycles)
        return tuple(reversed(keys[: keys.index(key)]))

    def cycle_before(self, key: str) -> str | None:
        """The cycle listed just before, or None for the first."""
        return next(iter(self.cycles_before(key)), None)

    def under(self, stated: str) -> "Configuration":
        """The same with the rubric that a return was made for; itself where that is in use or not known.

        `stated` is what a workbook says of itself, such as `inclusive-practice 1-0, 2026-27-autumn`, or the edition alone."""
        return self._by_edition.get(_edition(stated), self)

    def kept_for(self, stated: str) -> str:
        """The digest of the rubric kept for what a workbook says of itself; empty where it is in use or not known."""
        edition = _edition(stated)
        return next((one.digest for one in self.kept if _edition(one.rubric.edition) == edition), "")

    @cached_property
    def rubrics(self) -> Mapping[str, Rubric]:
        """Edition → rubric: the one in use, then those kept."""
        return {rubric.edition: rubric for rubric in (self.rubric, *(one.rubric for one in self.kept))}

    @cached_property
    def area_names(self) -> Mapping[int, str]:
        """Number → name, of every area of the rubrics; where two have the number, that of the one in use."""
        return {area.number: area.name for rubric in self._in_use_last for area in rubric.areas}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Criterion id → title, likewise."""
        return {key: criterion.title for rubric in self._in_use_last for key, criterion in rubric.criteria.items()}

    @property
    def _in_use_last(self) -> Iterable[Rubric]:
        return reversed(tuple(self.rubrics.values()))

    @cached_property
    def _by_edition(self) -> Mapping[str, "Configuration"]:
        return {
            _edition(one.rubric.edition): replace(
                self,
                rubric=one.rubric,
                checklists=one.checklists,
                resources=one.resources,
                kept=(),
                rubric_digest=one.digest,
            )
            for one in self.kept
        }


def _edition(stated: str) -> str:
    """The edition alone, however it was typed again."""
    return " ".join(stated.partition(",")[0].split()).casefold()
