"""What made a plan, and whether and where it has been edited since."""

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import CYCLE, ROOT, Convert, complete, drop, inclusion
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.project import Configuration
from pipeline.model.returned_plan import PlanRow, PlanTable, ReturnedPlan
from pipeline.model.verification import Condition, Verification
from pipeline.readers.register import load_register
from pipeline.rules.plan_edits import find_edits, tell_change
from pipeline.rules.shown_text import digest_shown, read_shown
from pipeline.rules.verifying import tell_verification
from pipeline.runner.verifying import verify_plan
from pipeline.runner.workspace import Workspace, open_workspace

URN, OTHER_URN = "900016", "900022"
SECRET = "Zzyzx told us on Tuesday"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, configuration: Configuration) -> Path:
    """A project of one school, run once."""
    folder = tmp_path_factory.mktemp("origin") / "project"
    for name in ("config", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    school = load_register(folder / "config" / "schools.csv", "schools.csv")[0][URN]
    (folder / "inputs" / CYCLE / "returns").mkdir(parents=True)
    drop(folder, "return.xlsx", complete(school, configuration, {"5.2": "N", "2.1": "E"}, otherwise="S"))
    assert inclusion("run", "--project", str(folder), "-q")[0] == 0
    return folder


@pytest.fixture
def project(origin: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(origin, tmp_path / "project"))


@pytest.fixture
def made(project: Path) -> Path:
    """The plan that was made."""
    return next((project / "outputs" / CYCLE / "plans").glob("*.docx"))


@pytest.fixture
def workspace(made: Path, project: Path) -> Workspace:
    opened, _ = open_workspace(project, None)
    assert opened is not None
    return opened


def edit(content: bytes, change: Callable[[Any], None]) -> bytes:
    document, result = Document(BytesIO(content)), BytesIO()
    change(document)
    document.save(result)
    return result.getvalue()


def verify(content: bytes, workspace: Workspace) -> Verification:
    verification, findings = verify_plan(content, "plan.docx", workspace)
    assert verification is not None
    assert findings == ()
    return verification


def table_of(document: Any, reference: str) -> tuple[Any, int]:
    """The area's table that holds an action, and its row."""
    for table in document.tables:
        if len(table.columns) == 8:
            for place, row in enumerate(table.rows):
                if row.cells[0].text == reference:
                    return table, place
    raise KeyError(reference)


# Through the command line.


def test_a_plan_as_it_was_made_says_what_made_it(made: Path, project: Path) -> None:
    code, said, errors = inclusion("verify", str(made), "--project", str(project))
    assert (code, errors) == (0, "")
    today = date.today()
    (plan_id,) = re.findall(r"  plan id: ([0-9a-f]{12})", said)
    assert said.splitlines() == [
        f"{made.name}: the plan of St Benedict's Catholic Primary School, Fennacre ({URN}), Autumn term 2026.",
        f"Made on {today.day} {today:%B %Y} by version 0.1.0 of the toolkit, from:",
        f"  return: inputs/{CYCLE}/returns/return.xlsx, as it is today",
        "  rubric: inclusive-practice 1-0, as it is today",
        "  template: templates/action_plan.docx, as it is today",
        f"  plan id: {plan_id}",
        "It is just as it was made: not a byte has changed.",
    ]


def test_what_is_no_plan_of_ours_is_refused_in_a_sentence(made: Path, project: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.docx"
    document = Document()
    document.add_paragraph("Dear parents")
    document.save(str(other))
    code, said, errors = inclusion("verify", str(other), "--project", str(project))
    assert (code, said) == (1, "")
    assert errors.startswith("error VF101  letter.docx: This is no plan of this project.")
    assert "parents" not in errors


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 ...", "PL521"),
        (b"", "PL521"),
        (b"Our plan", "PL521"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "PL521"),
    ],
    ids=["pdf", "empty", "text", "an old or locked one"],
)
def test_what_is_no_word_document_is_refused(content: bytes, code: str, workspace: Workspace) -> None:
    verification, findings = verify_plan(content, "plan", workspace)
    assert verification is None
    assert [finding.code for finding in findings] == [code]


def test_another_authoritys_plan_is_none_of_this_project(made: Path, workspace: Workspace) -> None:
    """What a file says of itself is never a path."""
    for word, other in ((CYCLE, "2031-32-autumn"), (URN, "123456")):
        changed = _replace_text(made.read_bytes(), word, other)
        verification, findings = verify_plan(changed, "plan.docx", workspace)
        assert verification is None
        assert [finding.code for finding in findings] == ["VF101"]


