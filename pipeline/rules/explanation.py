"""The rubric's rules told in sentences, so that what schools read always says what the rules do."""

from collections.abc import Callable

from pipeline.model.level import Level
from pipeline.model.rubric import LevelRule, Rubric
from pipeline.rules.sentence import join_words, share_in_words


def describe_rules(rubric: Rubric) -> tuple[str, ...]:
    """One sentence each: evidence, areas, overall (where it is given), statutory gaps."""
    rules = rubric.frame.rules
    evidence = rules.evidence
    areas = [_describe(rule, "of the criteria that apply", rubric.answer_label, rubric) for rule in rules.area]
    sentences = [
        f"An answer of {rubric.answer_label(evidence.required_for)} with no evidence counts as "
        f"{rubric.answer_label(evidence.counts_as)} until evidence is given.",
        f"An area is {'; '.join(areas)}; otherwise {rubric.label(Level.NOT_YET)}.",
    ]
    if rules.overall.enabled:
        levels = [_describe(rule, "of the rated areas", rubric.label, rubric) for rule in rules.overall.levels]
        sentences.append(f"The overall rating is {'; '.join(levels)}; otherwise {rubric.label(rules.overall.lowest)}.")
    sentences.append(_describe_gates(rubric))
    return tuple(sentences)


def _describe(rule: LevelRule, of_what: str, name: Callable[[Level], str], rubric: Rubric) -> str:
    """`Established where three quarters ... are at Established or better and none is Not yet in place`."""
    better = "" if rule.at_least is Level.ADVANCED else " or better"
    asked = [f"{share_in_words(rule.share)} {of_what} are at {name(rule.at_least)}{better}"]
    if rule.none_below is Level.EMERGING:
        asked.append(f"none is {name(Level.NOT_YET)}")
    elif rule.none_below > Level.EMERGING:
        asked.append(f"none is below {name(rule.none_below)}")
    asked += [f"Area {area} is at least {name(least)}" for area, least in rule.areas_at_least.items()]
    return f"{rubric.label(rule.level)} where {join_words(asked)}"


def _describe_gates(rubric: Rubric) -> str:
    gate, overall = rubric.frame.rules.gate, rubric.frame.rules.overall.enabled
    area_cap, overall_cap = rubric.label(gate.caps_area_at), rubric.label(gate.caps_overall_at)
    caps = f"its area stays at {area_cap} or below" + (f" and the overall rating at {overall_cap} or below" if overall else "")
    answer = rubric.answer_label(Level.NOT_YET)
    return f"A statutory criterion answered “{answer}” is a statutory gap. It is printed first, and until it is closed {caps}."
