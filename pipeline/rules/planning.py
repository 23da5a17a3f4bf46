"""From an assessment to a plan: which words go where. The template decides how they look."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import compress
from operator import not_

from pipeline.model.assessment import AreaRating, Assessment, Kind, Opportunity, Rating, Standing
from pipeline.model.comparison import Comparison
from pipeline.model.level import Level, State
from pipeline.model.moderation import Moderated
from pipeline.model.plan import (
    Plan,
    PlanAbout,
    PlanAction,
    PlanAnswer,
    PlanArea,
    PlanAuthority,
    PlanEvidence,
    PlanFigure,
    PlanOverall,
    PlanResource,
    PlanSchool,
    PlanSource,
)
from pipeline.model.project import Configuration
from pipeline.model.rubric import Area, Rubric
from pipeline.model.school import School
from pipeline.model.settings import Cycle
from pipeline.model.submission import Response, Submission
from pipeline.rules.checklist import choose_version, line_up, tell_bearing
from pipeline.rules.explanation import describe_rules
from pipeline.rules.sentence import join_words
from pipeline.rules.showing import find_strengths, tell_change, tell_rungs
from pipeline.rules.side_by_side import tell_beside, tell_own_view, tell_reason, tell_status

_RESOURCES_A_LINE = 3
_FIRST_PROGRESS = "Not started"


def plan_for(
    school: School,
    submission: Submission,
    assessment: Assessment,
    configuration: Configuration,
    cycle: str,
    today: date,
    compared: Comparison | None = None,
) -> Plan:
    """The plan of one school. Every opportunity stands in its area's table; gaps and priorities stand in front as well.
    `compared` sets its areas beside the last cycle; None for a school's first."""
    rubric, dates = configuration.rubric, configuration.cycle(cycle)
    checklist = choose_version(submission, configuration, cycle)
    actions = list_actions(assessment, rubric, dates, tell_bearing(checklist, school.phase))
    gaps, settings = assessment.gaps, configuration.settings
    first = {found.ref for found in gaps}.union(assessment.priorities)
    return Plan(
        authority=PlanAuthority(settings.authority.name, settings.authority.team, settings.authority.email),
        school=PlanSchool(
            school.name, school.urn, school.laestab, school.phase.label, school.kind, school.district, school.town
        ),
        about=_about(school, submission, len(assessment.moderated), rubric, cycle, dates, today),
        overall=_overall(assessment.overall, rubric),
        areas=_areas(submission, assessment, actions, compared, rubric),
        gaps=tuple(actions[found.ref] for found in gaps),
        priorities=tuple(actions[ref] for ref in assessment.priorities),
        checklist=line_up(school, submission, assessment, checklist),
        resources=_resources(first, assessment, configuration),
        figures=_figures(submission, configuration),
        answers=_answers(submission, assessment, rubric),
        sources=_sources(assessment, rubric),
        rules=(
            *configuration.guidance.how_ratings_are_made,
            *describe_rules(rubric),
            *tell_beside(has_views=bool(submission.views), is_moderated=bool(assessment.moderated)),
        ),
        opportunity_count=len(assessment.opportunities),
        rungs=tell_rungs(rubric),
        strengths=find_strengths(submission, assessment, rubric),
    )


def written_date(day: date | None) -> str:
    """A date as plans write it: 4 December 2026."""
    return f"{day.day} {day:%B %Y}" if day else ""


def _about(
    school: School, submission: Submission, moderated: int, rubric: Rubric, key: str, dates: Cycle, today: date
) -> PlanAbout:
    identity = submission.identity
    return PlanAbout(
        reference=f"{school.urn}/{key}",
        plan_id=_plan_id(school, submission, rubric, key),
        cycle_id=key,
        edition=rubric.edition,
        cycle=dates.label,
        status=tell_status(moderated),
        rubric=f"{rubric.frame.title}, rubric {rubric.frame.version}",
        made_on=written_date(today),
        completed=_listed(identity.completed_by, identity.role, written_date(identity.completed_on)),
        agreed=_listed(identity.governor, written_date(identity.signed_on)),
        review_on=written_date(dates.review_on),
        answered=f"{submission.answered} of {len(submission.responses)}",
        shares_practice=identity.shares_practice,
    )


