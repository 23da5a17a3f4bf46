"""What the expression of a tag is: its names looked up in the context's types, as deep as they go."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, nodes

from pipeline.model.contract import each_of, names_of
from pipeline.writers.contract.nearest import say_nearest, say_unknown

Scope = Mapping[str, Any]  # name → its type; Any where it is not known
Report = Callable[[str, str, str], None]  # code, what was seen, remedy

# Filters that give the same kind of thing again, and those that give one of a list.
_SAME = {"sort", "list", "reverse", "unique", "select", "reject", "selectattr", "rejectattr", "default", "d", "slice"}
_ONE = {"first", "last", "random", "max", "min"}
_TEXT = {"upper", "lower", "title", "capitalize", "trim", "join", "replace", "string", "truncate", "format", "e", "escape"}
_NUMBER = {"length", "count", "int", "sum", "wordcount", "abs"}
_BY_FIELD = {"selectattr", "rejectattr", "groupby"}  # whose first argument is a field
_LOOP = {
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth", "depth0", "previtem", "nextitem",
    "changed",
}  # fmt: skip


class Loop:
    """The type of `loop` between a loop's tags."""


def look_up(node: nodes.Node, scope: Scope, language: Environment, report: Report) -> Any:
    """The type of an expression; Any where it cannot be told. Reports TP402 (names), TP414 (filters, tests), TP418 (use)."""
    return _Reader(scope, language, report).read(node)


class _Reader:
    def __init__(self, scope: Scope, language: Environment, report: Report) -> None:
        self._scope, self._language, self._report = scope, language, report

    def read(self, node: nodes.Node | None) -> Any:
        """The type of a node; those that have no reader of their own are only looked into."""
        if node is None:
            return Any
        reader = getattr(self, f"_read_{type(node).__name__.lower()}", None)
        if reader:
            return reader(node)
        for child in node.iter_child_nodes():
            self.read(child)
        return bool if isinstance(node, nodes.Compare | nodes.Not) else Any

    def _read_const(self, node: nodes.Const) -> Any:
        return type(node.value)

    def _read_name(self, node: nodes.Name) -> Any:
        if node.name in self._scope:
            return self._scope[node.name]
        if node.name not in self._language.globals:
            self._report("TP402", f"“{node.name}”", say_unknown(node.name, self._scope))
        return Any

    def _read_getattr(self, node: nodes.Getattr) -> Any:
        return self._attribute(self.read(node.node), node.attr, write(node.node))

    def _read_getitem(self, node: nodes.Getitem) -> Any:
        kind = self.read(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._attribute(kind, node.arg.value, write(node.node))
        self.read(node.arg)
        return kind if isinstance(node.arg, nodes.Slice) else each_of(kind) or Any

    def _attribute(self, kind: Any, name: str, of: str) -> Any:
        known = _LOOP if kind is Loop else names_of(kind)
        if name in known:
            return known[name] if isinstance(known, Mapping) else Any
        if known or kind in (int, bool) or each_of(kind) or (kind is str and not hasattr(str, name)):
            self._report("TP402", f"“{of}.{name}”", _say_attribute(kind, name, of, known, self._scope))
        return Any

    def _read_call(self, node: nodes.Call) -> Any:
        kind = self.read(node.node)
        for child in (*node.args, *node.kwargs):
            self.read(child)
        if kind in (str, int, bool) or each_of(kind) or names_of(kind):
            self._report("TP418", f"“{write(node)}”", f"Write “{write(node.node)}” without brackets.")
        return Any

    def _read_filter(self, node: nodes.Filter) -> Any:
        kind = self.read(node.node)
        for child in (*node.args, *node.kwargs):
            self.read(child)
        if node.name not in self._language.filters:
            known = sorted(self._language.filters)
            self._report("TP414", f"“{node.name}”", say_nearest(node.name, known, "There is no filter called"))
            return Any
        self._check_field(node, each_of(kind))
        if node.name in _SAME:
            return kind
        if node.name in _ONE:
            return each_of(kind) or Any
        return str if node.name in _TEXT else int if node.name in _NUMBER else Any

    def _check_field(self, node: nodes.Filter, one: Any) -> None:
        """The field that a filter is told by name, such as `sort(attribute="lead")`."""
        told = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        told += node.args[:1] if node.name in _BY_FIELD else []
        for value in told:
            if one and isinstance(value, nodes.Const) and isinstance(value.value, str):
                self._attribute(one, value.value.partition(".")[0], f"each of {write(node.node) if node.node else 'them'}")

    def _read_test(self, node: nodes.Test) -> Any:
        for child in (node.node, *node.args, *node.kwargs):
            self.read(child)
        if node.name not in self._language.tests:
            self._report(
                "TP414", f"“{node.name}”", say_nearest(node.name, sorted(self._language.tests), "There is no test called")
            )
        return bool

    def _read_condexpr(self, node: nodes.CondExpr) -> Any:
        self.read(node.test)
        kinds = [self.read(node.expr1), self.read(node.expr2)]
        return kinds[0] if kinds[0] == kinds[1] else Any

    def _read_concat(self, node: nodes.Concat) -> Any:
        for child in node.nodes:
            self.read(child)
        return str


def write(node: nodes.Node | None) -> str:
    """An expression as it is written, as far as names and full stops go."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{write(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{write(node.node)}[…]"
    if isinstance(node, nodes.Call):
        return f"{write(node.node)}({'…' if node.args else ''})"
    if isinstance(node, nodes.Filter):
        return f"{write(node.node)}|{node.name}"
    return "…"


def _say_attribute(kind: Any, name: str, of: str, known: Any, scope: Scope) -> str:
    one = each_of(kind)
    if one:
        return f"“{of}” is a list: go over it with {{%p for one in {of} %}} … {{%p endfor %}}, and ask each for its {name}."
    if not known:
        return f"Write “{of}” alone: it is a single value and has nothing inside it."
    return say_nearest(name, list(known), f"“{of}” has no", f"{of}.", scope)
