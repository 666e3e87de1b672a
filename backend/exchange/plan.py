"""What an import would do: every task that it would make, and every remark. Nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from backend.errors import InvalidError, TooLargeError
from backend.exchange.draft import Context, Draft, Item, Remark, skipped
from backend.exchange.fields import Fitter
from backend.exchange.files import TextFile, open_files
from backend.exchange.formats import FORMATS, UNKNOWN, Format, find_format
from backend.exchange.identity import Identities, Likeness, likeness
from backend.exchange.limits import MOST_TASKS, TOO_MANY
from backend.exchange.readers import own, table
from backend.exchange.tree import Tree, wanted_parents
from backend.tasks.arrivals import Arrival
from backend.tasks.groups.schemas import LabelOut

Tell = Callable[[str, int], None]
NO_TITLE = (
    "No column of the table is known to hold the tasks' titles; nothing was changed. Say which field each column is: "
    "the preview lists them."
)
EXISTS = "was imported before, and is on the list"
ALIKE = "is on the list already: the same title, project, date and state"
TWICE = "came in this file before"


@dataclass(frozen=True, kw_only=True)
class Known:
    """The list as it is: the ids of its tasks, how many look alike, and what each stands under."""

    alike_by_id: dict[str, Likeness]
    parents: dict[str, str | None] = field(default_factory=dict)

    def spare(self, taken: set[str]) -> Counter[Likeness]:
        """How many look alike of those that no task of the file is known to be."""
        return Counter(alike for task_id, alike in self.alike_by_id.items() if task_id not in taken)


@dataclass(kw_only=True)
class Plan:
    """What an import would do. ``places`` tell of each arrival where in the file it stands."""

    format: Format
    arrivals: list[Arrival] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    columns: list[table.Column] = field(default_factory=list)
    labels: list[LabelOut] = field(default_factory=list)
    total: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything would be made."""
        return bool(self.arrivals or self.labels)

    @property
    def duplicates(self) -> int:
        return sum(remark.kind == "duplicate" for remark in self.remarks)

    @property
    def skipped(self) -> int:
        return sum(remark.kind == "skipped" for remark in self.remarks)

    @property
    def doubtful(self) -> int:
        """How many tasks have something doubtful about them."""
        return len({remark.place for remark in self.remarks if remark.kind == "doubtful"})


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What was sent: the bytes, the file's name, and the format where a person named it."""

    content: bytes
    name: str
    format: str | None = None


def make_plan(upload: Upload, context: Context, known: Known, *, user_id: str, tell: Tell) -> Plan:
    """Read the upload against the list as it is known.

    Raises InvalidError (422) for what is no list, TooLargeError (413) beyond the limits. ``tell`` hears how many
    tasks were read so far.
    """
    files, remarks = open_files(upload.content, upload.name)
    plan = Plan(format=find_format(files, upload.format), remarks=remarks)
    chosen = _chosen(plan, files, upload.format)
    drafts = list(_drafts(plan, chosen, context, tell))
    plan.labels = [label for one, file in chosen if one.name == own.LABELLED for label in own.read_labels(file)]
    plan.total = len(drafts)
    _settle(plan, drafts, Fitter(context), Identities(user_id), known)
    return plan


def require_titles(plan: Plan) -> None:
    """Raises InvalidError (422) for a table that nobody has named the title's column of."""
    if plan.columns and all(column.field != "title" for column in plan.columns):
        raise InvalidError(NO_TITLE)


def _chosen(plan: Plan, files: list[TextFile], named: str | None) -> list[tuple[Format, TextFile]]:
    """Each file with its format: an archive may hold several. A file that no format knows is told."""
    chosen: list[tuple[Format, TextFile]] = []
    for file in files:
        one = plan.format if named or len(files) == 1 else next((one for one in FORMATS if one.knows(file)), None)
        if one is None:
            plan.remarks.append(skipped(file.name, "is of no format that is known here, and was left out"))
        else:
            chosen.append((one, file))
    if not chosen:
        raise InvalidError(UNKNOWN)
    return chosen


def _drafts(plan: Plan, chosen: list[tuple[Format, TextFile]], context: Context, tell: Tell) -> Iterator[Draft]:
    number = 0
    for one, file in chosen:
        if one.name == "csv":
            plan.columns = table.columns_of(file, context)
            if all(column.field != "title" for column in plan.columns):
                continue
        prefix = f"{file.name}, " if len(chosen) > 1 else ""
        for item in _items(one, file, context):
            if isinstance(item, Remark):
                plan.remarks.append(Remark(place=prefix + item.place, kind=item.kind, message=item.message))
                continue
            item.place = prefix + item.place
            item.remarks = [Remark(place=item.place, kind=it.kind, message=it.message) for it in item.remarks]
            number += 1
            if number > MOST_TASKS:
                raise TooLargeError(TOO_MANY)
            if number % 200 == 0:
                tell("read", number)
            yield item
    tell("read", number)


def _items(one: Format, file: TextFile, context: Context) -> Iterator[Item]:
    """Raises InvalidError, in place of a reader's ValueError, for a file that is none of its format as a whole."""
    try:
        for item in one.read(file, context):
            yield item
            yield from item.steps if isinstance(item, Draft) else ()
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise InvalidError(
            f"{file.name}: {error}. It could not be read as {one.title}; nothing was changed."
        ) from error


def _settle(plan: Plan, drafts: list[Draft], fitter: Fitter, identities: Identities, known: Known) -> None:
    """Part the tasks that are new from those that the list, or this file, has already."""
    ids = [identities.id_of(draft) for draft in drafts]
    spare = known.spare({task_id for task_id in ids if task_id} | {_own_id(draft) for draft in drafts})
    tree = Tree(parents=dict(known.parents), wanted=wanted_parents(drafts, ids, known.alike_by_id))
    new: dict[str, tuple[Draft, Arrival]] = {}
    for draft, task_id in zip(drafts, ids, strict=True):
        reason = TWICE if task_id is None else EXISTS if {task_id, _own_id(draft)} & known.alike_by_id.keys() else None
        if reason is None and task_id:
            made = fitter.fit(draft, task_id=task_id)
            if isinstance(made, Remark):
                plan.remarks.append(made)
                continue
            alike = likeness(made.title, made.project, made.due, done=made.done, under=_name_above(draft))
            if not spare[alike]:
                new[task_id] = draft, made
                continue
            spare[alike] -= 1
            reason = ALIKE
        plan.remarks.append(Remark(place=draft.place, kind="duplicate", message=f"“{draft.title[:80]}” {reason}"))
    _bring_in(plan, tree, new)


def _bring_in(plan: Plan, tree: Tree, new: dict[str, tuple[Draft, Arrival]]) -> None:
    """Each new task under what it is part of, as far as that is on the list or comes with it."""
    drafts = {task_id: draft for task_id, (draft, _) in new.items()}
    for task_id, (draft, made) in new.items():
        tree.settle(task_id, drafts)
        plan.arrivals.append(replace(made, parent_id=tree.parents[task_id]))
        plan.places.append(draft.place)
        plan.remarks += draft.remarks


def _name_above(draft: Draft) -> str:
    if isinstance(draft.parent, Draft):
        return draft.parent.title
    return draft.part_of if draft.parent else ""


def _own_id(draft: Draft) -> str:
    """The id that this program's own export gives the task."""
    return draft.key.removeprefix("uid:") if draft.key else ""
