"""Lays out the first edition of `templates/what_if.docx`, the one-page paper on what a draft rubric would change.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/what_if.py FILE.docx`
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import letterhead
from action_plan import cell, field, frame, logo, paragraph, row, run, tag
from letterhead import BRAND, UPRIGHT_TEXT_WIDTH, colour, size, space, style

TITLE = "What if we changed the rubric?"
PLAN_MARK, PAPER_MARK = 756000, 468000  # the logo's side on a plan and on a paper, in English Metric Units


def own_styles() -> str:
    """The styles that only this paper has: smaller tables, so that it is one page."""
    brand = colour("accent1", BRAND)
    tight = space(0.5, 0.5, 240)
    return "".join(
        (
            style("paragraph", "Letterhead", after="Title", paragraph=f'{space(0, 4, 240)}<w:textAlignment w:val="center"/>', run=f"<w:b/><w:bCs/>{brand}{size(14)}"),
            style("paragraph", "Paper Subject", after="Normal", paragraph=space(0, 4, 240), run="<w:b/><w:bCs/>"),
            style("paragraph", "Paper Heading", base="Heading2", after="Normal", paragraph=f"<w:keepNext/>{space(6, 2, 240)}", run=size(13)),
            style("paragraph", "Paper Text", base="TableText", paragraph=tight, run=size(10)),
            style("paragraph", "Paper Label", base="PaperText", run="<w:b/><w:bCs/>"),
            style("paragraph", "Paper Column", base="TableHeading", paragraph=tight, run=size(10)),
            style("paragraph", "Paper Bullet", base="ListBullet", paragraph=space(0, 1, 240), run=size(10.5)),
        )
    )  # fmt: skip


def table(
    title: str, description: str, shares: Sequence[int], headings: Sequence[str], loop: str, contents: Sequence[str]
) -> str:
    """A table with a row for each of something."""
    widths = [UPRIGHT_TEXT_WIDTH * share // sum(shares) for share in shares]
    top = row("".join(cell(width, text, "PaperColumn") for width, text in zip(widths, headings, strict=True)), heading=True)
    one = row("".join(cell(width, text, "PaperText") for width, text in zip(widths, contents, strict=True)))
    rows = row(cell(sum(widths), f"{{%tr for {loop} %}}")) + one + row(cell(sum(widths), "{%tr endfor %}"))
    return frame("PlanTable", title, description, widths, top + rows, first_row=1)


def opening() -> str:
    """What is asked, and the answer in a sentence."""
    mark = logo().replace(f'"{PLAN_MARK}"', f'"{PAPER_MARK}"')
    return (
        paragraph(mark + run(" {{ authority.name }}"), "Letterhead")
        + paragraph(TITLE, "Title")
        + paragraph("{{ draft }} in place of {{ in_use }}, {{ cycle }}", "PaperSubject")
        + paragraph(run("{{ summary }}", "Strong") + run(" Nothing has changed yet: plans and ratings stand as they are."), "Callout")
    )  # fmt: skip


def answer() -> str:
    """From what to what, by area, and where."""
    return (
        tag("if moves")
        + paragraph("From what to what", "PaperHeading")
        + table(
            "From what to what", "How ratings would move, how many schools, and what decides most of them.", (25, 31, 23, 93),
            ("Now", "Under the draft", "Schools", "Most often because"), "move in moves",
            ("{{ move.before }}", "{{ move.after }}", "{{ move.schools }}", "{{ move.cause }}"),
        )
        + tag("endif")
        + tag("if areas")
        + paragraph("Area by area, where anything would change", "PaperHeading")
        + table(
            "Area by area", "How many schools would rate higher or lower in each area, beside the areas it is compared with.", (48, 29, 23, 23, 23, 26),
            ("Area of Focus", "Compared with", "Higher", "Lower", "Between", "Rated or not"), "area in areas",
            ("{{ area.area }}", "{{ area.since }}", "{{ area.higher }}", "{{ area.lower }}", "{{ area.between }}", "{{ area.other }}"),
        )
        + tag("endif")
        + paragraph("Where", "PaperHeading")
        + table(
            "Where", "Schools that would change, by district and by phase.", (43, 23, 23, 37, 23, 23),
            ("District", "Schools", "Change", "Phase", "Schools", "Change"), "place in places",
            ("{{ place.district }}", "{{ place.district_schools }}", "{{ place.district_change }}", "{{ place.phase }}", "{{ place.phase_schools }}", "{{ place.phase_change }}"),
        )
    )  # fmt: skip


def closing() -> str:
    """What the answer rests on."""
    return (
        paragraph("What this rests on", "PaperHeading")
        + tag("for assumption in assumptions")
        + paragraph("{{ assumption }}", "PaperBullet")
        + tag("endfor")
        + paragraph("Ratings are self-evaluated and indicative; no school is named. A number below five is not shown, nor one that would give it away.", "PaperBullet")
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    pages = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    letterhead.save(
        Path(sys.argv[1]),
        opening() + answer() + closing(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ cycle }}"), "Header"),
        footer=paragraph(run("{{ authority.team }}, {{ made_on }}") + tab + pages, "Footer"),
        logo=Path(__file__).with_name("logo.png").read_bytes(),
        upright=True,
        title_size=20,
        more_styles=own_styles(),
    )


if __name__ == "__main__":
    main()
