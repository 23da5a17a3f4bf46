"""A cycle's files, counted: what `inclusion cycle` lists, and what it is about to delete."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CycleLine:
    """One cycle and how many files of each kind it has. `returned_plans` are those that came back from schools; `is_current` is
    the one of the settings, and `is_listed` whether the settings know it at all."""

    key: str
    label: str
    due: str
    returns: int
    plans: int
    returned_plans: int
    records: int
    is_current: bool
    is_listed: bool


@dataclass(frozen=True)
class Heap:
    """A folder that is to be deleted, with how much is in it. `name` is how people are told of it."""

    path: Path
    name: str
    files: int
    size: int
