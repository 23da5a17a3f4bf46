"""The boxes that show a sheet's comments, in a drawing of the old kind (VML)."""

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.writers import style
from pipeline.writers.office_file import LINKS, MAIN, OfficeFile
from pipeline.writers.place import Place, find_place

_WIDTH, _LINE, _LETTERS = 320, 18, 46  # of a box: pixels, pixels a line, letters a line
_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_ID = f"{{{LINKS}}}id"
# What stands behind `legacyDrawing` in a sheet.
_BEHIND = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
_VML, _EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_NAMESPACES = f'xmlns:v="{_VML[1:-1]}" xmlns:x="{_EXCEL[1:-1]}" xmlns:o="urn:schemas-microsoft-com:office:office"'
_EMPTY = f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape {_NAMESPACES} id="_x0000_s{{id:04}}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
    'style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{width}px;height:{height}px;z-index:1;visibility:hidden">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_OWN_ID = re.compile(r"_x0000_s([0-9]{1,9})")
_FIRST_ID = 1026
_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)  # Excel writes it, and what has it is no XML


def draw_boxes(file: OfficeFile, sheet: str, texts: Mapping[str, str]) -> None:
    """Gives each comment (A1 address → text) a box large enough for it, in place of one that was there."""
    drawing = _open_drawing(file, sheet)
    places = {find_place(cell): text for cell, text in texts.items()}
    for shape in drawing.findall(f"{_VML}shape"):
        if _cell_of(shape) in places:
            drawing.remove(shape)
    ids = (_OWN_ID.fullmatch(element.get("id", "")) for element in drawing.iter("*"))
    first = max((int(id[1]) + 1 for id in ids if id), default=_FIRST_ID)
    if drawing.find(f"{_VML}shapetype[@id='_x0000_t202']") is None:
        drawing.append(etree.fromstring(_SHAPE_TYPE))
    for id, ((row, column), text) in enumerate(places.items(), first):
        height = _LINE * (style.lines(text, _LETTERS) + 1)
        box = _SHAPE.format(id=id, width=_WIDTH, height=height, row=row - 1, column=column - 1)
        drawing.append(etree.fromstring(box))


def _open_drawing(file: OfficeFile, sheet: str) -> etree._Element:
    """The drawing that holds a sheet's boxes, made where there is none."""
    root = file.edit(sheet)
    legacy = root.find(f"{MAIN}legacyDrawing")
    kind, part = file.links(sheet).get("" if legacy is None else legacy.get(_ID, ""), ("", ""))
    if kind == "vmlDrawing" and part in file:
        file.write(part, _OPEN_BREAK.sub(b"<br/>", file.read(part)))
        return file.edit(part)
    part = file.add("xl/drawings/vmlDrawing{}.vml", _EMPTY.encode(), _TYPE)
    if legacy is None:
        legacy = etree.Element(f"{MAIN}legacyDrawing", nsmap={"r": LINKS})
        behind = {f"{MAIN}{name}" for name in _BEHIND}
        root.insert(next((place for place, child in enumerate(root) if child.tag in behind), len(root)), legacy)
    legacy.set(_ID, file.link(sheet, "vmlDrawing", part))
    return file.edit(part)


def _cell_of(shape: etree._Element) -> Place | None:
    """The cell whose comment a shape shows."""
    of_note = shape.find(f"{_EXCEL}ClientData[@ObjectType='Note']")
    if of_note is None:
        return None
    row, column = (of_note.findtext(f"{_EXCEL}{one}", "").strip() for one in ("Row", "Column"))
    return (int(row) + 1, int(column) + 1) if row.isdecimal() and column.isdecimal() else None
