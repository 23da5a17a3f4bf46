"""References to local services in the wording of the configuration."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.finding import Finding, Place, find
from pipeline.model.settings import Service
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.services import find_references


def check_references(files: Iterable[YamlFile], services: Mapping[str, Service]) -> Iterator[Finding]:
    """References to a service that the settings do not list, each with its line. Findings: CF104."""
    for file in files:
        for number, line in enumerate(file.text.decode("utf-8", errors="replace").splitlines(), 1):
            for key in find_references("" if line.lstrip().startswith("#") else line):
                if key not in services:
                    remedy = f"List “{key}” under “services” in settings.yaml, or write the name without braces."
                    yield find("CF104", Place(file.name, cell=f"line {number}"), f"{{{key}}}", remedy=remedy)
