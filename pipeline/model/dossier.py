"""What the LA's papers are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.model.batch import Batch
from pipeline.model.edition import is_comparable
from pipeline.model.paper import Matter, Paper
from pipeline.model.profile import Outline, Profile
from pipeline.model.project import Configuration
from pipeline.model.school import School


@dataclass(frozen=True)
class Dossier:
    """A cycle as it stands on a day: the batch, the register (URN → school), the profiles of the rated schools, in the
    register's order, and what earlier cycles left (cycle → outlines), the earliest first."""

    batch: Batch
    register: Mapping[str, School]
    configuration: Configuration
    profiles: Sequence[Profile]
    today: date
    earlier: Mapping[str, Sequence[Outline]]

    @cached_property
    def counted(self) -> Sequence[Profile]:
        """Those whose levels may be counted together: none rated under an edition that is not comparable."""
        return tuple(one for one in self.profiles if is_comparable(one.edition, self.batch.rubric))

    def shows(self, paper: Paper, matter: Matter) -> bool:
        """Whether a paper may show a matter."""
        return matter in self.configuration.settings.papers.get(paper, ())
