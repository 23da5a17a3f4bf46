"""What the settings say of inclusion strategies, set beside the rubric."""

from collections.abc import Iterator

from pipeline.model.finding import Finding, find
from pipeline.model.rubric import Rubric
from pipeline.model.settings import InclusionStrategy
from pipeline.readers.yaml_file import YamlFile
from pipeline.rules.succession import is_known


def check_strategy(asked: InclusionStrategy, rubric: Rubric, file: YamlFile) -> Iterator[Finding]:
    """Findings: CF104 (a principle, a criterion or a source that is not there)."""
    for where, tags in (("areas", asked.areas), ("criteria", asked.criteria)):
        for key, principle in tags.items():
            if principle not in asked.principles:
                remedy = f"Write one of the principles: {', '.join(asked.principles)}."
                yield find("CF104", file.place("inclusion_strategy", where, key), principle, remedy=remedy)
    for criterion in asked.criteria:
        if not is_known(criterion, rubric):
            place = file.place("inclusion_strategy", "criteria", criterion)
            yield find("CF104", place, criterion, remedy="Name criteria of the rubric only.")
    if asked.source not in rubric.frame.sources:
        place = file.place("inclusion_strategy", "source")
        yield find("CF104", place, asked.source, remedy="Name one of the rubric's sources.")
