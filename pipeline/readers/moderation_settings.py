"""The file `config/moderation.yaml`: how schools are sampled for a visit. A project may do without it."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.model.finding import Finding, find
from pipeline.model.rubric import Rubric
from pipeline.model.settings import ModerationSettings
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.succession import is_known

FILE = "moderation.yaml"


def load_moderation_settings(folder: Path, rubric: Rubric) -> tuple[ModerationSettings | None, tuple[Finding, ...]]:
    """How schools are sampled; as the program has it where there is no such file. Findings: CF101-CF104."""
    path = folder / FILE
    if not path.exists():
        return ModerationSettings(), ()
    file = YamlFile(path, f"config/{FILE}")
    settings, findings = file.load(ModerationSettings)
    found = (*findings, *(_check(settings, rubric, file) if settings else ()))
    return (None if found else settings), found


def _check(settings: ModerationSettings, rubric: Rubric, file: YamlFile) -> Iterator[Finding]:
    for position, pair in enumerate(settings.contradictions):
        for key, criterion in (("high", pair.high), ("low", pair.low)):
            if not is_known(criterion, rubric):
                remedy = "Name criteria of the rubric only, or take the pair out."
                yield find("CF104", file.place("contradictions", position, key), criterion, remedy=remedy)
        if pair.high == pair.low:
            yield find("CF104", file.place("contradictions", position), pair.high, remedy="Name two different criteria.")
    for key, share in (("stratified", settings.stratified.share), ("thin", settings.thin.share)):
        if not 0 <= share <= 1:
            remedy = "Write “share” as a fraction from 0 to 1, such as 1/10."
            yield find("CF104", file.place(key, "share"), str(share), remedy=remedy)
    for cause, weight in settings.weights.items():
        if weight < 0:
            yield find("CF104", file.place("weights", cause), str(weight), remedy="Write 0 or more; 0 switches the cause off.")
