"""The native chart of a plan: Word's own, with its figures inside, filled from the context.

A chart part must be sound XML, or Word would not open the template; so the template's chart holds sample figures, and what is
repeated is put into it when it is compiled. The chart says itself where its figures come from, as every chart of Word does: a
sheet of the workbook inside it. That sheet is named after a collection of the context, `areas`.
"""

import re
import zlib
from collections.abc import Mapping
from functools import lru_cache
from zipfile import ZIP_STORED

from pipeline.writers.package import Member, join, pack

_SHEET = re.compile(r"<c:f>'?(\w+)'?!")
_CATEGORIES = re.compile(r"(<c:cat>.*?<c:strCache>).*?(</c:strCache>)", re.DOTALL)
_VALUES = re.compile(r"(<c:val>.*?<c:numCache>(?:<c:formatCode>[^<]*</c:formatCode>)?).*?(</c:numCache>)", re.DOTALL)
_RANGE = re.compile(r"(<c:f>[^<]*!\$[A-Z]+\$2:\$[A-Z]+\$)\d+(</c:f>)")
_LABELS = re.compile(r'(<c:dLbls>\s*<c:numFmt formatCode=)"[^"]*"')
# Collection → what an entry is called in the chart, and its value from 1; none where there is nothing to show.
_SHOWN: Mapping[str, tuple[str, str]] = {"areas": ("Area {{ one.number }}", "one.rung")}
_WORDS = ";".join(f"{when}&quot;{{{{ rungs[{n}]|replace('\"', '') }}}}&quot;" for n, when in enumerate(("[=1]", "[=2]", "")))


def prepare_chart(text: str) -> str:
    """A chart part with tags where its sample figures stood; one that shows nothing of the context stays as it is."""
    sheet = _SHEET.search(text)
    if sheet is None or sheet[1] not in _SHOWN:
        return text
    name, value = _SHOWN[sheet[1]]
    count = f'<c:ptCount val="{{{{ {sheet[1]}|length }}}}"/>'
    loop = f"{{% for one in {sheet[1]} %}}"
    point = '<c:pt idx="{{ loop.index0 }}"><c:v>'
    names = f"{count}{loop}{point}{name}</c:v></c:pt>{{% endfor %}}"
    values = f"{count}{loop}{{% if {value} %}}{point}{{{{ {value} }}}}</c:v></c:pt>{{% endif %}}{{% endfor %}}"
    text = _VALUES.sub(
        lambda found: f"{found[1]}{values}{found[2]}", _CATEGORIES.sub(lambda found: f"{found[1]}{names}{found[2]}", text)
    )
    text = _RANGE.sub(lambda found: f"{found[1]}{{{{ {sheet[1]}|length + 1 }}}}{found[2]}", text)
    return _LABELS.sub(lambda found: f'{found[1]}"{_WORDS}"', text)


_POINT = re.compile(r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v></c:pt>')
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _link(id: str, kind: str, target: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="{id}" Type="{_LINKS}/{kind}" Target="{target}"/></Relationships>'
    )


_STATIC = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/></Types>',
    "_rels/.rels": _link("rId1", "officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _link("rId1", "worksheet", "worksheets/sheet1.xml"),
}


def make_workbook(name: str, chart: str) -> Member:
    """The workbook inside a chart, as a member of the document: the figures that the chart part itself holds."""
    sheet = _SHEET.search(chart)
    labels, values = (dict(_POINT.findall(part)) for part in _split(chart))
    rows = [_row(int(place) + 2, label, values.get(place, "")) for place, label in labels.items()]
    data = f"<sheetData>{_row(1, '', '')}{''.join(rows)}</sheetData>"
    same = _STATIC | {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        f'<sheet name="{sheet[1] if sheet else "Figures"}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    }
    figures = pack("xl/worksheets/sheet1.xml", f'{_HEAD}<worksheet xmlns="{_MAIN}">{data}</worksheet>'.encode())
    content = join([*(_pack_once(part, text) for part, text in same.items()), figures])
    return Member(name, ZIP_STORED, content, len(content), zlib.crc32(content))


@lru_cache(maxsize=64)
def _pack_once(name: str, text: str) -> Member:
    """What every plan's chart has alike is packed once a process: to begin packing costs more than so small a part."""
    return pack(name, text.encode())


def _split(chart: str) -> tuple[str, str]:
    """What a chart says of its categories, and of its values."""
    categories, _, values = chart.partition("<c:val>")
    return categories.partition("<c:cat>")[2], values


def _row(number: int, label: str, value: str) -> str:
    text = f'<c r="A{number}" t="inlineStr"><is><t>{label}</t></is></c>' if label else ""
    return f'<row r="{number}">{text}{f"""<c r="B{number}"><v>{value}</v></c>""" if value else ""}</row>'
