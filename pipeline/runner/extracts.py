"""Extracts of a school's plan: a page for governors, a text for its own self-evaluation, or what an LA adds.

Each is a template in `templates/extracts`, filled with the same plan, and made only where the settings name it.
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
class Extract:
    """An extract that is made of each plan. `words` end its file names; `title` is what its template is called in Word."""

    words: str
    title: str
    template: Template


def load_extracts(root: Path, settings: Settings) -> tuple[tuple[Extract, ...], tuple[Finding, ...]]:
    """The extracts that the settings name. Findings: CF104 (a name that is none), CF105, TP4xx."""
    remedy = "Name a template in templates/extracts, without its folder and without .docx."
    findings = [
        find("CF104", Place("config/settings.yaml"), f"extracts: {name}", remedy=remedy)
        for name in settings.extracts
        if not re.fullmatch(r"[\w-]+", name)
    ]
    if findings:
        return (), tuple(findings)
    files = {f"extracts/{name}.docx": name.replace("_", " ") for name in settings.extracts}
    templates, faults = load_templates(root, files, fast=settings.packing == "isal")
    extracts = (Extract(files[file], _title_of(one.content) or files[file], one) for file, one in templates.items())
    return tuple(extracts), faults


def _title_of(template: bytes) -> str:
    """What a template is called in Word; empty where it has no title."""
    with ZipFile(BytesIO(template)) as archive:
        core = archive.read("docProps/core.xml").decode() if "docProps/core.xml" in archive.namelist() else ""
    found = _TITLE.search(core)
    return unescape(found[1]) if found else ""


def name_extracts(plan: str, extracts: Sequence[Extract]) -> Iterator[str]:
    """The file names of the extracts that belong to a plan's file."""
    return (f"{Path(plan).stem} {extract.words}.docx" for extract in extracts)


def fill_extracts(
    plan: Plan, file: str, extracts: Sequence[Extract], today: date
) -> tuple[tuple[bytes, ...], tuple[Finding, ...]]:
    """Each extract of a plan, which has this file name; none where one cannot be made (CF105, VD101)."""
    made: list[bytes] = []
    for extract, name in zip(extracts, name_extracts(file, extracts), strict=True):
        properties = Properties(f"{extract.title}: {plan.school.name}", plan.authority.name, plan.about.reference)
        content, faults = extract.template.fill(plan, properties, today, name)
        if content is None:
            return (), faults
        made.append(content)
    return tuple(made), ()


def lay_extracts(plan: str, contents: Sequence[bytes], extracts: Sequence[Extract], folders: Folders) -> tuple[Document, ...]:
    """Extracts on their way to disk; schools may edit them, as they do the plan. Raises: OSError."""
    named = zip(name_extracts(plan, extracts), contents, strict=True)
    return tuple(lay_beside(folders.extracts / name, content, editable=True) for name, content in named)
