"""Two returns of one school: put together where they never disagree, told apart by cell where they do."""

from collections.abc import Iterator
from dataclasses import fields, replace

from pipeline.model.submission import Figure, Identity, OldAnswer, Response, Submission


def find_differences(one: Submission, other: Submission) -> tuple[str, ...]:
    """Where both say something and not the same: criteria and own views by the sheet and cell of `one`, figures by measure.
    Workbooks of two editions differ throughout: their criteria are not the same."""
    if [response.criterion for response in one.responses] != [response.criterion for response in other.responses]:
        return ("the edition of the workbook",)
    others = {response.criterion: response for response in other.responses}
    cells = [
        f"{response.place.sheet} {response.place.cell}"
        for response in one.responses
        if response.criterion in others and not _agree(response, others[response.criterion])
    ]
    seen = {view.area: view.level for view in other.views}
    views = [f"{view.place.sheet} {view.place.cell}" for view in one.views if seen.get(view.area, view.level) is not view.level]
    figures = [key for key, figure in one.outcomes.items() if not _figures_agree(figure, other.outcomes.get(key, figure))]
    return (*cells, *views, *figures)


def put_together(first: Submission, second: Submission) -> Submission:
    """What `first` says, with its blanks filled from `second`. Only for two that never disagree."""
    others = {response.criterion: response for response in second.responses}
    views = {view.area: view for view in (*second.views, *first.views)}
    return replace(
        first,
        identity=_fill_identity(first.identity, second.identity),
        responses=tuple(_fill(response, others.get(response.criterion, response)) for response in first.responses),
        outcomes={key: _fill_figure(figure, second.outcomes.get(key, figure)) for key, figure in first.outcomes.items()},
        checklist={**second.checklist, **first.checklist},
        extras=first.extras + second.extras,
        views=tuple(view for _, view in sorted(views.items())),
        old_answers=tuple(_carry(first, second)),
    )


def _carry(first: Submission, second: Submission) -> Iterator[OldAnswer]:
    """An old answer that either of the two confirms, or gives in a workbook that was not pre-filled, is confirmed."""
    both = [{row.criterion: row for row in one.old_answers} for one in (first, second)]
    given = {one.criterion for sent in (first, second) if not sent.old_answers for one in sent.responses if one.answer}
    for key in dict.fromkeys(key for rows in both for key in rows):
        rows = [rows[key] for rows in both if key in rows]
        yield replace(rows[0], is_confirmed=key in given or any(row.is_confirmed for row in rows))


def _agree(one: Response, other: Response) -> bool:
    pairs = ((one.typed, other.typed), (one.evidence, other.evidence), (one.own_opportunity, other.own_opportunity))
    same_answer = one.answer is not None and one.answer is other.answer
    return all(not mine or not theirs or mine == theirs for mine, theirs in (pairs[1:] if same_answer else pairs))


def _fill(mine: Response, theirs: Response) -> Response:
    """The answer and its cell come from whichever has one; evidence and own step likewise."""
    source = mine if mine.typed or not theirs.typed else theirs
    return replace(
        source,
        evidence=mine.evidence or theirs.evidence,
        own_opportunity=mine.own_opportunity or theirs.own_opportunity,
    )


def _figures_agree(mine: Figure, theirs: Figure) -> bool:
    return all(not one or not other or one == other for one, other in _pairs(mine, theirs))


def _fill_figure(mine: Figure, theirs: Figure) -> Figure:
    return Figure(mine.this_year or theirs.this_year, mine.last_year or theirs.last_year)


def _pairs(mine: Figure, theirs: Figure) -> Iterator[tuple[str, str]]:
    yield mine.this_year, theirs.this_year
    yield mine.last_year, theirs.last_year


def _fill_identity(mine: Identity, theirs: Identity) -> Identity:
    return Identity(**{field.name: getattr(mine, field.name) or getattr(theirs, field.name) for field in fields(Identity)})
