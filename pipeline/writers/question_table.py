"""Which questions of the workbook told the LA something, and which could be left out."""

from pipeline.model.dossier import Dossier
from pipeline.rules.question import weigh_questions
from pipeline.writers.excel_table import ExcelTable, Row
from pipeline.writers.page import Tint
from pipeline.writers.style import BRAND_PALE

_NOTE = (
    "A question decided a rating where some school's rating of the area would be another without it, "
    "all its other answers being as they are."
)


def tabulate_questions(dossier: Dossier) -> ExcelTable:
    """One row a criterion. Statutory ones are marked, and never proposed."""
    rubric = dossier.configuration.rubric
    areas = {criterion.id: f"{area.number} {area.name}" for area in rubric.areas for criterion in area.criteria}
    rows: list[Row] = [
        (
            *(areas[one.criterion], one.criterion, one.title, "Yes" if one.is_statutory else "No", one.answers, one.commonest),
            *(one.alike, one.decided, "Yes" if one.is_spare else "No", one.verdict),
        )
        for one in weigh_questions(dossier.counted, rubric)
    ]
    headings = (
        "Area of Focus", "Criterion", "Criterion title", "Statutory", "Schools that answered", "Commonest answer",
        "Schools with that answer", "Ratings it decided", "Could be left out", "Why",
    )  # fmt: skip
    widths = (46, 10, 44, 10, 12, 18, 12, 12, 11, 70)
    spare = Tint(f"A3:J{len(rows) + 2}", '$I3="Yes"', BRAND_PALE)
    return ExcelTable("Questions", "Questions", headings, widths, rows, height=46, note=_NOTE, tints=(spare,))
