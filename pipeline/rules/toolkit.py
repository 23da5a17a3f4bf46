"""From the rubric and what stands beside it to the toolkit document: which words go where."""

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.model.project import Configuration
from pipeline.model.rubric import Area, Criterion, Rubric
from pipeline.model.school import Phase
from pipeline.model.settings import Checklist, Measure, OutcomeSought, Resource
from pipeline.model.toolkit import (
    Toolkit,
    ToolkitAbout,
    ToolkitArea,
    ToolkitAuthority,
    ToolkitChecklist,
    ToolkitCriterion,
    ToolkitEvaluationArea,
    ToolkitExample,
    ToolkitFigure,
    ToolkitLevel,
    ToolkitOutcome,
    ToolkitPrompt,
    ToolkitResource,
    ToolkitShelf,
    ToolkitSource,
    ToolkitStep,
    ToolkitTerm,
    ToolkitWords,
)
from pipeline.rules.explanation import describe_rules
from pipeline.rules.planning import written_date
from pipeline.rules.sentence import join_words

_BETTER = {"higher": "Higher is better", "lower": "Lower is better", "neither": "Neither way is better by itself"}
_OTHERS = "For every area"


def compose_toolkit(configuration: Configuration, cycle: str, examples: Sequence[ToolkitExample], today: date) -> Toolkit:
    """The toolkit document of a cycle: its Ofsted checklist is the one in force when the returns are due."""
    rubric, guidance, authority = configuration.rubric, configuration.guidance, configuration.settings.authority
    checklist = configuration.checklist_for(cycle)
    living = [resource for resource in configuration.resources if not resource.is_dead]
    return Toolkit(
        authority=ToolkitAuthority(authority.name, authority.team, authority.email),
        about=ToolkitAbout(rubric.frame.title, rubric.frame.version, configuration.cycle(cycle).label, written_date(today)),
        words=ToolkitWords(
            vision=guidance.vision,
            definition=guidance.definition,
            why_it_matters=guidance.why_it_matters,
            strategy=guidance.strategy.title,
            strategy_address=guidance.strategy.address,
            privacy=guidance.privacy,
        ),
        outcomes=tuple(_outcome(one, configuration) for one in guidance.outcomes_sought if not one.later),
        later_outcomes=tuple(_outcome(one, configuration) for one in guidance.outcomes_sought if one.later),
        figures=tuple(_figure(measure, rubric) for measure in configuration.outcomes.measures),
        steps=tuple(ToolkitStep(step.title, step.text) for step in guidance.steps),
        levels=tuple(ToolkitLevel(words.label, words.name, words.meaning) for _, words in sorted(rubric.frame.levels.items())),
        rules=(*guidance.how_ratings_are_made, *describe_rules(rubric)),
        areas=tuple(_area(area, rubric, checklist) for area in rubric.areas),
        criteria_count=len(rubric.criteria),
        checklist=_checklist(checklist),
        shelves=tuple(_shelve(living, rubric)),
        resource_count=len(living),
        sources=tuple(_sources(rubric)),
        examples=tuple(examples),
        glossary=tuple(ToolkitTerm(entry.term, entry.meaning) for entry in guidance.glossary),
    )


def tell_toolkit(toolkit: Toolkit, where: str) -> str:
    """What was written, and where it is."""
    held = (
        f"{toolkit.criteria_count} criteria, {toolkit.resource_count} resources and {len(toolkit.examples)} completed examples"
    )
    return f"The toolkit document is {where}: {held}."


def _outcome(sought: OutcomeSought, configuration: Configuration) -> ToolkitOutcome:
    themes = set(sought.themes)
    criteria = [one.id for one in configuration.rubric.criteria.values() if themes.intersection(one.themes)]
    labels = {measure.id: measure.label for measure in configuration.outcomes.measures}
    return ToolkitOutcome(sought.outcome, ", ".join(criteria), "; ".join(labels[key] for key in sought.measures))


