"""The officer's overview: what became of the cycle, school by school and area by area."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model.batch import Batch, Outcome, Summary
from pipeline.model.comparison import Movement
from pipeline.model.dossier import Dossier
from pipeline.model.paper import Matter, Paper
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.rules.need import tally_needs
from pipeline.writers import style
from pipeline.writers.chase import by_district, days_overdue
from pipeline.writers.excel_table import ExcelTable, Row, Tinted, write_tables
from pipeline.writers.level_words import KEYS, rating_words, tint
from pipeline.writers.life_tables import tabulate_lives
from pipeline.writers.movement import tabulate_movement
from pipeline.writers.opportunity_tables import tabulate_opportunities
from pipeline.writers.outcome_tables import tabulate_outcomes
from pipeline.writers.page import Page
from pipeline.writers.pairing_table import tabulate_pairing
from pipeline.writers.question_table import tabulate_questions
from pipeline.writers.style import Look
from pipeline.writers.theme_table import tabulate_themes
from pipeline.writers.trend_tables import tabulate_trend
from pipeline.writers.turnout_table import tabulate_turnout
from pipeline.writers.view_tables import tabulate_views

Rated = tuple[School, Summary]

_CAUTION = (
    "Ratings are indicative and self-evaluated. They are not Ofsted judgements, "
    "and schools stand in the register's order, not ranked."
)

_ABOUT = {
    "Schools by area": "Each rated school: its level in every area, gaps and opportunities",
    "Levels by area": "How many schools stand at each level",
    "Movement": "Areas that rose or fell since the last cycle",
    "Movement by area": "How many schools rose and fell, by area",
    "Levels by cycle": "How many schools stood at each level, cycle by cycle",
    "Outcomes by cycle": "Outcome figures of the same schools, cycle by cycle",
    "Views and moderation": "Where schools or advisers see an area otherwise than the answers",
    "Views by area": "How often they do",
    "Statutory gaps": "Duties that are not yet in place, school by school",
    "Actions": "A row for each action of plans that came back: open, overdue, stuck, done or dropped",
    "Stuck actions": "Carried forward three times or more, and still not done",
    "Done, not higher": "Actions done last cycle whose criterion stands no higher",
    "Opportunities": "A row for each school and opportunity, ready for a pivot table",
    "Commonest opportunities": "How many schools share each, to plan training",
    "Districts": "Who returned and how they stand, by district, phase and type",
    "Themes": "Attendance, off-rolling, home education and the other themes",
    "Outcomes beside levels": "Outcome figures of schools at each level, with no word of cause",
    "Outcome figures": "Every figure of every school and cycle",
    "Pairing": "For advisers only: who could help whom",
    "Questions": "Which questions told something, and which could be left out",
    "Not returned": "Schools to chase, with days overdue",
    "Findings": "Every problem, with the cell and the one thing that mends it",
}


def write_overview(dossier: Dossier) -> bytes:
    """`overview.xlsx`: a summary, and a sheet for each of the tables that the settings let it show.

    No free text and no ranking: schools stand in the register's order."""
    batch, register, configuration = dossier.batch, dossier.register, dossier.configuration
    rated = {entry.urn: entry.summary for entry in batch.entries if entry.summary}
    ordered = [(register[urn], rated[urn]) for urn in register if urn in rated]
    needs = tally_needs(dossier.counted, configuration.rubric)
    overdue = days_overdue(configuration.cycle(batch.cycle), dossier.today)
    tables = [
        _list_schools(ordered, batch, configuration),
        _count_levels(batch.summaries, configuration.rubric),
        *tabulate_movement(ordered, batch, configuration),
        *tabulate_trend(dossier, with_figures=_shows(dossier, Matter.OUTCOMES)),
        *(tabulate_views(ordered, batch, configuration) if _shows(dossier, Matter.VIEWS, Matter.MODERATION) else ()),
        _list_gaps(ordered),
        *tabulate_lives(dossier),
        *tabulate_opportunities(dossier, needs),
        tabulate_turnout(dossier),
        tabulate_themes(dossier, needs),
        *(tabulate_outcomes(dossier) if _shows(dossier, Matter.OUTCOMES) else ()),
        *((tabulate_pairing(dossier),) if _shows(dossier, Matter.PAIRING) else ()),
        *((tabulate_questions(dossier),) if _shows(dossier, Matter.QUESTIONS) else ()),
        _list_missing([register[urn] for urn in batch.missing], overdue),
        *((_list_findings(batch, register),) if _shows(dossier, Matter.FINDINGS) else ()),
    ]
    title, author = f"Inclusive practice overview: {batch.cycle_label}", configuration.settings.authority.name
    front = _compose_summary(batch)
    _list_sheets(front, tables)
    return write_tables(front, tables, title, author)


