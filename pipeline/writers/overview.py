"""The officer's overview: what became of the cycle, school by school and area by area."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.batch import Batch, Entry, Outcome
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.writers import style
from pipeline.writers.archive import settle
from pipeline.writers.chase import by_district, days_overdue
from pipeline.writers.excel_table import Row, fill_table
from pipeline.writers.sheet import put, set_up

_CAUTION = (
    "Ratings are indicative and self-evaluated. They are not Ofsted judgements, "
    "and schools stand in the register's order, not ranked."
)
_KEYS = ("advanced", "established", "emerging", "not-yet", "not-rated", "not-applicable")


def write_overview(batch: Batch, register: Mapping[str, School], configuration: Configuration, today: date) -> bytes:
    """`overview.xlsx`: summary, schools by area, levels by area, statutory gaps, not returned, findings.

    No free text and no ranking: schools stand in the register's order."""
    workbook = Workbook()
    summary = workbook.active
    assert summary is not None
    summary.title = "Summary"
    rated = {entry.urn: entry for entry in batch.entries if entry.summary}
    ordered = [(register[urn], rated[urn]) for urn in register if urn in rated]
    _write_summary(summary, batch)
    _write_schools(workbook.create_sheet("Schools by area"), ordered, configuration)
    _write_counts(workbook.create_sheet("Levels by area"), ordered, configuration)
    gaps = [
        (school.urn, school.name, school.district, gap.ref.split("-")[0], gap.criterion, gap.duty)
        for school, entry in ordered
        for gap in (entry.summary.gaps if entry.summary else ())
    ]
    _write_table(
        workbook,
        "Statutory gaps",
        ("URN", "School", "District", "Ref", "Criterion", "Duty not yet met"),
        (10, 42, 24, 8, 40, 80),
        gaps,
    )
    overdue = days_overdue(configuration.cycle(batch.cycle), today)
    chased = by_district([register[urn] for urn in batch.missing])
    missing = [(school.district, school.name, school.urn, school.phase.label, overdue) for school in chased]
    _write_table(
        workbook, "Not returned", ("District", "School", "URN", "Phase", "Days overdue"), (28, 50, 10, 22, 14), missing
    )
    _write_findings(workbook, batch, register)
    workbook.properties.title = f"Inclusive practice overview: {batch.cycle_label}"
    workbook.properties.creator = configuration.settings.authority.name
    result = BytesIO()
    workbook.save(result)
    return settle(result.getvalue())


def _write_summary(sheet: Worksheet, batch: Batch) -> None:
    set_up(sheet, (44, 14, 70), footer=f"Overview, {batch.cycle_label}")
    middle = Alignment(vertical="center")
    put(sheet, "A1", "Inclusive practice overview", style.font(18, bold=True, colour=style.BRAND), alignment=middle)
    put(sheet, "A2", f"{batch.cycle_label} · rubric {batch.rubric}", style.font(11), alignment=middle)
    sheet.row_dimensions[1].height = 30
    for row, (label, value, note) in enumerate(_summary_rows(batch), 4):
        is_part = label.startswith("  ")
        face = style.font(10, bold=not is_part)
        indented = Alignment(horizontal="left", vertical="center", indent=3 if is_part else 1)
        put(sheet, f"A{row}", label.strip(), face, boxed=True, alignment=indented)
        put(sheet, f"B{row}", value, face, boxed=True, alignment=Alignment(horizontal="right", vertical="center", indent=1))
        put(sheet, f"C{row}", note, boxed=True, alignment=style.wrap(vertical="center"))
        sheet.row_dimensions[row].height = 18
    put(sheet, "A14", _CAUTION, alignment=Alignment())


