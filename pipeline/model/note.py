"""What a note back to a school says. The field names are the names a template author writes in Word, letter for letter."""

from dataclasses import dataclass

from pipeline.model.plan import PlanAuthority


@dataclass(frozen=True)
class NoteSchool:
    """The school, as the register has it. Where it is not known which, `name` is the file's name and `urn` is empty."""

    name: str
    urn: str


@dataclass(frozen=True)
class NoteLine:
    """One thing to mend. `cell` may name several cells of one sheet; nothing a school wrote is quoted."""

    sheet: str
    cell: str
    what_we_read: str
    what_is_needed: str


@dataclass(frozen=True)
class Note:
    """Everything the template of a note may name. `more` counts the points that have no room on the page, `due` is the day on
    which the cycle's returns are due, `has_marked_copy` whether a copy with the cells marked goes with it; `can_be_rated` is
    whether a plan is made from what was read."""

    authority: PlanAuthority
    school: NoteSchool
    cycle: str
    returned_file: str
    has_marked_copy: bool
    due: str
    lines: tuple[NoteLine, ...]
    more: int
    can_be_rated: bool
