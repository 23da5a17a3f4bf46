"""`moderation sample` and `import`: from records to a sample and its forms, and from an adviser's sheet to what is kept.

Records are read one at a time, twice: evidence that two schools share is known only when all have been read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.model.finding import Finding, Place, find
from pipeline.model.moderation import FilledRow, Part, Reason
from pipeline.model.review import Review
from pipeline.model.settings import ModerationSettings
from pipeline.model.visit import Visit
from pipeline.readers.judgements import load_judgements
from pipeline.readers.moderation_sheet import read_moderation_sheet
from pipeline.readers.review import load_review
from pipeline.rules.agreement import agree_by_area, agree_by_criterion, say_agreement
from pipeline.rules.judging import Known, judge_rows
from pipeline.rules.keeping import merge_judgements, say_import
from pipeline.rules.moderation import Asked, choose_schools, divide_by_size
from pipeline.rules.risk import Case, find_reasons, find_shared, marks_of, same_answers
from pipeline.rules.visiting import Visited, prepare_visit, visit_for
from pipeline.runner.basis import digest_of
from pipeline.runner.documents import Document, lay_beside, not_written, put_whole, replace_all
from pipeline.runner.folders import Folders
from pipeline.runner.workspace import Workspace
from pipeline.writers.agreement import write_agreement
from pipeline.writers.issued import Issued
from pipeline.writers.judgements import write_judgements
from pipeline.writers.moderation_sheet import SampleFacts, write_sample
from pipeline.writers.template import Properties, Template, load_template

SHEET, AGREEMENT = "sample.xlsx", "agreement.xlsx"
_FORM = " visit.docx"
_TEMPLATE = "visit_form.docx"

Advance = Callable[[], None]


@dataclass(frozen=True)
class Drawn:
    """A finished sample: how many schools of each part, of how many that could have been, and how many of these are at risk."""

    stratified: int
    risk: int
    rated: int
    at_risk: int


def list_rated(workspace: Workspace) -> list[str]:
    """The URNs of the register that have a record in this cycle."""
    folder = workspace.folders.records
    return sorted(path.stem for path in folder.glob("*.json") if path.stem in workspace.register)


def draw_sample(
    workspace: Workspace, settings: ModerationSettings, asked: Asked, advance: Advance, today: date
) -> tuple[Drawn | None, tuple[Finding, ...]]:
    """Chooses the schools and writes the sheet and the forms. `advance` is called twice for each school that is rated.

    Findings: CF105 and MD811 (no sample); MD812, WR601, WR602.
    """
    template, findings = load_template(workspace.root / "templates" / _TEMPLATE, f"templates/{_TEMPLATE}", Visit)
    urns = list_rated(workspace)
    if not urns:
        folder = f"outputs/{workspace.cycle}/records"
        findings = (*findings, find("MD811", Place(folder), "no record of a school of the register"))
    if template is None or not urns:
        return None, findings
    reasons, unreadable = _find_all_reasons(urns, workspace, settings, advance)
    schools = [workspace.register[urn] for urn in reasons]
    band = divide_by_size(workspace.register.values(), settings)
    chosen = choose_schools(schools, reasons, band, settings, asked)
    visits = []
    for sampled in chosen:
        review = _load(workspace, sampled.urn)
        if review:
            visits.append(prepare_visit(workspace.register[sampled.urn], sampled, review, asked.seed))
    parts = [one.sampled.part for one in visits]
    drawn = Drawn(
        parts.count(Part.STRATIFIED), parts.count(Part.RISK), len(reasons), sum(bool(found) for found in reasons.values())
    )
    return drawn, (*unreadable, *_write_documents(visits, drawn, asked, template, workspace, today))


def _find_all_reasons(
    urns: Sequence[str], workspace: Workspace, settings: ModerationSettings, advance: Advance
) -> tuple[Mapping[str, tuple[Reason, ...]], tuple[Finding, ...]]:
    """URN → every reason, none for most; schools whose record cannot be read are left out and told (MD812)."""
    findings: list[Finding] = []

    def list_marks() -> Iterable[tuple[str, Iterable[str]]]:
        for urn in urns:
            review, found = load_review(workspace.folders.records / f"{urn}.json")
            findings.extend(found)
            advance()
            if review:
                yield urn, marks_of(review, settings)

    shared = find_shared(list_marks())
    reasons: dict[str, tuple[Reason, ...]] = {}
    for urn in urns:
        review = _load(workspace, urn)
        advance()
        if review:
            before, earliest = _look_back(review, workspace)
            rubric = workspace.configuration.under(review.edition).rubric
            reasons[urn] = find_reasons(Case(review, before, earliest, shared, settings, rubric))
    return reasons, tuple(findings)


def _load(workspace: Workspace, urn: str) -> Review | None:
    return load_review(workspace.folders.records / f"{urn}.json")[0]


def _look_back(review: Review, workspace: Workspace) -> tuple[Review | None, Review | None]:
    """The school's records of the two cycles before; the earlier only where it could matter."""
    folders = workspace.previous
    if folders is None:
        return None, None
    before = load_review(folders.records / f"{review.urn}.json")[0]
    cycle = workspace.configuration.cycle_before(folders.cycle)
    if cycle is None or not same_answers(review, before):
        return before, None
    return before, load_review(Folders(folders.root, cycle).records / f"{review.urn}.json")[0]


