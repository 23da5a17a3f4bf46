"""Plans as people and programs edit them: no word of a school is lost, and no action is given another action's words."""

import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from conftest import CYCLE, OTHER, ROOT, Convert, complete
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_edits import ALONE, EDITS, Document, lose_the_bookmarks, lose_the_controls, lose_the_properties

from pipeline.model.carried import Origin, ReturnedAction, TakenBack
from pipeline.model.finding import Finding
from pipeline.model.plan import Plan
from pipeline.model.plan_words import PlanWords
from pipeline.model.project import Configuration
from pipeline.model.sent_plan import SentPlan
from pipeline.readers.returned_plan import read_returned_plan
from pipeline.readers.returns import Expectations, read_return
from pipeline.readers.sent_plan import load_sent_plans
from pipeline.rules.assessing import assess
from pipeline.rules.issuing import as_issued
from pipeline.rules.lost_words import find_missing
from pipeline.rules.planning import plan_for
from pipeline.rules.taking_back import take_back
from pipeline.rules.wording import fold
from pipeline.runner.folders import Folders
from pipeline.runner.returning import Awaited, Returned, read_files
from pipeline.writers.sent_plan import write_sent
from pipeline.writers.template import Properties, load_template

SENT_ON = date(2026, 11, 2)
W_TEXT = re.compile(r"<w:(t|delText)(?: [^>]*)?>([^<]*)<|(</w:p>|<w:p[ >]|<w:br/>|<w:tab/>)")
MOVED = re.compile("<w:moveFrom .*?</w:moveFrom>", re.DOTALL)
TYPED = re.compile(r"zz\d+of(?:none|\d+p\d+[a-z])")


@dataclass(frozen=True)
class Sent:
    """A plan as it went out: the document, and what was kept of it."""

    content: bytes
    record: SentPlan
    words: PlanWords

    def take(self, content: bytes, name: str = "plan.docx") -> "Taken":
        plan, findings = read_returned_plan(content, name)
        assert plan is not None, findings
        taken, doubts = take_back(plan, self.record, self.words, SENT_ON)
        assert find_missing(plan.pieces, taken.every_text()) == Counter()
        return Taken(content, taken, findings + doubts, self)


@dataclass(frozen=True)
class Taken:
    content: bytes
    taken: TakenBack
    findings: tuple[Finding, ...]
    sent: Sent

    @property
    def actions(self) -> Mapping[str, ReturnedAction]:
        return {action.ref: action for action in self.taken.actions}

    @property
    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}

    def check_laws(self) -> None:
        """No word lost, as the file itself has it; no action with the words of another; no school's words in a finding."""
        lost = Counter(_words_of(self.content)) - Counter(_words(" ".join(self.taken.every_text())))
        assert not lost
        wordings = self._wordings()
        for action in self.taken.actions:
            told = " ".join(action.own_words())
            if told and action.origin is not Origin.ADDED:
                strangers = {
                    word for word in TYPED.findall(told) if _origin(word) != action.ref.replace(".", "p").replace("-", "")
                }
                assert not strangers, (action.ref, strangers)
                borrowed = [ref for text, ref in wordings.items() if ref != action.ref and text in fold(told)]
                assert not borrowed, (action.ref, borrowed)
        assert not any(TYPED.search(f"{finding.seen} {finding.fix} {finding.place}") for finding in self.findings)

    def _wordings(self) -> Mapping[str, str]:
        """Our wordings that only one action has."""
        every = [
            (fold(text), one.ref)
            for one in self.sent.record.actions
            for text in (one.opportunity, one.action, one.success)
            if text
        ]
        often = Counter(text for text, _ in every)
        return {text: ref for text, ref in every if often[text] == 1 and len(text) > 20}


def _origin(word: str) -> str:
    return word.partition("of")[2]


def _words(text: str) -> list[str]:
    return re.sub("[\u200b\ufeff]", "", text).split()


