"""Lays out the first edition of `templates/return_note.docx`, the note that goes back to a school with what is still needed.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/return_note.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from letterhead import BRAND, UPRIGHT_TEXT_WIDTH, colour, size, space, style
from markup import cell, field, frame, paragraph, row, run, small_logo, tag

TITLE = "Thank you, and what we still need"
HEADINGS = ("Sheet", "Cell", "What we read", "What is needed")
SHARES = (31, 25, 42, 64)  # of the width of the page


def own_styles() -> str:
    """The styles that only a note has."""
    brand = colour("accent1", BRAND)
    return "".join(
        (
            style("paragraph", "Letterhead", after="Title", paragraph=f'{space(0, 6, 240)}<w:textAlignment w:val="center"/>', run=f"<w:b/><w:bCs/>{brand}{size(14)}"),
            style("paragraph", "Note Subject", after="Normal", paragraph=space(0, 6, 240), run="<w:b/><w:bCs/>"),
            style("paragraph", "Short List", base="ListBullet", paragraph=space(0, 1, 240)),
            style("paragraph", "Heading 1 Short", base="Heading1Inline", after="Normal", paragraph=space(7, 2, 240), run=size(14)),
            style("paragraph", "After Table", after="Normal", paragraph=space(4, 0, 240)),
        )
    )  # fmt: skip


def opening() -> str:
    """Thanks first, then why we write."""
    return (
        paragraph(small_logo() + run(" {{ authority.name }}"), "Letterhead")
        + paragraph(TITLE, "Title")
        + paragraph("{{ school.name }}{% if school.urn %} (URN {{ school.urn }}){% endif %}, {{ cycle }}", "NoteSubject")
        + paragraph(
            run("Thank you for returning your inclusion workbook, “{{ returned_file }}”. ")
            + run("{% if can_be_rated %}Your plan is made from what we could read; a few cells need another look, and with these put right it will say more.{% else %}We would like to make your plan, but could not do so yet. With what stands below put right, we can.{% endif %}")
        )
    )  # fmt: skip


def lines() -> str:
    """The table: where, what we read, what is needed."""
    widths = [UPRIGHT_TEXT_WIDTH * share // sum(SHARES) for share in SHARES]
    styles = ("TableLabel", "TableText", "TableText", "TableText")
    contents = ("{{ line.sheet }}", "{{ line.cell }}", "{{ line.what_we_read }}", "{{ line.what_is_needed }}")
    top = row("".join(cell(width, text, "TableHeading") for width, text in zip(widths, HEADINGS, strict=True)), heading=True)
    one = row("".join(cell(width, text, name) for width, text, name in zip(widths, contents, styles, strict=True)))
    rows = row(cell(sum(widths), "{%tr for line in lines %}")) + one + row(cell(sum(widths), "{%tr endfor %}"))
    return frame("PlanTable", TITLE, "Sheet, cell, what we read there and what is needed.", widths, top + rows, first_row=1)


def closing() -> str:
    """What there was no room for, what happens next, and who helps."""
    return (
        tag("if more")
        + paragraph("{{ more }} more {% if more == 1 %}point{% else %}points{% endif %} had no room here. Ask us, and we will go through them with you.", "AfterTable")
        + tag("endif")
        + paragraph("What happens next", "Heading1Inline")
        + paragraph(
            run("Please put this right in your own workbook and send it to {{ authority.email }}. ")
            + run("{% if has_marked_copy %}The marked copy that comes with this note shows the same cells, with a comment on each. {% endif %}")
            + run("Returns were asked for by {{ due }}; if that day has passed, send it as soon as you can. ")
            + run("{% if can_be_rated %}Use your plan meanwhile: we make it afresh when the workbook comes back.{% else %}Your plan follows when the workbook is back with us.{% endif %}")
        )
        + paragraph("With thanks from the {{ authority.team }}. If we have misread something, or you would like help, please write to us.", "Callout")
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    pages = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    letterhead.save(
        Path(sys.argv[1]),
        opening() + lines() + closing(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ school.name }}"), "Header"),
        footer=paragraph(run("{{ authority.team }}, {{ authority.name }}") + tab + pages, "Footer"),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        upright=True,
        title_size=22,
        more_styles=own_styles(),
    )


if __name__ == "__main__":
    main()
