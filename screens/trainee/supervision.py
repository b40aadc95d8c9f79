"""Handledning: every session, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from at_tui.content_in_use import topics
from at_tui.language import say, text
from at_tui.session_saving import remove_session
from schema.fault import Fault
from schema.words import SupervisionForm, SupervisionStatus
from screens import ways
from screens.dates import with_weekday
from screens.text import beside, safe
from screens.trainee.tab import Tab
from screens.trainee.words import hours, supervised_words
from screens.widgets.confirm import Confirm
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from schema.tables import Supervision

_SIGN = {
    SupervisionStatus.HELD: ("✓", "$success"),
    SupervisionStatus.CANCELLED: ("✗", "$warning"),
    SupervisionStatus.PLANNED: ("○", "$accent"),
}


class SupervisionTab(Tab):
    """All sessions of the training."""

    NAME = "supervision"
    NEW = True
    REMOVE = True
    DEFAULT_CSS = "SupervisionTab #sum { height: 1; padding: 0 3; color: $text-muted; }"

    def compose(self) -> ComposeResult:
        """Lay out the sum and the list."""
        yield Static(id="sum", markup=False)
        yield Picker(
            [
                Column(width=15, wide=19),
                Column(width=21, wide=24),
                Column(width=20, grow=1),
                Column(width=18, wide_only=True),
            ],
            type_to_filter=False,
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        prompts = topics()
        return {p.letter: p.label for p in prompts.prompts} if prompts else {}

    def fill(self) -> None:
        """Show the sessions."""
        found = self.file.supervised
        words = supervised_words(found, placed=self.file.placement is not None)
        self.query_one("#sum", Static).update(safe(words))
        self.picker.show(list(self._rows()), empty=safe(text("trainee.no_sessions")))

    def _rows(self) -> Iterator[Row]:
        for session in reversed(self.file.folder.supervisions):
            yield self._row(session)

    def _row(self, session: Supervision) -> Row:
        day = with_weekday(session.day, self.file.on)
        state = SupervisionStatus(session.status)
        sign, style = _SIGN[state]
        words = Content.assemble((sign, style), " ", safe(self._state(session, state)))
        about = self._about(session)
        supervisor = self.file.folder.name_of(session.supervisor_id)
        return Row(
            session.id,
            (day, words, about, safe(supervisor, "$text-muted")),
            search=" ".join([day, words.plain, about.plain, supervisor, session.day.isoformat()]),
        )

    def _state(self, session: Supervision, state: SupervisionStatus) -> str:
        if state is SupervisionStatus.CANCELLED:
            return text(f"word.cancel.{session.cancel_reason}")
        length = hours(session.minutes)
        if session.form != SupervisionForm.INDIVIDUAL:
            length = f"{length}, {text(f'word.form.{session.form}')}"
        if state is SupervisionStatus.PLANNED:
            overdue = session.day < self.file.on
            return text("trainee.not_logged" if overdue else "trainee.planned", length=length)
        return length

    def _about(self, session: Supervision) -> Content:
        chosen = ", ".join(self._labels.get(letter, letter) for letter in session.topics)
        return beside(safe(chosen), safe(session.note, "$text-muted"), gap=2)

    def open(self, row_id: str) -> None:
        """Open the session."""
        training = self.file.folder.training.id
        self.go(lambda: ways.session(training, row_id))

    def new(self) -> None:
        """Begin a session of its own."""
        training = self.file.folder.training.id

        def blank() -> Screen[Any]:
            from screens.session import SessionScreen

            return SessionScreen(training, blank=True)

        self.go(blank)

    def remove_row(self) -> None:
        """Take the session away, when the user says so."""
        found = {s.id: s for s in self.file.folder.supervisions}
        session = found.get(self.picker.selected or "")
        if session is None:
            return
        day = with_weekday(session.day, self.file.on)
        question = Confirm(
            text("trainee.remove_session", day=day), text("trainee.remove_session_more")
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(session.id, day)

        self.app.push_screen(question, answered)

    def _remove(self, session_id: str, day: str) -> None:
        try:
            with self.desk.store.work(self.desk.author) as work:
                remove_session(work, session_id)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("session.removed", day=day))
