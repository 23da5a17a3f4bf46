"""Records of this cycle and earlier ones, as moderation reads them. Evidence is weighed as it is read, and not kept."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import LEVELS, Answer
from pipeline.model.review import Answered, Review
from pipeline.rules.evidence import weigh_evidence


def load_review(path: Path) -> tuple[Review | None, tuple[Finding, ...]]:
    """One school's record; nothing, and no finding, where there is none. Findings: MD812."""
    try:
        return _review(json.loads(path.read_bytes())), ()
    except FileNotFoundError:
        return None, ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None, (find("MD812", Place(path.name), "a record that is not as it was written"),)


def _review(record: Mapping[str, Any]) -> Review:
    submission, areas = record["submission"], record["assessment"]["areas"]
    area_of = {standing["criterion"]: area["area"] for area in areas for standing in area["standings"]}
    return Review(
        urn=record["school"]["urn"],
        file=submission["file"],
        edition=record["made_by"]["rubric"],
        areas={area["area"]: area["rating"]["level"] or area["rating"]["state"] for area in areas},
        own={view["area"]: LEVELS[view["level"]] for view in submission.get("views", ())},
        answers=tuple(
            _answered(row, area_of[row["criterion"]]) for row in submission["responses"] if row["criterion"] in area_of
        ),
    )


def _answered(row: Mapping[str, Any], area: int) -> Answered:
    return Answered(
        criterion=row["criterion"],
        area=area,
        answer=Answer(row["answer"]) if row["answer"] else None,
        place=Place(**row["place"]),
        evidence_cell=row["evidence_cell"],
        evidence=weigh_evidence(row["evidence"]),
    )
