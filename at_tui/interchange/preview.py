"""Read a file, say what it would add and what is wrong with it, and then add it: all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from at_tui.interchange import rows as start_rows
from at_tui.interchange import table
from at_tui.interchange.problem import RowProblem
from at_tui.interchange.rows import GUESSED, Reading, Sheet
from data import sealed
from data.backup import Why
from schema.fault import Fault

# SQLModel takes 0.6 to 1.2 s to import: what needs it is imported when a file is planned.
if TYPE_CHECKING:
    from at_tui.interchange.everything import Bundle
    from at_tui.interchange.plan import EducationRow, Plan, PreviewRow
    from data.store import Store
    from data.work import Work

Unseal = Callable[[bytes], bytes]
"""Opens a sealed file's content, or raises a Fault."""
START_GROUP = "start_group"
EDUCATION = "education"
INTERCHANGE = "interchange"


@dataclass(frozen=True)
class Preview:
    """What a file would add. `ok` means that it can be saved as it is."""

    path: Path
    form: str
    """`start_group`, `education` or `interchange`."""
    rows: tuple[PreviewRow, ...]
    """A start group's rows; of an interchange file, its doctors in training."""
    lessons: tuple[EducationRow, ...]
    """The rows of a list of education."""
    problems: tuple[RowProblem, ...]
    """What stops it, in the order of the rows."""
    notes: tuple[RowProblem, ...]
    """What is worth knowing and stops nothing."""
    added: Mapping[str, int]
    """How many records of each kind would be added (`import.count.<kind>`)."""
    known: Mapping[str, int]
    """How many are there already."""
    source: Sheet | Bundle
    reading: Reading = GUESSED
    """How the user wanted it read."""

    @property
    def ok(self) -> bool:
        """Whether nothing stops it."""
        return not self.problems


@dataclass(frozen=True)
class ImportResult:
    """What was saved. `batch` is the import's id, to undo it by; empty when nothing was added."""

    added: Mapping[str, int]
    known: Mapping[str, int]
    batch: str = ""


def preview(
    path: Path,
    work: Work,
    *,
    on: date,
    reading: Reading = GUESSED,
    unseal: Unseal | None = None,
) -> Preview:
    """Return what the file at `path` would add to the open records. Nothing is changed.

    Args:
        path: CSV, XLSX, or JSON (a start group or what `export` wrote), told by its content.
        on: Today; ten-digit personnummer are read by it.
        reading: What the columns mean, where the guess is wrong.
        unseal: Opens a sealed file.

    Raises:
        Fault: `import.*` (exit code 1, for a missing file 3) when it cannot be read at all;
            `sealed.*` (exit code 3) when it is sealed and cannot be opened.
    """
    source = read_source(path, on=on, reading=reading, unseal=unseal)
    plan = _plan(work, source, on)
    return Preview(
        path=path,
        form=source.columns.name if isinstance(source, Sheet) else INTERCHANGE,
        rows=tuple(plan.rows),
        lessons=tuple(plan.lessons),
        problems=tuple(plan.problems),
        notes=tuple(plan.notes),
        added=plan.added(),
        known=plan.known,
        source=source,
        reading=reading,
    )


def apply(store: Store, preview: Preview, author: str, *, on: date | None = None) -> ImportResult:
    """Save what was previewed, all or nothing, and return what was added.

    The whole import is one unit of work, noted under its file's name so that it can be undone.

    Args:
        on: Today, where the file holds days that must have been; the clock's day when None.

    Raises:
        Fault: `import.faults` when something stops it, `import.changed` when the records have
            changed so that something does now (exit code 1); `store.*`. Nothing is half saved.
    """
    if not preview.ok:
        raise Fault("import.faults", exit_code=1, count=len(preview.problems))
    from data import imports

    store.backup(Why.IMPORT)
    with store.work(author) as work:
        plan = _plan(work, preview.source, on or date.today())  # noqa: DTZ011 - users' own day
        if plan.problems:
            raise Fault("import.changed", exit_code=1)
        begun = imports.begin(work)
        work.add_all(plan.records)
        work.add_all(plan.unrecorded)
        for unit, head_id in plan.heads:
            unit.head_id = head_id
            work.save(unit)
        batch = imports.note(
            work, begun, name=preview.path.name, form=preview.form, author=author,
            added=plan.added(), unrecorded=[one.id for one in plan.unrecorded],
        )  # fmt: skip
        return ImportResult(plan.added(), plan.known, batch)


def _plan(work: Work, source: Sheet | Bundle, on: date) -> Plan:
    if not isinstance(source, Sheet):
        from at_tui.interchange.everything import plan_everything

        return plan_everything(work, source)
    if source.columns.name == EDUCATION:
        from at_tui.interchange.education import plan_education

        return plan_education(work, source, on=on)
    from at_tui.interchange.start_group import plan_start_group

    return plan_start_group(work, source)


def read_source(
    path: Path, *, on: date, reading: Reading = GUESSED, unseal: Unseal | None = None
) -> Sheet | Bundle:
    """Return a file's content, not yet held against the records.

    Raises:
        Fault: `import.*`, `sealed.*`.
    """
    content = _content(path)
    if sealed.is_sealed(content):
        if unseal is None:
            raise Fault("sealed.other", exit_code=3)
        content = unseal(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Fault("import.old_workbook", exit_code=1)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _from_json(content, on=on)
    if len(content) > table.LARGEST:
        raise Fault("import.too_large", exit_code=1)
    from at_tui.interchange.spreadsheet import read_sheet

    return read_sheet(content, on=on, reading=reading)


def _from_json(content: bytes, *, on: date) -> Sheet | Bundle:
    from at_tui.interchange.json_file import read_json

    document: dict[str, Any] = read_json(content)
    found = document.get("format")
    if found == start_rows.FORMAT:
        if document.get("version") != start_rows.VERSION:
            raise Fault(
                "import.newer", exit_code=1,
                found=str(document.get("version"))[:20], known=start_rows.VERSION,
            )  # fmt: skip
        return start_rows.from_json(document, on=on)
    from at_tui.interchange.kinds import FORMAT

    if found != FORMAT:
        raise Fault("import.unknown_format", exit_code=1)
    from at_tui.interchange.everything import bundle_of

    return bundle_of(document)


def _content(path: Path) -> bytes:
    from at_tui.interchange.json_file import LARGEST

    try:
        if not path.is_file():
            missing = not path.exists()
            code = "import.no_file" if missing else "import.not_readable"
            raise Fault(code, exit_code=3, path=str(path))
        if path.stat().st_size > LARGEST:
            raise Fault("import.too_large", exit_code=1)
        content = path.read_bytes()
    except OSError:
        raise Fault("import.not_readable", exit_code=3, path=str(path)) from None
    if not content.strip():
        raise Fault("import.empty", exit_code=1)
    return content
