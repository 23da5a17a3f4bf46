"""What schools call the file they send back."""

from collections.abc import Callable
from random import Random

from pipeline.demo.establishment import Establishment

# The workbook went out under the school's URN and name; this is what came back, given the school and the cycle's label.
_HABITS: tuple[Callable[[Establishment, str], str], ...] = (
    lambda one, cycle: one.school.file_stem,
    lambda one, cycle: one.school.file_stem,
    lambda one, cycle: f"{_initials(one)} self evaluation {cycle}",
    lambda one, cycle: f"{one.school.urn} inclusion workbook FINAL",
    lambda one, cycle: f"Inclusion self-evaluation - {one.spoken}",
    lambda one, cycle: f"Copy of {one.school.file_stem}",
    lambda one, cycle: f"{one.spoken} inclusive practice v2",
    lambda one, cycle: f"{one.spoken} SEF inclusion (governors agreed)",
    lambda one, cycle: f"{one.school.laestab.replace('/', '')}_{one.school.town}_return",
    lambda one, cycle: f"{one.school.file_stem} completed",
)


class FileNames:
    """Names returned files as their senders do, none twice (capitals make no difference on Windows)."""

    def __init__(self, cycle: str, rng: Random) -> None:
        self._cycle = cycle
        self._rng = rng
        self._taken: set[str] = set()

    def name(self, establishment: Establishment) -> str:
        """A file name, legal on Windows."""
        stem = self._rng.choice(_HABITS)(establishment, self._cycle)
        if stem.casefold() in self._taken:
            stem = f"{stem} {establishment.school.urn}"
        self._taken.add(stem.casefold())
        return f"{stem}.xlsx"


def _initials(establishment: Establishment) -> str:
    """The name as an office shortens it: “Fennacre CPS” for Fennacre Community Primary School."""
    town = establishment.school.town
    rest = establishment.school.name.removeprefix(town).split()
    if establishment.school.name == town or len(rest) < 2 or not establishment.school.name.startswith(town):
        return establishment.spoken
    return f"{town} {''.join(word[0] for word in rest if word[0].isalpha())}"
