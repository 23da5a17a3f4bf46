"""A school's record: everything the run knows of one school in one cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model.assessment import Assessment
from pipeline.model.batch import AreaLine
from pipeline.model.comparison import Comparison
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
class Record:
    """The file `records/<urn>.json`, field by field. `findings` are rows as in `findings.csv`; `levels` has what the answers
    come to in each area, the school's own view and the adviser's level side by side; `compared` sets it beside the last
    cycle."""

    made_by: Provenance
    school: School
    submission: Submission
    assessment: Assessment
    findings: tuple[Mapping[str, str], ...]
    levels: tuple[AreaLine, ...] = ()
    compared: Comparison | None = None
