"""The register: the LA's list of schools, under the column names of a GIAS extract."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.finding import Finding, Place, find
from pipeline.model.school import Phase, School

COLUMNS = (
    "URN",
    "LA (code)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "PhaseOfEducation (name)",
    "DistrictAdministrative (name)",
    "Town",
    "NumberOfPupils",
)
STATUS = "EstablishmentStatus (name)"  # may be missing
# Columns of groups of schools, which may be missing, and what one of each is called.
GROUPS = {"Trusts (name)": "trust", "Federations (name)": "federation", "Community": "community"}

# GIAS phase names; the two kinds below stand under "Not applicable" there and are told by their type.
_PHASES = {
    "nursery": Phase.NURSERY,
    "primary": Phase.PRIMARY,
    "middle deemed primary": Phase.MIDDLE,
    "middle deemed secondary": Phase.MIDDLE,
    "secondary": Phase.SECONDARY,
    "all-through": Phase.ALL_THROUGH,
    "16 plus": Phase.SIXTEEN_PLUS,
}


def load_register(path: Path, name: str) -> tuple[Mapping[str, School], tuple[Finding, ...]]:
    """URN → school, in the file's order; closed schools are left out where the extract says so.

    Format: CSV with a header row, UTF-8 or cp1252 (as GIAS and Excel save it); further columns are ignored.
    Findings: RG201, RG202, RG203 (with the line).
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        return {}, (find("RG201", Place(name), error.strerror or "cannot be opened", file=name),)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        return {}, tuple(find("RG202", Place(name, cell="line 1"), column, column=column) for column in missing)
    schools: dict[str, School] = {}
    findings: list[Finding] = []
    try:
        for row in rows:
            if (row.get(STATUS) or "").strip().lower() == "closed":
                continue
            place = Place(name, cell=f"line {rows.line_num}")
            school, found = _read_row(row, place)
            if school and school.urn in schools:
                found = (find("RG203", place, school.urn, remedy="Remove one of the two rows with this URN."),)
            elif school:
                schools[school.urn] = school
            findings.extend(found)
    except csv.Error:
        findings.append(find("RG201", Place(name, cell=f"line {rows.line_num}"), "not CSV", file=name))
    return schools, tuple(findings)


def load_groups(path: Path) -> Mapping[str, Mapping[str, str]]:
    """What a group is called → URN → its name, for each column of groups that the register has; nothing where it cannot be
    read."""
    try:
        rows = list(csv.DictReader(io.StringIO(_decode(path.read_bytes()), newline="")))
    except (OSError, csv.Error):
        return {}
    found = {
        kind: {(row["URN"] or "").strip(): (row.get(column) or "").strip() for row in rows} for column, kind in GROUPS.items()
    }
    return {kind: {urn: name for urn, name in names.items() if name} for kind, names in found.items() if any(names.values())}


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_row(row: Mapping[str, str | None], place: Place) -> tuple[School | None, tuple[Finding, ...]]:
    values = {column: (row[column] or "").strip() for column in COLUMNS}
    urn = values["URN"]
    if not (urn.isascii() and urn.isdigit() and len(urn) == 6):
        return None, (find("RG203", place, f"URN “{urn[:20]}”", remedy="Write the URN as six digits."),)
    phase = _phase(values["PhaseOfEducation (name)"], values["TypeOfEstablishment (name)"])
    if phase is None:
        remedy = "Give the phase as GIAS does: Nursery, Primary, Secondary, All-through, 16 plus, or Not applicable."
        return None, (find("RG203", place, f"phase of {urn}", remedy=remedy),)
    if not values["EstablishmentName"]:
        return None, (find("RG203", place, f"name of {urn}", remedy="Fill in EstablishmentName."),)
    pupils = values["NumberOfPupils"]
    school = School(
        urn=urn,
        laestab=f"{values['LA (code)']}/{values['EstablishmentNumber']}",
        name=values["EstablishmentName"],
        phase=phase,
        kind=values["TypeOfEstablishment (name)"],
        district=values["DistrictAdministrative (name)"],
        town=values["Town"],
        pupils=int(pupils) if pupils.isascii() and pupils.isdigit() else None,
    )
    return school, ()


def _phase(phase: str, kind: str) -> Phase | None:
    lowered = kind.lower()
    if "special" in lowered:
        return Phase.SPECIAL
    if "pupil referral" in lowered or "alternative provision" in lowered:
        return Phase.ALTERNATIVE_PROVISION
    return _PHASES.get(phase.lower())
