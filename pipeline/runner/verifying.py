"""`verify`: what made a plan, and whether and where it has been edited since."""

from collections.abc import Iterator

from pipeline.model.finding import Finding, Place, find
from pipeline.model.record import Record
from pipeline.model.returned_plan import ReturnedPlan
from pipeline.model.verification import Condition, Edit, Source, Stated, Verification
from pipeline.readers.plan_package import open_plan
from pipeline.readers.record import load_record
from pipeline.readers.returned_plan import read_returned_plan
from pipeline.rules.plan_edits import count_remarks, find_edits
from pipeline.rules.planning import written_date
from pipeline.rules.shown_text import digest_shown, read_shown
from pipeline.rules.verifying import disagrees, read_stated
from pipeline.runner.basis import digest_of
from pipeline.runner.folders import Folders, outer
from pipeline.runner.workspace import Workspace
from pipeline.writers.issued import Issued

_BODY = "word/document.xml"


def verify_plan(content: bytes, name: str, workspace: Workspace) -> tuple[Verification | None, tuple[Finding, ...]]:
    """Everything that can be said of a plan. Findings: PL521, PL522 and PL527 (the file), VF101-VF104."""
    plan, findings = read_returned_plan(content, name)
    if plan is None:
        return None, findings
    stated = read_stated(plan)
    doubt = _doubt(stated, workspace)
    if stated is None or doubt:
        return None, (*findings, find("VF101", Place(name), doubt or "it names no school and cycle", remedy=_ASK_COPY))
    folders = Folders(workspace.root, stated.cycle)
    label = f"outputs/{stated.cycle}/records/{stated.urn}.json"
    record, record_findings = load_record(folders.records / f"{stated.urn}.json", label)
    more = [*findings, *record_findings]
    if record is None and not record_findings:
        more.append(find("VF102", Place(label), "no such file", urn=stated.urn))
    sent = _read_sent(folders, record)
    if stated.is_shown and sent is not None and sent.properties:
        more.append(find("VF103", Place(name), "no properties of ours"))
    if disagrees(stated, plan):
        more.append(find("VF104", Place(name), "two references"))
    return _Verifier(content, plan, stated, record, sent, workspace).verify(), tuple(more)


_ASK_COPY = "without one, it was made elsewhere, or too much of it has been replaced."


def _doubt(stated: Stated | None, workspace: Workspace) -> str:
    """Why a plan is none of this project. What it says is data: only a cycle of the settings' is ever looked for on disk."""
    if stated is None:
        return ""
    if stated.cycle not in workspace.configuration.settings.cycles:
        return "its cycle is none of the settings'"
    return "" if stated.urn in workspace.register else "its school is none of the register's"


def _read_sent(folders: Folders, record: Record | None) -> ReturnedPlan | None:
    """The plan as it was sent, where it is still on the shelf as it was made."""
    path = folders.plans / record.made_by.plan if record else None
    if path is None or record is None or digest_of(path) != record.made_by.plan_digest:
        return None
    return read_returned_plan(path.read_bytes(), path.name)[0]


class _Verifier:
    """One plan beside what is kept of it; `sent` is the plan as it was sent, where it is still here."""

    def __init__(
        self,
        content: bytes,
        plan: ReturnedPlan,
        stated: Stated,
        record: Record | None,
        sent: ReturnedPlan | None,
        workspace: Workspace,
    ) -> None:
        self._content, self._plan, self._stated, self._record, self._sent = content, plan, stated, record, sent
        self._folders, self._workspace = Folders(workspace.root, stated.cycle), workspace

    def verify(self) -> Verification:
        """What is said of it."""
        stated, workspace = self._stated, self._workspace
        condition, edits = self._judge()
        return Verification(
            file=self._plan.file,
            school=f"{workspace.register[stated.urn].name} ({stated.urn})",
            cycle=workspace.configuration.cycle(stated.cycle).label,
            stated=stated,
            made=self._tell_made(),
            sources=tuple(self._list_sources()),
            condition=condition,
            edits=edits,
            remarks={} if condition is Condition.AS_MADE else count_remarks(self._plan),
            is_surely_edited=bool(stated.content) and self._shown() != stated.content,
        )

    def _judge(self) -> tuple[Condition, tuple[Edit, ...]]:
        """The plan's own digest says whether its text was edited; the plan that was sent says where, unless it is another."""
        stated, sent = self._stated, self._sent
        if self._is_as_made():
            return Condition.AS_MADE, ()
        if stated.content and self._shown() == stated.content:
            return Condition.SAVED_AGAIN, ()
        if sent is None:
            return Condition.NOT_KEPT, ()
        kept = read_stated(sent)
        if kept and kept.plan_id and stated.plan_id and kept.plan_id != stated.plan_id:
            return Condition.OTHER, ()
        edits = find_edits(sent, self._plan)
        is_same = not edits and count_remarks(self._plan) == count_remarks(sent)
        return (Condition.SAVED_AGAIN if is_same else Condition.EDITED), edits

    def _is_as_made(self) -> bool:
        """Whether it is the plan of the record, or one that an earlier run wrote."""
        is_kept = self._record is not None and self._plan.digest == self._record.made_by.plan_digest
        return is_kept or self._plan.digest in Issued(self._folders.outputs / ".issued")

    def _shown(self) -> str:
        parts, _ = open_plan(self._content, self._plan.file)
        return digest_shown(read_shown((parts or {}).get(_BODY, b"").decode("utf-8", "replace")))

    def _tell_made(self) -> str:
        if self._record is None:
            return "Of what made it, only what it says itself is known:"
        made_by = self._record.made_by
        return f"Made on {written_date(made_by.made_on)} by version {made_by.version} of the toolkit, from:"

    def _list_sources(self) -> Iterator[Source]:
        stated, record, configuration = self._stated, self._record, self._workspace.configuration
        if record is None:
            yield Source("rubric", stated.rubric or "not said", "")
        else:
            made_by, file = record.made_by, record.submission.file
            found = digest_of(self._folders.returns / outer(file))
            own = configuration.under(made_by.rubric)
            yield Source("return", f"inputs/{stated.cycle}/returns/{file}", _compare(found, made_by.return_digest))
            kept = own.rubric_digest if own.rubric.edition == made_by.rubric else ""
            yield Source("rubric", made_by.rubric, _compare(kept, made_by.rubric_digest))
            template = self._workspace.template_digest
            yield Source("template", "templates/action_plan.docx", _compare(template, made_by.template_digest))
        if stated.plan_id:
            yield Source("plan id", stated.plan_id, "")


def _compare(now: str, then: str) -> str:
    """Whether something is today as it was; both are digests, empty where it is not there or was not noted."""
    if not then:
        return "of which nothing was noted then"
    if not now:
        return "which is not there any more"
    return "as it is today" if now == then else "which has changed since"
