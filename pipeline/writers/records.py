"""The audit trail: one JSON record a school, the findings as a table, and what the run keeps for its own next time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.model.assessment import Assessment
from pipeline.model.batch import AreaLine, Batch, Entry
from pipeline.model.comparison import Comparison
from pipeline.model.finding import Finding
from pipeline.model.ledger import Ledger
from pipeline.model.project import Configuration
from pipeline.model.record import CameBack, Provenance, Record
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.writers.csv_table import write_table

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True)
class Index(Batch):
    """`run.json`: a batch, and whether its sums balance."""

    balances: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the journal: a file in the folder with all its entries."""

    file: str
    entries: Sequence[Entry]


def write_record(
    school: School,
    submission: Submission,
    assessment: Assessment,
    findings: Sequence[Finding],
    provenance: Provenance,
    levels: Sequence[AreaLine] = (),
    compared: Comparison | None = None,
    ledger: Ledger | None = None,
    came_back: CameBack | None = None,
) -> bytes:
    """Everything the run knows of one school in one cycle: every answer with its cell, every rating with its reasons."""
    rows = tuple(map(_row, findings))
    record = Record(provenance, school, submission, assessment, rows, tuple(levels), compared, ledger, came_back)
    return _adapter(Record).dump_json(record, indent=1) + b"\n"


def write_index(batch: Batch) -> bytes:
    """`run.json`: what became of every file, and the sums."""
    index = Index(**vars(batch), balances=batch.reconciliation.balances)
    return _adapter(Index).dump_json(index, indent=1) + b"\n"


def write_line(file: str, entries: Sequence[Entry]) -> bytes:
    """A finished file as one line of the journal, its end of line included. Written again, it stands for the earlier line."""
    return _adapter(Line).dump_json(Line(file, entries)) + b"\n"


def write_configuration(configuration: Configuration) -> bytes:
    """The configuration for `recall_configuration`; nothing where it would not come back the same."""
    adapter = _adapter(Configuration)
    try:
        content = adapter.dump_json(configuration)
        return content if adapter.validate_json(content) == configuration else b""
    except ValueError:
        return b""


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


@cache
def _adapter(kind: type) -> "TypeAdapter[Any]":
    """Each shape is made known to pydantic once, and not before it is written."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - heavy

    return TypeAdapter(kind)