def _replace_text(content: bytes, word: str, other: str) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(
                info.filename, part.replace(word.encode(), other.encode()) if info.filename.endswith(".xml") else part
            )
    return result.getvalue()


# Whether it has been edited.


def test_a_plan_that_another_program_saved_has_not_been_edited(
    convert: Convert, made: Path, tmp_path: Path, workspace: Workspace
) -> None:
    copy = tmp_path / "plan.docx"
    copy.write_bytes(made.read_bytes())
    again = convert(convert(copy, "odt"), "docx")
    assert again.read_bytes() != made.read_bytes()
    assert verify(again.read_bytes(), workspace).condition is Condition.SAVED_AGAIN


def test_every_edit_is_told_by_its_place_and_none_is_quoted(made: Path, workspace: Workspace) -> None:
    def change(document: Any) -> None:
        table, place = table_of(document, "5.2-a")
        table.rows[place].cells[2].text = SECRET
        table.rows[place].cells[7].text = f"Not started. {SECRET}"
        added = table.add_row()
        added.cells[1].text = f"{SECRET} and more"
        table, place = table_of(document, "2.1-a")
        table._tbl.remove(table.rows[place]._tr)
        document.paragraphs[-1].add_run(SECRET)
        document.add_paragraph(SECRET)

    verification = verify(edit(made.read_bytes(), change), workspace)
    assert verification.condition is Condition.EDITED
    said = [f"{one.where}: {one.what}" for one in verification.edits]
    row = "Area 5, “Opportunities for improvement”, row “5.2-a”"
    assert any(one.startswith(f"{row}, “Action”: text changed: ") for one in said)
    assert any(one.startswith(f"{row}, “Progress”: text changed: ") for one in said)
    assert any(
        one.startswith("Area 5, “Opportunities for improvement”, row ") and "a row is added, 7 words" in one for one in said
    )
    assert any(one.startswith("Area 2, “Opportunities for improvement”, row “2.1-a”: the row is gone, ") for one in said)
    told = "\n".join(tell_verification(verification))
    assert f"It has been edited since in {len(said)} places:" in told
    assert not any(word in told for word in ("Zzyzx", "Tuesday"))


def test_tracked_changes_and_comments_count_as_edits(made: Path, workspace: Workspace) -> None:
    def change(document: Any) -> None:
        run = document.paragraphs[4].runs[0]._r
        paragraph = run.getparent()
        deleted = paragraph.makeelement(f"{run.nsmap['w'].join('{}')}del", {})
        paragraph.replace(run, deleted)
        deleted.append(run)
        for text in run.iterchildren("{*}t"):
            text.tag = text.tag[:-1] + "delText"

    verification = verify(edit(made.read_bytes(), change), workspace)
    assert verification.condition is Condition.EDITED
    assert verification.remarks == {"deleted with tracked changes": 1}


def test_the_return_the_template_and_the_rubric_that_changed_since_are_told(made: Path, project: Path) -> None:
    content = made.read_bytes()
    (project / "inputs" / CYCLE / "returns" / "return.xlsx").unlink()
    rubric = project / "config" / "rubric" / "area-1.yaml"
    rubric.write_text(f"{rubric.read_text('utf-8')}\n# Looked at again.\n", "utf-8")
    template = project / "templates" / "action_plan.docx"
    template.write_bytes(edit(template.read_bytes(), lambda document: None))
    opened, _ = open_workspace(project, None)
    assert opened is not None
    verification = verify(content, opened)
    assert [source.standing for source in verification.sources if source.standing] == [
        "which is not there any more", "which has changed since", "which has changed since",
    ]  # fmt: skip
    assert verification.condition is Condition.AS_MADE


def test_without_what_was_sent_only_what_the_plan_says_is_known(made: Path, workspace: Workspace) -> None:
    edited = edit(made.read_bytes(), lambda document: document.add_paragraph(SECRET))
    made.unlink()
    assert verify(edited, workspace).condition is Condition.NOT_KEPT
    (workspace.folders.records / f"{URN}.json").unlink()
    verification, findings = verify_plan(edited, "plan.docx", workspace)
    assert verification is not None
    assert [finding.code for finding in findings] == ["VF102"]
    assert "It has been edited since. Where cannot be told" in "\n".join(tell_verification(verification))


# What a plan says of itself in its properties.

CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{}</Properties>'
)


