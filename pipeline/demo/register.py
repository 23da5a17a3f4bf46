"""The invented register, as a GIAS extract."""

import csv
import io
from collections.abc import Mapping, Sequence

from pipeline.demo.establishment import Establishment
from pipeline.demo.material import load_material

_WITH_SIXTH_FORMS = ("Secondary", "All-through", "16 plus")
_OLDEST_WITHOUT = 16


def render_register(establishments: Sequence[Establishment]) -> bytes:
    """`schools.csv` as GIAS saves it: every value quoted, cp1252, lines ending in CRLF. It holds no person's name."""
    authority = load_material("county.yaml")["authority"]
    rows = [_row(establishment, authority) for establishment in establishments]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0] if rows else (), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")


def _row(establishment: Establishment, authority: Mapping[str, str]) -> dict[str, str]:
    """One school under the column names of GIAS, in their order."""
    school, (low, high) = establishment.school, establishment.ages
    return {
        "URN": school.urn,
        "LA (code)": authority["code"],
        "LA (name)": authority["name"],
        "EstablishmentNumber": school.laestab.split("/")[1],
        "EstablishmentName": school.name,
        "TypeOfEstablishment (name)": school.kind,
        "EstablishmentStatus (name)": "Open",
        "PhaseOfEducation (name)": establishment.gias_phase,
        "StatutoryLowAge": f"{low}",
        "StatutoryHighAge": f"{high}",
        "OfficialSixthForm (name)": _sixth_form(establishment.gias_phase, high),
        "Gender (name)": establishment.gender,
        "ReligiousCharacter (name)": establishment.religion,
        "SchoolCapacity": f"{establishment.capacity}",
        "NumberOfPupils": f"{establishment.roll}",
        "Town": school.town,
        "County (name)": authority["name"],
        "DistrictAdministrative (name)": school.district,
        "SENStat": f"{establishment.with_plan}",
        "SENNoStat": f"{establishment.sen_support}",
    }


def _sixth_form(phase: str, oldest: int) -> str:
    if phase not in _WITH_SIXTH_FORMS:
        return "Not applicable"
    return "Has a sixth form" if oldest > _OLDEST_WITHOUT else "Does not have a sixth form"
