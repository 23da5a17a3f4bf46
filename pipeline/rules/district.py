"""The papers for the heads of a district, and of a trust or community: where schools here stand together, beside all others.

Heads read the paper of their own district and may read another: no school is named, and no number is in them by which the
level of a school could be worked out. A paper for one school alone has its levels beside the same numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from pipeline.model.district import District, DistrictLevels, DistrictOutcome, DistrictTheme
from pipeline.model.dossier import Dossier
from pipeline.model.level import LEVELS, State
from pipeline.model.paper import Matter, Paper
from pipeline.model.plan import PlanAuthority
from pipeline.model.profile import Profile
from pipeline.model.report import ReportNeed
from pipeline.rules.need import Need, tally_needs
from pipeline.rules.outcome import CAUTION
from pipeline.rules.planning import written_date
from pipeline.rules.report import list_areas, name_area, name_bands
from pipeline.rules.report_telling import METHOD
from pipeline.rules.small_number import protect_list, say_shown
from pipeline.rules.spread import Grouping, Joined, Line, Spread, is_telling, spread_levels
from pipeline.rules.suppression import SMALLEST
from pipeline.rules.working_together import list_together, say_place

_MOST_NEEDS = 8
_NeedKey = tuple[str, str]


@dataclass(frozen=True)
class Papers:
    """What the papers of all groups of one way are written from: it is worked out once, and protected together."""

    dossier: Dossier
    grouping: Grouping
    spread: Spread

    @cached_property
    def members(self) -> Mapping[Joined, Sequence[Profile]]:
        """The rated schools of each joined group."""
        found: dict[Joined, list[Profile]] = {joined: [] for joined in self.spread.sizes}
        for profile in self.dossier.counted:
            found[self.spread.find(self.grouping.group_of.get(profile.school.urn, ""))].append(profile)
        return found

    @cached_property
    def needs(self) -> Mapping[Joined, Sequence[tuple[Need, int]]]:
        """The opportunities of each joined group with how many of its schools have each, most first: those that may be shown
        beside the numbers of all the others and of all together."""
        rubric = self.dossier.configuration.rubric
        by_group = {joined: {_key(one): one for one in tally_needs(found, rubric)} for joined, found in self.members.items()}
        shown: dict[Joined, list[tuple[Need, int]]] = {joined: [] for joined in by_group}
        for key in dict.fromkeys(key for needs in by_group.values() for key in needs):
            counts = [needs[key].schools if key in needs else 0 for needs in by_group.values()]
            for (joined, needs), told in zip(by_group.items(), protect_list(counts), strict=True):
                if told:
                    shown[joined].append((needs[key], told))
        return {joined: sorted(found, key=lambda one: -one[1]) for joined, found in shown.items()}

    def write(self, group: str, school: Profile | None = None) -> District:
        """A group's paper; with `school`, that school's own."""
        dossier, joined = self.dossier, self.spread.find(group)
        configuration, authority = dossier.configuration, dossier.configuration.settings.authority
        needs = self.needs.get(joined, ())
        return District(
            authority=PlanAuthority(authority.name, authority.team, authority.email),
            cycle=dossier.batch.cycle_label,
            made_on=written_date(dossier.today),
            place=group or "Not given",
            kind=self.grouping.kind,
            school=school.school.name if school else "",
            points=say_place(group, self.grouping.kind, joined, self.spread.sizes, len(dossier.counted)),
            bands=name_bands(configuration.rubric)[:-1],
            levels=tuple(self._list_levels(joined, school)),
            together=list_together(joined, self.spread, configuration.rubric),
            needs=tuple(
                ReportNeed(one.criterion, one.title, one.opportunity, say_shown(told)) for one, told in needs[:_MOST_NEEDS]
            ),
            themes=tuple(self._list_themes(needs)),
            outcomes=tuple(self._list_outcomes(joined)) if dossier.shows(Paper.DISTRICTS, Matter.OUTCOMES) else (),
            caution=CAUTION,
            limits=METHOD,
        )

    def _list_levels(self, joined: Joined, school: Profile | None) -> Iterator[DistrictLevels]:
        rubric = self.dossier.configuration.rubric
        here = f"This {self.grouping.kind}" if len(joined) == 1 else "These together"
        for area in list_areas(rubric):
            name = name_area(area, rubric)
            if joined:
                yield _tell(name, here, self.spread.groups[area][joined], self._own(area, school))
            yield _tell(name, "All schools", self.spread.everywhere[area], "" if joined else self._own(area, school))

    def _own(self, area: int, school: Profile | None) -> str:
        if school is None:
            return ""
        rubric = self.dossier.configuration.rubric
        rating = school.overall if area == 0 else next((one for one in school.areas if one.number == area), None)
        if rating is None:
            return rubric.frame.states[State.NOT_RATED]
        return rubric.label(LEVELS[rating.key]) if rating.key in LEVELS else rubric.frame.states[State(rating.key)]

    def _list_themes(self, needs: Sequence[tuple[Need, int]]) -> Iterator[DistrictTheme]:
        """Each theme's commonest opportunity, as far as it may be shown."""
        rubric = self.dossier.configuration.rubric
        for key, label in rubric.frame.themes.items():
            mine = [(one, told) for one, told in needs if key in rubric.criteria[one.criterion].themes]
            if mine:
                need, told = mine[0]
                yield DistrictTheme(label, need.criterion, need.opportunity, say_shown(told))

    def _list_outcomes(self, joined: Joined) -> Iterator[DistrictOutcome]:
        """Shares alone, by the school in the middle: what is added up could be subtracted again."""
        for measure in self.dossier.configuration.outcomes.measures:
            here, everywhere = (
                [one.this_year for profile in found for one in profile.figures if one.measure == measure.id]
                for found in (self.members.get(joined, ()), self.dossier.counted)
            )
            given, all_given = ([value for value in values if value is not None] for values in (here, everywhere))
            if measure.unit != "count" and len(given) >= SMALLEST:
                yield DistrictOutcome(measure.label, f"{round(median(given), 2):g}", f"{round(median(all_given), 2):g}")


def _key(need: Need) -> _NeedKey:
    return need.criterion, need.opportunity


def _tell(area: str, where: str, line: Line, own: str) -> DistrictLevels:
    advanced, established, emerging, not_yet, not_rated = map(say_shown, line)
    return DistrictLevels(area, where, advanced, established, emerging, not_yet, not_rated, own)


def group_districts(dossier: Dossier) -> Grouping:
    """Schools by district."""
    return Grouping("district", {urn: school.district for urn, school in dossier.register.items()})


def prepare_papers(dossier: Dossier, further: Sequence[Grouping]) -> tuple[Papers, ...]:
    """What the papers of districts are written from, and those of each further way in which schools are grouped."""
    groupings = (group_districts(dossier), *further)
    spreads = spread_levels(dossier.counted, list_areas(dossier.configuration.rubric), groupings)
    return tuple(Papers(dossier, grouping, spread) for grouping, spread in zip(groupings, spreads, strict=True))


def list_groups(papers: Papers, before: Sequence[Grouping]) -> tuple[str, ...]:
    """The groups that have a paper, by name: every district; of other groups those with five rated schools that are not nearly
    the schools of other groups together, of which `before` tells."""
    grouping = papers.grouping
    names = sorted(set(grouping.group_of.values()) - {""})
    if not before:
        return (*names, *([""] if "" in grouping.group_of.values() else []))
    return tuple(
        name
        for name in names
        if papers.spread.find(name) == (name,) and not is_telling(name, grouping, before, papers.dossier.counted)
    )
