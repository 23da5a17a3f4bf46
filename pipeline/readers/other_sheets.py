"""The sheets beside the criteria: your school, outcomes, and the Ofsted checklist."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.model import form
from pipeline.model.finding import Finding, Place, find
from pipeline.model.settings import Measure
from pipeline.model.submission import ChecklistNote, Figure, Identity
from pipeline.readers.grid import Sheet, Table, address, fold, to_date
from pipeline.rules.figure import find_disagreements, find_fault, read_figure

Labels = Mapping[str, tuple[str, object, Place]]


_READ = (
    form.EDITION, form.URN, form.LAESTAB, form.NAME, form.COMPLETED_BY, form.ROLE,
    form.COMPLETED_ON, form.GOVERNOR, form.SIGNED_ON, form.CONSENT,
)  # fmt: skip
_FILLED_IN = (form.PHASE, form.DISTRICT)  # by us: not read, but accounted for
_LABELS = {fold(label): label for label in (*_READ, *_FILLED_IN)}


def read_labels(sheets: Sequence[Sheet]) -> Labels:
    """Label → its value as text and as found, and its place. The first sheet that bears a label gives its value."""
    found: dict[str, tuple[str, object, Place]] = {}
    for sheet in sheets:
        for folded, row, column in sheet.find(_LABELS):
            label, beside = _LABELS[folded], column + 1
            text = sheet.take(row, beside)
            if label not in found:
                found[label] = (text, sheet.cell(row, beside), Place("", sheet.name, address(row, beside)))
    return found


def read_identity(labels: Labels, name: str) -> tuple[Identity, list[Finding]]:
    """Who the return says it is from, as typed. Findings: RT322, RT323."""
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


def read_outcomes(sheets: Sequence[Sheet], name: str, measures: Sequence[Measure]) -> tuple[dict[str, Figure], list[Finding]]:
    """Measure id → its figures as typed, every measure present. Findings: RT321, RT341."""
    known = {fold(measure.label): measure for measure in measures}
    figures: dict[str, Figure] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for table in _tables(sheets, form.MEASURE, form.THIS_YEAR):
        labels, *years = map(table.column, (form.MEASURE, form.THIS_YEAR, form.LAST_YEAR))
        for row in table.rows:
            measure = known.get(fold(labels.take(row)))
            if measure is None or measure.id in figures:
                continue
            typed = [year.take(row) for year in years]
            figures[measure.id] = Figure(*typed)
            places[measure.id] = Place(name, table.sheet.name, years[0].address(row))
            for figure, year in zip(typed, years, strict=True):
                findings.extend(_check_figure(figure, measure, Place(name, table.sheet.name, year.address(row))))
    every = {measure.id: figures.get(measure.id, Figure("", "")) for measure in measures}
    return every, [*findings, *_check_together(every, places, {measure.id: measure for measure in measures})]


def _check_figure(typed: str, measure: Measure, place: Place) -> Iterator[Finding]:
    try:
        value = read_figure(typed)
    except ValueError:
        yield find("RT321", place, "not a number", remedy=f"Write “{measure.label}” as a number, or leave the cell empty.")
        return
    fault = "" if value is None else find_fault(value, measure)
    if not fault:
        return
    bounds = (("at least", measure.least), ("at most", measure.most))
    limits = [f"{word} {limit}" for word, limit in bounds if limit is not None]
    figure = "a whole number" if measure.unit == "count" else "a figure"
    sign = "" if measure.unit == "count" else ", without a percentage sign"
    within = f" of {' and '.join(limits)}" if limits else ""
    remedy = f"Write “{measure.label}” as {figure}{within}{sign}, or leave the cell empty."
    yield find("RT321", place, fault, remedy=remedy)


def _check_together(
    figures: Mapping[str, Figure], places: Mapping[str, Place], measures: Mapping[str, Measure]
) -> Iterator[Finding]:
    for key, place in places.items():
        measure = measures[key]
        whole = figures.get(measure.part_of, Figure("", ""))
        for seen, remedy in find_disagreements(figures[key], measure, whole, measures.get(measure.part_of)):
            yield find("RT341", place, seen, remedy=remedy)


def read_checklist(sheets: Sequence[Sheet], known: Mapping[str, str]) -> dict[str, ChecklistNote]:
    """Prompt id → what the school put beside it; only those where it put something. `known` maps folded wording to ids."""
    notes: dict[str, ChecklistNote] = {}
    for table in _tables(sheets, form.PROMPT, form.READY):
        prompts, readiness, remarks = map(table.column, (form.PROMPT, form.READY, form.NOTE))
        for row in table.rows:
            prompt = known.get(fold(prompts.take(row)))
            ready, note = readiness.take(row), remarks.take(row)
            if prompt and prompt not in notes and (ready or note):
                notes[prompt] = ChecklistNote(ready, note)
    return notes


def _tables(sheets: Sequence[Sheet], *headings: str) -> Iterator[Table]:
    return (table for sheet in sheets for table in sheet.tables(*headings))
