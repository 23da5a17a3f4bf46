"""The plans that a school was sent, as they were kept: read with the standard library."""

import json
from pathlib import Path
from typing import Any

from pipeline.model.sent_plan import SentAction, SentPlan


def load_sent_plans(folder: Path, urn: str) -> tuple[SentPlan, ...]:
    """What a school was sent in a cycle, as kept in `outputs/<cycle>/sent/<urn>`."""
    found = map(load_sent, sorted((folder / urn).glob("*.json")))
    return tuple(sent for sent in found if sent)


def load_sent(path: Path) -> SentPlan | None:
    """None where there is none, or it is not as we write it: then nothing can be compared with it, and that is told."""
    try:
        return _sent(**json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sent(*, actions: list[dict[str, Any]], texts: list[str], retired: list[str], **told: Any) -> SentPlan:
    return SentPlan(actions=tuple(_action(**one) for one in actions), texts=tuple(texts), retired=tuple(retired), **told)


def _action(*, own: list[str], beside: list[list[str]], **told: Any) -> SentAction:
    return SentAction(own=tuple(own), beside=tuple((label, text) for label, text in beside), **told)