def _shows(dossier: Dossier, *matters: Matter) -> bool:
    return any(dossier.shows(Paper.OVERVIEW, matter) for matter in matters)


def _compose_summary(batch: Batch) -> Page:
    page = Page("Summary", (44, 14, 70), f"Overview, {batch.cycle_label}", is_protected=False)
    page.put("A1", "Inclusive practice overview", replace(style.ONE_LINE, size=18, bold=True, colour=style.BRAND))
    page.put("A2", f"{batch.cycle_label} · rubric {batch.rubric}", replace(style.ONE_LINE, size=11))
    page.heights[1] = 30
    for row, (label, value, note) in enumerate(_summary_rows(batch), 4):
        is_part = label.startswith("  ")
        look = Look(bold=not is_part, boxed=True, vertical="center", wraps=False, indent=3 if is_part else 1)
        page.put(f"A{row}", label.strip(), look)
        page.put(f"B{row}", value, replace(look, horizontal="right", indent=1))
        page.put(f"C{row}", note, replace(style.BOXED, vertical="center"))
        page.heights[row] = 18
    page.put(f"A{row + 2}", _CAUTION, replace(style.ONE_LINE, vertical=""))
    return page


def _list_sheets(page: Page, tables: Sequence[ExcelTable]) -> None:
    """What each sheet has, below the figures; a click on its name leads there."""
    first = max(page.heights) + 5
    page.put(f"A{first - 1}", "What is in this workbook", replace(style.ONE_LINE, bold=True, colour=style.BRAND))
    for row, table in enumerate(tables, first):
        page.put(f"A{row}", table.title, replace(style.BOXED, vertical="center", colour=style.BRAND))
        page.put(f"B{row}", len(table.rows), replace(style.BOXED, vertical="center", horizontal="right"))
        page.put(f"C{row}", _ABOUT[table.title], replace(style.BOXED, vertical="center"))
        page.links[f"A{row}"] = f"'{table.title}'!A{table.top}"
        page.heights[row] = 18


def _summary_rows(batch: Batch) -> tuple[tuple[str, str | int, str], ...]:
    """Label (indented where it is part of the one above), figure, and what it means."""
    sums = batch.reconciliation
    apart = (
        "  of these, under another edition",
        batch.rated_apart,
        "Their levels name the edition, and are not in Levels by area",
    )
    balance = "Returns found = rated + sent back + set aside; register = returned + missing"
    return (
        ("Returns found", sums.found, "Files in the returns folder, and in attachments there"),
        ("  rated", sums.rated, "A plan was made"),
        *((apart,) if batch.rated_apart else ()),
        ("  sent back", sums.sent_back, "The school's, but not usable yet: see Findings"),
        ("  set aside", sums.set_aside, "Not a return, no school of ours, or an earlier copy: see Findings"),
        ("Schools on the register", sums.register, "Open schools"),
        ("  returned", sums.returned, "At least one return rated or sent back"),
        ("  missing", sums.missing, "See Not returned"),
        ("Returns that may hold personal data", batch.returns_with_personal_data, "See the findings whose code begins with PV"),
        ("Does it add up?", "Yes" if sums.balances else "No", balance),
    )


