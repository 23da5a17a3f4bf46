"""The folder `config/`: settings, rubric, outcomes, guidance, resources and the Ofsted checklist."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.model.finding import Finding, find
from pipeline.model.level import Answer, Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Area, Frame, LevelRule, Rubric
from pipeline.model.settings import Checklist, Guidance, Outcomes, Resources, Settings
from pipeline.readers.yaml_file import YamlFile


def recall_configuration(folder: Path, remembered: Path) -> Configuration | None:
    """The configuration as `write_configuration` left it: the same as `load_configuration` gives, and sooner.

    None where a file of the folder has changed since, or nothing sound is remembered."""
    try:
        content = remembered.read_bytes()
        from pydantic import TypeAdapter  # noqa: PLC0415 - heavy

        configuration = TypeAdapter(Configuration).validate_json(content)
        paths = _list_files(folder, configuration.settings.rubric)
        return configuration if configuration.digest == _digest(path.read_bytes() for path in paths) else None
    except (OSError, ValueError):
        return None


def _list_files(folder: Path, rubric: str) -> list[Path]:
    names = ("outcomes.yaml", "guidance.yaml", "ofsted.yaml", "resources.yaml")
    areas = _list_areas(folder / rubric)
    return [folder / "settings.yaml", folder / rubric / "rubric.yaml", *areas, *(folder / name for name in names)]


def _list_areas(rubric: Path) -> list[Path]:
    return sorted(rubric.glob("area-*.yaml"))


def _digest(texts: Iterable[bytes]) -> str:
    return sha256(b"\0".join((__version__.encode(), *texts))).hexdigest()


def load_configuration(folder: Path) -> tuple[Configuration | None, tuple[Finding, ...]]:
    """Reads the whole folder and gives every mistake in it at once.

    Findings: CF101 and CF102 (a file), CF103 (a value), CF104 (two values that disagree).
    """
    settings_file = YamlFile(folder / "settings.yaml", "config/settings.yaml")
    settings, findings = settings_file.load(Settings)
    rubric_folder = settings.rubric if settings else "rubric"
    rubric, rubric_files, rubric_findings = _load_rubric(folder / rubric_folder, f"config/{rubric_folder}")
    outcomes_file = YamlFile(folder / "outcomes.yaml", "config/outcomes.yaml")
    outcomes, outcomes_findings = outcomes_file.load(Outcomes)
    guidance_file = YamlFile(folder / "guidance.yaml", "config/guidance.yaml")
    guidance, guidance_findings = guidance_file.load(Guidance)
    checklist_file = YamlFile(folder / "ofsted.yaml", "config/ofsted.yaml")
    checklist, checklist_findings = checklist_file.load(Checklist)
    resources_file = YamlFile(folder / "resources.yaml", "config/resources.yaml")
    resources, resources_findings = resources_file.load(Resources)
    found = [*findings, *rubric_findings, *outcomes_findings, *guidance_findings, *checklist_findings, *resources_findings]
    if settings and settings.cycle not in settings.cycles:
        remedy = f"Write for “cycle” one of the cycles listed: {', '.join(settings.cycles)}."
        found.append(find("CF104", settings_file.place("cycle"), settings.cycle, remedy=remedy))
    if rubric and checklist:
        found.extend(_check_checklist(checklist, rubric, checklist_file))
    if rubric and resources:
        found.extend(_check_resources(resources, rubric, resources_file))
    if not (settings and rubric and outcomes and guidance and checklist and resources) or found:
        return None, tuple(found)
    files = [settings_file, *rubric_files, outcomes_file, guidance_file, checklist_file, resources_file]
    digest = _digest(file.text for file in files)
    return Configuration(settings, rubric, outcomes, guidance, checklist, resources.resources, digest), ()


def _load_rubric(folder: Path, name: str) -> tuple[Rubric | None, list[YamlFile], tuple[Finding, ...]]:
    frame_file = YamlFile(folder / "rubric.yaml", f"{name}/rubric.yaml")
    frame, findings = frame_file.load(Frame)
    area_files = [YamlFile(path, f"{name}/{path.name}") for path in _list_areas(folder)]
    loaded = [(file, *file.load(Area)) for file in area_files]
    found = [*findings, *(finding for _, _, area_findings in loaded for finding in area_findings)]
    areas = [(file, area) for file, area, _ in loaded if area]
    if not area_files:
        found.append(
            find("CF104", frame_file.place(), "no areas", remedy="Put the files area-1.yaml and so on back beside this file.")
        )
    if frame:
        found.extend(_check_frame(frame, frame_file))
        found.extend(_check_areas(frame, areas))
    if found or not frame:
        return None, [frame_file, *area_files], tuple(found)
    in_use = sorted((area for _, area in areas if area.status != "retired"), key=lambda area: area.number)
    return Rubric(frame, tuple(in_use)), [frame_file, *area_files], ()


def _check_frame(frame: Frame, file: YamlFile) -> Iterator[Finding]:
    for answer in Answer:
        if answer not in frame.answers:
            yield find("CF104", file.place("answers"), answer.value, remedy=f"Add the answer “{answer.value}”.")
    for level in (Level.EMERGING, Level.ESTABLISHED, Level.ADVANCED):
        if level not in frame.levels:
            yield find("CF104", file.place("levels"), level.key, remedy=f"Add the level “{level.key}”.")
    for state in ("not-yet", "not-rated", "not-applicable"):
        if state not in frame.states:
            yield find("CF104", file.place("states"), state, remedy=f"Add the state “{state}”.")
    yield from _check_level_rules(frame.rules.area, file, "area")
    yield from _check_level_rules(frame.rules.overall.levels, file, "overall", "levels")


def _check_level_rules(rules: tuple[LevelRule, ...], file: YamlFile, *loc: str) -> Iterator[Finding]:
    for position, rule in enumerate(rules):
        if not 0 < rule.share <= 1:
            remedy = "Write “share” as a fraction above 0 and not above 1, such as 3/4."
            yield find("CF104", file.place("rules", *loc, position, "share"), str(rule.share), remedy=remedy)
    levels = [rule.level for rule in rules]
    if levels != sorted(set(levels), reverse=True):
        yield find("CF104", file.place("rules", *loc), "order", remedy="List each level once, the highest first.")


def _check_areas(frame: Frame, areas: list[tuple[YamlFile, Area]]) -> Iterator[Finding]:
    numbers = Counter(area.number for _, area in areas)
    ids = Counter(criterion.id for _, area in areas for criterion in area.criteria)
    titles = Counter(criterion.title for _, area in areas for criterion in area.criteria)
    for file, area in areas:
        if numbers[area.number] > 1:
            yield find("CF104", file.place("number"), str(area.number), remedy="Give each area a number of its own.")
        for target in area.crosswalk:
            if target not in numbers or target == area.number:
                remedy = "Name areas that exist, and not the area itself, in “crosswalk”."
                yield find("CF104", file.place("crosswalk"), str(target), remedy=remedy)
        for position, criterion in enumerate(area.criteria):
            loc = ("criteria", position)
            if not criterion.id.startswith(f"{area.number}.") or not criterion.id.removeprefix(f"{area.number}.").isdigit():
                remedy = f"Write the id as {area.number}. and a number, such as {area.number}.{position + 1}."
                yield find("CF104", file.place(*loc, "id"), criterion.id, remedy=remedy)
            if ids[criterion.id] > 1:
                yield find("CF104", file.place(*loc, "id"), criterion.id, remedy="Use each criterion's id once.")
            if titles[criterion.title] > 1:
                yield find(
                    "CF104",
                    file.place(*loc, "title"),
                    criterion.id,
                    remedy="Give each criterion a title of its own: returns are read by it.",
                )
            if criterion.gate and criterion.gate.source not in frame.sources:
                remedy = "Name a source listed in rubric.yaml, or add it there."
                yield find("CF104", file.place(*loc, "gate", "source"), criterion.gate.source, remedy=remedy)
            for theme in criterion.themes:
                if theme not in frame.themes:
                    yield find(
                        "CF104",
                        file.place(*loc, "themes"),
                        theme,
                        remedy="Name a theme listed in rubric.yaml, or add it there.",
                    )


def _check_checklist(checklist: Checklist, rubric: Rubric, file: YamlFile) -> Iterator[Finding]:
    prompts = Counter(prompt.id for area in checklist.areas for prompt in area.prompts)
    for position, area in enumerate(checklist.areas):
        for criterion in area.criteria:
            if criterion not in rubric.criteria:
                remedy = "Name criteria of the rubric only."
                yield find("CF104", file.place("areas", position, "criteria"), criterion, remedy=remedy)
        for number, prompt in enumerate(area.prompts):
            if prompts[prompt.id] > 1:
                yield find(
                    "CF104",
                    file.place("areas", position, "prompts", number, "id"),
                    prompt.id,
                    remedy="Use each prompt's id once.",
                )


def _check_resources(resources: Resources, rubric: Rubric, file: YamlFile) -> Iterator[Finding]:
    ids = Counter(resource.id for resource in resources.resources)
    for position, resource in enumerate(resources.resources):
        if ids[resource.id] > 1:
            yield find("CF104", file.place("resources", position, "id"), resource.id, remedy="Use each resource's id once.")
        if not resource.address.startswith(("https://", "http://")):
            remedy = "Write the address in full, beginning with https://."
            yield find("CF104", file.place("resources", position, "address"), resource.id, remedy=remedy)
        for topic in resource.topics:
            if topic not in rubric.criteria:
                yield find(
                    "CF104", file.place("resources", position, "topics"), topic, remedy="Name criteria of the rubric only."
                )
