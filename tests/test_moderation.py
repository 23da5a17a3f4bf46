"""Moderation: the lot is fair and can be drawn again, every risk has its reason, and nothing an adviser says is lost or bent."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from conftest import CYCLE, OTHER, ROOT, complete, drop, inclusion, outputs, texts
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.finding import Place
from pipeline.model.level import Answer, Level
from pipeline.model.moderation import Cause, Judgement, Judgements, Part, Reason
from pipeline.model.project import Configuration
from pipeline.model.review import Answered, Evidence, Review
from pipeline.model.rubric import Rubric
from pipeline.model.school import Phase, School
from pipeline.model.settings import Contradiction, ModerationSettings, Stratified
from pipeline.readers.moderation_settings import load_moderation_settings
from pipeline.rules.agreement import agree_by_area, agree_by_criterion, say_agreement
from pipeline.rules.evidence import weigh_evidence
from pipeline.rules.keeping import merge_judgements
from pipeline.rules.moderation import Asked, allocate, choose_schools, count_stratified, divide_by_size, draw_criteria
from pipeline.rules.risk import Case, find_reasons, find_shared, marks_of
from pipeline.runner.moderating import import_sheet
from pipeline.runner.workspace import open_workspace

OUTPUTS = Path("outputs") / CYCLE
KEPT = Path("inputs") / CYCLE / "moderation.json"
SETTINGS = ModerationSettings()
DRAWN = Reason(Cause.THIN, "Thin.", "thin", ("1.1",))


# ------------------------------------------------------------------------------------------------------------- the lot


def register(count: int, lot: Random) -> list[School]:
    return [
        replace(
            OTHER,
            urn=f"{900000 + number}",
            district=lot.choice(("North", "South", "")),
            phase=lot.choice((Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL)),
            pupils=lot.choice((None, 40, 200, 210, 900)),
        )
        for number in range(count)
    ]


sizes = some.dictionaries(
    some.tuples(some.text(max_size=2), some.text(max_size=2), some.text(max_size=2)), some.integers(1, 40)
)


@given(sizes, some.integers(0, 300), some.integers())
def test_every_stratum_is_within_one_of_its_share(sizes: dict[tuple[str, str, str], int], visits: int, seed: int) -> None:
    given_out = allocate(sizes, visits, Random(seed))
    total = sum(sizes.values())
    drawn = min(visits, total)
    assert sum(given_out.values()) == drawn
    for stratum, size in sizes.items():
        assert abs(given_out[stratum] - Fraction(drawn * size, total)) < 1
        assert 0 <= given_out[stratum] <= size


@pytest.mark.parametrize(
    ("sizes", "visits", "given_out"),
    [((5, 3, 2), 3, [1, 1, 1]), ((6, 3, 2), 5, [3, 1, 1]), ((2, 1, 1), 4, [2, 1, 1]), ((14, 3, 3), 5, [3, 1, 1])],
)
def test_the_largest_remainder_is_served_first(sizes: tuple[int, ...], visits: int, given_out: list[int]) -> None:
    strata = {(f"district {place}", "Primary", ""): size for place, size in enumerate(sizes)}
    lots = [list(allocate(strata, visits, Random(seed)).values()) for seed in range(5)]
    assert lots == [given_out] * 5


def test_equal_remainders_are_drawn_by_lot() -> None:
    strata = {(district, "Primary", ""): 1 for district in ("North", "South")}
    assert {tuple(allocate(strata, 1, Random(seed)).values()) for seed in range(20)} == {(1, 0), (0, 1)}


@given(
    some.integers(1, 60), some.integers(0, 70), some.integers(0, 70), some.integers(0, 99), some.randoms(use_true_random=False)
)
def test_the_sample_is_seeded_and_holds_no_school_twice(count: int, stratified: int, risk: int, seed: int, lot: Random) -> None:
    schools = register(count, lot)
    reasons = {school.urn: (DRAWN,) if lot.random() < 0.5 else () for school in schools}
    band, asked = divide_by_size(schools, SETTINGS), Asked(stratified, risk, seed)
    sample = choose_schools(schools, reasons, band, SETTINGS, asked)
    shuffled = lot.sample(schools, len(schools))
    again = choose_schools(shuffled, {s.urn: reasons[s.urn] for s in shuffled}, band, SETTINGS, asked)
    assert sample == again
    assert len({one.urn for one in sample}) == len(sample)
    parts = Counter(one.part for one in sample)
    assert parts[Part.STRATIFIED] == min(stratified, count)
    drawn = {one.urn for one in sample if one.part is Part.STRATIFIED}
    assert parts[Part.RISK] == min(risk, sum(bool(found) for urn, found in reasons.items() if urn not in drawn))
    for one in sample:
        assert set(reasons[one.urn]) <= set(one.reasons)
        assert one.reasons


def test_another_seed_draws_other_schools() -> None:
    schools = [replace(OTHER, urn=f"{900000 + number}") for number in range(50)]
    band = divide_by_size(schools, SETTINGS)
    samples = {tuple(one.urn for one in choose_schools(schools, {}, band, SETTINGS, Asked(5, 0, seed))) for seed in range(9)}
    assert len(samples) > 5


@pytest.mark.parametrize(("schools", "drawn"), [(3, 3), (20, 5), (51, 6), (600, 60), (0, 0)])
def test_a_tenth_is_drawn_and_at_least_five(schools: int, drawn: int) -> None:
    assert count_stratified(schools, Stratified()) == drawn


def test_bands_are_thirds_of_the_register_or_the_settings_own() -> None:
    schools = [replace(OTHER, pupils=pupils) for pupils in (90, 100, 200, 300, 400, 500, None)]
    thirds = divide_by_size(schools, SETTINGS)
    assert [thirds(school).split()[0] for school in schools] == ["smallest"] * 2 + ["middle"] * 2 + ["largest"] * 2 + ["size"]
    own = divide_by_size(schools, replace(SETTINGS, size_bands=(300, 100)))
    named = ["fewer than 100 pupils", *["100 to 299 pupils"] * 2, *["300 pupils or more"] * 3, "size not known"]
    assert [own(school) for school in schools] == named


def test_the_heaviest_risk_comes_first_and_a_cause_counts_once() -> None:
    schools = [replace(OTHER, urn=urn) for urn in ("900001", "900002", "900003")]
    undated, copied = Reason(Cause.UNDATED, "U.", "u"), Reason(Cause.COPIED, "C.", "c")
    reasons = {"900001": (undated,), "900002": (undated, replace(undated, sentence="V.")), "900003": (copied,)}
    settings = replace(SETTINGS, weights={Cause.UNDATED: 2, Cause.COPIED: 3})
    sample = choose_schools(schools, reasons, divide_by_size(schools, settings), settings, Asked(0, 1, 1))
    assert [one.urn for one in sample] == ["900003"]


# ------------------------------------------------------------------------------------------------------------ the risks

LEVELS = {"A": Answer.ADVANCED, "S": Answer.ESTABLISHED, "E": Answer.EMERGING, "N": Answer.NOT_YET, "?": None}
DATED = "Seen in the governors' minutes of spring 2026, by {}."


def review(
    answers: str, evidence: Mapping[str, str] | None = None, urn: str = "900101", areas: str = "S", **more: object
) -> Review:
    """Letters of area 1's criteria, with evidence of their own unless given; further letters are levels of areas."""
    answered = tuple(
        Answered(
            f"1.{place}", 1, LEVELS[letter], Place("a.xlsx", "1 Leadership", f"G{place + 3}"), f"H{place + 3}",
            weigh_evidence((evidence or {}).get(f"1.{place}", DATED.format(f"{urn}, {place}"))),
        )
        for place, letter in enumerate(answers, 1)
    )  # fmt: skip
    rated = {
        number: level.level.key if (level := LEVELS[letter]) and level.level is not None else "not-rated"
        for number, letter in enumerate(areas, 1)
    }
    return Review(urn, "a.xlsx", str(more.get("edition", "inclusive-practice 1-0")), rated, {}, answered)


