"""The plan as sent, kept for when it comes back: one JSON file a plan, never changed once written."""

import json

from pipeline.model.sent_plan import SentPlan


def write_sent(sent: SentPlan) -> bytes:
    """A plan as sent, for `load_sent`."""
    told = {**vars(sent), "actions": [vars(action) for action in sent.actions]}
    told.pop("by_ref", None)  # what it has worked out for itself
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
