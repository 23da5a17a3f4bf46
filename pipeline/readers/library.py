"""What stands beside a rubric in `config/`, as far as it can be read: resources and the Ofsted checklist."""

from pathlib import Path

from pipeline.model.draft import Library
from pipeline.model.finding import Finding
from pipeline.model.settings import Checklist, Resources, Settings
from pipeline.readers.yaml_file import YamlFile


def load_settings(config: Path) -> tuple[Settings | None, tuple[Finding, ...]]:
    """The settings alone. Findings: CF101-CF103."""
    return YamlFile(config / "settings.yaml", "config/settings.yaml").load(Settings)


def load_library(config: Path) -> tuple[Library, tuple[Finding, ...]]:
    """Resources and checklist; empty where a file cannot be read. Findings: CF101-CF103."""
    resources_file = YamlFile(config / "resources.yaml", "config/resources.yaml")
    resources, resources_findings = resources_file.load(Resources)
    checklist_file = YamlFile(config / "ofsted.yaml", "config/ofsted.yaml")
    checklist, checklist_findings = checklist_file.load(Checklist)
    library = Library(
        resources.resources if resources else (),
        checklist,
        resources_file.name,
        lambda position, *loc: resources_file.place("resources", position, *loc),
        checklist_file.place,
    )
    return library, (*resources_findings, *checklist_findings)
