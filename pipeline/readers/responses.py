"""The criteria rows of a returned workbook: which criterion each is about, and what the school gave for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model.finding import Finding, Place, find
from pipeline.model.rubric import Rubric
from pipeline.model.submission import Response
from pipeline.readers.grid import Sheet, address, fold
from pipeline.readers.layout import Layout, Texts, Vocabulary, find_layouts

Found = dict[str, Response]


def read_responses(
    sheets: Sequence[Sheet], name: str, rubric: Rubric, words: Vocabulary
) -> tuple[tuple[Response, ...], tuple[Finding, ...]]:
    """What was given for each criterion found, in rubric order.

    A row is told by its wording first and its reference second. Findings: RT307, RT312, RT317, RT318, RT325.
    """
    reader = _Reader(name, rubric, words)
    findings = [finding for sheet in sheets for layout in find_layouts(sheet, reader.words) for finding in reader.read(layout)]
    return tuple(reader.found[criterion] for criterion in rubric.criteria if criterion in reader.found), tuple(findings)


class _Reader:
    """Gathers responses from one table after another."""

    def __init__(self, name: str, rubric: Rubric, words: Vocabulary) -> None:
        self.name = name
        self.rubric = rubric
        self.words = words
        self.found: Found = {}

    def read(self, layout: Layout) -> Iterator[Finding]:
        """Reads a table's rows; a finding for whatever is not as it was sent."""
        if layout.answer is None:
            return
        if layout.is_guessed:
            place = Place(self.name, layout.sheet.name, f"row {layout.rows.start + 1}")
            yield find("RT307", place, "headings missing or changed")
        above: str | None = None
        for row in layout.rows:
            if not layout.sheet.rows[row]:
                above = None
                continue
            texts = layout.read(row)
            criterion, disagreement = self._identify(layout, row, texts)
            yield from disagreement
            if criterion:
                layout.sheet.claim(row, *layout.columns)
                yield from self._take(layout, row, criterion, texts)
                above = criterion
            elif above:
                going_on = self._go_on(layout, row, above, texts)
                yield from going_on
                above = above if going_on else None

    def _identify(self, layout: Layout, row: int, texts: Texts) -> tuple[str | None, Sequence[Finding]]:
        """The criterion a row is about; where its wording and its reference disagree, the wording decides and it is told."""
        reference = texts.reference
        by_wording = self.words.titles.get(fold(texts.wording))
        by_reference = reference if reference in self.rubric.criteria else None
        if by_wording is None and by_reference is None:
            by_wording = self._wording_elsewhere(layout.sheet, row)
        criterion = by_wording or by_reference
        if criterion is None or by_wording == by_reference or (by_wording and not reference):
            return criterion, ()
        place = Place(self.name, layout.sheet.name, address(row, layout.answer or 0))
        seen = (
            f"the wording of {by_wording} beside another reference" if by_wording else f"changed wording beside {by_reference}"
        )
        return criterion, (find("RT318", place, seen, criterion=criterion, cell=place.cell),)

    def _wording_elsewhere(self, sheet: Sheet, row: int) -> str | None:
        """A criterion's wording in any cell of the row: columns may have been moved."""
        for heading, column in sheet.headings[row].items():
            if heading in self.words.titles:
                sheet.claim(row, column)
                return self.words.titles[heading]
        return None

    def _take(self, layout: Layout, row: int, criterion: str, texts: Texts) -> Sequence[Finding]:
        findings: list[Finding] = []
        response = self._response(layout, row, criterion, texts)
        if response.answer is None and response.typed:
            allowed = ", ".join(words.label for words in self.rubric.frame.answers.values())
            seen = f"an answer to {criterion} that is not one of those offered"
            findings.append(find("RT312", response.place, seen, allowed=allowed))
        if criterion in self.found:
            response, conflict = merge_responses(self.found[criterion], response)
            findings.extend(conflict)
        self.found[criterion] = response
        return findings

    def _response(self, layout: Layout, row: int, criterion: str, texts: Texts) -> Response:
        return Response(
            criterion=criterion,
            answer=self.words.answers.get(fold(texts.answer)) if texts.answer else None,
            typed=texts.answer,
            evidence=texts.evidence,
            own_opportunity=texts.own,
            place=Place(self.name, layout.sheet.name, address(row, layout.answer or 0)),
            evidence_cell="" if layout.evidence is None else address(row, layout.evidence),
        )

    def _go_on(self, layout: Layout, row: int, above: str, texts: Texts) -> Sequence[Finding]:
        """Text below a criterion's evidence, in a row that has nothing else: the evidence goes on there."""
        if not (texts.evidence or texts.own) or texts.reference or texts.wording or texts.answer:
            return ()
        held = self.found[above]
        evidence = "\n".join(part for part in (held.evidence, texts.evidence) if part)
        own = "\n".join(part for part in (held.own_opportunity, texts.own) if part)
        layout.sheet.claim(row, layout.evidence, layout.own)
        self.found[above] = replace(held, evidence=evidence, own_opportunity=own)
        place = Place(self.name, layout.sheet.name, address(row, layout.evidence or layout.own or 0))
        return (find("RT325", place, "text below a row", criterion=above),)


def merge_responses(first: Response, second: Response) -> tuple[Response, tuple[Finding, ...]]:
    """Two rows for one criterion: what only one of them says is kept; two different answers count as none (RT317)."""
    evidence = "\n".join(dict.fromkeys(text for text in (first.evidence, second.evidence) if text))
    own = "\n".join(dict.fromkeys(text for text in (first.own_opportunity, second.own_opportunity) if text))
    kept = first if first.typed or not second.typed else second
    merged = replace(kept, evidence=evidence, own_opportunity=own)
    if not (first.typed and second.typed) or first.answer is second.answer:
        return merged, ()
    other = f"{second.place.sheet} {second.place.cell}"
    finding = find("RT317", first.place, f"{first.criterion} answered in two places", criterion=first.criterion, cell=other)
    return replace(merged, answer=None), (finding,)
