"""What the actions of one returned plan say of status and day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.model.carried import ReturnedAction, Status
from pipeline.model.finding import Finding, Place, find
from pipeline.model.plan_words import PlanWords
from pipeline.rules.plan_entry import Entry, read_day, read_status


class Entries:
    """Statuses and days as read, each once: most actions say one of a few things."""

    def __init__(self, words: PlanWords, sent_on: date | None) -> None:
        self._words, self._sent_on = words, sent_on
        self._statuses: dict[str, Status | None] = {"": Status.NOT_STARTED}
        self._days: dict[str, Entry] = {}

    def status(self, typed: str) -> Status | None:
        """What `read_status` says."""
        said = typed.strip()
        if said not in self._statuses:
            self._statuses[said] = read_status(said, self._words)
        return self._statuses[said]

    def day(self, typed: str) -> Entry:
        """What `read_day` says."""
        if typed not in self._days:
            self._days[typed] = read_day(typed, self._sent_on, self._words)
        return self._days[typed]

    def read(self, action: ReturnedAction) -> ReturnedAction:
        """An action with its status and day as they now stand."""
        status, due = self.status(action.progress), self.day(action.by_when).day
        return action if (status, due) == (action.status, action.due) else replace(action, status=status, due=due)

    def check(self, action: ReturnedAction, place: Place) -> Iterator[Finding]:
        """Findings: PL538, PL539."""
        if action.status is None:
            yield find("PL539", place, "not one of the words known", ref=action.ref)
        if not self.day(action.by_when).is_read:
            yield find("PL538", place, "not a date", ref=action.ref)
