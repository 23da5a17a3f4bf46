"""The folder `config/ofsted`: the versions of the Ofsted checklist, a file each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.finding import Finding, Place, find
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.succession import is_known

FOLDER = "ofsted"


@dataclass(frozen=True)
class Version:
    """One version and its file."""

    checklist: Checklist
    file: YamlFile


def list_checklists(config: Path) -> list[Path]:
    """The files of the versions, by name."""
    return sorted((config / FOLDER).glob("*.yaml"))


def load_checklists(config: Path) -> tuple[tuple[Version, ...], list[YamlFile], tuple[Finding, ...]]:
    """The versions, oldest first; all their files, by name; and why one could not be read. Findings: CF101-CF103."""
    files = [YamlFile(path, f"config/{FOLDER}/{path.name}") for path in list_checklists(config)]
    if not files:
        name = f"config/{FOLDER}"
        return (), [], (find("CF101", Place(name), "no version of the Ofsted checklist", file=f"{name}/2025-11.yaml"),)
    versions: list[Version] = []
    found: list[Finding] = []
    for file in files:
        checklist, findings = file.load(Checklist)
        found.extend(findings)
        if checklist:
            versions.append(Version(checklist, file))
    return tuple(sorted(versions, key=lambda version: version.checklist.in_force_from)), files, tuple(found)


def check_checklists(versions: Sequence[Version], rubric: Rubric) -> Iterator[Finding]:
    """Where versions disagree with the rubric or with one another. Findings: CF104."""
    days = Counter(version.checklist.in_force_from for version in versions)
    prompts = Counter(prompt.id for version in versions for area in version.checklist.areas for prompt in area.prompts)
    texts = Counter(prompt.text for version in versions for area in version.checklist.areas for prompt in area.prompts)
    for checklist, file in ((version.checklist, version.file) for version in versions):
        if days[checklist.in_force_from] > 1:
            remedy = "Give each version a day of its own, or remove one."
            yield find("CF104", file.place("in_force_from"), f"{checklist.in_force_from} twice", remedy=remedy)
        for position, area in enumerate(checklist.areas):
            for criterion in area.criteria:
                if not is_known(criterion, rubric):
                    remedy = "Name criteria of the rubric only."
                    yield find("CF104", file.place("areas", position, "criteria"), criterion, remedy=remedy)
            for number, prompt in enumerate(area.prompts):
                if prompts[prompt.id] > 1:
                    remedy = "Use each prompt's id once, in all versions together."
                elif texts[prompt.text] > 1:
                    remedy = "Word each prompt differently: a return's notes are told by the prompt's wording."
                else:
                    continue
                place = file.place("areas", position, "prompts", number, "id")
                yield find("CF104", place, prompt.id, remedy=remedy)
