"""A folder that holds a rubric: `rubric.yaml` and a file for each area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.draft import Draft, Whereabouts
from pipeline.model.finding import Finding, Place, find
from pipeline.model.rubric import Area, Frame, Rubric
from pipeline.model.settings import Service
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.rubric_soundness import check_areas, check_frame
from pipeline.rules.services import name_services


@dataclass(frozen=True)
class RubricFolder:
    """A rubric's files, and the rubric as they hold it: None where it is not sound. `by_area` follows the draft's areas."""

    draft: Draft | None
    frame_file: YamlFile
    area_files: Sequence[YamlFile]
    by_area: Sequence[YamlFile]

    @property
    def files(self) -> list[YamlFile]:
        """All of them, the frame's first."""
        return [self.frame_file, *self.area_files]

    @property
    def where(self) -> Whereabouts:
        """The file and line of each part."""
        return _whereabouts(self.frame_file, self.by_area)


def list_areas(rubric: Path) -> list[Path]:
    """The files of a rubric's areas."""
    return sorted(rubric.glob("area-*.yaml"))


def load_rubric(
    folder: Path, name: str, services: Mapping[str, Service]
) -> tuple[Rubric | None, list[YamlFile], tuple[Finding, ...]]:
    """A rubric with the services in its wording named, if it is sound; its files; and every mistake in them. `name` is how
    findings call the folder.

    Findings: CF101-CF104.
    """
    read, findings = read_rubric(folder, name)
    return name_services(read.draft.rubric, services) if read.draft else None, read.files, findings


def read_rubric(folder: Path, name: str) -> tuple[RubricFolder, tuple[Finding, ...]]:
    """A rubric with its retired areas, and where each part of it stands; `name` is how findings call the folder.

    Findings: CF101-CF104.
    """
    frame_file = YamlFile(folder / "rubric.yaml", f"{name}/rubric.yaml")
    frame, findings = frame_file.load(Frame)
    area_files = [YamlFile(path, f"{name}/{path.name}") for path in list_areas(folder)]
    found, areas = list(findings), []
    for file in area_files:
        area, area_findings = file.load(Area)
        found.extend(area_findings)
        if area:
            areas.append((area, file))
    if not area_files:
        remedy = "Put the files area-1.yaml and so on back beside this file."
        found.append(find("CF104", frame_file.place(), "no areas", remedy=remedy))
    areas.sort(key=lambda one: one[0].number)
    all_areas, by_area = tuple(area for area, _ in areas), tuple(file for _, file in areas)
    if frame:
        where = _whereabouts(frame_file, by_area)
        found.extend(check_frame(frame, where))
        # An area that could not be read may be the very one that is spoken of.
        if len(areas) == len(area_files):
            found.extend(check_areas(frame, all_areas, where))
    draft = Draft(frame, all_areas) if frame and not found else None
    return RubricFolder(draft, frame_file, area_files, by_area), tuple(found)


def find_area_files(folder: Path, name: str) -> tuple[dict[int, str], tuple[Finding, ...]]:
    """Number → file name of the areas that a folder holds, and why a file of them cannot be read. Findings: CF101-CF103."""
    names: dict[int, str] = {}
    found: list[Finding] = []
    for path in list_areas(folder):
        area, findings = YamlFile(path, f"{name}/{path.name}").load(Area)
        found.extend(findings)
        if area:
            names[area.number] = path.name
    return names, tuple(found)


def _whereabouts(frame_file: YamlFile, by_area: Sequence[YamlFile]) -> Whereabouts:
    def locate(area: int | None, *loc: int | str) -> Place:
        return (frame_file if area is None else by_area[area]).place(*loc)

    return Whereabouts(locate, lambda _: "listed in rubric.yaml")