def _summary_rows(batch: Batch) -> tuple[tuple[str, str | int, str], ...]:
    """Label (indented where it is part of the one above), figure, and what it means."""
    sums = batch.reconciliation
    balance = "Returns found = rated + sent back + set aside; register = returned + missing"
    return (
        ("Returns found", sums.found, "Files in the returns folder, and in attachments there"),
        ("  rated", sums.rated, "A plan was made"),
        ("  sent back", sums.sent_back, "The school's, but not usable yet: see Findings"),
        ("  set aside", sums.set_aside, "Not a return, no school of ours, or an earlier copy: see Findings"),
        ("Schools on the register", sums.register, "Open schools"),
        ("  returned", sums.returned, "At least one return rated or sent back"),
        ("  missing", sums.missing, "See Not returned"),
        ("Returns that may hold personal data", batch.returns_with_personal_data, "See the findings whose code begins with PV"),
        ("Does it add up?", "Yes" if sums.balances else "No", balance),
    )


def _write_schools(sheet: Worksheet, ordered: Sequence[tuple[School, Entry]], configuration: Configuration) -> None:
    areas = configuration.rubric.areas
    names = (f"{area.number} {area.name}" for area in areas)
    counts = ("Statutory gaps", "Opportunities", "Answered", "Asked")
    headings = ("URN", "School", "Phase", "District", "Overall", *names, *counts)
    rows: list[Row] = [
        (
            *(school.urn, school.name, school.phase.label, school.district, summary.overall),
            *(line.label for line in summary.areas),
            *(len(summary.gaps), summary.opportunities, summary.answered, summary.asked),
        )
        for school, entry in ordered
        if (summary := entry.summary)
    ]
    widths = (9, 38, 13, 20, 13, *([13.5] * len(areas)), 11, 14, 10, 8)
    fill_table(sheet, "SchoolsByArea", headings, widths, rows)
    sheet.row_dimensions[1].height = 78
    for row, (_, entry) in enumerate(ordered, 2):
        if entry.summary:
            keys = (entry.summary.overall_key, *(line.key for line in entry.summary.areas))
            for column, key in enumerate(keys, 5):
                sheet.cell(row, column).fill = style.fill(style.TINTS.get(key, style.TINTS["none"]))


def _write_counts(sheet: Worksheet, ordered: Sequence[tuple[School, Entry]], configuration: Configuration) -> None:
    rubric = configuration.rubric
    labels = (
        *(words.label for words in reversed(tuple(rubric.frame.levels.values()))),
        *(rubric.frame.states[key] for key in _KEYS[3:]),
    )
    counts = {area.number: Counter[str]() for area in rubric.areas}
    overall = Counter(entry.summary.overall_key for _, entry in ordered if entry.summary)
    for _, entry in ordered:
        for line in entry.summary.areas if entry.summary else ():
            counts[line.number][line.key] += 1
    rows: list[Row] = [(f"{area.number} {area.name}", *(counts[area.number][key] for key in _KEYS)) for area in rubric.areas]
    if rubric.frame.rules.overall.enabled:
        rows.append(("Overall", *(overall[key] for key in _KEYS)))
    fill_table(sheet, "LevelsByArea", ("Area of Focus", *labels), (52, *([16] * len(labels))), rows)


def _write_findings(workbook: Workbook, batch: Batch, register: Mapping[str, School]) -> None:
    outcomes = {entry.file: entry.outcome for entry in batch.entries}
    rows = [
        (
            finding.severity.value, finding.code, finding.title, register[finding.urn].name if finding.urn in register else "",
            finding.place.file, finding.place.sheet, finding.place.cell, finding.seen, finding.fix,
            outcomes[finding.place.file].value if finding.place.file in outcomes else Outcome.SET_ASIDE.value,
        )
        for finding in sorted(batch.all_findings, key=lambda one: (not one.is_error, one.place.file))
    ]  # fmt: skip
    headings = ("Severity", "Code", "What", "School", "File", "Sheet", "Cell", "Seen", "Remedy", "The file was")
    _write_table(workbook, "Findings", headings, (10, 9, 40, 36, 40, 24, 9, 36, 70, 12), rows)


def _write_table(
    workbook: Workbook, title: str, headings: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str | int]]
) -> None:
    fill_table(workbook.create_sheet(title), title.replace(" ", ""), headings, widths, rows)
