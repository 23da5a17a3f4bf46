"""Native shapes for a flow chart, in the line of text: arrows in the theme's colours with a symbol on each, and an arrow back.

The words stand in the table below the arrows, so that everybody can read, search and enlarge them; the drawing says the same in
its alternative text. A shape with words in it would be a text box, which screen readers pass over.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_EMU = 635  # English Metric Units to a twentieth of a point


def _shape(number: int, kind: str, place: tuple[int, int, int, int], fill: str) -> str:
    """One shape without a line: its outline's name, where it is (left, top, width, height), and a colour of the theme."""
    left, top, width, height = place
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="Shape {number}"/><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:schemeClr val="{fill}"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
    )


def _drawing(id: int, name: str, said: str, size: tuple[int, int], shapes: str) -> str:
    width, height = size
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{id}" name="{name}" descr="{escape(said)}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP}">'
        f'<wpg:wgp xmlns:wpg="{_GROUP}" xmlns:wps="{_SHAPE}"><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/><a:chOff x="0" y="0"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>'
        f"{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def flow_arrows(id: int, said: str, widths: Sequence[int], symbols: Sequence[str]) -> str:
    """An arrow above each column (`widths` in twentieths of a point) with a symbol on it, by the names of Word's shapes."""
    height, side = 576_000, 288_000
    shapes, left, number = [], 0, 100 * id
    for width, symbol in zip(widths, symbols, strict=True):
        across = width * _EMU
        middle = left + (across - side) // 2 - 60_000
        shapes.append(_shape(number + 1, "homePlate", (left, 0, across - 45_000, height), "accent1"))
        shapes.append(_shape(number + 2, symbol, (middle, (height - side) // 2, side, side), "bg1"))
        left, number = left + across, number + 2
    return _drawing(id, "Flow chart", said, (left, height), "".join(shapes))


def arrow_back(id: int, said: str, width: int) -> str:
    """A slim arrow from the last step back to the first."""
    across, height = width * _EMU, 216_000
    return _drawing(
        id, "Arrow back", said, (across, height), _shape(100 * id + 1, "leftArrow", (0, 0, across, height), "accent2")
    )
