"""One run over a cycle's returns: what became of every file, and whether it adds up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.model.edition import is_comparable
from pipeline.model.finding import Finding


class Outcome(StrEnum):
    """What became of a returned file. Each has exactly one."""

    RATED = "rated"
    SENT_BACK = "sent back"
    SET_ASIDE = "set aside"


@dataclass(frozen=True)
class AreaLine:
    """One area's result as the overview shows it. `key` is the level's, or the state's where there is none. `own` and
    `moderated` are labels: the school's own view and the adviser's, empty where there is none. `before` is the label of what
    it is compared with in the last cycle, `movement` which way it went, and `across` the break between the two, if any."""

    number: int
    key: str
    label: str
    own: str = ""
    moderated: str = ""
    before: str = ""
    movement: str = ""
    across: str = ""


@dataclass(frozen=True)
class GapLine:
    """A statutory gap as the overview shows it."""

    ref: str
    criterion: str
    duty: str


@dataclass(frozen=True)
class Summary:
    """What the LA's papers need of a rated school: levels and counts, no free text. `rubric` is the edition it was rated
    under."""

    overall_key: str
    overall: str
    areas: tuple[AreaLine, ...]
    gaps: tuple[GapLine, ...]
    opportunities: int
    answered: int
    asked: int
    shares_practice: bool
    rubric: str = ""


@dataclass(frozen=True)
class Entry:
    """One returned file, for one school.

    While `digest` (the file in the folder), `context` (the register's row, the last cycle), `group` (the school's files) and
    the batch's `rules` hold, it need not be opened. `plan` and `note` are file names; digests are SHA-256, hex; `edition` is
    what the workbook says of itself. `fingerprints` are those of its evidence, as `rules.likeness` makes them: what schools
    wrote can be compared, and not be read."""

    file: str
    digest: str
    context: str
    group: tuple[str, ...]
    outcome: Outcome
    urn: str
    completed_on: date | None
    answered: int
    plan: str
    plan_digest: str
    note: str
    summary: Summary | None
    findings: tuple[Finding, ...]
    edition: str = ""
    fingerprints: str = ""


@dataclass(frozen=True)
class Reconciliation:
    """Two sums that must balance: files by outcome, and schools of the register by whether they returned."""

    found: int
    rated: int
    sent_back: int
    set_aside: int
    register: int
    returned: int
    missing: int

    @property
    def balances(self) -> bool:
        """Whether every file and every school is accounted for."""
        files = self.found == self.rated + self.sent_back + self.set_aside
        return files and self.register == self.returned + self.missing


@dataclass(frozen=True)
class Basis:
    """What a run rested on besides the returns, and what it left, as digests (SHA-256, hex): while that holds, a run with the
    same returns would do nothing. `cycles_before` are those of the settings, the last first; `papers` are those of the LA's
    papers by file name, `day` is an ISO date, `judgements` the digest of the advisers' judgements, `earlier` those of what
    trends look back on, by cycle, `returned` that of the plans that came back."""

    project: str
    cycles_before: tuple[str, ...]
    records_before: str
    shelves: str
    papers: Mapping[str, str]
    day: str
    judgements: str = ""
    earlier: Mapping[str, str] = field(default_factory=dict)
    returned: str = ""


@dataclass(frozen=True)
class Batch:
    """A finished run. `entries` are in the order of file names, `missing` holds the URNs with no return, and `findings` what
    belongs to no one file. `rules` changes when the program, the configuration, a template or the cycle does."""

    cycle: str
    cycle_label: str
    rubric: str
    version: str
    rules: str
    entries: tuple[Entry, ...]
    missing: tuple[str, ...]
    reconciliation: Reconciliation
    findings: tuple[Finding, ...]
    basis: Basis | None = None

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding, those of files first."""
        return tuple(finding for entry in self.entries for finding in entry.findings) + self.findings

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """Those of the rated schools whose levels may be counted together: none rated under another edition."""
        return tuple(entry.summary for entry in self.entries if entry.summary and not self.is_apart(entry.summary))

    @property
    def rated_apart(self) -> int:
        """How many schools were rated under another edition, whose levels are not those of the one in use."""
        return sum(entry.summary is not None and self.is_apart(entry.summary) for entry in self.entries)

    def is_apart(self, summary: Summary) -> bool:
        """Whether a school was rated under an edition whose levels are not those of the one in use."""
        return bool(summary.rubric) and not is_comparable(summary.rubric, self.rubric)

    @property
    def returns_with_personal_data(self) -> int:
        """How many files have a cell that looks like personal data."""
        return len({finding.place.file for finding in self.all_findings if finding.code.startswith("PV")})