def with_properties(content: bytes, **told: str) -> bytes:
    """A plan that says this of itself instead."""
    listed = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name.replace("_", " ")}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(told.items(), 2)
    )
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            is_own = info.filename == "docProps/custom.xml"
            target.writestr(info.filename, CUSTOM.format(listed) if is_own else source.read(info))
    return result.getvalue()


def digest(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return digest_shown(read_shown(archive.read("word/document.xml").decode()))


def test_the_digest_in_its_properties_tells_an_edit_where_nothing_else_is_kept(made: Path, workspace: Workspace) -> None:
    plan = made.read_bytes()
    told = {
        "School": URN,
        "Cycle": CYCLE,
        "Rubric": "inclusive-practice 1-0",
        "Plan_id": "abcdef012345",
        "Content": digest(plan),
    }
    made.unlink()
    saved = with_properties(plan, **told)
    assert verify(saved, workspace).condition is Condition.SAVED_AGAIN
    edited = edit(saved, lambda document: document.add_paragraph(SECRET))
    verification = verify(edited, workspace)
    assert verification.condition is Condition.NOT_KEPT
    assert verification.stated.plan_id == "abcdef012345"
    assert "It has been edited since. Where cannot be told" in "\n".join(tell_verification(verification))


def test_a_plan_of_an_earlier_return_is_not_compared_with_the_one_kept(made: Path, workspace: Workspace) -> None:
    from hashlib import sha256

    plan = made.read_bytes()
    told = {"School": URN, "Cycle": CYCLE, "Content": digest(plan)}
    kept = with_properties(plan, **told, Plan_id="aaaaaaaaaaaa")
    made.write_bytes(kept)
    record = workspace.folders.records / f"{URN}.json"
    text = record.read_text("utf-8").replace(sha256(plan).hexdigest(), sha256(kept).hexdigest())
    record.write_text(text, "utf-8")
    earlier = edit(with_properties(plan, **told, Plan_id="bbbbbbbbbbbb"), lambda document: document.add_paragraph(SECRET))
    assert verify(earlier, workspace).condition is Condition.OTHER
    edited = edit(kept, lambda document: document.add_paragraph(SECRET))
    assert verify(edited, workspace).condition is Condition.EDITED


def test_pages_and_properties_that_disagree_are_told(made: Path, workspace: Workspace) -> None:
    content = with_properties(made.read_bytes(), School=OTHER_URN, Cycle=CYCLE)
    _, findings = verify_plan(content, "plan.docx", workspace)
    assert [finding.code for finding in findings] == ["VF102", "VF104"]


# The rule itself.

WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), max_size=6).map(" ".join)
ROWS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6)


def plan_of(rows: list[tuple[str, str]]) -> ReturnedPlan:
    head = PlanRow(1, ("Ref", "Action", "Progress"))
    table = PlanTable(
        1, "Opportunities for improvement", 5, (head, *(PlanRow(n, (f"5.{n}-a", *cells)) for n, cells in enumerate(rows, 2)))
    )
    return ReturnedPlan("plan.docx", "", {}, (), (), (table,), (), ())


@given(ROWS, ROWS)
def test_what_differs_is_told_and_what_does_not_is_not(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    edits = find_edits(plan_of(one), plan_of(other))
    both = list(zip(one, other, strict=False))
    changed = sum(mine != theirs for pair in both for mine, theirs in zip(*pair, strict=True))
    assert len(edits) == changed + abs(len(one) - len(other))
    assert find_edits(plan_of(one), plan_of(one)) == ()


@given(ROWS, st.randoms())
def test_rows_in_another_order_are_no_edit(rows: list[tuple[str, str]], rng: Any) -> None:
    plan = plan_of(rows)
    head, *others = plan.tables[0].rows
    rng.shuffle(others)
    turned = replace(plan.tables[0], rows=(head, *(row._replace(number=place) for place, row in enumerate(others, 2))))
    assert find_edits(plan, replace(plan, tables=(turned,))) == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Not started", "Not  started\n", ""),
        ("", "One word", "text added, 2 words"),
        ("One word", "", "text removed, 2 words"),
        ("Not started", "Started", "text changed: 1 word added, 2 taken out"),
        ("a b c", "a c", "text changed: 1 word taken out"),
        ("a c", "a b c", "text changed: 1 word added"),
    ],
)
def test_a_change_is_told_in_words(before: str, after: str, told: str) -> None:
    assert tell_change(before, after) == told
