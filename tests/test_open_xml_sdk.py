"""The Open XML SDK, with which Word's maker checks its own files, has nothing against what we write that it has not against the template."""

from pathlib import Path

import pytest
from conftest import CYCLE, Judge
from sound_document import PARTS, zipped


@pytest.fixture(scope="module")
def written(run_example: Path) -> Path:
    return run_example


@pytest.mark.parametrize(("folder", "template", "sample"), [("plans", "action_plan", 4), ("notes", "return_note", 2)])
def test_documents_have_no_error_that_their_template_has_not(
    open_xml_sdk: Judge, written: Path, folder: str, template: str, sample: int
) -> None:
    allowed = open_xml_sdk(written / "templates" / f"{template}.docx")
    documents = sorted((written / "outputs" / CYCLE / folder).glob("*.docx"), key=lambda path: -path.stat().st_size)
    assert len(documents) >= sample
    for path in [*documents[: sample // 2], *documents[-sample // 2 :]]:
        assert open_xml_sdk(path) <= allowed, path.name


def test_a_broken_document_is_told(open_xml_sdk: Judge, tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(zipped(PARTS))
    assert not open_xml_sdk(path)
    part = "word/document.xml"
    path.write_bytes(zipped(PARTS | {part: PARTS[part].replace("<w:keepNext/>", "<w:keepFirst/>")}))
    assert any("keepFirst" in said for said in open_xml_sdk(path))
