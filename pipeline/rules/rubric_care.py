"""Care for a rubric that can be used: what would make its ratings wrong, and what an officer should look at.

Errors are kept for what makes ratings wrong: a level that nothing reaches, a duty that every school may wave away, a criterion
without its wording. The rest are warnings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.model.draft import Draft, Library, Whereabouts
from pipeline.model.finding import Finding, Place, find
from pipeline.model.rubric import Area, Criterion
from pipeline.rules.rubric_likeness import Alike, find_alike_criteria, find_alike_levels, find_alike_titles, list_texts
from pipeline.rules.rubric_rules import check_rules
from pipeline.rules.sentence import join_words

READ_AT_SOURCE = "read at source"


@dataclass(frozen=True)
class Today:
    """The day, and after how many days a date of last look is stale."""

    day: date
    stale_after: int


def check_care(draft: Draft, where: Whereabouts, library: Library, today: Today) -> tuple[Finding, ...]:
    """Everything that care finds in a sound rubric, in the order of its files. Findings: RB901-RB918."""
    return (
        *check_rules(draft, where),
        *_check_sources(draft, where, today),
        *_check_crosswalk(draft, where),
        *_check_criteria(draft, where, library),
        *_check_likeness(draft, where),
        *_check_library(library, today),
    )


def _check_sources(draft: Draft, where: Whereabouts, today: Today) -> Iterator[Finding]:
    """Findings: RB915, RB916."""
    gates = {criterion.gate.source: criterion for criterion in draft.rubric.criteria.values() if criterion.gate}
    for key, source in draft.frame.sources.items():
        yield from _check_date(where.locate(None, "sources", key, "checked_on"), f"{key}, ", source.checked_on, today)
        if key in gates and source.standing.strip().casefold() != READ_AT_SOURCE:
            place = where.locate(None, "sources", key, "standing")
            yield find("RB916", place, f"{key}, {source.standing}", address=source.address)


def _check_date(place: Place, name: str, checked_on: date, today: Today) -> Iterator[Finding]:
    age = (today.day - checked_on).days
    if age > today.stale_after:
        yield find("RB915", place, f"{name}looked at {age} days ago", days=today.stale_after)
    elif age < 0:
        yield find("RB915", place, f"{name}looked at on a day to come", days=today.stale_after)


def _check_crosswalk(draft: Draft, where: Whereabouts) -> Iterator[Finding]:
    """Findings: RB917."""
    for place, area in enumerate(draft.areas):
        if area.status == "active" and area.crosswalk:
            remedy = "Take the crosswalk out, or set the area's “status” to retiring: an active area is compared with itself."
            yield find(
                "RB917", where.locate(place, "crosswalk"), f"active, and leads to {_list(area.crosswalk)}", remedy=remedy
            )
        elif area.status != "active" and not area.crosswalk:
            remedy = "Name in “crosswalk” the areas that take over from it, so that last cycle's ratings still compare."
            yield find("RB917", where.locate(place, "status"), f"{area.status}, and leads nowhere", remedy=remedy)
        elif area.crosswalk and not _reaches_use(area, draft, set()):
            remedy = "Let it lead, in one step or several, to an area that schools are asked."
            seen = f"leads to {_list(area.crosswalk)}, and from there to no area in use"
            yield find("RB917", where.locate(place, "crosswalk"), seen, remedy=remedy)


def _reaches_use(area: Area, draft: Draft, seen: set[int]) -> bool:
    targets = [draft.numbered[number] for number in area.crosswalk if number not in seen]
    seen.update(area.crosswalk)
    return any(target.status != "retired" or _reaches_use(target, draft, seen) for target in targets)


def _list(numbers: Sequence[int]) -> str:
    return join_words([str(number) for number in numbers])


def _check_criteria(draft: Draft, where: Whereabouts, library: Library) -> Iterator[Finding]:
    """Findings: RB907-RB911."""
    only_of_area: list[tuple[Place, str]] = []
    unthemed: list[str] = []
    for place, area in enumerate(draft.areas):
        for position, criterion in enumerate(() if area.status == "retired" else area.criteria):
            loc = (place, "criteria", position)
            yield from _check_wording(criterion, where, loc)
            unthemed += [] if criterion.themes else [criterion.id]
            if not library.helps_with(criterion, draft.rubric):
                if library.helps_with_area(area):
                    only_of_area.append((where.locate(*loc, "id"), criterion.id))
                else:
                    yield find("RB909", where.locate(*loc, "id"), criterion.id)
    if only_of_area:
        yield find("RB910", Place(library.name), _count(draft, [id for _, id in only_of_area]))
    if unthemed:
        yield find("RB911", where.locate(None, "themes"), _count(draft, unthemed))


def _count(draft: Draft, ids: Sequence[str]) -> str:
    return f"{len(ids)} of {len(draft.rubric.criteria)} criteria: {', '.join(ids)}"


def _check_wording(criterion: Criterion, where: Whereabouts, loc: Sequence[int | str]) -> Iterator[Finding]:
    if not criterion.title.strip():
        yield find("RB907", where.locate(*loc, "title"), f"the title of {criterion.id}", what="title")
    if criterion.gate and not criterion.gate.duty.strip():
        yield find("RB907", where.locate(*loc, "gate", "duty"), f"the duty of {criterion.id}", what="duty")
    for text in list_texts(criterion):
        if not text.text.strip():
            code = "RB908" if text.loc[0] == "steps" else "RB907"
            yield find(
                code, where.locate(*loc, *text.loc), f"{text.name} of {criterion.id}", what=text.name.removeprefix("the ")
            )


def _check_likeness(draft: Draft, where: Whereabouts) -> Iterator[Finding]:
    """Findings: RB912-RB914."""
    places = {
        criterion.id: (place, "criteria", position)
        for place, area in enumerate(draft.areas)
        for position, criterion in enumerate(area.criteria)
    }
    for alike in find_alike_criteria(tuple(draft.rubric.criteria.values())):
        place = where.locate(*places[alike.second.id], *alike.second_text.loc)
        both = f"{alike.second_text.name} of {alike.second.id} and {alike.first_text.name} of {alike.first.id}"
        yield find("RB912", place, f"{both}, {_percent(alike)}")
    for area in draft.rubric.areas:
        for first, second in find_alike_titles(area.criteria):
            yield find("RB914", where.locate(*places[second.id], "title"), f"{first.id} and {second.id}")
        for criterion in area.criteria:
            for alike in find_alike_levels(criterion):
                place = where.locate(*places[criterion.id], *alike.second_text.loc)
                seen = f"{alike.first_text.loc[0]} and {alike.second_text.loc[0]} of {criterion.id}, {_percent(alike)}"
                yield find("RB913", place, seen)


def _percent(alike: Alike) -> str:
    return "word for word" if alike.share == 1 else f"{alike.share:.0%} of their word pairs"


def _check_library(library: Library, today: Today) -> Iterator[Finding]:
    """Findings: RB915, RB918."""
    for position, resource in enumerate(library.resources):
        if resource.is_dead:
            yield find("RB918", library.locate_resource(position, "standing"), resource.id)
            continue
        place = library.locate_resource(position, "checked_on")
        yield from _check_date(place, f"{resource.id}, ", resource.checked_on, today)
    begun = [position for position, one in enumerate(library.checklists) if one.in_force_from <= today.day]
    for position, checklist in enumerate(library.checklists):
        if position not in begun[:-1]:  # what is no longer in force changes no more
            yield from _check_date(library.locate_checklist(position, "checked_on"), "", checklist.checked_on, today)
