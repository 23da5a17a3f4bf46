"""A Word template in another house style: its theme, the colours and fonts that programs without themes go by, and its logo.

Its wording, tables, tags and styles' names stay as they are. All that we print refers to the theme, so a template that somebody
has changed in Word follows as well, as long as its styles were used.
"""

import struct
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.model.house_style import HouseStyle
from pipeline.writers.office_file import OfficeFile

LOGO = "Logo"  # the name of the drawing that holds it
_WIDEST = 2_520_000  # 7 cm in English Metric Units

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BODY = "word/document.xml"

# What Word's styles call the slots of the theme.
_SLOTS = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2", "background2": "lt2",
    "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink", **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
}  # fmt: skip
_CACHED = (("themeColor", ("color", "val")), ("themeFill", ("fill",)))


def restyle(template: bytes, style: HouseStyle, logo: bytes) -> bytes:
    """The template in a house style; one that is in it already comes back the same, byte for byte.

    Raises: ValueError, KeyError or an error of lxml where it is not a Word document with a theme.
    """
    file = OfficeFile(template)
    theme = file.linked(_BODY, "theme")
    _set_theme(file.edit(theme), style)
    for name in (_BODY, *(part for _, part in file.links(_BODY).values() if part.endswith(".xml") and part in file)):
        if name != theme and b"theme" in file.read(name):
            _set_cached(file.edit(name), style.colours.theme)
    _set_logo(file, style, logo)
    if fonts := file.linked(_BODY, "fontTable"):
        _set_font_table(file.edit(fonts), (style.fonts.headings, style.fonts.text))
    saved = file.save()
    return template if _same(OfficeFile(template), OfficeFile(saved)) else saved


def _same(one: OfficeFile, other: OfficeFile) -> bool:
    names = one.sizes().keys()
    return names == other.sizes().keys() and all(_plain(one, name) == _plain(other, name) for name in names)


def _plain(file: OfficeFile, name: str) -> bytes:
    """A part as it is compared: an editor may write the same in other bytes."""
    return etree.tostring(file.tree(name), method="c14n") if name.endswith((".xml", ".rels")) else file.read(name)


def _set_theme(theme: etree._Element, style: HouseStyle) -> None:
    theme.set("name", style.authority)
    for slot, colour in style.colours.theme.items():
        for holder in theme.iter(f"{_A}{slot}"):
            for old in list(holder):
                holder.remove(old)
            etree.SubElement(holder, f"{_A}srgbClr").set("val", colour.upper())
    for kind, font in (("majorFont", style.fonts.headings), ("minorFont", style.fonts.text)):
        for latin in theme.iterfind(f".//{_A}{kind}/{_A}latin"):
            latin.set("typeface", font)
            if "panose" in latin.attrib:  # it describes the font that was
                del latin.attrib["panose"]


def _set_cached(part: etree._Element, theme: Mapping[str, str]) -> None:
    """The colours that are written beside references to the theme, for programs that do not follow it."""
    for element in part.iter(f"{_W}*"):
        for reference, cached in _CACHED:
            slot = _SLOTS.get(element.get(f"{_W}{reference}", ""))
            if slot:
                _set_first(element, cached, theme[slot].upper())


def _set_first(element: etree._Element, names: tuple[str, ...], colour: str) -> None:
    """A border keeps its colour in `color`, text in `val`."""
    for name in names:
        if (key := f"{_W}{name}") in element.attrib:
            element.set(key, colour)
            return


def _set_logo(file: OfficeFile, style: HouseStyle, logo: bytes) -> None:
    for name in (_BODY, *(part for kind, part in file.links(_BODY).values() if kind in ("header", "footer"))):
        for drawing in _logos(file.tree(name)):
            file.edit(name)
            _resize(drawing, *struct.unpack_from(">II", logo, 16))
            for told in drawing.iter("*"):
                if "descr" in told.attrib:
                    told.set("descr", f"Logo of {style.authority}")
            for blip in drawing.iter(f"{_A}blip"):
                file.write(file.links(name)[blip.get(f"{_R}embed", "")][1], logo)


def _logos(part: etree._Element) -> Iterator[etree._Element]:
    for kind in ("inline", "anchor"):
        for drawing in part.iter(f"{_WP}{kind}"):
            told = drawing.find(f"{_WP}docPr")
            if told is not None and told.get("name") == LOGO:
                yield drawing


def _resize(drawing: etree._Element, width: int, height: int) -> None:
    """As high as the logo that was there, unless that makes it too wide; its own proportions are kept."""
    for element in (*drawing.iterfind(f"{_WP}extent"), *drawing.iter(f"{_A}ext")):
        if "cy" in element.attrib:
            down = int(element.get("cy", "0"))
            across = down * width // height
            if across > _WIDEST:
                across, down = _WIDEST, _WIDEST * height // width
            element.set("cx", str(across))
            element.set("cy", str(down))


def _set_font_table(table: etree._Element, fonts: tuple[str, ...]) -> None:
    """The fonts in use; Word fills in what it knows of them when it saves."""
    for old in list(table):
        table.remove(old)
    for font in dict.fromkeys(fonts):
        etree.SubElement(table, f"{_W}font").set(f"{_W}name", font)
