"""What each name of a district's paper means: "class.field" of `district` → meaning and example, as in `plan_names`."""

from collections.abc import Mapping

from pipeline.model.meaning import Meaning
from pipeline.model.plan_names import PLAN_NAMES
from pipeline.model.report_names import REPORT_NAMES

DISTRICT_NAMES: Mapping[str, Meaning] = {
    **{name: meaning for name, meaning in PLAN_NAMES.items() if name.startswith("PlanAuthority.")},
    **{name: meaning for name, meaning in REPORT_NAMES.items() if name.startswith("ReportNeed.")},
    "District.authority": Meaning("The local authority whose paper it is."),
    "District.cycle": Meaning("The cycle, as the settings name it.", "Autumn term 2026"),
    "District.made_on": Meaning("The day the paper was made.", "23 November 2026"),
    "District.place": Meaning("The district, trust or community, as the register names it.", "Sallowby"),
    "District.kind": Meaning("Which of them it is, in one word.", "district"),
    "District.school": Meaning(
        "The school that the paper is for alone; empty in the paper for all of them. Use it in a condition.",
        "Fennacre St Benedict's Primary School",
    ),
    "District.points": Meaning(
        "What the paper comes to, a sentence each.", "12 schools here are rated, of 51 in all.", each="point"
    ),
    "District.bands": Meaning(
        "The rubric's words for the levels, the highest first, then “Not rated”.", "Advanced", each="band"
    ),
    "District.levels": Meaning("How many schools stand at each level, area by area: those here, then all.", each="line"),
    "District.together": Meaning(
        "What schools here might work on together, a sentence each. There may be none.",
        "In Area 7, 6 schools here are Advanced: there is practice close by.",
        each="idea",
    ),
    "District.needs": Meaning("The opportunities that most schools here share. There may be none.", each="need"),
    "District.themes": Meaning("Themes, with the commonest opportunity of each. There may be none.", each="theme"),
    "District.outcomes": Meaning("Outcome figures. There are none where the settings leave them out.", each="outcome"),
    "District.caution": Meaning("What the outcome figures do not say.", "These figures say nothing of cause."),
    "District.limits": Meaning("How the figures came about and what they cannot say.", "Ratings are indicative.", each="limit"),
    "DistrictLevels.area": Meaning("The area by number and name, or “Overall”.", "5 Safeguarding, Health and Wellbeing"),
    "DistrictLevels.where": Meaning("Whether the line counts the schools here or all.", "This district"),
    "DistrictLevels.advanced": Meaning("How many schools are Advanced in it, or “not shown”.", "9"),
    "DistrictLevels.established": Meaning("How many are Established.", "17"),
    "DistrictLevels.emerging": Meaning("How many are Emerging.", "8"),
    "DistrictLevels.not_yet": Meaning("How many are not yet Emerging.", "6"),
    "DistrictLevels.not_rated": Meaning("How many have no rating in it.", "0"),
    "DistrictLevels.own": Meaning(
        "The level of the school that the paper is for; empty, to write in, in the paper for all of them.", "Established"
    ),
    "DistrictTheme.theme": Meaning("The theme.", "Attendance"),
    "DistrictTheme.criterion": Meaning("The criterion's number.", "5.2"),
    "DistrictTheme.opportunity": Meaning("The opportunity, as a next step.", "Give every family a clear way in."),
    "DistrictTheme.schools": Meaning("How many schools here have it.", "7"),
    "DistrictOutcome.measure": Meaning("What the figure is called.", "Attendance"),
    "DistrictOutcome.here": Meaning("The figure of the school in the middle, of those here.", "94.1"),
    "DistrictOutcome.everywhere": Meaning("The same of all schools.", "94.3"),
}
