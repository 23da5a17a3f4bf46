"""`settings.yaml` with one more cycle: two places of the text change, and every other line stays as it was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from pipeline.model.settings import Cycle


def add_cycle(text: str, key: str, cycle: Cycle) -> str:
    """The settings with a cycle listed last and made the current one.

    Raises: ValueError where the text cannot be edited so that it says just that.
    """
    before = _load(text)
    wanted = {**before, "cycle": key, "cycles": {**before["cycles"], key: asdict(cycle)}}
    for edited in (_edit_lines, _edit_document):
        changed = edited(text, before, key, cycle)
        if _load(changed) == wanted and list(_load(changed)["cycles"]) == list(wanted["cycles"]):
            return changed
    raise ValueError("settings.yaml")


def make_current(text: str, key: str) -> str:
    """The settings with another of their cycles the current one. Raises: ValueError, as above."""
    lines = text.splitlines(keepends=True)
    place = _load(text).lc.key("cycle")[0]
    lines[place] = _replace_value(lines[place], key)
    changed = "".join(lines)
    if _load(changed) != {**_load(text), "cycle": key}:
        raise ValueError("settings.yaml")
    return changed


def _load(text: str) -> Any:
    return _yaml().load(text)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 200
    return yaml


def _edit_lines(text: str, document: CommentedMap, key: str, cycle: Cycle) -> str:
    """The usual way: a cycle a paragraph, in block style."""
    lines = text.splitlines(keepends=True)
    cycles = document["cycles"]
    last = list(cycles)[-1]
    held: CommentedMap = cycles[last]
    end = max(held.lc.value(field)[0] for field in held)
    names, fields = cycles.lc.key(last)[1], max(held.lc.key(field)[1] for field in held)
    if held.fa.flow_style() or cycles.fa.flow_style():
        return text
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines[end] = lines[end].rstrip("\r\n") + ending
    lines[end + 1 : end + 1] = [f"{line}{ending}" for line in _write_cycle(key, cycle, " " * names, " " * fields)]
    place = document.lc.key("cycle")[0]
    lines[place] = _replace_value(lines[place], key)
    return "".join(lines)


def _write_cycle(key: str, cycle: Cycle, names: str, fields: str) -> Sequence[str]:
    plain: Mapping[str, Any] = asdict(cycle)
    values = {field: _quote(value) if field == "label" else value.isoformat() for field, value in plain.items()}
    return [f"{names}{key}:", *(f"{fields}{field}: {value}" for field, value in values.items())]


def _quote(text: str) -> str:
    """A text as YAML writes it: plain where that is read as the same text."""
    if re.fullmatch(r"[A-Za-z][\w ,()&’'-]*(?<! )", text) and _load(f"a: {text}")["a"] == text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _replace_value(line: str, key: str) -> str:
    """The line of the current cycle with another one; a comment stays where it stood, if there is room."""
    found = re.fullmatch(r"(?P<before>\s*cycle\s*:\s*)(?P<value>[^#\s]+)(?P<gap>\s*)(?P<after>(?:#.*)?)(?P<end>\r?\n?)", line)
    if found is None:
        return line
    room = len(found["value"]) + len(found["gap"]) - len(key)
    gap = " " * max(room, 1) if found["after"] else ""
    return f"{found['before']}{key}{gap}{found['after']}{found['end']}"


def _edit_document(text: str, document: CommentedMap, key: str, cycle: Cycle) -> str:
    """For settings laid out in another way: ruamel writes them, and keeps the comments."""
    copy = _load(text)
    copy["cycle"] = key
    copy["cycles"][key] = asdict(cycle)
    result = StringIO()
    _yaml().dump(copy, result)
    return result.getvalue()
