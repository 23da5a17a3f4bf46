"""From a school's assessment to its profile: what the LA's papers may know of it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.model.assessment import Assessment, Kind, Opportunity, Rating, Standing
from pipeline.model.batch import AreaLine
from pipeline.model.level import LEVELS, Level, State
from pipeline.model.profile import Profile, ProfileAnswer, ProfileArea, ProfileFigure, ProfileLife, ProfileOpportunity
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric, Step
from pipeline.model.school import School
from pipeline.model.submission import Submission
from pipeline.rules.explaining import list_deciding, tell_shortfall
from pipeline.rules.figure import take_figure

_NEXT = {level: above.key for level, above in pairwise(Level)}
EVIDENCE = "evidence"  # the step of an opportunity that asks for evidence only


def profile_of(
    school: School,
    submission: Submission,
    assessment: Assessment,
    lines: Sequence[AreaLine],
    configuration: Configuration,
    lives: Sequence[ProfileLife] = (),
) -> Profile:
    """What the LA's papers read of a rated school. Nothing a school wrote in its own words is in it.

    `lines` are those of its summary or record, `configuration` is that of the return's edition, and `lives` come from its
    ledger."""
    rubric, beside = configuration.rubric, {line.number: line for line in lines}
    own = {view.area: view.level.key for view in submission.views}
    moderated = {one.area: one.level.key for one in assessment.moderated}
    standings = {standing.criterion: standing for area in assessment.areas for standing in area.standings}
    cells = {response.criterion: response.evidence_cell for response in submission.responses}
    return Profile(
        school=school,
        file=submission.file,
        edition=rubric.edition,
        completed_on=submission.identity.completed_on,
        shares_practice=submission.identity.shares_practice,
        overall=_overall(assessment, rubric) if assessment.overall else None,
        areas=tuple(
            _area(area.area, area.rating, _levels(area.standings), rubric)._replace(
                own=own.get(area.area, ""),
                moderated=moderated.get(area.area, ""),
                before=beside[area.area].before,
                movement=beside[area.area].movement,
                across=beside[area.area].across,
            )
            for area in assessment.areas
        ),
        answers=tuple(_answer(standing, cells.get(key, "")) for key, standing in standings.items()),
        opportunities=tuple(_opportunity(found, standings[found.criterion]) for found in assessment.opportunities),
        priorities=assessment.priorities,
        figures=_figures(submission, configuration),
        lives=tuple(lives),
    )


def step_of(found: ProfileOpportunity, rubric: Rubric) -> Step | None:
    """The rubric's wording of an opportunity; None for the school's own."""
    if not found.to:
        return None
    if found.to == EVIDENCE:
        return rubric.frame.rules.evidence.step
    return rubric.criteria[found.criterion].steps.to(LEVELS[found.to])


def _overall(assessment: Assessment, rubric: Rubric) -> ProfileArea:
    assert assessment.overall is not None
    areas = {f"{area.area}": area.rating.lowest for area in assessment.areas}
    levels = {key: level for key, level in areas.items() if level is not None}
    return _area(0, assessment.overall, levels, rubric)


def _area(number: int, rating: Rating, levels: Mapping[str, Level], rubric: Rubric) -> ProfileArea:
    return ProfileArea(
        number=number,
        key=_key(rating.level, rating.state),
        reason=rating.reason,
        shortfall=tell_shortfall(rating, number, levels, rubric),
        lift=rating.lift,
        next_key="" if rating.next_level is None else rating.next_level.key,
        decided_by=list_deciding(rating),
        gates=rating.gates,
        blanks=rating.blanks,
    )


def _levels(standings: Sequence[Standing]) -> Mapping[str, Level]:
    """Criterion id → level as `explain` counts it, a blank at its lowest; without those that are not applicable."""
    counted = (one for one in standings if one.state is not State.NOT_APPLICABLE)
    return {one.criterion: Level.NOT_YET if one.level is None else one.level for one in counted}


def _answer(standing: Standing, evidence_cell: str) -> ProfileAnswer:
    key, place = _key(standing.level, standing.state), standing.place
    answered = _key(standing.answered, standing.state) if standing.lacks_evidence else key
    cells = (place.sheet, place.cell, evidence_cell)
    return ProfileAnswer(standing.criterion, key, answered, standing.has_evidence, *cells)


def _key(level: Level | None, state: State) -> str:
    return state.value if level is None else level.key


def _opportunity(found: Opportunity, standing: Standing) -> ProfileOpportunity:
    to = ""
    if found.kind is not Kind.OWN and standing.level is not None:
        to = EVIDENCE if standing.lacks_evidence else _NEXT[standing.level]
    return ProfileOpportunity(found.ref, found.criterion, found.area, found.kind.value, to)


def _figures(submission: Submission, configuration: Configuration) -> tuple[ProfileFigure, ...]:
    """Those of which one year at least can be a figure."""
    given = ((one, submission.outcomes[one.id]) for one in configuration.outcomes.measures if one.id in submission.outcomes)
    told = (ProfileFigure(one.id, take_figure(typed.this_year, one), take_figure(typed.last_year, one)) for one, typed in given)
    return tuple(figure for figure in told if (figure.this_year, figure.last_year) != (None, None))
