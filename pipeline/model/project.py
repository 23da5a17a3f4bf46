"""Everything an LA has configured, read and found sound."""

from dataclasses import dataclass

from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist, Cycle, Guidance, Outcomes, Resource, Settings


@dataclass(frozen=True)
class Configuration:
    """The folder `config/`. `digest` changes when any of its files does (SHA-256, hex)."""

    settings: Settings
    rubric: Rubric
    outcomes: Outcomes
    guidance: Guidance
    checklist: Checklist
    resources: tuple[Resource, ...]
    digest: str

    def cycle(self, key: str) -> Cycle:
        """The named cycle's dates."""
        return self.settings.cycles[key]

    def cycle_before(self, key: str) -> str | None:
        """The cycle listed just before, or None for the first."""
        keys = list(self.settings.cycles)
        place = keys.index(key)
        return keys[place - 1] if place else None
