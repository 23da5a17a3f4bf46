"""What each name of a note back to a school means: "class.field" of `note` → meaning and example, as in `plan_names`."""

from collections.abc import Mapping

from pipeline.model.meaning import Meaning
from pipeline.model.plan_names import PLAN_NAMES

NOTE_NAMES: Mapping[str, Meaning] = {
    **{name: meaning for name, meaning in PLAN_NAMES.items() if name.startswith("PlanAuthority.")},
    "Note.authority": Meaning("The local authority that writes."),
    "Note.school": Meaning("The school that is written to."),
    "Note.cycle": Meaning("The cycle, as the settings name it.", "Autumn term 2026"),
    "Note.returned_file": Meaning("The name of the file that came back.", "Fennacre self-evaluation.xlsx"),
    "Note.has_marked_copy": Meaning(
        "Whether a copy of the return with its cells marked goes with the note. Use it in a condition.", "yes or no"
    ),
    "Note.due": Meaning("The day on which returns are due, from the settings.", "16 October 2026"),
    "Note.lines": Meaning("What there is to mend, a line a thing. There is always one, and at most fourteen.", each="line"),
    "Note.more": Meaning("How many more points had no room on the page; 0 counts as “no” in a condition.", "3"),
    "Note.can_be_rated": Meaning("Whether a plan is made from what could be read. Use it in a condition.", "yes or no"),
    "NoteSchool.name": Meaning(
        "The school's name; the file's name where it is not known whose it is.", "Fennacre St Benedict's Primary School"
    ),
    "NoteSchool.urn": Meaning("Its URN; empty where it is not known which school it is.", "900101"),
    "NoteLine.sheet": Meaning("The sheet to look at; “All” for the whole file.", "5 Safeguarding, Health"),
    "NoteLine.cell": Meaning("The cell or cells; “All” for the whole sheet.", "G4, G6 and G7"),
    "NoteLine.what_we_read": Meaning("What was found there. It never quotes what the school wrote.", "No answer"),
    "NoteLine.what_is_needed": Meaning("What the school is asked to do.", "Choose an answer from the list."),
}