def _words_of(content: bytes) -> Iterator[str]:
    """Every word of a document's body, by its tags alone; a text box's second copy aside."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|footer\d|header\d|comments\w*|footnotes\w*)\.xml", name):
                text = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", archive.read(name).decode(), flags=re.DOTALL)
                text = text.replace("<w:noBreakHyphen/>", "<w:t>-</w:t>")
                text = MOVED.sub(lambda moved: moved[0].replace("<w:t ", "<w:delText ").replace("<w:t>", "<w:delText>"), text)
                joined = "".join(_apart(W_TEXT.findall(text)))
                yield from _words(unescape(joined))


def _apart(found: list[tuple[str, str, str]]) -> Iterator[str]:
    """What stands, and by itself what a tracked change took away."""
    gone = ""
    for tag, text, mark in found:
        if tag == "delText":
            gone += text
            continue
        yield " " if mark else text
        if mark and gone:
            yield f"{gone} "
            gone = ""


@pytest.fixture(scope="session")
def plan(configuration: Configuration, expected: Expectations) -> Plan:
    criteria = list(configuration.rubric.criteria)
    content = complete(
        OTHER,
        configuration,
        {key: "ASEN"[place % 4] for place, key in enumerate(criteria)},
        evidence={key: f"What we do about {key} is written here, and it's ours." for key in criteria[::3]},
        own={key: f"A step of our own on {key}, for families" for key in criteria[::9]},
    )
    submission, _ = read_return(content, "x.xlsx", expected)
    assert submission is not None
    assessment, _ = assess(submission, configuration.rubric, {})
    return plan_for(OTHER, submission, assessment, configuration, CYCLE, SENT_ON)


@pytest.fixture(scope="session")
def sent(plan: Plan, words: PlanWords) -> Sent:
    template, _ = load_template(ROOT / "templates" / "action_plan.docx", "action_plan.docx", Plan)
    assert template is not None
    content, _ = template.fill(plan, Properties("Plan", "LA", "x"), SENT_ON)
    assert content is not None
    read, _ = read_returned_plan(content, "plan.docx")
    assert read is not None
    return Sent(content, as_issued(plan, read.pieces), words)


def test_take_back_a_plan_that_nobody_edited_finds_nothing(sent: Sent) -> None:
    taken = sent.take(sent.content)
    assert taken.findings == ()
    assert taken.taken.unplaced == taken.taken.kept == ()
    assert [action.ref for action in taken.taken.actions] == [action.ref for action in sent.record.actions]
    assert not any(action.is_touched for action in taken.taken.actions)


# Edits after which an action is missing, or is told as an added one, because the school made it so.
@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("layers", ["all layers", "reference and wording alone"])
def test_take_back_one_edit(sent: Sent, name: str, layers: str) -> None:
    document = Document(sent.content, 7)
    if layers != "all layers":
        for lose in (lose_the_controls, lose_the_bookmarks, lose_the_properties):
            lose(document)
    EDITS[name](document)
    taken = sent.take(document.save())
    taken.check_laws()
    for (ref, role), text in document.meant.items():
        if ref:
            assert fold(getattr(taken.actions[ref], role)) == fold(text), (ref, role)
    if name not in TAKES_AWAY:
        assert not [action.ref for action in taken.taken.actions if action.origin is Origin.REMOVED]


TAKES_AWAY = {"delete_a_row", "turn_a_table_into_paragraphs"}


def test_take_back_any_sequence_of_edits(sent: Sent, pytestconfig: pytest.Config) -> None:
    """A school's whole term: 1 to 30 edits, one after another."""
    names = sorted(EDITS.keys() - ALONE)

    @settings(
        max_examples=int(pytestconfig.getoption("--plans")),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        derandomize=int(pytestconfig.getoption("--plans")) < 100,
    )
    @given(st.lists(st.sampled_from(names), min_size=1, max_size=30), st.integers(0, 2**32))
    def edit(chosen: list[str], seed: int) -> None:
        document = Document(sent.content, seed)
        for name in chosen:
            EDITS[name](document)
        taken = sent.take(document.save())
        taken.check_laws()
        for row in document.rows():
            if not row.get("tampered") and not row.get("rewritten"):
                assert taken.actions[row.get("origin", "")].origin is Origin.SENT, row.get("origin")

    edit()


# What a school types in a term that a program must carry through: each edit is tried in every program as well.
TERM = (
    "fill_in_who_leads", "type_a_date", "fill_in_the_cost", "type_over_the_status", "write_progress_in_paragraphs",
    "add_words_to_the_action", "rewrite_an_opportunity", "swap_two_references", "delete_a_reference", "add_a_row_at_the_end",
    "copy_a_row_as_a_new_action", "move_a_row_to_another_area", "add_a_column", "rename_the_headings", "split_a_table",
    "write_between_the_tables", "change_our_own_paragraph", "fill_in_the_sign_off", "name_who_leads_on_the_first_page",
)  # fmt: skip
ROUTES = {"docx": "docx", "odt": "odt", "doc": "doc", "rtf": "rtf"}


def _edited(sent: Sent, names: tuple[str, ...]) -> Document:
    document = Document(sent.content, 11)
    for name in names:
        EDITS[name](document)
    return document


