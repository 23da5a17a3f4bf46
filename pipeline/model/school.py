"""A school of the register."""

import unicodedata
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


_FORBIDDEN = frozenset('<>:"/\\|?*›')
_DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")))
_LONGEST, _LARGEST = 100, 160  # characters; bytes in UTF-8, since Linux allows a name 255 of them, suffixes and all


def safe_stem(name: str) -> str:
    """A name as a file name without suffix. What Windows forbids and what cannot be seen becomes a space; it is at most 100
    characters long, shortened between words where it can be, never empty, and never the name of a device (CON, also as
    `CON.xlsx`)."""
    kept = "".join(" " if mark in _FORBIDDEN or unicodedata.category(mark) in ("Cc", "Cf", "Cs") else mark for mark in name)
    whole = " ".join(kept.split())
    cut = whole[:_LONGEST].encode()[:_LARGEST].decode(errors="ignore")
    words = cut.rpartition(" ")[0]
    if whole[len(cut) : len(cut) + 1].strip() and len(words) > len(cut) // 2:  # a long name was cut within a word
        cut = words
    cut = cut.rstrip(" .")
    is_device = cut.partition(".")[0].rstrip().upper() in _DEVICES
    return f"_{cut}" if is_device or not cut else cut