def _write_documents(
    visits: Sequence[Visited], drawn: Drawn, asked: Asked, template: Template, workspace: Workspace, today: date
) -> tuple[Finding, ...]:
    """The sheet and a form a school. One that somebody has filled in is kept beside the new one, and told (WR602)."""
    folder, issued = workspace.folders.moderation, Issued(workspace.folders.outputs / ".issued")
    configuration = workspace.configuration
    facts = SampleFacts(configuration.cycle(workspace.cycle).label, drawn.stratified, drawn.risk, asked.seed)
    findings = _put(folder / SHEET, write_sample(visits, configuration, facts), issued)
    expected = set()
    for visited in visits:
        path = folder / f"{visited.school.file_stem}{_FORM}"
        expected.add(path.name)
        properties = Properties(
            f"Moderation visit: {visited.school.name}", configuration.settings.authority.name, workspace.cycle
        )
        content, faults = template.fill(_form_for(visited, workspace, today), properties, today)
        findings += faults
        if content is not None:
            findings += _put(path, content, issued, visited.school.urn)
    _clear_away(folder, expected, issued)
    return findings


def _form_for(visited: Visited, workspace: Workspace, today: date) -> Visit:
    configuration = workspace.configuration.under(visited.review.edition)
    return visit_for(visited, configuration, workspace.cycle, today)


def _put(path: Path, content: bytes, issued: Issued, urn: str = "") -> tuple[Finding, ...]:
    try:
        document: Document = lay_beside(path, content, editable=True)
        return replace_all((document,), issued, urn)[0]
    except OSError as error:
        return (not_written(path, error, urn),)


def _clear_away(folder: Path, expected: set[str], issued: Issued) -> None:
    """A form of a sample that is no longer drawn must not be taken along; one with something written in it stays."""
    for path in sorted(folder.glob(f"*{_FORM}")):
        if path.name not in expected and digest_of(path) in issued:
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Imported:
    """What an import came to, in sentences: rows taken and refused, and how far advisers and schools agree."""

    has_changed: bool
    sentences: tuple[str, ...]


def import_sheet(workspace: Workspace, path: Path, today: date) -> tuple[Imported | None, tuple[Finding, ...]]:
    """Takes an adviser's judgements into the cycle. Rows that are in order are taken, the others told.

    Findings: MD801 and MD802 (nothing taken), MD803-MD810, MD813, WR601.
    """
    configuration = workspace.configuration
    rubric = configuration.rubric
    try:
        content = path.read_bytes()
    except OSError as error:
        remedy = "Close it if it is open in Excel, and import it again."
        return None, (find("MD801", Place(path.name), error.strerror or "cannot be opened", remedy=remedy),)
    rows, findings = read_moderation_sheet(content, path.name, configuration.rubrics.values())
    kept, doubts = load_judgements(workspace.folders.judgements, workspace.folders.judgements_name)
    if findings or kept is None:
        return None, (*findings, *doubts)
    known = Known(workspace.register, _load_named(rows, workspace), rubric, today)
    judgements, refused, findings = judge_rows(rows, known)
    merged = merge_judgements(kept, judgements)
    current = merged.judgements.current
    by_area, by_criterion = agree_by_area(current, rubric), agree_by_criterion(current, rubric)
    if judgements:
        folders, label = workspace.folders, configuration.cycle(workspace.cycle).label
        agreement = write_agreement(by_area, by_criterion, configuration, label)
        findings += put_whole(folders.judgements, write_judgements(merged.judgements))
        findings += put_whole(folders.moderation / AGREEMENT, agreement)
    said = say_agreement(by_area, by_criterion, configuration)
    return Imported(merged.judgements != kept, (say_import(merged, refused), *said)), findings


def _load_named(rows: Iterable[FilledRow], workspace: Workspace) -> Mapping[str, Review]:
    """The records of the register's schools that rows name; a URN is never taken for a path."""
    urns = sorted({row.urn for row in rows if row.is_filled and row.urn in workspace.register})
    return {urn: review for urn in urns if (review := _load(workspace, urn))}
