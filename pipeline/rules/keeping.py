"""What is kept of advisers' judgements from import to import: the latest visit counts, and nothing is lost."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.moderation import Judgement, Judgements


@dataclass(frozen=True)
class Merged:
    """What is kept after an import, and how many judgements are new, take an earlier one's place, are older than one that
    counts, or were known already."""

    judgements: Judgements
    new: int
    replacing: int
    older: int
    known: int


def merge_judgements(kept: Judgements, imported: Iterable[Judgement]) -> Merged:
    """What is kept after an import. The latest visit counts, of two imports about one day the last; nothing is lost."""
    current = {judgement.subject: judgement for judgement in kept.current}
    earlier: dict[object, Judgement] = {_identity(judgement): judgement for judgement in kept.earlier}
    counts = {"new": 0, "replacing": 0, "older": 0, "known": 0}
    for judgement in sorted(imported, key=lambda one: one.on):
        became = _place(judgement, current.get(judgement.subject), earlier)
        counts[became] += 1
        if became in ("new", "replacing"):
            current[judgement.subject] = judgement
    ordered = (tuple(sorted(found.values(), key=_order)) for found in (current, earlier))
    return Merged(Judgements(*ordered), **counts)


def _place(judgement: Judgement, held: Judgement | None, earlier: dict[object, Judgement]) -> str:
    """What becomes of an imported judgement beside the one that is held; what no longer counts goes to `earlier`."""
    identity = _identity(judgement)
    if held is None:
        return "new"
    if _identity(held) == identity:
        return "known"
    if judgement.on < held.on:
        if identity in earlier:
            return "known"
        earlier[identity] = judgement
        return "older"
    earlier[_identity(held)] = held
    earlier.pop(identity, None)
    return "replacing"


def say_import(merged: Merged, refused: int) -> str:
    """How many rows were taken and refused, and how many judgements are kept now."""
    counts = {
        "new": merged.new,
        "in place of an earlier one": merged.replacing,
        "older than one that is kept": merged.older,
        "known already": merged.known,
    }
    named = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
    taken = sum(counts.values())
    taken_words = f"{_rows(taken)} taken ({named})" if taken else "No row taken"
    kept = len(merged.judgements.current)
    return f"{taken_words}, {_rows(refused) if refused else 'none'} refused. {kept} judgements count in this cycle."


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _identity(judgement: Judgement) -> tuple[object, ...]:
    """All that an adviser said: what the record held at that time is no part of it."""
    return (*judgement.subject, judgement.level, judgement.reason, judgement.by, judgement.on)


def _order(judgement: Judgement) -> tuple[object, ...]:
    number = judgement.criterion.rpartition(".")[2]
    place = int(number) if number.isdecimal() else 0
    return (judgement.urn, judgement.area, place, judgement.on, judgement.level, judgement.by, judgement.reason)
