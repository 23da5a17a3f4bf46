"""Profiles of schools as `writers.profiles` left them."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from pipeline.model.profile import Outline, Profile, ProfileAnswer, ProfileArea, ProfileFigure, ProfileLife, ProfileOpportunity
from pipeline.model.school import Phase, School

_TAB = b"\t"


class ProfileReader:
    """Reads the profiles of a cycle. What many schools share, such as an answer with its cell, is held once among them."""

    def __init__(self) -> None:
        self._shared: dict[Any, Any] = {}

    def read(self, line: bytes) -> Profile:
        """The profile of a line. Raises: ValueError, TypeError, where it is not as we write it."""
        _, rest = line.split(_TAB)[:2]
        school, file, edition, completed_on, shares, overall, areas, *lists = json.loads(rest)
        answers, opportunities, priorities, *lives = lists  # before there was a ledger, a line had no lives
        return Profile(
            school=self._school(*school),
            file=file,
            edition=self._share(edition),
            completed_on=date.fromisoformat(completed_on) if completed_on else None,
            shares_practice=shares,
            overall=self._area(overall) if overall else None,
            areas=tuple(map(self._area, areas)),
            answers=self._rows(ProfileAnswer, answers),
            opportunities=self._rows(ProfileOpportunity, opportunities),
            priorities=tuple(map(self._share, priorities)),
            figures=self.read_outline(line).figures,
            lives=self._rows(ProfileLife, lives[0] if lives else ()),
        )

    def read_outline(self, line: bytes) -> Outline:
        """The outline at the beginning of a line, and nothing else of it. Raises: as above."""
        urn, edition, overall, areas, figures = json.loads(line.partition(_TAB)[0])
        levels = tuple((number, key) for number, key in areas)
        return Outline(urn, self._share(edition), self._share(overall), levels, tuple(ProfileFigure(*one) for one in figures))

    def _school(self, urn: str, laestab: str, name: str, phase: str, *about: Any) -> School:
        kind, district, town, pupils = map(self._share, about)
        return School(urn, laestab, name, Phase(phase), kind, district, town, pupils)

    def _area(self, row: list[Any]) -> ProfileArea:
        number, key, reason, shortfall, lift, next_key, decided_by, gates, blanks, *beside = map(self._share_any, row)
        return ProfileArea(number, key, reason, shortfall, lift, next_key, decided_by, gates, blanks, *beside)

    def _rows(self, kind: Any, rows: Iterable[list[Any]]) -> tuple[Any, ...]:
        shared, found = self._shared, []
        for row in rows:
            key = (kind, *row)
            one = shared.get(key)
            if one is None:
                one = shared[key] = kind(*row)
            found.append(one)
        return tuple(found)

    def _share_any(self, value: Any) -> Any:
        return self._share(tuple(value) if isinstance(value, list) else value)

    def _share(self, value: Any) -> Any:
        return self._shared.setdefault(value, value)
