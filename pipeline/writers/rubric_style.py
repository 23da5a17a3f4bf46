"""How the rubric's YAML looks: long texts folded, ids and titles in quotation marks, lists on one line."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

ENDLESS = 1_000_000  # a line is broken where we break it, and nowhere else

_WIDTH = 132
_LONG = 120  # characters from which a text is folded
_QUOTED = frozenset(("version", "id", "name", "title", "lead", "duty", "also", "formerly"))


def style_value(value: Any, *, key: str = "", depth: int = 0, quoted: bool = False) -> Any:
    """A plain value as YAML shows it. `quoted` puts every text in quotation marks."""
    if isinstance(value, Mapping):
        return _style_mapping(value, key, depth, quoted=quoted)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _style_list(value, key, depth, quoted=quoted)
    return style_text(value, key, depth, quoted=quoted) if isinstance(value, str) else value


def _style_mapping(value: Mapping[Any, Any], key: str, depth: int, *, quoted: bool) -> CommentedMap:
    styled = CommentedMap()
    for name, held in value.items():
        shown = style_text(name, "", depth, quoted=quoted) if isinstance(name, str) and quoted else name
        styled[shown] = style_value(held, key=str(name), depth=depth + 2, quoted=quoted)
    if key == "areas_at_least":
        styled.fa.set_flow_style()
    return styled


def _style_list(value: Sequence[Any], key: str, depth: int, *, quoted: bool) -> CommentedSeq:
    styled = CommentedSeq(style_value(held, key=key, depth=depth + 4, quoted=quoted) for held in value)
    if not any(isinstance(held, Mapping) for held in value):
        styled.fa.set_flow_style()
    return styled


def style_text(text: str, key: str, depth: int, *, quoted: bool = False) -> str:
    """A text plain, folded or in quotation marks, whichever reads best and says it exactly."""
    shown: str = text
    is_tame = text.isprintable() and text == " ".join(text.split()) and text != ""
    if quoted or not is_tame or key in _QUOTED:
        shown = DoubleQuotedScalarString(text)
    elif len(text) > _LONG:
        shown = _fold(text, depth)
    return shown


def _fold(text: str, depth: int) -> Any:
    lines = textwrap.wrap(text, _WIDTH - depth, break_long_words=False, break_on_hyphens=False)
    folded: Any = FoldedScalarString(text)
    places, place = [], -1
    for line in lines[:-1]:
        place += len(line) + 1
        places.append(place)
    folded.fold_pos = places  # where ruamel breaks the line
    return folded
