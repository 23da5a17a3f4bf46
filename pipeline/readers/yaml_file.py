"""One YAML file into one frozen dataclass, every mistake told at once with its line.

pydantic and ruamel are imported where a file is read, since a run whose configuration is remembered reads none.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.model.finding import Finding, Place, find

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError
    from pydantic_core import ErrorDetails
    from ruamel.yaml.error import MarkedYAMLError

Model = TypeVar("Model")
Loc = Sequence[int | str]


class YamlFile:
    """A YAML file read once, as plain values; `findings` says why it could not be. Where a value stands, and what is wrong with
    a file, is told by ruamel's own parser, which is asked only then: libyaml's, where it is installed, reads five times faster.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.text = b""
        self.findings: tuple[Finding, ...] = ()
        self._values: Any = None
        from ruamel.yaml import YAML  # noqa: PLC0415
        from ruamel.yaml.constructor import DuplicateKeyError  # noqa: PLC0415
        from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

        try:
            self.text = path.read_bytes()
            text = self.text.decode("utf-8-sig")
            try:
                self._values = YAML(typ="safe").load(text)
            except YAMLError:
                self._values = YAML(typ="safe", pure=True).load(text)
        except FileNotFoundError:
            self.findings = (find("CF101", Place(name), "not there", file=name),)
        except (OSError, UnicodeDecodeError) as error:
            self.findings = (find("CF101", Place(name), _plain_reason(error), file=name),)
        except DuplicateKeyError as error:
            self.findings = (_find_doubled(error, name),)
        except MarkedYAMLError as error:
            mark = error.problem_mark
            line = f"line {mark.line + 1}" if mark else ""
            self.findings = (find("CF102", Place(name, cell=line), str(error.problem or error.context)),)
        except YAMLError:
            self.findings = (find("CF102", Place(name), "not YAML"),)

    def load(self, model: type[Model]) -> tuple[Model | None, tuple[Finding, ...]]:
        """The file as a `model`, a dataclass that refuses unknown keys. Findings: CF101, CF102, CF103."""
        if self.findings:
            return None, self.findings
        from pydantic import ValidationError  # noqa: PLC0415

        try:
            checked: Model = _adapter(model).validate_python(self._values)  # type: ignore[arg-type] # a class is hashable
            return checked, ()
        except ValidationError as error:
            return None, self._explain(error)

    def place(self, *loc: int | str) -> Place:
        """Where a value stands, `loc` being keys and positions from the top."""
        return Place(self.name, cell=f"line {self._line(loc)}")

    @cached_property
    def _document(self) -> Any:
        """The file again, each value with its place; None where it cannot be read."""
        from ruamel.yaml import YAML  # noqa: PLC0415

        return None if self.findings else YAML(typ="rt").load(self.text.decode("utf-8-sig"))

    def _line(self, loc: Loc) -> int:
        node, line = self._document, 1
        for part in loc:
            marks: Any = getattr(node, "lc", None)
            if isinstance(node, dict) and part in node:
                line = marks.key(part)[0] + 1
            elif isinstance(node, list) and isinstance(part, int) and part < len(node):
                line = marks.item(part)[0] + 1
            else:
                continue  # a missing key, or a name pydantic gave to one arm of a union: the line of what holds it
            node = node[part]
        return line

    def _explain(self, error: "ValidationError") -> tuple[Finding, ...]:
        findings: dict[tuple[Place, str], Finding] = {}
        details = [
            (detail, tuple(part for part in detail["loc"] if not _names_a_union(part)))
            for detail in error.errors(include_url=False)
        ]
        meant = _guess_meant(details)
        for detail, loc in details:
            path = " › ".join(str(part + 1 if isinstance(part, int) else part) for part in loc)
            place = self.place(*loc)
            remedy = _remedy(detail, loc)
            if loc in meant:
                remedy = f"Remove “{loc[-1]}”, or mend its spelling: “{meant[loc][-1]}” is missing here."
            if loc not in meant.values():
                findings.setdefault((place, path), find("CF103", place, path, remedy=remedy))
        return tuple(findings.values())


@cache
def _adapter(model: type) -> "TypeAdapter[Any]":
    """What checks a model, made once: there are nine files of areas."""
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(model)


def _find_doubled(error: "MarkedYAMLError", name: str) -> Finding:
    """A key that stands twice in one place: of two sources with one id, which is meant?"""
    key = re.search(r'found duplicate key "(.*?)"', str(error.problem))
    mark, seen = error.problem_mark, key[1] if key else "a key"
    place = Place(name, cell=f"line {mark.line + 1}" if mark else "")
    return find("CF103", place, f"“{seen}” twice", remedy=f"Use “{seen}” once in one place; rename or remove the second.")


def _plain_reason(error: OSError | UnicodeDecodeError) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or "cannot be opened"


def _names_a_union(part: int | str) -> bool:
    return isinstance(part, str) and ("[" in part or "(" in part)


_UNKNOWN = ("unexpected_keyword_argument", "extra_forbidden")
_MISSING = ("missing", "missing_argument")


def _guess_meant(details: Sequence[tuple["ErrorDetails", tuple[int | str, ...]]]) -> Mapping[Loc, Loc]:
    """Where an unknown key stands → the missing key beside it whose misspelling it seems to be: one mistake, told once."""
    missing = [loc for detail, loc in details if detail["type"] in _MISSING]
    meant: dict[Loc, Loc] = {}
    for detail, loc in details:
        if detail["type"] in _UNKNOWN and loc:
            beside = {str(one[-1]): one for one in missing if one[:-1] == loc[:-1] and one not in meant.values()}
            if likest := get_close_matches(str(loc[-1]), beside, n=1):
                meant[loc] = beside[likest[0]]
    return meant


_LEVELS = "not-yet, emerging, established or advanced"


def _remedy(detail: "ErrorDetails", loc: Loc) -> str:
    key = next((part for part in reversed(loc) if isinstance(part, str)), "the value")
    kind = detail["type"]
    if kind in _UNKNOWN:
        return f"Remove “{key}”, or mend its spelling: there is no such setting here."
    if kind in _MISSING:
        return f"Add “{key}”."
    if kind == "string_type":
        return f"Write “{key}” as text, in quotation marks."
    if kind in ("enum", "literal_error"):
        expected = str(detail["ctx"]["expected"])
        return f"Write for “{key}” one of: {_LEVELS if expected.startswith('0, 1') else expected}."
    if kind.startswith("fraction"):
        return f"Write “{key}” as a fraction such as 3/4."
    if kind.startswith("date"):
        return f"Write “{key}” as a date such as 2026-12-18."
    if kind.startswith("bool"):
        return f"Write “{key}” as true or false."
    if kind.startswith("int"):
        return f"Write “{key}” as a whole number."
    return f"Mend “{key}”: {detail['msg'][:1].lower()}{detail['msg'][1:]}."
