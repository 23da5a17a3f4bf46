"""Other papers of a school's plan: a page for governors, an extract for its own self-evaluation, or what an LA adds.

Each is a template in `templates/papers`, filled with the same plan, and made only where the settings name it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pipeline.model.finding import Finding, Place, find
from pipeline.model.plan import Plan
from pipeline.model.settings import Settings
from pipeline.runner.documents import Document, lay_beside
from pipeline.runner.folders import Folders
from pipeline.runner.templates import load_templates
from pipeline.writers.template import Properties, Template

_TITLE = re.compile(r"<dc:title>([^<]*)</dc:title>")


@dataclass(frozen=True)
class Paper:
    """A paper that is made of each plan. `words` end its file names; `title` is what its template is called in Word."""

    words: str
    title: str
    template: Template


def load_papers(root: Path, settings: Settings) -> tuple[tuple[Paper, ...], tuple[Finding, ...]]:
    """The papers that the settings name. Findings: CF104 (a name that is none), CF105, TP4xx."""
    remedy = "Name a template in templates/papers, without its folder and without .docx."
    findings = [
        find("CF104", Place("config/settings.yaml"), f"papers: {name}", remedy=remedy)
        for name in settings.papers
        if not re.fullmatch(r"[\w-]+", name)
    ]
    if findings:
        return (), tuple(findings)
    files = {f"papers/{name}.docx": name.replace("_", " ") for name in settings.papers}
    templates, faults = load_templates(root, files, fast=settings.packing == "isal")
    papers = (Paper(files[file], _title_of(one.content) or files[file], one) for file, one in templates.items())
    return tuple(papers), faults


def _title_of(template: bytes) -> str:
    """What a template is called in Word; empty where it has no title."""
    with ZipFile(BytesIO(template)) as archive:
        core = archive.read("docProps/core.xml").decode() if "docProps/core.xml" in archive.namelist() else ""
    found = _TITLE.search(core)
    return unescape(found[1]) if found else ""


def name_papers(plan: str, papers: Sequence[Paper]) -> Iterator[str]:
    """The file names of the papers that belong to a plan's file."""
    return (f"{Path(plan).stem} {paper.words}.docx" for paper in papers)


def fill_papers(plan: Plan, file: str, papers: Sequence[Paper], today: date) -> tuple[tuple[bytes, ...], tuple[Finding, ...]]:
    """Each paper of a plan, which has this file name; none where one cannot be made (CF105, VD101)."""
    made: list[bytes] = []
    for paper, name in zip(papers, name_papers(file, papers), strict=True):
        properties = Properties(f"{paper.title}: {plan.school.name}", plan.authority.name, plan.about.reference)
        content, faults = paper.template.fill(plan, properties, today, name)
        if content is None:
            return (), faults
        made.append(content)
    return tuple(made), ()


def lay_papers(plan: str, contents: Sequence[bytes], papers: Sequence[Paper], folders: Folders) -> tuple[Document, ...]:
    """Papers on their way to disk; schools may edit them, as they do the plan. Raises: OSError."""
    named = zip(name_papers(plan, papers), contents, strict=True)
    return tuple(lay_beside(folders.papers / name, content, editable=True) for name, content in named)
