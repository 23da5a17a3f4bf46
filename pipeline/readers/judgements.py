"""The advisers' judgements of a cycle, as `moderation import` keeps them.

Read with the standard library, as every run does so. A file that cannot be read to the last entry stops the run: an adviser's
judgement is never dropped unseen.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import LEVELS
from pipeline.model.moderation import Judgement, Judgements


def load_judgements(path: Path, name: str) -> tuple[Judgements | None, tuple[Finding, ...]]:
    """All that was imported; nothing imported where there is no file. `name` is how findings call it. Findings: MD810."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Judgements(), ()
    except OSError as error:
        return None, (find("MD810", Place(name), error.strerror or "cannot be opened", file=name),)
    try:
        rows = json.loads(content)
        kept = Judgements(*(tuple(map(_judgement, rows[part])) for part in ("current", "earlier")))
        subjects = Counter(judgement.subject for judgement in kept.current)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, (find("MD810", Place(name), "not as it was written", file=name),)
    if len(subjects) < len(kept.current):
        return None, (find("MD810", Place(name), "two judgements that both count", file=name),)
    return kept, ()


def _judgement(row: dict[str, Any]) -> Judgement:
    judgement = Judgement(**{**row, "level": LEVELS[row["level"]], "on": date.fromisoformat(row["on"])})
    texts = (judgement.urn, judgement.criterion, judgement.reason, judgement.by, judgement.rated)
    if not all(isinstance(text, str) for text in texts) or not isinstance(judgement.area, int):
        raise TypeError
    if not judgement.reason.strip() or not judgement.by.strip():
        raise ValueError
    return judgement
