"""The file `plan_words.yaml`: how schools say things in a plan."""

from pathlib import Path

from pipeline.model.finding import Finding, find
from pipeline.model.plan_words import PlanWords
from pipeline.readers.yaml_file import YamlFile


def load_plan_words(path: Path, name: str) -> tuple[PlanWords | None, tuple[Finding, ...]]:
    """The table; `name` is how findings call the file.

    Findings: CF101-CF103 (the file, a value), CF104 (a word that stands for two statuses or for two columns).
    """
    file = YamlFile(path, name)
    words, findings = file.load(PlanWords)
    if words is None:
        return None, findings
    found = [*_find_doubles(file, "statuses", vars(words.statuses)), *_find_doubles(file, "headings", vars(words.headings))]
    return (None if found else words), tuple(found)


def _find_doubles(file: YamlFile, part: str, lists: dict[str, tuple[str, ...]]) -> list[Finding]:
    """Words that stand on two lists: nobody could say which is meant."""
    first: dict[str, str] = {}
    found = []
    for key, words in lists.items():
        for position, word in enumerate(words):
            folded = " ".join(word.casefold().split())
            if first.setdefault(folded, key) != key:
                remedy = f"Keep this word on one list only: it stands for “{first[folded]}” as well."
                found.append(find("CF104", file.place(part, key, position), f"{key}: {word}", remedy=remedy))
    return found
