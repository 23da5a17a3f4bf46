"""What it takes to read back the plans of the last cycle: a cold run with them, beside the same run without."""

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import inclusion, run

_ROUNDS = 5  # pairs of cold runs, of which the median is taken


@dataclass(frozen=True)
class PlansBack:
    """How many plans were taken in beside how many returns, the seconds of a cold run without them, and those they add."""

    plans: int
    returns: int
    cold: float
    added: float

    @property
    def share(self) -> float:
        """What a plan adds, as a share of what a return takes."""
        return (self.added / self.plans) / (self.cold / self.returns)


def measure_plans_back(folder: Path, schools: int) -> PlansBack:
    """Lays out a county of two cycles in `folder`, and runs the second cold, by turns with the plans that came back and without:
    a slow moment of the machine falls on both."""
    inclusion("demo", "--schools", str(schools), "--seed", "1", "--cycles", "2", "--out", str(folder))
    (plans,) = folder.glob("inputs/*/plans")
    cycle = plans.parent
    outputs, aside = folder / "outputs" / cycle.name, folder / "aside"
    cold, added = [], []
    for number in range(_ROUNDS):
        plans.rename(aside)
        without = run(folder).seconds
        outputs.rename(folder / f"without-{number}")
        aside.rename(plans)
        beside = run(folder).seconds
        taken = sum(json.loads(path.read_bytes())["came_back"] is not None for path in outputs.glob("records/*.json"))
        outputs.rename(folder / f"with-{number}")
        cold.append(without)
        added.append(beside - without)
    returns = sum(path.is_file() for path in (cycle / "returns").rglob("*"))
    return PlansBack(taken, returns, statistics.median(cold), statistics.median(added))
