"""The officer's overview: what became of the cycle, school by school and area by area."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.model.batch import Batch, Outcome, Summary
from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.school import School
from pipeline.rules.side_by_side import HIGHER, LOWER, NOT_COMPARED, SAME, compare
from pipeline.writers import style
from pipeline.writers.chase import by_district, days_overdue
from pipeline.writers.excel_table import ExcelTable, Row, Tinted, write_tables
from pipeline.writers.movement import tabulate_movement
from pipeline.writers.page import Page
from pipeline.writers.style import Look

Rated = tuple[School, Summary]

_CAUTION = (
    "Ratings are indicative and self-evaluated. They are not Ofsted judgements, "
    "and schools stand in the register's order, not ranked."
)
_KEYS = ("advanced", "established", "emerging", "not-yet", "not-rated", "not-applicable")


def write_overview(batch: Batch, register: Mapping[str, School], configuration: Configuration, today: date) -> bytes:
    """`overview.xlsx`: summary, schools by area, levels by area, movement where there was a last cycle, views and moderation,
    views by area, statutory gaps, not returned, findings.

    No free text and no ranking: schools stand in the register's order."""
    rated = {entry.urn: entry.summary for entry in batch.entries if entry.summary}
    ordered = [(register[urn], rated[urn]) for urn in register if urn in rated]
    overdue = days_overdue(configuration.cycle(batch.cycle), today)
    tables = (
        _list_schools(ordered, batch, configuration),
        _count_levels(batch.summaries, configuration.rubric),
        *tabulate_movement(ordered, batch, configuration),
        _list_views(ordered, configuration),
        _count_views(batch.summaries, configuration.rubric),
        _list_gaps(ordered),
        _list_missing([register[urn] for urn in batch.missing], overdue),
        _list_findings(batch, register),
    )
    title, author = f"Inclusive practice overview: {batch.cycle_label}", configuration.settings.authority.name
    return write_tables(_compose_summary(batch), tables, title, author)


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
    counts = ("Statutory gaps", "Opportunities", "Answered", "Asked")
    headings = ("URN", "School", "Phase", "District", "Overall", *names, *counts)
    rows: list[Row] = [
        (
            *(school.urn, school.name, school.phase.label, school.district),
            *_tint_levels(summary, [area.number for area in areas], mark=batch.is_apart(summary)),
            *(len(summary.gaps), summary.opportunities, summary.answered, summary.asked),
        )
        for school, summary in ordered
    ]
    widths = (9, 38, 13, 20, 13, *([13.5] * len(areas)), 11, 14, 10, 8)
    return ExcelTable("Schools by area", "SchoolsByArea", headings, widths, rows, height=78)


def _tint_levels(summary: Summary, areas: Sequence[int], *, mark: bool) -> Iterator[Tinted]:
    """The overall level and one for each area. Under another edition each names it, and has no tint to be compared by; an area
    that was not rated then stays empty."""
    lines = {line.number: (line.label, line.key) for line in summary.areas}
    for label, key in ((summary.overall, summary.overall_key), *(lines.get(area, ("", "none")) for area in areas)):
        yield _tint(f"{label} ({summary.rubric.rpartition(' ')[2]})", "none") if mark and label else _tint(label, key)


def _tint(label: str, key: str) -> Tinted:
    return Tinted(label, style.TINTS.get(key, style.TINTS["none"]))


def _count_levels(summaries: Sequence[Summary], rubric: Rubric) -> ExcelTable:
    labels = (
        *(words.label for words in reversed(tuple(rubric.frame.levels.values()))),
        *(rubric.frame.states[key] for key in _KEYS[3:]),
    )
    counts = Counter((line.number, line.key) for summary in summaries for line in summary.areas)
    rows: list[Row] = [(f"{area.number} {area.name}", *(counts[area.number, key] for key in _KEYS)) for area in rubric.areas]
    if rubric.frame.rules.overall.enabled:
        overall = Counter(summary.overall_key for summary in summaries)
        rows.append(("Overall", *(overall[key] for key in _KEYS)))
    return ExcelTable("Levels by area", "LevelsByArea", ("Area of Focus", *labels), (52, *([16] * len(labels))), rows)


def _list_views(ordered: Sequence[Rated], configuration: Configuration) -> ExcelTable:
    """A row for each area that an adviser has looked at, or that its school sees otherwise than its answers do. An own view
    that is the same is counted in the next table, and not listed."""
    names = {number: f"{number} {name}" for number, name in configuration.area_names.items()}
    rows: list[Row] = []
    for school, summary in ordered:
        rubric = configuration.under(summary.rubric).rubric
        for line in summary.areas:
            own = compare(line.own, line.label, rubric) if line.own else ""
            if line.moderated or own not in ("", SAME):
                moderated = compare(line.moderated, line.label, rubric) if line.moderated else ""
                area = names.get(line.number, f"{line.number}")
                levels = (_tint(line.label, line.key), _tint_label(line.own, rubric), _tint_label(line.moderated, rubric))
                rows.append((school.urn, school.name, school.district, area, *levels, own, moderated))
    headings = (
        "URN", "School", "District", "Area of Focus", "From the answers", "The school's own view", "Moderated",
        "The own view is", "The moderated level is",
    )  # fmt: skip
    return ExcelTable("Views and moderation", "Viewsandmoderation", headings, (10, 42, 24, 52, 17, 17, 17, 24, 24), rows)


def _tint_label(label: str, rubric: Rubric) -> Tinted | str:
    key = next((level.key for level in Level if rubric.label(level) == label), "")
    return _tint(label, key) if label else ""


def _count_views(summaries: Sequence[Summary], rubric: Rubric) -> ExcelTable:
    """How many schools see each area as their answers do, and how often an adviser does."""
    compared = (SAME, HIGHER, LOWER, NOT_COMPARED)
    own: Counter[tuple[int, str]] = Counter()
    moderated: Counter[tuple[int, str]] = Counter()
    for line in (line for summary in summaries for line in summary.areas):
        own[line.number, compare(line.own, line.label, rubric) if line.own else ""] += 1
        moderated[line.number, compare(line.moderated, line.label, rubric) if line.moderated else ""] += 1
    rows: list[Row] = [
        (
            f"{area.number} {area.name}",
            *(own[area.number, word] for word in (*compared, "")),
            *(moderated[area.number, word] for word in compared),
        )
        for area in rubric.areas
    ]
    headings = (
        "Area of Focus", *(f"Own view: {word}" for word in compared), "Own view: not given",
        *(f"Moderated: {word}" for word in compared),
    )  # fmt: skip
    return ExcelTable("Views by area", "Viewsbyarea", headings, (52, *([17] * 9)), rows, height=46)


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
    return ExcelTable("Not returned", "Notreturned", headings, (28, 50, 10, 22, 14), rows)


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
    return ExcelTable("Findings", "Findings", headings, (10, 9, 40, 36, 40, 24, 9, 36, 70, 12), rows)
