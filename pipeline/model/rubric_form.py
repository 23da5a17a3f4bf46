"""The words of the rubric's workbook: sheets, headings and settings, shared by its writer and its reader."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. `TEXT` may be empty; `LIST` has one entry a line; `NUMBERS` likewise."""

    ID = "id"
    WORDING = "wording"
    TEXT = "text"
    LEVEL = "level"
    SHARE = "share"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"


@dataclass(frozen=True)
class Field:
    """One column of a sheet, or one line of the settings. `width` is in characters."""

    heading: str
    kind: Kind
    width: float = 40


@dataclass(frozen=True)
class Form:
    """One sheet: its name, what it is for, and its columns."""

    sheet: str
    note: str
    fields: tuple[Field, ...]
    spare: int = 6

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns' headings."""
        return tuple(field.heading for field in self.fields)


README = "Read me"

AREA, OVERALL = "An area", "Overall"
LEVEL_KIND, STATE_KIND = "Level", "Other rating"
YES, NO = "Yes", "No"
ALL_PHASES = "All"

SETTING, VALUE, MEANING = "Setting", "Value", "What it means"

SETTINGS = Form(
    "Settings",
    "What holds for the whole rubric. Change the second column only.",
    (Field(SETTING, Kind.ID, 44), Field(VALUE, Kind.TEXT, 62), Field(MEANING, Kind.TEXT, 72)),
    0,
)
RULES = Form(
    "Rules",
    "How levels are decided. A rule is met when at least the share stands at the level or better and none stands "
    "below the floor; "
    "the first rule met, from the top, gives the level. Write a share as a fraction, such as 3/4. “Areas by name” has "
    "one a line: "
    "5: Established.",
    (
        Field("For", Kind.CHOICE, 16),
        Field("Level", Kind.LEVEL, 18),
        Field("Share", Kind.SHARE, 12),
        Field("At least", Kind.LEVEL, 18),
        Field("None below", Kind.LEVEL, 18),
        Field("Areas by name", Kind.LIST, 34),
    ),
)
LEVELS = Form(
    "Levels",
    "How levels are called, and what a rating says where none is reached or none can be given. Keep the first two columns.",
    (
        Field("Kind", Kind.CHOICE, 16),
        Field("Id", Kind.ID, 18),
        Field("Label", Kind.WORDING, 24),
        Field("Second name", Kind.TEXT, 28),
        Field("Meaning", Kind.TEXT, 90),
    ),
    0,
)
ANSWERS = Form(
    "Answers",
    "What a school may answer, and what people type instead, one a line. Capitals, spaces at the ends and a full stop make no "
    "difference. Keep the first column.",
    (
        Field("Id", Kind.ID, 18),
        Field("Label", Kind.WORDING, 24),
        Field("Meaning", Kind.TEXT, 80),
        Field("Also typed as", Kind.LIST, 34),
    ),
    0,
)
AREAS = Form(
    "Areas",
    "The Areas of Focus. A retiring area is still asked; a retired one is not. “Leads to” has the numbers of the "
    "areas that take "
    "over, one a line. Retire an area, and keep its rows, so that last cycle's ratings still compare.",
    (
        Field("Number", Kind.NUMBER, 10),
        Field("Name", Kind.WORDING, 40),
        Field("Status", Kind.CHOICE, 14),
        Field("Leads to", Kind.LIST, 12),
        Field("Definition", Kind.TEXT, 96),
    ),
    3,
)
CRITERIA = Form(
    "Criteria",
    "One row a criterion, in the order in which schools are asked. Its id is the area's number, a point and a number. "
    "A statutory "
    "duty caps the rating while it is not in place; its source stands on the sheet Sources. Themes, phases and former "
    "ids have one a "
    "line.",
    (
        Field("Id", Kind.ID, 7),
        Field("Title", Kind.WORDING, 24),
        Field("Emerging", Kind.WORDING, 38),
        Field("Established", Kind.WORDING, 38),
        Field("Advanced", Kind.WORDING, 38),
        Field("Statutory duty", Kind.TEXT, 30),
        Field("Source", Kind.ID, 9),
        Field("Phases", Kind.LIST, 13),
        Field("Themes", Kind.LIST, 20),
        Field("Lead", Kind.TEXT, 18),
        Field("Formerly", Kind.LIST, 10),
    ),
    12,
)
TITLE_SHOWN = "Its title (not read back)"
STEPS = Form(
    "Steps",
    "What lifts a criterion to each level: the opportunity, a suggested action, and how one would know. Three rows a "
    "criterion. The "
    "second column follows the sheet Criteria by itself.",
    (
        Field("Criterion", Kind.ID, 10),
        Field(TITLE_SHOWN, Kind.TEXT, 26),
        Field("To level", Kind.LEVEL, 14),
        Field("Opportunity", Kind.TEXT, 40),
        Field("Action", Kind.TEXT, 56),
        Field("Success", Kind.TEXT, 48),
    ),
    36,
)
THEMES = Form(
    "Themes",
    "What criteria bear on beyond their own area; the local authority's reports group by these.",
    (Field("Id", Kind.ID, 32), Field("Theme", Kind.WORDING, 90)),
)
SOURCES = Form(
    "Sources",
    "Where the statutory criteria come from. Open each address, mend what has changed, set the date, and write under "
    "“Standing”: "
    "read at source.",
    (
        Field("Id", Kind.ID, 8),
        Field("Title", Kind.WORDING, 50),
        Field("In force", Kind.TEXT, 34),
        Field("Address", Kind.TEXT, 56),
        Field("Checked on", Kind.DATE, 18),
        Field("Standing", Kind.TEXT, 44),
    ),
)
FORMS = (SETTINGS, RULES, LEVELS, ANSWERS, AREAS, CRITERIA, STEPS, THEMES, SOURCES)

