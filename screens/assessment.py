"""The way to a form: choose one, fill one in, or read one that is signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.app import App

from at_tui.filled_form import FilledForm, draft_key, form_of, read_draft
from at_tui.form_start import start_form
from at_tui.kind_words import content_of_kind
from at_tui.language import say
from schema.fault import Fault
from schema.words import LockStatus
from screens.assessment_choose import Choice
from screens.assessment_form import FormScreen
from screens.desk import Desk, desk

if TYPE_CHECKING:
    from data.find import Folder
    from schema.tables import Assessment


def _folder(desk: Desk, training_id: str) -> Folder:
    return desk.foreread.take_folder(desk.store, training_id, desk.today)


def new_form(desk: Desk, folder: Folder, instrument_id: str) -> FormScreen:
    """Return the page of a form that nobody has begun.

    Raises:
        Fault: the content's, when there is no such form.
    """
    from data import content  # with the store open, SQLModel is imported already

    instrument = content_of_kind(content.instrument(instrument_id), folder.training.kind)
    form = start_form(instrument, folder, on=desk.today, author=desk.author)
    return FormScreen(folder, instrument, form)


class FormWay:
    """Leads to the page that fits: the list of instruments, the form, or the reading; and from one
    to the next.

    Args:
        training_id: Whose form it is.
        instrument_id: Fill in a new one of these.
        assessment_id: A form: a draft is filled in further, anything else is read.
        then: Called when the last of these pages has gone.
    """

    def __init__(
        self,
        training_id: str,
        *,
        instrument_id: str | None = None,
        assessment_id: str | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        self._training_id = training_id
        self._instrument_id, self._assessment_id = instrument_id, assessment_id
        self._then = then or (lambda: None)

    def open(self, app: App[Any]) -> None:
        """Find the page that fits, and show it."""
        self.app, self.desk = app, desk(app)
        if self._assessment_id:
            self._show_form(self._assessment_id)
        elif self._instrument_id:
            self._fill_in(self._instrument_id)
        else:
            self._choose()

    def _refuse(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self._then()

    def _choose(self) -> None:
        from data import find  # with the store open, SQLModel is imported already
        from screens.assessment_choose import ChooseInstrument

        try:
            with self.desk.store.read() as work:
                folder = find.folder(work, self._training_id, forms_only=True)
        except Fault as fault:
            self._refuse(fault)
        else:
            self.app.push_screen(ChooseInstrument(folder), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            self._then()
        elif choice.form_id:
            self._show_form(choice.form_id)
        else:
            self._fill_in(choice.instrument_id)

    def _fill_in(self, instrument_id: str) -> None:
        """Show a new form."""
        try:
            folder = _folder(self.desk, self._training_id)
            page = new_form(self.desk, folder, instrument_id)
        except Fault as fault:
            self._refuse(fault)
        else:
            self._push_form(page)

    def _push_form(self, page: FormScreen) -> None:
        self.app.push_screen(page, self._signed)

    def _signed(self, form_id: str | None) -> None:
        """Show the form that was signed, or go."""
        if form_id:
            self._read(form_id)
        else:
            self._then()

    def _read(self, form_id: str) -> None:
        from screens.assessment_view import AssessmentView

        self.app.push_screen(AssessmentView(self._training_id, form_id), self._left)

    def _left(self, _: str | None) -> None:
        self._then()

    def _show_form(self, form_id: str) -> None:
        """Show a form that is begun: its draft goes before the saved record; or read it."""
        try:
            folder = _folder(self.desk, self._training_id)
            record = next((form for form in folder.assessments if form.id == form_id), None)
            if record is not None and record.status != LockStatus.DRAFT:
                self._read(form_id)
                return
            form, kept = self._begun(record, form_id)
        except Fault as fault:
            self._refuse(fault)
            return
        from data import content

        try:
            instrument = content_of_kind(
                content.instrument(form.instrument_id, form.instrument_version),
                folder.training.kind,
            )
        except Fault as fault:
            if record is None:
                self._refuse(fault)
            else:
                self._read(form_id)
            return
        self._push_form(FormScreen(folder, instrument, form, kept))

    def _begun(self, record: Assessment | None, form_id: str) -> tuple[FilledForm, datetime | None]:
        """Return the form as it was left, and when its draft was kept."""
        from schema.tables import Draft

        with self.desk.store.read() as work:
            draft = work.get(Draft, draft_key(self._training_id, form_id))
        form = read_draft(draft.content) if draft else None
        if draft is not None and form is not None:
            return form, draft.at
        if record is None:
            raise Fault("store.no_record", exit_code=1)
        return form_of(record), None
