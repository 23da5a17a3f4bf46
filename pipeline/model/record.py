"""A school's record: everything the run knows of one school in one cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model.assessment import Assessment
from pipeline.model.batch import AreaLine
from pipeline.model.carried import Unplaced
from pipeline.model.comparison import Comparison
from pipeline.model.ledger import Ledger
from pipeline.model.school import School
from pipeline.model.submission import Submission


@dataclass(frozen=True)
class Provenance:
    """What made a plan: program version, rubric edition, cycle, day, and the SHA-256 of return, plan, rubric and template."""

    version: str
    rubric: str
    cycle: str
    made_on: date
    return_digest: str
    plan: str
    plan_digest: str
    rubric_digest: str = ""
    template_digest: str = ""


@dataclass(frozen=True)
class CameBack:
    """The school's last plan as it came back: its file, and what is kept of it here alone, with where it stood. What still
    stood as sent is in the copy of that plan that was kept when it was sent."""

    file: str
    kept: tuple[Unplaced, ...]


@dataclass(frozen=True)
class Record:
    """The file `records/<urn>.json`, field by field. `findings` are rows as in `findings.csv`; `levels` has what the answers
    come to in each area, the school's own view and the adviser's level side by side; `compared` sets it beside the last
    cycle. `ledger` has every action of the school's life, from its first plan that came back on."""

    made_by: Provenance
    school: School
    submission: Submission
    assessment: Assessment
    findings: tuple[Mapping[str, str], ...]
    levels: tuple[AreaLine, ...] = ()
    compared: Comparison | None = None
    ledger: Ledger | None = None
    came_back: CameBack | None = None
