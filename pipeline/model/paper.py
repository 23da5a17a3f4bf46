"""The LA's papers, and what each may show to those who read it."""

from collections.abc import Mapping
from enum import StrEnum


class Paper(StrEnum):
    """A paper that a run makes of the whole batch, and who reads it."""

    OVERVIEW = "overview"  # overview.xlsx: officers and advisers
    PAGE = "page"  # overview.html: officers and advisers
    REPORT = "report"  # report.docx: the board
    DISTRICTS = "districts"  # districts/*.docx: the heads of a district, community or trust


class Matter(StrEnum):
    """What a paper may show beside levels, gaps and opportunities."""

    VIEWS = "own-views"
    MODERATION = "moderation"
    OUTCOMES = "outcomes"
    PAIRING = "pairing"
    QUESTIONS = "questions"
    FINDINGS = "findings"
    PRACTICE = "good-practice"
    POSITION = "own-position"


# Who could help whom names schools as Emerging, and findings name files: officers and advisers read them, and nobody else.
FOR_ADVISERS = frozenset({Matter.PAIRING, Matter.FINDINGS})
BY_ADVISERS = frozenset({Paper.OVERVIEW, Paper.PAGE})

PAPERS: Mapping[Paper, tuple[Matter, ...]] = {
    Paper.OVERVIEW: (Matter.VIEWS, Matter.MODERATION, Matter.OUTCOMES, Matter.PAIRING, Matter.QUESTIONS, Matter.FINDINGS),
    Paper.PAGE: (Matter.VIEWS, Matter.MODERATION),
    Paper.REPORT: (Matter.OUTCOMES, Matter.QUESTIONS, Matter.PRACTICE),
    Paper.DISTRICTS: (Matter.OUTCOMES,),
}
