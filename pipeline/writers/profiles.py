"""A school's profile as a line, for `readers.profiles`: lists without names, since a run reads every school's.

First stands its outline, and after a tab the rest, so that a later cycle need not read what it has no use for.
"""

import json
from typing import Any

from pipeline.model.profile import Profile


def write_profile(profile: Profile) -> str:
    """The profile in one line of JSON, its end of line left out."""
    school = profile.school
    fields = (
        (school.urn, school.laestab, school.name, school.phase, school.kind, school.district, school.town, school.pupils),
        profile.file,
        profile.edition,
        profile.completed_on.isoformat() if profile.completed_on else None,
        profile.shares_practice,
        profile.overall,
        profile.areas,
        profile.answers,
        profile.opportunities,
        profile.priorities,
        profile.lives,
    )
    return f"{_dump(profile.outline)}\t{_dump(fields)}"


def _dump(fields: tuple[Any, ...]) -> str:
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))
