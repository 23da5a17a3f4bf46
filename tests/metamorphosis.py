"""The smallest change done to a return, and all of it but one part: by editing cells of the workbook, or answers as read."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

from pipeline.demo.completing import complete, find_places
from pipeline.demo.county import choose_returning
from pipeline.demo.establishment import invent_establishments
from pipeline.demo.submitting import invent_submissions
from pipeline.model.assessment import AreaRating, Assessment, Change
from pipeline.model.level import Answer, Level
from pipeline.model.project import Configuration
from pipeline.model.school import School
from pipeline.model.submission import Response, Submission
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.intake import keep_asked
from pipeline.writers.blank import Blanks, fill_in
from pipeline.writers.contents import compose_pages

EVIDENCE = "Governors saw it on a visit in October."
_ROW_CELL = '<c r="{cell}"( s="[0-9]+")?[^>]*?(/>|>.*?</c>)'


@dataclass(frozen=True)
class Edit:
    """What a cell is to hold: of a criterion the answer's, or the evidence's."""

    criterion: str
    is_evidence: bool
    text: str


def invent_county(configuration: Configuration, schools: int, seed: int = 1) -> Iterator[tuple[School, Submission]]:
    """The returns of an invented county as the schools type them, in no file."""
    rng = Random(seed)
    county = invent_establishments(schools, rng)
    returning = choose_returning(county, rng)
    submissions = invent_submissions(configuration, county, returning, rng)
    yield from ((one.school, submission) for one, submission in zip(returning, submissions, strict=True))


def write_returns(
    configuration: Configuration, county: Sequence[tuple[School, Submission]], cycle: str
) -> Iterator[tuple[School, bytes]]:
    """The same as the workbooks that come back."""
    blanks, places = Blanks(configuration, cycle), {}
    for school, submission in county:
        if school.phase not in places:
            places[school.phase] = find_places(compose_pages(school, configuration, cycle))
        asked = (configuration.outcomes, configuration.checklist_for(configuration.settings.cycle), configuration.rubric)
        entries = complete(places[school.phase], submission, *asked)
        yield school, fill_in(blanks.of(school), school, entries)


def edits_of(area: AreaRating, configuration: Configuration, without: int | None = None) -> list[Edit]:
    """Exactly the area's smallest change; or all but one part of its change at `without`: the last step of an answer or, where
    that step needs evidence, the evidence."""
    changes = area.rating.changes
    return [
        edit
        for place, change in enumerate(changes)
        for edit in (_edits_but_one(change, configuration) if place == without else _edits(change, configuration))
    ]


def _edits(change: Change, configuration: Configuration) -> list[Edit]:
    answer = Edit(change.key, False, configuration.rubric.answer_label(change.to))
    evidence = Edit(change.key, True, EVIDENCE)
    if change.evidence_only:
        return [evidence]
    return [answer, evidence] if change.needs_evidence else [answer]


def _edits_but_one(change: Change, configuration: Configuration) -> list[Edit]:
    if change.evidence_only:
        return []
    if change.needs_evidence:
        return _edits(change, configuration)[:1]
    lower = Level(change.to - 1)
    return [] if lower == (change.now or Level.NOT_YET) else [Edit(change.key, False, configuration.rubric.answer_label(lower))]


def edit_workbook(content: bytes, submission: Submission, edits: Sequence[Edit]) -> bytes:
    """The workbook with these cells typed over; every other byte of its sheets stays."""
    responses = {response.criterion: response for response in submission.responses}
    by_sheet: dict[str, dict[str, str]] = {}
    for edit in edits:
        response = responses[edit.criterion]
        cell = response.evidence_cell if edit.is_evidence else response.place.cell
        by_sheet.setdefault(response.place.sheet, {})[cell] = edit.text
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(result, "w") as after:
        typed = {_part_of(before, sheet): cells for sheet, cells in by_sheet.items()}
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _type(part.decode(), typed[name]) if name in typed else part)
    return result.getvalue()


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    workbook, relations = (archive.read(f"xl/{name}").decode() for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    tag = next(tag for tag in re.findall("<sheet [^>]*>", workbook) if f'name="{escape(sheet)}"' in tag)
    relation = re.search('r:id="([^"]*)"', tag)
    assert relation
    target = next(tag for tag in re.findall("<Relationship [^>]*>", relations) if f'Id="{relation[1]}"' in tag)
    path = re.search('Target="([^"]*)"', target)
    assert path
    return f"xl/{path[1].removeprefix('/xl/')}"


def _type(sheet: str, cells: Mapping[str, str]) -> str:
    for cell, text in cells.items():
        sheet, count = re.subn(
            _ROW_CELL.format(cell=cell),
            lambda found, cell=cell, text=text: (  # type: ignore[misc]
                f'<c r="{cell}"{found[1] or ""} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            ),
            sheet,
            flags=re.DOTALL,
        )
        assert count == 1, cell
    return sheet


def edit_submission(submission: Submission, edits: Sequence[Edit], configuration: Configuration) -> Submission:
    """The return as it would be read with these cells typed over."""
    answers = {words.label: answer for answer, words in configuration.rubric.frame.answers.items()}
    by_criterion: dict[str, list[Edit]] = {}
    for edit in edits:
        by_criterion.setdefault(edit.criterion, []).append(edit)
    responses = tuple(_edit(response, by_criterion.get(response.criterion, ()), answers) for response in submission.responses)
    return replace(submission, responses=responses)


def _edit(response: Response, edits: Sequence[Edit], answers: Mapping[str, Answer]) -> Response:
    for edit in edits:
        if edit.is_evidence:
            response = replace(response, evidence=edit.text)
        else:
            response = replace(response, answer=answers[edit.text], typed=edit.text)
    return response


def close_gates(submission: Submission, gates: Sequence[str], configuration: Configuration) -> Submission:
    """With these criteria answered as Emerging."""
    answer = configuration.rubric.answer_label(Level.EMERGING)
    return edit_submission(submission, [Edit(gate, False, answer) for gate in gates], configuration)


def undo(submission: Submission, before: Submission, criterion: str) -> Submission:
    """With one criterion as it was before."""
    was = next(response for response in before.responses if response.criterion == criterion)
    responses = tuple(was if response.criterion == criterion else response for response in submission.responses)
    return replace(submission, responses=responses)


def raise_area(rater: "Rater", submission: Submission, area: int, level: Level) -> Submission:
    """With one area at least at a level, by its own smallest change, a level at a time."""
    rated = next(one for one in rater.rate(submission).areas if one.area == area)
    if (rated.rating.lowest or Level.NOT_YET) >= level:
        return submission
    edited = edit_submission(submission, edits_of(rated, rater.configuration), rater.configuration)
    return raise_area(rater, edited, area, level)


@dataclass(frozen=True)
class Rater:
    """Reads and rates as a run does."""

    configuration: Configuration
    expectations: Expectations

    def read(self, content: bytes, school: School) -> Submission:
        submission, findings = read_return(content, "return.xlsx", self.expectations)
        assert submission is not None, findings
        return keep_asked(submission, school, self.configuration.rubric)[0]

    def read_identity(self, content: bytes) -> str:
        """The URN of a return."""
        submission, findings = read_return(content, "return.xlsx", self.expectations)
        assert submission is not None, findings
        return submission.identity.urn

    def rate(self, submission: Submission) -> Assessment:
        return assess(submission, self.configuration.rubric, {})[0]

    def check_workbook(self, content: bytes, school: School) -> tuple[int, int]:
        """How many areas moved as said, and how many proper parts moved none."""
        submission = self.read(content, school)
        return self._check(submission, lambda edits: self.rate(self.read(edit_workbook(content, submission, edits), school)))

    def check_submission(self, submission: Submission) -> tuple[int, int]:
        """The same with answers as read."""
        return self._check(submission, lambda edits: self.rate(edit_submission(submission, edits, self.configuration)))

    def _check(self, submission: Submission, again: Callable[[Sequence[Edit]], Assessment]) -> tuple[int, int]:
        """All areas at once, as no area's answers count in another.

        A proper part of a change lacks at least one step of it, and so is part of one that lacks exactly one: as a better answer
        never lowers a rating (`test_rating.py`), it is enough that none of those moves the rating. There is one for each answer
        named, since the steps of one answer can only be left out from the top.
        """
        before = [area for area in self.rate(submission).areas if area.rating.changes]
        after = again([edit for area in before for edit in edits_of(area, self.configuration)])
        for area in before:
            _expect(area, after, area.rating.next_level)
        parts = 0
        for without in range(max((len(area.rating.changes) for area in before), default=0)):
            tried = [area for area in before if without < len(area.rating.changes)]
            after = again([edit for area in tried for edit in edits_of(area, self.configuration, without)])
            for area in tried:
                _expect(area, after, area.rating.lowest)
            parts += len(tried)
        return len(before), parts


def _expect(before: AreaRating, after: Assessment, level: Level | None) -> None:
    """The rating, or the lowest it can be where blanks are left, is at `level`."""
    rating = next(area.rating for area in after.areas if area.area == before.area)
    told = (before.area, before.rating.lift, rating.reason)
    assert rating.lowest is level, told
    if not rating.blanks:
        assert rating.level is level, told
