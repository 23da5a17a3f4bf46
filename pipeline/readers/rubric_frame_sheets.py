"""The sheets of the rubric's workbook that make its frame: settings, rules, levels, answers, themes and sources."""

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.model import rubric_form as form
from pipeline.model.finding import Place, find
from pipeline.model.level import Answer, Level
from pipeline.model.rubric import (
    AnswerWords,
    EvidenceRule,
    Frame,
    GateRule,
    LevelRule,
    LevelWords,
    OverallRule,
    PriorityRule,
    Rules,
    Source,
    Step,
)
from pipeline.model.rubric_form import Kind
from pipeline.readers.grid import fold
from pipeline.readers.rubric_gathering import Entry, Gathering, Path
from pipeline.readers.rubric_sheet import Row, Table

_ANSWERS = {form.level_word(answer.value): answer for answer in Answer}
_RUBRIC_LEVELS = {form.level_word(level.key): level for level in Level}


def read_frame(gathering: Gathering, tables: Mapping[str, Table]) -> Frame | None:
    """All of the rubric but its areas; None where a setting is gone. Findings: RB952."""
    values = _read_settings(gathering, tables[form.SETTINGS.sheet])
    area, overall = _read_rules(gathering, tables[form.RULES.sheet])
    levels, states = _read_levels(gathering, tables[form.LEVELS.sheet])
    answers = _read_answers(gathering, tables[form.ANSWERS.sheet])
    themes = _read_entries(gathering, tables[form.THEMES.sheet], "themes", lambda row: row.wording("Theme", "what it is about"))
    sources = _read_entries(gathering, tables[form.SOURCES.sheet], "sources", _read_source)
    if values is None:
        return None
    step = Step(*(values["rules", "evidence", "step", part] for part in ("opportunity", "action", "success")))
    rules = Rules(
        EvidenceRule(values["rules", "evidence", "required_for"], values["rules", "evidence", "counts_as"], step),
        area,
        GateRule(values["rules", "gate", "caps_area_at"], values["rules", "gate", "caps_overall_at"]),
        OverallRule(values["rules", "overall", "enabled"], values["rules", "overall", "lowest"], overall),
        PriorityRule(values["rules", "priorities", "most"], values["rules", "priorities", "most_in_one_area"]),
    )
    id, version, title, follows = (values[key,] for key in ("id", "version", "title", "follows"))
    return Frame(id, version, title, levels, states, answers, rules, themes, sources, follows)


def _read_settings(gathering: Gathering, table: Table) -> Mapping[Path, Any] | None:
    lines = {fold(line.label): line for line in form.SETTING_LINES}
    values: dict[Path, Any] = {}
    for row in table.rows():
        label = row.text(form.SETTING)
        line = lines.get(fold(label))
        if line is None or line.path in values:
            row.refuse(form.SETTING, label[:40], "Keep the settings as they were called, each once; remove this row.")
            continue
        values[line.path] = _VALUES[line.kind](row)
        gathering.place((None, *line.path), row.place(form.VALUE))
    missing = [line.label for line in form.SETTING_LINES if line.path not in values]
    for label in missing:
        remedy = f"Put back a row with “{label}” and its value."
        gathering.findings.append(find("RB952", Place(gathering.name, table.sheet.name), f"no “{label}”", remedy=remedy))
    return None if missing else values


def _read_rules(gathering: Gathering, table: Table) -> tuple[tuple[LevelRule, ...], tuple[LevelRule, ...]]:
    rules: dict[str, list[LevelRule]] = {form.AREA: [], form.OVERALL: []}
    for row in table.rows():
        what = row.choice("For", {form.AREA: form.AREA, form.OVERALL: form.OVERALL})
        loc: Path = ("area",) if what == form.AREA else ("overall", "levels")
        path = (None, "rules", *loc, len(rules[what]))
        gathering.keep(row, path, {"Level": ("level",), "Share": ("share",), "Areas by name": ("areas_at_least",)})
        gathering.place(path[:-1], row.place("For"))
        rule = LevelRule(
            row.level("Level"),
            row.share("Share"),
            row.level("At least"),
            row.level("None below", otherwise=Level.NOT_YET),
            row.named_areas("Areas by name"),
        )
        rules[what].append(rule)
    return tuple(rules[form.AREA]), tuple(rules[form.OVERALL])


def _read_levels(gathering: Gathering, table: Table) -> tuple[dict[Level, LevelWords], dict[str, str]]:
    levels: dict[Level, LevelWords] = {}
    states: dict[str, str] = {}
    for row in table.rows():
        label = row.wording("Label", "the word that schools read")
        if row.choice("Kind", {form.LEVEL_KIND: True, form.STATE_KIND: False}):
            level = row.choice("Id", _RUBRIC_LEVELS)
            gathering.put(levels, level, LevelWords(label, row.text("Second name"), row.text("Meaning")), row)
            gathering.keep(row, (None, "levels", level.key), {"Id": (), "Label": ("label",)})
        else:
            gathering.put(states, row.id("Id", "not-rated"), label, row)
            for heading in ("Second name", "Meaning"):
                if row.text(heading).strip():
                    row.refuse(heading, "text", "Empty the cell: only a level has a second name and a meaning.")
        gathering.place((None, "levels"), row.place("Id"))
        gathering.place((None, "states"), row.place("Id"))
    return levels, states


def _read_answers(gathering: Gathering, table: Table) -> dict[Answer, AnswerWords]:
    answers: dict[Answer, AnswerWords] = {}
    for row in table.rows():
        answer = row.choice("Id", _ANSWERS)
        label = row.wording("Label", "the word that schools choose")
        gathering.put(answers, answer, AnswerWords(label, row.text("Meaning"), row.items("Also typed as")), row)
        gathering.keep(row, (None, "answers", answer), {"Id": (), "Label": ("label",), "Also typed as": ("also",)})
        gathering.place((None, "answers"), row.place("Id"))
    return answers


def _read_entries(gathering: Gathering, table: Table, key: str, read: Callable[[Row], Entry]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for row in table.rows():
        id = row.id("Id", "early-help" if key == "themes" else "G21")
        gathering.put(entries, id, read(row), row)
        gathering.keep(row, (None, key, id), {"Id": ()})
    return entries


def _read_source(row: Row) -> Source:
    return Source(
        row.wording("Title", "the source's title"),
        row.text("In force"),
        row.text("Address"),
        row.day("Checked on"),
        row.text("Standing"),
    )


_VALUES: Mapping[Kind, Callable[[Row], Any]] = {
    Kind.ID: lambda row: row.id(form.VALUE, "1-0"),
    Kind.WORDING: lambda row: row.wording(form.VALUE, "a title"),
    Kind.TEXT: lambda row: row.text(form.VALUE),
    Kind.LEVEL: lambda row: row.level(form.VALUE),
    Kind.CHOICE: lambda row: row.choice(form.VALUE, {form.YES: True, form.NO: False}),
    Kind.NUMBER: lambda row: row.whole(form.VALUE),
}
