"""What the LA's papers are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.model.batch import Batch
from pipeline.model.paper import Matter, Paper
from pipeline.model.profile import Profile
from pipeline.model.project import Configuration
from pipeline.model.school import School


@dataclass(frozen=True)
class Dossier:
    """A cycle as it stands on a day: the batch, the register (URN → school), and the profiles of the rated schools, in the
    register's order."""

    batch: Batch
    register: Mapping[str, School]
    configuration: Configuration
    profiles: Sequence[Profile]
    today: date

    def shows(self, paper: Paper, matter: Matter) -> bool:
        """Whether a paper may show a matter."""
        return matter in self.configuration.settings.papers.get(paper, ())
