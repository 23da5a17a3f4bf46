"""How levels are decided, question by question, in the rubric's own words and numbers: what the picture of a rubric draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.model.draft import Draft
from pipeline.model.level import Level
from pipeline.model.rubric import LevelRule, Rubric
from pipeline.rules.explanation import describe_rules
from pipeline.rules.sentence import join_words, share_in_words


@dataclass(frozen=True)
class Outcome:
    """What a way ends in: its words, and the level's key, such as `not-yet`."""

    words: str
    key: str


@dataclass(frozen=True)
class Question:
    """A question, and what a yes leads to; a no leads on."""

    text: str
    yes: Outcome


@dataclass(frozen=True)
class Flow:
    """From what is given, through the questions from the top, to a level, and through the cap to the rating."""

    title: str
    given: Sequence[str]
    questions: Sequence[Question]
    otherwise: Outcome
    cap: Question
    result: str


@dataclass(frozen=True)
class Picture:
    """How a rubric decides: an area's flow and the overall one, None where no overall rating is given; `sentences` say the same
    to somebody who does not see it."""

    title: str
    area: Flow
    overall: Flow | None
    sentences: Sequence[str]
    remarks: Sequence[str]


def describe_flows(draft: Draft) -> Picture:
    """What there is to draw."""
    rubric = draft.rubric
    remarks = (
        "An area with answers missing is worked out twice, with every blank at its lowest and at its highest answer: "
        "where both agree it is rated.",
        "Ratings are the school's own and indicative. They are not Ofsted judgements.",
    )
    title = f"How the levels are decided: {rubric.frame.title}, {rubric.edition}"
    overall = _describe_overall(rubric) if rubric.frame.rules.overall.enabled else None
    return Picture(title, _describe_area(rubric), overall, describe_rules(rubric), remarks)


def _describe_area(rubric: Rubric) -> Flow:
    rules, evidence = rubric.frame.rules, rubric.frame.rules.evidence
    given = ["The school's answers to the criteria of the area. What does not apply, with a reason, is left out."]
    if evidence.counts_as < evidence.required_for:
        better = "" if evidence.required_for is Level.ADVANCED else " or better"
        required, counts_as = rubric.answer_label(evidence.required_for), rubric.answer_label(evidence.counts_as)
        given.append(f"{required}{better} with no evidence counts as {counts_as}.")
    return Flow(
        "Each area",
        given,
        [_ask(rule, "of the criteria", rubric.answer_label, rubric) for rule in rules.area],
        _outcome(rubric, Level.NOT_YET),
        _cap(f"Is a statutory criterion answered “{rubric.answer_label(Level.NOT_YET)}”?", rules.gate.caps_area_at, rubric),
        "The area's rating",
    )


def _describe_overall(rubric: Rubric) -> Flow:
    rules = rubric.frame.rules
    return Flow(
        "Overall",
        ["The ratings of the areas. An area of which nothing applies is left out."],
        [_ask(rule, "of the areas", rubric.label, rubric) for rule in rules.overall.levels],
        _outcome(rubric, rules.overall.lowest),
        _cap("Is there a statutory gap in any area?", rules.gate.caps_overall_at, rubric),
        "The overall rating",
    )


def _ask(rule: LevelRule, of_what: str, name: Callable[[Level], str], rubric: Rubric) -> Question:
    """`Are at least three quarters of the criteria at Advanced, and is none below Established?`"""
    better = "" if rule.at_least is Level.ADVANCED else " or better"
    share = "all" if rule.share == 1 else f"at least {share_in_words(rule.share)}"
    asked = [f"are {share} {of_what} at {name(rule.at_least)}{better}"]
    if rule.none_below > Level.NOT_YET:
        below = name(Level.NOT_YET) if rule.none_below is Level.EMERGING else f"below {name(rule.none_below)}"
        asked.append(f"is none {below}")
    names = {area.number: area.name for area in rubric.areas}
    for number, least in rule.areas_at_least.items():
        asked.append(f"is Area {number}, {names[number]}, at {name(least)}{'' if least is Level.ADVANCED else ' or better'}")
    text = join_words(asked)
    return Question(f"{text[:1].upper()}{text[1:]}?", _outcome(rubric, rule.level))


def _cap(question: str, cap: Level, rubric: Rubric) -> Question:
    words = "The level stands" if cap is Level.ADVANCED else f"{rubric.label(cap)} at most"
    return Question(question, Outcome(words, cap.key))


def _outcome(rubric: Rubric, level: Level) -> Outcome:
    return Outcome(rubric.label(level), level.key)
