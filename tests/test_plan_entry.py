"""Statuses and dates as people type them, and what no table can read."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.model.carried import Status
from pipeline.model.plan_words import PlanWords
from pipeline.rules.plan_entry import read_day, read_status

SENT_ON = date(2026, 11, 2)
DAYS = {"end of spring term": (date(2026, 3, 27), date(2027, 3, 25), date(2028, 4, 7)), "Easter": (date(2027, 3, 25),)}


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
        ("Easter", date(2027, 3, 25), False),
        ("by the end of spring term", date(2027, 3, 25), False),
        ("End of the Spring Term", date(2027, 3, 25), False),
    ],
)
def test_read_day_of_any_form(words: PlanWords, typed: str, day: date, is_exact: bool) -> None:
    entry = read_day(typed, SENT_ON, replace(words, days=DAYS))
    assert (entry.day, entry.is_read, entry.is_exact) == (day, True, is_exact)


@pytest.mark.parametrize(
    "typed", ["31/02/2027", "soon", "nearly there", "end of half-term", "26/26/2027", "29 Feb 2027", "5.2-a"]
)
def test_read_day_never_guesses(words: PlanWords, typed: str) -> None:
    entry = read_day(typed, SENT_ON, replace(words, days=DAYS))
    assert (entry.day, entry.is_read) == (None, False)


@pytest.mark.parametrize("typed", ["", "  ", "Ongoing", "termly", "TBC."])
def test_read_day_where_none_is_meant(words: PlanWords, typed: str) -> None:
    entry = read_day(typed, SENT_ON, words)
    assert (entry.day, entry.is_read) == (None, True)


def test_a_word_for_a_day_that_is_past_or_not_dated_is_kept_as_typed(words: PlanWords) -> None:
    named = replace(words, days=DAYS)
    for typed, sent_on in (("end of spring term", date(2028, 4, 8)), ("Easter", None), ("Easter", date(2027, 4, 1))):
        entry = read_day(typed, sent_on, named)
        assert (entry.day, entry.is_read) == (None, False)
    assert read_day("end of spring term", date(2027, 3, 26), named).day == date(2028, 4, 7)


def test_the_words_that_ship_hold_the_ends_of_this_years_terms(words: PlanWords) -> None:
    read = [read_day(f"by the end of the {term} term", SENT_ON, words).day for term in ("autumn", "spring", "summer")]
    assert read == sorted(day for day in read if day is not None)
    assert read_day("end of term", SENT_ON, words).day == read[0]
