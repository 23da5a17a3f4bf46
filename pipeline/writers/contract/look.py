"""How text looks in the end: its styles, what they are based on, and the theme's colours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from pipeline.writers.contract.outline import Paragraph, W
from pipeline.writers.office_file import OfficeFile

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME_NAMES = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2", "dark1": "dk1", "light1": "lt1",
                "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
_INK, _PAPER = "000000", "FFFFFF"
_VAL = f"{W}val"


@dataclass(frozen=True)
class Look:
    """How a run looks: colours as RRGGBB, size in points, and what it is called where it stands out."""

    colour: str
    background: str
    size: float
    is_bold: bool
    is_italic: bool
    is_capitals: bool

    @property
    def is_large(self) -> bool:
        """Whether WCAG asks less of its contrast."""
        return self.size >= 18 or (self.is_bold and self.size >= 14)


class Styles:
    """The styles of a template and its theme."""

    def __init__(self, file: OfficeFile) -> None:
        document = file.linked("", "officeDocument")
        part, theme = file.linked(document, "styles"), file.linked(document, "theme")
        self._root = file.tree(part) if part in file else etree.Element(f"{W}styles")
        self._colours = dict(_theme_colours(file.tree(theme))) if theme in file else {}

    @cached_property
    def by_id(self) -> Mapping[str, etree._Element]:
        """Style id → style."""
        return {style.get(f"{W}styleId", ""): style for style in self._root.iterchildren(f"{W}style")}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Style id → its name in lower case: Word writes some in one way and some in the other."""
        return {id: _value(style.find(f"{W}name")).lower() for id, style in self.by_id.items()}

    @cached_property
    def default(self) -> str:
        """The id of the style of paragraphs that name none."""
        kinds = ((id, style) for id, style in self.by_id.items() if style.get(f"{W}type") == "paragraph")
        return next((id for id, style in kinds if style.get(f"{W}default") in ("1", "true")), "")

    def name_of(self, paragraph: Paragraph) -> str:
        """The name of a paragraph's style, in lower case."""
        return self.names.get(paragraph.style or self.default, "")

    def heading_of(self, paragraph: Paragraph) -> int:
        """The level of a heading, 1 to 9; 0 for every other paragraph."""
        for style in self._chain(paragraph.style or self.default):  # one of an author's own may be based on a heading
            name = _value(style.find(f"{W}name")).lower()
            if name.startswith("heading ") and name[8:].isdecimal():
                return int(name[8:])
        return 0

    def language(self) -> str:
        """The language that text has by default."""
        return _value(self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"))

    def of(self, paragraph: Paragraph, run: etree._Element) -> Look:
        """How a run looks, from its own formatting down to the document's defaults."""
        layers = [*self._run_layers(paragraph, run)]
        size = _first(layers, "sz")
        return Look(
            colour=self._colour(_first(layers, "color"), _INK),
            background=self._background(paragraph, layers),
            size=int(_value(size)) / 2 if _value(size).isdecimal() else 10.0,
            is_bold=_is_on(_first(layers, "b")),
            is_italic=_is_on(_first(layers, "i")),
            is_capitals=_is_on(_first(layers, "caps")),
        )

    def find(self, paragraph: Paragraph, name: str) -> etree._Element | None:
        """A property of a paragraph, its own or its style's, such as `jc`."""
        own = paragraph.element.find(f"{W}pPr/{W}{name}")
        layers = (style.find(f"{W}pPr/{W}{name}") for style in self._chain(paragraph.style or self.default))
        return own if own is not None else next((found for found in layers if found is not None), None)

    def _run_layers(self, paragraph: Paragraph, run: etree._Element) -> Iterator[etree._Element | None]:
        own = run.find(f"{W}rPr")
        yield own
        named = None if own is None else own.find(f"{W}rStyle")
        yield from (style.find(f"{W}rPr") for style in self._chain(_value(named)))
        yield from (style.find(f"{W}rPr") for style in self._chain(paragraph.style or self.default))
        yield from (style.find(f"{W}rPr") for style in self._table_layers(paragraph))
        yield self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def _chain(self, id: str) -> Iterator[etree._Element]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while id in self.by_id and id not in seen:
            seen.add(id)
            yield self.by_id[id]
            id = _value(self.by_id[id].find(f"{W}basedOn"))

    def _table_layers(self, paragraph: Paragraph) -> Iterator[etree._Element]:
        """What a table's style says of the place, the heading row's first."""
        if paragraph.table is None:
            return
        styles = list(self._chain(_value(paragraph.table.find(f"{W}tblPr/{W}tblStyle"))))
        if is_heading_row(paragraph):
            yield from (part for style in styles for part in style.iterfind(f"{W}tblStylePr[@{W}type='firstRow']"))
        yield from styles

    def _background(self, paragraph: Paragraph, layers: list[etree._Element | None]) -> str:
        shades = [_first(layers, "shd"), self.find(paragraph, "shd")]
        if paragraph.cell is not None:
            shades.append(paragraph.cell.find(f"{W}tcPr/{W}shd"))
            shades += [style.find(f"{W}tcPr/{W}shd") for style in self._table_layers(paragraph)]
        filled = (self._colour(shade, "", "themeFill", "fill") for shade in shades)
        return next((colour for colour in filled if colour), _PAPER)

    def _colour(self, node: etree._Element | None, otherwise: str, themed: str = "themeColor", plain: str = "val") -> str:
        """A colour of the theme, lightened or darkened, or the one that is given."""
        if node is None:
            return otherwise
        name = node.get(f"{W}{themed}", "")
        base = self._colours.get(_THEME_NAMES.get(name, name), "")
        if base:
            return _shift(base, node.get(f"{W}{themed}Tint", ""), node.get(f"{W}{themed}Shade", ""))
        given = node.get(f"{W}{plain}", "")
        return given.upper() if len(given) == 6 and given != "auto" else otherwise


def is_heading_row(paragraph: Paragraph) -> bool:
    """Whether a table's style shows the paragraph's row as its first."""
    if paragraph.table is None or paragraph.table.find(f"{W}tr") is not paragraph.row:
        return False
    look = paragraph.table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    first = look.get(f"{W}firstRow")
    bits = look.get(_VAL, "0")
    return first in ("1", "true") if first is not None else bool(int(bits, 16) & 0x20)


def _theme_colours(theme: etree._Element) -> Iterator[tuple[str, str]]:
    for one in theme.iterfind(f".//{_A}clrScheme/*"):
        for colour in one:
            yield etree.QName(one).localname, (colour.get("lastClr") or colour.get("val") or "").upper()


def _shift(colour: str, tint: str, shade: str) -> str:
    """A theme colour made lighter (`tint`) or darker (`shade`), both 00 to FF, as near as Word's own rounding asks."""
    parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    if tint:
        parts = [255 - (255 - part) * int(tint, 16) // 255 for part in parts]
    if shade:
        parts = [part * int(shade, 16) // 255 for part in parts]
    return "".join(f"{part:02X}" for part in parts)


def _first(layers: list[etree._Element | None], name: str) -> etree._Element | None:
    found = (layer.find(f"{W}{name}") for layer in layers if layer is not None)
    return next((node for node in found if node is not None), None)


def _value(node: etree._Element | None) -> str:
    return "" if node is None else node.get(_VAL, "")


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get(_VAL, "1") not in ("0", "false", "off", "none")
