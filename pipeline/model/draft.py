"""A rubric as its files hold it, before it is put to use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.finding import Place
from pipeline.model.rubric import Area, Criterion, Frame, Rubric
from pipeline.model.settings import Checklist, Resource


@dataclass(frozen=True)
class Draft:
    """A rubric with every area, retired ones too, in the order of their numbers."""

    frame: Frame
    areas: tuple[Area, ...]

    @cached_property
    def rubric(self) -> Rubric:
        """What schools are asked and rated by."""
        asked = tuple(area for area in self.areas if area.status != "retired")
        return Rubric(self.frame, asked, tuple(area for area in self.areas if area.status == "retired"))

    @cached_property
    def numbered(self) -> Mapping[int, Area]:
        """Number → area."""
        return {area.number: area for area in self.areas}


@dataclass(frozen=True)
class Whereabouts:
    """Where the parts of a draft stand, so that a finding can name the line or the cell.

    `locate` takes an area's position among the draft's areas, None for the frame, and the keys and positions from there;
    `listed` says where a kind of entry ("sources", "themes") is listed: "listed in rubric.yaml", or on which sheet.
    """

    locate: Callable[..., Place]
    listed: Callable[[str], str]


@dataclass(frozen=True)
class Library:
    """What stands beside a rubric, as far as it can be read: resources, their file's `name`, and the versions of the checklist,
    oldest first.

    It may speak of a criterion by an id that it had formerly.
    """

    resources: tuple[Resource, ...]
    checklists: tuple[Checklist, ...]
    name: str
    locate_resource: Callable[..., Place]
    locate_checklist: Callable[..., Place]

    def helps_with(self, criterion: Criterion, rubric: Rubric) -> bool:
        """Whether a resource names the criterion."""
        return any(criterion.id in rubric.heirs(topic) for topic in self._topics)

    def helps_with_area(self, area: Area) -> bool:
        """Whether a resource names the area, or one from which its criteria come: a weaker match."""
        came_from = {int(id.partition(".")[0]) for criterion in area.criteria for id in criterion.formerly}
        return not self._areas.isdisjoint({area.number, *came_from})

    @property
    def _living(self) -> Iterator[Resource]:
        return (resource for resource in self.resources if not resource.is_dead)

    @cached_property
    def _topics(self) -> frozenset[str]:
        return frozenset(topic for resource in self._living for topic in resource.topics)

    @cached_property
    def _areas(self) -> frozenset[int]:
        return frozenset(number for resource in self._living for number in resource.areas)
