"""What each name of the board's paper means: "class.field" of `report` → meaning and example, as in `plan_names`."""

from collections.abc import Mapping

from pipeline.model.meaning import Meaning
from pipeline.model.plan_names import PLAN_NAMES

_SMALL = "a number below five is in words"

REPORT_NAMES: Mapping[str, Meaning] = {
    **{name: meaning for name, meaning in PLAN_NAMES.items() if name.startswith("PlanAuthority.")},
    "Report.authority": Meaning("The local authority whose paper it is."),
    "Report.cycle": Meaning("The cycle, as the settings name it.", "Autumn term 2026"),
    "Report.made_on": Meaning("The day the paper was made.", "23 November 2026"),
    "Report.edition": Meaning("The rubric's id and version.", "inclusive-practice 1-0"),
    "Report.rated": Meaning("How many schools' ratings are counted.", "40"),
    "Report.points": Meaning(
        "What the paper comes to, a sentence each.", "42 of the 51 schools on the register returned.", each="point"
    ),
    "Report.districts": Meaning("Who returned, by district.", each="group"),
    "Report.phases": Meaning("Who returned, by phase.", each="group"),
    "Report.kinds": Meaning("Who returned, by type of establishment.", each="group"),
    "Report.bands": Meaning(
        "The rubric's words for the levels, the highest first, then “Not rated” and “Not shown”. The chart uses them.",
        "Advanced",
        each="band",
    ),
    "Report.spread": Meaning("How many schools stand at each level, area by area. The chart shows it.", each="line"),
    "Report.since": Meaning("The cycle that movement is measured from; empty where there is none.", "Summer term 2026"),
    "Report.movement": Meaning("How many schools moved, area by area. There may be none.", each="move"),
    "Report.changed": Meaning(
        "The questions that most schools answer otherwise than before. There may be none.", each="question"
    ),
    "Report.questions": Meaning("Every question and how its answers moved. There may be none.", each="question"),
    "Report.needs": Meaning("The opportunities that most schools share. There may be none.", each="need"),
    "Report.across": Meaning(
        "The same of schools rated by other rules in the last cycle, to be set side by side with care. There may be none.",
        each="move",
    ),
    "Report.duties": Meaning(
        "The statutory duties that some school does not yet meet, most first. There may be none.", each="duty"
    ),
    "Report.duties_met": Meaning(
        "How many duties no school says are unmet, as a sentence; empty where there is none.",
        "No school says so of the other 12 duties.",
    ),
    "Report.followed": Meaning(
        "How many schools have sent back a plan, as a sentence.", "37 of the 51 schools have sent back a plan."
    ),
    "Report.actions": Meaning(
        "What became of the actions of plans that came back, area by area and in all. There may be none.", each="area"
    ),
    "Report.outcomes": Meaning("The outcome figures. There are none where the settings leave them out.", each="outcome"),
    "Report.caution": Meaning("What the outcome figures do not say.", "These figures say nothing of cause."),
    "Report.practice": Meaning(
        "Schools that share good practice, area by area. There are none where the settings leave them out.", each="area"
    ),
    "Report.spare": Meaning("Questions that told nothing. There may be none.", each="question"),
    "Report.limits": Meaning("How the figures came about and what they cannot say.", "Ratings are indicative.", each="limit"),
    "ReportTurnout.group": Meaning("The district, phase or type.", "Sallowby"),
    "ReportTurnout.schools": Meaning("How many schools it has on the register.", "12"),
    "ReportTurnout.returned": Meaning(f"How many of them returned; {_SMALL}.", "10"),
    "ReportTurnout.share": Meaning("The same in per cent; empty where the number is not shown.", "83"),
    "ReportLevels.number": Meaning("The area's number; empty for the overall rating.", "5"),
    "ReportLevels.area": Meaning("The area by number and name, or “Overall”.", "5 Safeguarding, Health and Wellbeing"),
    "ReportLevels.advanced": Meaning("How many schools are Advanced in it, or “not shown”.", "9"),
    "ReportLevels.established": Meaning("How many are Established.", "17"),
    "ReportLevels.emerging": Meaning("How many are Emerging.", "8"),
    "ReportLevels.not_yet": Meaning("How many are not yet Emerging.", "6"),
    "ReportLevels.not_rated": Meaning("How many have no rating in it.", "0"),
    "ReportLevels.bars": Meaning("The same numbers for the chart, and how many schools are not shown.", "9", each="bar"),
    "ReportMovement.area": Meaning("The area by number and name.", "5 Safeguarding, Health and Wellbeing"),
    "ReportMovement.higher": Meaning("How many schools rate higher than in the last cycle, or “not shown”.", "11"),
    "ReportMovement.same": Meaning("How many rate the same.", "20"),
    "ReportMovement.lower": Meaning("How many rate lower.", "5"),
    "ReportMovement.not_compared": Meaning("How many had nothing to compare with.", "6"),
    "ReportAcross.area": Meaning("The area by number and name.", "5 Safeguarding, Health and Wellbeing"),
    "ReportAcross.higher": Meaning("How many schools rate higher than under the earlier rules, or “not shown”.", "11"),
    "ReportAcross.same": Meaning("How many rate the same.", "20"),
    "ReportAcross.lower": Meaning("How many rate lower.", "5"),
    "ReportAcross.between": Meaning("How many stand between areas that are one now.", "0"),
    "ReportAcross.care": Meaning("The earlier rules or areas.", "Rated under inclusive-practice 1-0"),
    "ReportQuestion.criterion": Meaning("The criterion's number.", "5.2"),
    "ReportQuestion.title": Meaning("Its title.", "Children missing education"),
    "ReportQuestion.higher": Meaning("How many schools answer higher than in the last cycle, or “not shown”.", "11"),
    "ReportQuestion.same": Meaning("How many answer the same.", "20"),
    "ReportQuestion.lower": Meaning("How many answer lower.", "5"),
    "ReportQuestion.not_compared": Meaning("How many had nothing to compare with.", "6"),
    "ReportNeed.criterion": Meaning("The criterion's number.", "5.2"),
    "ReportNeed.title": Meaning("Its title.", "Children missing education"),
    "ReportNeed.opportunity": Meaning("The opportunity, as a next step.", "Give every family a clear way in."),
    "ReportNeed.schools": Meaning("How many schools have it.", "24"),
    "ReportDuty.criterion": Meaning("The criterion's number.", "5.2"),
    "ReportDuty.title": Meaning("Its title.", "Children missing education"),
    "ReportDuty.duty": Meaning("The duty.", "Every part-time timetable is recorded and agreed."),
    "ReportDuty.schools": Meaning(f"How many schools say it is not yet met; {_SMALL}.", "fewer than 5"),
    "ReportActions.area": Meaning("The area by number and name, or “All areas”.", "5 Safeguarding, Health and Wellbeing"),
    "ReportActions.in_time": Meaning(
        "How many actions are open and in time, or “not shown”, as is each number of actions of fewer than five schools.", "84"
    ),
    "ReportActions.overdue": Meaning("How many are open, and their date is past.", "21"),
    "ReportActions.stuck": Meaning("How many are open and were carried forward three times or more, whatever their date.", "9"),
    "ReportActions.done": Meaning("How many of the last plans are done.", "40"),
    "ReportActions.not_higher": Meaning("How many more are done, though their criterion stands no higher.", "12"),
    "ReportActions.dropped": Meaning("How many of the last plans were dropped.", "6"),
    "ReportActions.all": Meaning("How many there are in all.", "172"),
    "ReportOutcome.measure": Meaning("What the figure is called.", "Attendance"),
    "ReportOutcome.what": Meaning("Which figure is given.", "the school in the middle"),
    "ReportOutcome.schools": Meaning("How many schools gave it for both years.", "36"),
    "ReportOutcome.last_year": Meaning("The figure of the year before.", "93.8"),
    "ReportOutcome.this_year": Meaning("The figure of last school year.", "94.3"),
    "ReportOutcome.better": Meaning(f"In how many schools it became better; {_SMALL}.", "21"),
    "ReportPractice.area": Meaning("The area by number and name.", "5 Safeguarding, Health and Wellbeing"),
    "ReportPractice.seen": Meaning("Schools that an adviser has seen there.", "Fennacre St Benedict's Primary School"),
    "ReportPractice.by_answers": Meaning("Schools that are Advanced by their own answers.", "Quillborough Academy"),
    "ReportSpare.criterion": Meaning("The criterion's number.", "5.2"),
    "ReportSpare.title": Meaning("Its title.", "Children missing education"),
    "ReportSpare.why": Meaning("Why it told nothing.", "Always answered alike"),
}
