"""Lays out the first edition of `templates/visit_form.docx`, what an adviser takes along to a school.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/visit_form.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from letterhead import TEXT_WIDTH, space, style
from markup import cell, field, frame, logo, loop, paragraph, rated, row, run, table, tag

TITLE = "Moderation visit"
CELL_HEADINGS = ("Criterion", "School's answer", "Where it stands", "Why look", "Your level", "What you saw, and why")
CELL_SHARES = (44, 23, 34, 33, 34, 60)
AREA_HEADINGS = ("Area of Focus", "From the answers", "School's own view", "Your level", "Your reason")
AREA_SHARES = (50, 29, 29, 36, 84)


def own_styles() -> str:
    """The styles that only a visit form has: room to write, and levels to tick."""
    return "".join(
        (
            style("paragraph", "Tick", base="TableText", paragraph=space(0, 0, 240)),
            style("paragraph", "Form Title", base="Title", after="Subtitle", paragraph=space(0, 2, 240)),
            style("paragraph", "Form Organisation", base="CoverOrganisation", paragraph=space(0, 10, 240)),
        )
    )


def ticks(levels: str) -> list[str]:
    """A box to tick for each level."""
    return [tag(f"for level in {levels}"), paragraph("☐ {{ level }}", "Tick"), tag("endfor")]


def opening() -> str:
    """Which school, which return, and why it is visited."""
    facts = (
        ("School", "{{ school.name }}"),
        ("URN and LAESTAB", "{{ school.urn }} · {{ school.laestab }}"),
        ("Phase, type and pupils", "{{ school.phase }} · {{ school.kind }}{% if school.pupils %} · {{ school.pupils }} pupils{% endif %}"),
        ("District", "{{ school.district }}"),
        ("Return to open", "{{ returned_file }}"),
        ("In the sample", "{{ part }}, {{ drawn_on }}"),
    )  # fmt: skip
    left, right = 3700, TEXT_WIDTH - 3700
    rows = "".join(row(cell(left, label, "TableLabel") + cell(right, value)) for label, value in facts)
    return (
        paragraph(logo() + run("  {{ authority.name }}"), "FormOrganisation")
        + paragraph(TITLE, "FormTitle")
        + paragraph("{{ school.name }}, {{ cycle }}", "Subtitle")
        + frame("FactTable", "About this visit", "The school, its return, and how it came into the sample.", [left, right], rows, first_row=0)
        + paragraph("Why this school", "Heading2")
        + tag("for reason in reasons")
        + paragraph("{{ reason }}", "ListBullet")
        + tag("endfor")
        + paragraph(
            run("For the adviser only. ", "Strong")
            + run("Nothing the school wrote is quoted here: open its return at the cells named. A reason for a visit is a question, not a finding against the school."),
            "Callout",
        )
    )  # fmt: skip


def cells() -> str:
    """The answers to look at, with room for what the adviser makes of each."""
    rows = loop(
        "for look in cells",
        CELL_SHARES,
        (
            paragraph(run("{{ look.ref }} ", "Strong") + run("{{ look.title }}"), "TableText"),
            "{{ look.answer }}",
            [
                paragraph("{{ look.sheet }}", "TableText"),
                paragraph("Answer {{ look.answer_cell }}, evidence {{ look.evidence_cell }}", "TableText"),
            ],
            "{{ look.why }}",
            ticks("answer_levels"),
            "",
        ),
    )
    return (
        paragraph("Answers to look at", "Heading1")
        + tag("if cells")
        + paragraph("Ask to see what stands behind each answer. Leave the level blank where you did not come to it.")
        + table("Answers to look at", "Each answer, where it stands in the return, why it is looked at, and room for the adviser.", CELL_SHARES, CELL_HEADINGS, rows)
        + tag("else")
        + paragraph("No single answer stands out. Choose for yourself where to look.")
        + tag("endif")
    )  # fmt: skip


def areas() -> str:
    """Each area: what the answers came to, and room for the adviser's level and reason."""
    rows = loop(
        "for area in areas",
        AREA_SHARES,
        (
            paragraph(run("{{ area.number }}. ", "Strong") + run("{{ area.name }}"), "TableText"),
            rated("area.level"),
            [
                tag("if area.own"),
                paragraph("{{ area.own }}", "TableText"),
                tag("else"),
                paragraph("Not given", "TableText"),
                tag("endif"),
            ],
            ticks("area_levels"),
            "",
        ),
    )
    return (
        paragraph("Your view of each area", "Heading1")
        + paragraph("A level needs its reason: it stands beside the school's own in its plan. Write about the school, never about a child.")
        + table("Your view of each area", "The level from the answers, the school's own view, and room for the adviser's level and reason.", AREA_SHARES, AREA_HEADINGS, rows)
    )  # fmt: skip


def closing() -> str:
    """Who, when, and what happens next."""
    left, right = 3700, TEXT_WIDTH - 3700
    labels = ("Adviser", "Visited on", "Seen at the school")
    rows = "".join(row(cell(left, label, "TableLabel") + cell(right, "")) for label in labels)
    return (
        paragraph("Who and when", "Heading2")
        + frame("FactTable", "Who and when", "The adviser, the day, and who was seen.", [left, right], rows, first_row=0)
        + paragraph("Please copy your levels, reasons, name and the day into sample.xlsx, and send it to {{ authority.email }}. They count once the sheet is imported.", "Callout")
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    pages = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    letterhead.save(
        Path(sys.argv[1]),
        opening() + cells() + areas() + closing(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ school.name }}"), "Header"),
        footer=paragraph(run("{{ authority.team }}, {{ authority.name }} · For the adviser only") + tab + pages, "Footer"),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        title_size=28,
        more_styles=own_styles(),
    )


if __name__ == "__main__":
    main()
