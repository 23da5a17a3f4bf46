"""From a record to an explanation: each rating with its rule, its answers and their cells, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.assessment import AreaRating, Change, Rating, Standing
from pipeline.model.explanation import AnswerTold, AreaTold, ChangeTold, Explanation, GateTold, OtherView, RatingTold
from pipeline.model.level import Answer, Level, State
from pipeline.model.record import Record
from pipeline.model.rubric import LevelRule, Rubric
from pipeline.model.submission import Response
from pipeline.rules.planning import written_date
from pipeline.rules.sentence import Wording

STANDING = "These ratings are indicative: they follow by rule from the school's own answers, and are no judgement by Ofsted."


def explain(record: Record, rubric: Rubric, cycle: str) -> Explanation:
    """Why each rating of a record is what it is. `rubric` is that of the record, `cycle` its label."""
    explainer = _Explainer(record, rubric)
    overall = record.assessment.overall
    areas = tuple(explainer.explain_area(area) for area in record.assessment.areas)
    return Explanation(
        urn=record.school.urn,
        school=record.school.name,
        cycle=cycle,
        rubric=record.made_by.rubric,
        made_on=written_date(record.made_by.made_on),
        file=record.submission.file,
        standing=STANDING,
        ratings=(explainer.explain_overall(overall), *areas) if overall else areas,
    )


@dataclass(frozen=True)
class _Explainer:
    record: Record
    rubric: Rubric

    @cached_property
    def _responses(self) -> Mapping[str, Response]:
        return {response.criterion: response for response in self.record.submission.responses}

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        return {one.criterion: one for area in self.record.assessment.areas for one in area.standings}

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {area.number: area.name for area in self.rubric.areas}

    def explain_overall(self, rating: Rating) -> RatingTold:
        areas = {str(area.area): area for area in self.record.assessment.areas if area.rating.lowest is not None}
        levels = {key: area.rating.lowest or Level.NOT_YET for key, area in areas.items()}
        told = tuple(
            AreaTold(area.area, self._names.get(area.area, ""), self._label(area.rating), key in list_deciding(rating))
            for key, area in areas.items()
        )
        return self._explain(rating, 0, "Overall", levels, areas=told)

    def explain_area(self, area: AreaRating) -> RatingTold:
        levels = {one.criterion: one.level or Level.NOT_YET for one in area.standings if one.state is not State.NOT_APPLICABLE}
        answers = tuple(self._answer(one, one.criterion in list_deciding(area.rating)) for one in area.standings)
        title = f"Area {area.area}, {self._names.get(area.area, '')}".rstrip(", ")
        return self._explain(area.rating, area.area, title, levels, answers=answers)

    def _explain(
        self,
        rating: Rating,
        area: int,
        title: str,
        levels: Mapping[str, Level],
        answers: tuple[AnswerTold, ...] = (),
        areas: tuple[AreaTold, ...] = (),
    ) -> RatingTold:
        return RatingTold(
            area=area,
            title=title,
            level=self._label(rating),
            is_rated=rating.state is State.RATED,
            reason=rating.reason,
            shortfall=tell_shortfall(rating, area, levels, self.rubric),
            lift=rating.lift,
            next_level="" if rating.next_level is None else self.rubric.label(rating.next_level),
            without_gates="" if rating.without_gates is None else self.rubric.label(rating.without_gates),
            answers=answers,
            areas=areas,
            gates=tuple(map(self._gate, rating.gates)),
            changes=tuple(map(self._change, rating.changes)),
            own_view=self._own_view(area, rating),
            moderated=self._moderated(area, rating),
            since=self._since(area),
        )

    def _since(self, area: int) -> str:
        compared = self.record.compared.of(area) if self.record.compared else None
        return compared.sentence if compared else ""

    def _label(self, rating: Rating) -> str:
        return self.rubric.label(rating.level, rating.state)

    def _title(self, criterion: str) -> str:
        known = self.rubric.criteria.get(criterion)
        return known.title if known else ""

    def _answer(self, standing: Standing, decides: bool) -> AnswerTold:
        response = self._responses[standing.criterion]
        return AnswerTold(
            criterion=standing.criterion,
            title=self._title(standing.criterion),
            answer="" if response.answer is None else self.rubric.frame.answers[response.answer].label,
            held=self._held(response),
            counts=self._counts(standing, response),
            place=response.place,
            evidence_cell=response.evidence_cell,
            is_statutory=standing.is_gate,
            is_blank=standing.is_blank,
            decides=decides,
        )

    def _held(self, response: Response) -> str:
        """What the cell held. Only the rubric's own words for answers are quoted: a cell can hold anything."""
        if not response.place.cell:
            return "no row for it in the workbook"
        if not response.typed.strip():
            return ""
        if _plain(response.typed) not in self._words:
            return "something that is not one of the answers" if response.answer is None else "an answer"
        return f"“{response.typed.strip()}”"

    @cached_property
    def _words(self) -> frozenset[str]:
        """All that may be typed as an answer, as `_plain` gives it."""
        return frozenset(_plain(word) for words in self.rubric.frame.answers.values() for word in (words.label, *words.also))

    def _counts(self, standing: Standing, response: Response) -> str:
        cell = response.evidence_cell or "its evidence cell"
        if standing.level is not None and standing.lacks_evidence:
            return f"counts as {self.rubric.answer_label(standing.level)}, as there is no evidence in {cell}"
        if standing.state is State.NOT_APPLICABLE:
            return "is left out of the count"
        if response.answer is Answer.NOT_APPLICABLE:
            why = "as this duty applies to every school" if response.evidence.strip() else f"as no reason is given in {cell}"
            return f"does not count, {why}"
        if response.criterion in self.record.submission.held:
            return "does not count, as it is an old answer that nobody has confirmed"
        if response.answer is None and _plain(response.typed) in self._words:
            return "does not count, as it is answered differently in another place"
        return ""

    def _gate(self, key: str) -> GateTold:
        criterion, place = self.rubric.criteria.get(key), self._responses[key].place
        gate = criterion.gate if criterion else None
        if gate is None:
            return GateTold(key, self._title(key), "", "", place)
        return GateTold(key, self._title(key), gate.duty, self.rubric.frame.sources[gate.source].title, place)

    def _change(self, change: Change) -> ChangeTold:
        if "." not in change.key:
            return self._change_of_area(change)
        response, standing = self._responses[change.key], self._standings[change.key]
        now = "" if standing.level is None else self.rubric.answer_label(standing.level)
        return ChangeTold(
            criterion=change.key,
            area=int(change.key.partition(".")[0]),
            title=self._title(change.key),
            now=now,
            to=self.rubric.answer_label(change.to),
            place=response.place,
            evidence_cell=response.evidence_cell,
            evidence_only=change.evidence_only,
            needs_evidence=change.needs_evidence,
            how="",
        )

    def _change_of_area(self, change: Change) -> ChangeTold:
        number = int(change.key)
        rating = next(area.rating for area in self.record.assessment.areas if area.area == number)
        how = rating.lift if rating.next_level is change.to or rating.state is State.NOT_RATED else ""
        now, to = self._label(rating), self.rubric.label(change.to)
        return ChangeTold("", number, self._names.get(number, ""), now, to, None, "", False, False, how)

    def _own_view(self, area: int, rating: Rating) -> OtherView | None:
        view = next((view for view in self.record.submission.views if view.area == area), None)
        return OtherView(self.rubric.label(view.level), _beside(view.level, rating), view.place, "", "") if view else None

    def _moderated(self, area: int, rating: Rating) -> OtherView | None:
        seen = next((one for one in self.record.assessment.moderated if one.area == area), None)
        if seen is None:
            return None
        return OtherView(self.rubric.label(seen.level), _beside(seen.level, rating), None, seen.by, written_date(seen.on))


