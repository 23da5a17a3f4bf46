"""Whose a returned plan is, of which cycle, and whether it is awaited: by what the document says of itself and shows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.finding import Finding, Place, find
from pipeline.model.ledger import TakenIn
from pipeline.model.returned_plan import ReturnedPlan
from pipeline.model.sent_plan import SentPlan
from pipeline.rules.wording import fold


@dataclass(frozen=True)
class Sender:
    """The school, the cycle and the id of the plan that was sent; the id is empty where a program dropped it."""

    urn: str
    cycle: str
    plan_id: str


def identify_plan(
    plan: ReturnedPlan, cycle: str, register: Collection[str], taken_in: Mapping[str, Collection[TakenIn]], urn: str = ""
) -> tuple[Sender | None, tuple[Finding, ...]]:
    """Whose plan it is, if it may be taken in. `cycle` is the one whose plans are awaited, `taken_in` what was taken in of each
    school, `urn` the school that it must be of where that is known.

    Findings: PL523 (no school of the register, another school, two schools at once), PL524 (another cycle), PL525 (taken in).
    """
    told, place = tell_sender(plan), Place(plan.file)
    if isinstance(told, str):
        return None, (find("PL523", place, told, remedy="Ask the school to put its words into the plan that you sent."),)
    if told.urn not in register:
        remedy = "Check the plan's reference on its first page; ask which school it is from."
        return None, (find("PL523", place, f"URN {told.urn}, which is not in the register", remedy=remedy),)
    if urn and told.urn != urn:
        remedy = f"Put it with the plans of {told.urn}; ask {urn} for its own."
        return None, (find("PL523", place, f"the plan of {told.urn}", urn=urn, remedy=remedy),)
    ours = taken_in.get(told.urn, ())
    if any(one.digest == plan.digest for one in ours):
        return None, (find("PL525", place, "the same file", urn=told.urn),)
    if told.cycle != cycle:
        if any(one.cycle == told.cycle for one in ours):
            return None, (find("PL525", place, f"a plan of {told.cycle}", urn=told.urn),)
        remedy = f"Put it into the plans folder of the cycle after {told.cycle}; ask the school for its plan of {cycle}."
        return None, (find("PL524", place, f"a plan of {told.cycle}", urn=told.urn, remedy=remedy),)
    return told, ()


def choose_sent(plan: ReturnedPlan, sender: Sender, sent: Sequence[SentPlan]) -> SentPlan | None:
    """Of the plans that a school was sent in a cycle, the one that came back: by its id, and where a program dropped that or it
    was made anew, the one of which most paragraphs still stand."""
    named = [one for one in sent if one.plan_id == sender.plan_id != ""]
    if len(named) == 1 or not sent:
        return named[0] if named else None
    pieces = {fold(piece) for piece in plan.pieces}
    return max(named or sent, key=lambda one: (sum(fold(text) in pieces for text in one.texts), one.plan_id))


def tell_sender(plan: ReturnedPlan) -> Sender | str:
    """What the document's properties and its first page say; why it cannot be told, where they do not agree."""
    said = plan.properties
    shown = Counter(plan.references)
    if len({urn for urn, _ in shown}) > 1:
        return "the references of two schools"
    visible = next(iter(shown), ("", ""))
    named = (said.get("School", ""), said.get("Cycle", ""))
    if named[0] and visible[0] and named != visible:
        return "a first page that says another school or cycle than the document itself"
    urn, cycle = named if named[0] else visible
    if not urn:
        return "no plan reference"
    return Sender(urn, cycle, said.get("Plan id", "") if named[0] else "")