def causes(
    rubric: Rubric,
    one: Review,
    before: Review | None = None,
    earliest: Review | None = None,
    others: tuple[Review, ...] = (),
    settings: ModerationSettings = SETTINGS,
) -> dict[Cause, tuple[str, tuple[str, ...]]]:
    shared = find_shared((each.urn, marks_of(each, settings)) for each in (one, *others))
    found = find_reasons(Case(one, before, earliest, shared, settings, rubric))
    return {reason.cause: (reason.sentence, reason.criteria) for reason in found}


def test_an_ordinary_school_has_no_reason(rubric: Rubric) -> None:
    assert causes(rubric, review("SSASESS"), review("ESASESS"), review("EEASESS"), (review("SSS", urn="900202"),)) == {}


@pytest.mark.parametrize(("areas", "found"), [("AAA", True), ("AA?", True), ("AAS", False), ("???", False)])
def test_every_rated_area_advanced(rubric: Rubric, areas: str, found: bool) -> None:
    assert (Cause.ALL_ADVANCED in causes(rubric, review("ASAA", areas=areas))) is found


def test_thin_evidence_needs_many_answers(rubric: Rubric) -> None:
    thin = {f"1.{place}": "We do this in 2026." for place in range(1, 7)}
    sentence, criteria = causes(rubric, review("SSSSSA", thin))[Cause.THIN]
    assert sentence == "6 of 6 answers at Established or Advanced have no evidence, or fewer than 8 words."
    assert criteria[0] == "1.6"  # the highest answer first
    assert Cause.THIN not in causes(rubric, review("SSSSSE", thin))
    assert Cause.THIN not in causes(rubric, review("SSSSSA" + "S" * 13, thin))


