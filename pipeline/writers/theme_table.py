"""Themes, such as attendance or off-rolling: how schools answered the criteria that carry each."""

from collections.abc import Sequence

from pipeline.model.dossier import Dossier
from pipeline.rules.need import Need
from pipeline.rules.theme import tally_themes
from pipeline.writers.excel_table import ExcelTable, Row
from pipeline.writers.level_words import KEYS, answer_words


def tabulate_themes(dossier: Dossier, needs: Sequence[Need]) -> ExcelTable:
    """One row a theme that the rubric's criteria carry: answers by level, statutory gaps, and the commonest opportunity."""
    rubric = dossier.configuration.rubric
    rows: list[Row] = [
        (
            *(theme.label, ", ".join(theme.criteria)),
            *(theme.answers[key] for key in KEYS),
            *(theme.gaps, theme.schools_with_gap),
            *_tell_commonest(theme.commonest),
        )
        for theme in tally_themes(dossier.counted, needs, rubric)
    ]
    headings = (
        "Theme", "Criteria", *(f"Answers: {word}" for word in answer_words(rubric)), "Statutory gaps", "Schools with a gap",
        "Commonest: criterion", "Commonest opportunity", "Schools that have it",
    )  # fmt: skip
    widths = (44, 26, *([14] * len(KEYS)), 11, 12, 13, 70, 12)
    note = "Answers are counted, not schools: a school answers each of a theme's criteria."
    return ExcelTable("Themes", "Themes", headings, widths, rows, height=46, note=note)


def _tell_commonest(need: Need | None) -> tuple[str, str, int]:
    return (need.criterion, need.opportunity, need.schools) if need else ("", "None", 0)
