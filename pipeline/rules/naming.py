"""The names that a template may use, laid out to be read: on the screen, and as the page `docs/template-names.md`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model.contract import Contract, each_of, names_of

_WIDTH = 58  # characters of a tag before its meaning begins on the next line
_HOW = """\
# The names that a template may use

A template is a Word document. Change its words, styles and pages in Word as you like; what stands between braces is filled in for each school.
This page is printed by `inclusion template names --markdown`; after any change run `inclusion template check`, which tells every fault with its place.

| you write | and it does |
|---|---|
| `{{ school.name }}` | prints one thing, in the formatting of the place where it stands |
| `{%p if gaps %}` … `{%p else %}` … `{%p endif %}` | keeps or leaves out the paragraphs and tables between; each tag in a paragraph of its own, which vanishes |
| `{%p for area in areas %}` … `{%p endfor %}` | repeats the paragraphs and tables between, once for each of a list |
| `{%tr for action in gaps %}` … `{%tr endfor %}` | repeats the table rows between; each tag alone in a row of its own, which vanishes |
| `{% if area.gaps == 1 %}gap{% else %}gaps{% endif %}` | chooses between words inside one paragraph |
| `{# a note to yourself #}` | prints nothing |

- What begins inside a loop or condition ends inside it. A word of your own may stand for “one of the list”: here it is the one usually chosen.
- A condition holds for a list that is not empty, a number that is not 0, a text that is not empty, and “yes”. `not`, `and`, `or`, `==` and `!=` may be used.
- Names are written exactly as here. Write every tag in one go: one that is half bold, or half a link, may be torn.
- Everything a school wrote is printed as plain text, whatever it looks like.
"""  # noqa: E501 - a page is written as it is read


@dataclass(frozen=True)
class NameLine:
    """One line: how a name is written, how deep it stands in loops, what it means and an example. `is_loop` marks a list, whose
    names follow one step deeper."""

    tag: str
    depth: int
    meaning: str
    example: str
    is_loop: bool


def list_names(contract: Contract) -> Sequence[NameLine]:
    """Every name of a contract in the order of its context, those of each list below it."""
    return tuple(_list(contract, contract.context, "", 0))


def _list(contract: Contract, context: type[Any], prefix: str, depth: int) -> Iterator[NameLine]:
    for name, kind in names_of(context).items():
        meaning, full = contract.meaning(context, name), f"{prefix}{name}"
        one = each_of(kind)
        if one:
            yield NameLine(f"{{%p for {meaning.each} in {full} %}}", depth, meaning.text, "", True)
            if names_of(one):
                yield from _list(contract, one, f"{meaning.each}.", depth + 1)
            else:
                yield NameLine(f"{{{{ {meaning.each} }}}}", depth + 1, "One of them.", meaning.example, False)
        elif names_of(kind):
            yield from _list(contract, kind, f"{full}.", depth)
        else:
            yield NameLine(f"{{{{ {full} }}}}", depth, meaning.text, meaning.example, False)


def describe_names(contract: Contract) -> str:
    """The names as text for the screen: each with its meaning below, and an example."""
    lines = [f"{contract.title} (templates/{contract.file})", ""]
    for line in list_names(contract):
        space = "    " * line.depth
        example = f"  Example: {line.example}" if line.example else ""
        lines += [f"{space}{line.tag}{_end(line)}", f"{space}    {line.meaning}{example}"]
    return "\n".join(lines)


def _end(line: NameLine) -> str:
    return " … {%p endfor %}" if line.is_loop else ""


def write_names_page(contracts: Sequence[Contract]) -> str:
    """The page `docs/template-names.md`: how tags are written, then a table for each template."""
    tables = (_write_table(contract) for contract in contracts)
    return "\n".join((_HOW, *tables))


def _write_table(contract: Contract) -> str:
    rows = [f"## {contract.title}", "", f"`templates/{contract.file}`", "", "| name | what it is | example |", "|---|---|---|"]
    for line in list_names(contract):
        space = "&emsp;" * line.depth
        rows.append(f"| {space}`{line.tag}{_end(line)}` | {line.meaning} | {line.example} |")
    return "\n".join((*rows, ""))
