"""One edition of a rubric in terms of another: which criteria answer for which, so that cycles, lists and returns still meet.

An edition is an id and a version `N-X`; ratings of one N are comparable. A criterion's `formerly` holds the ids it had, or took
over, in the edition that its rubric `follows`; where it says nothing, it has kept its id.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pipeline.model.edition import is_comparable
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist, Resource, Resources

Trace = Mapping[str, tuple[str, ...]]  # criterion id of one edition → the ids that answer for it in another; every criterion


def trace(rubric: Rubric, edition: str, known: Collection[str], kept: Mapping[str, Rubric]) -> Trace | None:
    """Each criterion of `rubric` → those of `known`, the ids of `edition`, that it took over; none for one that is new.

    The way leads through `follows`, forwards or back, and through the rubrics `kept` (edition → rubric). A rubric that follows
    none is taken to follow whatever came before under its id. None where no way leads there.
    """
    if is_comparable(rubric.edition, edition):
        return {key: (key,) if key in known else tuple(_before(rubric, key, known)) for key in rubric.criteria}
    others = {name: other for name, other in kept.items() if not is_comparable(name, rubric.edition)}
    later = _find(others, edition)
    if later and is_comparable(later.frame.follows, rubric.edition):
        return {key: tuple(one for one in later.heirs(key) if one in known) for key in rubric.criteria}
    is_first = not rubric.frame.follows and edition.casefold().startswith(f"{rubric.frame.id.casefold()} ")
    if is_first or is_comparable(rubric.frame.follows, edition):
        return {key: tuple(_before(rubric, key, known)) for key in rubric.criteria}
    between = _find(others, rubric.frame.follows)
    further = trace(between, edition, known, others) if between else None
    return _join(rubric, further) if further is not None else None


def _before(rubric: Rubric, key: str, known: Collection[str]) -> Iterable[str]:
    return (one for one in rubric.criteria[key].formerly or (key,) if one in known)


def _find(kept: Mapping[str, Rubric], edition: str) -> Rubric | None:
    return next((rubric for name, rubric in kept.items() if is_comparable(name, edition)), None)


def _join(rubric: Rubric, further: Trace) -> Trace:
    """By way of the edition that `rubric` follows."""
    steps = {key: _before(rubric, key, further) for key in rubric.criteria}
    return {key: tuple(dict.fromkeys(one for middle in found for one in further[middle])) for key, found in steps.items()}


def is_known(key: str, rubric: Rubric) -> bool:
    """Whether a list may name a criterion: one of the rubric, one that another took over, or one of an area that is retired."""
    return bool(rubric.heirs(key)) or any(key == criterion.id for area in rubric.retired for criterion in area.criteria)


def name_criteria(checklist: Checklist, resources: Resources, rubric: Rubric) -> tuple[Checklist, tuple[Resource, ...]]:
    """The checklist and the resources with the criteria named as `rubric` names them, so that one list serves every edition."""
    areas = tuple(replace(area, criteria=_name(area.criteria, rubric)) for area in checklist.areas)
    return replace(checklist, areas=areas), tuple(_name_topics(resource, rubric) for resource in resources.resources)


def _name(keys: Iterable[str], rubric: Rubric) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heir for key in keys for heir in rubric.heirs(key)))


def _name_topics(resource: Resource, rubric: Rubric) -> Resource:
    """An area that is gone gives way to those that its topics went to."""
    topics = _name(resource.topics, rubric)
    numbers = {area.number for area in rubric.areas}
    went_to = (rubric.criteria[topic].area_number for topic in topics)
    kept = (area for area in resource.areas if area in numbers)
    more = () if numbers.issuperset(resource.areas) else went_to
    return replace(resource, topics=topics, areas=tuple(dict.fromkeys((*kept, *more))))
