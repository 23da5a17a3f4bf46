"""The advisers' judgements of a cycle, as they are kept: one file, sorted, the same judgements in the same bytes."""

import json
from collections.abc import Iterable, Mapping

from pipeline.model.moderation import Judgement, Judgements


def write_judgements(judgements: Judgements) -> bytes:
    """`moderation.json`: those that count, and those they took the place of."""
    parts = {"current": _rows(judgements.current), "earlier": _rows(judgements.earlier)}
    return json.dumps(parts, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _rows(judgements: Iterable[Judgement]) -> list[Mapping[str, str | int]]:
    return [{**vars(one), "level": one.level.key, "on": one.on.isoformat()} for one in judgements]
