"""The cycle after the last: its name, its label and its dates, proposed from those of the last one."""

from datetime import date, timedelta

from pipeline.model.finding import Finding, Place, find
from pipeline.model.settings import Cycle, Settings
from pipeline.rules.term import Term, is_safe_key, move_on, read_term

_FILE = "config/settings.yaml"


def propose_cycle(
    key: str, settings: Settings, label: str | None, due: date | None
) -> tuple[Cycle | None, tuple[Finding, ...]]:
    """A new cycle named `key`, as many terms on from the last as their names say. `label` and `due` are given, or proposed.

    Findings: CY101 (there is one), CY102 (no name for a cycle), CY103 (it lies before the last), CY104 (no way to its dates),
    CY105 (no cycle to go by).
    """
    if not settings.cycles:
        return None, (find("CY105", Place(_FILE), "no cycle yet", key=key),)
    last_key = list(settings.cycles)[-1]
    last, term, last_term = settings.cycles[last_key], read_term(key), read_term(last_key)
    if key.casefold() in map(str.casefold, settings.cycles):
        return None, (find("CY101", Place(_FILE), key),)
    if not is_safe_key(key):
        return None, (find("CY102", Place(_FILE), f"“{key[:40]}”", example=_example(last_term)),)
    steps = term.halves - last_term.halves if term and last_term else 0
    if term and last_term and steps <= 0:
        return None, (find("CY103", Place(_FILE), f"{key}, after {last_key}", last=last_key),)
    if not steps and due is None:
        return None, (find("CY104", Place(_FILE), f"“{key}”", example=_example(last_term)),)
    named = label or (term.label if term else key)
    return _date(last, named, steps, due), ()


def _date(last: Cycle, label: str, steps: int, due: date | None) -> Cycle:
    """The dates: as far from each other as the last cycle's, where only the first is known."""
    if not steps:
        assert due is not None
        by = due - last.returns_due
        return Cycle(label, due, last.gaps_closed_by + by, last.review_on + by)
    returns_due = due or move_on(last.returns_due, steps)
    gaps_closed_by = max(move_on(last.gaps_closed_by, steps), returns_due + timedelta(weeks=4))
    return Cycle(label, returns_due, gaps_closed_by, max(move_on(last.review_on, steps), gaps_closed_by))


def name_next(settings: Settings) -> str:
    """The name of the term after the last cycle's."""
    return _example(read_term(list(settings.cycles)[-1]))


def _example(last: Term | None) -> str:
    """The name of the term after the last."""
    year, place = divmod(last.year * 3 + last.place + 1, 3) if last else (2026, 0)
    return f"{year}-{(year + 1) % 100:02}-{('autumn', 'spring', 'summer')[place]}"
