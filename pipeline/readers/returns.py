"""Completed workbooks: what each school answered, found by the words on the page and not by fixed cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.level import Answer
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Measure
from pipeline.model.submission import ChecklistNote, Figure, Identity, Response, Submission
from pipeline.readers.grid import Sheet, Table, fold, read_sheets, to_date, to_text

_SIGNATURES = (
    (b"%PDF", "a PDF", "Ask the school for the Excel workbook itself, not a print of it."),
    (b"{\\rtf", "a text document", "Ask the school for the Excel workbook itself."),
)


def read_return(content: bytes, name: str, configuration: Configuration) -> tuple[Submission | None, tuple[Finding, ...]]:
    """One returned workbook, in any of Excel's formats or OpenDocument, by its visible wording and references.

    Criteria are told by their wording first and their reference second. Responses hold what was found, in rubric order.
    Findings: RT301 and RT302 (no submission), RT303, RT312, RT317, RT318, RT321, RT322, RT323.
    """
    try:
        sheets = read_sheets(content)
    except ValueError:
        seen, remedy = _what_it_is(content)
        return None, (find("RT301", Place(name), seen, remedy=remedy),)
    rubric = configuration.rubric
    responses, findings = _read_responses(sheets, name, rubric)
    labels = _read_labels(sheets)
    if not responses or form.URN not in labels:
        return None, (find("RT302", Place(name), f"{len(sheets)} sheets, none with the workbook's headings"),)
    identity, identity_findings = _read_identity(labels, name)
    outcomes, outcome_findings = _read_outcomes(sheets, name, configuration.outcomes.measures)
    edition = labels.get(form.EDITION, ("", "", Place(name)))[0]
    found = [*findings, *identity_findings, *outcome_findings]
    expected = f"{rubric.edition}, {configuration.settings.cycle}"
    if fold(edition) != fold(expected):
        found.append(
            find("RT303", labels.get(form.EDITION, ("", "", Place(name)))[2], edition[:60] or "no edition", edition=expected)
        )
    checklist = _read_checklist(sheets, configuration)
    return Submission(name, edition, identity, responses, outcomes, checklist), tuple(found)


def _what_it_is(content: bytes) -> tuple[str, str]:
    if not content:
        return "an empty file", "Ask the school to send the workbook again: the file that arrived is empty."
    for signature, what, remedy in _SIGNATURES:
        if content.startswith(signature):
            return what, remedy
    return (
        "not a workbook, or a damaged or password-protected one",
        "Ask the school to save the workbook again in Excel, without a password, and send it.",
    )


def _read_responses(sheets: Sequence[Sheet], name: str, rubric: Rubric) -> tuple[tuple[Response, ...], list[Finding]]:
    titles = {fold(criterion.title): criterion.id for criterion in rubric.criteria.values()}
    found: dict[str, Response] = {}
    findings: list[Finding] = []
    for sheet in sheets:
        for table in sheet.tables(form.ANSWER, form.EVIDENCE):
            for row in table.rows:
                criterion, disagreement = _identify_row(table, row, titles, rubric, name)
                findings.extend(disagreement)
                if criterion is None:
                    continue
                response, unreadable = _read_row(table, row, criterion, name, rubric)
                findings.extend(unreadable)
                if criterion in found:
                    response, conflict = _merge(found[criterion], response)
                    findings.extend(conflict)
                found[criterion] = response
    return tuple(found[criterion] for criterion in rubric.criteria if criterion in found), findings


def _identify_row(
    table: Table, row: int, titles: Mapping[str, str], rubric: Rubric, name: str
) -> tuple[str | None, tuple[Finding, ...]]:
    """The criterion a row is about: by its wording, else by its reference; a disagreement between the two is told."""
    by_wording = titles.get(fold(table.text(row, form.CRITERION)))
    reference = table.text(row, form.REF)
    by_reference = reference if reference in rubric.criteria else None
    criterion = by_wording or by_reference
    if criterion is None or by_wording == by_reference:
        return criterion, ()
    place = Place(name, table.sheet.name, table.address(row, form.ANSWER))
    seen = (
        f"reference {by_reference or 'missing'}, wording of {by_wording}"
        if by_wording
        else f"wording changed beside {by_reference}"
    )
    return criterion, (find("RT318", place, seen, criterion=criterion, cell=place.cell),)


def _read_row(table: Table, row: int, criterion: str, name: str, rubric: Rubric) -> tuple[Response, tuple[Finding, ...]]:
    typed = table.text(row, form.ANSWER)
    answer = _understand(typed, rubric)
    place = Place(name, table.sheet.name, table.address(row, form.ANSWER))
    response = Response(
        criterion=criterion,
        answer=answer,
        typed=typed,
        evidence=table.text(row, form.EVIDENCE),
        own_opportunity=table.text(row, form.OWN),
        place=place,
        evidence_cell=table.address(row, form.EVIDENCE),
    )
    if answer is None and typed:
        allowed = ", ".join(words.label for words in rubric.frame.answers.values())
        return response, (find("RT312", place, f"an answer to {criterion} that is not one of those offered", allowed=allowed),)
    return response, ()


def _understand(typed: str, rubric: Rubric) -> Answer | None:
    folded = fold(typed)
    for answer, words in rubric.frame.answers.items():
        if folded in (fold(words.label), *(fold(word) for word in words.also)):
            return answer
    return None


def _merge(first: Response, second: Response) -> tuple[Response, tuple[Finding, ...]]:
    """Two rows for one criterion: what only one of them says is kept; two different answers count as none, and are told."""
    evidence = "\n".join(dict.fromkeys(text for text in (first.evidence, second.evidence) if text))
    own = "\n".join(dict.fromkeys(text for text in (first.own_opportunity, second.own_opportunity) if text))
    kept = first if first.typed or not second.typed else second
    merged = replace(kept, evidence=evidence, own_opportunity=own)
    if not (first.typed and second.typed) or first.answer is second.answer:
        return merged, ()
    other = f"{second.place.sheet} {second.place.cell}"
    finding = find("RT317", first.place, f"{first.criterion} answered in two places", criterion=first.criterion, cell=other)
    return replace(merged, answer=None), (finding,)


Labels = Mapping[str, tuple[str, object, Place]]


def _read_labels(sheets: Sequence[Sheet]) -> Labels:
    """Label → its value as text and as found, and its place. The first sheet that bears a label gives its value."""
    wanted = {
        fold(label): label
        for label in (
            form.EDITION, form.URN, form.LAESTAB, form.NAME, form.COMPLETED_BY, form.ROLE,
            form.COMPLETED_ON, form.GOVERNOR, form.SIGNED_ON, form.CONSENT,
        )
    }  # fmt: skip
    found: dict[str, tuple[str, object, Place]] = {}
    for sheet in sheets:
        for folded, row, column in sheet.labels():
            label = wanted.get(folded)
            if label and label not in found:
                value = sheet.cell(row, column)
                from_table = Table(sheet, {"": column}, range(0))
                found[label] = (to_text(value), value, Place("", sheet.name, from_table.address(row, "")))
    return found


def _read_identity(labels: Labels, name: str) -> tuple[Identity, list[Finding]]:
    findings: list[Finding] = []

    def typed(label: str) -> str:
        return labels[label][0] if label in labels else ""

    def dated(label: str) -> date | None:
        if not typed(label):
            return None
        value = to_date(labels[label][1])
        if value is None:
            place = labels[label][2]
            findings.append(find("RT323", Place(name, place.sheet, place.cell), "not a date", label=label))
        return value

    identity = Identity(
        urn=typed(form.URN),
        laestab=typed(form.LAESTAB),
        name=typed(form.NAME),
        completed_by=typed(form.COMPLETED_BY),
        role=typed(form.ROLE),
        completed_on=dated(form.COMPLETED_ON),
        governor=typed(form.GOVERNOR),
        signed_on=dated(form.SIGNED_ON),
        shares_practice=fold(typed(form.CONSENT)) in ("yes", "y"),
    )
    for label in (form.COMPLETED_BY, form.ROLE, form.COMPLETED_ON, form.GOVERNOR, form.SIGNED_ON):
        if not typed(label):
            place = labels[label][2] if label in labels else Place(name, form.SCHOOL)
            findings.append(find("RT322", Place(name, place.sheet, place.cell), "empty", label=label, sheet=place.sheet))
    return identity, findings


def _read_outcomes(sheets: Sequence[Sheet], name: str, measures: Sequence[Measure]) -> tuple[dict[str, Figure], list[Finding]]:
    known = {fold(measure.label): measure for measure in measures}
    figures: dict[str, Figure] = {}
    findings: list[Finding] = []
    for table, row in _rows_under(sheets, form.MEASURE, form.THIS_YEAR):
        measure = known.get(fold(table.text(row, form.MEASURE)))
        if measure is None or measure.id in figures:
            continue
        figures[measure.id] = Figure(table.text(row, form.THIS_YEAR), table.text(row, form.LAST_YEAR))
        for heading in (form.THIS_YEAR, form.LAST_YEAR):
            place = Place(name, table.sheet.name, table.address(row, heading))
            findings.extend(_check_figure(table.text(row, heading), measure, place))
    return {measure.id: figures.get(measure.id, Figure("", "")) for measure in measures}, findings


def _check_figure(typed: str, measure: Measure, place: Place) -> Iterator[Finding]:
    try:
        value = float(typed.rstrip("% ").replace(",", "")) if typed else None
    except ValueError:
        yield find("RT321", place, "not a number", remedy=f"Write “{measure.label}” as a number, or leave the cell empty.")
        return
    if value is None or measure.may_be(value):
        return
    limits = [
        f"{word} {limit}" for word, limit in (("at least", measure.least), ("at most", measure.most)) if limit is not None
    ]
    remedy = (
        f"Write “{measure.label}” as a figure of {' and '.join(limits)}, without a percentage sign, or leave the cell empty."
    )
    yield find("RT321", place, "out of range", remedy=remedy)


def _read_checklist(sheets: Sequence[Sheet], configuration: Configuration) -> dict[str, ChecklistNote]:
    known = {fold(prompt.text): prompt.id for area in configuration.checklist.areas for prompt in area.prompts}
    notes: dict[str, ChecklistNote] = {}
    for table, row in _rows_under(sheets, form.PROMPT, form.READY):
        prompt = known.get(fold(table.text(row, form.PROMPT)))
        ready, note = table.text(row, form.READY), table.text(row, form.NOTE)
        if prompt and prompt not in notes and (ready or note):
            notes[prompt] = ChecklistNote(ready, note)
    return notes


def _rows_under(sheets: Sequence[Sheet], *headings: str) -> Iterator[tuple[Table, int]]:
    return ((table, row) for sheet in sheets for table in sheet.tables(*headings) for row in table.rows)
