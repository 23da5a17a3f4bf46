"""`make check-documents`: every document that a county's returns lead to, and hostile text in each of its places, looked at by our
own rules, by openxml-audit and by ooxml-integrity: none has an error that its template has not.

    cd tests && python check_documents.py [SCHOOLS]
"""

import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click
from conftest import ROOT
from sound_document import complaints
from test_template import spread

from pipeline.console import progress
from pipeline.demo.county import County
from pipeline.model.plan import Plan
from pipeline.readers.returns import read_return
from pipeline.rules.assessing import assess
from pipeline.rules.planning import plan_for
from pipeline.runner.cycle import run_cycle
from pipeline.runner.expecting import expect
from pipeline.runner.isolation import hire_processes
from pipeline.runner.workspace import Workspace, open_workspace
from pipeline.writers.template import Properties
from pipeline.writers.validity.examining import find_faults

TODAY = date(2026, 11, 23)
HOSTILE = (
    "",
    "word & <w:p>{{ 7*7 }}{% if %}</w:t></w:r>",
    "]]><!-- \x00\x0b\x1f\ud83d\ufffe \ue000",
    "  ŵ😀\r\n\t'\"",
    "x" * 30_000,
)
# Of workbooks, that openpyxl writes: the order of what a font is described by, and text in the cells instead of a table of texts.
# Excel, LibreOffice and Google open both without a word. ooxml-integrity knows no workbooks, and says so (PKG006).
KNOWN = ("styles.xml: Unexpected element", "inline-string cell", "PKG006")


def check_documents(schools: int) -> int:
    """Prints what is wrong, and gives how many documents are."""
    folder = Path(tempfile.mkdtemp(prefix="inclusion-documents-"))
    try:
        workspace = _county(folder, schools)
        hostile = _lay_hostile(workspace, folder / "hostile")
        outputs = workspace.folders.outputs
        allowed = {
            "plans": complaints(workspace.root / "templates" / "action_plan.docx"),
            "hostile": complaints(workspace.root / "templates" / "action_plan.docx"),
            "notes": complaints(workspace.root / "templates" / "return_note.docx"),
            "extracts": sum(
                (complaints(extract) for extract in sorted((workspace.root / "templates" / "extracts").glob("*"))), Counter()
            ),
        }
        documents = [*sorted(outputs.rglob("*.docx")), *hostile]
        wrong = sum(_is_wrong(path, allowed.get(path.parent.name, Counter())) for path in documents)
        workbooks = sorted(outputs.rglob("*.xlsx"))
        wrong += sum(map(_is_wrong_workbook, workbooks))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    click.echo(f"{len(documents)} documents and {len(workbooks)} workbooks looked at: {wrong} with an error.")
    return wrong


def _county(folder: Path, schools: int) -> Workspace:
    start, _ = open_workspace(ROOT, None)
    assert start
    county = County(start.configuration, folder / "county", schools, 7)
    county.lay_out(ROOT)
    county.send(start.configuration.settings.cycle)
    settings = folder / "county" / "config" / "settings.yaml"
    asked = settings.read_text("utf-8").replace("\nextracts: []", "\nextracts: [governor_summary, sef_extract]")
    settings.write_text(asked, "utf-8")
    workspace, findings = open_workspace(folder / "county", None)
    assert workspace, findings
    run_cycle(workspace, partial(hire_processes, jobs=2), partial(progress, quiet=True), TODAY)
    return workspace


def _lay_hostile(workspace: Workspace, folder: Path) -> list[Path]:
    """A plan for each hostile text, with it in every place a value may stand but for addresses and references, which are the council's."""
    folder.mkdir()
    expected = expect(workspace.register.values(), workspace.configuration, workspace.cycle)
    path = workspace.folders.list_returns()[0]
    submission, _ = read_return(path.read_bytes(), path.name, expected)
    assert submission
    assessment, _ = assess(submission, workspace.configuration.rubric, {})
    school = next(iter(workspace.register.values()))
    plan = plan_for(school, submission, assessment, workspace.configuration, workspace.cycle, TODAY)
    for number, text in enumerate(HOSTILE):
        document, findings = workspace.plan_template.fill(_spoil(plan, text), Properties(text, text, text), TODAY)
        assert document, findings
        (folder / f"{number}.docx").write_bytes(document)
    return sorted(folder.iterdir())


def _spoil(plan: Plan, text: str) -> Plan:
    spoilt: Plan = spread(plan, text)
    resources = tuple(replace(one, address="https://example.org/") for one in spoilt.resources)
    sources = tuple(replace(one, address="https://example.org/") for one in spoilt.sources)
    areas = tuple(
        replace(area, opportunities=tuple(replace(one, ref=f"5.{number}-a") for number, one in enumerate(area.opportunities)))
        for area in spoilt.areas
    )
    return replace(spoilt, resources=resources, sources=sources, areas=areas)


def _is_wrong(path: Path, allowed: Counter[str]) -> bool:
    said = [f"{fault}" for fault in find_faults(path.read_bytes())]
    said += [one for one in complaints(path) if one not in allowed]
    if said:
        click.echo(f"{path.parent.name}/{path.name}: {'; '.join(said[:3])}")
    return bool(said)


def _is_wrong_workbook(path: Path) -> bool:
    said = [one for one in complaints(path) if not any(known in one for known in KNOWN)]
    if said:
        click.echo(f"{path.parent.name}/{path.name}: {'; '.join(said[:3])[:300]}")
    return bool(said)


if __name__ == "__main__":
    sys.exit(bool(check_documents(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
