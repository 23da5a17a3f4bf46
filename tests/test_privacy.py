"""Personal data in free text: found where people type it, not found where they do not, and never quoted."""

import re
import time
from collections.abc import Iterator
from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipeline.model.finding import Place, Severity
from pipeline.rules.privacy import find_personal

TODAY = date(2026, 11, 23)
PLACE = Place("return.xlsx", "5 Safeguarding, Health", "H6")
SLOTS = {
    "roll": "212", "year": "Year 4", "phase_group": "Key Stage 2", "place": "Fennacre", "partner": "Wendleford Primary",
    "month": "March 2026", "recent": "September 2026", "last_year": "2024", "role": "deputy headteacher", "base": "the Nest",
    "subject": "mathematics", "club": "chess club", "service": "the youth service", "day": "Tuesday", "pupils": "pupils",
    "minutes": "20", "term": "spring term 2026", "few": "7", "some": "18", "many": "64", "low": "5", "high": "92",
}  # fmt: skip

# The kinds that must be told, and the text.
FLAGGED = (
    # Pupil numbers: the sample of the guidance, a temporary one, and both as people type them.
    ("PV501", "B801200005001"),
    ("PV501", "Moved to us in May (B801200005001), settled well."),
    ("PV501", "b801200005001"),
    ("PV501", "UPN:B801200005001."),
    ("PV501", "UPNB801200005001"),
    ("PV501", "B 801 2000 05 001"),
    ("PV501", "B801 2000 05001"),
    ("PV501", "B801-2000-05-001"),
    ("PV501", "B8012\u00a00000\u00a05001"),
    ("PV501", "B8012000\u200b05001"),
    ("PV501", "Ｂ８０１２００００５００１"),
    ("PV501", "Y93899990500A"),  # an authority of 2019, and a temporary number
    ("PV501", "y938 9999 05 00a"),
    # Dates of birth.
    ("PV502", "DOB 03/05/2016"),
    ("PV502", "dob: 3.5.16, joined us late"),
    ("PV502", "D.O.B. 3rd May 2016"),
    ("PV502", "Date of birth is 2016-05-03"),
    ("PV502", "DoB – 3 5 2016"),
    ("PV502", "date of birth 03052016"),
    ("PV502", "DOB\n3 May"),
    ("PV502", "DOB May 2016"),
    ("PV502", "Dates of birth: 3/5/16 and 9/11/17"),
    ("PV502", "(03/05/2016, DOB as on the system)"),
    ("PV502", "She was born on 3 May 2016 and joined in Reception."),
    ("PV502", "born in Fennacre on the 3rd of May 2016"),
    ("PV502", "Birthday: May 3rd, 2016"),
    ("PV502", "Had a birthday, 3-5-16, in hospital."),
    # Telephone numbers.
    ("PV503", "Ring 01622 123456 after three."),
    ("PV503", "01622123456"),
    ("PV503", "(01622) 123 456"),
    ("PV503", "020 7946 0018"),
    ("PV503", "0121-496-0123"),
    ("PV503", "016977 1234"),
    ("PV503", "Mum's mobile is 07700 900123."),
    ("PV503", "07700900123"),
    ("PV503", "0770 090 0123"),
    ("PV503", "tel.07700900123"),
    ("PV503", "+44 7700 900123"),
    ("PV503", "+44 (0)1622 123456"),
    ("PV503", "0044 1622 123456"),
    ("PV503", "447700900123"),
    ("PV503", "7700900123"),
    ("PV503", "01622\u00a0123456 12 families rang"),
    # One child.
    ("PV504", "Pupil X now attends every day."),
    ("PV504", "pupil x has settled"),
    ("PV504", "See case study: child A."),
    ("PV504", "The child A's plan was reviewed."),
    ("PV504", "student J.S. moved in May"),
    ("PV504", "Student J. S. moved in May"),
    ("PV504", "pupil JS now reads aloud"),
    ("PV504", "a pupil (M.K.) with a plan"),
    ("PV504", "child (B) and child (C)"),
    ("PV504", "Boy K, off-site since March"),
    ("PV504", "PUPIL B's timetable"),
    ("PV504", "Pupil ‘T’ and her family"),
    ("PV504", "Learner D had a mentor."),
    ("PV504", "pupil AP reading ages and child K too"),
    ("PV504", "Pupil 1: back full time. Pupil 2: still part time."),
    ("PV504", "Child 3 has moved."),
    ("PV504", "The Year 4 boy came back in June."),
    ("PV504", "Y9 girl now on a full timetable"),
    ("PV504", "one Year 6 autistic boy"),
    ("PV504", "a girl in Year 9 with a hearing loss"),
    ("PV504", "our only boy from Reception"),
    ("PV504", "a boy (Year 4) and his brother"),
    ("PV504", "a 7-year-old boy"),
    ("PV504", "One girl who was out of school since March came back."),
    ("PV504", "one Year 6 pupil with epilepsy"),
    ("PV504", "a boy called Tam came to breakfast club"),
)  # fmt: skip

