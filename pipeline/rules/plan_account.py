"""The account of a returned plan: where each of its texts goes that is no action's, and what is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.carried import Unplaced
from pipeline.model.finding import Finding, Place, find
from pipeline.model.returned_plan import PlanRow, Remark, Source
from pipeline.model.sent_plan import SentPlan
from pipeline.rules.own_text import OwnText
from pipeline.rules.plan_column import Columns

_FOR_THE_RECORD = (Source.DELETED, Source.MOVED, Source.PLACEHOLDER)


@dataclass(frozen=True)
class Section:
    """Rows of one table under one row of headings, with the texts of the small tables within each row, by row number."""

    columns: Columns
    nested: Mapping[int, Sequence[str]] = field(default_factory=dict)


class Account:
    """What is found in one plan beside its actions. `unplaced` is for the new plan's last page, `kept` for the record."""

    def __init__(self, file: str, sent: SentPlan) -> None:
        self.own = OwnText(sent)
        self.unplaced: list[Unplaced] = []
        self.kept: list[Unplaced] = []
        self.findings: list[Finding] = []
        self._file = file

    def tell(self, code: str, columns: Columns, row: PlanRow | None, seen: str, **details: str) -> None:
        """A finding about a row, or a whole table."""
        self.findings.append(find(code, self.place(columns, row), seen, urn="", **details))

    def take_text(self, text: str, where: str) -> None:
        """Text outside tables: what is not as sent has no place."""
        rest = self.own.keep_others(text)
        if rest:
            self.unplaced.append(Unplaced(rest, where))

    def take_loose(self, section: Section, row: PlanRow) -> None:
        """A row that is no action: what is not as sent has no place."""
        rests = [rest for cell in row.cells if cell and (rest := self.own.keep_others(cell))]
        where = self.where(section.columns, row)
        if rests:
            self.unplaced.append(Unplaced(" | ".join(rests), where))
        self.take_remarks(row.remarks, where)
        self.take_nested(section, row)

    def take_nested(self, section: Section, row: PlanRow) -> None:
        """The small tables within such a row."""
        for text in section.nested.get(row.number, ()):
            rest = self.own.keep_others(text)
            if rest:
                self.unplaced.append(Unplaced(rest, self.where(section.columns, row)))

    def take_remarks(self, remarks: Sequence[Remark], where: str) -> None:
        """Comments, notes and boxes are a school's words; what was taken away or only prompted is for the record."""
        for remark in remarks:
            by = f" by {remark.author}" if remark.author else ""
            told = Unplaced(remark.text, f"{where}, {remark.source.value}{by}")
            if remark.source in _FOR_THE_RECORD:
                self.kept.append(told)
            elif remark.text.strip() and not self.own.take(remark.text):
                self.unplaced.append(told)

    def keep(self, text: str, columns: Columns, row: PlanRow | None, what: str) -> None:
        """Text for the record alone; `what` says why."""
        self.kept.append(Unplaced(text, f"{self.where(columns, row)}, {what}"))

    def where(self, columns: Columns, row: PlanRow | None) -> str:
        """Where a row stood, for its school: by the heading above it."""
        heading = columns.table.heading
        under = f"under “{heading}”" if heading else "before the first heading"
        return f"{under}, table {columns.table.number}" + (f", row {row.number}" if row else "")

    def place(self, columns: Columns, row: PlanRow | None) -> Place:
        """For findings: never a heading, which a school may have written."""
        table = f"Area {columns.table.area}" if columns.table.area else f"table {columns.table.number}"
        return Place(self._file, cell=f"{table}, row {row.number}" if row else table)
