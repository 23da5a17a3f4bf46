"""Every return of the county as it will be read: answers and evidence, the school's own sheet, figures and notes."""

from collections.abc import Sequence
from random import Random

from pipeline.demo.answering import Writer
from pipeline.demo.character import STRONGEST, Character, invent_characters, invent_levels
from pipeline.demo.establishment import Establishment
from pipeline.demo.figures import invent_figures
from pipeline.demo.file_name import FileNames
from pipeline.demo.material import load_material
from pipeline.demo.particulars import invent_particulars
from pipeline.demo.phrases import load_evidence
from pipeline.demo.planting import plant_odd_returns
from pipeline.demo.readiness import find_areas, invent_notes
from pipeline.demo.seasons import find_seasons
from pipeline.demo.telling_apart import Sayings
from pipeline.demo.unfinished import leave_unfinished
from pipeline.demo.viewing import give_views
from pipeline.model.project import Configuration
from pipeline.model.school import Phase
from pipeline.model.submission import Identity, Submission

_UNFINISHED_EVERY = 20  # returns
_SHARES_PRACTICE = 70  # in a hundred
INITIALS = "ABCDEFGHJKLMNPRSTW"


def invent_submissions(
    configuration: Configuration, county: Sequence[Establishment], returning: Sequence[Establishment], rng: Random
) -> tuple[Submission, ...]:
    """One return of each of `returning`, in their order, dated before the current cycle's due date.

    Two or more returns hold at least one that is not finished, many hold one in twenty; of fifty or more, some hold odd
    evidence. Places name the file alone.
    """
    characters = invent_characters([one.school.phase for one in returning], configuration.rubric, rng)
    submitter = _Submitter(configuration, county, rng)
    submissions = [submitter.submit(*pair) for pair in zip(returning, characters, strict=True)]
    for place in _choose_unfinished(characters):
        submissions[place] = leave_unfinished(submissions[place], configuration.rubric, rng)
    seed = rng.getrandbits(32)  # drawn last of all, so that nothing else hangs on it
    return tuple(give_views(submission, configuration.rubric, seed) for submission in plant_odd_returns(submissions))


def _choose_unfinished(characters: Sequence[Character]) -> Sequence[int]:
    """Positions of the schools that did not finish: neither weak nor strong."""
    count = max(1, round(len(characters) / _UNFINISHED_EVERY)) if len(characters) > 1 else 0
    return sorted(range(len(characters)), key=lambda place: abs(characters[place].quality - STRONGEST // 2))[:count]


class _Submitter:
    """Makes one school's return after another from the county's stock of texts and names."""

    def __init__(self, configuration: Configuration, county: Sequence[Establishment], rng: Random) -> None:
        self._configuration = configuration
        self._county = county
        self._rng = rng
        cycle = configuration.cycle(configuration.settings.cycle)
        self._seasons = find_seasons(cycle.returns_due)
        self._files = FileNames(cycle.label.lower(), rng)
        self._texts = load_evidence(configuration.rubric)
        self._sayings = Sayings()
        self._life = load_material("school_life.yaml")
        reasons = self._life["not_applicable"]
        self._reasons = {heir: reasons[key] for key in reasons for heir in configuration.rubric.heirs(key)}
        self._notes = load_material("checklist_notes.yaml")

    def submit(self, establishment: Establishment, character: Character) -> Submission:
        """A finished return."""
        rubric, rng, phase = self._configuration.rubric, self._rng, establishment.school.phase
        file = self._files.name(establishment)
        identity = self._identify(establishment)
        seasons = self._seasons.seen_on(identity.completed_on or self._seasons.due)
        own = invent_particulars(establishment, self._county, self._life, seasons, rng)
        writer = Writer(self._texts, self._reasons, own, phase, rubric, rng, self._sayings)
        areas = find_areas(self._configuration.checklist_for(self._configuration.settings.cycle), establishment)
        levels = invent_levels(character, rubric.criteria_for(phase), rng)
        responses = tuple(
            writer.respond(rubric.criteria[id], level, id in character.gaps, file) for id, level in levels.items()
        )
        return Submission(
            file=file,
            edition=f"{rubric.edition}, {self._configuration.settings.cycle}",
            identity=identity,
            responses=responses,
            outcomes=invent_figures(establishment, character.quality, self._configuration.outcomes.measures, self._life, rng),
            checklist=invent_notes(areas, character.quality, self._notes, own, rng),
        )

    def _identify(self, establishment: Establishment) -> Identity:
        """The sheet "Your school": completed on a working day, agreed by governors a little later, before returns are due."""
        school, rng, life = establishment.school, self._rng, self._life
        days = self._seasons.working_days
        completed = rng.randrange(len(days) - 1)
        agreed = rng.randrange(completed, len(days))
        return Identity(
            urn=school.urn,
            laestab=school.laestab,
            name=school.name,
            completed_by=self._person(),
            role=self._role(school.phase),
            completed_on=days[completed],
            governor=f"{self._person()}{rng.choice(life['governor_roles'])}",
            signed_on=days[agreed],
            shares_practice=rng.randrange(100) < _SHARES_PRACTICE,
        )

    def _role(self, phase: Phase) -> str:
        own = self._life["phases"][phase.value]
        role: str = self._rng.choice((own.get("head", "headteacher"), "SENCO", *own["roles"]))
        return f"{role[0].upper()}{role[1:]}"

    def _person(self) -> str:
        """An invented person: an initial and an invented surname."""
        return f"{self._rng.choice(INITIALS)}. {self._rng.choice(self._life['surnames'])}"
