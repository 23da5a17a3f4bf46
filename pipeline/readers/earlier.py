"""A school's record of an earlier cycle, or of this one before it is rated again: as much of it as is needed, and no more.

Read with the standard library, since there is one for each school. What is not as we write it says nothing.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.model.comparison import Earlier
from pipeline.model.edition import is_comparable
from pipeline.model.finding import Place
from pipeline.model.ledger import Ledger
from pipeline.model.level import LEVELS, Answer, Level, State
from pipeline.model.school import Phase, School
from pipeline.model.submission import Identity, Response, Submission
from pipeline.model.what_if import Rated, Stored
from pipeline.readers.record import build

_UNREADABLE = (OSError, ValueError, KeyError, TypeError)


def load_earlier(path: Path) -> Earlier:
    """A school's levels and their edition from its record of an earlier cycle; all empty where there is none."""
    try:
        record = json.loads(path.read_bytes())
        areas = record["assessment"]["areas"]
        return Earlier(
            edition=record["made_by"]["rubric"],
            levels={one["criterion"]: _level(one["level"]) for area in areas for one in area["standings"]},
            areas={area["area"]: _level(area["rating"]["level"]) for area in areas},
            ledger=build(Ledger, record["ledger"]) if record.get("ledger") else None,
            made_on=date.fromisoformat(record["made_by"]["made_on"]),
        )
    except _UNREADABLE:
        return Earlier("", {}, {})


def load_stored(path: Path) -> Stored | None:
    """A school's record, as far as it is rated again; None where it cannot be read."""
    try:
        record = json.loads(path.read_bytes())
        assessment, school = record["assessment"], record["school"]
        return Stored(
            edition=record["made_by"]["rubric"],
            school=School(**{**school, "phase": Phase(school["phase"])}),
            submission=_submission(record["submission"]),
            areas={area["area"]: _rated(area["rating"]) for area in assessment["areas"]},
            overall=_rated(assessment["overall"]) if assessment["overall"] else None,
        )
    except _UNREADABLE:
        return None


def _rated(row: Any) -> Rated:
    return Rated(_level(row["level"]), State(row["state"]))


def _submission(row: Any) -> Submission:
    """The answers with their places and evidence; figures, notes and sign-off decide no rating, and are left behind."""
    identity = Identity(row["identity"]["urn"], "", "", "", "", None, "", None, False)
    responses = tuple(_response(**response) for response in row["responses"])
    return Submission(row["file"], row["edition"], identity, responses, {}, {})


def _response(*, answer: str | None, place: Any, **told: Any) -> Response:
    return Response(answer=Answer(answer) if answer else None, place=Place(**place), **told)


def _level(key: str | None) -> Level | None:
    return LEVELS[key] if key else None


def load_answers(path: Path, edition: str) -> Mapping[str, tuple[Answer | None, str]]:
    """Criterion id → answer and evidence from a school's record; empty where there is none, or its rubric's version is not
    comparable with that of `edition`."""
    try:
        record = json.loads(path.read_bytes())
        if not is_comparable(record["made_by"]["rubric"], edition):
            return {}
        responses = record["submission"]["responses"]
        return {one["criterion"]: (Answer(one["answer"]) if one["answer"] else None, one["evidence"]) for one in responses}
    except _UNREADABLE:
        return {}
