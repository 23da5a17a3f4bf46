"""Why a file is not opened: a sentence for everything that schools send instead of a workbook."""

from collections.abc import Mapping
from typing import NamedTuple


class Refusal(NamedTuple):
    """Why a file is not opened: the check's code, what was seen, and what mends it."""

    code: str
    seen: str
    remedy: str


# What schools send instead of a workbook → what it is, and what to do. A row each, to be read as a table.
_FOREIGN: Mapping[str, tuple[str, str]] = {
    "empty": ("an empty file", "Ask the school to send the workbook again: nothing of it arrived."),
    "zeros": ("a file of zero bytes only", "Ask the school to send the workbook again: its size arrived, its content did not."),
    "pdf": ("a PDF", "Ask the school for the Excel workbook itself, not a print of it."),
    "word": ("a Word document", "Ask the school to put its answers into the Excel workbook that you sent, and to return that."),
    "slides": ("a PowerPoint presentation", "Ask the school for the Excel workbook: it may have attached the wrong file."),
    "apple": ("an Apple Numbers or Pages document", "Ask the school to choose File, Export To, Excel and send that file."),
    "html": ("a web page with a workbook's name", "Ask the school to open it in Excel and save it as an Excel Workbook."),
    "mhtml": ("a workbook saved as a web archive", "Ask the school to save it as an Excel Workbook, not as a Web Page."),
    "xml2003": ("a workbook saved as XML of 2003", "Ask the school to save it as an Excel Workbook, not as XML Spreadsheet."),
    "xml": ("an XML file", "Ask the school which program made it, and for the Excel workbook itself."),
    "rtf": ("a rich text document", "Ask the school for the Excel workbook: its answers cannot be read from rich text."),
    "text": ("a CSV or other text file", "Ask the school for the Excel workbook itself: a text file holds one sheet at most."),
    "google": ("a pointer to a Google Sheet", "Ask the school to choose File, Download, Microsoft Excel and send that."),
    "link": ("a shortcut to a file", "Ask the school to attach the workbook itself, not a link to it."),
    "lock": ("the lock file of an open workbook", "Delete it, and check that the workbook itself, without ~$, has arrived."),
    "companion": ("a Mac's hidden companion file", "Delete it, and check that the workbook itself, without ._, has arrived."),
    "stub": ("a placeholder of a cloud folder", "Ask the school to download the workbook from its cloud folder and send it."),
    "password": ("a workbook locked with a password", "Ask the school to take the password off and send the workbook again."),
    "locked zip": ("a zip file locked with a password", "Unlock it, and put the workbooks themselves into the returns folder."),
    "mail": ("an e-mail", "Open the e-mail and save the workbook attached to it into the returns folder instead."),
    "winmail": ("an attachment wrapped by Outlook", "Ask the school to send the workbook again, in an e-mail of plain text."),
    "picture": ("a picture or video", "Ask the school for the Excel workbook itself, not a photograph or screenshot of it."),
    "opendocument": ("an OpenDocument text or drawing", "Ask the school for its spreadsheet: this is no spreadsheet."),
    "archive": ("a RAR, 7z or other archive", "Ask the school to send the workbook itself, or in a plain zip file."),
    "nested": ("a zip file inside a zip file", "Unpack it, and put the workbooks themselves into the returns folder."),
    "bare": ("a zip file with nothing in it", "Ask the school to attach the workbook itself: the zip file holds no file."),
    "packing": ("a zip file packed in an uncommon way", "Ask the school to send the workbook itself, not packed."),
    "cut": ("a file that is cut short", "Ask the school to send the workbook again: only its first part arrived."),
    "damaged": ("a damaged file", "Ask the school to open the workbook in Excel, save it under a new name and send that copy."),
    "old": ("a workbook of Excel 4 or older", "Ask the school to open it in a current Excel, save it as .xlsx and send that."),
    "office": ("an Office file, not a workbook", "Ask the school for the Excel workbook: this is another program's."),
    "program": ("a program", "Do not open it; delete it and tell the school what came in its name."),
    "other": ("a file of a kind that is not known", "Ask the school what this is, and for the Excel workbook itself."),
}  # fmt: skip


def tell(word: str) -> Refusal:
    """Something else than a workbook, or a damaged one."""
    return Refusal("RT301", *_FOREIGN[word])


def refuse(seen: str, remedy: str) -> Refusal:
    """Not safe to open."""
    return Refusal("RT305", seen, remedy)
