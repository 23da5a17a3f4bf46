"""Opportunities: a row for each school and opportunity, ready for a pivot table; and how many schools share each."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.model.assessment import Kind
from pipeline.model.dossier import Dossier
from pipeline.model.profile import Profile, ProfileOpportunity
from pipeline.model.project import Configuration
from pipeline.rules.need import Need
from pipeline.rules.profile import step_of
from pipeline.writers.excel_table import ExcelTable, Parts, Row, Value

_YES, _NO = ("Yes",), ("No",)
_OWN = "In the school's own words: see its plan"


def tabulate_opportunities(dossier: Dossier, needs: Sequence[Need]) -> tuple[ExcelTable, ...]:
    """Both tables. Every school that is rated is in the first; `needs` make the second."""
    return _list_opportunities(dossier.profiles, dossier.configuration), _count_needs(needs, dossier.configuration)


def _list_opportunities(profiles: Iterable[Profile], configuration: Configuration) -> ExcelTable:
    told: dict[tuple[str, ProfileOpportunity], tuple[Value, ...]] = {}  # what many schools share is put in words once
    rows: list[Row] = []
    for profile in profiles:
        school, first = profile.school, frozenset(profile.priorities)
        about = (school.urn, school.name, school.district, school.phase.label, school.kind)
        for one in profile.opportunities:
            key = (profile.edition, one)
            words = told.get(key) or told.setdefault(key, tuple(_tell(one, configuration.under(profile.edition))))
            is_first = one.kind == Kind.STATUTORY_GAP or one.ref in first
            rows.append(Parts((about, words, _YES if is_first else _NO)))
    headings = (
        "URN", "School", "District", "Phase", "Type", "Area", "Area of Focus", "Criterion", "Criterion title", "Reference",
        "Why", "Opportunity", "On the plan's first page",
    )  # fmt: skip
    widths = (10, 40, 22, 14, 24, 7, 40, 10, 40, 11, 24, 70, 13)
    return ExcelTable("Opportunities", "Opportunities", headings, widths, rows, height=46)


def _tell(one: ProfileOpportunity, configuration: Configuration) -> Iterator[str | int]:
    """Area, its name, criterion, its title, reference, why, and the rubric's wording."""
    step = step_of(one, configuration.rubric)
    yield from (one.area, configuration.area_names.get(one.area, ""))
    yield from (one.criterion, configuration.titles.get(one.criterion, ""))
    yield from (one.ref, one.kind, step.opportunity if step else _OWN)


def _count_needs(needs: Iterable[Need], configuration: Configuration) -> ExcelTable:
    areas = {criterion.id: area for area in configuration.rubric.areas for criterion in area.criteria}
    rows = [
        (
            *(f"{areas[need.criterion].number} {areas[need.criterion].name}", need.criterion, need.title, need.opportunity),
            *(need.schools, need.statutory, need.not_yet, need.holding, need.slipped, need.first_page),
        )
        for need in needs
    ]
    headings = (
        "Area of Focus", "Criterion", "Criterion title", "Opportunity", "Schools", "Statutory gap", "Not yet in place",
        "Holds the area back", "Has slipped", "On a first page",
    )  # fmt: skip
    return ExcelTable(
        "Commonest opportunities", "CommonestOpportunities", headings, (40, 10, 40, 70, *([11] * 6)), rows, height=46
    )
