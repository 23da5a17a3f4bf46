"""Templates that nobody would write: tables, loops and conditions put into one another at random, some of them across the grain."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from small_template import drawing, p, tbl, tc, tr

BLOCKS = ("if on", "if rows", "for row in rows", "for row in rows if on")
TEXTS = ("{{ text }}", "{{ count }}", "{{ rows|length }}", "a", " ", "{_{ x }_}", "{# c #}", "b\tc", "d\ne")


def invent_body(rng: Random) -> str:
    """The body of a template. Two in five have a block that begins and ends in any two texts of it."""
    body = _Author(rng).paragraphs(depth=2)
    pieces = body.split("</w:t>")
    if len(pieces) > 2 and rng.random() < 0.4:
        first = rng.randrange(len(pieces) - 1)
        last, block = rng.randrange(first, len(pieces) - 1), rng.choice(BLOCKS)
        pieces[first] += f"{{% {block} %}}"
        pieces[rng.randint(first, last)] += rng.choice(("{% else %}", "", ""))
        pieces[last] += f"{{% end{block.split()[0]} %}}"
    return "</w:t>".join(pieces)


@dataclass(frozen=True)
class _Author:
    rng: Random

    def paragraphs(self, depth: int) -> str:
        return "".join(self._paragraph(depth) for _ in range(self.rng.randint(1, 3)))

    def _paragraph(self, depth: int) -> str:
        what = self.rng.randrange(10)
        if what < 2 and depth:
            return "".join(self._block(lambda tag: p(f"{{%p {tag} %}}"), lambda: self.paragraphs(depth - 1)))
        if what < 5 and depth:
            return self._table(depth - 1) + p("")
        return drawing("{{ text }}") if what == 5 else p(self._text())

    def _text(self) -> str:
        text = "".join(self.rng.choices(TEXTS, k=self.rng.randint(1, 3)))
        return text if self.rng.randrange(10) else "".join(self._block(lambda tag: f"{{% {tag} %}}", lambda: text))

    def _table(self, depth: int) -> str:
        columns, rows = self.rng.randint(1, 3), []
        for _ in range(self.rng.randint(1, 3)):
            if self.rng.random() < 0.4:
                rows += self._block(lambda tag: tr(f"{{%tr {tag} %}}"), lambda: tr(*self._cells(columns, depth)))
            else:
                rows.append(tr(*self._cells(columns, depth)))
        return tbl(max(1, columns + self.rng.choice((0, 0, 0, 0, 1, -1))), *rows)

    def _cells(self, columns: int, depth: int) -> list[str]:
        cells: list[str] = []
        for _ in range(columns):
            if self.rng.random() < 0.08:
                cells += self._block(lambda tag: tc(f"{{%tc {tag} %}}"), lambda: tc(self._text()))
            else:
                inside = self.paragraphs(depth) if depth and self.rng.random() < 0.2 else ""
                span = self.rng.choice(('<w:gridSpan w:val="2"/>', *[""] * 8))
                cells.append(tc(inside + p(self._text()), properties=span))
        return cells

    def _block(self, as_tag: Callable[[str], str], inside: Callable[[], str]) -> list[str]:
        block = self.rng.choice(BLOCKS)
        otherwise = [as_tag("else"), inside()] if self.rng.random() < 0.3 else []
        return [as_tag(block), inside(), *otherwise, as_tag(f"end{block.split()[0]}")]
