"""Returns as people really edit them, saved by LibreOffice as xlsx, xls and ods: each answer is read right or asked about."""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import office_edits
import pytest
from conftest import CYCLE, OTHER, Once, complete, rows_of
from office_edits import ADDED, DAMAGING, EDITS, FILTERS, HARMLESS, NOTES
from openpyxl import Workbook

from pipeline.model.finding import Finding
from pipeline.model.level import Answer, Level
from pipeline.model.project import Configuration
from pipeline.model.submission import Response, Submission
from pipeline.readers.grid import fold, to_text
from pipeline.readers.returns import Expectations, read_return
from pipeline.rules.assessing import assess
from pipeline.rules.intake import keep_asked
from pipeline.rules.merging import find_differences, put_together
from pipeline.writers.workbook import build_workbook

PYTHON = "/usr/bin/python3"  # the one that has `uno`
TOLD = "told"  # what was meant cannot be known: a person must be asked
Meant = Answer | str | None

# Nobody could tell these from the file. At most two; each with its reason.
UNDETECTABLE = {
    "sort_the_answers_alone": "every cell holds an answer that is offered, lists and names stay where they were, and no wording moved",
}

LETTERS_MEAN = {
    "A": Answer.ADVANCED, "S": Answer.ESTABLISHED, "E": Answer.EMERGING, "N": Answer.NOT_YET, "x": Answer.NOT_APPLICABLE,
}  # fmt: skip

# Neighbours differ up to three rows apart, so that an answer one row off is seen; evidence and next steps are all different.
IDS = [f"{area}.{number}" for area in range(1, 10) for number in range(1, 8)]
LETTERS = {key: "ASEN"[(3 * int(key[2]) + int(key[0])) % 4] for key in IDS} | {"1.2": "x", "4.2": "x", "6.2": "x", "9.7": "x"}
EVIDENCE = {key: f"Learning walk {key[0]}{key[2]}" for key in IDS}
OWN = {key: f"Next step {key[0]}{key[2]}" for key in IDS}
GIVEN: dict[str, Meant] = {key: LETTERS_MEAN[letter] for key, letter in LETTERS.items()}
VIEWS = {area: Level(area % 4) for area in range(1, 10)}
VIEW_CELL = "G12"
FIRST_FOUR, LAST_FIVE = [key for key in IDS if key[0] < "5"], [key for key in IDS if key[0] > "4"]

# Where the edit itself changed what the school says: None where it took the answer away.
MEANT: Mapping[str, Mapping[str, Meant]] = {
    "delete_a_criterion": {"1.3": None},
    "delete_a_sheet": dict.fromkeys(IDS[14:21]),
    "delete_an_answer_cell_and_shift_up": {"1.2": None},
    "fill_in_the_first_four_areas_only": dict.fromkeys(LAST_FIVE),
    "fill_in_the_last_five_areas_only": dict.fromkeys(FIRST_FOUR),
    "point_an_answer_at_another_cell": {"1.1": GIVEN["1.2"]},
    "merge_two_answers": {"1.2": GIVEN["1.1"]},
    "copy_a_sheet_and_change_an_answer": {"1.1": TOLD},
    "paste_the_table_below_itself_and_change_an_answer": {"1.1": TOLD},
    "cut_an_answer_and_paste_it_two_rows_down": {"1.3": TOLD},
    "reword_a_criterion_wholly": {"1.1": TOLD},
    "lose_a_reference_and_its_wording": {"1.1": TOLD},
    "return_an_older_rubric": {"1.1": TOLD, "5.2": TOLD},
}
TEXT_TAKEN_AWAY: Mapping[str, list[str]] = {
    "delete_a_criterion": ["1.3"],
    "delete_a_sheet": IDS[14:21],
    "fill_in_the_first_four_areas_only": LAST_FIVE,
    "fill_in_the_last_five_areas_only": FIRST_FOUR,
}
EVIDENCE_TAKEN_AWAY: Mapping[str, list[str]] = {
    "delete_the_evidence_column": IDS[7:14],
    "merge_an_answer_with_its_evidence": ["1.1"],
    **TEXT_TAKEN_AWAY,
}

# The area whose view is deleted with its sheet, or lies under rows that are pasted over it.
VIEW_TAKEN_AWAY = {"delete_a_sheet": {3}, "paste_the_rows_below_themselves": {1}}

# The findings that make a person look at an answer; RT307 bears on its whole sheet.
ON_ANSWERS = {"RT304", "RT307", "RT311", "RT312", "RT313", "RT314", "RT316", "RT317", "RT318", "RT320", "RT324"}
ON_SHEETS = {"RT307"}


