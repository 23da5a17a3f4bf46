"""The toolkit document on its way to disk: the completed examples found, everything composed, the template filled."""

from datetime import date
from pathlib import Path

from pipeline.model.contract import TOOLKIT
from pipeline.model.example import Example
from pipeline.model.finding import Finding
from pipeline.model.project import Configuration
from pipeline.model.toolkit import Toolkit, ToolkitExample
from pipeline.readers.example import load_examples
from pipeline.rules.toolkit import compose_toolkit
from pipeline.rules.toolkit_example import compose_example
from pipeline.runner.documents import lay_beside, not_written, put_one_in_place
from pipeline.runner.templates import load_templates
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued
from pipeline.writers.template import Properties


def gather_toolkit(workspace: Workspace, today: date) -> tuple[Toolkit | None, tuple[Finding, ...]]:
    """What the document says. Findings, and then none: those of `load_examples`."""
    examples, findings = _find_examples(workspace, today)
    if examples is None:
        return None, findings
    return compose_toolkit(workspace.configuration, workspace.cycle, examples, today), ()


def _find_examples(workspace: Workspace, today: date) -> tuple[tuple[ToolkitExample, ...] | None, tuple[Finding, ...]]:
    """Under the rubric in use or, where the examples were completed under another that is kept, under that one."""
    in_use = workspace.configuration
    findings: tuple[Finding, ...] = ()
    for edition in in_use.rubrics:
        configuration = in_use.under(edition)
        found, mistakes = _load(workspace, configuration)
        if found is not None:
            return tuple(compose_example(one, configuration, workspace.cycle, today, in_use=in_use.rubric) for one in found), ()
        findings = findings or mistakes
    return None, findings


def _load(workspace: Workspace, configuration: Configuration) -> tuple[tuple[Example, ...] | None, tuple[Finding, ...]]:
    asked = configuration.rubric, configuration.outcomes, configuration.checklist_for(workspace.cycle)
    examples, findings = load_examples(workspace.root / "config", *asked)
    return (None if examples is None else tuple(examples.values())), findings


def write_toolkit(workspace: Workspace, out: Path | None, today: date) -> tuple[Toolkit | None, Path, tuple[Finding, ...]]:
    """Writes the document to `out`, or to the cycle's outputs; gives what it says and where it is. None where it could not be
    written. One that somebody has changed in Word since is kept beside it.

    Findings: CF101-CF104 (examples), CF105, TP4xx, VD101, WR601; WR602, and then it is written nevertheless.
    """
    path = out or workspace.folders.outputs / TOOLKIT.file
    is_fast = workspace.configuration.settings.packing == "isal"
    templates, faults = load_templates(workspace.root, (TOOLKIT.file,), fast=is_fast)
    toolkit, mistakes = gather_toolkit(workspace, today)
    if toolkit is None or not templates:
        return None, path, (*faults, *mistakes)
    about = f"{toolkit.about.title} {toolkit.about.edition}, {toolkit.about.cycle}"
    properties = Properties(toolkit.about.title, toolkit.authority.name, about)
    content, faults = templates[TOOLKIT.file].fill(toolkit, properties, today, path.name)
    if content is None:
        return None, path, faults
    kept, is_written = _put(path, content, Issued(workspace.folders.outputs / ".issued"))
    return (toolkit if is_written else None), path, kept


def _put(path: Path, content: bytes, issued: Issued) -> tuple[tuple[Finding, ...], bool]:
    try:
        return tuple(put_one_in_place(lay_beside(path, content, editable=True), issued, "")), True
    except OSError as error:
        return (not_written(path, error),), False
