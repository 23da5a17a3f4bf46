"""Each stage of a return by itself, in this process, beside what the plain script does for it."""

from dataclasses import dataclass, fields, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from docxtpl import DocxTemplate

from bench.measuring import interleaved
from pipeline.model.plan import Plan
from pipeline.model.record import Provenance
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.planning import plan_for
from pipeline.runner.arriving import Arrival, Counting, attribute
from pipeline.runner.deliveries import open_file
from pipeline.runner.expecting import expect
from pipeline.runner.making import Judged, judge
from pipeline.runner.workspace import Workspace
from pipeline.writers.marked_copy import mark_copy
from pipeline.writers.records import write_record
from pipeline.writers.template import Properties

_TURN = 10  # returns a side takes in a row
_PROPERTIES = Properties("An action plan", "A council", "A cycle")


@dataclass(frozen=True)
class Stage:
    """Median milliseconds of a stage, a return. `beside` is what the other way takes, where there is one, and
    `bar` how many times faster it must be at least."""

    name: str
    milliseconds: float
    other: str = ""
    beside: float = 0.0
    bar: int = 0

    @property
    def ratio(self) -> float:
        """How many times faster than the other way."""
        return self.beside / self.milliseconds if self.beside else 0.0


def measure_stages(workspace: Workspace, paths: list[Path], today: date) -> list[Stage]:
    """Every stage over the returns of `paths`; the two sides of a comparison are taken in turn."""
    expected = expect(workspace.register.values(), workspace.configuration, workspace.cycle)
    bench = _Bench(workspace, expected, [path.read_bytes() for path in paths], today)
    rounds = len(bench.judged)
    readers = (bench.read, bench.read_with_openpyxl, bench.stream_with_openpyxl)
    reading, full, streaming = interleaved(readers, rounds, _TURN)
    fillers = (bench.fill, bench.fill_with_isal, bench.fill_with_docxtpl)
    filling, faster, docxtpl = interleaved(fillers, rounds, _TURN)
    alone = [(name, interleaved((work,), rounds)[0]) for name, work in bench.others]
    return [
        Stage("reading", 1000 * reading, "openpyxl", 1000 * full, 8),
        Stage("reading", 1000 * reading, "openpyxl, read-only", 1000 * streaming),
        Stage("filling the plan", 1000 * filling, "docxtpl's render() and save()", 1000 * docxtpl, 12),
        Stage("filling the plan with isal", 1000 * faster, "docxtpl's render() and save()", 1000 * docxtpl, 18),
        *(Stage(name, 1000 * seconds) for name, seconds in alone),
    ]


class _Bench:
    """The same returns, ready for each stage."""

    def __init__(self, workspace: Workspace, expected: Expectations, contents: list[bytes], today: date) -> None:
        self._workspace, self._expected, self._contents, self._today = workspace, expected, contents, today
        self._template = (workspace.root / "templates" / "action_plan.docx").read_bytes()
        self.judged = [judge(counting, workspace, today) for counting in self._counting()]
        self._plans = [self._plan(one) for one in self.judged]
        self.others = (
            ("rating", self._rate),
            ("planning", self._replan),
            ("the record", self._record),
            ("the marked copy, where there is one", self._mark),
        )
        self._countings = list(self._counting())
        self._faulty = [number for number, one in enumerate(self.judged) if one.entry.findings]

    def _counting(self) -> list[Counting]:
        arrivals: list[Arrival] = []
        for number, content in enumerate(self._contents):
            reading = read_return(content, f"{number}.xlsx", self._expected)
            delivery = next(open_file(Path("none"), f"{number}.xlsx"))
            arrivals.extend(attribute(delivery, reading, self._workspace))
        return [Counting(arrival, (arrival.file,)) for arrival in arrivals if arrival.school]

    def read(self, number: int) -> None:
        read_return(self._contents[number], "return.xlsx", self._expected)

    def read_with_openpyxl(self, number: int) -> None:
        for sheet in openpyxl.load_workbook(BytesIO(self._contents[number]), data_only=True).worksheets:
            list(sheet.iter_rows(values_only=True))

    def stream_with_openpyxl(self, number: int) -> None:
        for sheet in openpyxl.load_workbook(BytesIO(self._contents[number]), data_only=True, read_only=True).worksheets:
            list(sheet.iter_rows(values_only=True))

    def fill(self, number: int) -> None:
        self._workspace.plan_template.fill(self._plans[number], _PROPERTIES, self._today)

    def fill_with_isal(self, number: int) -> None:
        replace(self._workspace.plan_template, fast=True).fill(self._plans[number], _PROPERTIES, self._today)

    def fill_with_docxtpl(self, number: int) -> None:
        document = DocxTemplate(BytesIO(self._template))
        plan = self._plans[number]
        document.render({field.name: getattr(plan, field.name) for field in fields(plan)}, autoescape=True)
        document.save(BytesIO())

    def _rate(self, number: int) -> None:
        judge(self._countings[number], self._workspace, self._today)

    def _plan(self, judged: Judged) -> Plan:
        workspace = self._workspace
        return plan_for(
            judged.school, judged.submission, judged.assessment, workspace.configuration, workspace.cycle, self._today
        )

    def _replan(self, number: int) -> None:
        self._plan(self.judged[number])

    def _record(self, number: int) -> None:
        one = self.judged[number]
        provenance = Provenance("", "", "", self._today, "", "", "")
        write_record(one.school, one.submission, one.assessment, one.entry.findings, provenance)

    def _mark(self, number: int) -> None:
        faulty = self._faulty[number % len(self._faulty)]
        mark_copy(self._contents[faulty], self.judged[faulty].entry.findings)
