"""The folder `config/`: settings, rubric, outcomes, guidance, resources, the Ofsted checklist, and what makes a return odd."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipeline import __version__
from pipeline.model.finding import Finding, find
from pipeline.model.paper import BY_ADVISERS, FOR_ADVISERS
from pipeline.model.project import Configuration, Kept
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Checklist, Guidance, Outcomes, Resources, Service, Settings
from pipeline.readers.checklist import check_checklists, list_checklists, load_checklists
from pipeline.readers.guidance import check_guidance
from pipeline.readers.oddity import ODDITY, load_oddity
from pipeline.readers.rubric import list_areas, load_rubric
from pipeline.readers.services import check_references
from pipeline.readers.strategy import check_strategy
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.services import explain_services, name_services
from pipeline.rules.succession import is_known, name_criteria


def recall_configuration(folder: Path, remembered: Path) -> Configuration | None:
    """The configuration as `write_configuration` left it: the same as `load_configuration` gives, and sooner.

    None where a file of the folder has changed since, or nothing sound is remembered."""
    try:
        content = remembered.read_bytes()
        from pydantic import TypeAdapter  # noqa: PLC0415 - heavy

        configuration: Configuration = TypeAdapter(Configuration).validate_json(content)
        rubric = configuration.settings.rubric
        others = [path for other in _list_others(folder, rubric) for path in _list_rubric(other)]
        is_same = configuration.digest == _digest(path.read_bytes() for path in _list_files(folder, rubric))
        return configuration if is_same and configuration.beside == _digest(path.read_bytes() for path in others) else None
    except (OSError, ValueError):
        return None


def _list_files(folder: Path, rubric: str) -> list[Path]:
    names = ("outcomes.yaml", "guidance.yaml", "resources.yaml")
    oddity = [folder / ODDITY] if (folder / ODDITY).exists() else []
    beside = [*(folder / name for name in names), *list_checklists(folder), *oddity]
    return [folder / "settings.yaml", *_list_rubric(folder / rubric), *beside]


def _list_rubric(folder: Path) -> list[Path]:
    return [folder / "rubric.yaml", *list_areas(folder)]


def _list_others(folder: Path, rubric: str) -> list[Path]:
    """The folders of the rubrics that are kept beside the one in use."""
    return sorted(path.parent for path in folder.glob("rubric*/rubric.yaml") if path.parent.name != rubric)


def _digest(texts: Iterable[bytes]) -> str:
    return sha256(b"\0".join((__version__.encode(), *texts))).hexdigest()


def load_configuration(folder: Path) -> tuple[Configuration | None, tuple[Finding, ...]]:
    """Reads the whole folder and gives every mistake in it at once.

    A rubric that is only kept may have mistakes: it is a draft then, and no return is rated under it.
    Findings: CF101 and CF102 (a file), CF103 (a value), CF104 (two values that disagree).
    """
    settings_file = YamlFile(folder / "settings.yaml", "config/settings.yaml")
    settings, findings = settings_file.load(Settings)
    rubric_folder = settings.rubric if settings else "rubric"
    services = settings.services if settings else {}
    rubric, rubric_files, rubric_findings = load_rubric(folder / rubric_folder, f"config/{rubric_folder}", services)
    outcomes_file = YamlFile(folder / "outcomes.yaml", "config/outcomes.yaml")
    outcomes, outcomes_findings = outcomes_file.load(Outcomes)
    guidance_file = YamlFile(folder / "guidance.yaml", "config/guidance.yaml")
    guidance, guidance_findings = guidance_file.load(Guidance)
    versions, checklist_files, checklist_findings = load_checklists(folder)
    resources_file = YamlFile(folder / "resources.yaml", "config/resources.yaml")
    resources, resources_findings = resources_file.load(Resources)
    oddity, oddity_files, oddity_findings = load_oddity(folder)
    found = [*findings, *rubric_findings, *outcomes_findings, *guidance_findings, *checklist_findings, *resources_findings]
    found.extend(oddity_findings)
    if settings and settings.cycle not in settings.cycles:
        remedy = f"Write for “cycle” one of the cycles listed: {', '.join(settings.cycles)}."
        found.append(find("CF104", settings_file.place("cycle"), settings.cycle, remedy=remedy))
    if settings:
        found.extend(check_references([*rubric_files, guidance_file], services))
        found.extend(_check_papers(settings, settings_file))
    if rubric and outcomes:
        found.extend(_check_outcomes(outcomes, rubric, outcomes_file))
    if rubric and settings and settings.inclusion_strategy:
        found.extend(check_strategy(settings.inclusion_strategy, rubric, settings_file))
    if rubric and outcomes and guidance:
        found.extend(check_guidance(guidance, rubric, outcomes, guidance_file))
    if rubric:
        found.extend(check_checklists(versions, rubric))
    if rubric and resources:
        found.extend(_check_resources(resources, rubric, resources_file))
    if not (settings and rubric and outcomes and guidance and versions and resources and oddity) or found:
        return None, tuple(found)
    files = [settings_file, *rubric_files, outcomes_file, guidance_file, resources_file, *checklist_files, *oddity_files]
    checklists = tuple(version.checklist for version in versions)
    library = Library(checklists, resources, services)
    kept, beside = _keep_others(_list_others(folder, rubric_folder), rubric, library)
    told = explain_services(name_services(guidance, services), services)
    named = name_criteria(checklists, resources, rubric)
    digest = _digest(file.text for file in files)
    own = _digest(file.text for file in rubric_files)
    return Configuration(settings, rubric, outcomes, told, *named, digest, oddity, kept, beside, own), ()


class Library(NamedTuple):
    """What names criteria, whichever the edition."""

    checklists: tuple[Checklist, ...]
    resources: Resources
    services: Mapping[str, Service]


def _keep_others(folders: Iterable[Path], in_use: Rubric, library: Library) -> tuple[tuple[Kept, ...], str]:
    """The sound rubrics of other editions than the one in use, the first of each; and the digest of all their files."""
    kept: dict[str, Kept] = {}
    texts: list[bytes] = []
    for folder in folders:
        rubric, files, _ = load_rubric(folder, f"config/{folder.name}", library.services)
        texts += [file.text for file in files]
        if rubric and rubric.edition not in (in_use.edition, *kept):
            named = name_criteria(library.checklists, library.resources, rubric)
            kept[rubric.edition] = Kept(rubric, *named, _digest(file.text for file in files))
    return tuple(kept.values()), _digest(texts)


def _check_papers(settings: Settings, file: YamlFile) -> Iterator[Finding]:
    for paper, matters in settings.papers.items():
        for matter in FOR_ADVISERS.intersection(matters) if paper not in BY_ADVISERS else ():
            remedy = f"Take “{matter}” out: only officers and advisers may see it, in {' or '.join(sorted(BY_ADVISERS))}."
            yield find("CF104", file.place("papers", paper), matter, remedy=remedy)


def _check_outcomes(outcomes: Outcomes, rubric: Rubric, file: YamlFile) -> Iterator[Finding]:
    earlier = {int(key.partition(".")[0]) for criterion in rubric.criteria.values() for key in criterion.formerly}
    known = earlier.union(area.number for area in (*rubric.areas, *rubric.retired))
    ids = {measure.id for measure in outcomes.measures}
    for position, measure in enumerate(outcomes.measures):
        for area in measure.areas:
            if area not in known:
                yield find(
                    "CF104", file.place("measures", position, "areas"), f"{area}", remedy="Name areas of the rubric only."
                )
        if measure.part_of and measure.part_of not in ids:
            place = file.place("measures", position, "part_of")
            yield find("CF104", place, measure.part_of, remedy="Name the id of another measure.")


def _check_resources(resources: Resources, rubric: Rubric, file: YamlFile) -> Iterator[Finding]:
    ids = Counter(resource.id for resource in resources.resources)
    for position, resource in enumerate(resources.resources):
        if ids[resource.id] > 1:
            yield find("CF104", file.place("resources", position, "id"), resource.id, remedy="Use each resource's id once.")
        if not resource.address.startswith(("https://", "http://")):
            remedy = "Write the address in full, beginning with https://."
            yield find("CF104", file.place("resources", position, "address"), resource.id, remedy=remedy)
        for topic in resource.topics:
            if not is_known(topic, rubric):
                yield find(
                    "CF104", file.place("resources", position, "topics"), topic, remedy="Name criteria of the rubric only."
                )
