"""What earlier runs left: the index of the last run, the journal of one that was killed.

Read with the standard library, so that a run with nothing to do is told without importing anything heavy.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.model.batch import AreaLine, Basis, Batch, Entry, GapLine, Outcome, Reconciliation, Summary
from pipeline.model.finding import Finding, Place

# What is not as we write it: then it says nothing, and the work is done anew.
_UNREADABLE = (OSError, ValueError, KeyError, TypeError)


def load_batch(path: Path) -> Batch | None:
    """The last run, from its index. None where there was none, or its index cannot be read."""
    try:
        row = json.loads(path.read_bytes(), object_hook=_build_entry)
        return _batch(**row)
    except _UNREADABLE:
        return None


def load_journal(path: Path) -> Mapping[str, Sequence[Entry]]:
    """File in the folder → its entries, as far as a killed run came.

    A line is one file with all its entries, so a later line of a file stands for an earlier one. A line that was torn, or that
    another was written behind, cannot be read and is passed over: its file is done again."""
    by_file: dict[str, Sequence[Entry]] = {}
    with suppress(OSError), path.open("rb") as lines:
        for line in lines:
            with suppress(*_UNREADABLE):
                row = json.loads(line, object_hook=_build_entry)
                by_file[row["file"]] = _entries(row["entries"])
    return by_file


def _build_entry(row: dict[str, Any]) -> Any:
    """Each entry as soon as it is read, so that a large index never stands in memory twice."""
    return _entry(**row) if "outcome" in row else row


def _batch(
    *, balances: bool, entries: list[Any], missing: list[str], reconciliation: Any, findings: Any, basis: Any, **told: Any
) -> Batch:
    """`balances` follows from the sums."""
    return Batch(
        entries=_entries(entries),
        missing=tuple(missing),
        reconciliation=Reconciliation(**reconciliation),
        findings=_findings(findings),
        basis=_basis(**basis) if basis else None,
        **told,
    )


def _basis(*, cycles_before: list[str], **told: Any) -> Basis:
    return Basis(cycles_before=tuple(cycles_before), **told)


def _entries(found: Iterable[Any]) -> tuple[Entry, ...]:
    entries = tuple(found)
    if not all(isinstance(entry, Entry) for entry in entries):
        raise ValueError("not an entry")
    return entries


def _entry(
    *, group: list[str], outcome: str, completed_on: str | None, summary: Any, findings: Any, fingerprints: str, **told: Any
) -> Entry:
    """Without `fingerprints` an entry is an earlier program's: its file must be read again, or its copies would go unseen."""
    return Entry(
        group=tuple(group),
        outcome=Outcome(outcome),
        completed_on=date.fromisoformat(completed_on) if completed_on else None,
        summary=_summary(**summary) if summary else None,
        findings=_findings(findings),
        fingerprints=fingerprints,
        **told,
    )


def _summary(*, areas: Any, gaps: Any, **told: Any) -> Summary:
    return Summary(
        areas=tuple(_area_line(**area) for area in areas),
        gaps=tuple(_gap_line(**gap) for gap in gaps),
        **told,
    )


# Schools share few such lines among them: each is made once.
_area_line = lru_cache(maxsize=4096)(AreaLine)
_gap_line = lru_cache(maxsize=4096)(GapLine)


def _findings(rows: Any) -> tuple[Finding, ...]:
    return tuple(_finding(**row) for row in rows)


def _finding(*, place: Any, **told: Any) -> Finding:
    return Finding(place=Place(**place), **told)