def test_copied_within_a_school_and_between_schools(rubric: Rubric) -> None:
    wording = "Leaders walk the corridors, and write down what they see each week of 2026"
    alike = {"1.1": wording + ".", "1.3": wording.upper().replace(",", " –")}
    sentence, criteria = causes(rubric, review("SSS", alike))[Cause.COPIED]
    assert criteria == ("1.1", "1.3")
    assert wording[:10] not in sentence
    three = {f"1.{place}": f"{wording} in class {place}" for place in (1, 2, 3)}
    mine = review("SSSS", three)
    sentence, criteria = causes(rubric, mine, others=(review("EEES", three, urn="900202"),))[Cause.COPIED]
    assert "900202" in sentence
    assert criteria == ("1.1", "1.2", "1.3")
    two = review("EEES", {key: three[key] for key in ("1.1", "1.2")}, urn="900202")
    assert Cause.COPIED not in causes(rubric, mine, others=(two,))  # one sentence or two may be alike by chance


def test_short_wording_is_not_copied(rubric: Rubric) -> None:
    assert Cause.COPIED not in causes(rubric, review("SSS", {"1.1": "See our policy.", "1.2": "See our policy."}))


@pytest.mark.parametrize(
    ("evidence", "dated"),
    [
        ("Governors saw it in 2026", True), ("in the Autumn term", True), ("on 3/11/26", True), ("minutes of last March", True),
        ("Term 4 review", True), ("12 May", True), ("seen in Sept", True),
        ("pupils may march ahead, and staff may follow", False), ("Every term, 30 pupils meet", False), ("Rooms 101 and 2", False),
        ("", False),
    ],
)  # fmt: skip
def test_what_says_when(evidence: str, dated: bool, rubric: Rubric) -> None:
    assert weigh_evidence(evidence).is_dated is dated
    # Three answers that say nothing of when, and one that perhaps does.
    told = {f"1.{place}": f"Staff meet and decide together, group {place}" for place in (1, 2, 3)} | {"1.4": f"{evidence} here"}
    assert (Cause.UNDATED in causes(rubric, review("AAAA", told))) is not dated


def test_a_jump_of_two_levels_up_or_down(rubric: Rubric) -> None:
    sentence, criteria = causes(rubric, review("AASA", areas="A"), review("EESA", areas="E"))[Cause.JUMP]
    assert sentence == "Area 1 rose from Emerging to Advanced in one cycle."
    assert criteria == ("1.1", "1.2")
    assert "fell" in causes(rubric, review("EE", areas="N"), review("SS", areas="S"))[Cause.JUMP][0]
    assert Cause.JUMP not in causes(rubric, review("SS", areas="S"), review("EE", areas="E"))
    assert Cause.JUMP not in causes(rubric, review("SS", areas="A"), review("EE", areas="E", edition="inclusive-practice 2-0"))


