"""What earlier runs left: the index of the last run, and a school's levels in an earlier cycle."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.model.batch import Entry
from pipeline.model.level import Level


def load_index(path: Path) -> Mapping[str, Sequence[Entry]]:
    """File name → what became of it in the last run, once for each school it was from.

    Empty where there was no run or its index cannot be read: then all is done anew."""
    by_file: dict[str, list[Entry]] = {}
    try:
        for entry in TypeAdapter(tuple[Entry, ...]).validate_python(json.loads(path.read_bytes())["entries"]):
            by_file.setdefault(entry.file, []).append(entry)
        return by_file
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return {}


def load_levels(path: Path) -> Mapping[str, Level]:
    """Criterion id → level from a school's record; empty where there is none."""
    try:
        areas = json.loads(path.read_bytes())["assessment"]["areas"]
        standings = [standing for area in areas for standing in area["standings"]]
        return {standing["criterion"]: Level(standing["level"]) for standing in standings if standing["level"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
