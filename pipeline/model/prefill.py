"""What a school said before, and what of it the next workbook is sent out with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model.level import Answer
from pipeline.model.submission import Figure


@dataclass(frozen=True)
class Told:
    """One answer and its evidence, letter for letter. `answer` is None where the cell was blank or could not be understood."""

    answer: Answer | None
    evidence: str


@dataclass(frozen=True)
class Said:
    """What a school's record of one cycle says: criterion id → what it gave, those that were only carried from before and not
    confirmed included; and its figures. `on` is the day the workbook was completed, or else the day it was rated."""

    cycle: str
    edition: str
    on: date
    told: Mapping[str, Told]
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Prefill:
    """What a school's next workbook already holds.

    Shape: `old`, criterion id → answer and evidence; `last_time`, every criterion the school is asked → the text beside it: the
    answer, how old it is, and what has changed in the criterion; `figures`, measure id → figures, as typed. `cycle` is the one
    the answers come from; `new` and `changed` count criteria.
    """

    cycle: str
    old: Mapping[str, Told]
    last_time: Mapping[str, str]
    figures: Mapping[str, Figure]
    new: int
    changed: int
