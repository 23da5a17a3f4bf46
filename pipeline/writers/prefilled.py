"""A workbook sent out with a school's last answers in it: which cell each of them belongs into."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model import form
from pipeline.model.prefill import Prefill
from pipeline.model.project import Configuration
from pipeline.model.school import Phase, School
from pipeline.model.settings import Measure
from pipeline.rules.prefilling import tell_prefilled
from pipeline.writers.area_sheet import find_height
from pipeline.writers.blank import Blanks, Entries, Heights, fill_in
from pipeline.writers.cell import Value
from pipeline.writers.contents import compose_pages
from pipeline.writers.page import Page

Rows = Mapping[str, tuple[str, int]]  # criterion or measure id → sheet and row
Filled = Iterator[tuple[str, str, Value]]  # sheet, A1 address and value


class Workbooks:
    """The workbooks of a cycle. What schools share is made once."""

    def __init__(self, configuration: Configuration, cycle: str) -> None:
        self._configuration = configuration
        self._cycle = cycle
        self._blanks = Blanks(configuration, cycle)
        self._rows: dict[Phase, Rows] = {}

    def make(self, school: School, prefill: Prefill | None, typed: Entries | None = None) -> bytes:
        """A school's workbook: a blank one, where nothing is filled in. `typed` goes over what is."""
        if prefill is None:
            return fill_in(self._blanks.of(school), school, typed)
        entries = self.fill(school, prefill)
        for sheet, cells in (typed or {}).items():
            entries.setdefault(sheet, {}).update(cells)
        return fill_in(self._blanks.of(school, prefill.cycle), school, entries, self._find_heights(school.phase, prefill))

    def fill(self, school: School, prefill: Prefill) -> dict[str, dict[str, Value]]:
        """What is filled in: sheet → A1 address → value."""
        if school.phase not in self._rows:
            pages = compose_pages(school, self._configuration, self._cycle, prefill.cycle)
            self._rows[school.phase] = dict(_find_rows(pages, self._configuration.outcomes.measures))
        rows = self._rows[school.phase]
        entries: defaultdict[str, dict[str, Value]] = defaultdict(dict)
        entries[form.START][form.COUNT_CELL] = tell_prefilled(prefill)
        for sheet, place, value in (*self._fill_answers(rows, prefill), *_fill_figures(rows, prefill)):
            entries[sheet][place] = value
        return dict(entries)

    def _fill_answers(self, rows: Rows, prefill: Prefill) -> Filled:
        words = self._configuration.rubric.frame.answers
        for criterion, last_time in prefill.last_time.items():
            sheet, row = rows[criterion]
            yield sheet, f"K{row}", last_time
            if told := prefill.old.get(criterion):
                yield sheet, f"G{row}", words[told.answer].label if told.answer else ""
                yield sheet, f"H{row}", told.evidence

    def _find_heights(self, phase: Phase, prefill: Prefill) -> Heights:
        """Rows tall enough for the evidence that is filled in, and for what is said of it."""
        heights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for criterion, last_time in prefill.last_time.items():
            sheet, row = self._rows[phase][criterion]
            told = prefill.old.get(criterion)
            heights[sheet][row] = find_height(told.evidence if told else "", last_time)
        return heights


def _find_rows(pages: Sequence[Page], measures: Sequence[Measure]) -> Iterator[tuple[str, tuple[str, int]]]:
    labels = {measure.label: measure.id for measure in measures}
    for page in pages:
        names = {place: name for name, place in page.names.items()}
        for place, (value, _) in page.cells.items():
            if place[0] == "A" and place[1:].isdecimal() and isinstance(value, str):
                row = int(place[1:])
                if names.get(f"G{row}") == form.answer_name(value):
                    yield value, (page.title, row)
                elif page.title == form.OUTCOMES and value in labels:
                    yield labels[value], (page.title, row)


def _fill_figures(rows: Rows, prefill: Prefill) -> Filled:
    for measure, figure in prefill.figures.items():
        if measure in rows:
            sheet, row = rows[measure]
            yield sheet, f"C{row}", _number(figure.this_year)
            yield sheet, f"D{row}", _number(figure.last_year)


def _number(typed: str) -> Value:
    """A figure as a number; what was no number was asked about, and is not filled in again."""
    try:
        return float(typed.replace(",", "").rstrip("% ")) if typed else ""
    except ValueError:
        return ""
