"""What advisers made of a school's ratings on a visit; it stands beside what the rules made of the answers, never over it."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.level import Level


@dataclass(frozen=True)
class Moderated:
    """An area's level as an adviser sees it, why, and who said so when. A reason is always given."""

    area: int
    level: Level
    reason: str
    by: str
    on: date
