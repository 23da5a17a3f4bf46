"""Draws a page on a sheet of openpyxl: text that stays text, open cells, lists, protection and page set-up."""

from copy import copy
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.writers import style
from pipeline.writers.page import Asked, Formula, Page
from pipeline.writers.style import Look

FORMULA_MARKS = ("=", "+", "-", "@")  # what a spreadsheet program begins to work out when it is typed again

_SIDE = Side(style="thin", color=style.LINE)
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


class Wardrobe:
    """Gives cells of one workbook their looks. Each is made up once: openpyxl compares styles attribute by attribute."""

    def __init__(self) -> None:
        self._styles: dict[tuple[Look, bool], StyleArray] = {}

    def dress(self, cell: Cell, look: Look, *, quoted: bool = False) -> None:
        """Gives a cell its look; `quoted` marks text that looks like a formula as text for good."""
        if (look, quoted) not in self._styles:
            _make_up(cell, look, quoted)
            self._styles[look, quoted] = cell._style  # type: ignore[attr-defined] # the stubs leave it out
        cell._style = copy(self._styles[look, quoted])  # type: ignore[attr-defined]

    def number(self, sheet: Worksheet, look: Look, *, quoted: bool) -> int:
        """The look's number in the workbook's list of styles, for cells that openpyxl does not write."""
        cell = Cell(sheet, 1, 1)
        self.dress(cell, look, quoted=quoted)
        return cell.style_id


def _make_up(cell: Cell, look: Look, quoted: bool) -> None:
    cell.font = Font(name=style.FONT, size=look.size, bold=look.bold, color=look.colour)
    cell.alignment = Alignment(look.horizontal or None, look.vertical or None, wrap_text=look.wraps or None, indent=look.indent)
    if quoted:
        cell.quotePrefix = True
    if look.background:
        cell.fill = PatternFill("solid", start_color=look.background, end_color=look.background)
    if look.boxed:
        cell.border = _GRID
    if look.is_open:
        cell.protection = Protection(locked=False)
    if look.shown_as:
        cell.number_format = look.shown_as


def put(sheet: Worksheet, place: str, value: str | int | date | None) -> Cell:
    """Writes a value. Text is always text: what looks like a formula is shown, never worked out."""
    cell = sheet[place]
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str) and not isinstance(value, Formula):
        cell.data_type = "s"
    return cell


def draw(page: Page, sheet: Worksheet, wardrobe: Wardrobe) -> None:
    """Draws a whole page."""
    _set_up(page, sheet)
    for place, (value, look) in page.cells.items():
        cell = put(sheet, place, value)
        quoted = cell.data_type == "s" and f"{value}".startswith(FORMULA_MARKS)
        wardrobe.dress(cell, look, quoted=quoted)
        if place in page.links:
            cell.hyperlink = f"#{page.links[place]}"
    for row, height in page.heights.items():
        sheet.row_dimensions[row].height = height
    list(sheet.rows)  # has openpyxl write the empty rows too: the returns that ship have them, and are compared to the byte
    for cells in page.merged:
        sheet.merge_cells(cells)
    for asked in page.asked:
        sheet.add_data_validation(_validate(asked))
    for tint in page.tints:
        # Excel reads the other of a background's two colours in a conditional format.
        fill = PatternFill(bgColor=tint.colour, fill_type="solid")
        sheet.conditional_formatting.add(tint.cells, FormulaRule(formula=[tint.formula], fill=fill))
    assert sheet.parent is not None
    for name, place in page.names.items():
        target = f"{quote_sheetname(sheet.title)}!${place[0]}${place[1:]}"
        sheet.parent.defined_names[name] = DefinedName(name, attr_text=target)
    if page.is_protected:
        _protect(sheet)


def _validate(asked: Asked) -> DataValidation:
    """A drop-down, or a date only; anything else typed there is refused with a plain message."""
    validation = DataValidation(sqref=asked.cells, allow_blank=True, showErrorMessage=True, showInputMessage=True)
    if asked.choices:
        validation.type, validation.formula1 = "list", f'"{",".join(asked.choices)}"'
        refusal = "Please choose from the list", f"Choose one of: {', '.join(asked.choices)}."
        validation.prompt = "Choose from the list."
    else:
        validation.type, validation.operator, validation.formula1 = "date", "greaterThan", "40000"
        refusal = "Please give a date", "Type the date like this: 4 December 2026."
        validation.prompt = "Type the date, such as 4 December 2026."
    validation.errorTitle, validation.error = refusal
    validation.promptTitle = asked.title
    return validation


def _set_up(page: Page, sheet: Worksheet) -> None:
    """Column widths from A, A4 landscape one page wide, repeated heading rows, page numbers."""
    for column, width in enumerate(page.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.freeze_panes = page.freeze or None
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.65, footer=0.3)
    sheet.print_options.horizontalCentered = True
    if page.repeat_rows:
        sheet.print_title_rows = page.repeat_rows
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(page.footer.replace("&", "&&")), right=_HeaderFooterPart("Page &P of &N")
    )


def _protect(sheet: Worksheet) -> None:
    """Locks what is not open to the school, without a password; widths and heights may still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.selectLockedCells = False
