"""What a school's record holds of an earlier run, so far as a plan can be made from it again."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.model.assessment import Assessment
from pipeline.model.school import School
from pipeline.model.submission import Submission

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True)
class Past:
    """A school in an earlier run: its return as read, what the rules made of it, and the day its plan was made."""

    school: School
    submission: Submission
    assessment: Assessment
    made_on: date


def load_past(path: Path) -> Past | None:
    """What a record tells; None where it cannot be read, or was written by a version that tells it otherwise."""
    try:
        row = json.loads(path.read_bytes())
        adapter = _adapter()
        past: Past = adapter.validate_json(json.dumps({**row, "made_on": row["made_by"]["made_on"]}))
        return past
    except (OSError, ValueError, KeyError, TypeError):
        return None


@cache
def _adapter() -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - heavy

    return TypeAdapter(Past)
