"""Building blocks of every sheet we write: text that stays text, open cells, lists and page set-up."""

from collections.abc import Sequence
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.writers import style


def put(
    sheet: Worksheet,
    place: str,
    value: str | int | date | None,
    face: Font | None = None,
    *,
    background: str = "",
    alignment: Alignment | None = None,
    boxed: bool = False,
) -> Cell:
    """Writes a value. Text is always text: what looks like a formula is shown, never worked out."""
    cell = sheet[place]
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True
    cell.font = face or style.font()
    cell.alignment = alignment or style.wrap()
    if background:
        cell.fill = style.fill(background)
    if boxed:
        cell.border = style.GRID
    return cell


def put_band(sheet: Worksheet, columns: str, row: int, title: str, size: float) -> None:
    """A title on a band of the house colour across `columns`."""
    for column in columns:
        put(sheet, f"{column}{row}", None, background=style.BRAND)
    face = style.font(size, bold=True, colour=style.WHITE)
    put(
        sheet,
        f"{columns[0]}{row}",
        title,
        face,
        background=style.BRAND,
        alignment=Alignment(horizontal="left", vertical="center", indent=1),
    )


def put_formula(sheet: Worksheet, place: str, formula: str, face: Font) -> Cell:
    """Writes a formula of ours."""
    cell = put(sheet, place, None, face, alignment=Alignment(vertical="center"))
    cell.value = formula
    return cell


def put_open(sheet: Worksheet, place: str, value: str | int | date | None = None, alignment: Alignment | None = None) -> Cell:
    """A cell for the school to fill in."""
    cell = put(sheet, place, value, background=style.OPEN_CELL, boxed=True, alignment=alignment)
    cell.protection = style.UNLOCKED
    if isinstance(value, date):
        cell.number_format = "d mmmm yyyy"
    return cell


def put_headings(sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
    """A table's heading row, from column A."""
    for column, heading in enumerate(headings):
        place = f"{chr(65 + column)}{row}"
        face = style.font(10, bold=True, colour=style.WHITE)
        put(sheet, place, heading, face, background=style.BRAND, boxed=True, alignment=style.wrap(vertical="center"))


def offer_list(sheet: Worksheet, cells: str, choices: Sequence[str], title: str) -> None:
    """A drop-down on `cells`; anything else typed there is refused with a plain message."""
    listed = ",".join(choices)
    validation = DataValidation(
        type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True, showInputMessage=True
    )
    validation.errorTitle, validation.error = "Please choose from the list", f"Choose one of: {', '.join(choices)}."
    validation.promptTitle, validation.prompt = title, "Choose from the list."
    sheet.add_data_validation(validation)
    validation.add(cells)


def ask_date(sheet: Worksheet, cell: str, title: str) -> None:
    """A date only; anything else typed there is refused with a plain message."""
    validation = DataValidation(type="date", operator="greaterThan", formula1="40000", allow_blank=True, showErrorMessage=True)
    validation.showInputMessage = True
    validation.errorTitle, validation.error = "Please give a date", "Type the date like this: 4 December 2026."
    validation.promptTitle, validation.prompt = title, "Type the date, such as 4 December 2026."
    sheet.add_data_validation(validation)
    validation.add(cell)


def set_up(sheet: Worksheet, widths: Sequence[float], *, freeze: str = "", repeat_rows: str = "", footer: str = "") -> None:
    """Column widths from A, A4 landscape one page wide, repeated heading rows, page numbers."""
    for column, width in enumerate(widths):
        sheet.column_dimensions[chr(65 + column)].width = width
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.freeze_panes = freeze or None
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.65, footer=0.3)
    sheet.print_options.horizontalCentered = True
    if repeat_rows:
        sheet.print_title_rows = repeat_rows
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(footer.replace("&", "&&")), right=_HeaderFooterPart("Page &P of &N")
    )


def protect(sheet: Worksheet) -> None:
    """Locks what is not open to the school, without a password; widths and heights may still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.selectLockedCells = False