def _figure(measure: Measure, rubric: Rubric) -> ToolkitFigure:
    asked = {area.number for area in rubric.areas}
    areas = join_words([f"{number}" for number in measure.areas if number in asked])
    return ToolkitFigure(measure.label, measure.meaning, _BETTER[measure.better], areas)


def _area(area: Area, rubric: Rubric, checklist: Checklist) -> ToolkitArea:
    return ToolkitArea(
        number=area.number,
        name=area.name,
        definition=area.definition,
        note=_tell_leaving(area),
        criteria=tuple(_criterion(criterion, rubric, checklist) for criterion in area.criteria),
    )


def _tell_leaving(area: Area) -> str:
    """That an area is retiring, and where its criteria would go."""
    if area.status != "retiring":
        return ""
    numbers = [f"{number}" for number in area.crosswalk]
    where = f"Area{'s' * (len(numbers) > 1)} {join_words(numbers)}"
    return f"Under review: its criteria may become part of {where}." if numbers else "Under review: it may be taken out."


def _criterion(criterion: Criterion, rubric: Rubric, checklist: Checklist) -> ToolkitCriterion:
    gate = criterion.gate
    return ToolkitCriterion(
        id=criterion.id,
        title=criterion.title,
        emerging=criterion.emerging,
        established=criterion.established,
        advanced=criterion.advanced,
        duty=gate.duty if gate else "",
        source=rubric.frame.sources[gate.source].title if gate else "",
        asked_of=_name_phases(criterion.phases),
        evaluation_areas="; ".join(area.title for area in checklist.areas if criterion.id in area.criteria),
    )


def _name_phases(phases: str | Sequence[Phase]) -> str:
    return "" if isinstance(phases, str) else ", ".join(phase.label for phase in phases)


def _checklist(checklist: Checklist) -> ToolkitChecklist:
    return ToolkitChecklist(
        title=checklist.title,
        address=checklist.address,
        standing=checklist.standing,
        checked_on=written_date(checklist.checked_on),
        areas=tuple(
            ToolkitEvaluationArea(
                title=area.title,
                looks_at=area.looks_at,
                criteria=", ".join(area.criteria),
                shown_to=_name_phases(area.phases),
                prompts=tuple(ToolkitPrompt(prompt.text) for prompt in area.prompts),
            )
            for area in checklist.areas
        ),
    )


def _shelve(resources: Sequence[Resource], rubric: Rubric) -> Iterator[ToolkitShelf]:
    """Every resource once: with the area of the first criterion that it helps with, or else its own first area."""
    titles = {area.number: f"Area {area.number}: {area.name}" for area in rubric.areas}
    placed = {resource.id: next((one for one in _areas_of(resource, rubric) if one in titles), 0) for resource in resources}
    for number, title in [*titles.items(), (0, _OTHERS)]:
        here = tuple(_resource(one, rubric) for one in resources if placed[one.id] == number)
        if here:
            yield ToolkitShelf(title, here)


def _areas_of(resource: Resource, rubric: Rubric) -> Iterator[int]:
    yield from (rubric.criteria[topic].area_number for topic in resource.topics if topic in rubric.criteria)
    yield from resource.areas


def _resource(resource: Resource, rubric: Rubric) -> ToolkitResource:
    return ToolkitResource(
        title=resource.title,
        publisher=resource.publisher,
        helps_with=resource.helps_with,
        address=resource.address,
        criteria=", ".join(topic for topic in resource.topics if topic in rubric.criteria),
        checked_on=written_date(resource.checked_on),
    )


def _sources(rubric: Rubric) -> Iterator[ToolkitSource]:
    """Those that a duty stands in, in their own order."""
    for key, source in rubric.frame.sources.items():
        criteria = [one.id for one in rubric.criteria.values() if one.gate and one.gate.source == key]
        if criteria:
            yield ToolkitSource(
                title=source.title,
                in_force=source.in_force,
                address=source.address,
                checked_on=written_date(source.checked_on),
                standing=source.standing,
                criteria=", ".join(criteria),
            )
