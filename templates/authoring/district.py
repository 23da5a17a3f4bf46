"""Lays out the first edition of `templates/district.docx`, the paper for the heads of a district, trust or community.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/district.py FILE.docx`
"""

import sys
from pathlib import Path

import letterhead
from letterhead import TEXT_WIDTH
from markup import SMALL, field, intro, paragraph, run, small_logo, tag
from paper import heading, paper_styles, table

TITLE = "Inclusive practice: working together"


def opening() -> str:
    """Whom it is for, and who is counted."""
    return (
        paragraph(small_logo() + run(" {{ authority.name }}"), "Letterhead")
        + paragraph(TITLE, "Title")
        + paragraph("{{ place }}: {{ cycle }}, as at {{ made_on }}", "PaperSubject")
        + tag("if school")
        + paragraph("For {{ school }} alone: please do not pass it on.", "Callout")
        + tag("else")
        + paragraph("For the heads of schools in this {{ kind }}. No school is named or ranked. Ratings are self-evaluated and indicative.", "Callout")
        + tag("endif")
        + tag("for point in points")
        + paragraph("{{ point }}")
        + tag("endfor")
    )  # fmt: skip


def levels() -> str:
    """Where schools stand, here and in all."""
    return (
        heading("Where schools stand")
        + tag("if school")
        + intro("Your school's levels are in the last column, from your action plan.")
        + tag("else")
        + intro("The last column is for your own school: write in its levels from your action plan, where only you have them.")
        + tag("endif")
        + table(
            "Where schools stand", f"How many schools stand at each level in each area, here and in all; {SMALL}", (44, 21, 23, 28, 24, 24, 22, 26),
            ("Area of Focus", "Schools", *(f"{{{{ bands[{at}] }}}}" for at in range(5)), "Your school"), "line in levels",
            ("{{ line.area }}", "{{ line.where }}", "{{ line.advanced }}", "{{ line.established }}", "{{ line.emerging }}", "{{ line.not_yet }}", "{{ line.not_rated }}", "{{ line.own }}"), TEXT_WIDTH,
        )
    )  # fmt: skip


def together() -> str:
    """What to work on together."""
    return (
        tag("if together or needs")
        + heading("What to work on together")
        + tag("for idea in together")
        + paragraph("{{ idea }}", "ListBullet")
        + tag("endfor")
        + tag("endif")
        + tag("if needs")
        + heading("Opportunities that schools here share", 2)
        + table(
            "Opportunities that schools here share", "The commonest opportunities, and how many schools here have each.", (22, 42, 86, 20),
            ("Criterion", "Title", "Opportunity", "Schools"), "need in needs",
            ("{{ need.criterion }}", "{{ need.title }}", "{{ need.opportunity }}", "{{ need.schools }}"), TEXT_WIDTH,
        )
        + tag("endif")
        + tag("if themes")
        + heading("Theme by theme", 2)
        + intro("The opportunity that most schools here share in each theme, where five or more do and the number may be told.")
        + table(
            "Theme by theme", "The commonest opportunity of each theme, and how many schools here have it.", (48, 22, 80, 20),
            ("Theme", "Criterion", "Opportunity", "Schools"), "theme in themes",
            ("{{ theme.theme }}", "{{ theme.criterion }}", "{{ theme.opportunity }}", "{{ theme.schools }}"), TEXT_WIDTH,
        )
        + tag("endif")
    )  # fmt: skip


def closing() -> str:
    """Outcomes, method and limits."""
    return (
        tag("if outcomes")
        + heading("Outcomes")
        + intro("Last school year: the school in the middle, of those here and of all. {{ caution }}")
        + table(
            "Outcomes", "Outcome figures of last school year, here and in all schools.", (90, 40, 40),
            ("Measure", "Here", "All schools"), "outcome in outcomes",
            ("{{ outcome.measure }}", "{{ outcome.here }}", "{{ outcome.everywhere }}"), TEXT_WIDTH,
        )
        + tag("endif")
        + heading("How the figures came about")
        + tag("for limit in limits")
        + paragraph("{{ limit }}", "ListBullet")
        + tag("endfor")
    )  # fmt: skip


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    pages = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    letterhead.save(
        Path(sys.argv[1]),
        opening() + levels() + together() + closing(),
        title=TITLE,
        header=paragraph(run("{{ place }}") + tab + run("{{ cycle }}"), "Header"),
        footer=paragraph(run("{{ authority.team }}, {{ made_on }}") + tab + pages, "Footer"),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        title_size=24,
        more_styles=paper_styles(),
    )


if __name__ == "__main__":
    main()
