"""Schools that may be named for what they do well: Advanced in an area, and willing to share it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from pipeline.model.level import Level
from pipeline.model.profile import Profile, ProfileArea
from pipeline.model.report import ReportPractice
from pipeline.model.rubric import Rubric

_MOST = 6  # names in a cell; with more, they are drawn by lot, so that nobody is first by name


def list_practice(
    profiles: Sequence[Profile], rubric: Rubric, cycle: str, shown: Mapping[int, int | None]
) -> tuple[ReportPractice, ...]:
    """A line an area that has some. `shown` is area → how many schools are Advanced in it, as the paper says: where that is not
    shown nobody is named, as the names would tell it."""
    lines = []
    for area in rubric.areas:
        seen: list[str] = []
        by_answers: list[str] = []
        for profile in profiles if shown.get(area.number) is not None else ():
            rating = next((one for one in profile.areas if one.number == area.number), None)
            if rating and profile.shares_practice and _is_advanced(rating):
                (seen if rating.moderated else by_answers).append(profile.school.name)
        if seen or by_answers:
            told = (_name(names, f"{cycle} {area.number}") for names in (seen, by_answers))
            lines.append(ReportPractice(f"{area.number} {area.name}", *told))
    return tuple(lines)


def _is_advanced(rating: ProfileArea) -> bool:
    """The adviser's level counts where there is one; the answers must come to it as well, so that the table above holds."""
    return rating.level is Level.ADVANCED and rating.moderated in ("", Level.ADVANCED.key)


def _name(names: Sequence[str], lot: str) -> str:
    drawn = sorted(names, key=lambda name: sha256(f"{lot} {name}".encode("utf-8", "surrogatepass")).digest())
    kept = sorted(drawn[:_MOST])
    return "; ".join([*kept, *(["and others"] if len(drawn) > _MOST else [])])
