"""The council's look: which colours may stand on which, and templates that change their look and nothing else."""

import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from conftest import ROOT, W, inclusion, texts
from lxml import etree

from pipeline.model.house_style import Colours, HouseStyle
from pipeline.readers.house_style import load_house_style
from pipeline.rules.contrast import contrast, find_unreadable
from pipeline.writers.house_style import restyle

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
TEMPLATES = [path.relative_to(ROOT / "templates").as_posix() for path in sorted((ROOT / "templates").rglob("*.docx"))]
STYLES = ("config/house_style.yaml", "config/house_styles/tillermouth.yaml")


def load(name: str) -> tuple[HouseStyle, bytes]:
    style, logo, findings = load_house_style(ROOT / name, name)
    assert findings == ()
    assert style is not None
    return style, logo


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("000000", "FFFFFF", 21.0), ("FFFFFF", "FFFFFF", 1.0), ("767676", "FFFFFF", 4.54), ("FF0000", "FFFFFF", 4.0)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    """The examples that the guidelines' own readers use: #767676 is the lightest grey that may stand on white."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("name", STYLES)
def test_the_styles_that_ship_can_be_read(name: str) -> None:
    style, logo = load(name)
    assert find_unreadable(style.colours) == ()
    assert logo.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"brand": "88BBBB"}, ["headings on the page", "the first row of tables"]),
        ({"ink": "888888"}, ["text on the page"]),
        ({"ratings": ("F8F1EA", "DCE8EA", "B3CED2", "3A5A60")}, ["text on tint 4"]),
        ({"ratings": ("DCE8EA", "F8F1EA", "B3CED2", "7FB0B7")}, ["tints 1 and 2"]),
        ({"ratings": ("F8F1EA", "DCE8EA", "DCE8EB", "7FB0B7")}, ["tints 2 and 3"]),
    ],
)
def test_colours_that_cannot_be_read_are_told(change: dict[str, object], told: list[str]) -> None:
    colours: Colours = replace(load(STYLES[0])[0].colours, **change)  # type: ignore[arg-type]
    found = [what for what, _ in find_unreadable(colours)]
    assert found
    assert set(told) <= set(found)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_templates_that_ship_are_in_the_house_style(template: str) -> None:
    style, logo = load(STYLES[0])
    content = (ROOT / "templates" / template).read_bytes()
    assert restyle(content, style, logo) == content


@pytest.mark.parametrize("template", TEMPLATES)
def test_another_style_changes_the_look_and_not_the_words(template: str) -> None:
    before = (ROOT / "templates" / template).read_bytes()
    style, logo = load(STYLES[1])
    after = restyle(before, style, logo)
    assert texts(after) == texts(before)
    assert tags(after) == tags(before)
    theme = etree.fromstring(part(after, "word/theme/theme1.xml"))
    assert [found.get("typeface") for found in theme.iter(f"{{{A}}}latin")] == ["Cambria", "Calibri"]
    assert style.colours.brand in {found.get("val") for found in theme.iter(f"{{{A}}}srgbClr")}
    assert part(after, "word/media/logo.png") == logo
    for name in ("word/styles.xml", "word/document.xml"):
        assert load(STYLES[0])[0].colours.brand.encode() not in part(after, name), "an old colour is left"
    assert restyle(after, style, logo) == after
    back = restyle(after, *load(STYLES[0]))
    assert {name: canonical(back, name) for name in names(back)} == {name: canonical(before, name) for name in names(before)}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_colour_and_font_in_a_template_follows_the_theme(template: str) -> None:
    content = (ROOT / "templates" / template).read_bytes()
    for name in names(content):
        if not name.startswith("word/") or not name.endswith(".xml") or "theme" in name:
            continue
        for element in etree.fromstring(part(content, name)).iter(f"{{{W}}}*"):
            if element.get(f"{{{W}}}fill") not in (None, "auto"):
                assert element.get(f"{{{W}}}themeFill"), etree.tostring(element)
            coloured = element.tag == f"{{{W}}}color" or element.get(f"{{{W}}}color") not in (None, "auto")
            if coloured:
                assert element.get(f"{{{W}}}themeColor"), etree.tostring(element)
            assert element.get(f"{{{W}}}ascii") is None, "a font of its own"


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.namelist()


def tags(content: bytes) -> list[str]:
    """Every element of the body by its name and style, in order."""
    body = etree.fromstring(part(content, "word/document.xml"))
    return [f"{element.tag} {element.get(f'{{{W}}}val', '')}" for element in body.iter(f"{{{W}}}*")]


def canonical(content: bytes, name: str) -> bytes:
    found = part(content, name)
    return etree.tostring(etree.fromstring(found), method="c14n") if name.endswith((".xml", ".rels")) else found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("config", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_an_officer_restyles_every_template(project: Path) -> None:
    code, said, _ = inclusion("template", "restyle", "--project", str(project))
    assert (code, said) == (0, "Every template is in this style already.\n")
    other = project / "config" / "house_styles" / "tillermouth.yaml"
    code, said, _ = inclusion("template", "restyle", "--project", str(project), "--style", str(other))
    assert code == 0
    assert said == f"Restyled: {', '.join(TEMPLATES)}.\n"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('brand: "17525C"', 'brand: "green"', "HS101"),
        ('brand: "17525C"', 'brand: "99CCCC"', "HS102"),
        ("logo: logo.png", "logo: gone.png", "HS103"),
        ("logo: logo.png", "logo: schools.csv", "HS103"),
        ("  headings: Arial", "  heading: Arial", "CF103"),
        ("fonts:", "fonts", "CF102"),
    ],
)
def test_a_style_with_a_mistake_changes_nothing(project: Path, old: str, new: str, code: str) -> None:
    path = project / "config" / "house_style.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    before = {name: (project / "templates" / name).read_bytes() for name in TEMPLATES}
    left, _, errors = inclusion("template", "restyle", "--project", str(project))
    assert left == 1
    assert code in errors
    assert "house_style.yaml, line" in errors
    assert {name: (project / "templates" / name).read_bytes() for name in TEMPLATES} == before


def test_a_file_that_is_no_template_is_told_and_the_others_are_done(project: Path) -> None:
    (project / "templates" / "letter.docx").write_bytes(b"not Word")
    style = project / "config" / "house_styles" / "tillermouth.yaml"
    code, _, errors = inclusion("template", "restyle", "--project", str(project), "--style", str(style))
    assert code == 1
    assert "HS104  templates/letter.docx" in errors
    assert b"Tillermouth" in part((project / "templates" / TEMPLATES[0]).read_bytes(), "word/document.xml")
