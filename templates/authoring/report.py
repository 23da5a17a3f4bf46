"""Lays out the first edition of `templates/report.docx`, the paper for the board.

The Word file is the template: officers change it in Word, and this script is not run again. It stays so that an engineer can
see how the file was made. `python templates/authoring/report.py FILE.docx`
"""

import sys
from io import BytesIO
from pathlib import Path

import letterhead
from levels_chart import CHART_TYPE, WORKBOOK_TYPE, chart_links
from markup import SMALL, chart, field, intro, paragraph, run, small_logo, tag
from openpyxl import Workbook
from paper import heading, paper_styles, table
from spread_chart import spread_part

TITLE = "Inclusive practice in our schools"
CHART = (6_180_000, 3_300_000)  # width and height in English Metric Units


def opening() -> str:
    """Whose paper it is, and what it comes to."""
    return (
        paragraph(small_logo() + run(" {{ authority.name }}"), "Letterhead")
        + paragraph(TITLE, "Title")
        + paragraph("Report to the board: {{ cycle }}, as at {{ made_on }}", "PaperSubject")
        + heading("What the returns come to")
        + tag("for point in points")
        + paragraph("{{ point }}", "ListBullet")
        + tag("endfor")
        + paragraph("Ratings are self-evaluated and indicative. No school is ranked in this paper.", "Callout")
    )


def returns() -> str:
    """Who returned, three ways."""
    parts = (("District", "districts"), ("Phase", "phases"), ("Type", "kinds"))
    return heading("Who returned") + "".join(
        heading(f"By {name.lower()}", 2)
        + table(
            f"Returns by {name.lower()}", f"Schools on the register and schools that returned, by {name.lower()}; {SMALL}", (60, 20, 20, 24),
            (name, "Schools", "Returned", "Per cent"), f"group in {collection}",
            ("{{ group.group }}", "{{ group.schools }}", "{{ group.returned }}", "{{ group.share }}"),
        )
        for name, collection in parts
    )  # fmt: skip


def levels() -> str:
    """How schools spread over the levels, as a chart and as a table."""
    said = "Stacked bar chart of how many schools stand at each level, a bar for each area. It shows the same numbers as the table below it."
    return (
        heading("Levels by area")
        + paragraph("{{ rated }} schools are rated. Each bar is all of them.")
        + paragraph(chart("rId9", *CHART, said), "Figure")
        + paragraph("How many schools stand at each level in each Area of Focus.", "Caption")
        + table(
            "Levels by area", f"How many schools stand at each level in each area; {SMALL}", (48, 24, 28, 24, 26, 22),
            ("Area of Focus", *(f"{{{{ bands[{at}] }}}}" for at in range(5))), "line in spread",
            ("{{ line.area }}", "{{ line.advanced }}", "{{ line.established }}", "{{ line.emerging }}", "{{ line.not_yet }}", "{{ line.not_rated }}"),
        )
    )  # fmt: skip


def movement() -> str:
    """What moved since the last cycle, by area and by question."""
    return (
        tag("if since")
        + heading("Movement since {{ since }}")
        + tag("if movement")
        + intro("Each school is compared with itself, like with like.")
        + table(
            "Movement by area", f"How many schools rate higher, the same or lower than in the last cycle, by area; {SMALL}", (62, 24, 24, 24, 30),
            ("Area of Focus", "Higher", "The same", "Lower", "Not compared"), "move in movement",
            ("{{ move.area }}", "{{ move.higher }}", "{{ move.same }}", "{{ move.lower }}", "{{ move.not_compared }}"),
        )
        + tag("endif")
        + tag("if across")
        + heading("Across a change of rubric", 2)
        + intro("The last ratings of these schools came about by other criteria or rules. Set the numbers side by side with care.")
        + table(
            "Across a change of rubric", f"How many schools rate higher, the same or lower than under earlier rules; {SMALL}", (42, 21, 22, 21, 22, 46),
            ("Area of Focus", "Higher", "The same", "Lower", "Between", "Compared with"), "move in across",
            ("{{ move.area }}", "{{ move.higher }}", "{{ move.same }}", "{{ move.lower }}", "{{ move.between }}", "{{ move.care }}"),
        )
        + tag("endif")
        + tag("if changed")
        + heading("Questions that moved most", 2)
        + intro("Schools that answer a question higher or lower than before. The first appendix has every question.")
        + questions("Questions that moved most", "changed")
        + tag("endif")
        + tag("endif")
    )  # fmt: skip


def questions(title: str, collection: str) -> str:
    """A line a question."""
    return table(
        title, f"How many schools answer higher, the same or lower than in the last cycle; {SMALL}", (20, 62, 20, 20, 20, 24),
        ("Criterion", "Title", "Higher", "The same", "Lower", "Not compared"), f"question in {collection}",
        ("{{ question.criterion }}", "{{ question.title }}", "{{ question.higher }}", "{{ question.same }}", "{{ question.lower }}", "{{ question.not_compared }}"),
    )  # fmt: skip