STATUSES = ("active", "retiring", "retired")


@dataclass(frozen=True)
class Setting:
    """One line of the settings: where its value stands in the rubric's frame, and what people read."""

    path: tuple[str, ...]
    label: str
    kind: Kind
    meaning: str


_EVIDENCE, _GATE, _OVERALL = ("rules", "evidence"), ("rules", "gate"), ("rules", "overall")
_PRIORITIES = ("rules", "priorities")
SETTING_LINES = (
    Setting(("id",), "Rubric id", Kind.ID, "Printed on workbooks and plans, with the version. Keep it."),
    Setting(
        ("version",),
        "Version",
        Kind.ID,
        "Two numbers, such as 1-0. Raise the second after a change of wording alone; the first when ratings stop "
        "being comparable.",
    ),
    Setting(("title",), "Title", Kind.WORDING, "The rubric's name."),
    Setting(
        ("follows",),
        "Follows",
        Kind.TEXT,
        "The edition it succeeds, such as inclusive-practice 1-0: the one whose ids are under “Formerly”. Empty for a first.",
    ),
    Setting((*_EVIDENCE, "required_for"), "Evidence is required for", Kind.LEVEL, "An answer at this level, or above ..."),
    Setting((*_EVIDENCE, "counts_as"), "Without evidence it counts as", Kind.LEVEL, "... counts as this while none is given."),
    Setting((*_EVIDENCE, "step", "opportunity"), "Evidence: opportunity", Kind.TEXT, "What the plan then suggests."),
    Setting((*_EVIDENCE, "step", "action"), "Evidence: action", Kind.TEXT, "What the school would do."),
    Setting((*_EVIDENCE, "step", "success"), "Evidence: success", Kind.TEXT, "How one would know."),
    Setting(
        (*_GATE, "caps_area_at"),
        "A missing duty holds its area at",
        Kind.LEVEL,
        "The highest an area can be with a statutory gap.",
    ),
    Setting(
        (*_GATE, "caps_overall_at"),
        "A missing duty holds the overall at",
        Kind.LEVEL,
        "The highest the overall rating can then be.",
    ),
    Setting((*_OVERALL, "enabled"), "An overall rating is given", Kind.CHOICE, "No: the plan shows the areas only."),
    Setting((*_OVERALL, "lowest"), "Overall, where no rule is met", Kind.LEVEL, "The lowest overall rating."),
    Setting((*_PRIORITIES, "most"), "Priorities at most", Kind.NUMBER, "On the plan's first page, after the statutory gaps."),
    Setting(
        (*_PRIORITIES, "most_in_one_area"),
        "Priorities in one area at most",
        Kind.NUMBER,
        "So that one weak area does not fill the page.",
    ),
)


def level_word(key: str) -> str:
    """A level or an answer as the workbook calls it, whatever its label: `not-yet` is "Not yet"."""
    return key.replace("-", " ").capitalize()


def quote_item(item: str) -> str:
    """An entry of a list as one line of a cell: as it is, or in quotation marks where it could not be told from another."""
    is_plain = item and item == item.strip() and item.isprintable() and item[0] not in "\"'"
    if is_plain:
        return item
    escaped = item.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
