"""The shipped rubric: whole, distinct, and covering what the source toolkit asks for."""

import itertools
import re

from pipeline.model.level import Level
from pipeline.model.project import Configuration
from pipeline.model.rubric import Rubric

# The source toolkit's numbers and names, letter for letter.
AREAS = {
    1: "Leadership, Governance, and Structure",
    2: "Use of Resources",
    3: "Structure and Governance",
    4: "Data and Analysis",
    5: "Safeguarding, Health and Wellbeing",
    6: "Performance (Teaching and Learning), Data and Analysis",
    7: "Pupils (attitudes/values/personal development)",
    8: "Parents / Carers",
    9: "Wider Community (including collaborative work)",
}

# What the source toolkit says its guidance includes and achieves, and the criteria that answer for it.
COVERAGE = {
    "lift": "2.4 9.1 1.2",
    "high-needs-funding": "2.3 2.2",
    "pupil-premium": "2.1 6.6 7.5",
    "ehc-plans": "6.4 2.3",
    "attendance": "4.2 5.2 8.4 7.2",
    "off-rolling": "1.6 3.5 4.4 9.4",
    "children-missing-education": "5.7 4.4 4.1 9.5",
    "home-education": "8.5 4.4 9.4",
    "exclusion": "1.5 3.5 4.3 7.7 7.6 8.6",
    "collaboration": "9.1 9.7 2.4",
    "equity-of-access": "9.1 9.3",
    "pathways": "9.2",
    "suitable-education": "9.4 7.6",
    "attainment": "6.6 4.5 2.1",
    "speed-of-access": "9.5 5.7 9.3",
    "shared-responsibility": "9.1 9.3 9.7",
    "early-intervention": "1.5 5.6 9.3",
    "preparation-for-life": "6.7 7.4 7.5",
}
# A word each of these themes cannot do without.
SPOKEN = {
    "lift": "LIFT",
    "high-needs-funding": "High Needs Funding",
    "ehc-plans": "EHC",
    "attendance": "atten",
    "home-education": "home educat",
}
GATES = [
    "1.3",
    "1.4",
    "1.5",
    "1.6",
    "1.7",
    "2.1",
    "2.7",
    "3.2",
    "3.5",
    "3.6",
    "4.1",
    "4.4",
    "5.1",
    "5.2",
    "5.4",
    "5.7",
    "7.6",
    "8.5",
    "8.6",
]


def whole_text(rubric: Rubric, key: str) -> str:
    criterion = rubric.criteria[key]
    steps = [criterion.steps.to(level) for level in list(Level)[1:]]
    words = [criterion.title, criterion.emerging, criterion.established, criterion.advanced]
    return " ".join([*words, *(text for step in steps for text in (step.opportunity, step.action, step.success))])


def sentences(rubric: Rubric) -> list[tuple[str, str]]:
    found = []
    for criterion in rubric.criteria.values():
        steps = [criterion.steps.to(level) for level in list(Level)[1:]]
        texts = [criterion.emerging, criterion.established, criterion.advanced]
        texts += [text for step in steps for text in (step.opportunity, step.action, step.success)]
        found += [(criterion.id, text) for text in texts]
    return found


def test_there_are_nine_areas_of_seven_criteria_under_the_sources_names(rubric: Rubric) -> None:
    assert {area.number: area.name for area in rubric.areas} == AREAS
    assert [len(area.criteria) for area in rubric.areas] == [7] * 9
    assert {area.number: area.status for area in rubric.areas if area.status != "active"} == dict.fromkeys(
        (2, 3, 4), "retiring"
    )
    assert {area.number: area.crosswalk for area in rubric.areas if area.crosswalk} == {2: (1, 6), 3: (1,), 4: (6,)}


def test_every_statutory_criterion_is_a_gate(rubric: Rubric) -> None:
    assert [criterion.id for criterion in rubric.criteria.values() if criterion.gate] == GATES


