"""A kind of problem, and how much it weighs."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`error`: the document it belongs to is not made. `warning`: it is made; look at it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Check:
    """A kind of problem. `fix` is a format string over the finding's `details`."""

    code: str
    severity: Severity
    title: str
    fix: str
