"""Who could help whom: for the adviser, who asks them. It names schools as Emerging, so no school is shown it."""

from pipeline.model.dossier import Dossier
from pipeline.rules.pairing import Pairing, pair_schools
from pipeline.writers import style
from pipeline.writers.excel_table import ExcelTable, Row
from pipeline.writers.level_words import tint_key

_NOTE = "For advisers only: please ask the school that could help, and do not pass this table on. It says who is Emerging."


def tabulate_pairing(dossier: Dossier) -> ExcelTable:
    """One row for each area of each school that is Emerging or below."""
    configuration = dossier.configuration
    rubric, names = configuration.rubric, configuration.area_names
    pairings = pair_schools(dossier.counted, rubric, configuration.settings.pairing, dossier.batch.cycle)
    rows: list[Row] = [
        (
            *(one.school.urn, one.school.name, one.school.district, one.school.phase.label),
            *(f"{one.area} {names.get(one.area, '')}", tint_key(one.level, rubric), *_helper(one), one.why),
        )
        for one in pairings
    ]
    headings = (
        "URN", "School", "District", "Phase", "Area of Focus", "Level", "Could be helped by", "Its URN", "Its phase",
        "Its district", "Seen by an adviser", "Why",
    )  # fmt: skip
    widths = (10, 40, 22, 14, 46, 16, 40, 10, 14, 22, 11, 70)
    table = ExcelTable("Pairing", "Pairing", headings, widths, rows, note=_NOTE)
    return table.shade("Could be helped by", '="Nobody"', style.TINTS["not-yet"])


def _helper(one: Pairing) -> tuple[str, ...]:
    if one.helper is None:
        return ("Nobody", "", "", "", "")
    helper = one.helper
    return helper.name, helper.urn, helper.phase.label, helper.district, "Yes" if one.is_moderated else "No"
