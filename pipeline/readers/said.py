"""What a school said in an earlier cycle, from its record; read with the standard library."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Answer
from pipeline.model.prefill import Said, Told
from pipeline.model.submission import Figure


def load_said(path: Path, name: str, cycle: str) -> tuple[Said | None, tuple[Finding, ...]]:
    """The record at `path`, called `name` in findings, as far as it is filled in again; None without a finding where there is
    none. Findings: PF101."""
    try:
        record = json.loads(path.read_bytes())
        submission, made_by = record["submission"], record["made_by"]
        completed = submission["identity"]["completed_on"] or made_by["made_on"]
        old = {row["criterion"]: row["answer"] for row in submission.get("old_answers", ()) if row["is_held"]}
        told = dict(_read_responses(submission["responses"], old))
        figures = {key: Figure(**figure) for key, figure in submission["outcomes"].items()}
        return Said(cycle, made_by["rubric"], date.fromisoformat(completed), told, figures), ()
    except FileNotFoundError:
        return None, ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None, (find("PF101", Place(name), "not as it was written", cycle=cycle),)


def _read_responses(rows: Iterable[Any], old: Mapping[str, str | None]) -> Iterable[tuple[str, Told]]:
    """An answer that was carried from before and not confirmed counted as a blank; it is still what the school last said."""
    for row in rows:
        answer = row["answer"] or old.get(row["criterion"])
        yield row["criterion"], Told(Answer(answer) if answer else None, row["evidence"])