# What returns are full of, and what must pass without a word.
PASSED = (
    # Numbers of 13 that are no pupil's.
    "B801200005002",
    "A801200005001",
    "I801200005001",
    "XB801200005001",
    "B8012000050011",
    "Budget code B801 200 005",
    "Course A 2021 2022 2023 figures",
    "ISBN 9780198321231",
    # Dates.
    "Governors met on 3 March 2026.",
    "03/05/2016",
    "Meeting of 12.10.2026, minute 4",
    "Policy adopted 3 May 2016, reviewed 4 May 2026.",
    "Our breakfast club was born out of a governors' day on 3 March 2026.",
    "Summer-born pupils, April to August 2022",
    "Pupils born between 1 September 2019 and 31 August 2020",
    "children born on or after 1 September 2021",
    "Newborn visits; Osborne Road site opened 3 May 2016.",
    "Rosa Parks, born 4 February 1913, chosen by Year 6",
    "DOB checked 3 March 2026 for every starter.",
    "We look at dates of birth and SEN. In March 2026 the oldest fifth did best.",
    "Birthday assemblies every Friday since March 2026",
    "Low birth weight is on the checklist, 3 March 2026.",
    # Numbers that are no telephone's.
    "URN 900101, LAESTAB 999/2001",
    "£0162212345 over three years",
    "0800 1111 is on every door",
    "0300 123 4567 for the school nurses",
    "01.02.2026 10.30",
    "01-09-2025 11",
    "1,622,123,456",
    "0.01622123456",
    "ISBN 0199134567",
    "Registers at 0845, 0930, 1015",
    "10 of 63, 2025-2026, 7 in 2024",
    # Groups of pupils, and the many things called pupil, child or student.
    "Pupils, students and children said so.",
    "Pupil Premium spending follows need.",
    "pupil voice, Pupil Progress Meetings, the pupil council",
    "child protection policy; Child Protection log",
    "Child and Adolescent Mental Health Service",
    "Student Council minutes",
    "student A level outcomes",
    "Student A-level outcomes, student T Level places",
    "pupil P scales are no longer used",
    "Every Child A Reader",
    "EVERY CHILD A READER",
    "EVERY PUPIL IS KNOWN BY NAME",
    "every pupil I teach",
    "give each child a voice",
    "pupil SEND plans, pupil PP review, pupil EAL survey, pupil ID cards",
    "pupil P.E. kit is lent",
    "Student Q&A in assembly",
    "child C of E values",
    "We trained on the Child Q review.",
    "The pupil: at the centre",
    "Pupil A* grades",
    "pupil e-safety, student T-shirts",
    "one adult per pupil 1:1",
    "Year 4 boys and girls, Year 9 girls' football",
    "Year 9 girl group and Year 8 girl-led assembly",
    "in Year 7 every boy joined",
    "boys in Year 4",
    "a child in Year 3 is never alone",
    "Each Year 6 pupil has a buddy.",
    "Year 6 pupil leaders, a Year 5 pupil council",
    "one pupil a week reads aloud",
    "a child-friendly policy called Belonging",
    "",
    " ",
)  # fmt: skip


def codes(text: str, today: date | None = TODAY) -> list[str]:
    return [finding.code for finding in find_personal([(PLACE, text)], "", today)]


@pytest.mark.parametrize(("code", "text"), FLAGGED)
def test_find_personal_tells_what_points_to_one_person(code: str, text: str) -> None:
    assert codes(text) == [code]
    assert codes(f"Last week\t{text}\nand so on.") == [code] or text.isdecimal()


@pytest.mark.parametrize("text", PASSED)
def test_find_personal_passes_what_does_not(text: str) -> None:
    assert codes(text) == []


