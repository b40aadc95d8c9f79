"""The invitation to a meeting, or to all the next of a series, as a calendar file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from at_tui import settings
from at_tui.kollegium.series import agenda
from at_tui.language import say, text
from at_tui.printing import file_name, write_document
from schema.fault import Fault
from screens.dates import full
from screens.kollegium.meetings_people import PeopleDialog
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from at_tui.kollegium.calendar import Calendar
    from at_tui.kollegium.series import Invitation

_INVITE, _CANCEL = "invite", "cancel"


class InvitePage(FormPage[Path]):
    """Agenda and guests, then the file; dismissed with where it lies.

    Args:
        row_id: Id of a meeting, of a proposed one, or of a series.
        calendar: What the page of meetings shows.
    """

    AREA = "meetings"
    SAVE = "meetings.invite_button"
    BINDINGS: ClassVar[list[Any]] = [bind("f5", "people", "meetings.people")]

    def __init__(self, row_id: str, calendar: Calendar) -> None:
        super().__init__()
        self._calendar = calendar
        self._found = self._invitations(row_id)
        self.draft_key = f"invite:{row_id}"
        self._proposed: str | None = None
        """The agenda with its numbers, as it was filled in."""

    def _invitations(self, row_id: str) -> list[Invitation]:
        from at_tui.kollegium.series import invitation_to, invitation_to_slot

        found = self._calendar
        meeting = found.meetings.get(row_id)
        if meeting is not None:
            return [invitation_to(meeting, found.series_of(meeting))]
        mine = [p for p in found.proposed if row_id in (p.id, p.series.id)]
        invitations = [invitation_to_slot(p.series, p.slot) for p in mine]
        invitations += [
            invitation_to(each, found.series_of(each))
            for each in found.meetings.values()
            if each.series_id == row_id and each.closed_on is None
        ]
        return sorted(invitations, key=lambda each: each.day)

    def on_mount(self) -> None:
        """Say what it invites to, and count the doctors for the agenda."""
        super().on_mount()
        if not self._found:
            self.desk.say(text("meetings.no_next"), "warning")
            self.call_later(self.dismiss, None)
            return
        first = self._found[0]
        about = text("meetings.invite_about", title=first.title, day=full(first.day))
        if len(self._found) > 1:
            about = text("meetings.invite_about_series", title=first.title, count=len(self._found))
        self.set_title(text("meetings.invite_title"), about)
        if first.agenda == agenda(minutes=first.minutes) and len(self._found) == 1:
            self.run_worker(self._count, thread=True, name="agenda")

    def help_text(self) -> str:
        """Return how the file is used."""
        return text("meetings.invite_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask what goes into the file."""
        kinds = tuple(Option(k, text(f"meetings.state.{k}")) for k in (_INVITE, _CANCEL))
        return [
            Field("agenda", text("meetings.field.agenda"), Kind.NOTE, lines=9),
            Field("invited", text("meetings.field.invited"), Kind.NOTE, lines=4,
                  hint=text("meetings.field.invited_hint")),
            Field("what", text("meetings.field.what"), Kind.CHOICE, required=True, options=kinds),
            Field("folder", text("meetings.field.folder"), required=True),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return the meeting's agenda and guests."""
        from at_tui.kollegium.calendar import invited_lines

        first = self._found[0] if self._found else None
        guests = [{"name": name, "email": email} for name, email in first.invited] if first else []
        return {
            "agenda": first.agenda if first else "",
            "invited": invited_lines(guests),
            "what": _INVITE,
            "folder": str(settings.documents_folder()),
        }

    # The agenda's numbers

    def _count(self) -> None:
        from at_tui.kollegium.cohort import count_groups
        from at_tui.kollegium.whole import judged, read_cohort
        from schema.words import Outcome

        try:
            cohort = judged(read_cohort(self.store, self.author, self.today))
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        counted = count_groups(cohort.rows)
        words = agenda(
            minutes=self._found[0].minutes,
            talk=counted[Outcome.TALK],
            thin=counted[Outcome.THIN_EVIDENCE],
            on_track=counted[Outcome.ON_TRACK],
        )
        self.app.call_from_thread(self._counted, words)

    def _counted(self, words: str) -> None:
        # Whoever has begun to write keeps what they wrote.
        if self.is_mounted and self.form.raw()["agenda"].strip() == self._found[0].agenda.strip():
            self._proposed = words
            self.form.set("agenda", words)
            # Also when the form's own beginning is still to be looked over for a draft.
            self._draft_kept = self.draft_content()

    def on_form_changed(self) -> None:
        """Keep a draft of what somebody has typed; the numbers are nobody's words."""
        if self.form.raw()["agenda"] != self._proposed:
            super().on_form_changed()

    def action_people(self) -> None:
        """Fetch people from the register."""

        def chosen(lines: str | None) -> None:
            if lines:
                before = self.form.raw()["invited"].rstrip()
                self.form.set("invited", "\n".join(filter(None, [before, lines])))

        self.app.push_screen(PeopleDialog(), chosen)

    def save(self, values: dict[str, Any]) -> Path:
        """Write the calendar file."""
        from at_tui.kollegium.calendar import read_invited
        from at_tui.kollegium.series import calendar_file
        from schema.tables import Person

        with self.store.read() as work:
            author = work.get(Person, self.author) if self.author else None
        organiser = (author.name, author.email) if author and author.email else ("", "")
        guests = tuple((g["name"], g["email"]) for g in read_invited(values["invited"]))
        cancelled = values["what"] == _CANCEL
        made = [
            replace(
                each,
                agenda=values["agenda"],
                invited=guests,
                organiser=organiser,
                cancelled=cancelled,
                # A calendar takes a cancellation only when it is newer than what it has.
                sequence=each.sequence + cancelled,
            )
            for each in self._found
        ]
        content = calendar_file(made, stamp=self.desk.now().astimezone(UTC))
        kind = text("meetings.file_cancelled" if cancelled else "meetings.file")
        name = file_name(kind, made[0].title, made[0].day.isoformat(), ending="ics")
        path = write_document(Path(values["folder"]), name, content)
        self.desk.say(text("meetings.written", path=path))
        return path
