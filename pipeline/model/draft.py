"""A rubric as its files hold it, before it is put to use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.finding import Place
from pipeline.model.rubric import Area, Frame, Rubric


@dataclass(frozen=True)
class Draft:
    """A rubric with every area, retired ones too, in the order of their numbers."""

    frame: Frame
    areas: tuple[Area, ...]

    @cached_property
    def rubric(self) -> Rubric:
        """What schools are asked and rated by."""
        return Rubric(self.frame, tuple(area for area in self.areas if area.status != "retired"))

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
