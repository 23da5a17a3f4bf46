"""The plans of the last term as they come back: most schools send theirs, edited, under a name of their own."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from pipeline.demo.establishment import Establishment
from pipeline.demo.material import load_material
from pipeline.demo.particulars import invent_particulars
from pipeline.demo.plan_editing import edit_plan, list_rows
from pipeline.demo.plan_life import live_through
from pipeline.demo.seasons import find_seasons
from pipeline.demo.submitting import INITIALS
from pipeline.model.plan_words import PlanWords

_COMES_BACK = 80  # in a hundred plans
_NAMES = (
    "{stem}",
    "{stem}",
    "{stem} updated",
    "Copy of {stem}",
    "{urn} action plan {month}",
    "{spoken} inclusion plan reviewed",
)


def give_back(
    plans: Path, county: Sequence[Establishment], words: PlanWords, days: tuple[date, date], seed: str
) -> Mapping[str, bytes]:
    """File name → a plan of the folder `plans` as its school sends it back. `days` are the first and the last of the term.
    The same plans and the same seed give the same bytes. Raises: OSError."""
    life, material = load_material("school_life.yaml"), load_material("plan_life.yaml")
    back: dict[str, bytes] = {}
    for establishment in county:
        path = plans / f"{establishment.school.file_stem}.docx"
        rng = Random(f"{seed} {establishment.school.urn}")
        if path.exists() and rng.randrange(100) < _COMES_BACK:
            content = path.read_bytes()
            own = invent_particulars(establishment, county, life, find_seasons(days[1]), rng)
            people = [f"{rng.choice(INITIALS)}. {name}" for name in rng.sample(life["surnames"], 2)]
            edits = live_through(list_rows(content, words), own, material, days, people, rng)
            back[_name(establishment, days[1], rng)] = edit_plan(content, edits, words)
    return back


def _name(establishment: Establishment, day: date, rng: Random) -> str:
    school = establishment.school
    told: Mapping[str, Any] = {
        "stem": school.file_stem,
        "urn": school.urn,
        "month": f"{day:%B}",
        "spoken": establishment.spoken,
    }
    return f"{rng.choice(_NAMES).format(**told)}.docx"
