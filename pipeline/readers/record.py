"""A school's record, read back whole.

Read with the standard library. What is not as it was written is told; a field that an earlier version did not write yet takes
its default, and one that a later version added is passed over.
"""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import LEVELS, Level
from pipeline.model.record import Record


def load_record(path: Path, name: str) -> tuple[Record | None, tuple[Finding, ...]]:
    """The record at `path`, called `name` in findings; None without a finding where there is none.

    Findings: EX102."""
    try:
        record: Record = build(Record, json.loads(path.read_bytes()))
        return record, ()
    except FileNotFoundError:
        return None, ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        seen = error.strerror or "cannot be opened" if isinstance(error, OSError) else "not as it was written"
        return None, (find("EX102", Place(name), seen),)


def build(kind: Any, value: Any) -> Any:
    """A value of the kind that a field is declared to be."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else build(inner[0], value)
    if origin is tuple:
        return tuple(build(inner[0], one) for one in _expect(list, value))
    if origin is Mapping:
        return {_expect(str, key): build(inner[1], one) for key, one in _expect(dict, value).items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{field: build(hints[field], one) for field, one in _expect(dict, value).items() if field in hints})
    return _simple(kind, value)


def _simple(kind: Any, value: Any) -> Any:
    if kind is Level:
        return LEVELS[value]
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum) else _expect(kind, value)


def _expect(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
