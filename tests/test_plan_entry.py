"""Statuses and dates as people type them, and what no table can read."""

from datetime import date

import pytest
from conftest import ROOT

from pipeline.model.carried import Status
from pipeline.model.plan_words import PlanWords
from pipeline.readers.plan_words import load_plan_words
from pipeline.rules.plan_entry import read_day, read_status

SENT_ON = date(2026, 11, 2)
TERMS = {"end of spring term": date(2027, 3, 26), "Easter": date(2027, 3, 28)}


@pytest.fixture(scope="module")
def words() -> PlanWords:
    loaded, _ = load_plan_words(ROOT / "config" / "plan_words.yaml", "config/plan_words.yaml")
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("Not started", Status.NOT_STARTED),
        ("Done ✔", Status.DONE),
        ("✔", Status.DONE),
        ("✅ Completed!", Status.DONE),
        ("DONE", Status.DONE),
        ("Done - see governors' minutes", Status.DONE),
        ("Done 12/3/27", Status.DONE),
        ("Complete (Feb 2027)", Status.DONE),
        ("Completed. Parents told.", Status.DONE),
        ("100%", Status.DONE),
        ("Green", Status.UNDER_WAY),
        ("half way", Status.UNDER_WAY),
        ("half-way", Status.UNDER_WAY),
        ("Nearly there", Status.UNDER_WAY),
        ("about 60 per cent done", Status.UNDER_WAY),
        ("0%", Status.NOT_STARTED),
        ("In progress: two staff trained", Status.UNDER_WAY),
        ("Under way\nParents met", Status.UNDER_WAY),
        ("RED", Status.NOT_STARTED),
        ("On hold until May", Status.ON_HOLD),
        ("On hold – no budget", Status.ON_HOLD),
        ("N/A", Status.NOT_NEEDED),
        ("No longer needed.", Status.NOT_NEEDED),
        ("Not done", None),
        ("Done is better than perfect", None),
        ("Undone", None),
        ("Staff are done with it", None),
        ("150%", None),
        ("", None),
        ("We will see", None),
    ],
)
def test_read_status(words: PlanWords, typed: str, status: Status | None) -> None:
    assert read_status(typed, words) is status


@pytest.mark.parametrize(
    ("typed", "day", "is_exact"),
    [
        ("26 March 2027", date(2027, 3, 26), True),
        ("26th Mar 2027", date(2027, 3, 26), True),
        ("Friday 26th of March, 2027", date(2027, 3, 26), True),
        ("March 26, 2027", date(2027, 3, 26), True),
        ("26/03/2027", date(2027, 3, 26), True),
        ("26/3/27", date(2027, 3, 26), True),
        ("26.3.27", date(2027, 3, 26), True),
        ("26-03-2027", date(2027, 3, 26), True),
        ("2027-03-26", date(2027, 3, 26), True),
        ("by 26 March 2027", date(2027, 3, 26), True),
        ("w/c 22/03/2027", date(2027, 3, 22), True),
        ("March 2027", date(2027, 3, 31), False),
        ("end of Feb 2028", date(2028, 2, 29), False),
        ("03/2027", date(2027, 3, 31), False),
        ("4 December", date(2026, 12, 4), False),
        ("4 Oct", date(2027, 10, 4), False),
        ("Easter", date(2027, 3, 28), True),
        ("by the end of spring term", date(2027, 3, 26), True),
        ("End of Spring Term", date(2027, 3, 26), True),
    ],
)
def test_read_day_of_any_form(words: PlanWords, typed: str, day: date, is_exact: bool) -> None:
    entry = read_day(typed, SENT_ON, words, TERMS)
    assert (entry.day, entry.is_read, entry.is_exact) == (day, True, is_exact)


@pytest.mark.parametrize(
    "typed", ["31/02/2027", "soon", "nearly there", "end of summer term", "26/26/2027", "29 Feb 2027", "5.2-a"]
)
def test_read_day_never_guesses(words: PlanWords, typed: str) -> None:
    entry = read_day(typed, SENT_ON, words, TERMS)
    assert (entry.day, entry.is_read) == (None, False)


@pytest.mark.parametrize("typed", ["", "  ", "Ongoing", "termly", "TBC."])
def test_read_day_where_none_is_meant(words: PlanWords, typed: str) -> None:
    entry = read_day(typed, SENT_ON, words)
    assert (entry.day, entry.is_read) == (None, True)