def test_unchanged_needs_all_three_cycles(rubric: Rubric) -> None:
    same, other = review("SSAE"), review("SSAS")
    assert Cause.UNCHANGED in causes(rubric, same, same, same)
    for before, earliest in ((same, other), (other, same), (same, None), (None, same)):
        assert Cause.UNCHANGED not in causes(rubric, same, before, earliest)


def test_answers_that_contradict_each_other(rubric: Rubric) -> None:
    settings = replace(SETTINGS, contradictions=(Contradiction("1.2", "1.4", "the one rests on the other."),))
    sentence, criteria = causes(rubric, review("SASN"), settings=settings)[Cause.CONTRADICTION]
    assert sentence == "1.2 is Advanced while 1.4 is Not yet in place: the one rests on the other."
    assert criteria == ("1.2", "1.4")
    for answers in ("SASE", "SSSN", "SAS?", "SA"):
        assert causes(rubric, review(answers), settings=settings) == {}


def test_a_cause_of_no_weight_is_not_looked_for(rubric: Rubric) -> None:
    off = replace(SETTINGS, weights={Cause.ALL_ADVANCED: 0})
    assert causes(rubric, review("AAAA", areas="A"), settings=off) == {}


def test_one_of_the_highest_answers_of_each_area_is_drawn() -> None:
    one = review("SASAE")
    drawn = {draw_criteria(one, seed) for seed in range(30)}
    assert drawn == {("1.2",), ("1.4",)}


# ----------------------------------------------------------------------------------------------------- the settings' file


def test_the_shipped_settings_are_sound(rubric: Rubric, tmp_path: Path) -> None:
    settings, findings = load_moderation_settings(ROOT / "config", rubric)
    assert findings == ()
    assert settings is not None
    assert len(settings.contradictions) == 12
    assert set(settings.weights) == set(Cause) - {Cause.DRAWN}
    assert load_moderation_settings(tmp_path, rubric) == (ModerationSettings(), ())


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("risk: 3\ncontradictions:\n  - {high: '1.1', low: '1.9', why: w}\n", "CF104", "line 3"),
        ("thin:\n  share: 3/2\n", "CF104", "line 2"),
        ("weights:\n  thin: -1\n", "CF104", "line 2"),
        ("rsk: 3\n", "CF103", "line 1"),
        ("risk: [\n", "CF102", "line 2"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    rubric: Rubric, tmp_path: Path, text: str, code: str, line: str
) -> None:
    (tmp_path / "moderation.yaml").write_text(text)
    settings, findings = load_moderation_settings(tmp_path, rubric)
    assert settings is None
    assert [(finding.code, finding.place.cell) for finding in findings] == [(code, line)]


# ------------------------------------------------------------------------------------------------------ what is kept, compared

DAY = date(2026, 11, 4)


def judgement(level: Level = Level.EMERGING, on: date = DAY, **more: object) -> Judgement:
    given = {"urn": "900101", "area": 1, "criterion": "", "reason": "Seen.", "by": "B. Hexcombe", "rated": "established"}
    return Judgement(**{**given, "level": level, "on": on, **more})  # type: ignore[arg-type]


some_judgements = some.lists(
    some.builds(
        judgement,
        some.sampled_from(Level),
        some.dates(date(2026, 9, 1), date(2026, 9, 5)),
        area=some.integers(1, 2),
        reason=some.sampled_from(("Seen.", "Read.")),
    ),
    max_size=8,
)


@given(some_judgements, some_judgements)
def test_nothing_that_was_imported_is_lost_and_the_latest_visit_counts(first: list[Judgement], second: list[Judgement]) -> None:
    kept = merge_judgements(merge_judgements(Judgements(), first).judgements, second).judgements
    assert set(kept.current) | set(kept.earlier) == {*first, *second}
    assert not set(kept.current) & set(kept.earlier)
    for one in kept.current:
        assert one.on == max(other.on for other in (*first, *second) if other.subject == one.subject)
    assert len({one.subject for one in kept.current}) == len(kept.current)


