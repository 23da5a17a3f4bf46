"""The three-way merge and the ledger: a school's words win, what is unfinished goes on, what is new stands beside."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.carried import Origin, ReturnedAction, Status, TakenBack, Unplaced
from pipeline.model.ledger import ActionLife, Ledger, MergedPlan, TakenIn
from pipeline.model.level import Level
from pipeline.model.returned_plan import Remark, ReturnedPlan, Source
from pipeline.model.sent_plan import SentAction, SentPlan
from pipeline.readers.sent_plan import load_sent
from pipeline.rules.carrying_forward import (
    LAPSED,
    NOT_NEEDED,
    STILL_SUGGESTED,
    TAKEN_OUT,
    carry_forward,
    list_texts,
    open_ledger,
)
from pipeline.rules.ledger import find_done_unmoved, find_stuck
from pipeline.rules.lost_words import find_missing
from pipeline.rules.plan_reference import next_reference, read_reference
from pipeline.rules.returned_row import as_sent
from pipeline.rules.shown_text import list_paragraphs, read_shown
from pipeline.rules.whose_plan import Sender, choose_sent, identify_plan
from pipeline.writers.sent_plan import write_sent

SUMMER, AUTUMN = "2025-26-summer", "2026-27-autumn"
WORDS = {
    "1.1-a": "Read the vision with pupils and families every year and let it decide something difficult",
    "1.2-a": "Review the actions every term with somebody from outside the leadership team",
    "5.2-a": "Train every midday supervisor to spot what a child cannot say",
}


def action(ref: str, text: str = "", **told: str) -> SentAction:
    area = int(ref.partition("-")[0].partition(".")[0])
    wording = text or WORDS[ref]
    fields = {"lead": "SENCO", "by_when": "26 March 2027", "success": "", "cost": "", "progress": "Not started"} | told
    made = SentAction(
        ref, "a criterion", area, "Holds the area back", wording, f"To do so, {wording.lower()}", "", "", "", "", ""
    )
    return replace(made, **fields)  # type: ignore[arg-type] # all of them words


SENT = SentPlan("abc", "900101", SUMMER, "1 May 2026", tuple(map(action, WORDS)), ("Our text",))
CAME = TakenIn("abc", "d1", SUMMER)


def back(ref: str, **told: object) -> ReturnedAction:
    """An action as it came back; a field given is one that the school typed over."""
    changed = tuple(
        name for name in told if name in ("opportunity", "action", "lead", "by_when", "success", "cost", "progress")
    )
    return replace(as_sent(SENT.by_ref[ref]), **{"status": Status.NOT_STARTED, "changed": changed, **told})  # type: ignore[arg-type] # a test's fields


def merge(
    *actions: ReturnedAction, suggestions: tuple[SentAction, ...] = SENT.actions, ledger: Ledger | None = None
) -> MergedPlan:
    given = {one.ref: one for one in actions}
    every = [given.get(ref, back(ref)) for ref in WORDS] + [one for one in actions if one.ref not in WORDS]
    taken = TakenBack(tuple(every), (Unplaced("Where does this go?", "under “Sign-off”"),), (), ())
    return carry_forward(taken, SENT, suggestions, ledger or open_ledger(SENT), AUTUMN, CAME)


def opened(plan: MergedPlan) -> dict[str, tuple[int, str]]:
    return {one.action.ref: (one.carried, one.note) for one in plan.open}


def test_what_is_suggested_again_is_the_same_action_carried() -> None:
    plan = merge()
    assert opened(plan) == dict.fromkeys(WORDS, (1, ""))
    assert plan.closed == ()


def test_a_school_s_words_win_and_our_new_ones_renew_only_ours() -> None:
    renewed = action("5.2-a", WORDS["5.2-a"] + " by Christmas")
    plan = merge(back("5.2-a", action="Miss Hexcombe shows them how", lead="Miss Hexcombe"), suggestions=(renewed,))
    carried = next(one.action for one in plan.open if one.action.ref == "5.2-a")
    assert carried.action == "Miss Hexcombe shows them how"
    assert carried.lead == "Miss Hexcombe"
    assert carried.opportunity == renewed.opportunity


def test_a_new_step_of_a_criterion_stands_beside_under_a_reference_of_its_own() -> None:
    step = action("5.2-a", "Ask pupils each half term which break they dread and change that one thing")
    plan = merge(back("5.2-a", progress="Under way", status=Status.UNDER_WAY), suggestions=(step,))
    assert opened(plan)["5.2-a"] == (1, "")
    assert opened(plan)["5.2-b"] == (0, "")
    assert next(one for one in plan.open if one.action.ref == "5.2-b").action.opportunity == step.opportunity


def test_a_reference_is_never_given_twice() -> None:
    sent = replace(SENT, retired=("5.2-b", "5.2-c"))
    step = action("5.2-a", "Ask pupils each half term which break they dread and change that one thing")
    taken = TakenBack(tuple(map(back, WORDS)), (), (), ())
    plan = carry_forward(
        taken, sent, (step,), replace(open_ledger(sent), lives=(ActionLife("5.2-d", 5, SUMMER),)), AUTUMN, CAME
    )
    assert "5.2-e" in opened(plan)


@pytest.mark.parametrize(
    ("returned", "suggested", "why"),
    [
        (back("5.2-a", progress="Done ✔", status=Status.DONE), False, ""),
        (back("5.2-a", progress="n/a", status=Status.NOT_NEEDED), False, NOT_NEEDED),
        (back("5.2-a", origin=Origin.REMOVED), False, TAKEN_OUT),
        (back("5.2-a"), False, LAPSED),
    ],
)
def test_what_does_not_go_on_says_why(returned: ReturnedAction, suggested: bool, why: str) -> None:
    plan = merge(returned, suggestions=SENT.actions if suggested else SENT.actions[:2])
    assert "5.2-a" not in opened(plan)
    assert [(one.action.ref, one.note) for one in plan.closed] == [("5.2-a", why)]
    life = next(life for life in plan.ledger.lives if life.ref == "5.2-a")
    assert (life.closed_in, life.dropped) == (SUMMER, why)


def test_what_the_school_wrote_anything_of_goes_on_though_nothing_suggests_it() -> None:
    remarked = back("5.2-a", remarks=(Remark(Source.COMMENT, "Is this ours?"),))
    assert opened(merge(remarked, suggestions=()))["5.2-a"] == (1, "")


def test_an_action_that_a_school_added_may_be_what_is_suggested() -> None:
    step = action("5.2-a", "Ask pupils each half term which break they dread and change that one thing")
    added = replace(as_sent(replace(step, ref="5-a"), Origin.ADDED), status=Status.UNDER_WAY, changed=("opportunity", "action"))
    plan = merge(added, suggestions=(step,))
    assert [(one.action.ref, one.suggested) for one in plan.open if one.suggested] == [("5-a", "5.2-a")]


def later(written: SentAction, *suggestions: SentAction, unchanged: tuple[str, ...] = ()) -> MergedPlan:
    """The merge a cycle later, of a plan with one action that the school has left as it was printed."""
    sent = replace(SENT, actions=(written,))
    untouched = replace(as_sent(written), status=Status.NOT_STARTED)
    taken = TakenBack((untouched,), (), (), unchanged)
    return carry_forward(taken, sent, suggestions, open_ledger(sent), AUTUMN, CAME)


def test_a_school_s_words_of_an_earlier_cycle_are_still_its_own() -> None:
    written = replace(SENT.by_ref["5.2-a"], action="Miss Hexcombe shows them how", own=("action",))
    renewed = action("5.2-a", WORDS["5.2-a"] + " by Christmas")
    carried = later(written, renewed).open[0]
    assert (carried.action.action, carried.action.opportunity) == (written.action, renewed.opportunity)
    assert carried.own == ("action",)
    assert opened(later(written)) == {"5.2-a": (1, "")}


def test_what_stands_beside_an_action_goes_on_with_it_until_the_school_takes_it_away() -> None:
    beside = ("Governor", "Ask Mrs Hexcombe first")
    written = replace(SENT.by_ref["5.2-a"], beside=(beside,))
    assert later(written, unchanged=(" – ".join(beside),)).open[0].action.extra == (beside,)
    assert later(written).open[0].action.extra == ()


def test_what_was_taken_out_and_is_still_suggested_is_offered_again_under_its_reference() -> None:
    assert opened(merge(back("5.2-a", origin=Origin.REMOVED)))["5.2-a"] == (1, STILL_SUGGESTED)


def test_done_and_suggested_again_is_a_new_action_that_names_the_one_done() -> None:
    plan = merge(back("5.2-a", status=Status.DONE, progress="Done"))
    assert opened(plan)["5.2-b"] == (0, "It follows 5.2-a, which is done.")


def test_an_action_that_a_school_added_goes_on_until_it_is_done() -> None:
    added = ReturnedAction(
        "5-a", 5, "", "", Origin.ADDED, "Our own idea", "Try it", "", "", "", "", "", ("opportunity", "action"), status=None
    )
    plan = merge(added)
    assert opened(plan)["5-a"] == (1, "")
    assert next(life for life in plan.ledger.lives if life.ref == "5-a").opened == SUMMER


def test_what_could_not_be_placed_and_every_typed_word_reach_the_new_plan() -> None:
    plan = merge(
        back("1.1-a", lead="Mr Ashby", extra=(("Governor", "Dr Hexcombe"),)),
        back("5.2-a", progress="Done", status=Status.DONE, remarks=(Remark(Source.COMMENT, "Proud of this"),)),
    )
    typed = ["Mr Ashby", "Dr Hexcombe", "Done", "Proud of this", "Where does this go?"]
    assert find_missing(typed, list_texts(plan)) == Counter()


def test_an_action_stuck_for_three_cycles_is_listed_first_carried_longest() -> None:
    lives = (
        ActionLife("1.1-a", 1, "x", carried=2),
        ActionLife("1.2-a", 1, "x", carried=3),
        ActionLife("5.2-a", 5, "x", carried=4),
    )
    plan = merge(ledger=Ledger("900101", lives))
    assert [life.ref for life in find_stuck(plan.ledger)] == ["5.2-a", "1.2-a", "1.1-a"]
    closed = Ledger("900101", (ActionLife("1.1-a", 1, "x", carried=9, closed_in=SUMMER),))
    assert list(find_stuck(closed)) == []


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [("EMERGING", "EMERGING", True), ("EMERGING", "NOT_YET", True), ("EMERGING", "ESTABLISHED", False)],
)
def test_done_yet_the_rating_did_not_move(before: str, now: str, is_told: bool) -> None:
    plan = merge(back("5.2-a", status=Status.DONE, progress="Done"))
    found = find_done_unmoved(plan.ledger, SUMMER, {"5.2": Level[before]}, {"5.2": Level[now]})
    assert [life.ref for life in found] == (["5.2-a"] if is_told else [])
    assert list(find_done_unmoved(plan.ledger, SUMMER, {}, {"5.2": Level.EMERGING})) == []


def returned(
    urn: str = "900101", cycle: str = SUMMER, shown: tuple[tuple[str, str], ...] | None = None, digest: str = "d"
) -> ReturnedPlan:
    properties = {"School": urn, "Cycle": cycle, "Plan id": "abc"} if urn else {}
    references = shown if shown is not None else ((urn, cycle),)
    return ReturnedPlan("plan.docx", digest, properties, references, (), (), (), (), ("Our text",))


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (returned(), ""),
        (returned(urn="", shown=(("900101", SUMMER),)), ""),
        (returned(shown=()), ""),
        (returned(urn="", shown=()), "PL523"),
        (returned(urn="900999"), "PL523"),
        (returned(shown=(("900202", SUMMER),)), "PL523"),
        (returned(shown=(("900101", SUMMER), ("900202", SUMMER))), "PL523"),
        (returned(cycle="2024-25-spring"), "PL524"),
        (returned(cycle="2024-25-autumn"), "PL525"),
        (returned(digest="d1"), "PL525"),
    ],
)
def test_identify_plan(plan: ReturnedPlan, code: str) -> None:
    before = {"900101": (CAME, TakenIn("old", "d0", "2024-25-autumn"))}
    sender, findings = identify_plan(plan, SUMMER, ("900101", "900202"), before)
    assert [finding.code for finding in findings] == ([code] if code else [])
    assert (sender is None) == bool(code)


def test_identify_plan_of_another_school_than_awaited() -> None:
    assert [one.code for one in identify_plan(returned(), SUMMER, ("900101",), {}, urn="900202")[1]] == ["PL523"]


def test_choose_sent_by_id_and_without_one_by_what_still_stands() -> None:
    older = replace(SENT, plan_id="abb", texts=("Another text",))
    assert choose_sent(returned(), Sender("900101", SUMMER, "abb"), (older, SENT)) is older
    assert choose_sent(returned(), Sender("900101", SUMMER, ""), (older, SENT)) is SENT
    assert choose_sent(returned(), Sender("900101", SUMMER, "zzz"), (older,)) is older
    assert choose_sent(returned(), Sender("900101", SUMMER, ""), ()) is None


def test_a_plan_as_sent_is_kept_and_read_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("sent") / "900101-abc.json"
    path.write_bytes(write_sent(SENT))
    assert load_sent(path) == SENT
    path.write_bytes(b"{}")
    assert load_sent(path) is None


def test_list_paragraphs_is_what_a_reader_finds() -> None:
    part = '<w:p><w:r><w:t xml:space="preserve">Ann &amp; </w:t></w:r><w:r><w:t>Bob</w:t><w:br/><w:t>go</w:t></w:r></w:p><w:p></w:p><w:p><w:r><w:t>2</w:t></w:r></w:p>'
    assert list_paragraphs(read_shown(part)) == ["Ann & Bob go", "2"]


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("5.2-a", "5.2-a"), ("5.2–A", "5.2-a"), ("Ref: 5.2-a", "5.2-a"), ("5.2 a", "5.2-a"), ("5.2a.", "5.2-a"), ("05.2-a", "5.2-a"),
        ("5-b", "5-b"), (" 5.2‑a ", "5.2-a"), ("5.2", ""), ("A3-02", ""), ("New", ""), ("", ""), ("5.2-a and 5.3-a", ""),
    ],
)  # fmt: skip
def test_read_reference(typed: str, reference: str) -> None:
    assert read_reference(typed) == reference


def test_next_reference_goes_on_after_z() -> None:
    taken = {f"5-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert next_reference("5", taken) == "5-aa"
    assert "5-aa" in taken


@given(st.lists(st.text("ab \n", max_size=6)), st.lists(st.text("ab \n", max_size=6)))
def test_find_missing_counts_every_word(pieces: list[str], kept: list[str]) -> None:
    before, after = Counter(" ".join(pieces).split()), Counter(" ".join(kept).split())
    assert find_missing(pieces, kept) == before - after


def test_the_day_of_an_action_comes_into_the_ledger() -> None:
    plan = merge(back("1.1-a", by_when="Easter", due=date(2027, 3, 28)))
    assert next(life for life in plan.ledger.lives if life.ref == "1.1-a").due == date(2027, 3, 28)


def test_two_words_lists_that_name_one_word_are_told_with_its_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    from pipeline.readers.plan_words import load_plan_words

    path = tmp_path_factory.mktemp("words") / "plan_words.yaml"
    path.write_text(
        (ROOT / "config" / "plan_words.yaml").read_text("utf-8").replace("on_hold: [on hold", "on_hold: [on hold, Green"),
        "utf-8",
    )
    words, findings = load_plan_words(path, "config/plan_words.yaml")
    assert words is None
    assert [finding.code for finding in findings] == ["CF104"]
    assert findings[0].place.cell.startswith("line ")
