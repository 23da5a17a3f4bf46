"""Lays out the first edition of `templates/extracts/sef_extract.docx`: what the return says, ready to go into a school's own SEF.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/sef_extract.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from markup import field, paragraph, run, small_logo, tag
from return_note import own_styles

TITLE = "Inclusion: an extract for your SEF"


def opening() -> str:
    """What it is for."""
    return (
        paragraph(small_logo() + run(" {{ authority.name }}"), "Letterhead")
        + paragraph(TITLE, "Title")
        + paragraph("{{ school.name }} (URN {{ school.urn }}), {{ about.cycle }}", "NoteSubject")
        + paragraph(
            "Copy what you need into your own self-evaluation, and cut what you do not. Levels come from your answers; the sentences under each area are yours, as you wrote them. "
            "Ofsted asks for no form of self-evaluation, and these levels are not its grades."
        )
        + tag("if overall.shown")
        + paragraph(run("Overall: {{ overall.level }}. ", "Strong") + run("{{ overall.reason }}"), "Callout")
        + tag("endif")
    )  # fmt: skip


def told(collection: str) -> str:
    """What the school wrote, without the machinery of the plan."""
    return (
        tag(f"for entry in {collection}")
        + paragraph(run("{{ entry.title }}. ", "Strong") + run("{{ entry.text }}"), "ListBullet")
        + tag("endfor")
    )


def areas() -> str:
    """Each area: where we are, what is strong, what is developing, what comes next."""
    return (
        tag("for area in areas")
        + paragraph("{{ area.name }}", "Heading1Inline")
        + paragraph(run("{{ area.level }}. ", "Strong") + run("{{ area.reason }}"), "AreaDefinition")
        + tag("if area.working_well")
        + paragraph("Strengths", "Heading2")
        + told("area.working_well")
        + tag("endif")
        + tag("if area.so_far")
        + paragraph("Still developing", "Heading2")
        + told("area.so_far")
        + tag("endif")
        + tag("if area.opportunities")
        + paragraph("Next steps", "Heading2")
        + tag("for action in area.opportunities[:3]")
        + paragraph("{{ action.opportunity }}", "ListBullet")
        + tag("endfor")
        + tag("endif")
        + tag("endfor")
    )


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    letterhead.save(
        Path(sys.argv[1]),
        opening() + areas(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ school.name }}"), "Header"),
        footer=paragraph(
            run("From plan {{ about.reference }}") + tab + run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES"),
            "Footer",
        ),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        upright=True,
        title_size=22,
        more_styles=own_styles(),
    )


if __name__ == "__main__":
    main()
