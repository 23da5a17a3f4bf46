"""The audit trail: one JSON record a school, the run's own index, and the findings as a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from pipeline.model.assessment import Assessment
from pipeline.model.batch import Batch
from pipeline.model.finding import Finding
from pipeline.model.level import Level
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.writers.csv_table import write_table


@dataclass(frozen=True)
class Provenance:
    """What made a plan: program version, rubric edition, cycle, the day, and the SHA-256 of return and plan."""

    version: str
    rubric: str
    cycle: str
    made_on: date
    return_digest: str
    plan: str
    plan_digest: str


def write_record(
    school: School, submission: Submission, assessment: Assessment, findings: Sequence[Finding], provenance: Provenance
) -> bytes:
    """Everything the run knows of one school in one cycle: every answer with its cell, every rating with its reasons."""
    return _json(
        {
            "made_by": asdict(provenance),
            "school": asdict(school),
            "submission": asdict(submission),
            "assessment": asdict(assessment),
            "findings": [_row(finding) for finding in findings],
        }
    )


def write_index(batch: Batch) -> bytes:
    """`run.json`: what became of every file, and the sums."""
    return _json({"balances": batch.reconciliation.balances, **asdict(batch)})


def write_findings(findings: Sequence[Finding]) -> bytes:
    """`findings.csv`: one row a finding, errors first."""
    columns = ("severity", "code", "what", "urn", "file", "sheet", "cell", "seen", "remedy")
    ordered = sorted(findings, key=lambda one: (not one.is_error, one.place.file))
    return write_table(columns, ([row[column] for column in columns] for row in map(_row, ordered)))


def _row(finding: Finding) -> Mapping[str, str]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "what": finding.title,
        "urn": finding.urn,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "seen": finding.seen,
        "remedy": finding.fix,
    }


def _json(content: object) -> bytes:
    return (json.dumps(_plain(content), ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: object) -> object:
    """Dates, fractions and levels as text; everything else as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Level):
        return value.key
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value
