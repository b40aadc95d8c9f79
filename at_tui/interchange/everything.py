"""Plan what an interchange file would add: every kind of record, by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from at_tui.interchange.kinds import LISTS, VERSION, as_kept, fields_of, references_of
from at_tui.interchange.plan import Plan, PreviewRow, State
from at_tui.interchange.problem import RowProblem
from at_tui.language import has, text
from data import door
from schema.fault import Fault
from schema.identity import is_id
from schema.tables import Record
from schema.text import clean

if TYPE_CHECKING:
    from data.work import Work

MOST_TOLD = 200
"""Faults told at once; a file with more has one cause."""


@dataclass
class Bundle:
    """An interchange file as it was read: lists of objects, not yet checked."""

    lists: dict[str, list[Any]]
    problems: list[RowProblem] = field(default_factory=list)


def bundle_of(document: dict[str, Any]) -> Bundle:
    """Return the lists of an interchange document.

    Raises:
        Fault: `import.newer` (exit code 1).
    """
    if document.get("version") != VERSION:
        found = clean(str(document.get("version"))[:20], one_line=True)
        raise Fault("import.newer", exit_code=1, found=found, known=VERSION)
    bundle = Bundle({})
    for name, value in document.items():
        if name in ("format", "version"):
            continue
        shown = clean(name, one_line=True)[:60]
        if name not in LISTS:
            bundle.problems.append(RowProblem(0, "", "import.unknown_list", {"name": shown}))
        elif not isinstance(value, list):
            bundle.problems.append(RowProblem(0, "", "import.not_a_list", {"name": shown}))
        else:
            bundle.lists[name] = value
    return bundle


def plan_everything(work: Work, bundle: Bundle) -> Plan:
    """Return what the file would add; what is there already with the same content is known."""
    plan = Plan(problems=[*bundle.problems])
    ids = _Ids(work)
    read: list[tuple[str, int, Any]] = []
    for name, kind in LISTS.items():
        for number, values in enumerate(bundle.lists.get(name, []), start=1):
            if len(plan.problems) >= MOST_TOLD:
                return plan
            record = _record(plan, name, kind, number, values)
            if record is None:
                continue
            if ids.seen(record.id, name):
                plan.problems.append(RowProblem(number, "id", "import.id_twice", part=name))
                continue
            read.append((name, number, record))
    for name, number, record in read:
        _compare(plan, work, ids, name, number, record)
        if len(plan.problems) >= MOST_TOLD:
            return plan
    return plan


class _Ids:
    """Which ids there are, in the file and in the open records."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.in_file: dict[str, str] = {}

    def seen(self, id: str, name: str) -> bool:
        """Note an id of the file; return whether it stood there before."""
        if id in self.in_file:
            return True
        self.in_file[id] = name
        return False

    def there(self, id: str, name: str) -> bool:
        """Return whether list `name` has the id, in the file or in the open records."""
        return self.in_file.get(id) == name or self.work.get(LISTS[name], id) is not None


def _record(plan: Plan, name: str, kind: type[Any], number: int, values: object) -> Any:
    """Return one checked record, or None with its faults told."""
    if not isinstance(values, dict):
        plan.problems.append(RowProblem(number, "", "import.not_an_object", part=name))
        return None
    wrong = [
        RowProblem(number, clean(key, one_line=True)[:60], "import.unknown_field", part=name)
        for key in values
        if key not in fields_of(kind)
    ]
    if not is_id(str(values.get("id", ""))):
        wrong.append(RowProblem(number, "id", "import.wrong_id", part=name))
    record, faults = _validated(kind, values)
    for field_name, code, about in faults:
        if field_name != "id":
            heading = f"field.{field_name}"
            column = text(heading) if has(heading) else field_name
            wrong.append(RowProblem(number, column, code, about, part=name))
    plan.problems += wrong
    return None if wrong else record


def _validated(
    kind: type[Any], values: dict[str, Any]
) -> tuple[Any, list[tuple[str, str, dict[str, object]]]]:
    from pydantic import ValidationError

    known = {key: value for key, value in values.items() if key in fields_of(kind)}
    try:
        return kind.model_validate(known), []
    except ValidationError as error:
        return None, door.problems_of(error)


def _compare(plan: Plan, work: Work, ids: _Ids, name: str, number: int, record: Any) -> None:
    kind = type(record)
    mine = work.get(kind, record.id)
    if mine is not None:
        plan.known[kind.__name__] += 1
        same = as_kept(mine) == as_kept(record)
        if not same:
            plan.notes.append(RowProblem(number, "", "import.differs", part=name))
        _show(plan, number, record, State.KNOWN)
        return
    for field_name, target in references_of(kind).items():
        pointed = getattr(record, field_name)
        if pointed is not None and not ids.there(pointed, target):
            about = {"name": target, "id": str(pointed)[:36]}
            plan.problems.append(
                RowProblem(number, field_name, "import.reference", about, part=name)
            )
    if isinstance(record, Record):
        plan.records.append(record)
    else:
        plan.unrecorded.append(record)
    _show(plan, number, record, State.NEW)


def _show(plan: Plan, number: int, record: Any, state: State) -> None:
    """Show the people of the file; its other records are told by their number only."""
    if type(record).__name__ == "Trainee":
        plan.rows.append(PreviewRow(number, record.name, "", "", "", None, None, 100, state))
