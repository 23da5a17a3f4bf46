"""The contract with those who write templates: which templates there are, and the names that each may use.

The fields of a context are the names, letter for letter; a list of things is a tuple of one kind of context.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from pipeline.model.district import District
from pipeline.model.district_names import DISTRICT_NAMES
from pipeline.model.meaning import Meaning
from pipeline.model.note import Note
from pipeline.model.note_names import NOTE_NAMES
from pipeline.model.plan import Plan
from pipeline.model.plan_names import PLAN_NAMES
from pipeline.model.report import Report
from pipeline.model.report_names import REPORT_NAMES
from pipeline.model.strategy import Strategy
from pipeline.model.strategy_names import STRATEGY_NAMES
from pipeline.model.toolkit import Toolkit
from pipeline.model.toolkit_names import TOOLKIT_NAMES


@dataclass(frozen=True)
class Contract:
    """One kind of template: its file in `templates/`, what it makes, the context that fills it, and what the names mean."""

    file: str
    title: str
    context: type[Any]
    names: Mapping[str, Meaning]

    def meaning(self, owner: type[Any], name: str) -> Meaning:
        """What a field of a context stands for."""
        return self.names[f"{owner.__name__}.{name}"]


PLAN = Contract(
    "action_plan.docx", "The action plan, one for each school, and every extract in templates/extracts", Plan, PLAN_NAMES
)
NOTE = Contract("return_note.docx", "The note that goes back with a return that needs mending", Note, NOTE_NAMES)
REPORT = Contract("report.docx", "The board's paper on a cycle", Report, REPORT_NAMES)
DISTRICT = Contract("district.docx", "The paper for the heads of a district, trust or community", District, DISTRICT_NAMES)
TOOLKIT = Contract("toolkit.docx", "The toolkit document, which introduces everything", Toolkit, TOOLKIT_NAMES)
STRATEGY = Contract(
    "inclusion_strategy.docx", "The draft inclusion strategy, one for each mainstream school", Strategy, STRATEGY_NAMES
)
FILLED_BY_A_RUN = (PLAN, NOTE, REPORT, DISTRICT)
CONTRACTS = (*FILLED_BY_A_RUN, TOOLKIT, STRATEGY)  # every template of the project: checked and described from here


def names_of(context: Any) -> Mapping[str, Any]:
    """Field → its type, in the order of the fields; empty for what is no context."""
    return _read_names(context) if isinstance(context, type) and is_dataclass(context) else {}


@cache
def _read_names(context: Any) -> Mapping[str, Any]:
    hints = get_type_hints(context)
    return {field.name: hints[field.name] for field in fields(context)}


def each_of(kind: Any) -> Any:
    """What one of a list is; None for what is no list."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None
