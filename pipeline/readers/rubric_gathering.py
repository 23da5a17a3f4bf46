"""What is gathered while the rubric's workbook is read: findings, and the cell of each part of the rubric."""

from collections.abc import Mapping
from typing import TypeVar

from pipeline.model import rubric_form as form
from pipeline.model.draft import Whereabouts
from pipeline.model.finding import Finding, Place
from pipeline.model.level import Level
from pipeline.readers.rubric_sheet import Row

Path = tuple[int | str | None, ...]
Key = TypeVar("Key")
Entry = TypeVar("Entry")

_LISTED = {"sources": form.SOURCES, "themes": form.THEMES}


class Gathering:
    """Findings in the order in which they are met, and where each part of the rubric stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self._places: dict[Path, Place] = {}

    @property
    def has_error(self) -> bool:
        """Whether something cannot be used."""
        return any(finding.is_error for finding in self.findings)

    @property
    def where(self) -> Whereabouts:
        """The sheet and cell of each part."""
        return Whereabouts(self._locate, lambda kind: f"listed on the sheet “{_LISTED[kind].sheet}”")

    def _locate(self, *path: int | str | None) -> Place:
        """The cell of a part, or of what holds it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._places:
                return self._places[path[:end]]
        return Place(self.name)

    def keep(self, row: Row, path: Path, headings: Mapping[str, Path]) -> None:
        """Remembers where a row's parts stand; `headings` maps a heading to the path from `path`. The first counts."""
        self._places.setdefault(path, row.place(next(iter(headings))))
        for heading, rest in headings.items():
            self._places.setdefault((*path, *rest), row.place(heading))

    def place(self, path: Path, place: Place) -> None:
        """The same for one part."""
        self._places.setdefault(path, place)

    def put(self, entries: dict[Key, Entry], key: Key, entry: Entry, row: Row) -> None:
        """Adds an entry under its id; a second one of the same is told. Findings: RB952."""
        if key in entries:
            shown = key.key if isinstance(key, Level) else str(key)
            row.refuse("Id", f"{shown[:40]} twice", "Use each id once; rename this one or remove its row.")
        entries.setdefault(key, entry)
