"""The board's paper: what a cycle's returns come to, for those who decide on training, duties and money.

It leaves the authority, so no number of schools from one to four is in it, nor one by which such a number could be worked out,
and no school is named but those that share good practice and agreed to be."""

from collections import Counter
from collections.abc import Sequence

from pipeline.model.assessment import Kind
from pipeline.model.dossier import Dossier
from pipeline.model.level import Level
from pipeline.model.paper import Matter, Paper
from pipeline.model.plan import PlanAuthority
from pipeline.model.profile import Profile
from pipeline.model.report import Report, ReportDuty, ReportLevels, ReportNeed, ReportSpare
from pipeline.model.rubric import Rubric
from pipeline.rules.criterion_trend import trend_criteria
from pipeline.rules.good_practice import list_practice
from pipeline.rules.need import Need, tally_needs
from pipeline.rules.outcome import CAUTION
from pipeline.rules.planning import written_date
from pipeline.rules.question import weigh_questions
from pipeline.rules.report_actions import say_followed, say_overdue, tabulate_actions
from pipeline.rules.report_movement import pick_changed, tabulate_moves, tabulate_questions
from pipeline.rules.report_outcome import tabulate_outcomes
from pipeline.rules.report_telling import list_limits, list_points
from pipeline.rules.report_turnout import tabulate_returns
from pipeline.rules.small_number import NOT_SHOWN, say_part, say_shown
from pipeline.rules.spread import Grouping, Line, spread_levels
from pipeline.rules.suppression import SMALLEST

_MOST_NEEDS = 12


def write_report(dossier: Dossier, before: Sequence[Profile], groupings: Sequence[Grouping]) -> Report:
    """The paper. `before` are the profiles of the last cycle's schools, of any edition; `groupings` are the ways in which other
    papers group schools, so that this one and those together tell no more than each."""
    configuration, batch, counted = dossier.configuration, dossier.batch, dossier.counted
    rubric, authority = configuration.rubric, configuration.settings.authority
    returns = tabulate_returns(batch, dossier.register)
    everywhere = spread_levels(counted, list_areas(rubric), groupings)[0].everywhere
    advanced = {area: line[0] for area, line in everywhere.items()}
    movement, across = tabulate_moves(counted, rubric)
    questions = tabulate_questions(trend_criteria(counted, before, rubric, configuration.rubrics), rubric)
    needs, (duties, duties_met) = tally_needs(counted, rubric), tabulate_duties(counted, rubric)
    actions = tabulate_actions(counted, rubric, dossier.today)
    earlier = configuration.cycle_before(batch.cycle)
    last = configuration.cycle(earlier).label if earlier else ""
    since = last if movement or across or questions else ""
    return Report(
        authority=PlanAuthority(authority.name, authority.team, authority.email),
        cycle=batch.cycle_label,
        made_on=written_date(dossier.today),
        edition=rubric.edition,
        rated=say_part(len(counted), len(counted)).capitalize() if counted else "No",
        points=list_points(dossier, movement, since, needs, say_overdue(actions)),
        districts=returns["District"],
        phases=returns["Phase"],
        kinds=returns["Type"],
        bands=name_bands(rubric),
        spread=tuple(_tell_levels(area, line, len(counted), rubric) for area, line in everywhere.items()),
        since=since,
        movement=movement,
        across=across,
        changed=pick_changed(questions),
        questions=questions,
        needs=tuple(_tell_need(need) for need in needs[:_MOST_NEEDS] if need.schools >= SMALLEST),
        duties=duties,
        duties_met=duties_met,
        followed=say_followed(counted, last, is_first=not dossier.earlier),
        actions=actions,
        outcomes=tabulate_outcomes(counted, configuration.outcomes.measures) if _shows(dossier, Matter.OUTCOMES) else (),
        caution=CAUTION,
        practice=list_practice(counted, rubric, batch.cycle, advanced) if _shows(dossier, Matter.PRACTICE) else (),
        spare=_list_spare(counted, rubric) if _shows(dossier, Matter.QUESTIONS) else (),
        limits=list_limits(dossier),
    )


def _shows(dossier: Dossier, matter: Matter) -> bool:
    return dossier.shows(Paper.REPORT, matter)


def list_areas(rubric: Rubric) -> tuple[int, ...]:
    """The numbers of the areas, and 0 for the overall rating where there is one."""
    overall = (0,) if rubric.frame.rules.overall.enabled else ()
    return (*(area.number for area in rubric.areas), *overall)


def name_bands(rubric: Rubric) -> tuple[str, ...]:
    """What the numbers of a spread are called, and what those left out are."""
    levels = (rubric.label(level) for level in reversed(Level))
    return (*levels, rubric.frame.states["not-rated"], NOT_SHOWN.capitalize())


def name_area(number: int, rubric: Rubric) -> str:
    """An area by number and name."""
    return next((f"{area.number} {area.name}" for area in rubric.areas if area.number == number), "Overall")


def _tell_levels(area: int, line: Line, rated: int, rubric: Rubric) -> ReportLevels:
    advanced, established, emerging, not_yet, not_rated = map(say_shown, line)
    return ReportLevels(
        number=f"{area or ''}",
        area=name_area(area, rubric),
        advanced=advanced,
        established=established,
        emerging=emerging,
        not_yet=not_yet,
        not_rated=not_rated,
        bars=_draw(line, rated),
    )


def _draw(line: Line, rated: int) -> tuple[int, ...]:
    shown = [one or 0 for one in line]
    return (*shown, rated - sum(shown) if rated >= SMALLEST else 0)


def _tell_need(need: Need) -> ReportNeed:
    return ReportNeed(need.criterion, need.title, need.opportunity, say_shown(need.schools))


def tabulate_duties(profiles: Sequence[Profile], rubric: Rubric) -> tuple[tuple[ReportDuty, ...], str]:
    """The duties that some school does not meet, most first as far as numbers are shown, then in rubric order; and a sentence
    on the others."""
    counts = Counter(one.criterion for profile in profiles for one in profile.opportunities if one.kind == Kind.STATUTORY_GAP)
    gates = [(one, one.gate.duty, counts[key]) for key, one in rubric.criteria.items() if one.gate is not None]
    unmet = sorted((one for one in gates if one[2]), key=lambda one: -one[2] if one[2] >= SMALLEST else 0)
    met = len(gates) - len(unmet)
    told = tuple(ReportDuty(one.id, one.title, duty, say_part(count, len(profiles))) for one, duty, count in unmet)
    return told, _say_met(met, is_all=not unmet) if profiles else ""


def _say_met(met: int, *, is_all: bool) -> str:
    if not met:
        return ""
    if is_all:
        return f"No school says so of any of the {met} duties."
    return f"No school says so of the other {met} duties." if met > 1 else "No school says so of the one other duty."


def _list_spare(profiles: Sequence[Profile], rubric: Rubric) -> tuple[ReportSpare, ...]:
    """Questions that could be left out."""
    return tuple(
        ReportSpare(one.criterion, one.title, _why(alike=one.alike == one.answers, decided=bool(one.decided)))
        for one in weigh_questions(profiles, rubric)
        if one.is_spare
    )


def _why(*, alike: bool, decided: bool) -> str:
    said = [*(["always answered alike"] if alike else []), *([] if decided else ["no school's rating rests on it"])]
    return "; ".join(said).capitalize()
