"""The register, as a GIAS extract gives it."""

from pathlib import Path

import pytest

from pipeline.model.school import Phase, School
from pipeline.readers.register import load_register

HEADER = (
    "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),PhaseOfEducation (name),"
    "DistrictAdministrative (name),Town,NumberOfPupils,EstablishmentStatus (name)"
)


def load(tmp_path: Path, *rows: str, encoding: str = "cp1252", header: str = HEADER) -> tuple[dict[str, School], list[str]]:
    path = tmp_path / "schools.csv"
    path.write_text("\r\n".join((header, *rows, "")), encoding=encoding, newline="")
    schools, findings = load_register(path, "config/schools.csv")
    return dict(schools), [f"{one.code} {one.place.cell} {one.fix}" for one in findings]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_both_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    schools, findings = load(
        tmp_path,
        '900101,999,2001,"Ysgol Café, Fennacre",Community school,Primary,Brackmarsh,Fennacre,210,Open',
        encoding=encoding,
    )
    assert findings == []
    assert schools["900101"].name == "Ysgol Café, Fennacre"
    assert schools["900101"].laestab == "999/2001"
    assert schools["900101"].pupils == 210


@pytest.mark.parametrize(
    ("kind", "phase", "expected"),
    [
        ("Community school", "Primary", Phase.PRIMARY),
        ("Academy converter", "Middle deemed secondary", Phase.MIDDLE),
        ("Community special school", "Not applicable", Phase.SPECIAL),
        ("Academy special converter", "Not applicable", Phase.SPECIAL),
        ("Pupil referral unit", "Not applicable", Phase.ALTERNATIVE_PROVISION),
        ("Academy alternative provision converter", "Not applicable", Phase.ALTERNATIVE_PROVISION),
        ("Sixth form centres", "16 plus", Phase.SIXTEEN_PLUS),
    ],
)
def test_phases_are_told_by_name_and_type(kind: str, phase: str, expected: Phase, tmp_path: Path) -> None:
    schools, _ = load(tmp_path, f"900101,999,2001,A school,{kind},{phase},B,F,,Open")
    assert schools["900101"].phase is expected


def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path) -> None:
    schools, findings = load(
        tmp_path,
        "900101,999,2001,A school,Community school,Primary,B,F,1,Open",
        "12345,999,2002,Short,Community school,Primary,B,F,1,Open",
        "900103,999,2003,Odd,Community school,Tertiary,B,F,1,Open",
        "900101,999,2004,Again,Community school,Primary,B,F,1,Open",
        "900105,999,2005,,Community school,Primary,B,F,1,Open",
        "900106,999,2006,Closed one,Community school,Primary,B,F,1,Closed",
    )
    assert list(schools) == ["900101"]
    assert [finding.split(" ")[:3] for finding in findings] == [["RG203", "line", str(line)] for line in (3, 4, 5, 6)]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    _, findings = load(tmp_path, header=HEADER.replace("EstablishmentName", "Name"))
    assert findings == ["RG202 line 1 Add the GIAS column “EstablishmentName” to the register."]


def test_a_missing_register_is_told(tmp_path: Path) -> None:
    _, findings = load_register(tmp_path / "none.csv", "config/schools.csv")
    assert [one.code for one in findings] == ["RG201"]
