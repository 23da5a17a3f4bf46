"""Awkward invented counties, for whoever wants to see what a template makes of a paper on one, or on a district of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pipeline.demo.awkward import invent_returns
from pipeline.model.batch import Batch, Entry, Outcome
from pipeline.model.comparison import Movement
from pipeline.model.contract import DISTRICT, REPORT, Contract
from pipeline.model.dossier import Dossier
from pipeline.model.profile import ActionState, Profile, ProfileLife
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.rules.assessing import assess
from pipeline.rules.district import group_districts, list_groups, prepare_papers
from pipeline.rules.profile import profile_of
from pipeline.rules.report import write_report
from pipeline.rules.summary import reconcile, summarise

_SCHOOLS, _FEW = 40, 3
_LAST = "the cycle before"


@dataclass(frozen=True)
class _County:
    """What a paper is written from; `before` are the profiles of its last cycle."""

    title: str
    dossier: Dossier
    before: Sequence[Profile] = ()


def invent_papers(contract: Contract, configuration: Configuration, cycle: str, today: date) -> tuple[tuple[str, Any], ...]:
    """The papers of awkward counties: what is awkward about each, and the context that a template is filled with; none for a
    template of another kind."""
    make = _MAKERS.get(contract.file)
    return tuple(made for county in _invent_counties(configuration, cycle, today) for made in make(county)) if make else ()


def _write_reports(county: _County) -> Iterator[tuple[str, Any]]:
    yield county.title, write_report(county.dossier, county.before, (group_districts(county.dossier),))


def _write_districts(county: _County) -> Iterator[tuple[str, Any]]:
    """Of the district with the longest name; where there is everything to tell, for one school alone as well."""
    papers = prepare_papers(county.dossier, ())[0]
    group = max(list_groups(papers, ()), key=len)
    yield county.title, papers.write(group)
    if len(county.before) > _FEW:
        yield (
            "for one school alone",
            papers.write(group, next(one for one in county.dossier.profiles if one.school.district == group)),
        )


_MAKERS: dict[str, Callable[[_County], Iterator[tuple[str, Any]]]] = {
    REPORT.file: _write_reports,
    DISTRICT.file: _write_districts,
}


def _invent_counties(configuration: Configuration, cycle: str, today: date) -> Iterator[_County]:
    """One in its first cycle, one with everything to tell, one of few schools, and one in which nobody returned."""
    made = [_rate(school, submission, configuration) for school, submission in invent_returns(configuration, cycle, _SCHOOLS)]
    first = _gather(made, made, _with_cycles(configuration, cycle), cycle, today)
    yield _County("a first cycle", first)
    moved = [(_move(profile, at, today), entry) for at, (profile, entry) in enumerate(made)]
    before = [replace(made[at - 1][0], school=profile.school) for at, (profile, _) in enumerate(made)]
    later = _with_cycles(configuration, cycle, _LAST)
    yield _County("everything to tell", _gather(moved, moved, later, cycle, today), before)
    yield _County("few schools", _gather(moved[:_FEW], moved[:_FEW], later, cycle, today), before[:_FEW])
    yield _County("nobody returned", _gather([], made, later, cycle, today))


def _rate(school: School, submission: Submission, configuration: Configuration) -> tuple[Profile, Entry]:
    assessment, _ = assess(submission, configuration.rubric, {})
    summary = summarise(assessment, submission, configuration.rubric)
    entry = Entry(
        file=f"{school.urn}.xlsx", digest="", context="", group=(), outcome=Outcome.RATED, urn=school.urn, completed_on=None,
        answered=summary.answered, plan="", plan_digest="", note="", summary=summary, findings=(),
    )  # fmt: skip
    return profile_of(school, submission, assessment, summary.areas, configuration), entry


def _move(profile: Profile, at: int, today: date) -> Profile:
    """With movement, each way in turn, and with actions in every state, of plans that came back."""
    ways, states = (Movement.HIGHER, Movement.SAME, Movement.LOWER), tuple(ActionState)
    areas = (one._replace(movement=ways[(at + one.number) % 3].value) for one in profile.areas)
    lives = (
        ProfileLife(
            one.ref, one.criterion, one.area, _LAST, number % 4, states[(at + number) % 5].value, "Under way",
            (today + timedelta(days=7 * (number % 3 - 1))).isoformat(),
        )
        for number, one in enumerate(profile.opportunities)
    )  # fmt: skip
    return replace(profile, areas=tuple(areas), lives=tuple(lives))


def _with_cycles(configuration: Configuration, cycle: str, *before: str) -> Configuration:
    """With no cycle but this one and those `before` it."""
    this = configuration.cycle(cycle)
    cycles = {**{key: replace(this, label=key.capitalize()) for key in before}, cycle: this}
    return replace(configuration, settings=replace(configuration.settings, cycles=cycles))


def _gather(
    rated: Sequence[tuple[Profile, Entry]],
    all: Sequence[tuple[Profile, Entry]],
    configuration: Configuration,
    cycle: str,
    today: date,
) -> Dossier:
    """The dossier of a county: of `all` its schools, those that are `rated` returned."""
    register = {profile.school.urn: profile.school for profile, _ in all}
    entries = tuple(entry for _, entry in rated)
    sums, missing = reconcile(entries, register, len(entries))
    batch = Batch(
        cycle=cycle, cycle_label=configuration.cycle(cycle).label, rubric=configuration.rubric.edition, version="", rules="",
        entries=entries, missing=missing, reconciliation=sums, findings=(),
    )  # fmt: skip
    return Dossier(batch, register, configuration, tuple(profile for profile, _ in rated), today, {})
