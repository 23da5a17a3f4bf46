"""Next term's workbook: which last answers it is sent out with, how old each is, and what is new or has changed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.model import form
from pipeline.model.level import Answer
from pipeline.model.prefill import Prefill, Said, Told
from pipeline.model.project import Configuration
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.school import School
from pipeline.model.submission import Figure
from pipeline.rules.rubric_diff_areas import tell_wording
from pipeline.rules.sentence import join_words
from pipeline.rules.succession import Trace, trace

_NOTHING = Told(None, "")


def fill_again(school: School, said: Sequence[Said], configuration: Configuration, cycle: str, today: date) -> Prefill | None:
    """What a school's workbook for `cycle` is sent out with. `said` are its earlier cycles, the last first.

    None where it has said nothing before, or where no way leads from that edition of the rubric to the one in use.
    """
    if not said:
        return None
    memory = _Memory(tuple(said), configuration.rubric, configuration.rubrics)
    teller = _Teller(memory, configuration, today)
    if memory.ways[0] is None:
        return None
    criteria = tuple(configuration.rubric.criteria_for(school.phase))
    notes = {criterion.id: teller.note(criterion) for criterion in criteria}
    old = {criterion.id: told for criterion in criteria if (told := memory.recall(criterion)) != _NOTHING}
    last = said[0]
    moved_on = _school_year(configuration.cycle(cycle).returns_due) - _school_year(configuration.cycle(last.cycle).returns_due)
    return Prefill(
        cycle=last.cycle,
        old=old,
        last_time={key: f"{key}: {note.text}" for key, note in notes.items()},
        figures={key: _move_on(figure, moved_on) for key, figure in last.figures.items()},
        new=sum(note.is_new for note in notes.values()),
        changed=sum(note.is_changed for note in notes.values()),
    )


def leads_here(said: Said, configuration: Configuration) -> bool:
    """Whether a way leads from the edition of a record to the rubric in use."""
    return _Memory((said,), configuration.rubric, configuration.rubrics).ways[0] is not None


def recall_answers(said: Said, rubric: Rubric, kept: Mapping[str, Rubric]) -> Mapping[str, Answer | None]:
    """Criterion id of `rubric` → what a workbook of its edition was pre-filled with from a record."""
    memory = _Memory((said,), rubric, kept)
    return {key: memory.recall(criterion).answer for key, criterion in rubric.criteria.items()}


@dataclass(frozen=True)
class _Note:
    """What stands beside an answer."""

    text: str
    is_new: bool = False
    is_changed: bool = False


@dataclass(frozen=True)
class _Memory:
    """A school's earlier cycles, seen from `rubric`. `kept` are the rubrics that are known, by edition."""

    said: tuple[Said, ...]
    rubric: Rubric
    kept: Mapping[str, Rubric]

    @cached_property
    def ways(self) -> tuple[Trace | None, ...]:
        """For each earlier cycle, criterion → the ids it had or took over then."""
        return tuple(trace(self.rubric, one.edition, self._known(one), self.kept) for one in self.said)

    def _known(self, said: Said) -> Collection[str]:
        rubric = self.kept.get(said.edition)
        return (rubric.criteria if rubric else said.told).keys()

    @cached_property
    def _heirs(self) -> tuple[Counter[str], ...]:
        """For each earlier cycle, how many criteria in use come from an id of then: one that was split has several."""
        return tuple(Counter(old for olds in (way or {}).values() for old in olds) for way in self.ways)

    def _former(self, criterion: Criterion, place: int) -> str:
        """The one id that a criterion had in an earlier cycle, with nothing merged or split since; otherwise empty."""
        olds = (self.ways[place] or {}).get(criterion.id, ())
        return olds[0] if len(olds) == 1 and self._heirs[place][olds[0]] == 1 else ""

    def _told(self, criterion: Criterion, place: int) -> Told | None:
        return self.said[place].told.get(self._former(criterion, place))

    def recall(self, criterion: Criterion) -> Told:
        """The last answer, where it may be given again, and the evidence; a school's words stay where its answer does not."""
        told = self._told(criterion, 0) or _NOTHING
        is_offered = told.answer is not Answer.NOT_APPLICABLE or criterion.allows_not_applicable
        return told if is_offered else Told(None, told.evidence)

    def former(self, criterion: Criterion) -> str:
        """The one id that a criterion had last, where the school was asked it; otherwise empty."""
        id = self._former(criterion, 0)
        return id if id in self.said[0].told else ""

    def since(self, criterion: Criterion) -> int:
        """The place of the earliest cycle from which on the answer and its evidence have stood as they are."""
        told, place = self._told(criterion, 0), 0
        while place + 1 < len(self.said) and self._told(criterion, place + 1) == told:
            place += 1
        return place

    def came_from(self, criterion: Criterion) -> str:
        """What a criterion came from that has no one predecessor."""
        olds = (self.ways[0] or {}).get(criterion.id, ())
        if len(olds) > 1:
            return f", in place of {join_words(olds)}"
        return f", a part of what was {olds[0]}" if olds and self._heirs[0][olds[0]] > 1 else ""

    def changes(self, criterion: Criterion) -> Iterator[str]:
        """What the rubric's diff says of a criterion, without its number: the row is its own."""
        earlier = self.kept.get(self.said[0].edition)
        if earlier and earlier.edition != self.rubric.edition:
            for sentence in tell_wording(earlier.criteria[self.former(criterion)], criterion):
                told = sentence.replace(f" of {criterion.id} ", " ").replace(f"{criterion.id} ", "It ", 1)
                yield f"{told[:1].upper()}{told[1:]}"


