"""A YAML document edited where it stands: only what differs is touched, so that comments, quotes and line breaks stay."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from pipeline.writers.rubric_style import ENDLESS, style_value

# What a file may say in so many words and the model takes for granted.
_GRANTED: Mapping[str, Any] = {
    "follows": "",
    "also": [],
    "none_below": "not-yet",
    "areas_at_least": {},
    "gate": None,
    "formerly": [],
}
_LISTS = frozenset(("levels", "states", "answers", "themes", "sources"))
_NAMES = ("id", "level")  # by what the entries of a list of mappings are told


def parse(text: str) -> CommentedMap:
    """A YAML text as a document that keeps its comments, quotes and line breaks."""
    document: CommentedMap = _yaml().load(text)
    return document


def dump(document: CommentedMap | CommentedSeq) -> str:
    """The document as text; what was not edited reads as it did."""
    stream = StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = ENDLESS
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def edit(
    document: CommentedMap, wanted: Mapping[Any, Any], *, depth: int = 0, quoted: bool = False, is_ordered: bool = False
) -> None:
    """Makes a mapping of the document say what is wanted; in the order wanted, where that is a list of entries."""
    for key in [key for key in document if key not in wanted]:
        if key not in _GRANTED or document[key] != _GRANTED[key]:
            del document[key]
    for place, (key, value) in enumerate(wanted.items()):
        if key in document:
            held = _edit_value(document[key], value, str(key), depth + 2, quoted=quoted)
            if held is not document[key]:
                document[key] = held
        else:
            document.insert(place, key, style_value(value, key=str(key), depth=depth + 2, quoted=quoted))
    if is_ordered and [key for key in document if key in wanted] != list(wanted):
        for key in wanted:
            document.move_to_end(key)


def _edit_value(held: Any, value: Any, key: str, depth: int, *, quoted: bool) -> Any:
    """What stands for `value`: the node that is there, edited, or a new one in its place."""
    if isinstance(held, CommentedMap) and isinstance(value, Mapping):
        edit(held, value, depth=depth, quoted=quoted, is_ordered=key in _LISTS)
        return held
    if isinstance(held, CommentedSeq) and isinstance(value, Sequence) and not isinstance(value, str):
        if value and isinstance(value[0], Mapping) and _are_named(held, value):
            _edit_list(held, value, depth, quoted=quoted)
            return held
        return held if list(held) == list(value) else style_value(value, key=key, depth=depth, quoted=quoted)
    if isinstance(held, bool) is isinstance(value, bool) and held == value:
        return held
    styled = style_value(value, key=key, depth=depth, quoted=quoted)
    return DoubleQuotedScalarString(value) if isinstance(held, DoubleQuotedScalarString) and isinstance(value, str) else styled


def _are_named(held: CommentedSeq, value: Sequence[Mapping[Any, Any]]) -> bool:
    return all(isinstance(one, CommentedMap) and _name(one) is not None for one in held) and all(map(_name, value))


def _name(entry: Mapping[Any, Any]) -> Any:
    return next((entry[key] for key in _NAMES if key in entry), None)


def _edit_list(held: CommentedSeq, wanted: Sequence[Mapping[Any, Any]], depth: int, *, quoted: bool) -> None:
    """Entries are told by their names: those that stay keep their comments, wherever they move."""
    known = {_name(entry): entry for entry in held}
    entries = []
    for value in wanted:
        entry = known.pop(_name(value), None)
        if entry is None:
            entry = style_value(value, depth=depth + 4, quoted=quoted)
        else:
            edit(entry, value, depth=depth + 2, quoted=quoted)
        entries.append(entry)
    if entries != list(held) or len(entries) != len(held):
        held[:] = entries