def _check_route(sent: Sent, document: Document, content: bytes) -> None:
    """The laws, and that every word typed and each field typed over has come through the program."""
    taken = sent.take(content)
    taken.check_laws()
    before = set(TYPED.findall(" ".join(sent.take(document.save()).taken.every_text())))
    after = set(TYPED.findall(" ".join(taken.taken.every_text())))
    assert before <= after
    for (ref, role), text in document.meant.items():
        assert not ref or fold(getattr(taken.actions[ref], role)) == fold(text), (ref, role)
    assert not [ref for ref, action in taken.actions.items() if action.origin is Origin.REMOVED]


@pytest.fixture(scope="session")
def saved_by_office(
    sent: Sent, convert: Convert, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Document, bytes]]:
    """An edited plan and one nobody edited, by way of each format of LibreOffice's and back: route → what was edited and what
    came back."""
    folder = tmp_path_factory.mktemp("routes")
    came_back: dict[str, tuple[Document, bytes]] = {}
    for name, document in (("edited", _edited(sent, TERM)), ("untouched", Document(sent.content))):
        path = folder / f"{name}.docx"
        path.write_bytes(document.save())
        for suffix in ROUTES.values():
            between = convert(path, suffix, folder / suffix)
            came_back[f"{name} {suffix}"] = document, convert(between, "docx", folder / "back" / suffix).read_bytes()
    return came_back


def _find_program(name: str) -> str:
    found = shutil.which(name)
    if found is None and os.environ.get("REQUIRE_OFFICE"):
        pytest.fail(f"{name} is required here, but not installed")
    return found or pytest.skip(f"needs {name}")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", ["edited", "untouched"])
def test_take_back_saved_by_office(
    sent: Sent, saved_by_office: Mapping[str, tuple[Document, bytes]], name: str, route: str
) -> None:
    document, content = saved_by_office[f"{name} {route}"]
    _check_route(sent, document, content)
    if name == "untouched":
        taken = sent.take(content)
        assert taken.taken.unplaced == ()
        assert not any(action.is_touched for action in taken.taken.actions)


@pytest.mark.parametrize("by_way_of", ["docx", "html"])
def test_take_back_rebuilt_by_pandoc(sent: Sent, tmp_path: Path, by_way_of: str) -> None:
    """Text and tables only: no controls, no bookmarks, no properties, other styles."""
    command = _find_program("pandoc")
    document = _edited(sent, TERM)
    source, between, result = tmp_path / "a.docx", tmp_path / f"b.{by_way_of}", tmp_path / "c.docx"
    source.write_bytes(document.save())
    subprocess.run([command, source, "-o", between], check=True, capture_output=True, timeout=120)
    subprocess.run([command, between, "-o", result], check=True, capture_output=True, timeout=120)
    _check_route(sent, document, result.read_bytes())


def test_read_returned_plans_of_a_folder(sent: Sent, tmp_path: Path) -> None:
    """Two plans of one school, a PDF and a plan of which nothing is kept: one counts, the others are told why not."""
    folders, kept = Folders(tmp_path, CYCLE), tmp_path / "sent"
    plans = folders.returned_plans
    (kept / OTHER.urn).mkdir(parents=True)
    (kept / OTHER.urn / f"{sent.record.plan_id}.json").write_bytes(write_sent(sent.record))
    plans.mkdir(parents=True)
    for number, name in enumerate(("fill_in_the_cost", "fill_in_who_leads")):
        path = plans / f"{name}.docx"
        path.write_bytes(_edited(sent, (name,)).save())
        os.utime(path, (1000 + number, 1000 + number))
    (plans / "plan.pdf").write_bytes(b"%PDF-1.7")
    (plans / ".gitkeep").write_bytes(b"")
    awaited = Awaited(CYCLE, {OTHER.urn}, sent.words, SENT_ON, lambda urn: load_sent_plans(kept, urn), {})

    def read_all(awaited: Awaited) -> list[Returned]:
        return list(read_files([(path, path.name) for path in folders.list_returned_plans()], awaited))

    read = {one.file: one for one in read_all(awaited)}
    assert [name for name, one in read.items() if one.taken] == ["fill_in_who_leads.docx"]
    assert read["fill_in_who_leads.docx"].identity is not None
    assert [finding.code for finding in read["fill_in_the_cost.docx"].findings] == ["PL526"]
    assert [finding.code for finding in read["plan.pdf"].findings] == ["PL521"]
    nothing = replace(awaited, sent=lambda urn: ())
    assert [one.findings[-1].code for one in read_all(nothing)] == ["PL523", "PL523", "PL521"]
