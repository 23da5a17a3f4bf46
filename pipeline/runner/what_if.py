"""`what-if`: the cycle's stored records under a draft rubric. The outputs are read, and stay as they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pipeline.model.finding import Finding, Place, find
from pipeline.model.rubric import Criterion, Rubric
from pipeline.model.school import safe_stem
from pipeline.model.what_if import Again, Paper, Stored, WhatIf
from pipeline.readers.earlier import load_stored
from pipeline.readers.rubric import load_rubric
from pipeline.rules.comparison import find_crosswalk, find_sources
from pipeline.rules.succession import Trace, trace
from pipeline.rules.what_if import Sources, rate_again
from pipeline.rules.what_if_paper import write_paper
from pipeline.runner.documents import put_whole
from pipeline.runner.workspace import Workspace
from pipeline.writers.template import Properties, Template, load_template
from pipeline.writers.what_if import write_what_if

_TEMPLATE = "what_if.docx"

Way = tuple[Trace, Sources]
Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True)
class Answer:
    """What a draft would change, and the folder of the table and the paper that say so."""

    what_if: WhatIf
    draft: Rubric
    folder: Path


def ask(
    workspace: Workspace, draft_folder: Path, name: str, out: Path | None, progress: Progress, today: date
) -> tuple[Answer | None, tuple[Finding, ...]]:
    """Rates the cycle's records under the draft in `draft_folder`, which findings call `name`, and writes table and paper into
    `out` or a folder of the draft's own beside the outputs.

    Findings: those of `load_rubric`; CF105, WI101 (nothing is written), WI102, WI103, WR601.
    """
    draft, _, mistakes = load_rubric(draft_folder, name)
    template, faults = load_template(workspace.root / "templates" / _TEMPLATE, f"templates/{_TEMPLATE}", Paper)
    if draft is None or template is None:
        return None, mistakes + faults
    rubrics, folders = workspace.configuration.rubrics, workspace.folders
    paths = sorted(folders.records.glob("[!.]*.json"))
    with progress("Rating again", len(paths)) as advance:
        found, findings = try_out(draft, rubrics, paths, advance)
    if found is None:
        return None, findings
    folder = out or workspace.root / "what-if" / workspace.cycle / safe_stem(draft.edition)
    answer = Answer(found, draft, folder)
    return answer, (*findings, *_write(answer, template, workspace, today))


def _write(answer: Answer, template: Template, workspace: Workspace, today: date) -> Iterator[Finding]:
    configuration, cycle = workspace.configuration, workspace.cycle
    author, label = configuration.settings.authority.name, configuration.cycle(cycle).label
    paper = write_paper(answer.what_if, answer.draft, configuration, cycle, today)
    filled, faults = template.fill(paper, Properties(f"What if {answer.draft.edition}, {label}", author, cycle), today)
    yield from faults
    documents = {"what-if.xlsx": write_what_if(answer.what_if, answer.draft, label, author), "what-if.docx": filled}
    for name, content in documents.items():
        if content is not None:
            yield from put_whole(answer.folder / name, content)


def try_out(
    draft: Rubric, rubrics: Mapping[str, Rubric], paths: Sequence[Path], advance: Callable[[], None]
) -> tuple[WhatIf | None, tuple[Finding, ...]]:
    """Every stored record rated again, in their order. `rubrics` is edition → rubric, of all that are kept.

    Findings: WI101 (nothing is given), WI102, WI103.
    """
    stored, findings, schools = [], [], []
    find_way = _way_finder(draft, rubrics)
    for path in paths:
        record = load_stored(path)
        way = find_way(record) if record else None
        if record is None:
            findings.append(find("WI102", Place(path.name), "not as it was written"))
        elif way is None:
            findings.append(find("WI103", Place(path.name), record.edition, urn=record.school.urn))
        else:
            stored.append(record)
            schools.append(rate_again(record, *way, draft))
        advance()
    if not schools:
        return None, (*findings, find("WI101", Place("records"), f"{len(paths)} records, none that can be rated again"))
    return _gather(draft, stored, schools, [find_way(record) for record in stored]), tuple(findings)


def _way_finder(draft: Rubric, rubrics: Mapping[str, Rubric]) -> Callable[[Stored], Way | None]:
    """Each edition's way to the draft, found once for all records of one edition that answer the same criteria."""

    @lru_cache(maxsize=64)
    def find_way(edition: str, known: tuple[str, ...], areas: tuple[int, ...]) -> Way | None:
        way = trace(draft, edition, known, rubrics)
        if way is None:
            return None
        return way, find_sources(draft, dict.fromkeys(areas), way, find_crosswalk(draft, edition, rubrics))

    def find_for(stored: Stored) -> Way | None:
        known = tuple(response.criterion for response in stored.submission.responses)
        return find_way(stored.edition, known, tuple(stored.areas))

    return find_for


def _gather(draft: Rubric, stored: Sequence[Stored], schools: Sequence[Again], ways: Sequence[Way | None]) -> WhatIf:
    taken: dict[str, set[str]] = {key: set() for key in draft.criteria}
    since: dict[int, set[int]] = {area.number: set() for area in draft.areas}
    for way in {id(way): way for way in ways if way}.values():
        for key, found in way[0].items():
            taken[key].update(found)
        for number, areas in way[1].items():
            since[number].update(areas)
    return WhatIf(
        draft=draft.edition,
        editions=tuple(sorted({record.edition for record in stored})),
        schools=tuple(schools),
        sources={number: tuple(sorted(areas)) for number, areas in since.items()},
        merged=tuple(key for key in taken if any(way and len(way[0][key]) > 1 for way in ways)),
        new=tuple(criterion.id for criterion in _asked(draft, stored) if not taken[criterion.id]),
        has_overall=draft.frame.rules.overall.enabled and any(record.overall for record in stored),
    )


def _asked(draft: Rubric, stored: Sequence[Stored]) -> Iterator[Criterion]:
    """The criteria that the draft asks of any of these schools."""
    phases = {record.school.phase for record in stored}
    return (criterion for criterion in draft.criteria.values() if any(map(criterion.applies_to, phases)))
