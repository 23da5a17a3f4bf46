"""The file `guidance.yaml` set beside what it names: themes of the rubric, measures of the outcomes, an address."""

import re
from collections.abc import Iterator

from pipeline.model.finding import Finding, find
from pipeline.model.rubric import Rubric
from pipeline.model.settings import Guidance, Outcomes
from pipeline.readers.yaml_file import YamlFile

_ADDRESS = re.compile(r'https?://[^\s"]+')


def check_guidance(guidance: Guidance, rubric: Rubric, outcomes: Outcomes, file: YamlFile) -> Iterator[Finding]:
    """Findings: CF104 (an outcome sought names what is not there; an address that is none)."""
    measures = {measure.id for measure in outcomes.measures}
    for position, sought in enumerate(guidance.outcomes_sought):
        place = ("outcomes_sought", position)
        for theme in sought.themes:
            if theme not in rubric.frame.themes:
                yield find("CF104", file.place(*place, "themes"), theme, remedy="Name themes of the rubric only.")
        for measure in sought.measures:
            if measure not in measures:
                yield find("CF104", file.place(*place, "measures"), measure, remedy="Name measures of outcomes.yaml only.")
    address = guidance.strategy.address
    if address and not _ADDRESS.fullmatch(address):
        remedy = "Write the address in full, beginning with https://."
        yield find("CF104", file.place("strategy", "address"), guidance.strategy.title, remedy=remedy)
