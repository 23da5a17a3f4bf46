"""An invented county: the same every time, believable, and read back exactly as it was written."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from pipeline.demo.county import County, choose_returning
from pipeline.demo.establishment import Establishment, invent_establishments
from pipeline.demo.material import load_material
from pipeline.demo.particulars import Particulars, invent_particulars
from pipeline.demo.phrases import fill, load_evidence
from pipeline.demo.register import render_register
from pipeline.demo.seasons import find_seasons
from pipeline.demo.submitting import invent_submissions
from pipeline.model.finding import Place
from pipeline.model.level import Level, State
from pipeline.model.project import Configuration
from pipeline.model.school import Phase
from pipeline.model.submission import Submission
from pipeline.readers.config import load_configuration
from pipeline.readers.register import load_register
from pipeline.readers.returns import read_return
from pipeline.rules.assessing import assess
from pipeline.runner.expecting import expect

PROJECT = Path(__file__).parent.parent
SCHOOLS, MISSING, SEED = 8, 1, 7
Invented = tuple[tuple[Establishment, ...], tuple[Submission, ...]]


@pytest.fixture(scope="session")
def county(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("county")
    lay_out(configuration, out)
    return out


def lay_out(configuration: Configuration, out: Path) -> None:
    invented = County(configuration, out, SCHOOLS, SEED)
    invented.lay_out(PROJECT)
    assert len(invented.schools) == SCHOOLS
    assert invented.send(configuration.settings.cycle) == SCHOOLS - MISSING


def invent(configuration: Configuration, schools: int, seed: int) -> Invented:
    """What a county sends, before it is written."""
    rng = Random(seed)
    establishments = invent_establishments(schools, rng)
    returning = choose_returning(establishments, rng)
    return establishments, invent_submissions(configuration, establishments, returning, rng)


@pytest.fixture(scope="session")
def written(configuration: Configuration, county: Path) -> dict[str, Submission]:
    """File name → what was written into it."""
    _, submissions = invent(configuration, SCHOOLS, SEED)
    return {submission.file: submission for submission in submissions}


@pytest.fixture(scope="session")
def sixty(configuration: Configuration) -> Invented:
    return invent(configuration, 60, 1)


def returns(county: Path, configuration: Configuration) -> list[Path]:
    return sorted((county / "inputs" / configuration.settings.cycle / "returns").iterdir())


def is_finished(submission: Submission) -> bool:
    return all(response.answer for response in submission.responses)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_lay_out_gives_the_same_bytes_for_the_same_seed(configuration: Configuration, county: Path, tmp_path: Path) -> None:
    lay_out(configuration, tmp_path)
    assert files(tmp_path) == files(county)


def test_lay_out_gives_another_county_for_another_seed(configuration: Configuration) -> None:
    assert invent(configuration, SCHOOLS, SEED) != invent(configuration, SCHOOLS, SEED + 1)


def test_lay_out_makes_a_whole_project(configuration: Configuration, county: Path) -> None:
    loaded, findings = load_configuration(county / "config")
    assert not findings
    assert loaded == configuration
    assert {name: content for name, content in files(county / "templates").items() if name.endswith((".docx", ".html"))} == {
        name: content for name, content in files(PROJECT / "templates").items() if name.endswith((".docx", ".html"))
    }


@pytest.mark.parametrize("schools", [1, 5, 6, 14, 60])
def test_choose_returning_leaves_out_one_school_in_seven(schools: int) -> None:
    establishments = invent_establishments(schools, Random(SEED))
    returning = choose_returning(establishments, Random(SEED))
    assert schools - len(returning) == (round(schools / 7) if schools >= 6 else 0)
    assert {one.school.phase for one in returning} == {one.school.phase for one in establishments}


def test_load_register_reads_the_county_without_findings(county: Path) -> None:
    content = (county / "config" / "schools.csv").read_bytes()
    register, findings = load_register(county / "config" / "schools.csv", "config/schools.csv")
    assert not findings
    assert list(register.values()) == [one.school for one in invent_establishments(SCHOOLS, Random(SEED))]
    assert content.count(b"\r\n") == content.count(b"\n") == SCHOOLS + 1


def test_render_register_is_in_the_encoding_of_gias(tmp_path: Path) -> None:
    establishments = invent_establishments(300, Random(SEED))
    (tmp_path / "schools.csv").write_bytes(render_register(establishments))
    register, findings = load_register(tmp_path / "schools.csv", "schools.csv")
    assert not findings
    assert any("Thérèse" in school.name for school in register.values())
    assert list(register.values()) == [one.school for one in establishments]


def test_invent_establishments_gives_every_name_number_and_urn_once() -> None:
    establishments = invent_establishments(1500, Random(SEED))
    for unique in (
        {one.school.name.casefold() for one in establishments},
        {one.spoken.casefold() for one in establishments},
        {one.school.urn for one in establishments},
        {one.school.laestab for one in establishments},
    ):
        assert len(unique) == len(establishments)
    assert all(one.school.town in one.school.name for one in establishments)


def test_invent_establishments_has_every_phase_of_the_mix(
    sixty: Invented,
) -> None:
    phases = Counter(one.school.phase for one in sixty[0])
    assert set(phases) == set(Phase) - {Phase.MIDDLE}
    assert phases[Phase.PRIMARY] > 3 * phases[Phase.SECONDARY] > 6 * phases[Phase.SPECIAL] > 0
    small = {one.school.phase for one in invent_establishments(12, Random(SEED))}
    assert small == {Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL, Phase.ALTERNATIVE_PROVISION}


def test_read_return_gives_what_was_written(configuration: Configuration, county: Path, written: dict[str, Submission]) -> None:
    register, _ = load_register(county / "config" / "schools.csv", "config/schools.csv")
    expected = expect(register.values(), configuration, configuration.settings.cycle)
    paths = returns(county, configuration)
    assert {path.name for path in paths} == set(written)
    for path in paths:
        submission, findings = read_return(path.read_bytes(), path.name, expected)
        assert submission
        unsigned = [] if is_finished(written[path.name]) else ["RT322", "RT322"]
        assert [finding.code for finding in findings] == unsigned
        responses = tuple(replace(response, place=Place(path.name), evidence_cell="") for response in submission.responses)
        views = tuple(replace(view, place=Place(path.name)) for view in submission.views)
        assert replace(submission, responses=responses, views=views) == written[path.name]


def test_invent_submissions_leaves_one_return_unfinished(configuration: Configuration, written: dict[str, Submission]) -> None:
    (unfinished,) = [submission for submission in written.values() if not is_finished(submission)]
    assert 9 <= sum(response.answer is None for response in unfinished.responses) <= 14
    assert not unfinished.identity.governor
    assert unfinished.identity.signed_on is None
    assessment, _ = assess(unfinished, configuration.rubric, {})
    assert sum(area.rating.state is State.NOT_RATED for area in assessment.areas) in (2, 3)


def test_invent_submissions_makes_a_sensible_mix(configuration: Configuration, sixty: Invented) -> None:
    overall: Counter[Level | None] = Counter()
    areas: Counter[Level | None] = Counter()
    for submission in sixty[1]:
        assessment, findings = assess(submission, configuration.rubric, {})
        assert assessment.overall
        overall[assessment.overall.level] += 1
        areas.update(area.rating.level for area in assessment.areas)
        assert {finding.code for finding in findings} <= {"RT311", "RT315"}
    assert overall[Level.ADVANCED] >= 3
    assert overall[Level.ESTABLISHED] >= 12
    assert overall[Level.EMERGING] >= 12
    assert areas[Level.ESTABLISHED] > areas[Level.EMERGING] > areas[Level.ADVANCED] > areas[Level.NOT_YET] > 0


def test_invent_submissions_points_to_no_child(configuration: Configuration, sixty: Invented) -> None:
    establishments, submissions = sixty
    rolls = {one.school.urn: one.roll for one in establishments}
    units = {measure.id: measure.unit for measure in configuration.outcomes.measures}
    for submission in submissions:
        for measure, figure in submission.outcomes.items():
            for typed in filter(None, (figure.this_year, figure.last_year)):
                pupils = float(typed) * (rolls[submission.identity.urn] / 100 if units[measure] == "percent" else 1)
                assert units[measure] == "points" or pupils == 0 or pupils >= 6 - 1e-9


def test_invent_submissions_dates_returns_before_they_are_due(configuration: Configuration, sixty: Invented) -> None:
    due = configuration.cycle(configuration.settings.cycle).returns_due
    for submission in filter(is_finished, sixty[1]):
        completed, signed = submission.identity.completed_on, submission.identity.signed_on
        assert completed
        assert signed
        assert completed <= signed <= due
    names = [submission.file.casefold() for submission in sixty[1]]
    assert len(set(names)) == len(names)
    assert not any(set(name) & set('<>:"/\\|?*') for name in names)


@pytest.fixture(scope="session")
def particulars(configuration: Configuration, sixty: Invented) -> list[Particulars]:
    seasons = find_seasons(configuration.cycle(configuration.settings.cycle).returns_due)
    life = load_material("school_life.yaml")
    return [invent_particulars(one, sixty[0], life, seasons, Random(SEED)) for one in sixty[0]]


def test_fill_leaves_no_slot_in_any_text(configuration: Configuration, particulars: list[Particulars]) -> None:
    texts = [
        text for answers in load_evidence(configuration.rubric).values() for choices in answers.values() for text in choices
    ]
    notes = [text for choices in load_material("checklist_notes.yaml").values() for text in choices]
    one_of_each = {own.pupils + own.years[-1]: own for own in particulars}.values()
    for own in one_of_each:
        for text in (*texts, *notes):
            assert "{" not in fill(text, own, Random(SEED))
    assert set(load_evidence(configuration.rubric)) == set(configuration.rubric.criteria)


def test_fill_keeps_a_month_in_step_with_its_term(particulars: list[Particulars]) -> None:
    own = particulars[0]
    for seed in range(20):
        month, term = fill("{month}|{term}", own, Random(seed)).split("|")
        assert month in next(one.months for one in own.seasons.terms if one.name == term)


def test_find_seasons_looks_back_over_a_school_year(configuration: Configuration) -> None:
    seasons = find_seasons(configuration.cycle("2026-27-autumn").returns_due)
    assert seasons.recent == ("September 2026", "October 2026")
    assert (seasons.months[0], seasons.months[-1]) == ("October 2025", "July 2026")
    assert [term.name for term in seasons.terms] == ["autumn term 2025", "spring term 2026", "summer term 2026"]
    assert seasons.years == ("2023", "2024")
