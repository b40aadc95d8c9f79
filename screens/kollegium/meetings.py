"""Möten: the series, what they propose, what is set up, and what has been closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full, short
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

# Table classes bring SQLModel: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.calendar import Calendar, Proposed
    from at_tui.kollegium.meetings import MeetingLine
    from schema.tables import MeetingSeries

_MEETING = (Column(width=16, wide=18), Column(width=5), Column(width=20, grow=1, most=40),
            Column(width=29, grow=1))  # fmt: skip
_SERIES = (Column(width=23, grow=1, most=40), Column(width=33, grow=1, most=50), Column(width=16))


class MeetingsPage(Page[None]):
    """Every meeting. Enter leads to the meeting, or to its minutes."""

    AREA = "meetings"
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "open", "meetings.open"),
        bind("n", "new", "meetings.new"),
        bind("s", "series", "meetings.series"),
        bind("f", "edit", "meetings.edit"),
        bind("i", "invite", "meetings.invite"),
        bind("x", "remove", "meetings.remove", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._calendar: Calendar | None = None
        self._lines: dict[str, MeetingLine] = {}
        self._proposed: dict[str, Proposed] = {}
        self._series: dict[str, MeetingSeries] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False, enter=False)

    def on_mount(self) -> None:
        """Show the meetings."""
        self.set_title(text("meetings.title"))
        self.reload()
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Read again what may have changed on another page."""
        if self._calendar is not None:
            self.reload()

    def reload(self) -> None:
        """Read a few dozen records, and show them."""
        from at_tui.kollegium.calendar import calendar

        try:
            with self.store.read() as work:
                found = calendar(work, self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._calendar = found
        self._lines = {line.id: line for line in found.lines}
        self._proposed = {each.id: each for each in found.proposed}
        self._series = {each.id: each for each in found.series}
        ahead = [line.day for line in found.lines if not line.closed_on and line.day >= self.today]
        ahead += [each.slot.day for each in found.proposed]
        when = text("meetings.no_next")
        if ahead:
            when = text("meetings.next", day=full(min(ahead)))
        self.set_title(text("meetings.title"), when)
        self.query_one(Picker).show(list(self._rows(found)))
        self.refresh_bindings()

    # Rows

    def _rows(self, found: Calendar) -> Iterator[Row]:
        running = [m for m in found.lines if m.opened and m.closed_on is None]
        if running:
            yield heading(text("meetings.running_heading"), "")
            yield from (self._meeting(line) for line in running)
        yield heading(text("meetings.ahead_heading"), "")
        ahead: list[tuple[date, Row]] = [
            (m.day, self._meeting(m)) for m in found.lines if not m.opened and m.closed_on is None
        ]
        ahead += [(p.slot.day, _proposed(p)) for p in found.proposed]
        yield from (row for _, row in sorted(ahead, key=lambda pair: pair[0]))
        if not ahead:
            yield remark(text("meetings.none"))
        yield heading(text("meetings.series_heading"), "")
        if not found.series:
            yield remark(text("meetings.no_series"))
        yield from (_series(each, found.next_of(each, self.today)) for each in found.series)
        closed = [m for m in found.lines if m.closed_on is not None]
        if closed:
            yield heading(text("meetings.closed_heading"), "")
            yield from (self._meeting(line) for line in closed)

    def _meeting(self, line: MeetingLine) -> Row:
        meeting = self._calendar.meetings[line.id] if self._calendar else None
        if line.closed_on is not None:
            key = "meetings.closed_one" if line.open_actions == 1 else "meetings.closed"
            words = text(key, decided=line.decided, actions=line.open_actions)
            state = safe(words, "$text-muted")
        elif line.opened:
            words = text("meetings.running", decided=line.decided, doctors=line.doctors)
            state = safe(words, "bold $accent")
        elif line.day < self.today:
            state = safe(text("meetings.passed"), "$warning")
        else:
            state = safe(text("meetings.set_up"), "$success")
        at = meeting.starts_at if meeting else ""
        cells = (safe(full(line.day)), at, safe(line.title, "bold"), state)
        return Row(line.id, cells, columns=_MEETING, search=f"{line.title} {line.day}")

    # What is done here

    def _selected(self) -> str:
        return self.query_one(Picker).selected or ""

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the row (a click)."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Go to the meeting or its minutes; set up what is proposed; change a series."""
        id = self._selected()
        line = self._lines.get(id)
        if line is not None:
            closed = line.closed_on is not None
            way = ways.kollegium_after if closed else ways.kollegium_live
            self.desk.go(lambda: way(line.id))
        else:
            self._form(id)

    def action_edit(self) -> None:
        """Move or change a meeting, or a series."""
        self._form(self._selected())

    def _form(self, id: str) -> None:
        from screens.kollegium.meetings_form import MeetingForm
        from screens.kollegium.series import SeriesForm

        if id in self._proposed:
            each = self._proposed[id]
            self.desk.go(lambda: MeetingForm(proposed=each))
        elif id in self._lines and self._lines[id].closed_on is None:
            self.desk.go(lambda: MeetingForm(id))
        elif id in self._series:
            self.desk.go(lambda: SeriesForm(id))

    def action_new(self) -> None:
        """Set up a meeting of its own."""
        from screens.kollegium.meetings_form import MeetingForm

        self.desk.go(MeetingForm)

    def action_series(self) -> None:
        """Set up a series."""
        from screens.kollegium.series import SeriesForm

        self.desk.go(SeriesForm)

    def action_invite(self) -> None:
        """Make a calendar file of the row."""
        from screens.kollegium.meetings_invite import InvitePage

        id, found = self._selected(), self._calendar
        if found is not None and (id in self._lines or id in self._proposed or id in self._series):
            self.desk.go(lambda: InvitePage(id, found))

    def action_remove(self) -> None:
        """Take a meeting away that has not been opened, when the user says so."""
        line = self._lines.get(self._selected())
        if line is None:
            return
        day = short(line.day, self.today)
        question = Confirm(
            text("meetings.remove", day=day),
            text("meetings.remove_more"),
            yes=text("meetings.remove_yes"),
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(line.id, day)

        self.app.push_screen(question, answered)

    def _remove(self, meeting_id: str, day: str) -> None:
        from at_tui.kollegium.calendar import remove_meeting

        try:
            with self.store.work(self.author) as work:
                remove_meeting(work, meeting_id)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("meetings.removed", day=day))
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs a row when there is none."""
        if action in ("open", "edit", "invite"):
            return bool(self._lines or self._proposed or self._series)
        return True


def _proposed(each: Proposed) -> Row:
    series, slot = each.series, each.slot
    cells = (
        safe(full(slot.day), "$text-muted"),
        safe(series.starts_at, "$text-muted"),
        safe(series.title, "$text-muted"),
        safe(text("meetings.proposed"), "$text-muted"),
    )
    return Row(each.id, cells, columns=_MEETING, search=f"{series.title} {slot.day}")


def _series(series: MeetingSeries, coming: date | None) -> Row:
    when = text("meetings.no_next") if coming is None else full(coming)
    if not series.active:
        when = text("meetings.resting")
    rhythm = f"{text(f'word.rhythm.{series.rhythm}')}, {series.starts_at}"
    cells = (safe(series.title, "bold"), rhythm, safe(when, "$text-muted"))
    return Row(series.id, cells, columns=_SERIES, search=series.title)
