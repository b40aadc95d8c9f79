"""Reading a talk that is signed, replaced or voided: locked, with what both saw and agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from at_tui.filled_form import FilledForm
from at_tui.kind_words import content_of_kind, of_kind
from at_tui.language import say, text
from at_tui.talks.basis import from_json
from at_tui.talks.guides import guide_of
from at_tui.talks.records import ORIGIN, newer_of, replacement_of, void_talk
from schema.fault import Fault
from schema.words import LockStatus, Meaning
from screens.assessment_reading import reading
from screens.dates import clock, full, short
from screens.talks.words import basis_lines
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.reason import Reason
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.talk_guide import TalkGuide
    from schema.tables import Signature, Talk

_CHECKED = ("confirm", "correct", "void", "other")
_STATUS = {
    LockStatus.DRAFT: Status.DRAFT,
    LockStatus.SIGNED: Status.SIGNED,
    LockStatus.CORRECTED: Status.CORRECTED,
    LockStatus.VOIDED: Status.VOIDED,
}


class TalkView(Page[str]):
    """One talk, as it was signed.

    Args:
        training_id: Whose it is.
        talk_id: Which talk.
    """

    AREA = "talks_view"
    DEFAULT_CSS = """
    TalkView VerticalScroll { padding: 0 1; }
    TalkView Static { height: auto; }
    TalkView #standing { margin-bottom: 1; padding-left: 1; border-left: outer $line; }
    TalkView.-wide VerticalScroll { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("b", "confirm", "talks_view.confirm"),
        bind("r", "correct", "talks_view.correct"),
        bind("v", "void", "talks_view.void"),
        bind("p", "print", "talks_view.print"),
        bind("g", "other", "talks_view.other"),
    ]

    def __init__(self, training_id: str, talk_id: str) -> None:
        super().__init__()
        self._training_id, self._talk_id = training_id, talk_id
        self._folder: Folder | None = None

    def body(self) -> ComposeResult:
        """Lay out how it stands, what was said and agreed, and what the records said."""
        with VerticalScroll():
            yield Static(id="standing", markup=False)
            yield Static(id="talk", markup=False)

    def on_mount(self) -> None:
        """Read the talk."""
        self.query_one(VerticalScroll).focus()
        self._read()

    def on_resize(self) -> None:
        """Fold the lines anew."""
        if self._folder is not None:
            self._show()

    def record_of_focus(self) -> str:
        """Return the talk's id."""
        return self._talk_id

    def _read(self) -> None:
        from data import find  # with the store open, SQLModel is imported already

        with self.store.read() as work:
            self._folder = find.folder(work, self._training_id)
        self._show()

    @property
    def folder(self) -> Folder:
        """The training's records."""
        assert self._folder is not None  # noqa: S101 - read when the page is mounted
        return self._folder

    @property
    def record(self) -> Talk:
        """The talk; raises Fault `store.no_record`."""
        for talk in self.folder.talks:
            if talk.id == self._talk_id:
                return talk
        raise Fault("store.no_record", exit_code=1)

    @property
    def _guide(self) -> TalkGuide | None:
        guide = guide_of(str(self.record.kind), self.record.guide_version)
        return content_of_kind(guide, self.folder.training.kind) if guide else None

    @property
    def _revised(self) -> bool:
        guide = self._guide
        return guide is not None and guide.revised

    # What it shows

    def _show(self) -> None:
        record, width = self.record, self.app.size.width - 6
        kind = text(f"word.talk.{record.kind}")
        state = _STATUS[LockStatus(record.status)]
        words = text("talks_view.revised") if self._revised and state is Status.CORRECTED else ""
        day = full(record.held_on) if record.held_on else ""
        right = Content.assemble(status(state, words), f"  {day}")
        title = f"{kind[:1].upper()}{kind[1:]} · {self.folder.trainee.name}"
        self.set_title(title, right)
        standing = Content("\n").join(list(self._standing(record)))
        self.query_one("#standing", Static).update(standing)
        self.query_one("#talk", Static).update(Content("\n").join(list(self._lines(record, width))))
        self.refresh_bindings()

    def _standing(self, record: Talk) -> Iterator[Content]:
        signatures = self.folder.signatures_of(record.id)
        for signature in signatures:
            yield self._signature(signature)
        if not signatures and record.with_id:
            yield safe(text("talks_view.with", name=self.folder.name_of(record.with_id)))
        if self._waits(record):
            yield status(
                Status.DRAFT, of_kind(text("assessment.not_confirmed"), self.folder.training.kind)
            )
        if record.void_reason:
            yield safe(text("assessment.voided", reason=record.void_reason), "$warning")
        older = next((t for t in self.folder.talks if t.id == record.corrects_id), None)
        revised = "revises" if self._revised else "corrects"
        if older is not None:
            when = short(older.held_on or self.today, self.today)
            reason = record.correction_reason
            yield safe(text(f"talks_view.{revised}", when=when, reason=reason))
        newer = newer_of(record, self.folder.talks)
        if newer is not None and newer.status != LockStatus.DRAFT:
            when = short(newer.held_on or self.today, self.today)
            reason = newer.correction_reason
            yield safe(text(f"talks_view.{revised}_by", when=when, reason=reason), "$warning")

    def _signature(self, signature: Signature) -> Content:
        at = signature.at.astimezone()
        who = ", ".join(filter(None, (signature.signer_name, signature.signer_title)))
        meaning = text(f"talks_view.meaning.{signature.meaning}")
        when = f"{short(at.date(), self.today)} {clock(signature.at)}"
        return Content.assemble(
            ("● ", "$success"), safe(who, "bold"), "  ", safe(f"{meaning} {when}", "$text-muted")
        )

    def _waits(self, record: Talk) -> bool:
        meanings = {s.meaning for s in self.folder.signatures_of(record.id)}
        return record.status == LockStatus.SIGNED and Meaning.TAKES_PART not in meanings

    def _lines(self, record: Talk, width: int) -> Iterator[Content]:
        guide = self._guide
        if guide is not None and record.answers:
            form = FilledForm(
                training_id=record.training_id, instrument_id=guide.id,
                instrument_version=guide.version, day=record.held_on or self.today,
                answers=dict(record.answers),
            )  # fmt: skip
            yield from reading(
                guide, form, of_kind(text("talks_view.together"), self.folder.training.kind), width
            )
        if record.note:
            yield safe(text("talks_view.note"), "bold")
            yield safe(record.note)
        yield Content("")
        yield from self._agreed(record)
        basis = from_json(record.basis)
        if basis is not None:
            yield Content("")
            yield safe(text("talks_view.basis"), "bold $accent")
            yield from basis_lines(basis, width)

    def _agreed(self, record: Talk) -> Iterator[Content]:
        yield safe(text("talks.agreed"), "bold $accent")
        some = [a for a in self.folder.agreements
                if a.origin_kind == ORIGIN and a.origin_id == record.id]  # fmt: skip
        for one in some:
            sign = "☑" if one.done_on else "☒" if one.dropped_on else "☐"
            owner = self.folder.name_of(one.owner_id) or of_kind(
                text(f"word.owner.{one.owner}"), self.folder.training.kind
            )
            due = text("talks.basis.due", day=short(one.due, self.today)) if one.due else ""
            tail = ", ".join(filter(None, (owner, due)))
            yield Content.assemble(f"{sign} ", safe(one.text), "  ", safe(tail, "$text-muted"))
        if not some:
            yield safe(text("talks_view.nothing_agreed"), "$text-muted")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the talk as it stands."""
        if self._folder is None or action not in _CHECKED:
            return True
        record = self.record
        signed = record.status == LockStatus.SIGNED
        return {
            "confirm": self._waits(record),
            "correct": signed,
            "void": signed,
            "other": self._other() is not None,
        }[action]

    def action_confirm(self) -> None:
        """Let the trainee confirm."""
        self.run_worker(self._confirm(), exclusive=True, group="sign")

    async def _confirm(self) -> None:
        from screens.talks.sign import confirm_now

        kind = text(f"word.talk.{self.record.kind}")
        if await confirm_now(self, self.folder, self._talk_id, kind):
            self.desk.save_toast(text("talks.signed_toast"))
            self._read()

    def action_correct(self) -> None:
        """Begin a new version: a rättelse, or a revision of a plan."""
        part = "revise" if self._revised else "correct"
        title, more = text(f"talks_view.{part}_title"), text(f"talks_view.{part}_more")
        self.app.push_screen(Reason(title, more), self._begin)

    def _begin(self, reason: str | None) -> None:
        if not reason:
            return
        from screens.talks.page import TalkPage

        try:
            form = replacement_of(
                self.folder, self.record, reason, on=self.today, revised=self._revised
            )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.app.push_screen(TalkPage(self.folder, form), self._replaced)

    def _replaced(self, talk_id: str | None) -> None:
        self._talk_id = talk_id or self._talk_id
        self._read()

    def action_void(self) -> None:
        """Void the talk, with a reason."""
        title = text("talks_view.void_title", kind=text(f"word.talk.{self.record.kind}"))
        self.app.push_screen(Reason(title, text("talks_view.void_more")), self._void)

    def _void(self, reason: str | None) -> None:
        if not reason:
            return
        try:
            with self.store.work(self.author) as work:
                void_talk(work, self._talk_id, reason, on=self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("talks_view.voided_toast"))
        self._read()

    def _other(self) -> Talk | None:
        """Return the version that replaces this one, else the one it replaces."""
        newer = newer_of(self.record, self.folder.talks)
        older = (t for t in self.folder.talks if t.id == self.record.corrects_id)
        return newer or next(older, None)

    def action_other(self) -> None:
        """Show the other version."""
        other = self._other()
        if other is not None:
            self._talk_id = other.id
            self._show()

    def action_print(self) -> None:
        """Write the talk as a PDF."""
        self.run_worker(self._print, thread=True, group="print", exclusive=True)

    def _print(self) -> None:
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.gather_talk import talk_of
        from at_tui.documents.talk import talk_pdf
        from at_tui.printing import file_name, write_document

        folder, record = self.folder, self.record
        try:
            page = talk_of(folder, record, self._guide, on=self.today)
            day = (record.held_on or self.today).isoformat()
            name = file_name(page.title, folder.trainee.name, day)
            path = write_document(settings.documents_folder(), name, talk_pdf(page))
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self.desk.say, text("trainee.printed", path=path))
