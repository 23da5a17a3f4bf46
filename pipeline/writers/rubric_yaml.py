"""A rubric as YAML files in the style of `config/rubric`: edited where files stand already, so that their comments stay, and
otherwise written clean."""

from collections.abc import Mapping
from typing import Any

from pipeline.model.draft import Draft
from pipeline.model.rubric import Area, Criterion, Frame, LevelRule, Step
from pipeline.writers.rubric_style import style_value
from pipeline.writers.yaml_edit import dump, edit, parse

Plain = dict[str, Any]

FRAME = "rubric.yaml"

_TOP = """\
# The rubric's levels, answers, rules, themes and sources. The areas stand beside this file, one each.
#
# An officer may change any wording or number here, or take the rubric through Excel with `inclusion rubric export` and
# `inclusion rubric import`. After a change of wording alone, raise the second number of `version`; after a change that makes
# ratings incomparable (a threshold, a gate, a criterion), raise the first: `inclusion rubric diff` says which.
# `inclusion rubric check` names the file and line of anything it cannot use.
"""
_ABOVE = {
    "levels": "# The levels a school may be operating at. `name` is a second name for each.",
    "states": "# What a rating says where none of the levels is reached, or none can be given.",
    "answers": "# What a school may answer to a criterion. `label` is what the workbook's list offers; `also` is what people\n"
    "# type instead. Capitals, spaces at the ends and a full stop are ignored.",
    "rules": "# How answers become ratings. Fractions are exact: 3/4 of 7 criteria means 6 of them.\n"
    "# A rule is met when at least `share` of the applicable answers stand at `at_least` or better and none stands below\n"
    "# `none_below`. The first rule met, from the top, gives the level.",
    "themes": "# What a criterion bears on beyond its own area; the LA's reports group by these.",
    "sources": "# Where the statutory criteria come from: how far each was read (`standing`), and when we last looked.",
}
_AREA_TOP = "# Area {number} of the rubric. Ids stay what they are: returns, resources and the checklist name them.\n"


def write_rubric_files(
    draft: Draft, present: Mapping[str, str], names: Mapping[int, str], *, quoted: bool = False
) -> Mapping[str, bytes]:
    """File name → content, for the frame and every area.

    `present` holds the text of files to be edited where they stand; `names` the file of an area's number, where it is not
    `area-5.yaml`. `quoted` writes every new text in quotation marks: less pleasant to read, and never misread.
    """
    files = {FRAME: _write_frame(draft.frame, present.get(FRAME), quoted=quoted)}
    for area in draft.areas:
        name = names.get(area.number, f"area-{area.number}.yaml")
        files[name] = _write_area(area, present.get(name), quoted=quoted)
    return {name: text.encode() for name, text in files.items()}


def _write_frame(frame: Frame, text: str | None, *, quoted: bool) -> str:
    plain = plain_frame(frame)
    if text is not None:
        return _edit_text(text, plain, quoted=quoted)
    parts = [_TOP]
    for key, value in plain.items():
        above = f"\n{_ABOVE[key]}\n" if key in _ABOVE else "\n" if key == "id" else ""
        parts.append(above + dump(style_value({key: value}, quoted=quoted)))
    return "".join(parts)


def _write_area(area: Area, text: str | None, *, quoted: bool) -> str:
    if text is not None:
        return _edit_text(text, plain_area(area), quoted=quoted)
    return _AREA_TOP.format(number=area.number) + dump(style_value(plain_area(area), quoted=quoted))


def _edit_text(text: str, plain: Plain, *, quoted: bool) -> str:
    document = parse(text)
    edit(document, plain, quoted=quoted)
    return dump(document)


def plain_frame(frame: Frame) -> Plain:
    """The frame as `rubric.yaml` has it, in the model's order; what is not given is left out."""
    rules, evidence = frame.rules, frame.rules.evidence
    return {
        "id": frame.id,
        "version": frame.version,
        **_given("follows", frame.follows),
        "title": frame.title,
        "levels": {
            level.key: {"label": words.label, "name": words.name, "meaning": words.meaning}
            for level, words in frame.levels.items()
        },
        "states": dict(frame.states),
        "answers": {
            answer.value: {"label": words.label, "meaning": words.meaning, **_given("also", list(words.also))}
            for answer, words in frame.answers.items()
        },
        "rules": {
            "evidence": {
                "required_for": evidence.required_for.key,
                "counts_as": evidence.counts_as.key,
                "step": _plain_step(evidence.step),
            },
            "area": [_plain_rule(rule) for rule in rules.area],
            "gate": {"caps_area_at": rules.gate.caps_area_at.key, "caps_overall_at": rules.gate.caps_overall_at.key},
            "overall": {
                "enabled": rules.overall.enabled,
                "lowest": rules.overall.lowest.key,
                "levels": [_plain_rule(rule) for rule in rules.overall.levels],
            },
            "priorities": {"most": rules.priorities.most, "most_in_one_area": rules.priorities.most_in_one_area},
        },
        "themes": dict(frame.themes),
        "sources": {
            key: {
                "title": source.title,
                "in_force": source.in_force,
                "address": source.address,
                "checked_on": source.checked_on,
                "standing": source.standing,
            }
            for key, source in frame.sources.items()
        },
    }


def _plain_rule(rule: LevelRule) -> Plain:
    floor = "" if rule.none_below.key == "not-yet" else rule.none_below.key
    named = {number: least.key for number, least in rule.areas_at_least.items()}
    return {
        "level": rule.level.key,
        "share": str(rule.share) if rule.share != 1 else 1,
        "at_least": rule.at_least.key,
        **_given("none_below", floor),
        **_given("areas_at_least", named),
    }


def _plain_step(step: Step) -> Plain:
    return {"opportunity": step.opportunity, "action": step.action, "success": step.success}


def _given(key: str, value: Any) -> Plain:
    return {key: value} if value else {}


def plain_area(area: Area) -> Plain:
    """An area as its file has it, in the model's order; what is not given is left out."""
    return {
        "number": area.number,
        "name": area.name,
        "status": area.status,
        "crosswalk": list(area.crosswalk),
        "definition": area.definition,
        "criteria": [_plain_criterion(criterion) for criterion in area.criteria],
    }


def _plain_criterion(criterion: Criterion) -> Plain:
    steps, gate = criterion.steps, criterion.gate
    return {
        "id": criterion.id,
        "title": criterion.title,
        "phases": "all" if criterion.phases == "all" else [phase.value for phase in criterion.phases],
        "themes": list(criterion.themes),
        "lead": criterion.lead,
        **_given("gate", gate and {"duty": gate.duty, "source": gate.source}),
        "emerging": criterion.emerging,
        "established": criterion.established,
        "advanced": criterion.advanced,
        "steps": {key: _plain_step(getattr(steps, key)) for key in ("emerging", "established", "advanced")},
        **_given("formerly", list(criterion.formerly)),
    }
