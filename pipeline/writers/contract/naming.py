"""Every name in a template looked up: in the context, and in what a loop calls one of a list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes

from pipeline.model.contract import each_of, names_of
from pipeline.writers.contract.block import Nesting, opens
from pipeline.writers.contract.expression import Loop, look_up
from pipeline.writers.contract.fault import Fault, fault
from pipeline.writers.contract.syntax import say_statement, say_syntax
from pipeline.writers.contract.tag import Tag
from pipeline.writers.language import open_language

_KNOWN_WORDS = ("elif", "else", "set", "vm", "hm", "cellbg", "colspan", "do")
_UNUSABLE = ("include", "import", "from", "extends")


def find_misnamed(tags: Sequence[Tag], nesting: Nesting, context: type[Any]) -> Iterator[Fault]:
    """What the tags of a part ask for that there is not: TP402, TP414, TP418; tags that cannot be read: TP413."""
    yield from _Names(context, nesting).check_all(tags)


class _Names:
    """Goes through the tags in order, with the names that hold at each."""

    def __init__(self, context: type[Any], nesting: Nesting) -> None:
        self._scopes: list[dict[str, Any]] = [dict(names_of(context))]
        self._nesting = nesting
        self._ends = {block.end: block for block in nesting.blocks if block.end}
        self._faults: list[Fault] = []

    @property
    def _scope(self) -> Mapping[str, Any]:
        return {name: kind for scope in self._scopes for name, kind in scope.items()}

    def check_all(self, tags: Sequence[Tag]) -> list[Fault]:
        for tag in tags:
            if tag.kind == "value":
                self._check_value(tag)
            elif tag.kind == "block":
                self._check_statement(tag)
        return self._faults

    def _check_value(self, tag: Tag) -> None:
        tree = self._parse(tag, f"{{{{ {_as_filled(tag)} }}}}")
        printed = next(tree.find_all(nodes.Output), None) if tree else None
        for node in printed.nodes if printed else ():
            if isinstance(node, nodes.TemplateData):
                continue
            kind = self._look_up(tag, node)
            if each_of(kind):
                remedy = f"Go over it with {{%p for one in {tag.code} %}} … {{%p endfor %}}: it is a list."
                self._faults.append(fault("TP418", tag.paragraph, tag.shown, remedy=remedy))
            elif names_of(kind):
                inside = [name for name, inner in names_of(kind).items() if inner in (str, int)]
                remedy = f"Print one of the things in it, such as {{{{ {tag.code}.{inside[0] if inside else '…'} }}}}."
                self._faults.append(fault("TP418", tag.paragraph, tag.shown, remedy=remedy))

    def _check_statement(self, tag: Tag) -> None:
        if tag in self._ends:
            if len(self._scopes) > 1:
                self._scopes.pop()
        elif tag.word in ("if", "elif"):
            self._check_condition(tag)
        elif tag.word == "for":
            self._check_loop(tag)
        elif opens(tag) or tag.word == "set":
            self._check_other(tag)
        elif (
            tag.word in _UNUSABLE
            or (tag.word not in _KNOWN_WORDS and not tag.word.startswith("end"))
            or (tag.word == "else" and tag.code != "else")
        ):
            self._faults.append(fault("TP413", tag.paragraph, tag.shown, remedy=say_statement(tag)))

    def _check_condition(self, tag: Tag) -> None:
        tree = self._parse(tag, f"{{% if {_as_filled(tag)[len(tag.word) :]} %}}{{% endif %}}")
        condition = next(tree.find_all(nodes.If), None) if tree else None
        if condition:
            self._look_up(tag, condition.test)
        if tag.word == "if":
            self._scopes.append({})

    def _check_loop(self, tag: Tag) -> None:
        tree = self._parse(tag, f"{{% {_as_filled(tag)} %}}{{% endfor %}}")
        loop = next(tree.find_all(nodes.For), None) if tree else None
        inner: dict[str, Any] = {"loop": Loop}
        if loop:
            kind = self._look_up(tag, loop.iter)
            if kind in (str, int, bool) or names_of(kind):
                remedy = "Go over a list: this is a single thing, so write its tag without a loop."
                self._faults.append(fault("TP418", tag.paragraph, tag.shown, remedy=remedy))
            one = each_of(kind) or Any
            targets = loop.target.find_all(nodes.Name)
            named = [loop.target.name] if isinstance(loop.target, nodes.Name) else [name.name for name in targets]
            inner |= {name: one if isinstance(loop.target, nodes.Name) else Any for name in named}
        else:  # so that what is inside is not told as well
            inner |= dict.fromkeys(re.findall(r"[^\W\d]\w*", tag.code)[1:2], Any)
        self._scopes.append(inner)
        if loop and loop.test:
            self._look_up(tag, loop.test)

    def _check_other(self, tag: Tag) -> None:
        """Macros and the like are for those who know Jinja: their own names are known, but not of what kind they are."""
        end = "" if tag.word == "set" and "=" in tag.code else f"{{% end{tag.word} %}}"
        tree = self._parse(tag, f"{{% {_as_filled(tag)} %}}{end}")
        named = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"} if tree else set()
        named |= {node.name for node in tree.find_all(nodes.Macro)} if tree else set()
        if opens(tag):
            self._scopes[-1] |= dict.fromkeys(named, Any)
            self._scopes.append(dict.fromkeys(named, Any))
        else:
            assigned = next(tree.find_all(nodes.Assign), None) if tree else None
            kind = self._look_up(tag, assigned.node) if assigned else Any
            self._scopes[-1] |= dict.fromkeys(named, kind)

    def _look_up(self, tag: Tag, node: nodes.Node) -> Any:
        def report(code: str, seen: str, remedy: str) -> None:
            self._faults.append(fault(code, tag.paragraph, f"{seen}, in {tag.shown}", remedy=remedy))

        return look_up(node, self._scope, open_language(), report)

    def _parse(self, tag: Tag, source: str) -> nodes.Template | None:
        if tag.is_unreadable:  # that is told, and stands for whatever else may be wrong with it
            return None
        try:
            return _read(source)
        except jinja2.TemplateError as error:
            self._faults.append(fault("TP413", tag.paragraph, tag.shown, remedy=say_syntax(tag, str(error.message))))
            return None


@lru_cache(maxsize=1024)  # the same tags stand in many rows
def _read(source: str) -> nodes.Template:
    return open_language().parse(source)


def _as_filled(tag: Tag) -> str:
    """The code as docxtpl hands it on: in an attribute its quotes stay escaped, and it cannot be read."""
    return tag.code if tag.start >= 0 else tag.code.replace('"', "&quot;")