def _list_schools(ordered: Sequence[Rated], batch: Batch, configuration: Configuration) -> ExcelTable:
    areas = configuration.rubric.areas
    names = (f"{area.number} {area.name}" for area in areas)
    counts = ("Areas higher than last cycle", "Areas lower", "Statutory gaps", "Opportunities", "Answered", "Asked")
    headings = ("URN", "School", "Phase", "District", "Overall", *names, *counts)
    rows: list[Row] = [
        (
            *(school.urn, school.name, school.phase.label, school.district),
            *_tint_levels(summary, [area.number for area in areas], mark=batch.is_apart(summary)),
            *(_count_moved(summary, Movement.HIGHER), _count_moved(summary, Movement.LOWER)),
            *(len(summary.gaps), summary.opportunities, summary.answered, summary.asked),
        )
        for school, summary in ordered
    ]
    widths = (9, 38, 13, 20, 13, *([13.5] * len(areas)), 11, 9, 11, 14, 10, 8)
    table = ExcelTable("Schools by area", "SchoolsByArea", headings, widths, rows, height=78)
    return table.shade("Statutory gaps", ">0", style.TINTS["not-yet"])


def _count_moved(summary: Summary, way: Movement) -> int:
    return sum(line.movement == way for line in summary.areas)


def _tint_levels(summary: Summary, areas: Sequence[int], *, mark: bool) -> Iterator[Tinted]:
    """The overall level and one for each area. Under another edition each names it, and has no tint to be compared by; an area
    that was not rated then stays empty."""
    lines = {line.number: (line.label, line.key) for line in summary.areas}
    for label, key in ((summary.overall, summary.overall_key), *(lines.get(area, ("", "none")) for area in areas)):
        yield tint(f"{label} ({summary.rubric.rpartition(' ')[2]})", "none") if mark and label else tint(label, key)


def _count_levels(summaries: Sequence[Summary], rubric: Rubric) -> ExcelTable:
    labels = rating_words(rubric)
    counts = Counter((line.number, line.key) for summary in summaries for line in summary.areas)
    rows: list[Row] = [(f"{area.number} {area.name}", *(counts[area.number, key] for key in KEYS)) for area in rubric.areas]
    if rubric.frame.rules.overall.enabled:
        overall = Counter(summary.overall_key for summary in summaries)
        rows.append(("Overall", *(overall[key] for key in KEYS)))
    return ExcelTable("Levels by area", "LevelsByArea", ("Area of Focus", *labels), (52, *([16] * len(labels))), rows)


def _list_gaps(ordered: Sequence[Rated]) -> ExcelTable:
    rows = [
        (school.urn, school.name, school.district, gap.ref.split("-")[0], gap.criterion, gap.duty)
        for school, summary in ordered
        for gap in summary.gaps
    ]
    headings = ("URN", "School", "District", "Ref", "Criterion", "Duty not yet met")
    return ExcelTable("Statutory gaps", "Statutorygaps", headings, (10, 42, 24, 8, 40, 80), rows)


def _list_missing(missing: Sequence[School], overdue: int) -> ExcelTable:
    rows = [(school.district, school.name, school.urn, school.phase.label, overdue) for school in by_district(missing)]
    headings = ("District", "School", "URN", "Phase", "Days overdue")
    return ExcelTable("Not returned", "Notreturned", headings, (28, 50, 10, 22, 14), rows).shade(
        "Days overdue", ">0", style.TINTS["not-yet"]
    )


def _list_findings(batch: Batch, register: Mapping[str, School]) -> ExcelTable:
    outcomes = {entry.file: entry.outcome for entry in batch.entries}
    rows = [
        (
            finding.severity.value, finding.code, finding.title, register[finding.urn].name if finding.urn in register else "",
            finding.place.file, finding.place.sheet, finding.place.cell, finding.seen, finding.fix,
            outcomes.get(finding.place.file, Outcome.SET_ASIDE).value,
        )
        for finding in sorted(batch.all_findings, key=lambda one: (not one.is_error, one.place.file))
    ]  # fmt: skip
    headings = ("Severity", "Code", "What", "School", "File", "Sheet", "Cell", "Seen", "Remedy", "The file was")
    return ExcelTable("Findings", "Findings", headings, (10, 9, 40, 36, 40, 24, 9, 36, 70, 12), rows).shade(
        "Severity", '="error"', style.TINTS["not-yet"]
    )
