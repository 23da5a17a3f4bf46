"""A school of the register."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Phases as the rubric names them. Special schools and alternative provision are phases of their own here,
    because GIAS files them under "Not applicable"."""

    NURSERY = "nursery"
    PRIMARY = "primary"
    MIDDLE = "middle"
    SECONDARY = "secondary"
    ALL_THROUGH = "all-through"
    SIXTEEN_PLUS = "sixteen-plus"
    SPECIAL = "special"
    ALTERNATIVE_PROVISION = "alternative-provision"

    @property
    def label(self) -> str:
        """The phase as people write it."""
        return _PHASE_LABELS.get(self, self.value.capitalize())


_PHASE_LABELS = {
    Phase.ALL_THROUGH: "All-through",
    Phase.SIXTEEN_PLUS: "16 plus",
    Phase.ALTERNATIVE_PROVISION: "Alternative provision",
}


@dataclass(frozen=True)
class School:
    """One row of the register. `urn` is 6 digits and `laestab` is LLL/EEEE, both text."""

    urn: str
    laestab: str
    name: str
    phase: Phase
    kind: str
    district: str
    town: str
    pupils: int | None

    @property
    def file_stem(self) -> str:
        """A file name without suffix that is legal on Windows and says which school it is."""
        return safe_stem(f"{self.urn} {self.name}")


def safe_stem(name: str) -> str:
    """A name as a file name without suffix: what Windows forbids becomes a space, and it is at most 100 characters long."""
    kept = "".join(" " if mark in '<>:"/\\|?*›' or ord(mark) < 32 else mark for mark in name)
    return " ".join(kept.split())[:100].rstrip(" .")