@dataclass(frozen=True)
class _Teller:
    """What stands beside the answers."""

    memory: _Memory
    configuration: Configuration
    today: date

    def note(self, criterion: Criterion) -> _Note:
        """The last answer and its age, or that there is none; and what has changed in the criterion since."""
        former = self.memory.former(criterion)
        if not former:
            return _Note(f"{form.NEW}{self.memory.came_from(criterion)}", is_new=True)
        changes = tuple(self.memory.changes(criterion))
        moved = f". It was {former} then" if former != criterion.id else ""
        changed = f". {form.CHANGED}{' '.join(changes)}" if changes else ""
        return _Note(f"{self._tell_answer(criterion)}{moved}{changed}", is_changed=bool(changes))

    def _tell_answer(self, criterion: Criterion) -> str:
        """`Established, from summer term 2026, 3 months ago`: of the cycle since which nothing of it has changed."""
        answer = self.memory.recall(criterion).answer
        if answer is None:
            return f"{form.NOT_ANSWERED} {self._label(0)}"
        first = self.memory.since(criterion)
        age = tell_age(self.memory.said[first].on, self.today)
        again = f"{form.AND_AGAIN} {self._label(0)}" if first else ""
        label = self.configuration.rubric.frame.answers[answer].label
        return f"{label}{form.FROM}{self._label(first)}, {age}{again}"

    def _label(self, place: int) -> str:
        """A cycle's name as it stands in a sentence: Summer term 2026 → summer term 2026."""
        label = self.configuration.cycle(self.memory.said[place].cycle).label
        return f"{label[:1].lower()}{label[1:]}"


def tell_age(then: date, today: date) -> str:
    """How long ago a day was, in whole months."""
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    if months < 1:
        return "less than a month ago"
    return "1 month ago" if months == 1 else f"{months} months ago"


def _school_year(day: date) -> int:
    """The year in which the school year of a day began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def _move_on(figure: Figure, years: int) -> Figure:
    """Figures of the last complete school year: in the next one they are those of the year before."""
    if years == 0:
        return figure
    return Figure("", figure.this_year if years == 1 else "")


def tell_prefilled(prefill: Prefill) -> str:
    """`38 of 63 pre-filled, 5 new`, and how many have changed, where any has."""
    changed = f", {prefill.changed} changed" if prefill.changed else ""
    answers = sum(told.answer is not None for told in prefill.old.values())
    return f"{answers} of {len(prefill.last_time)} pre-filled, {prefill.new} new{changed}"