def test_every_gate_has_a_duty_a_source_and_the_day_it_was_last_looked_at(shipped: Configuration) -> None:
    rubric = shipped.rubric
    gates = {criterion.id: criterion.gate for criterion in rubric.criteria.values() if criterion.gate}
    duties = [gate.duty for gate in gates.values()]
    assert len(set(duties)) == len(duties)
    for gate in gates.values():
        source = rubric.frame.sources[gate.source]
        assert source.address.startswith("https://")
        assert source.checked_on.year >= 2026
        assert source.standing


def test_every_item_of_the_sources_list_is_covered_and_spoken_of(shipped: Configuration) -> None:
    rubric = shipped.rubric
    for theme, criteria in COVERAGE.items():
        for key in (heir for named in criteria.split() for heir in rubric.heirs(named)):
            assert theme in rubric.criteria[key].themes, (theme, key)
            if theme in SPOKEN:
                assert SPOKEN[theme].lower() in whole_text(rubric, key).lower(), (theme, key)
    assert set(COVERAGE) == set(rubric.frame.themes)


def test_no_two_criteria_could_stand_for_each_other(shipped: Configuration) -> None:
    texts = sentences(shipped.rubric)
    assert len({text for _, text in texts}) == len(texts) == len(shipped.rubric.criteria) * 12
    openings = [" ".join(text.split()[:5]) for _, text in texts]
    repeated = {opening for opening in openings if openings.count(opening) > 3}
    assert repeated == set()
    pairs = [(key, _word_pairs(text)) for key, text in texts]
    for (one, first), (other, second) in itertools.combinations(pairs, 2):
        assert one == other or len(first & second) < 0.4 * min(len(first), len(second)), (one, other)


def _word_pairs(text: str) -> set[tuple[str, str]]:
    words = re.findall(r"[\w']+", text.lower())
    return set(itertools.pairwise(words))


def test_the_wording_keeps_to_the_house_rules(shipped: Configuration) -> None:
    configuration, rubric = shipped, shipped.rubric
    banned = re.compile(
        r"fixed.term|SEND pupils|SEND kids|stakeholder|holistic|robust|leverage|ensure that|journey|deep dive|relentless|—|!|\bKCC\b|PIAS|Kelsi",
        re.IGNORECASE,
    )
    words = [*sentences(rubric), *((str(area.number), area.definition) for area in rubric.areas)]
    words += [
        (area.id, text) for area in configuration.checklist.areas for text in (area.looks_at, *(p.text for p in area.prompts))
    ]
    words += [("guidance", text) for text in (configuration.guidance.vision, configuration.guidance.privacy)]
    for key, text in words:
        assert not banned.search(text), (key, text)
        assert text == text.strip(), key
    for key, text in sentences(rubric):
        assert 8 <= len(text.split()) <= 50, (key, text)


def test_a_school_is_asked_what_its_phase_allows(rubric: Rubric) -> None:
    from pipeline.model.school import Phase

    asked = {phase: {criterion.id for criterion in rubric.criteria_for(phase)} for phase in Phase}
    assert len(asked[Phase.PRIMARY]) == 63
    assert asked[Phase.PRIMARY] - asked[Phase.SPECIAL] == {"2.7"}
    assert asked[Phase.PRIMARY] - asked[Phase.NURSERY] == {"2.1", "2.7"}


def test_the_checklist_reaches_every_criterion_and_predicts_nothing(shipped: Configuration) -> None:
    areas = shipped.checklist.areas
    for key in shipped.rubric.criteria:
        assert 1 <= sum(key in area.criteria for area in areas) <= 3, key
    assert not re.search(
        r"will be graded|predicts? a grade of|outstanding", " ".join(area.looks_at for area in areas), re.IGNORECASE
    )


def test_every_resource_has_an_address_and_the_day_it_was_last_looked_at(shipped: Configuration) -> None:
    assert len(shipped.resources) == 91
    assert all(resource.standing and resource.checked_on for resource in shipped.resources)
    numbers = {area.number for area in shipped.rubric.areas}
    assert all(resource.topics and numbers.issuperset(resource.areas) for resource in shipped.resources)
