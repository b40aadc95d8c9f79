"""Reading a form that is signed, corrected or voided: locked, with who signed it and when."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from at_tui import content_in_use
from at_tui.around import around_of
from at_tui.completeness import not_complete
from at_tui.correcting import correction_of, newer_of, older_of, void
from at_tui.filled_form import form_of
from at_tui.goal_map import GoalLine, goal_map, mark_goals
from at_tui.kind_words import content_of_kind, of_kind
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import LockStatus, Meaning
from screens.assessment_reading import goal_reading, raw_reading, reading
from screens.dates import clock, full, short
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.reason import Reason
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.tables import Assessment, Signature

_CHECKED = ("confirm", "correct", "void", "other", "print", "mark")
"""Keys that depend on how the form stands."""

_STATUS = {
    LockStatus.DRAFT: Status.DRAFT,
    LockStatus.SIGNED: Status.SIGNED,
    LockStatus.CORRECTED: Status.CORRECTED,
    LockStatus.VOIDED: Status.VOIDED,
}


class AssessmentView(Page[str]):
    """One form, as it was signed.

    Args:
        training_id: Whose it is.
        assessment_id: Which form.
    """

    AREA = "assessment_view"
    DEFAULT_CSS = """
    AssessmentView VerticalScroll { padding: 0 1; }
    AssessmentView Static { height: auto; }
    AssessmentView #standing { margin-bottom: 1; padding-left: 1; border-left: outer $line; }
    AssessmentView.-wide VerticalScroll { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("b", "confirm", "assessment_view.confirm"),
        bind("r", "correct", "assessment_view.correct"),
        bind("v", "void", "assessment_view.void"),
        bind("p", "print", "assessment_view.print"),
        bind("m", "mark", "assessment_view.mark"),
        bind("g", "other", "assessment_view.other"),
    ]

    def __init__(self, training_id: str, assessment_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._form_id = assessment_id
        self._folder: Folder | None = None

    def body(self) -> ComposeResult:
        """Lay out how it stands, and the form."""
        with VerticalScroll():
            yield Static(id="standing", markup=False)
            yield Static(id="form", markup=False)

    def on_mount(self) -> None:
        """Read the form."""
        self.query_one(VerticalScroll).focus()
        self._read()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        if self._folder is not None:
            self._show()

    def record_of_focus(self) -> str:
        """Return the form's id."""
        return self._form_id

    # What is read

    def _read(self) -> None:
        from data import find  # with the store open, SQLModel is imported already

        with self.store.read() as work:
            self._folder = find.folder(work, self._training_id)
        self._show()

    @property
    def folder(self) -> Folder:
        """The training's records."""
        if self._folder is None:
            self._read()
        assert self._folder is not None  # noqa: S101 - read just now
        return self._folder

    @property
    def record(self) -> Assessment:
        """The form; raises Fault `store.no_record`."""
        for form in self.folder.assessments:
            if form.id == self._form_id:
                return form
        raise Fault("store.no_record", exit_code=1)

    @property
    def instrument(self) -> Instrument | None:
        """What was asked, in the very version; None when it is not known here."""
        from data import content

        try:
            return content_of_kind(
                content.instrument(self.record.instrument_id, self.record.instrument_version),
                self.folder.training.kind,
            )
        except Fault:
            return None

    # What it shows

    def _show(self) -> None:
        record, instrument = self.record, self.instrument
        name = self.folder.trainee.name
        title = instrument.short_title if instrument else record.instrument_id
        words = _STATUS[LockStatus(record.status)]
        right = Content.assemble(status(words), f"  {full(record.day)}")
        self.set_title(f"{title[:1].upper()}{title[1:]} · {name}", right)
        lines = list(self._standing(record, instrument))
        self.query_one("#standing", Static).update(Content("\n").join(lines))
        form = form_of(record)
        if instrument is None:
            found = raw_reading(form)
        else:
            doctor = text(f"word.doctor.{self.folder.training.kind}") + "n"
            found = reading(instrument, form, doctor, self.app.size.width - 4)
        found += goal_reading(form.goals, self._curriculum)
        self.query_one("#form", Static).update(Content("\n").join(found))
        self.refresh_bindings()

    def _standing(self, record: Assessment, instrument: Instrument | None) -> Iterator[Content]:
        """Yield who signed, what it corrects or is replaced by, and what is missing."""
        if instrument is None:
            version = record.instrument_version
            yield safe(
                text("assessment.unknown_version", id=record.instrument_id, version=version),
                "$warning",
            )
        assessor = self.folder.name_of(record.assessor_id) or record.assessor_name
        if assessor and not self.folder.signatures_of(record.id):
            yield safe(f"{text('assessment.assessor')}: {assessor}")
        for signature in self.folder.signatures_of(record.id):
            yield self._signature(signature)
        if self._waits_for_confirmation(record, instrument):
            yield status(
                Status.DRAFT, of_kind(text("assessment.not_confirmed"), self.folder.training.kind)
            )
        if record.void_reason:
            yield safe(text("assessment.voided", reason=record.void_reason), "$warning")
        others = self.folder.assessments
        if (older := older_of(record, others)) is not None:
            when, reason = short(older.day, self.today), record.correction_reason
            yield safe(text("assessment.corrects", when=when, reason=reason))
        if (newer := newer_of(record, others)) is not None:
            draft = "_draft" if newer.status == LockStatus.DRAFT else ""
            reason = newer.correction_reason
            yield safe(text(f"assessment.corrected_by{draft}", reason=reason), "$warning")
        if instrument is not None:
            yield from self._completeness(record, instrument)

    def _signature(self, signature: Signature) -> Content:
        at = signature.at.astimezone()
        who = signature.signer_name
        who += f", {signature.signer_title}" if signature.signer_title else ""
        meaning = text(f"word.meaning.{signature.meaning}")
        when = f"{short(at.date(), self.today)} {clock(signature.at)}"
        return Content.assemble(
            ("● ", "$success"), safe(who, "bold"), "  ", safe(f"{meaning} {when}", "$text-muted")
        )

    def _waits_for_confirmation(self, record: Assessment, instrument: Instrument | None) -> bool:
        both = instrument is None or instrument.signatures == "both"
        if record.status != LockStatus.SIGNED or not both:
            return False
        if instrument is not None and instrument.assessor.who == "trainee":
            return False
        meanings = {s.meaning for s in self.folder.signatures_of(record.id)}
        return Meaning.TAKES_PART not in meanings

    def _completeness(self, record: Assessment, instrument: Instrument) -> Iterator[Content]:
        """Yield whether an outside reader would take the form, for forms that have such a list."""
        if not instrument.checks or record.status not in (LockStatus.SIGNED, LockStatus.DRAFT):
            return
        around = around_of(self.folder, record, on=self.today)
        missing = not_complete(instrument, form_of(record), around)
        if not missing:
            yield status(Status.MET, text("assessment.complete"))
        for lack in missing:
            yield status(Status.MISSING, text(lack.key, **lack.values))

    @cached_property
    def _curriculum(self) -> Curriculum | None:
        training = self.folder.training
        return content_in_use.curriculum_for(
            training.curriculum_id, training.curriculum_version, str(training.kind)
        )

    def _goal_lines(self) -> list[GoalLine]:
        """Return the goals that the form counts towards and that are not marked as reached."""
        wanted = set(self.record.goals)
        if self._curriculum is None or not wanted:
            return []
        sections = goal_map(self.folder, self._curriculum)
        lines = [line for section in sections for line in section.lines]
        return [line for line in lines if line.goal.id in wanted and line.mark is None]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the form as it stands."""
        if self._folder is None or action not in _CHECKED:
            return True
        record = self.record
        signed = record.status == LockStatus.SIGNED
        return {
            "confirm": self._waits_for_confirmation(record, self.instrument),
            "correct": signed and self.instrument is not None,
            "void": signed,
            "print": self.instrument is not None,
            "other": bool(self._other()),
            "mark": signed and bool(self._goal_lines()),
        }[action]

    def action_confirm(self) -> None:
        """Let the trainee confirm now."""
        self.run_worker(self._confirm(), group="sign", exclusive=True)

    async def _confirm(self) -> None:
        from screens.assessment_sign import confirm_now

        title = self.instrument.short_title if self.instrument else self.record.instrument_id
        if await confirm_now(self, self.folder, self._form_id, title):
            self.desk.save_toast(text("assessment.confirmed_toast"))
        self._read()

    def action_correct(self) -> None:
        """Begin a rättelse, with a reason."""
        title = text("assessment_view.correct_title", title=self._title())
        more = text("assessment_view.correct_more")
        self.app.push_screen(Reason(title, more), self._correct)

    def _correct(self, reason: str | None) -> None:
        instrument = self.instrument
        if not reason or instrument is None:
            return
        from screens.assessment_form import FormScreen

        try:
            form = correction_of(self.record, reason)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.app.push_screen(FormScreen(self.folder, instrument, form), self._corrected)

    def _corrected(self, form_id: str | None) -> None:
        """Show the rättelse that was signed."""
        self._form_id = form_id or self._form_id
        self._read()

    def action_void(self) -> None:
        """Void the form, with a reason."""
        title = text("assessment_view.void_title", title=self._title())
        self.app.push_screen(Reason(title, text("assessment_view.void_more")), self._void)

    def _void(self, reason: str | None) -> None:
        if not reason:
            return
        try:
            with self.store.work(self.author) as work:
                void(work, self._form_id, reason)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("assessment_view.voided_toast"))
        self._read()

    def _title(self) -> str:
        return self.instrument.short_title if self.instrument else self.record.instrument_id

    def _other(self) -> Assessment | None:
        """Return the form that replaces this one, else the one it replaces."""
        others = self.folder.assessments
        return newer_of(self.record, others) or older_of(self.record, others)

    def action_mark(self) -> None:
        """Mark the goals that the form counts towards as reached."""
        lines = self._goal_lines()
        if lines:
            title = text("assessment_view.mark_title", count=len(lines))
            more = "\n".join(f"{line.goal.reference}: {line.goal.text}" for line in lines[:8])
            dialog = Reason(title, more, label=text("goals.note"), optional=True)
            self.app.push_screen(dialog, lambda note: self._mark(lines, note))

    def _mark(self, lines: list[GoalLine], note: str | None) -> None:
        if note is None or self._curriculum is None:
            return
        try:
            with self.store.work(self.author) as work:
                marks = mark_goals(
                    work,
                    training_id=self._training_id,
                    curriculum_id=self._curriculum.id,
                    lines=lines,
                    by_id=self.author if self.author in self.folder.people else None,
                    on=self.today,
                    note=note,
                )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("goals.marked_toast", count=len(marks)))
        self._read()

    def action_other(self) -> None:
        """Show the other version."""
        other = self._other()
        if other is None:
            return
        if other.status == LockStatus.DRAFT:
            self._go_on(other)
            return
        self._form_id = other.id
        self._show()

    def _go_on(self, other: Assessment) -> None:
        """Go on with a rättelse that is begun."""
        from screens.assessment import AssessmentScreen

        page = AssessmentScreen(self._training_id, assessment_id=other.id)
        self.app.push_screen(page, lambda _: self._read())

    def action_print(self) -> None:
        """Write the form as a PDF."""
        self.run_worker(self._print, thread=True, group="print", exclusive=True)

    def _print(self) -> None:
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.assessment import assessment_pdf
        from at_tui.documents.gather import assessment_of
        from at_tui.printing import file_name, write_document

        instrument, folder, record = self.instrument, self.folder, self.record
        if instrument is None:
            return
        try:
            values = assessment_of(
                folder, record.id, instrument, on=self.today, curriculum=self._curriculum
            )
            name = file_name(instrument.short_title, folder.trainee.name, record.day.isoformat())
            path = write_document(settings.documents_folder(), name, assessment_pdf(values))
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        words = text("assessment_view.printed", path=path)
        self.app.call_from_thread(self.desk.say, words)