def demo_texts() -> Iterator[str]:
    for path in sorted((ROOT / "pipeline" / "demo" / "evidence").glob("*.yaml")):
        yield from strings(YAML(typ="safe").load(path.read_text("utf-8")))
    yield from strings(YAML(typ="safe").load((ROOT / "pipeline" / "demo" / "checklist_notes.yaml").read_text("utf-8")))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield re.sub(r"\{(\w+)\}", lambda slot: SLOTS[slot[1]], value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


@pytest.mark.parametrize("today", [None, TODAY])
def test_what_schools_plausibly_write_is_not_flagged(today: date | None) -> None:
    texts = list(demo_texts())
    assert len(texts) > 700
    flagged = [text for text in texts if codes(text, today)]
    assert flagged == []


def test_the_rubrics_own_words_are_not_flagged() -> None:
    files = [
        *(ROOT / "config" / "rubric").glob("*.yaml"),
        *(ROOT / "config" / "ofsted").glob("*.yaml"),
        ROOT / "config" / "guidance.yaml",
    ]
    assert [path.name for path in files for text in strings_of(path.read_text("utf-8")) if codes(text)] == []


def strings_of(source: str) -> Iterator[str]:
    yield from (line for line in source.splitlines() if line.strip())


def test_one_finding_a_kind_and_cell_in_the_order_of_the_texts() -> None:
    other = Place("return.xlsx", "7 Pupils", "H4")
    texts = [(other, "Pupil X and pupil Y, 07700 900123"), (PLACE, "DOB 3/5/16"), (other, "Pupil Z again")]
    found = find_personal(texts, "900101", TODAY)
    assert [(one.code, one.place) for one in found] == [("PV503", other), ("PV504", other), ("PV502", PLACE)]
    assert {one.urn for one in found} == {"900101"}
    assert {one.severity for one in found} == {Severity.WARNING}


@pytest.mark.parametrize(("code", "text"), FLAGGED)
def test_one_telling_text_is_found_in_a_whole_return(code: str, text: str) -> None:
    others = [(Place("return.xlsx", "1 Leadership", f"H{row}"), passed) for row, passed in enumerate(PASSED)]
    found = find_personal([*others, (PLACE, text), *others], "", TODAY)
    assert [(one.code, one.place) for one in found] == [(code, PLACE)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PV502", "BİRTHDAY 3/5/2016"),
        ("PV502", "date of bırth: 3/5/2016"),
        ("PV504", "CHİLD B has moved"),
        ("PV504", "pupıl X now attends"),
        ("PV504", "the Year 4 gırl"),
        ("PV504", "ﬁve pupils, one \u212aS2 pupil with epilepsy"),
    ],
)
def test_letters_of_other_keyboards_hide_nothing(code: str, text: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(("code", "text"), FLAGGED)
def test_nothing_seen_is_quoted(code: str, text: str) -> None:
    for finding in find_personal([(PLACE, text)], "", TODAY):
        said = f"{finding.seen} {finding.fix} {finding.title}"
        assert not [word for word in re.findall(r"\w*[0-9]\w*", text) if word in said]
        assert text not in said


def test_without_a_day_to_count_from_any_date_of_birth_is_told() -> None:
    assert codes("Birthday: 3 May 1999", None) == ["PV502"]
    assert codes("Birthday: 3 May 1999", TODAY) == []
    assert codes("DOB 3 May 1985", TODAY) == ["PV502"]  # a parent's or a teacher's is personal too


LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@given(st.from_regex(rf"[0-9]{{11}}[0-9{LETTERS}]", fullmatch=True), st.sampled_from(["", " ", "-"]), st.sampled_from(LETTERS))
def test_of_23_letters_exactly_one_makes_a_pupil_number(rest: str, gap: str, letter: str) -> None:
    values = [LETTERS.index(mark) if mark.isalpha() else int(mark) for mark in rest]
    right = LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23]
    grouped = f"{letter}{rest[:3]}{gap}{rest[3:7]}{gap}{rest[7:9]}{gap}{rest[9:]}"
    assert ("PV501" in codes(f"see {grouped} above")) is (letter == right)


@pytest.mark.parametrize("part", ["0", "01 ", "B8 ", "pupil A", "3 May ", "dob ", "a very young ", "((((", "Year 4 x-"])
def test_a_full_cell_takes_no_time(part: str) -> None:
    begun = time.perf_counter()
    codes((part * 33_000)[:32_767])
    assert time.perf_counter() - begun < 2
