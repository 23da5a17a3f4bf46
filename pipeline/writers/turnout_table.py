"""Districts, phases and types: who returned, and how many schools stand where. Counts only; nobody is ranked."""

from pipeline.model.dossier import Dossier
from pipeline.rules.turnout import count_turnout
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row
from pipeline.writers.level_words import KEYS, rating_words


def tabulate_turnout(dossier: Dossier) -> ExcelTable:
    """One row a group."""
    rubric = dossier.configuration.rubric
    keys = KEYS if rubric.frame.rules.overall.enabled else ()
    words = rating_words(rubric)[: len(keys)]
    rows: list[Row] = [
        (
            *(one.by, one.group or "Not given", one.schools, one.returned, one.schools - one.returned, one.rated),
            *(one.levels.get(key, 0) for key in keys),
            *(one.gaps, one.schools_with_gap),
        )
        for one in count_turnout(dossier.batch, dossier.register)
    ]
    headings = (
        "By", "Group", "Schools", "Returned", "Not returned", "Rated", *(f"Overall: {word}" for word in words),
        "Statutory gaps", "Schools with a gap",
    )  # fmt: skip
    widths = (12, 40, 10, 10, 10, 10, *([14] * len(keys)), 11, 12)
    table = ExcelTable("Districts", "Districts", headings, widths, rows, height=46)
    return table.shade("Not returned", ">0", style.TINTS["not-yet"])
