"""Arkiv: the trainee's own copy of everything, as a folder that opens without the programme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static
from textual.worker import Worker, get_current_worker

from at_tui import settings
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import CertificateKind, LockStatus
from screens.dates import full
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.status import Status, status

# Table classes and the judge bring SQLModel, 0.6 to 1.2 s: read in the worker.
if TYPE_CHECKING:
    from at_tui.archive.gather import ArchiveParts


class ArchivePage(Page[None]):
    """What will be in the archive, where it is written, and how far it has come.

    Args:
        training_id: Whose.
    """

    AREA = "archive"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ArchivePage VerticalScroll { padding: 1 2; }
    ArchivePage Static { height: auto; }
    ArchivePage #where { height: 1; margin-top: 1; }
    ArchivePage .label { width: 8; color: $text-muted; }
    ArchivePage #problem { color: $error; padding-left: 8; display: none; }
    ArchivePage #write { margin: 1 0 0 8; }
    ArchivePage #working { margin-top: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2,ctrl+s", "write", "archive.write"),
        bind("ctrl+x", "stop", "archive.stop"),
    ]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._parts: ArchiveParts | None = None
        self._writing: Worker[None] | None = None

    def body(self) -> ComposeResult:
        """Lay out what there is, the folder, and the button."""
        with VerticalScroll(can_focus=False):
            yield Static(id="holds", markup=False)
            with Horizontal(id="where"):
                yield Static(text("archive.where"), classes="label", markup=False)
                yield Input(compact=True, id="folder")
            yield Static(id="problem", markup=False)
            yield Button(safe(text("archive.button")), id="write", compact=True)
            yield Static(id="working", markup=False)

    def on_mount(self) -> None:
        """Read the records in a thread."""
        self.set_title("", safe(text("app.opening"), "$text-muted"))
        self.query_one("#write", Button).focus()
        self.run_worker(self._read, thread=True, exclusive=True, group="read", name="archive")

    def _read(self) -> None:
        from at_tui.archive.gather import folder_name, read_parts

        try:
            parts = read_parts(self.store, self._training_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._show, parts, folder_name(parts))

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _show(self, parts: ArchiveParts, name: str) -> None:
        self._parts = parts
        title = text("archive.page_title", name=parts.folder.trainee.name)
        self.set_title(title, full(self.today))
        self.query_one("#holds", Static).update(Content("\n").join(list(_holds(parts))))
        folder = self.query_one("#folder", Input)
        if not folder.value:
            folder.value = str(settings.documents_folder() / name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop only what has begun."""
        busy = self._writing is not None and not self._writing.is_finished
        if action == "stop":
            return busy
        return not busy if action == "write" else True

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_write(self) -> None:
        """Write the archive, in a thread."""
        typed = self.query_one("#folder", Input).value.strip()
        problem = self.query_one("#problem", Static)
        problem.display = not typed
        if self._parts is None or (self._writing and not self._writing.is_finished):
            return
        if not typed:
            problem.update(safe("✗ " + text("archive.no_folder")))
            self.query_one("#folder", Input).focus()
            return
        parts, target = self._parts, Path(typed)
        self._writing = self.run_worker(
            lambda: self._write(parts, target), thread=True, group="write", name="write archive"
        )
        self.refresh_bindings()

    def _write(self, parts: ArchiveParts, target: Path) -> None:
        from at_tui.archive.folder import write_archive
        from at_tui.archive.gather import files_of

        worker = get_current_worker()

        def made(count: int) -> None:
            if worker.is_cancelled:
                raise Fault("archive.cancelled")
            words = text("archive.working", made=count, count=max(count, parts.count))
            self.app.call_from_thread(self._tell, words)

        try:
            files = files_of(parts, made=made)
            path = write_archive(target, files, cancelled=lambda: worker.is_cancelled)
        except Fault as fault:
            self.app.call_from_thread(self._failed, fault)
            return
        words = text("archive.written", folder=path, count=len(files))
        self.app.call_from_thread(self._written, words)

    def _tell(self, words: str) -> None:
        if self.is_mounted:
            self.query_one("#working", Static).update(safe(words))

    def _failed(self, fault: Fault) -> None:
        self._tell("")
        self.refresh_bindings()
        self.desk.say(say(fault), "error")

    def _written(self, words: str) -> None:
        if self.is_mounted:
            told = [safe_note(words, "$success"), safe(text("archive.not_encrypted"))]
            self.query_one("#working", Static).update(Content("\n").join(told))
        self.refresh_bindings()
        self.desk.say(words)

    def action_stop(self) -> None:
        """Stop the writing; nothing half is left."""
        if self._writing is not None:
            self._writing.cancel()


def _holds(parts: ArchiveParts) -> Iterator[Content]:
    """Yield what will be in the archive, and what ought to be known before."""
    folder = parts.folder
    issued = [c for c in folder.certificates if c.status == LockStatus.SIGNED]
    drafts = sum(form.status == LockStatus.DRAFT for form in folder.assessments)
    lines = (
        text("archive.holds_certificates", count=len(issued)),
        text("archive.holds_forms", count=len(folder.assessments) - drafts),
        text("archive.holds_log", count=len(folder.supervisions)),
        text("archive.holds_page"),
        text("archive.holds_data"),
        text("archive.holds_sums"),
    )
    yield safe(text("archive.holds"), "bold $accent")
    for line in lines:
        yield Content.assemble(("  • ", "$accent"), safe(line))
    yield Content("")
    yield safe(text("archive.waiting"), "bold $accent")
    final = any(c.kind == CertificateKind.TRAINING for c in issued)
    state = Status.MET if final else Status.DRAFT
    yield Content.assemble(
        "  ", status(state, text("archive.ready" if final else "archive.no_final"))
    )
    if drafts:
        yield Content.assemble("  ", status(Status.DRAFT, text("archive.drafts", count=drafts)))
    yield Content.assemble("  ", safe(text("archive.not_encrypted"), "$text-muted"))