def test_agreement_tells_which_criteria_are_read_differently(configuration: Configuration) -> None:
    rubric = configuration.rubric
    said = [
        judgement(), judgement(Level.ADVANCED, urn="900102"), judgement(Level.ESTABLISHED, urn="900103"),
        judgement(Level.ESTABLISHED, urn="900104", rated="not-rated"), judgement(area=5, rated="emerging"),
        judgement(criterion="1.1", rated="emerging"), judgement(criterion="1.2"), judgement(criterion="1.2", urn="900102"),
        judgement(criterion="1.3"), judgement(criterion="1.3", urn="900102", rated="emerging"),
    ]  # fmt: skip
    areas, criteria = agree_by_area(said, rubric), agree_by_criterion(said, rubric)
    first, fifth = areas
    assert (first.looked_at, first.same, first.higher, first.lower, first.unrated, first.share) == (4, 1, 1, 1, 1, "33%")
    assert (fifth.key, fifth.share) == ("5", "100%")
    assert [one.key for one in criteria] == ["1.2", "1.3", "1.1"]
    sentences = say_agreement(areas, criteria, configuration)
    assert sentences[0].endswith("1 of 3 the same, the adviser higher in 1, lower in 1, 1 where the answers gave no level.")
    assert sentences[-1].startswith("Read differently: 1.2 (Self-evaluation and the improvement cycle), 2 of 2; 1.3 (")


# --------------------------------------------------------------------------------------------------------- as an officer does


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory, configuration: Configuration) -> Path:
    """A project of two schools, run once, with a sample drawn: the first school's evidence names a secret."""
    folder = tmp_path_factory.mktemp("moderated")
    shutil.copytree(ROOT / "config", folder / "config")
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "inputs" / CYCLE / "returns").mkdir(parents=True)
    header = "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),PhaseOfEducation (name),DistrictAdministrative (name),Town,NumberOfPupils"
    rows = [
        f'{one.urn},{one.laestab.replace("/", ",")},"{one.name}",{one.kind},Secondary,"{one.district}",{one.town},{one.pupils}'
        for one in (FIRST, OTHER)
    ]
    (folder / "config" / "schools.csv").write_text(
        "\n".join((header, *rows, "900303,999,4009,No Return School,Academy,Secondary,Hill,Hill,10", ""))
    )
    drop(
        folder,
        "one.xlsx",
        complete(
            FIRST,
            configuration,
            {"3.5": "A", "4.3": "N"},
            evidence={"3.5": "A SECRET of many words stands here, seen in 2026."},
        ),
    )
    drop(folder, "two.xlsx", complete(OTHER, configuration))
    assert inclusion("run", "-q", "--project", str(folder))[0] == 0
    code, said, errors = inclusion("moderation", "sample", "--stratified", "1", "--seed", "3", "--project", str(folder))
    assert code == 0, errors
    assert "1 school drawn by lot with seed 3" in said
    return folder


FIRST = replace(OTHER, urn="900101", laestab="999/4001", name="Fennacre & Hill <Upper> School", district="Fennacre")


