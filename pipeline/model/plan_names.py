"""What each name of a plan means: "class.field" of `plan` → meaning and example. A field is added there and here together."""

from collections.abc import Mapping

from pipeline.model.meaning import Meaning

PLAN_NAMES: Mapping[str, Meaning] = {
    "Plan.authority": Meaning("The local authority whose plan it is."),
    "Plan.school": Meaning("The school, as the register has it."),
    "Plan.about": Meaning("What stands on the cover beside the school."),
    "Plan.overall": Meaning("The overall rating."),
    "Plan.areas": Meaning("The Areas of Focus, in their order. Every area is always there.", each="area"),
    "Plan.gaps": Meaning(
        "The statutory gaps: duties that the school says are not yet met. There may be none. Each is also in its area's list.",
        each="action",
    ),
    "Plan.priorities": Meaning(
        "The opportunities to begin with, at most five. There may be none. Each is also in its area's list.", each="action"
    ),
    "Plan.checklist": Meaning("The Ofsted checklist."),
    "Plan.resources": Meaning("Something to read for the statutory gaps and priorities. There may be none.", each="resource"),
    "Plan.figures": Meaning("The outcome figures that the school gave. There may be none.", each="figure"),
    "Plan.answers": Meaning("The school's answer to every criterion it was asked, and where it was read.", each="answer"),
    "Plan.sources": Meaning("The law and guidance behind the statutory gaps. There may be none.", each="source"),
    "Plan.rules": Meaning(
        "How ratings are made, a sentence or two at a time.",
        "Each area is rated from its own criteria alone.",
        each="rule",
    ),
    "Plan.opportunity_count": Meaning("How many opportunities the whole plan holds.", "23"),
    "Plan.rungs": Meaning(
        "The rubric's words for the three levels, the lowest first. The chart uses them.", "Emerging", each="rung"
    ),
    "Plan.strengths": Meaning(
        "What stands out in the school's own words: at most two criteria of an area and six in all. There may be none.",
        each="strength",
    ),
    "Plan.closed": Meaning(
        "What is done or dropped of the school's last plan, where it came back. There may be none.", each="action"
    ),
    "Plan.unplaced": Meaning(
        "Text of the last plan, where it came back, that belongs to no action. There may be none. Print it: a plan that leaves "
        "out a school's words is not made.",
        each="line",
    ),
    "PlanAuthority.name": Meaning("The authority's name, from the settings.", "Wendershire County Council"),
    "PlanAuthority.team": Meaning("The team that sends the plan.", "Inclusion and SEND Improvement Team"),
    "PlanAuthority.email": Meaning("Where the plan goes back to.", "inclusion@wendershire.example"),
    "PlanSchool.name": Meaning("The school's name.", "Fennacre St Benedict's Primary School"),
    "PlanSchool.urn": Meaning("Its URN, six digits.", "900101"),
    "PlanSchool.laestab": Meaning("The authority's number and the establishment's.", "999/2001"),
    "PlanSchool.phase": Meaning("Its phase.", "Primary"),
    "PlanSchool.kind": Meaning("The type of establishment.", "Voluntary aided school"),
    "PlanSchool.district": Meaning("The district it is in.", "Sallowby"),
    "PlanSchool.town": Meaning("The town or village of its address.", "Fennacre"),
    "PlanAbout.reference": Meaning("What the plan is known by: URN and cycle.", "900101/2026-27-autumn"),
    "PlanAbout.plan_id": Meaning(
        "Twelve letters and figures that no other plan has; they change with the return and the rubric.", "3f0c9a1b7d24"
    ),
    "PlanAbout.cycle_id": Meaning("The cycle, as folders are named.", "2026-27-autumn"),
    "PlanAbout.edition": Meaning("The rubric's id and version.", "inclusive-practice 1-0"),
    "PlanAbout.cycle": Meaning("The cycle, as the settings name it.", "Autumn term 2026"),
    "PlanAbout.status": Meaning("How the levels came about.", "Self-evaluated"),
    "PlanAbout.rubric": Meaning("The toolkit and the edition of its rules.", "Inclusive Practice Toolkit, rubric 1-0"),
    "PlanAbout.made_on": Meaning("The day the plan was made.", "23 November 2026"),
    "PlanAbout.completed": Meaning(
        "Who completed the workbook, their role and the day; “Not given” where the school left it empty.",
        "A. Marlhurst, Deputy headteacher, 9 October 2026",
    ),
    "PlanAbout.agreed": Meaning(
        "Which governor agreed it and when; “Not given” where the school left it empty.", "B. Hexcombe, 14 October 2026"
    ),
    "PlanAbout.review_on": Meaning("The day the plan comes back, from the settings.", "26 March 2027"),
    "PlanAbout.answered": Meaning("How many of the criteria asked were answered.", "61 of 63"),
    "PlanAbout.shares_practice": Meaning(
        "Whether the school offers to share its practice. Use it in a condition.", "yes or no"
    ),
    "PlanOverall.shown": Meaning(
        "Whether the authority wants an overall rating at all. Use it in a condition round whatever prints one.", "yes or no"
    ),
    "PlanOverall.level": Meaning("The overall level, in the rubric's words.", "Established"),
    "PlanOverall.reason": Meaning("The rule that decided it, as a sentence.", "7 of the 9 areas are at Established or better."),
    "PlanOverall.lift": Meaning(
        "The smallest change that reaches the next level, as a sentence; empty where there is none.",
        "For Advanced: raise Areas 2 and 5 to Advanced.",
    ),
    "PlanArea.number": Meaning("The area's number.", "5"),
    "PlanArea.name": Meaning("Its name.", "Safeguarding, Health and Wellbeing"),
    "PlanArea.definition": Meaning("What the area is about, from the rubric.", "What keeps every pupil safe and well …"),
    "PlanArea.level": Meaning("Its level, in the rubric's words.", "Emerging"),
    "PlanArea.rung": Meaning("Its level as a number for charts, 1 to 3; empty where it has none of the three.", "1"),
    "PlanArea.change": Meaning("How its level has moved since the last cycle, in words.", "Up from Emerging"),
    "PlanArea.reason": Meaning("The rule that decided it, as a sentence.", "6 of the 7 criteria are at Emerging or better."),
    "PlanArea.lift": Meaning(
        "The smallest change that reaches the next level, as a sentence; empty where there is none.",
        "For Established: raise 5.2 and 5.4 to Established.",
    ),
    "PlanArea.own_view": Meaning("The level that the school itself sees; empty where it gave none.", "Established"),
    "PlanArea.own_view_note": Meaning(
        "How that view and the level from the answers compare, as a sentence; empty where it gave none.",
        "Your answers come to the same.",
    ),
    "PlanArea.moderated": Meaning("The level that an adviser gave; empty where none has.", "Emerging"),
    "PlanArea.moderated_by": Meaning("Who gave it.", "K. Adeyemi, local authority adviser"),
    "PlanArea.moderated_on": Meaning("When.", "4 December 2026"),
    "PlanArea.moderated_reason": Meaning("Why, in the adviser's words.", "Targets in three of five plans had lapsed"),
    "PlanArea.gaps": Meaning("How many statutory gaps the area has; 0 counts as “no” in a condition.", "1"),
    "PlanArea.unanswered": Meaning(
        "The criteria without an answer that keep the area from being rated; empty for every other area.", "5.2 and 5.4"
    ),
    "PlanArea.opportunities": Meaning(
        "The area's opportunities for improvement, the most important first. There may be none.", each="action"
    ),
    "PlanArea.working_well": Meaning(
        "What the school wrote about criteria at Established and above. There may be none.", each="entry"
    ),
    "PlanArea.so_far": Meaning("What the school wrote about its other criteria. There may be none.", each="entry"),
    "PlanAction.ref": Meaning("Its reference. Please keep it visible: it is how the action is found again.", "5.2-a"),
    "PlanAction.criterion": Meaning("The title of the criterion it comes from.", "Children missing education"),
    "PlanAction.area": Meaning("The area it belongs to.", "Area 5: Safeguarding, Health and Wellbeing"),
    "PlanAction.kind": Meaning(
        "Why it is in the plan: Statutory gap, Not yet in place, Holds the area back, Has slipped since last cycle, "
        "The school's own, or Carried forward, where the ratings no longer suggest it.",
        "Statutory gap",
    ),
    "PlanAction.opportunity": Meaning("The opportunity, as a next step.", "Give every family a clear way in."),
    "PlanAction.action": Meaning(
        "What the school might do about it.", "The family liaison lead goes through the website with …"
    ),
    "PlanAction.lead": Meaning("The role that might lead it.", "Family liaison lead"),
    "PlanAction.by_when": Meaning("The date offered; empty where the school chooses one.", "26 March 2027"),
    "PlanAction.success": Meaning("How the school will know.", "A parent finds the right contact within two minutes."),
    "PlanAction.cost": Meaning("Left empty for the school to fill in."),
    "PlanAction.progress": Meaning("How far it has come.", "Not started"),
    "PlanAction.duty": Meaning(
        "The legal duty, for a statutory gap; empty for every other action.",
        "Every part-time timetable is recorded and agreed.",
    ),
    "PlanAction.source": Meaning(
        "Where that duty stands, for a statutory gap; empty for every other action.",
        "Working together to improve school attendance",
    ),
    "PlanAction.evaluation_areas": Meaning(
        "Ofsted's evaluation areas that its criterion bears on, by name; empty where none does.", "Inclusion; Safeguarding"
    ),
    "PlanAction.carried": Meaning("How many times it was carried forward; 0 for a new action, and “no” in a condition.", "1"),
    "PlanAction.history": Meaning(
        "Since when it has been carried forward, in words, and whether its date has passed; empty for a new action.",
        "Carried forward once, from Autumn term 2026; its date has passed",
    ),
    "PlanAction.note": Meaning(
        "What else there is to say of it, as a sentence; often empty.", "It follows 5.2-a, which is done."
    ),
    "PlanAction.beside": Meaning(
        "What the school put beside it in its last plan: comments, columns of its own. There may be none. Print it: a plan "
        "that leaves out a school's words is not made.",
        each="line",
    ),
    "PlanBeside.label": Meaning("What kind of words they are.", "A comment by A. Marlhurst"),
    "PlanBeside.text": Meaning("The words themselves.", "Ask the governors first."),
    "PlanClosed.ref": Meaning("The reference it had.", "5.2-a"),
    "PlanClosed.action": Meaning("What it was.", "The family liaison lead goes through the website with …"),
    "PlanClosed.why": Meaning("Why it is not carried forward.", "Done"),
    "PlanClosed.words": Meaning("What else the school wrote of it; often empty.", "Done ✔ in January"),
    "PlanUnplaced.where": Meaning("Where it stood in the last plan.", "before the first heading, table 2, row 4"),
    "PlanUnplaced.text": Meaning("The words themselves.", "Ask about the ramp."),
    "PlanEvidence.criterion": Meaning("The criterion's number.", "1.1"),
    "PlanEvidence.title": Meaning("Its title.", "Vision and values for inclusion"),
    "PlanEvidence.answer": Meaning("The level it counts at.", "Established"),
    "PlanEvidence.text": Meaning("What the school wrote, word for word.", "Our inclusion statement was written with parents …"),
    "PlanChecklist.title": Meaning("The edition of Ofsted's toolkit.", "State-funded school inspection toolkit, November 2025"),
    "PlanChecklist.standing": Meaning("How far it was checked at source.", "An officer confirms each entry before use."),
    "PlanChecklist.areas": Meaning("Ofsted's evaluation areas that apply to the school's phase.", each="area"),
    "PlanEvaluationArea.title": Meaning("The evaluation area's name.", "Safeguarding"),
    "PlanEvaluationArea.looks_at": Meaning("What it looks at.", "Whether the school's culture keeps every pupil safe …"),
    "PlanEvaluationArea.refs": Meaning(
        "The references in this plan that bear on it; “None in this plan” where there are none.", "4.4-a, 5.1-a"
    ),
    "PlanEvaluationArea.prompts": Meaning(
        "The questions beside which the school put something. There may be none.", each="prompt"
    ),
    "PlanPrompt.text": Meaning("The question.", "Can leaders say which pupils are on a part-time timetable, and why?"),
    "PlanPrompt.ready": Meaning("Whether the school says it is ready; empty where it did not say.", "Partly"),
    "PlanPrompt.note": Meaning("The school's own note, word for word.", "Register begun in September."),
    "PlanResource.refs": Meaning("The lines of the plan it helps with.", "4.4-a"),
    "PlanResource.title": Meaning("Its title.", "Children missing education"),
    "PlanResource.publisher": Meaning("Who publishes it.", "DfE"),
    "PlanResource.helps_with": Meaning("What it is good for.", "Definitions, notifications, enquiries"),
    "PlanResource.address": Meaning(
        "Its web address. Use it as a link's address, with the title as the link's words.", "https://…"
    ),
    "PlanFigure.label": Meaning("What the figure is called.", "Severe absence"),
    "PlanFigure.meaning": Meaning("What it counts.", "Pupils who missed half of their sessions or more, in per cent."),
    "PlanFigure.this_year": Meaning("This year's figure; “Not given” where there is none.", "2.9"),
    "PlanFigure.last_year": Meaning("Last year's figure; “Not given” where there is none.", "2.7"),
    "PlanAnswer.criterion": Meaning("The criterion's number.", "1.1"),
    "PlanAnswer.title": Meaning("Its title.", "Vision and values for inclusion"),
    "PlanAnswer.answer": Meaning("What the school answered.", "Advanced"),
    "PlanAnswer.remark": Meaning(
        "What else there is to say of it, such as “Statutory”; often empty.", "Counts as Established: no evidence"
    ),
    "PlanAnswer.cell": Meaning("The sheet and cell it was read from.", "1 Leadership, Governance, G4"),
    "PlanSource.title": Meaning("The title of the law or guidance.", "Working together to improve school attendance"),
    "PlanSource.in_force": Meaning("Since when it is in force.", "statutory since 19 August 2024"),
    "PlanSource.address": Meaning(
        "Its web address. Use it as a link's address, with the title as the link's words.", "https://…"
    ),
    "PlanSource.checked_on": Meaning("The day it was last looked at.", "23 November 2026"),
    "PlanSource.standing": Meaning("How it was looked at.", "from third-party summaries"),
}
