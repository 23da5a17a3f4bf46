"""The kinds of marks: see `mark`."""

from enum import Enum, auto


class Kind(Enum):
    """Kinds of marks. What a mark's `value` is stands beside each."""

    CONTROL = auto()  # a content control's number
    TAG = auto()  # its tag or title
    CHOICES = auto()  # what a drop-down offers, a line each
    BOOKMARK = auto()  # a bookmark's number, where it begins
    BOOKMARK_END = auto()
    BOOKMARK_NAME = auto()
    DRAWING = auto()  # a picture's or chart's number
    PARAGRAPH = auto()  # Word's own number of a paragraph or row
    FOOTNOTE = auto()  # the number of the footnote referred to
    ENDNOTE = auto()
    COMMENT = auto()
    STYLE = auto()  # kind and id, as "paragraph Title"
    NUMBERING = auto()  # the number of a list
    RELATION = auto()  # the id of a relationship of the part
    ANCHOR = auto()  # the name of the bookmark that a link or field refers to
    ADDRESS = auto()  # where a link leads, outside the document
    FETCH = auto()  # the code of a field that fetches something into the document
    FIELD = auto()  # a field's whole code, where it holds values or is a link that cannot be read
    FORM = auto()  # an attribute that takes only certain words and holds a value
