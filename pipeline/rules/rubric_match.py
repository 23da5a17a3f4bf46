"""Which criterion of a rubric was which of another: by id and title, by what the rubric says it was, by title, and by id."""

from collections.abc import Mapping

from pipeline.model.rubric import Criterion
from pipeline.rules.rubric_soundness import fold_wording

Criteria = Mapping[str, Criterion]


def match_criteria(old: Criteria, new: Criteria) -> dict[str, tuple[str, ...]]:
    """New id → the old ids it was or took over; empty where it is new. An old id may be several new ones: it was split."""
    matched: dict[str, tuple[str, ...]] = {}
    for id, criterion in new.items():
        before = old.get(id)
        if before and before.formerly == criterion.formerly and _title(before) == _title(criterion):
            matched[id] = (id,)
        elif former := tuple(one for one in criterion.formerly if one in old and _is_news(criterion, before)):
            matched[id] = former
    by_title = {_title(criterion): id for id, criterion in old.items()}
    taken = {one for found in matched.values() for one in found}
    for id, criterion in new.items():
        same = by_title.get(_title(criterion))
        if id not in matched and same and same not in taken:
            matched[id] = (same,)
            taken.add(same)
    for id in new:
        if id not in matched:
            matched[id] = (id,) if id in old and id not in taken else ()
    return {id: matched[id] for id in new}


def _is_news(criterion: Criterion, before: Criterion | None) -> bool:
    """Former ids tell of the version before only where that version did not say the same of the same id."""
    return before is None or before.formerly != criterion.formerly


def _title(criterion: Criterion) -> str:
    return fold_wording(criterion.title)
