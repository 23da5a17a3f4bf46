"""Completed workbooks: what each school answered, found by the words on the page and not by fixed cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.submission import Response, Submission
from pipeline.readers.container import Kind, Opened, open_safely
from pipeline.readers.extras import Printed, find_extras, leave_out_ours
from pipeline.readers.faults import TWICE
from pipeline.readers.grid import Sheet, fold, read_sheets
from pipeline.readers.layout import Vocabulary, vocabulary
from pipeline.readers.old_answers import read_old_answers, read_origin
from pipeline.readers.other_sheets import Labels, read_checklist, read_identity, read_labels, read_outcomes
from pipeline.readers.responses import read_responses
from pipeline.readers.second_look import SecondLook, look_again
from pipeline.readers.stored import store
from pipeline.readers.views import ViewCell, find_view_cells, read_views
from pipeline.readers.witness import check_names, check_view_names


@dataclass(frozen=True)
class Expectations:
    """What a return is read against. `printed` is every folded text of the blank workbook, the school's name taken out;
    `print_blank` gives the same for another rubric, when a return of its edition is met."""

    configuration: Configuration
    cycle: str
    printed: frozenset[str]
    print_blank: Callable[[Configuration], frozenset[str]] | None = None

    def under(self, stated: str) -> "Expectations":
        """What a return of another edition is read against, by what its workbook says of itself; these, where that is in use
        or not known."""
        configuration = self.configuration.under(stated)
        if configuration is self.configuration or self.print_blank is None:
            return self
        edition = configuration.rubric.edition
        if edition not in self._others:
            self._others[edition] = Expectations(configuration, self.cycle, self.print_blank(configuration))
        return self._others[edition]

    @cached_property
    def _others(self) -> "dict[str, Expectations]":
        return {}

    @cached_property
    def words(self) -> Vocabulary:
        """What rows and cells are told by."""
        return vocabulary(self.configuration.rubric)

    @cached_property
    def texts(self) -> Printed:
        """The printed texts."""
        return Printed(self.printed)

    @cached_property
    def texts_beside_criteria(self) -> Printed:
        """The same on a sheet of criteria: there an answer is always somebody's."""
        return Printed(self.printed.difference(self.words.answers))

    @cached_property
    def views_offered(self) -> tuple[str, ...]:
        """The words that the workbook offers for a school's own view of an area."""
        return tuple(map(self.configuration.rubric.label, Level))

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """Folded wording of a prompt → its id, in every version of the Ofsted checklist: a return is read with its own."""
        areas = (area for checklist in self.configuration.checklists for area in checklist.areas)
        return {fold(prompt.text): prompt.id for area in areas for prompt in area.prompts}

    @property
    def edition(self) -> str:
        """What the workbook says of itself."""
        return form.state_edition(self.configuration.rubric.edition, self.cycle)


def read_return(
    content: bytes, name: str, expected: Expectations, *, with_openpyxl: bool = False
) -> tuple[Submission | None, tuple[Finding, ...]]:
    """One returned workbook, in any of Excel's formats or OpenDocument, by its visible wording and references.

    Criteria are told by their wording first and their reference second; defined names are a third witness. Responses hold what
    was found, in rubric order. `with_openpyxl` reads it the slow way, for a file that calamine dies of.
    One made for another edition that is kept is read against that one's wording.
    Findings: RT301, RT302, RT304 and RT305 (no submission), RT303, RT307, RT312, RT317, RT318, RT320-RT329,
    RT331, RT332, RT341.
    """
    opened, findings = open_safely(content, name)
    if opened is None:
        return None, findings
    try:
        sheets = _open(content, opened, with_openpyxl)
    except ValueError:
        return None, (find("RT304", Place(name), "a workbook that does not open"),)
    labels = read_labels(sheets)
    edition, edition_findings = _check_edition(labels, name, expected)
    expected = expected.under(edition)
    responses, row_findings = read_responses(sheets, name, expected.configuration.rubric, expected.words)
    if not responses or form.URN not in labels:
        return None, (find("RT302", Place(name), f"{len(sheets)} sheets, none with the workbook's headings"),)
    _, origin = read_origin(edition)
    old, old_findings = read_old_answers(sheets, responses, expected.words.answers, name) if origin else ((), ())
    view_cells = find_view_cells(sheets, name, expected.words)
    second = _look_again(content, name, opened, (*responses, *view_cells))
    responses, faults = _apply_faults(responses, second.faults, name)
    views, no_views, view_findings = read_views(view_cells, second.faults, expected.views_offered)
    names = {sheet.name for sheet in sheets}
    moved = (*check_names(responses, second.names, names, name), *check_view_names(views, second.names, names, name))
    identity, identity_findings = read_identity(labels, name)
    outcomes, outcome_findings = read_outcomes(sheets, name, expected.configuration.outcomes.measures)
    checklist = read_checklist(sheets, expected.prompts)
    criteria_sheets = {response.place.sheet for response in responses}
    typed = find_extras(sheets, name, identity.name, expected.texts, expected.texts_beside_criteria, criteria_sheets)
    extras = (*typed, *leave_out_ours(second.extras))
    extra_findings = [find("RT326", extra.place, f"a {extra.kind}" if extra.kind != "text" else "text") for extra in extras]
    on_answers = (*row_findings, *faults, *old_findings, *view_findings, *moved)
    found = (*edition_findings, *on_answers, *identity_findings, *outcome_findings, *extra_findings)
    return Submission(name, edition, identity, responses, outcomes, checklist, (*extras, *no_views), views, old), found


