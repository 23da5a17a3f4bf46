"""The looks of marked cells in somebody else's workbook: each like the cell's own, but for the background."""

from copy import deepcopy

from lxml import etree

from pipeline.writers.office_file import MAIN

_MARK = "FFF9C9A9"  # stronger than the tint of an open cell, and unlike the tints of answers
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")  # which the format asks for


class MarkedLooks:
    """Adds to a workbook's styles those that its marked cells need, each once."""

    def __init__(self, styles: etree._Element) -> None:
        self._styles = styles
        self._made: dict[int, int] = {}
        self._fill: int | None = None
        self._rule: int | None = None

    def of_cell(self, look: int) -> int:
        """The number of the look that is like another, but for the background. Raises: IndexError where there is no other."""
        if look not in self._made:
            if self._fill is None:
                self._fill = _append(_section(self._styles, "fills"), _solid(f"{MAIN}fill", "fgColor", "bgColor"))
            looks = _section(self._styles, "cellXfs")
            marked = deepcopy(list(looks.iterchildren("*"))[look])
            marked.set("fillId", f"{self._fill}")
            marked.set("applyFill", "1")
            self._made[look] = _append(looks, marked)
        return self._made[look]

    def of_rule(self) -> int:
        """The number of the look that a conditional format gives, where Excel reads the second colour of a background."""
        if self._rule is None:
            rule = etree.Element(f"{MAIN}dxf")
            rule.append(_solid(f"{MAIN}fill", "bgColor"))
            self._rule = _append(_section(self._styles, "dxfs"), rule)
        return self._rule


def _section(styles: etree._Element, name: str) -> etree._Element:
    """A list among the styles, made where there is none."""
    section = styles.find(f"{MAIN}{name}")
    if section is None:
        section = etree.Element(f"{MAIN}{name}")
        before = {f"{MAIN}{one}" for one in _ORDER[: _ORDER.index(name)]}
        styles.insert(sum(child.tag in before for child in styles), section)
    return section


def _append(section: etree._Element, element: etree._Element) -> int:
    """Gives the number that the element now has."""
    section.append(element)
    count = sum(1 for _ in section.iterchildren("*"))
    section.set("count", f"{count}")
    return count - 1


def _solid(tag: str, *colours: str) -> etree._Element:
    fill = etree.Element(tag)
    pattern = etree.SubElement(fill, f"{MAIN}patternFill")
    pattern.set("patternType", "solid")
    for colour in colours:
        etree.SubElement(pattern, f"{MAIN}{colour}").set("rgb", _MARK)
    return fill
