"""The picture of how a rubric decides its levels: plain SVG, to be shown, printed and read aloud."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.rules.flow import Flow, Outcome, Picture, Question
from pipeline.writers import style
from pipeline.writers.cell import encode, escape
from pipeline.writers.lettering import break_lines

_MARGIN, _GUTTER = 36.0, 48.0
_COLUMN = 530.0
_QUESTION, _OUTCOME = 300.0, 134.0  # widths of the boxes
_ARROW = _COLUMN - _QUESTION - _OUTCOME - 22  # between a question and what a yes leads to; the rail runs down the 22 beside it
_PAD, _GAP = 11.0, 30.0
_SIZE = 14.0
_LINE = 1.32  # lines, in sizes of the letters


@dataclass
class _Sheet:
    """What is drawn so far."""

    parts: list[str] = field(default_factory=list)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str, corner: float = 5, weight: float = 1.2
    ) -> None:
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{corner:g}" fill="#{fill}" '
            f'stroke="#{style.BRAND}" stroke-width="{weight:g}"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = _SIZE,
        bold: bool = False,
        middle: bool = False,
        ink: str = style.INK,
    ) -> None:
        """Lines from the top `y` down; centred on `x` if `middle`."""
        look = f'font-size="{size:g}" fill="#{ink}"' + (' font-weight="bold"' if bold else "")
        look += ' text-anchor="middle"' if middle else ""
        first, step = y + size * 0.98, size * _LINE  # of the line that the letters stand on
        spans = [f'<tspan x="{x:g}" y="{first + step * place:.4g}">{escape(line)}</tspan>' for place, line in enumerate(lines)]
        self.parts.append(f"<text {look}>{''.join(spans)}</text>")

    def line(self, *points: tuple[float, float], arrow: bool = True) -> None:
        path = " ".join(f"{'M' if place == 0 else 'L'}{x:g} {y:g}" for place, (x, y) in enumerate(points))
        head = ' marker-end="url(#head)"' if arrow else ""
        self.parts.append(f'<path d="{path}" fill="none" stroke="#{style.BRAND}" stroke-width="1.5"{head}/>')


def draw_rubric(picture: Picture) -> bytes:
    """The picture as an SVG file, the same bytes whenever it is drawn."""
    sheet = _Sheet()
    columns = [flow for flow in (picture.area, picture.overall) if flow]
    width = 2 * _MARGIN + len(columns) * _COLUMN + (len(columns) - 1) * _GUTTER
    inner = width - 2 * _MARGIN
    title = break_lines(picture.title, 22, inner, bold=True)
    sheet.text(_MARGIN, _MARGIN - 6, title, size=22, bold=True, ink=style.BRAND)
    top = _MARGIN + len(title) * 22 * _LINE + 12
    bottom = max(_draw_flow(sheet, flow, _MARGIN + place * (_COLUMN + _GUTTER), top) for place, flow in enumerate(columns))
    remarks = picture.remarks if picture.overall else ("No overall rating is given.", *picture.remarks)
    foot = [line for remark in remarks for line in break_lines(remark, 12, inner)]
    sheet.text(_MARGIN, bottom + 24, foot, size=12, ink=style.QUIET)
    return _write(sheet, picture, width, bottom + 24 + len(foot) * 12 * _LINE + _MARGIN)


def _write(sheet: _Sheet, picture: Picture, width: float, height: float) -> bytes:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:.0f}" width="{width:g}" height="{height:.0f}" '
        'role="img" aria-labelledby="title desc" font-family="Arial, Helvetica, sans-serif" xml:lang="en-GB">'
    )
    words = f'<title id="title">{escape(picture.title)}</title>\n<desc id="desc">{escape(" ".join(picture.sentences))}</desc>'
    arrow = (
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L10 5L0 10z" fill="#{style.BRAND}"/></marker></defs>'
    )
    ground = f'<rect width="100%" height="100%" fill="#{style.WHITE}"/>'
    return encode("\n".join((head, words, arrow, ground, *sheet.parts, "</svg>\n")))


def _draw_flow(sheet: _Sheet, flow: Flow, x: float, y: float) -> float:
    """One column; gives where it ends."""
    sheet.box(x, y, _COLUMN, 32, fill=style.BRAND, corner=0)
    sheet.text(x + _PAD, y + 6, [flow.title], size=16, bold=True, ink=style.WHITE)
    y += 46
    for given in flow.given:
        y = _draw_text_box(sheet, x, y, _COLUMN - 22, given) + 8
    y -= 8
    ends: list[tuple[float, float]] = []  # where each level's box lets go to the right
    for place, question in enumerate(flow.questions):
        y = _lead_down(sheet, x, y, "no" if place else "")
        height, middle, _ = _draw_question(sheet, question, x, y)
        ends.append((x + _COLUMN - 22, middle))
        y += height
    y = _lead_down(sheet, x, y, "no" if flow.questions else "")
    height = _draw_outcome(sheet, flow.otherwise, x, y, _QUESTION)
    ends.append((x + _QUESTION, y + height / 2))
    y += height + _GAP + 14
    rail, centre = x + _COLUMN - 8, x + _QUESTION / 2
    for edge, level in ends:
        sheet.line((edge, level), (rail, level), arrow=False)
    sheet.line((rail, ends[0][1]), (rail, y - 19), (centre, y - 19), (centre, y - 1))
    height, _, under = _draw_question(sheet, flow.cap, x, y)
    y = _lead_down(sheet, x, y + height, "no: the level stands")
    return _draw_result(sheet, flow.result, x, y, under)


def _lead_down(sheet: _Sheet, x: float, y: float, word: str) -> float:
    """An arrow from `y` to what follows below, with the word beside it; gives where that begins."""
    sheet.line((x + _QUESTION / 2, y), (x + _QUESTION / 2, y + _GAP - 1))
    if word:
        sheet.text(x + _QUESTION / 2 + 8, y + 4, [word], size=12.5, bold=True)
    return y + _GAP


def _height(lines: Sequence[str], size: float = _SIZE) -> float:
    return len(lines) * size * _LINE + 2 * _PAD - 2


def _draw_text_box(sheet: _Sheet, x: float, y: float, width: float, text: str) -> float:
    """Gives where the box ends."""
    lines = break_lines(text, _SIZE, width - 2 * _PAD)
    sheet.box(x, y, width, _height(lines), fill=style.BRAND_PALE)
    sheet.text(x + _PAD, y + _PAD - 2, lines)
    return y + _height(lines)


def _draw_question(sheet: _Sheet, question: Question, x: float, y: float) -> tuple[float, float, float]:
    """A question with what a yes leads to beside it; gives its height, where its middle is, and where the other box ends."""
    lines = break_lines(question.text, _SIZE, _QUESTION - 2 * _PAD)
    words = break_lines(question.yes.words, _SIZE, _OUTCOME - 2 * _PAD, bold=True)
    height = max(_height(lines), _height(words))
    middle = y + height / 2
    sheet.box(x, y, _QUESTION, height, fill=style.WHITE)
    sheet.text(x + _PAD, middle - len(lines) * _SIZE * _LINE / 2, lines)
    right = x + _QUESTION + _ARROW
    sheet.line((x + _QUESTION, middle), (right - 1, middle))
    sheet.text(x + _QUESTION + _ARROW / 2 - 3, middle - 21, ["yes"], size=12.5, bold=True, middle=True)
    _draw_outcome(sheet, question.yes, right, middle - _height(words) / 2, _OUTCOME)
    return height, middle, middle + _height(words) / 2


def _draw_outcome(sheet: _Sheet, outcome: Outcome, x: float, y: float, width: float) -> float:
    """Gives its height."""
    lines = break_lines(outcome.words, _SIZE, width - 2 * _PAD, bold=True)
    sheet.box(x, y, width, _height(lines), fill=style.TINTS[outcome.key], corner=16, weight=1.8)
    sheet.text(x + width / 2, y + _PAD - 2, lines, bold=True, middle=True)
    return _height(lines)


def _draw_result(sheet: _Sheet, words: str, x: float, y: float, under: float) -> float:
    """The end of a column, with the way there from under a cap that bit; gives where it ends."""
    lines = break_lines(words, 15, _QUESTION - 2 * _PAD, bold=True)
    height = _height(lines, 15)
    sheet.box(x, y, _QUESTION, height, fill=style.BRAND)
    sheet.text(x + _QUESTION / 2, y + _PAD - 2, lines, size=15, bold=True, middle=True, ink=style.WHITE)
    outcome = x + _QUESTION + _ARROW + _OUTCOME / 2
    sheet.line((outcome, under), (outcome, y + height / 2), (x + _QUESTION + 1, y + height / 2))
    return y + height