def tell_shortfall(rating: Rating, area: int, levels: Mapping[str, Level], rubric: Rubric) -> str:
    """What keeps a rating from its next level, as far as its reason does not say so already; `area` is 0 for the overall, and
    `levels` are those of its criteria or areas. Nothing where blanks keep it open, or a statutory gap alone is in the way."""
    rules = rubric.frame.rules
    among: tuple[LevelRule, ...] = rules.area if area else rules.overall.levels
    rule = next((rule for rule in among if rule.level is rating.next_level), None)
    if rule is None or rating.state is not State.RATED or (rating.without_gates or Level.NOT_YET) >= rule.level:
        return ""
    words = Wording(rubric, "criterion", "criteria") if area else Wording(rubric, "area", "areas")
    sentences = words.shortfall(levels, rule, rating.blanks)
    return " ".join(sentence for sentence in sentences if sentence.partition(";")[0] not in rating.reason)


def list_deciding(rating: Rating) -> tuple[str, ...]:
    """What decided a rating: the blanks where they keep it open, the gaps where they hold it, otherwise what met its rule."""
    if rating.state is State.NOT_RATED:
        return rating.blanks
    return rating.gates if rating.without_gates is not None else rating.decided_by


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _beside(level: Level, rating: Rating) -> str:
    """How another's level stands beside the rating."""
    if rating.level is None:
        return ""
    if level is rating.level:
        return "the same as this rating"
    return f"{'higher' if level > rating.level else 'lower'} than this rating"