@dataclass(frozen=True)
class Reading:
    """One edited file as the run reads it: every criterion asked, and all that was said of it."""

    submission: Submission | None
    responses: Mapping[str, Response]
    findings: tuple[Finding, ...]

    @property
    def told_as_a_whole(self) -> bool:
        return self.submission is None and any(finding.is_error for finding in self.findings)

    def tells(self, response: Response) -> bool:
        return self.told_as_a_whole or any(touches(finding, response) for finding in self.findings)

    def kept_beside(self, text: str) -> bool:
        return self.submission is not None and any(text.casefold() in extra.text.casefold() for extra in self.submission.extras)


def touches(finding: Finding, response: Response) -> bool:
    """Whether a finding makes its reader look at this answer: it names the criterion, its row or its whole sheet."""
    if finding.code not in ON_ANSWERS:
        return False
    place = finding.place
    names_it = re.search(rf"(?<![\d.]){re.escape(response.criterion)}(?!\.?\d)", finding.fix)
    same_row = row_of(place.cell) == row_of(response.place.cell)
    return bool(names_it) or (
        place.sheet == response.place.sheet != "" and (finding.code in ON_SHEETS or not place.cell or same_row)
    )


def row_of(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.fixture(scope="session")
def edited(once: Once, configuration: Configuration) -> Path:
    """The folder of all edited files, for which the office is started once."""
    soffice = shutil.which("soffice")
    if soffice is None or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        if os.environ.get("REQUIRE_OFFICE"):
            pytest.fail("LibreOffice Calc and python3-uno are required here, but not installed")
        pytest.skip(f"needs LibreOffice Calc, and {PYTHON} with python3-uno")

    def give_views(workbook: Workbook) -> None:
        for area, sheet in enumerate(dict.fromkeys(sheet for sheet, _ in rows_of(workbook).values()), 1):
            sheet[VIEW_CELL].value = configuration.rubric.label(VIEWS[area])

    def edit(folder: Path) -> None:
        folder.mkdir()
        content = complete(OTHER, configuration, LETTERS, evidence=EVIDENCE, own=OWN, edit=give_views)
        (folder / "return.xlsx").write_bytes(content)
        run_the_office(soffice, folder)

    return once("edits", edit)


def run_the_office(soffice: str, folder: Path) -> None:
    pipe = f"inclusion-{os.getpid()}"
    job = {"source": str(folder / "return.xlsx"), "folder": str(folder), "pipe": pipe, "edits": list(EDITS)}
    (folder / "job.json").write_text(json.dumps(job), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    listen = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
    office = subprocess.Popen(
        [soffice, profile, "--headless", "--norestore", "--nologo", "--nodefault", listen],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        subprocess.run([PYTHON, office_edits.__file__, str(folder / "job.json")], check=True, timeout=300)
    finally:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()


@pytest.fixture(scope="session")
def expected(configuration: Configuration) -> Expectations:
    blank = build_workbook(replace(OTHER, name=""), configuration, CYCLE)
    values = (value for sheet in blank.worksheets for row in sheet.iter_rows(values_only=True) for value in row)
    return Expectations(configuration, CYCLE, frozenset(fold(to_text(value)) for value in values if isinstance(value, str)))


Read = Callable[[str, str], Reading]


@pytest.fixture(scope="session")
def read(edited: Path, expected: Expectations) -> Read:
    """Reads an edited file as a run does: the reader, then intake, then the rules."""
    failures = json.loads((edited / "done.json").read_text("utf-8"))
    rubric = expected.configuration.rubric

    @cache
    def read_edited(edit: str, suffix: str) -> Reading:
        assert not failures[edit], failures[edit]
        path = edited / f"{edit}.{suffix}"
        submission, findings = read_return(path.read_bytes(), path.name, expected)
        if submission is None:
            return Reading(None, {}, findings)
        asked, missing = keep_asked(submission, OTHER, rubric)
        _, doubts = assess(asked, rubric, {})
        return Reading(submission, {one.criterion: one for one in asked.responses}, (*findings, *missing, *doubts))

    return read_edited


def answers_read_otherwise(edit: str, reading: Reading) -> Iterator[tuple[Response, str]]:
    meant = {**GIVEN, **MEANT.get(edit, {})}
    for criterion, response in reading.responses.items():
        if response.answer is not meant[criterion]:
            place = f"{response.place.sheet} {response.place.cell}"
            yield response, f"{criterion}: read {response.answer}, meant {meant[criterion]} ({place})"


def texts_read_otherwise(edit: str, reading: Reading) -> Iterator[tuple[Response, str]]:
    for criterion, response in reading.responses.items():
        for kind, given, got, gone in (
            ("evidence", EVIDENCE, response.evidence, EVIDENCE_TAKEN_AWAY.get(edit, ())),
            ("next step", OWN, response.own_opportunity, TEXT_TAKEN_AWAY.get(edit, ())),
        ):
            told = got.casefold()
            foreign = [key for key, text in given.items() if key != criterion and text.casefold() in told]
            lost = (
                given[criterion].casefold() not in told and criterion not in gone and not reading.kept_beside(given[criterion])
            )
            if foreign or lost:
                yield response, f"{criterion}: {kind} {'lost' if lost else 'of its own'}, and of {foreign or 'no other'}"


def assert_none(faults: Iterable[str]) -> None:
    """Fails with every fault named, one a line."""
    if told := "\n".join(faults):
        pytest.fail(told)


every_file = pytest.mark.parametrize(
    ("edit", "suffix"), [pytest.param(edit, suffix, id=f"{edit}-{suffix}") for edit in EDITS for suffix in FILTERS]
)


@every_file
def test_no_answer_is_wrong_in_silence(edit: str, suffix: str, read: Read) -> None:
    reading = read(edit, suffix)
    if edit in UNDETECTABLE:
        assert reading.submission
        return
    assert reading.submission or reading.told_as_a_whole
    assert_none(line for response, line in answers_read_otherwise(edit, reading) if not reading.tells(response))
    # Where nobody can know what was meant, an answer that happens to be one of those offered is told all the same.
    doubtful = [key for key, meant in MEANT.get(edit, {}).items() if meant == TOLD and reading.responses]
    assert_none(key for key in doubtful if not reading.tells(reading.responses[key]))


@every_file
def test_no_text_is_lost_or_put_elsewhere_in_silence(edit: str, suffix: str, read: Read) -> None:
    reading = read(edit, suffix)
    assert reading.submission or reading.told_as_a_whole
    assert_none(line for response, line in texts_read_otherwise(edit, reading) if not reading.tells(response))


@pytest.mark.parametrize("suffix", FILTERS)
@pytest.mark.parametrize("edit", [edit.__name__ for edit in HARMLESS])
def test_a_harmless_edit_changes_no_answer_and_no_text(edit: str, suffix: str, read: Read) -> None:
    reading = read(edit, suffix)
    assert reading.submission, reading.findings
    assert_none(line for _, line in answers_read_otherwise(edit, reading))
    if edit not in TEXT_TAKEN_AWAY:
        assert_none(line for _, line in texts_read_otherwise(edit, reading))


@every_file
def test_no_own_view_is_wrong_and_none_is_lost(edit: str, suffix: str, read: Read, expected: Expectations) -> None:
    """A view that does not count, because its cell was moved away from its label, is kept beside the answers and told."""
    reading = read(edit, suffix)
    if reading.submission is None:
        return
    found = {view.area: view.level for view in reading.submission.views}
    assert found.items() <= VIEWS.items()
    for area in VIEWS.keys() - found.keys() - VIEW_TAKEN_AWAY.get(edit, set()):
        assert edit not in {one.__name__ for one in HARMLESS}, area
        assert reading.kept_beside(expected.configuration.rubric.label(VIEWS[area])), area


@pytest.mark.parametrize("suffix", FILTERS)
@pytest.mark.parametrize(
    ("edit", "text", "cell"),
    [
        ("type_notes", NOTES[0], "K5"),
        ("type_notes", NOTES[1], "B13"),
        ("continue_evidence_on_the_next_row", ADDED, "H5"),
        ("insert_a_column_of_other_answers", "Last year", "G3"),
    ],
)
def test_what_was_typed_elsewhere_is_kept_and_told(edit: str, text: str, cell: str, suffix: str, read: Read) -> None:
    reading = read(edit, suffix)
    evidence = [response.evidence for response in reading.responses.values()]
    assert reading.kept_beside(text) or any(text in one for one in evidence), f"“{text}” is kept nowhere"
    told = {(one.code, one.place.cell) for one in reading.findings}
    assert told & {("RT325", cell), ("RT326", cell)}


@pytest.mark.parametrize("suffix", FILTERS)
@pytest.mark.parametrize("edit", ["return_an_older_rubric", "return_last_terms_workbook"])
def test_another_edition_is_told(edit: str, suffix: str, read: Read) -> None:
    assert "RT303" in {finding.code for finding in read(edit, suffix).findings}


@pytest.mark.parametrize("suffixes", [("xlsx", "xlsx"), ("xls", "ods"), ("ods", "xlsx")])
def test_two_peoples_part_filled_copies_make_one_return(suffixes: tuple[str, str], read: Read) -> None:
    first = read("fill_in_the_first_four_areas_only", suffixes[0]).submission
    second = read("fill_in_the_last_five_areas_only", suffixes[1]).submission
    assert first
    assert second
    assert find_differences(first, second) == ()
    together = {response.criterion: response for response in put_together(first, second).responses}
    assert {key: response.answer for key, response in together.items()} == GIVEN
    assert {key: response.evidence for key, response in together.items()} == EVIDENCE


def test_at_most_two_edits_are_beyond_anybody() -> None:
    assert len(UNDETECTABLE) <= 2
    assert set(UNDETECTABLE) <= {edit.__name__ for edit in DAMAGING}
