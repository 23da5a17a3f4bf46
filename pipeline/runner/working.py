"""What a worker does with a file: it reads it, rates it, and lays the documents beside their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.model.finding import Place, find
from pipeline.readers.returns import Expectations, read_return
from pipeline.runner.arriving import Arrival, Counting, Reading, attribute, choose, follow, set_aside
from pipeline.runner.deliveries import Delivery
from pipeline.runner.documents import Made
from pipeline.runner.making import judge, make
from pipeline.runner.noting import lay_note
from pipeline.runner.workspace import Workspace

TOO_MUCH = "it took too long, or needed too much memory"


@dataclass(frozen=True)
class Briefing:
    """What a worker must know: the project, what returns are read against, the day, and whether anything is written."""

    workspace: Workspace
    expectations: Expectations
    today: date
    writes: bool = True

    def read(self, delivery: Delivery, *, with_openpyxl: bool = False) -> Reading:
        """What a file says. Findings: those of `read_return`; RT306 where a library gives up."""
        if delivery.findings:
            return None, delivery.findings
        try:
            return read_return(delivery.content, delivery.name, self.expectations, with_openpyxl=with_openpyxl)
        except Exception:  # a lack of memory, or a library's fault: this file's trouble alone, and it is told
            return None, (find("RT306", Place(delivery.name), TOO_MUCH),)

    def make(self, arrival: Arrival, delivery: Delivery) -> Made:
        """A file's documents for one school, as if it were the only one; the note alone where it is of no school."""
        if arrival.school:
            return self._make_counting(Counting(arrival, (arrival.file,)), delivery)
        entry = replace(set_aside(arrival, (), arrival.findings), context=self.workspace.register_digest)
        return lay_note(Made(entry), delivery.content, self.workspace, self.today) if self.writes else Made(entry)

    def make_together(self, counting: Counting, deliveries: Sequence[Delivery]) -> Iterator[Made]:
        """The documents of the file that counts, and the entries of the school's others."""
        delivery = next(one for one in deliveries if one.name == counting.arrival.file)
        made = self._make_counting(counting, delivery)
        yield made
        yield from map(Made, follow(counting, made.entry.outcome))

    def _make_counting(self, counting: Counting, delivery: Delivery) -> Made:
        judged = judge(counting, self.workspace, self.today)
        return make(judged, delivery.content, self.workspace, self.today) if self.writes else Made(judged.entry)


@dataclass(frozen=True)
class Task:
    """Files to be worked on together: one as it arrived or, where `urn` is given, all that its school sent."""

    deliveries: tuple[Delivery, ...]
    urn: str = ""


_briefings: dict[str, Briefing] = {}  # told once to each worker process, so that tasks need not bring them


def begin(briefing: Briefing, key: str = "") -> None:
    """Tells this worker process what tasks with `key` are about; a cluster's worker may serve several runs."""
    _briefings[key] = briefing


def recall_briefing(key: str) -> Briefing:
    """What this worker process was told of the run with `key`."""
    return _briefings[key]


def end(key: str) -> None:
    """Lets a run's briefing go."""
    _briefings.pop(key, None)


def work_on(task: Task, key: str = "", *, with_openpyxl: bool = False) -> tuple[Made, ...]:
    """What a task comes to: one result for each school the file is from, or, of a school's files, the one that counts first."""
    told = recall_briefing(key)
    deliveries = tuple(delivery.load() for delivery in task.deliveries)
    arrived = [
        (arrival, delivery)
        for delivery in deliveries
        for arrival in attribute(delivery, told.read(delivery, with_openpyxl=with_openpyxl), told.workspace)
    ]
    if not task.urn:
        return tuple(told.make(arrival, delivery) for arrival, delivery in arrived)
    mine = [arrival for arrival, _ in arrived if arrival.urn == task.urn]
    return tuple(told.make_together(choose(mine), deliveries)) if mine else ()


def turn_away(task: Task, seen: str, key: str = "") -> tuple[Made, ...]:
    """Files that nothing can be read from, and the notes that say so. Findings: RT306."""
    told = recall_briefing(key)
    return tuple(
        told.make(Arrival(one.name, one.digest, one.modified, findings=(find("RT306", Place(one.name), seen),)), one)
        for one in task.deliveries
    )
