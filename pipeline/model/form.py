"""The words a workbook is recognised by: sheet names, headings and labels, shared by its writer and its reader."""

START = "Start here"
SCHOOL = "Your school"
CHECKLIST = "Ofsted checklist"
OUTCOMES = "Outcomes"

EDITION = "Workbook edition"

# Headings of an area sheet.
REF = "Ref"
CRITERION = "Criterion"
DUTY = "Statutory"
ANSWER = "Your answer"
EVIDENCE = "How do you know? (evidence)"
OWN = "Your own next step"
# Two more in a pre-filled workbook: where a school says that an old answer still holds, and what we knew when it was sent.
STILL_TRUE = "Still true?"
LAST_TIME = "Last time"
AGAIN = (STILL_TRUE, LAST_TIME)
PREFILLED_FROM = "pre-filled from"  # stands in the line of the workbook's edition, before the cycle
# How the text beside an answer goes on after the criterion's id: the answer and its age, or one of the other two.
FROM = ", from "
NEW = "new this time"
NOT_ANSWERED = "not answered in"
AND_AGAIN = ", and again in"  # after an age: nothing of the answer has changed for longer than a cycle
CHANGED = "Changed: "
COUNT_CELL = "A5"  # of the first sheet: how much is pre-filled

# Below the criteria of an area sheet: the label, what is said of it, and the cell under the answers.
VIEW = "Our own view of this area"
VIEW_HINT = "Optional: the level you would give this area yourselves. It stands beside what your answers come to."

# Labels of the sheet "Your school", each with its value in the next cell.
URN = "URN"
LAESTAB = "LAESTAB"
NAME = "School name"
PHASE = "Phase"
DISTRICT = "District"
COMPLETED_BY = "Completed by"
ROLE = "Role"
COMPLETED_ON = "Date completed"
GOVERNOR = "Governor who agreed it"
SIGNED_ON = "Date agreed by governors"
CONSENT = "May we share your good practice with other schools?"
YES, NO = "Yes", "No"

# Headings of the checklist and of the outcomes.
PROMPT = "Could you answer this?"
READY = "Where are you?"
READINESS = ("Yes", "Partly", "Not yet")
NOTE = "Where it can be seen"
MEASURE = "Measure"
THIS_YEAR = "Last school year"
LAST_YEAR = "The year before"


def answer_name(criterion: str) -> str:
    """The defined name of a criterion's answer cell: a third witness, beside wording and reference, when cells were moved."""
    return f"answer_{criterion.replace('.', '_')}"


def view_name(area: int) -> str:
    """The defined name of the cell that holds a school's own view of an area."""
    return f"own_view_{area}"


def state_edition(edition: str, cycle: str, prefilled_from: str = "") -> str:
    """What a workbook says of itself: the rubric's edition, its cycle, and the cycle of the answers it was sent out with."""
    return f"{edition}, {cycle}, {PREFILLED_FROM} {prefilled_from}" if prefilled_from else f"{edition}, {cycle}"


def area_sheet(number: int, name: str) -> str:
    """The name of an area's sheet: legal in Excel, at most 31 characters, cut at a word."""
    cleaned = "".join(" " if mark in "[]:*?/\\'" else mark for mark in name)
    title = f"{number}"
    for word in cleaned.split():
        if len(title) + len(word) + 1 > 26 or word.startswith("("):
            break
        title = f"{title} {word}"
    return title.rstrip(",").removesuffix(" and").rstrip(",")