def needs() -> str:
    """What to plan training by, and what to act on."""
    return (
        tag("if needs")
        + heading("Opportunities that many schools share")
        + intro("To plan training and support: what most schools would do next.")
        + table(
            "Opportunities that many schools share", "The commonest opportunities, and how many schools have each.", (20, 44, 86, 20),
            ("Criterion", "Title", "Opportunity", "Schools"), "need in needs",
            ("{{ need.criterion }}", "{{ need.title }}", "{{ need.opportunity }}", "{{ need.schools }}"),
        )
        + tag("endif")
        + heading("Statutory duties not yet met")
        + tag("if duties")
        + intro("To act on: how many schools say that a duty is not yet met. Officers know which, and follow each up. {{ duties_met }}")
        + table(
            "Statutory duties not yet met", "How many schools say that a duty is not yet met; a number below five is in words.", (22, 42, 80, 26),
            ("Criterion", "Title", "Duty", "Schools"), "duty in duties",
            ("{{ duty.criterion }}", "{{ duty.title }}", "{{ duty.duty }}", "{{ duty.schools }}"),
        )
        + tag("elif duties_met")
        + paragraph("{{ duties_met }}")
        + tag("endif")
    )  # fmt: skip


def actions() -> str:
    """What became of the actions of plans that came back."""
    return (
        heading("Overdue and stuck actions")
        + paragraph("{{ followed }}")
        + tag("if actions")
        + intro("In time: open, and the date is still to come or was not given. Overdue: open, and the date is past. Stuck: open, and carried forward three times or more, whatever the date. Dropped: taken out, no longer needed, or no longer suggested.")
        + table(
            "Overdue and stuck actions", "How many actions of plans that came back are open, overdue, stuck, done or dropped, by area; “not shown” stands for a number of actions from one to four schools, or for one that would give it away.", (88, 29, 36, 29, 30, 39, 37, 29),
            ("Area of Focus", "In time", "Overdue", "Stuck", "Done", "Done, no higher", "Dropped", "All"), "area in actions",
            ("{{ area.area }}", "{{ area.in_time }}", "{{ area.overdue }}", "{{ area.stuck }}", "{{ area.done }}", "{{ area.not_higher }}", "{{ area.dropped }}", "{{ area.all }}"),
        )
        + tag("endif")
    )  # fmt: skip


def beside() -> str:
    """Outcomes, and good practice by consent."""
    return (
        tag("if outcomes")
        + heading("Outcomes")
        + intro("Figures of schools that gave both years, so that like stands beside like. {{ caution }}")
        + table(
            "Outcomes", f"Outcome figures of two school years; {SMALL}", (44, 34, 20, 22, 24, 26),
            ("Measure", "Figure", "Schools", "Year before", "Last school year", "Better in"), "outcome in outcomes",
            ("{{ outcome.measure }}", "{{ outcome.what }}", "{{ outcome.schools }}", "{{ outcome.last_year }}", "{{ outcome.this_year }}", "{{ outcome.better }}"),
        )
        + tag("endif")
        + tag("if practice")
        + heading("Good practice that schools share")
        + intro("Schools that are {{ bands[0] }} in an area and have agreed to be named. They stand in no order of merit.")
        + table(
            "Good practice that schools share", "Schools that agreed to share their practice, area by area.", (44, 64, 64),
            ("Area of Focus", "Seen by an adviser", "By their own answers"), "area in practice",
            ("{{ area.area }}", "{{ area.seen }}", "{{ area.by_answers }}"),
        )
        + tag("endif")
    )  # fmt: skip


def closing() -> str:
    """Method and limits, and the appendices."""
    return (
        heading("How the figures came about")
        + paragraph("Rubric {{ edition }}.")
        + tag("for limit in limits")
        + paragraph("{{ limit }}", "ListBullet")
        + tag("endfor")
        + tag("if questions")
        + paragraph("Appendix: every question since {{ since }}", "Heading1")
        + questions("Every question", "questions")
        + tag("endif")
        + tag("if spare")
        + heading("Appendix: questions that told nothing")
        + intro("They could be left out of the workbook, and the ratings of this cycle would be the same. No statutory question is among them.")
        + table(
            "Questions that told nothing", "Questions that could be left out, and why.", (20, 80, 72),
            ("Criterion", "Title", "Why"), "question in spare",
            ("{{ question.criterion }}", "{{ question.title }}", "{{ question.why }}"),
        )
        + tag("endif")
    )  # fmt: skip


def make_sample() -> bytes:
    """The workbook of the template's own chart, empty: filling makes another."""
    result = BytesIO()
    Workbook().save(result)
    return result.getvalue()


def main() -> None:
    """Writes the template to the file named on the command line."""
    tab = "<w:r><w:tab/></w:r>"
    pages = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    letterhead.save(
        Path(sys.argv[1]),
        opening() + returns() + levels() + movement() + needs() + actions() + beside() + closing(),
        title=TITLE,
        header=paragraph(run(TITLE) + tab + run("{{ cycle }}"), "Header"),
        footer=paragraph(run("{{ authority.team }}, {{ made_on }}") + tab + pages, "Footer"),
        logo=(Path(__file__).parents[2] / "config" / "logo.png").read_bytes(),
        upright=True,
        title_size=24,
        more_styles=paper_styles(),
        parts=(
            ("chart", "charts/chart1.xml", CHART_TYPE, spread_part()),
            ("", "charts/_rels/chart1.xml.rels", "", chart_links()),
            ("", "embeddings/levels.xlsx", WORKBOOK_TYPE, make_sample()),
        ),
    )


if __name__ == "__main__":
    main()
