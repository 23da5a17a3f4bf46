"""Five awkward invented schools, for whoever wants to see what a template makes of the worst that may come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.model.contract import NOTE, PLAN, STRATEGY, Contract
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Answer
from pipeline.model.project import Configuration
from pipeline.model.rubric import Criterion
from pipeline.model.school import Phase, School
from pipeline.model.settings import InclusionStrategy
from pipeline.model.submission import ChecklistNote, Figure, Identity, Response, Submission
from pipeline.rules.assessing import assess
from pipeline.rules.noting import note_for
from pipeline.rules.planning import plan_for
from pipeline.rules.strategy import draft_strategy

_LONG_NAME = (
    "The Worshipful Company of Basketmakers' Foundation of Saint Bartholomew-on-the-Marsh and All Hallows Fennacre Church "
    "of England Voluntary Aided Infant, Junior and Nursery Federation School"
)
_LONG_WORD = "Llanfairbrackenmarlhurstwithenshawandsallowby"
_SENTENCE = (
    "Staff meet every half-term to look at who is missing out, and what they change is written down and looked at again. "
)
_HOSTILE = "{{ 7*7 }} {% raw %} <w:p/> &amp; <b> =1+1 \N{WHITE SMILING FACE} \u0175 “quoted” ]]> {_{ x }_}"
_MANY, _LONG, _SHORT = 60, 2_000, 240  # opportunities; characters of evidence
_LONG_EVERY = 7  # criteria: one in each area or so has the long evidence


@dataclass(frozen=True)
class Awkward:
    """An invented school with the context that a template is filled with; `title` says what is awkward about it."""

    title: str
    school: School
    context: Any


@dataclass(frozen=True)
class _Kind:
    """How a school answers: `answer` gives the answer to a criterion, by its place among those asked."""

    title: str
    name: str
    answer: Callable[[int], Answer | None]
    evidence: str = ""
    own: str = ""
    words: str = ""


def _mostly_blank(place: int) -> Answer | None:
    return Answer.EMERGING if place % 7 == 0 else None


def _sixty(place: int) -> Answer | None:
    return Answer.NOT_YET if place < _MANY // 2 else Answer.EMERGING if place < _MANY else Answer.ADVANCED


_KINDS = (
    _Kind(
        "longest names and texts", _LONG_NAME, lambda _: Answer.EMERGING,
        (_SENTENCE * 20)[:_LONG], f"{_LONG_WORD} {_SENTENCE * 3}", f"{_LONG_WORD} {_LONG_NAME}",
    ),
    _Kind("no opportunities", "Ash Primary School", lambda _: Answer.ADVANCED, _SENTENCE),
    _Kind("sixty opportunities", "Quillborough Sixty Academy", _sixty, _SENTENCE),
    _Kind("not rated", "Blankmere School", _mostly_blank),
    _Kind("hostile text", _HOSTILE, lambda _: Answer.EMERGING, f"{_HOSTILE}\n\tand a line below", _HOSTILE, _HOSTILE),
)  # fmt: skip


def invent_awkward(contract: Contract, configuration: Configuration, cycle: str, today: date) -> tuple[Awkward, ...]:
    """The five schools with the contexts of one kind of template; none where nobody has said how they would be made."""
    make = _MAKERS.get(contract.file)
    if make is None:
        return ()
    schools = [(kind, _school(number, kind)) for number, kind in enumerate(_KINDS, 1)]
    return tuple(Awkward(kind.title, school, make(kind, school, configuration, cycle, today)) for kind, school in schools)


def invent_returns(configuration: Configuration, cycle: str, number: int) -> Iterator[tuple[School, Submission]]:
    """A number of schools with their returns, of each of the five kinds in turn."""
    for at in range(number):
        kind = _KINDS[at % len(_KINDS)]
        school = replace(_school(1, kind), urn=f"{900_900 + at}", laestab=f"999/{2900 + at}")
        yield school, _submit(kind, school, configuration, cycle)


def _school(number: int, kind: _Kind) -> School:
    town = kind.words or "Fennacre"
    return School(f"90090{number}", f"999/290{number}", kind.name, Phase.PRIMARY, "Voluntary aided school", town, town, 210)


def _plan(kind: _Kind, school: School, configuration: Configuration, cycle: str, today: date) -> Any:
    submission = _submit(kind, school, configuration, cycle)
    assessment, _ = assess(submission, configuration.rubric, {})
    return plan_for(school, submission, assessment, configuration, cycle, today)


def _strategy(kind: _Kind, school: School, configuration: Configuration, cycle: str, today: date) -> Any:
    asked = configuration.settings.inclusion_strategy
    plan = _plan(kind, school, configuration, cycle, today)
    return draft_strategy(plan, configuration.rubric, asked or InclusionStrategy(today, "", "", {}, {}))


def _submit(kind: _Kind, school: School, configuration: Configuration, cycle: str) -> Submission:
    rubric = configuration.rubric
    asked = list(rubric.criteria_for(school.phase))
    is_blank = not kind.evidence
    areas = [area for area in configuration.checklist_for(cycle).areas if area.applies_to(school.phase)]
    notes = (
        {}
        if is_blank
        else {area.prompts[0].id: ChecklistNote("Partly", kind.words or "Begun.") for area in areas if area.prompts}
    )
    figures = [measure.id for measure in configuration.outcomes.measures]
    figure = Figure("", "") if is_blank else Figure("12.5", "13")
    return Submission(
        file="invented.xlsx",
        edition=f"{rubric.edition}, {cycle}",
        identity=_identify(kind, school, configuration.cycle(cycle).returns_due),
        responses=tuple(_respond(kind, criterion, place) for place, criterion in enumerate(asked)),
        outcomes=dict.fromkeys(figures, figure),
        checklist=notes,
    )


def _identify(kind: _Kind, school: School, day: date) -> Identity:
    if not kind.evidence:
        return Identity(school.urn, school.laestab, school.name, "", "", None, "", None, False)
    person = kind.words or "A. Marlhurst"
    return Identity(school.urn, school.laestab, school.name, person, "Headteacher", day, person, day, True)


def _respond(kind: _Kind, criterion: Criterion, place: int) -> Response:
    cell = Place("invented.xlsx", f"Area {criterion.id[0]}", f"G{place + 4}")
    evidence = kind.evidence if place % _LONG_EVERY == 0 else kind.evidence[:_SHORT]
    return Response(criterion.id, kind.answer(place), "", evidence, kind.own, cell, f"H{place + 4}")


def _note(kind: _Kind, school: School, configuration: Configuration, cycle: str, today: date) -> Any:
    file = f"{kind.name[:80]} {kind.title}.xlsx"
    is_known, can_be_rated = kind.title != "not rated", kind.title != "hostile text"
    findings = [replace(one, place=replace(one.place, file=file)) for one in _mend(kind, is_known=is_known)]
    if not can_be_rated:
        findings.append(find("SC404", Place(file), "9 of 63 answered", answered="9", asked="63"))
    note = note_for(
        file, school if is_known else None, findings, configuration, cycle, has_marked_copy=kind.title == "sixty opportunities"
    )
    assert note is not None
    return note


def _mend(kind: _Kind, *, is_known: bool) -> Iterable[Finding]:
    """What there is to mend: from one point to more than a page holds."""
    if not is_known:
        yield find("SC401", Place("", "Your school", "B4"), "900999", remedy="Write the URN.")
    counts = {"no opportunities": 1, "sixty opportunities": 60}
    yield from _unanswered(counts.get(kind.title, 7), kind.words or "5 Safeguarding, Health")


def _unanswered(count: int, sheet: str) -> Iterator[Finding]:
    for row in range(4, 4 + count):
        place = Place("", sheet, f"G{row}")
        if row % 2:
            yield find("RT312", place, "words that are not in the list", allowed="Emerging, Established, Advanced")
        else:
            yield find("RT311", place, "empty", criterion=f"5.{row}", cell=f"G{row}")


_MAKERS: dict[str, Callable[[_Kind, School, Configuration, str, date], Any]] = {
    PLAN.file: _plan,
    NOTE.file: _note,
    STRATEGY.file: _strategy,
}
