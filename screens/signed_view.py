"""Reading a record that is signed, replaced or voided: locked, with how it stands above it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from at_tui.correcting import newer_of, older_of
from at_tui.kind_words import of_kind
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import LockStatus, Meaning
from screens.dates import clock, short
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.reason import Reason
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.tables import Assessment, Signature, Talk

Record = TypeVar("Record", "Assessment", "Talk")

STANDING = {
    LockStatus.DRAFT: Status.DRAFT,
    LockStatus.SIGNED: Status.SIGNED,
    LockStatus.CORRECTED: Status.CORRECTED,
    LockStatus.VOIDED: Status.VOIDED,
}
"""The sign of each state of a record that can be signed."""


class SignedView(Page[str], Generic[Record]):
    """One record as it was signed: it can be confirmed, replaced, voided, and printed.

    Subclasses say what the record is called and what stands in it, and bind the keys of the actions
    with words of their own.

    Args:
        training_id: Whose it is.
        record_id: Which record.
    """

    DEFAULT_CSS = """
    SignedView VerticalScroll { padding: 0 1; }
    SignedView Static { height: auto; }
    SignedView #standing { margin-bottom: 1; padding-left: 1; border-left: outer $line; }
    SignedView.-wide VerticalScroll { padding: 0 2; }
    """
    MEANINGS: ClassVar[str] = "word.meaning"
    """Where the catalogue says what each signature means."""
    CONFIRMED: ClassVar[str] = ""
    """What is said when the trainee has confirmed."""
    PRINTED: ClassVar[str] = "trainee.printed"
    """What is said when it lies in a file."""

    def __init__(self, training_id: str, record_id: str) -> None:
        super().__init__()
        self.training_id, self.record_id = training_id, record_id
        self._folder: Folder | None = None

    # What subclasses say

    @property
    @abstractmethod
    def versions(self) -> Sequence[Record]:
        """All of the training's records of the kind."""

    @property
    @abstractmethod
    def named(self) -> str:
        """What such a record is called."""

    @property
    @abstractmethod
    def waits(self) -> bool:
        """Whether it waits for the trainee's confirmation."""

    @abstractmethod
    def heading(self) -> tuple[str, Content]:
        """Return the title, and what stands at its right."""

    @abstractmethod
    def standing(self) -> Iterator[Content]:
        """Yield who signed, what it replaces or is replaced by, and what is missing."""

    @abstractmethod
    def lines(self) -> Sequence[Content]:
        """Return what stands in it."""

    @abstractmethod
    async def confirm(self) -> bool:
        """Let the trainee confirm; return whether that was done."""

    @abstractmethod
    def replacement(self, reason: str) -> Screen[str]:
        """Return the page of a new version; raises Fault when there can be none."""

    @abstractmethod
    def void(self, work: Work, reason: str) -> object:
        """Void it."""

    @abstractmethod
    def write(self) -> Path:
        """Write it as a PDF and return where it lies. Slow: called in a thread."""

    # What it shows

    def body(self) -> ComposeResult:
        """Lay out how it stands, and what stands in it."""
        with VerticalScroll():
            yield Static(id="standing", markup=False)
            yield Static(id="record", markup=False)

    def on_mount(self) -> None:
        """Read the record."""
        self.query_one(VerticalScroll).focus()
        self.reload()

    def on_resize(self) -> None:
        """Fold the lines anew."""
        if self.is_read:
            self.show()

    def record_of_focus(self) -> str:
        """Return the record's id."""
        return self.record_id

    def reload(self) -> None:
        """Read it anew."""
        from data import find  # with the store open, SQLModel is imported already

        with self.store.read() as work:
            self._folder = find.folder(work, self.training_id)
        self.show()

    @property
    def is_read(self) -> bool:
        """Whether there is anything to show."""
        return self._folder is not None

    @property
    def folder(self) -> Folder:
        """The training's records."""
        if self._folder is None:
            raise RuntimeError("the records have not been read")
        return self._folder

    @property
    def record(self) -> Record:
        """The record; raises Fault `store.no_record`."""
        for record in self.versions:
            if record.id == self.record_id:
                return record
        raise Fault("store.no_record", exit_code=1)

    @property
    def signed(self) -> bool:
        """Whether it is signed, and neither replaced nor voided."""
        return self.record.status == LockStatus.SIGNED

    @property
    def unconfirmed(self) -> bool:
        """Whether it is signed, but not by the trainee."""
        meanings = {s.meaning for s in self.folder.signatures_of(self.record_id)}
        return self.signed and Meaning.TAKES_PART not in meanings

    def show(self) -> None:
        """Show it."""
        self.set_title(*self.heading())
        standing = Content("\n").join(list(self.standing()))
        self.query_one("#standing", Static).update(standing)
        self.query_one("#record", Static).update(Content("\n").join(list(self.lines())))
        self.refresh_bindings()

    def signatures(self, unsigned: Content) -> Iterator[Content]:
        """Yield who signed, or `unsigned`; that it waits for a confirmation; why it is voided."""
        found = self.folder.signatures_of(self.record_id)
        for signature in found:
            yield self._signature(signature)
        if not found and unsigned.plain:
            yield unsigned
        if self.waits:
            words = text("assessment.not_confirmed")
            yield status(Status.DRAFT, of_kind(words, self.folder.training.kind))
        if self.record.void_reason:
            yield safe(text("assessment.voided", reason=self.record.void_reason), "$warning")

    def _signature(self, signature: Signature) -> Content:
        at = signature.at.astimezone()
        who = ", ".join(filter(None, (signature.signer_name, signature.signer_title)))
        meaning = text(f"{self.MEANINGS}.{signature.meaning}")
        when = f"{short(at.date(), self.today)} {clock(signature.at)}"
        return Content.assemble(
            ("● ", "$success"), safe(who, "bold"), "  ", safe(f"{meaning} {when}", "$text-muted")
        )

    # Keys

    def action_confirm(self) -> None:
        """Let the trainee confirm now."""
        self.run_worker(self._confirm(), group="sign", exclusive=True)

    async def _confirm(self) -> None:
        if await self.confirm():
            self.desk.save_toast(text(self.CONFIRMED))
        self.reload()

    def replace(self, reason: str | None) -> None:
        """Begin a version that will replace this one, for a reason."""
        if not reason:
            return
        try:
            page = self.replacement(reason)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.app.push_screen(page, self._replaced)

    def _replaced(self, record_id: str | None) -> None:
        """Show the version that was signed."""
        self.record_id = record_id or self.record_id
        self.reload()

    def action_void(self) -> None:
        """Void it, with a reason."""
        title = text(f"{self.AREA}.void_title", title=self.named)
        self.app.push_screen(Reason(title, text(f"{self.AREA}.void_more")), self._void)

    def _void(self, reason: str | None) -> None:
        if not reason:
            return
        try:
            with self.store.work(self.author) as work:
                self.void(work, reason)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text(f"{self.AREA}.voided_toast"))
        self.reload()

    @property
    def other(self) -> Record | None:
        """The version that replaces this one, else the one it replaces."""
        return newer_of(self.record, self.versions) or older_of(self.record, self.versions)

    def action_other(self) -> None:
        """Show the other version."""
        other = self.other
        if other is not None:
            self.record_id = other.id
            self.show()

    def action_print(self) -> None:
        """Write it as a PDF."""
        self.run_worker(self._print, thread=True, group="print", exclusive=True)

    def _print(self) -> None:
        try:
            path = self.write()
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self.desk.say, text(self.PRINTED, path=path))
