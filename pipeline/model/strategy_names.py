"""What each name of a draft inclusion strategy means: "class.field" of `strategy` → meaning and example."""

from collections.abc import Mapping

from pipeline.model.meaning import Meaning
from pipeline.model.plan_names import PLAN_NAMES

_SHARED = ("PlanAuthority.", "PlanSchool.")

STRATEGY_NAMES: Mapping[str, Meaning] = {
    **{name: meaning for name, meaning in PLAN_NAMES.items() if name.startswith(_SHARED)},
    "Strategy.authority": Meaning("The local authority that sends the draft."),
    "Strategy.school": Meaning("The school, as the register has it."),
    "Strategy.about": Meaning("What the draft is made from, and by when it is published."),
    "Strategy.principles": Meaning("The principles of inclusion, in the order of the settings.", each="principle"),
    "Strategy.other_count": Meaning("How many opportunities of the plan are left out here.", "14"),
    "StrategyAbout.reference": Meaning("The plan that it is made of: URN and cycle.", "900101/2026-27-autumn"),
    "StrategyAbout.cycle": Meaning("The cycle, as the settings name it.", "Autumn term 2026"),
    "StrategyAbout.made_on": Meaning("The day the plan was made.", "23 November 2026"),
    "StrategyAbout.publish_by": Meaning("The day by which it is to be published.", "31 December 2026"),
    "StrategyAbout.review_on": Meaning("The day the plan is reviewed.", "26 March 2027"),
    "StrategyAbout.standing": Meaning("How far names and form were checked at source.", "To be confirmed at source."),
    "StrategyAbout.source": Meaning("The guidance behind it.", "Developing an inclusion strategy"),
    "StrategyAbout.source_address": Meaning(
        "Its web address. Use it as a link's address, with the source as the link's words.", "https://…"
    ),
    "StrategyPrinciple.name": Meaning("The principle's name, from the settings.", "Enriching provision"),
    "StrategyPrinciple.actions": Meaning("Its activities. There may be none.", each="action"),
    "StrategyAction.ref": Meaning("The line's reference in the plan.", "5.2-a"),
    "StrategyAction.kind": Meaning("Why it is in the plan.", "Holds the area back"),
    "StrategyAction.barrier": Meaning("The opportunity, as the plan has it.", "Give every family a clear way in."),
    "StrategyAction.activity": Meaning("What the school might do.", "The family liaison lead goes through …"),
    "StrategyAction.lead": Meaning("The role that might lead it.", "Family liaison lead"),
    "StrategyAction.by_when": Meaning("The date offered; empty where the school chooses one.", "26 March 2027"),
    "StrategyAction.outcome": Meaning("How the school will know.", "A parent finds the right contact within two minutes."),
    "StrategyAction.cost": Meaning("The budgeted cost; empty until the school has costed it.", "£400"),
}
