"""Lays out the first edition of `templates/extracts/governor_summary.docx`: the plan on one page, for those who govern.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/governor_summary.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from letterhead import UPRIGHT_TEXT_WIDTH
from markup import cell, field, frame, paragraph, rated, row, run, small_logo, tag
from return_note import own_styles

TITLE = "Inclusion: a summary for governors"


def opening() -> str:
    """Whose it is, and where the school stands."""
    return (
        paragraph(small_logo() + run(" {{ authority.name }}"), "Letterhead")
        + paragraph(TITLE, "Title")
        + paragraph("{{ school.name }} (URN {{ school.urn }}), {{ about.cycle }}", "NoteSubject")
        + tag("if overall.shown")
        + paragraph(
            run("Overall: {{ overall.level }}. ", "Strong")
            + run("{{ overall.reason }} Self-evaluated and indicative: no Ofsted judgement, and it predicts none."),
            "Callout",
        )
        + tag("else")
        + paragraph("Self-evaluated and indicative: no Ofsted judgement, and it predicts none.", "Callout")
        + tag("endif")
    )


def levels() -> str:
    """The areas, a line each."""
    widths = [UPRIGHT_TEXT_WIDTH * share // 100 for share in (51, 22, 27)]
    headings = ("Area of Focus", "Level", "Since last time")
    top = row("".join(cell(width, text, "TableHeading") for width, text in zip(widths, headings, strict=True)), heading=True)
    one = row(
        cell(widths[0], "{{ area.number }}. {{ area.name }}")
        + cell(widths[1], rated("area.level"))
        + cell(widths[2], "{{ area.change }}")
    )
    rows = row(cell(sum(widths), "{%tr for area in areas %}")) + one + row(cell(sum(widths), "{%tr endfor %}"))
    return frame(
        "PlanTable", "Levels by area", "The level of each area, and how it has moved.", widths, top + rows, first_row=1
    )


def actions() -> str:
    """What must come first, and what the school begins with."""
    return (
        paragraph("What must come first", "Heading1Short")
        + tag("if gaps")
        + paragraph("These duties are not yet met. We aim to meet each by {{ gaps[0].by_when }}.", "AfterTable")
        + tag("for action in gaps[:2]")
        + paragraph(run("{{ action.ref }} ", "Strong") + run("{{ action.duty }}"), "ShortList")
        + tag("endfor")
        + tag("if gaps|length > 2")
        + paragraph("and {{ gaps|length - 2 }} more: see the plan.", "ShortList")
        + tag("endif")
        + tag("else")
        + paragraph("Every statutory criterion that was answered is in place.", "AfterTable")
        + tag("endif")
        + paragraph("What we begin with this term", "Heading1Short")
        + tag("for action in priorities")
        + paragraph(run("{{ action.ref }} ", "Strong") + run("{{ action.opportunity }}"), "ShortList")
        + tag("endfor")
        + tag("if not priorities")
        + paragraph("Nothing in the answers holds a rating back.", "AfterTable")
        + tag("endif")
    )


def questions() -> str:
    """What those who govern may ask."""
    asked = (
        "Which of these would pupils and families notice first, and how will we know?",
        "What did we see for ourselves before we agreed these levels?",
        "{% if gaps %}Who reports to us on each statutory gap, and when?{% else %}Which of our strengths could another school learn from?{% endif %}",
    )
    return (
        paragraph("Questions to ask", "Heading1Short")
        + "".join(paragraph(one, "ShortList") for one in asked)
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    letterhead.save(
        Path(sys.argv[1]),
        opening() + levels() + actions() + questions(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ school.name }}"), "Header"),
        footer=paragraph(run("Plan {{ about.reference }}") + tab + run("Page ") + field("PAGE"), "Footer"),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        upright=True,
        title_size=22,
        more_styles=own_styles(),
    )


if __name__ == "__main__":
    main()