def _plan_id(school: School, submission: Submission, rubric: Rubric, key: str) -> str:
    """Twelve letters and figures that stand for what the plan is made from."""
    told = repr((school.urn, key, rubric.edition, submission.responses, submission.views))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part) or "Not given"


def _overall(rating: Rating | None, rubric: Rubric) -> PlanOverall:
    if rating is None:
        return PlanOverall(False, "", "", "")
    return PlanOverall(True, rubric.label(rating.level, rating.state), rating.reason, rating.lift)


def _areas(
    submission: Submission,
    assessment: Assessment,
    actions: Mapping[str, PlanAction],
    compared: Comparison | None,
    rubric: Rubric,
) -> tuple[PlanArea, ...]:
    by_area: defaultdict[int, list[PlanAction]] = defaultdict(list)
    for found in assessment.opportunities:
        by_area[found.area].append(actions[found.ref])
    evidence = {response.criterion: response.evidence for response in submission.responses if response.evidence.strip()}
    views = {view.area: view.level for view in submission.views}
    moderated = {one.area: one for one in assessment.moderated}
    return tuple(
        replace(
            _area(area, rating, by_area[area.number], evidence, views.get(area.number), moderated.get(area.number), rubric),
            change=tell_change(compared, area.number, rubric),
        )
        for area, rating in zip(rubric.areas, assessment.areas, strict=True)
    )


def _area(
    area: Area,
    found: AreaRating,
    opportunities: Sequence[PlanAction],
    evidence: Mapping[str, str],
    own: Level | None,
    moderated: Moderated | None,
    rubric: Rubric,
) -> PlanArea:
    rating = found.rating
    written = [standing for standing in found.standings if standing.criterion in evidence]
    strong = [(standing.level or 0) >= Level.ESTABLISHED for standing in written]
    told = [_evidence(standing, evidence, rubric) for standing in written]
    return PlanArea(
        number=area.number,
        name=area.name,
        definition=area.definition,
        level=rubric.label(rating.level, rating.state),
        rung=int(rating.level) if rating.level else None,
        change="",
        reason=rating.reason,
        lift=rating.lift,
        own_view="" if own is None else rubric.label(own),
        own_view_note="" if own is None else tell_own_view(own, rating, rubric),
        moderated=rubric.label(moderated.level) if moderated else "",
        moderated_by=moderated.by if moderated else "",
        moderated_on=written_date(moderated.on) if moderated else "",
        moderated_reason=tell_reason(moderated.reason) if moderated else "",
        gaps=len(rating.gates),
        unanswered=join_words(rating.blanks) if rating.state is State.NOT_RATED else "",
        opportunities=tuple(opportunities),
        working_well=tuple(compress(told, strong)),
        so_far=tuple(compress(told, map(not_, strong))),
    )


def _evidence(standing: Standing, evidence: Mapping[str, str], rubric: Rubric) -> PlanEvidence:
    key = standing.criterion
    return PlanEvidence(key, rubric.criteria[key].title, _answer_label(standing, rubric), evidence[key])


def _answer_label(standing: Standing, rubric: Rubric) -> str:
    if standing.level is None:
        return "Not answered" if standing.state is State.NOT_RATED else rubric.label(None, standing.state)
    return rubric.answer_label(standing.level)


