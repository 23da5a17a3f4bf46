"""Comments on cells of somebody else's sheet, ours below what is said there already; all others stay as they are."""

from collections.abc import Mapping

from lxml import etree

from pipeline.writers.comment_box import draw_boxes
from pipeline.writers.office_file import MAIN, OfficeFile

_AUTHOR = "Inclusion team"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_NONE = f'<comments xmlns="{MAIN[1:-1]}"><authors/><commentList/></comments>'.encode()
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add_comments(file: OfficeFile, sheet: str, said: Mapping[str, str]) -> None:
    """Adds what is said of each cell (A1 address → text) to a sheet, by the name of its part."""
    part = file.linked(sheet, "comments")
    if not part:
        part = file.add("xl/comments{}.xml", _NONE, _TYPE)
        file.link(sheet, "comments", part)
    comments = file.edit(part)
    author = _find_author(comments)
    (listed,) = comments.findall(f"{MAIN}commentList")
    already = {one.get("ref", "").upper(): one for one in listed.iterchildren(f"{MAIN}comment")}
    comments_of = {cell: already[cell] if cell in already else _begin(listed, cell) for cell in said}
    whole = {cell: _say(comments_of[cell], text, author) for cell, text in said.items()}
    _close_threads(file, sheet, said)
    draw_boxes(file, sheet, whole)


def _find_author(comments: etree._Element) -> str:
    """Our number among the authors."""
    authors = comments.find(f"{MAIN}authors")
    if authors is None:
        authors = comments.makeelement(f"{MAIN}authors")
        comments.insert(0, authors)
    names = [author.text for author in authors.iterfind(f"{MAIN}author")]
    if _AUTHOR not in names:
        etree.SubElement(authors, f"{MAIN}author").text = _AUTHOR
        names.append(_AUTHOR)
    return f"{names.index(_AUTHOR)}"


def _begin(listed: etree._Element, cell: str) -> etree._Element:
    comment = etree.SubElement(listed, f"{MAIN}comment")
    comment.set("ref", cell)
    etree.SubElement(comment, f"{MAIN}text")
    return comment


def _say(comment: etree._Element, said: str, author: str) -> str:
    """A comment with our words below its own; gives all of its text."""
    comment.set("authorId", author)
    (text,) = comment.findall(f"{MAIN}text")
    already = "".join(run.text or "" for run in text.iter(f"{MAIN}t"))
    _add_run(text, f"\n\n{said}" if already else said)
    return f"{already}\n\n{said}" if already else said


def _add_run(text: etree._Element, said: str) -> None:
    """A text is one piece, or runs of pieces; one piece becomes the first run."""
    runs = text.findall(f"{MAIN}r")
    plain = text.find(f"{MAIN}t")
    if plain is not None:
        first = text.makeelement(f"{MAIN}r")
        plain.addprevious(first)
        first.append(plain)
        runs.insert(0, first)
    run = text.makeelement(f"{MAIN}r") if runs else text
    piece = etree.SubElement(run, f"{MAIN}t")
    piece.text = said
    piece.set(_SPACE, "preserve")
    if runs:
        runs[-1].addnext(run)


def _close_threads(file: OfficeFile, sheet: str, said: Mapping[str, str]) -> None:
    """Takes away the threads of our cells: Excel would show them in place of the comment, which holds a copy of their words."""
    for kind, part in file.links(sheet).values():
        if kind == "threadedComment":
            threads = file.edit(part)
            for one in threads.findall("{*}threadedComment"):
                if one.get("ref", "").upper() in said:
                    threads.remove(one)