@pytest.fixture
def sampled(rated: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return shutil.copytree(rated, tmp_path / "copy")


Fill = Callable[[Mapping[str, Worksheet]], None]


def fill_in(project: Path, fill: Fill, name: str = "filled.xlsx") -> Path:
    """The sheet as an adviser saves it."""
    workbook = load_workbook(project / OUTPUTS / "moderation" / "sample.xlsx")
    fill({sheet.title: sheet for sheet in workbook.worksheets})
    workbook.save(project / name)
    return project / name


def put_row(sheets: Mapping[str, Worksheet], row: int, **values: object) -> None:
    """Into the sheet of areas: a row in order, but for what is given."""
    said = {
        "A": "900101",
        "C": 1,
        "G": "Emerging",
        "H": "The vision is on the wall only.",
        "I": "B. Hexcombe",
        "J": DAY,
        **values,
    }
    for column, value in said.items():
        sheets["Areas"][f"{column}{row}"].value = value


def area_row(project: Path, urn: str, area: int) -> int:
    sheet = load_workbook(project / OUTPUTS / "moderation" / "sample.xlsx")["Areas"]
    return next(row for row in range(2, sheet.max_row + 1) if (sheet[f"A{row}"].value, sheet[f"C{row}"].value) == (urn, area))


def test_sheet_and_forms_say_where_to_look_and_quote_nothing(rated: Path) -> None:
    folder = rated / OUTPUTS / "moderation"
    workbook = load_workbook(folder / "sample.xlsx")
    assert workbook.sheetnames == ["How to use this", "Schools to visit", "Areas", "Criteria"]
    listed = {row[0]: row for row in workbook["Schools to visit"].iter_rows(min_row=2, values_only=True)}
    assert "3.5 is Advanced while 4.3 is Not yet in place: " in str(listed["900101"][5])
    assert "3 Structure and Governance: 3.5 in G8, H8" in str(listed["900101"][6])
    assert {str(one.sqref): one.type for one in workbook["Areas"].data_validations.dataValidation} == {
        f"G2:G{workbook['Areas'].max_row}": "list", f"J2:J{workbook['Areas'].max_row}": "date",
    }  # fmt: skip
    forms = {path.name: path.read_bytes() for path in folder.glob("*.docx")}
    assert sorted(forms) == sorted(
        f"{urn} {name} visit.docx"
        for urn, name in ((("900101", "Fennacre & Hill Upper School")), ("900202", OTHER.name))
        if urn in listed
    )
    said = texts(forms["900101 Fennacre & Hill Upper School visit.docx"])
    for words in (
        "Fennacre & Hill <Upper> School",
        "3.5 Exclusion, suspension and pupil-movement scrutiny",
        "Answer G8, evidence H8",
        "☐ Not yet Emerging",
        "one.xlsx",
        "For the adviser only",
    ):
        assert words in said
    everything = said + json.dumps([list(sheet.values) for sheet in workbook.worksheets], default=str)
    assert "SECRET" not in everything


def test_the_same_sample_again_changes_nothing_and_another_takes_its_forms_away(sampled: Path) -> None:
    before = outputs(sampled)
    arguments = ("moderation", "sample", "-q", "--seed", "3", "--project", str(sampled))
    assert inclusion(*arguments, "--stratified", "1")[0] == 0
    assert outputs(sampled) == before
    sheet = sampled / OUTPUTS / "moderation" / "sample.xlsx"
    filled = fill_in(sampled, lambda sheets: put_row(sheets, 2), f"{OUTPUTS}/moderation/sample.xlsx").read_bytes()
    code, _, errors = inclusion(*arguments, "--stratified", "0", "--risk", "0")
    assert code == 0
    assert "WR602" in errors  # what an adviser typed is never written over
    kept = [path.read_bytes() for path in sheet.parent.glob("sample (changed by hand*).xlsx")]
    assert kept == [filled]
    assert not list(sheet.parent.glob("*.docx"))


def test_an_advisers_level_stands_beside_the_schools_own_and_touches_no_other_school(sampled: Path) -> None:
    row = area_row(sampled, "900101", 1)

    def fill(sheets: Mapping[str, Worksheet]) -> None:
        put_row(sheets, row)
        criteria = next(
            cells[0].row
            for cells in sheets["Criteria"].iter_rows(min_row=2)
            if (cells[0].value, cells[2].value) == ("900101", "3.5")
        )
        sheets["Criteria"][f"H{criteria}"].value = "Established"
        sheets["Criteria"][f"I{criteria}"].value = "No member could say what changed."
        put_row(sheets, row + 1, C=2, G=None, H=None)  # a name and a day filled down are no judgement

    before = outputs(sampled)
    code, said, errors = inclusion("moderation", "import", str(fill_in(sampled, fill)), "--project", str(sampled))
    assert (code, errors) == (0, "")
    assert "2 rows taken (2 new), none refused. 2 judgements count in this cycle." in said
    assert "Area 1, Leadership, Governance, and Structure: 0 of 1 the same, the adviser lower in 1." in said
    assert "Read differently: 3.5 (Exclusion, suspension and pupil-movement scrutiny), 1 of 1." in said
    _, by_area, by_criterion = load_workbook(sampled / OUTPUTS / "moderation" / "agreement.xlsx").worksheets
    assert [cell.value for cell in by_area[2]][2:] == [1, 0, 0, 1, 0, "0%"]
    assert [cell.value for cell in by_criterion[2]] == [
        "3.5",
        "Exclusion, suspension and pupil-movement scrutiny",
        1,
        0,
        0,
        1,
        0,
        "0%",
    ]
    assert "Worked on 1, 1 unchanged." in inclusion("run", "--project", str(sampled))[1]
    after = outputs(sampled)
    moderated = json.loads(after["records/900101.json"])["assessment"]["moderated"]
    assert moderated == [
        {"area": 1, "level": "emerging", "reason": "The vision is on the wall only.", "by": "B. Hexcombe", "on": "2026-11-04"}
    ]
    assert json.loads(after["records/900101.json"])["assessment"]["areas"][0]["rating"]["level"] == "established"
    assert {name for name in after if "900202" in name and after[name] != before[name]} == set()
    assert "Worked on 0, 2 unchanged." in inclusion("run", "--project", str(sampled))[1]
    kept = (sampled / KEPT).read_bytes()
    assert (
        "2 rows taken (2 known already)"
        in inclusion("moderation", "import", str(sampled / "filled.xlsx"), "--project", str(sampled))[1]
    )
    assert (sampled / KEPT).read_bytes() == kept
    # The judgement taken back: the record is made again without it.
    (sampled / KEPT).unlink()
    assert "Worked on 1, 1 unchanged." in inclusion("run", "--project", str(sampled))[1]
    assert outputs(sampled)["records/900101.json"] == before["records/900101.json"]


def test_judgements_that_cannot_be_read_stop_the_run(sampled: Path) -> None:
    before = outputs(sampled)
    (sampled / KEPT).write_text('{"current": [{"urn": "900101"}], "earlier": []}')
    code, said, errors = inclusion("run", "--project", str(sampled))
    assert code == 1
    assert "MD810" in errors
    assert "Nothing was done" in said
    assert outputs(sampled) == before


# Cells of the row → the code, the column of the cell, and a part of the remedy. The row is in order but for them.
REFUSED: dict[str, tuple[dict[str, object], str, str, str]] = {
    "an unknown URN": ({"A": "999999"}, "MD803", "A", "Write the school's URN, six digits, in A2."),
    "no URN": ({"A": None}, "MD803", "A", "in A2"),
    "a URN that is a path": ({"A": "../records/900101"}, "MD803", "A", "in A2"),
    "a school with no rating": ({"A": 900303}, "MD804", "A", "Run `inclusion run` with its return first"),
    "an area that does not exist": ({"C": 10}, "MD805", "C", "1, 2, 3, 4, 5, 6, 7, 8, 9"),
    "a criterion for an area": ({"C": "1.2"}, "MD805", "C", "1, 2, 3"),
    "a level that does not exist": ({"G": "Outstanding"}, "MD806", "G", "Not yet Emerging, Emerging, Established, Advanced"),
    "a level left out": ({"G": None}, "MD806", "G", "Choose in G2"),
    "a reason left empty": ({"H": "  "}, "MD807", "H", "Write the reason in H2: a level without one is not taken."),
    "no adviser": ({"I": None}, "MD808", "I", "Write the adviser's name in I2."),
    "no day": ({"J": None}, "MD808", "J", "Write the day in J2, such as 4 December 2026."),
    "a day that is none": ({"J": "last Tuesday"}, "MD808", "J", "Write the day in J2"),
    "a day to come": ({"J": date(2999, 1, 1)}, "MD808", "J", "still to come"),
}  # fmt: skip


def read(project: Path, fill: Fill) -> tuple[list[tuple[str, str, str]], str]:
    """Code, place and remedy of every finding of an import, and what was kept."""
    workspace, _ = open_workspace(project, None)
    assert workspace is not None
    _, findings = import_sheet(workspace, fill_in(project, fill), date.today())
    kept = (project / KEPT).read_text("utf-8") if (project / KEPT).exists() else ""
    return [(one.code, f"{one.place.sheet} {one.place.cell}", one.fix) for one in findings], kept


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_that_cannot_be_taken_is_refused_with_its_cell_and_the_others_are_taken(sampled: Path, case: str) -> None:
    values, code, column, remedy = REFUSED[case]

    def fill(sheets: Mapping[str, Worksheet]) -> None:
        put_row(sheets, 2, **values)
        put_row(sheets, 3, C=2, H="Money is followed.")

    found, kept = read(sampled, fill)
    assert [(one[0], one[1]) for one in found] == [(code, f"Areas {column}2")]
    assert remedy in found[0][2]
    assert [row["area"] for row in json.loads(kept)["current"]] == [2]


def test_two_rows_that_disagree_are_both_refused_and_two_visits_are_not(sampled: Path) -> None:
    def disagree(sheets: Mapping[str, Worksheet]) -> None:
        put_row(sheets, 2)
        put_row(sheets, 3, G="Advanced")

    found, kept = read(sampled, disagree)
    assert [one[:2] for one in found] == [("MD809", "Areas G2"), ("MD809", "Areas G3")]
    assert "Areas, G3" in found[0][2]
    assert kept == ""

    def visit_twice(sheets: Mapping[str, Worksheet]) -> None:
        put_row(sheets, 2)
        put_row(sheets, 3, G="advanced", J="11 November 2026")

    found, kept = read(sampled, visit_twice)
    assert found == []
    assert [(row["level"], row["on"]) for row in json.loads(kept)["current"]] == [("advanced", "2026-11-11")]
    assert [(row["level"], row["on"]) for row in json.loads(kept)["earlier"]] == [("emerging", "2026-11-04")]


def test_a_criterion_needs_a_visit_and_a_reason(sampled: Path) -> None:
    def fill(sheets: Mapping[str, Worksheet]) -> None:
        for row, (criterion, level, why) in enumerate(
            (("3.5", "Emerging", "Seen."), ("3.9", "Emerging", "Seen."), ("4.3", "Emerging", None)), 2
        ):
            for column, value in {"A": "900101", "C": criterion, "H": level, "I": why}.items():
                sheets["Criteria"][f"{column}{row}"].value = value
        for row in range(5, sheets["Criteria"].max_row + 1):
            sheets["Criteria"][f"H{row}"].value = None

    found, kept = read(sampled, fill)
    assert [one[:2] for one in found] == [
        ("MD813", "Criteria H2"), ("MD805", "Criteria C3"), ("MD807", "Criteria I4"), ("MD813", "Criteria H4"),
    ]  # fmt: skip
    assert "3.1, 3.2, 3.3" in found[1][2]
    assert kept == ""


def test_columns_may_be_moved_and_sheets_renamed(sampled: Path) -> None:
    def fill(sheets: Mapping[str, Worksheet]) -> None:
        put_row(sheets, 2)
        sheets["Areas"].insert_cols(3)
        sheets["Areas"].insert_rows(1, 2)
        sheets["Areas"].title = "Done"

    found, kept = read(sampled, fill)
    assert found == []
    assert len(json.loads(kept)["current"]) == 1


@pytest.mark.parametrize(
    ("content", "code"), [(b"%PDF-1.7", "MD801"), (b"", "MD801"), (b"PK\3\4 torn", "MD801"), (None, "MD802")]
)
def test_a_file_that_is_no_moderation_sheet_is_one_plain_finding(sampled: Path, content: bytes | None, code: str) -> None:
    if content is None:
        saved = BytesIO()
        Workbook().save(saved)
        content = saved.getvalue()
    (sampled / "sheet.xlsx").write_bytes(content)
    workspace, _ = open_workspace(sampled, None)
    assert workspace is not None
    imported, findings = import_sheet(workspace, sampled / "sheet.xlsx", date.today())
    assert imported is None
    assert [finding.code for finding in findings] == [code]
    assert not (sampled / KEPT).exists()


def test_there_is_no_sample_before_a_run(project: Path) -> None:
    code, _, errors = inclusion("moderation", "sample", "--project", str(project))
    assert code == 1
    assert "MD811" in errors
    assert not (project / OUTPUTS / "moderation").exists()


def test_evidence_marks_are_of_words_alone() -> None:
    assert (
        weigh_evidence("Staff meet; weekly.").mark
        == weigh_evidence("STAFF  meet\nweekly").mark
        != weigh_evidence("Staff met weekly").mark
    )
    assert weigh_evidence(" – ") == Evidence(0, "", False)