def list_actions(assessment: Assessment, rubric: Rubric, dates: Cycle, bearing: Mapping[str, str]) -> Mapping[str, PlanAction]:
    """Reference → action, in order of importance. `bearing` tells the evaluation areas of criteria."""
    areas = {area.number: f"Area {area.number}: {area.name}" for area in rubric.areas}
    due = dict.fromkeys(assessment.priorities, written_date(dates.review_on))
    due |= dict.fromkeys((gap.ref for gap in assessment.gaps), written_date(dates.gaps_closed_by))
    return {
        found.ref: _action(found, areas[found.area], due.get(found.ref, ""), bearing.get(found.criterion, ""), rubric)
        for found in assessment.opportunities
    }


def _action(found: Opportunity, area: str, due: str, bearing: str, rubric: Rubric) -> PlanAction:
    criterion = rubric.criteria[found.criterion]
    gate = criterion.gate if found.kind is Kind.STATUTORY_GAP else None
    return PlanAction(
        ref=found.ref,
        criterion=criterion.title,
        area=area,
        kind=found.kind.value,
        opportunity=found.opportunity,
        action=found.action,
        lead=found.lead,
        by_when=due,
        success=found.success,
        cost="",
        progress=_FIRST_PROGRESS,
        duty=gate.duty if gate else "",
        source=rubric.frame.sources[gate.source].title if gate else "",
        evaluation_areas=bearing,
    )


def _resources(first: Container[str], assessment: Assessment, configuration: Configuration) -> tuple[PlanResource, ...]:
    """What the library holds for the plan's first page: by topic, at most three for each line, each resource once."""
    lines = {found.ref: found.criterion for found in assessment.opportunities if found.ref in first}
    refs_by_resource: dict[str, list[str]] = {}
    for ref, criterion in lines.items():
        for resource in configuration.resources_on.get(criterion, ())[:_RESOURCES_A_LINE]:
            refs_by_resource.setdefault(resource.id, []).append(ref)
    by_id = {resource.id: resource for resource in configuration.resources}
    return tuple(
        PlanResource(", ".join(refs), by_id[key].title, by_id[key].publisher, by_id[key].helps_with, by_id[key].address)
        for key, refs in refs_by_resource.items()
    )


def _figures(submission: Submission, configuration: Configuration) -> tuple[PlanFigure, ...]:
    given = [(measure, submission.outcomes[measure.id]) for measure in configuration.outcomes.measures]
    return tuple(
        PlanFigure(measure.label, measure.meaning, figure.this_year or "Not given", figure.last_year or "Not given")
        for measure, figure in given
        if figure.this_year or figure.last_year
    )


def _answers(submission: Submission, assessment: Assessment, rubric: Rubric) -> tuple[PlanAnswer, ...]:
    standings = {standing.criterion: standing for area in assessment.areas for standing in area.standings}
    return tuple(
        _answer(response, standings[response.criterion], response.criterion in submission.held, rubric)
        for response in submission.responses
    )


def _answer(response: Response, standing: Standing, is_held: bool, rubric: Rubric) -> PlanAnswer:
    answered = "Not answered" if standing.state is State.NOT_RATED else _answer_label(standing, rubric)
    remark = "Statutory" if standing.is_gate else ""
    if standing.lacks_evidence and standing.answered is not None:
        answered = rubric.answer_label(standing.answered)
        remark = f"Counts as {_answer_label(standing, rubric)}: no evidence"
    elif standing.state is State.NOT_RATED and response.typed:
        remark = "An old answer, not confirmed" if is_held else "What stood there could not be used"
    place = response.place
    cell = f"{place.sheet}, {place.cell}" if place.cell else "Not found in the workbook"
    return PlanAnswer(response.criterion, rubric.criteria[response.criterion].title, answered, remark, cell)


def _sources(assessment: Assessment, rubric: Rubric) -> tuple[PlanSource, ...]:
    gates = [rubric.criteria[found.criterion].gate for found in assessment.gaps]
    used = dict.fromkeys(gate.source for gate in gates if gate)
    sources = [rubric.frame.sources[key] for key in used]
    return tuple(
        PlanSource(source.title, source.in_force, source.address, written_date(source.checked_on), source.standing)
        for source in sources
    )
