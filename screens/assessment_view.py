"""Reading a form that is signed, corrected or voided: locked, with who signed it and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.screen import Screen

from at_tui import content_in_use
from at_tui.around import around_of
from at_tui.completeness import not_complete
from at_tui.correcting import correction_of, newer_of, older_of, void
from at_tui.filled_form import form_of
from at_tui.goal_map import GoalLine, goal_map, mark_goals
from at_tui.kind_words import content_of_kind
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import LockStatus
from screens.assessment_reading import goal_reading, raw_reading, reading
from screens.dates import full, short
from screens.signed_view import STANDING, SignedView
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.reason import Reason
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.work import Work
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.tables import Assessment

_CHECKED = ("confirm", "correct", "void", "other", "print", "mark")
"""Keys that depend on how the form stands."""


class AssessmentView(SignedView["Assessment"]):
    """One form, as it was signed.

    Args:
        training_id: Whose it is.
        record_id: Which form.
    """

    AREA = "assessment_view"
    BINDINGS: ClassVar[list[Any]] = [
        bind("b", "confirm", "assessment_view.confirm"),
        bind("r", "correct", "assessment_view.correct"),
        bind("v", "void", "assessment_view.void"),
        bind("p", "print", "assessment_view.print"),
        bind("m", "mark", "assessment_view.mark"),
        bind("g", "other", "assessment_view.other"),
    ]

    CONFIRMED = "assessment.confirmed_toast"
    PRINTED = "assessment_view.printed"

    @property
    def versions(self) -> Sequence[Assessment]:
        """The training's forms."""
        return self.folder.assessments

    @property
    def named(self) -> str:
        """What the form is called."""
        return self.instrument.short_title if self.instrument else self.record.instrument_id

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

    def heading(self) -> tuple[str, Content]:
        """Return what the form is and whose, and how it stands."""
        title, record = self.named, self.record
        right = Content.assemble(
            status(STANDING[LockStatus(record.status)]), f"  {full(record.day)}"
        )
        return f"{title[:1].upper()}{title[1:]} · {self.folder.trainee.name}", right

    def lines(self) -> Sequence[Content]:
        """Return the form with its answers, and the goals it counts towards."""
        form, instrument = form_of(self.record), self.instrument
        if instrument is None:
            found = raw_reading(form)
        else:
            doctor = text(f"word.doctor.{self.folder.training.kind}") + "n"
            found = reading(instrument, form, doctor, self.app.size.width - 4)
        return [*found, *goal_reading(form.goals, self._curriculum)]

    def standing(self) -> Iterator[Content]:
        """Yield who signed, what it corrects or is replaced by, and what is missing."""
        record, instrument, others = self.record, self.instrument, self.versions
        if instrument is None:
            version = record.instrument_version
            yield safe(
                text("assessment.unknown_version", id=record.instrument_id, version=version),
                "$warning",
            )
        assessor = self.folder.name_of(record.assessor_id) or record.assessor_name
        words = f"{text('assessment.assessor')}: {assessor}" if assessor else ""
        yield from self.signatures(safe(words))
        if (older := older_of(record, others)) is not None:
            when, reason = short(older.day, self.today), record.correction_reason
            yield safe(text("assessment.corrects", when=when, reason=reason))
        if (newer := newer_of(record, others)) is not None:
            draft = "_draft" if newer.status == LockStatus.DRAFT else ""
            reason = newer.correction_reason
            yield safe(text(f"assessment.corrected_by{draft}", reason=reason), "$warning")
        if instrument is not None:
            yield from self._completeness(record, instrument)

    @property
    def waits(self) -> bool:
        """Whether it waits for the trainee's confirmation; some forms ask for none."""
        instrument = self.instrument
        if instrument is not None and (
            instrument.signatures != "both" or instrument.assessor.who == "trainee"
        ):
            return False
        return self.unconfirmed

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
        if not self.is_read or action not in _CHECKED:
            return True
        return {
            "confirm": self.waits,
            "correct": self.signed and self.instrument is not None,
            "void": self.signed,
            "print": self.instrument is not None,
            "other": self.other is not None,
            "mark": self.signed and bool(self._goal_lines()),
        }[action]

    async def confirm(self) -> bool:
        """Let the trainee confirm; return whether that was done."""
        from screens.assessment_sign import confirm_now

        return await confirm_now(self, self.folder, self.record_id, self.named)

    def action_correct(self) -> None:
        """Begin a rättelse, with a reason."""
        title = text("assessment_view.correct_title", title=self.named)
        more = text("assessment_view.correct_more")
        self.app.push_screen(Reason(title, more), self.replace)

    def replacement(self, reason: str) -> Screen[str]:
        """Return the page of a rättelse."""
        from screens.assessment_form import FormScreen

        return FormScreen(self.folder, self._known(), correction_of(self.record, reason))

    def _known(self) -> Instrument:
        """Return what was asked, for what is offered only when it is known here."""
        if self.instrument is None:
            raise RuntimeError("the instrument is not known here")
        return self.instrument

    def void(self, work: Work, reason: str) -> object:
        """Void the form."""
        return void(work, self.record_id, reason)

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
                    training_id=self.training_id,
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
        self.reload()

    def action_other(self) -> None:
        """Show the other version, or go on with one that is begun."""
        other = self.other
        if other is not None and other.status == LockStatus.DRAFT:
            self._go_on(other)
        else:
            super().action_other()

    def _go_on(self, other: Assessment) -> None:
        """Go on with a rättelse that is begun."""
        from screens.assessment import FormWay

        FormWay(self.training_id, assessment_id=other.id, then=self.reload).open(self.app)

    def write(self) -> Path:
        """Write the form as a PDF and return where it lies. Slow: called in a thread."""
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.assessment import assessment_pdf
        from at_tui.documents.gather import assessment_of
        from at_tui.printing import file_name, write_document

        instrument, folder, record = self._known(), self.folder, self.record
        values = assessment_of(
            folder, record.id, instrument, on=self.today, curriculum=self._curriculum
        )
        name = file_name(instrument.short_title, folder.trainee.name, record.day.isoformat())
        return write_document(settings.documents_folder(), name, assessment_pdf(values))
