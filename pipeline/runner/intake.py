"""The run's own book of what arrived: a line for each file and school, and which schools' files must be looked at together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.batch import Entry
from pipeline.runner.basis import digest_of
from pipeline.runner.deliveries import Delivery, open_file
from pipeline.runner.documents import Made, discard
from pipeline.runner.folders import Folders, outer
from pipeline.runner.working import Task


@dataclass(frozen=True)
class Line:
    """A file for one school. It is new, or as the last run left it."""

    entry: Entry
    is_new: bool


class Intake:
    """What arrived in a cycle, line by line. Holds entries only, never a file's content.

    `names` are all the files met, those inside attachments included."""

    def __init__(self, folders: Folders, publish: Callable[[Made], Entry]) -> None:
        self._folders, self._publish = folders, publish
        self._by_school: dict[str, list[Line]] = {}
        self._aside: list[Line] = []
        self._settled: dict[str, tuple[Entry, ...]] = {}
        self.names: dict[str, None] = {}

    def recall(
        self, paths: Sequence[Path], index: Mapping[str, Sequence[Entry]], is_as_made: Callable[[Entry], bool]
    ) -> list[Path]:
        """Books the files that are as the last run left them, and gives those that have to be opened."""
        changed = []
        for path in paths:
            known = index.get(self._folders.name_of(path), ())
            if known and known[0].digest == digest_of(path) != "" and all(map(is_as_made, known)):
                for entry in known:
                    self._book(Line(entry, False))
            else:
                changed.append(path)
        return changed

    def open_each(self, paths: Iterable[Path]) -> Iterator[Task]:
        """Every file to be worked on, those inside attachments one by one."""
        for path in paths:
            for delivery in open_file(path, self._folders.name_of(path)):
                self.names[delivery.name] = None
                yield Task((delivery,))

    def accept(self, results: Sequence[Made]) -> list[Entry] | None:
        """Books what a worker made of one file. It is put in place at once where its school has sent nothing else so far; gives
        the file's entries where all of it was."""
        booked: list[Entry] = []
        for made in results:
            urn = made.entry.urn
            if urn and urn in self._by_school:
                discard(made)
                self._book(Line(made.entry, True))
            else:
                booked.append(self._publish(made))
                self._book(Line(booked[-1], True))
        return booked if len(booked) == len(results) else None

    def _book(self, line: Line) -> None:
        self.names[line.entry.file] = None
        (self._by_school.setdefault(line.entry.urn, []) if line.entry.urn else self._aside).append(line)

    def open_together(self) -> Iterator[Task]:
        """For each school whose files are not settled one by one: all of them, opened when their turn comes."""
        for urn, lines in self._by_school.items():
            if not _is_settled(lines):
                yield Task(tuple(self._open_again({line.entry.file for line in lines})), urn)

    def _open_again(self, names: set[str]) -> Iterator[Delivery]:
        for name in sorted({outer(name) for name in names}):
            deliveries = open_file(self._folders.returns / name, name)
            yield from (delivery for delivery in deliveries if delivery.name in names)

    def accept_together(self, results: Sequence[Made]) -> None:
        """Puts in place what a worker made of all files of one school, and books it instead of its lines."""
        entries = tuple(self._publish(made) for made in results)
        for urn in {entry.urn for entry in entries}:
            self._settled[urn] = tuple(entry for entry in entries if entry.urn == urn)

    @property
    def entries(self) -> list[Entry]:
        """One for each file and school, as they now stand."""
        by_school = (self._settled.get(urn, [line.entry for line in lines]) for urn, lines in self._by_school.items())
        return [*(line.entry for line in self._aside), *(entry for entries in by_school for entry in entries)]

    @property
    def worked_on(self) -> int:
        """How many schools were worked on anew."""
        return sum(urn in self._settled or any(line.is_new for line in lines) for urn, lines in self._by_school.items())


def _is_settled(lines: Sequence[Line]) -> bool:
    """One new file stands for itself; files that are as the last run left them do while they are the same company."""
    group = tuple(sorted(line.entry.file for line in lines))
    if any(line.is_new for line in lines):
        return len(lines) == 1
    return all(line.entry.group == group for line in lines)
