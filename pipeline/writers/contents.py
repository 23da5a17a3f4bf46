"""What the workbook of a school holds, sheet by sheet."""

from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers.area_sheet import compose_area
from pipeline.writers.front_sheets import compose_school, compose_start
from pipeline.writers.other_sheets import compose_checklist, compose_outcomes
from pipeline.writers.page import Page


def compose_pages(school: School, configuration: Configuration, cycle: str, prefilled_from: str = "") -> tuple[Page, ...]:
    """The sheets in their order: only the criteria of the school's phase, its identity filled in, answer cells open.

    `prefilled_from` is the cycle whose answers will be filled in, if any: then there are cells that confirm them."""
    rubric = configuration.rubric
    asked = [area for area in rubric.areas if any(criterion.applies_to(school.phase) for criterion in area.criteria)]
    areas = [compose_area(area, school, rubric, again=bool(prefilled_from)) for area in asked]
    return (
        compose_start(school, configuration, cycle, [answers for _, answers in areas], prefilled_from),
        compose_school(school),
        *(page for page, _ in areas),
        compose_checklist(school, configuration.checklist_for(cycle), rubric),
        compose_outcomes(configuration.outcomes),
    )
