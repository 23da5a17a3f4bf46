"""The rules a document must keep, each with what a person is told where it is broken, and what mends it."""

from dataclasses import dataclass
from enum import Enum


class Rule(Enum):
    """A rule: what is seen where it is broken, and the remedy, for somebody who has the template open in Word."""

    # What stands where.
    CELL_END = ("a table cell that does not end with a paragraph", "put the cursor behind the cell's content and press Enter")
    ROW_CELLS = ("a table row that may be left without cells", "keep at least one cell outside every condition and loop")
    TABLE_ROWS = ("a table that may be left without rows", "give it a heading row outside every condition and loop")
    TABLE_GRID = ("a table without its properties or the widths of its columns", "make the table anew")
    GRID_FIT = ("a row with more or fewer cells than its table has columns", "make the row anew by copying one that fits")
    CONTROL_CONTENT = ("a content control with nothing in it", "type something into it, or delete it")
    CONTROL_LEVEL = (
        "a content control round half a paragraph, row or cell",
        "delete it and put it round whole words, paragraphs or cells",
    )
    NESTING = ("a paragraph, row, cell or text where none may stand", "delete what stands there and type it again")
    BODY_END = ("text behind the end of the last section", "delete what stands there and type it again")
    # Properties.
    PROPERTIES_FIRST = (
        "formatting that stands behind what it formats",
        "clear the formatting there and choose the style again",
    )
    PROPERTY_ORDER = ("formatting in an order that Word does not know", "clear the formatting there and choose the style again")
    PROPERTY_TWICE = ("formatting that is given twice", "clear the formatting there and choose the style again")
    WORD_FITS = ("a value where only certain words or numbers fit", "take the tag out of the formatting there")
    # Fields and links.
    FIELD = ("a field that is not whole", "delete the field and insert it again")
    LINK_EMPTY = ("a link without words, or that leads nowhere", "remove the link, or type its words and address")
    LINK_FORM = ("a link to something else than a web page or e-mail address", "mend its address: https://… or mailto:…")
    ANCHOR = (
        "a link to a place that may not be in the document",
        "point the link to a heading or bookmark that is always there",
    )
    # What must be unique or paired.
    CONTROL_ID = ("two content controls with one number, or one without", "delete one of them and insert it again")
    BOOKMARK_ID = ("two bookmarks with one number", "delete one of the bookmarks and insert it again")
    BOOKMARK_NAME = ("two bookmarks of one name", "take the bookmark out of the loop, or give it another name")
    BOOKMARK_FORM = (
        "a bookmark whose name Word does not allow",
        "name it with at most 40 letters, digits and underscores, a letter first",
    )
    BOOKMARK_PAIR = ("a bookmark that begins and does not end, or ends twice", "delete the bookmark and insert it again")
    DRAWING_ID = ("two pictures or charts with one number", "delete one of them and insert it again")
    PARAGRAPH_ID = ("two paragraphs with one number", "delete one of them and type it again")
    TAG_LENGTH = ("a title or tag of a content control of more than 64 characters", "shorten it")
    CHOICES = ("a drop-down list that offers one thing twice", "take one of the two out of the list")
    NOTE = ("a footnote, endnote or comment that is missing or stands in a loop", "delete it, or move it out of the loop")
    # What is referred to.
    STYLE = ("a style that the document does not have", "choose one of the template's styles there")
    NUMBERING = ("a list that the document does not have", "choose a list style there again")
    STYLE_ID = ("two styles with one name, or one based on none", "choose the styles from the house's template again")
    RELATION = (
        "something that points to a part which is not there",
        "delete the picture, link or header there and insert it again",
    )
    # The package.
    PART_MISSING = ("a part of the file that is missing", "save the template again in Word")
    PART_TYPE = ("a part of the file that is not said what it is", "save the template again in Word")
    OUTSIDE = (
        "something that is fetched from elsewhere when the document is opened",
        "insert the picture or file itself, not a link to it",
    )
    CORE_TWICE = ("a property of the document that is given twice", "save the template again in Word")
    LEFT_OVER = ("a tag that would be left standing", "type the whole tag again, both pairs of braces at once")
    UNREADABLE = ("a part of the file that is not well-formed", "save the template again in Word")

    @property
    def seen(self) -> str:
        """What a person is told is there."""
        return self.value[0]

    @property
    def remedy(self) -> str:
        """What mends it in Word."""
        return self.value[1]


@dataclass(frozen=True)
class Fault:
    """A broken rule. `part` is the member of the file; `near` is the template's own text beside it, empty in a document: what
    a school wrote is quoted nowhere."""

    rule: Rule
    part: str
    near: str = ""

    def __str__(self) -> str:
        return f"{self.rule.seen}, in {_called(self.part)}{self.near and f' near “{self.near}”'}"


def _called(part: str) -> str:
    name = part.rpartition("/")[2]
    if name == "document.xml":
        return "the document"
    kinds = (("header", "a header"), ("footer", "a footer"), ("footnotes", "the footnotes"), ("styles", "the styles"))
    return next((called for start, called in kinds if name.startswith(start)), part)
