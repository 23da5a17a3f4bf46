"""Welsh and other letters, right single quotes, long names and double-barrelled districts come through everywhere."""

import csv
import io
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import complete, drop, inclusion, outputs, texts

from pipeline.model.school import Phase, School
from pipeline.readers.config import load_configuration
from pipeline.readers.register import COLUMNS

_LONG = "Ysgol Gynradd Gymraeg Tŷ’r Ŵyl, Llŷn & Dŵr-y-Felin – St Zoë’s, Brontë and Łukasz Ó Súilleabháin’s Church in Wales and Catholic Voluntary Aided Primary School, Nursery and Specialist Resource Base, Ynys"
NAMES = (_LONG.ljust(200, "ŵ")[:200], "Šķēlē Nguyễn Çelik–D’Arcy Academy")
DISTRICTS = ("Ynys Môn – Penllŷn & Dwyfor", "Kingston-upon-Thames with Stoke-sub-Hamdon")
AUTHORITY = "Cyngor Tŷ’r Ŵyl"
COMPLETED_BY = "Siân Ŵyn-O’Brien"
EVIDENCE = "Mae’r disgyblion yn dŷ’r ysgol: ŵ ŷ â ê, Łódź, naïve café, Ελλάδα, 学校, “quoted”, 🎈, e\u0301."
OWN = "Ask Dŵr Cymru’s liaison about Tŷ Gwyn."


@pytest.fixture(scope="module")
def schools() -> tuple[School, ...]:
    return tuple(
        School(f"90010{number}", f"999/200{number}", name, Phase.PRIMARY, "Academy converter", district, "Tŷ-croes", 99)
        for number, (name, district) in enumerate(zip(NAMES, DISTRICTS, strict=True), 1)
    )


@pytest.fixture(scope="module")
def made(
    schools: tuple[School, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, bytes]:
    """The outputs of an authority with two such schools, of which one has sent its return."""
    project = tmp_path_factory.mktemp("letters") / AUTHORITY
    assert inclusion("init", str(project), "--name", AUTHORITY)[0] == 0
    with (project / "config" / "schools.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for one in schools:
            number = one.laestab.partition("/")
            rows.writerow((one.urn, number[0], number[2], one.name, one.kind, "Primary", one.district, one.town, one.pupils))
    settings = project / "config" / "settings.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("extracts: [] ", "extracts: [governor_summary, sef_extract] "), "utf-8"
    )
    assert inclusion("workbooks", "--project", str(project))[0] == 0
    configuration, _ = load_configuration(project / "config")
    assert configuration
    content = complete(
        schools[0],
        configuration,
        {"1.1": "N", "1.2": "?"},
        evidence={"1.1": EVIDENCE, "2.1": EVIDENCE},
        own={"1.1": OWN},
        edit=lambda workbook: workbook["Your school"].__setitem__("B8", COMPLETED_BY),
    )
    drop(project, "Tŷ’r Ŵyl (dychwelwyd).xlsx", content)
    code, _, errors = inclusion("run", "--inclusion-strategy", "--project", str(project))
    assert code == 0, errors
    assert not any(finding in errors for finding in ("SC401", "SC402", "RT303", "RT326"))
    assert inclusion("toolkit", "--project", str(project))[0] == 0
    return outputs(project)


def one_of(made: dict[str, bytes], start: str, end: str) -> bytes:
    (found,) = [content for path, content in made.items() if path.startswith(start) and path.endswith(end)]
    return found


def test_a_name_that_is_too_long_is_as_long_as_it_was_meant_to_be() -> None:
    assert len(NAMES[0]) == 200


def values(content: bytes) -> Iterator[object]:
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from row


def test_workbooks_hold_names_and_districts_as_the_register_has_them(
    made: dict[str, bytes], schools: tuple[School, ...]
) -> None:
    for one in schools:
        workbook = openpyxl.load_workbook(BytesIO(one_of(made, f"workbooks/{one.urn}", ".xlsx")))
        held = {cell.value for row in workbook["Your school"].iter_rows() for cell in row}
        assert {one.name, one.district} <= held
        for sheet in workbook.worksheets:
            parts = [getattr(sheet.oddFooter, side).text or "" for side in ("left", "center", "right")]
            assert len("&L&C&R".join(parts)) <= 255  # what Excel allows


def test_plan_and_note_say_every_letter(made: dict[str, bytes], schools: tuple[School, ...]) -> None:
    plan = texts(one_of(made, f"plans/{schools[0].urn}", ".docx"))
    for wanted in (NAMES[0], DISTRICTS[0], COMPLETED_BY, EVIDENCE, OWN, AUTHORITY):
        assert wanted in plan
    note = texts(one_of(made, f"notes/{schools[0].urn}", ".docx"))
    assert NAMES[0] in note
    marked = list(values(one_of(made, f"notes/{schools[0].urn}", "(marked).xlsx")))
    assert EVIDENCE in marked
    assert NAMES[0] in marked


def test_record_and_papers_say_every_letter(made: dict[str, bytes], schools: tuple[School, ...]) -> None:
    record = json.loads(made[f"records/{schools[0].urn}.json"])
    told = json.dumps(record, ensure_ascii=False)
    for wanted in (NAMES[0], COMPLETED_BY, OWN):
        assert wanted in told
    overview = set(values(made["overview.xlsx"]))
    assert {*NAMES, *DISTRICTS} <= overview
    chase = list(csv.reader(io.StringIO(made["chase.csv"].decode("utf-8-sig"), newline="")))
    assert any({NAMES[1], DISTRICTS[1]} <= set(row) for row in chase)
    findings = list(csv.DictReader(io.StringIO(made["findings.csv"].decode("utf-8-sig"), newline="")))
    assert {row["file"] for row in findings} == {"Tŷ’r Ŵyl (dychwelwyd).xlsx"}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("extracts/", "governor summary.docx", NAMES[0]),
        ("extracts/", "sef extract.docx", NAMES[0]),
        ("strategies/", ".docx", NAMES[0]),
        ("districts/Ynys", ".docx", DISTRICTS[0]),
        ("report", ".docx", AUTHORITY),
        ("toolkit", ".docx", AUTHORITY),
    ],
)
def test_further_documents_say_every_letter(start: str, end: str, wanted: str, made: dict[str, bytes]) -> None:
    document = texts(one_of(made, start, end))
    assert wanted in document
    assert AUTHORITY in document


def test_the_page_says_every_letter(made: dict[str, bytes]) -> None:
    page = made["overview.html"].decode("utf-8").replace("&amp;", "&").replace("\\u0026", "&")
    assert [words for words in (*NAMES, *DISTRICTS) if words not in page] == []


def test_file_names_keep_their_letters_and_are_short(made: dict[str, bytes], schools: tuple[School, ...]) -> None:
    names = [Path(path).name for path in made]
    assert max(map(len, names)) < 200
    assert max(len(name.encode()) for name in names) < 255
    for start in ("plans", "workbooks", "notes", "extracts", "strategies"):
        of_school = [Path(path).name for path in made if path.startswith(f"{start}/{schools[0].urn}")]
        assert of_school
        assert all("Tŷ’r Ŵyl, Llŷn & Dŵr-y-Felin" in name for name in of_school)
    assert f"districts/{DISTRICTS[0]}.docx" in made
