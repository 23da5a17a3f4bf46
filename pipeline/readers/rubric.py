"""A folder that holds a rubric: `rubric.yaml` and a file for each area."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.model.finding import Finding, find
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import Area, Frame, LevelRule, Rubric
from pipeline.readers.yaml_file import YamlFile


def list_areas(rubric: Path) -> list[Path]:
    """The files of a rubric's areas."""
    return sorted(rubric.glob("area-*.yaml"))


def load_rubric(folder: Path, name: str) -> tuple[Rubric | None, list[YamlFile], tuple[Finding, ...]]:
    """A rubric, if it is sound, its files, and every mistake in them; `name` is how findings call the folder.

    Findings: CF101-CF104.
    """
    frame_file = YamlFile(folder / "rubric.yaml", f"{name}/rubric.yaml")
    frame, findings = frame_file.load(Frame)
    area_files = [YamlFile(path, f"{name}/{path.name}") for path in list_areas(folder)]
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
    ordered = sorted((area for _, area in areas), key=lambda area: area.number)
    in_use = tuple(area for area in ordered if area.status != "retired")
    return Rubric(frame, in_use, tuple(area for area in ordered if area.status == "retired")), [frame_file, *area_files], ()


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