def _open(content: bytes, opened: Opened, with_openpyxl: bool) -> tuple[Sheet, ...]:
    """calamine first; openpyxl where calamine refuses a workbook or finds a sheet empty: its cells may still be sound."""
    if with_openpyxl:
        return _open_slowly(content)
    try:
        sheets = read_sheets(store(opened.parts) if opened.parts else content)
    except ValueError:
        if opened.kind is not Kind.XLSX:
            raise
        return _open_slowly(content)
    if opened.kind is Kind.XLSX and not all(sheet.rows for sheet in sheets):
        with suppress(ValueError):
            return _open_slowly(content)
    return sheets


def _open_slowly(content: bytes) -> tuple[Sheet, ...]:
    from pipeline.readers.by_openpyxl import read_far_corner  # noqa: PLC0415 - slow to load, and seldom needed

    return read_far_corner(content)


def _look_again(content: bytes, name: str, opened: Opened, found: Iterable[Response | ViewCell]) -> SecondLook:
    """What calamine cannot tell; of the older and the open formats only where the names of cells point."""
    if opened.kind is Kind.XLSX:
        answers: dict[str, set[str]] = {}
        for one in found:
            answers.setdefault(one.place.sheet, set()).add(one.place.cell)
        return look_again(content, name, opened.parts, answers)
    from pipeline.readers.defined_names import names_of_ods, names_of_xls  # noqa: PLC0415 - as above

    names_of = {Kind.ODS: names_of_ods, Kind.XLS: names_of_xls}.get(opened.kind)
    return SecondLook({}, (), names_of(content) if names_of else {})


def _apply_faults(
    responses: Sequence[Response], faults: Mapping[tuple[str, str], str], name: str
) -> tuple[tuple[Response, ...], tuple[Finding, ...]]:
    """Answers that seem blank because they are errors or formulas never worked out, or that stand there twice (RT320)."""
    if not faults:
        return tuple(responses), ()
    checked, findings = [], []
    for response in responses:
        place = response.place
        fault = faults.get((place.sheet, place.cell), "")
        if fault and (not response.typed or fault == TWICE):
            findings.append(find("RT320", place, fault, criterion=response.criterion, cell=place.cell))
            checked.append(replace(response, typed=fault, answer=None))
        else:
            checked.append(response)
    return tuple(checked), tuple(findings)


def _check_edition(labels: Labels, name: str, expected: Expectations) -> tuple[str, tuple[Finding, ...]]:
    """What the workbook says of itself. Findings: RT303 where that is another cycle or an edition we do not know, RT329."""
    edition, _, place = labels.get(form.EDITION, ("", "", Place(name)))
    where = Place(name, place.sheet, place.cell)
    own = expected.under(edition)
    found = []
    if own is not expected:
        found.append(find("RT329", where, "another edition", edition=own.configuration.rubric.edition))
    if fold(read_origin(edition)[0]) != fold(own.edition):
        found.append(find("RT303", where, "another edition" if edition else "no edition", edition=expected.edition))
    return edition, tuple(found)
