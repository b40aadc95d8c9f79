"""Before a meeting begins: who is there, and whom it takes up. One that has begun goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.worker import Worker, WorkerState

from at_tui.language import say, text
from schema.fault import Fault
from schema.words import Outcome
from screens.dates import full, short
from screens.kollegium.live_picture import SIGNS
from screens.kollegium.live_scope import choices, scope
from screens.text import safe
from screens.widgets.choice_field import ChoiceDialog
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

if TYPE_CHECKING:
    from at_tui.kollegium.holding import Room
    from at_tui.kollegium.live import Live

ATTENDANCE = "attendance"
_GROUPS = (Outcome.TALK, Outcome.THIN_EVIDENCE, Outcome.ON_TRACK)
_COLUMNS = (
    Column(width=26, grow=1, most=34),
    Column(width=14),
    Column(width=34, grow=2),
)
_WIDE = (Column(width=40, grow=1),)


class KollegiumStart(Page[None]):
    """Everyone who can be taken up, those to talk about first; all are marked to begin with.

    Args:
        meeting_id: Which meeting.
    """

    AREA = "kollegium_live"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2,ctrl+s", "begin", "kollegium_live.begin"),
        bind("v", "choose", "kollegium_live.choose"),
        bind("a", "attendance", "kollegium_live.attendance"),
    ]

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self._meeting_id = meeting_id
        self.room: Room | None = None
        self._ready: Live | None = None
        self._when = Content("")

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False, marks=True)

    def on_mount(self) -> None:
        """Read and judge everyone, in a thread."""
        self.set_title(text("kollegium_live.start_title"))
        picker = self.query_one(Picker)
        picker.show([], empty=text("kollegium_live.reading"))
        picker.focus()
        self.run_worker(self._read, thread=True, name="kollegium", exclusive=True)

    def help_text(self) -> str:
        """Return what the page is for."""
        return text("kollegium_live.start_help")

    # Reading

    def _read(self) -> tuple[Room, Live] | None:
        from at_tui.kollegium.holding import prepare

        try:
            room = prepare(self.store, self._meeting_id, self.today, self._progress)
            if room.opened and room.meeting.closed_on is None:
                return self._go_on(room)
            for training_id in room.order:
                room.group(training_id)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return None
        self.app.call_from_thread(self._came, room)
        return None

    def _progress(self, done: int, count: int) -> None:
        if done % 10 == 0:
            words = text("kollegium.progress.judge", done=done, count=count)
            self.app.call_from_thread(self.note, words)

    def _go_on(self, room: Room) -> tuple[Room, Live]:
        """Open the meeting where it stood."""
        from at_tui.kollegium.live import Live

        live = Live.open(self.store, self._meeting_id, author=self.author, on=self.today)
        room.picture(live.state.at)
        return room, live

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Enter the meeting when it is open: the page goes, and must not end a thread by that."""
        result = event.worker.result
        if event.state is WorkerState.SUCCESS and isinstance(result, tuple):
            self.room, self._ready = result
            if self.is_current:
                self._enter()

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.action_back()

    def on_screen_resume(self) -> None:
        """Enter the meeting, if it became ready while something lay over the page."""
        if self._ready is not None:
            self.call_after_refresh(self._enter)

    def _enter(self) -> None:
        from screens.kollegium.live import LivePage

        live, self._ready = self._ready, None
        if live is not None and self.room is not None:
            self.app.switch_screen(LivePage(self.room, live))

    def _came(self, room: Room) -> None:
        self.room = room
        if room.meeting.closed_on is not None:
            from screens import ways

            self.desk.say(text("kollegium.closed"))
            self.app.switch_screen(ways.kollegium_after(self._meeting_id))
            return
        self.note("")
        picker = self.query_one(Picker)
        picker.rows.marked = set(self._proposed(room))
        self._show()
        picker.focus()

    def _proposed(self, room: Room) -> list[str]:
        """Return whom the meeting is about: its programme's, or everyone."""
        wanted = room.meeting.programme_id
        mine = [id for id, case in room.cases.items()
                if case.binder.training.programme_id == wanted]  # fmt: skip
        return mine or list(room.order)

    # Showing

    def _show(self) -> None:
        room = self.room
        if room is None:
            return
        meeting, picker = room.meeting, self.query_one(Picker)
        when = full(meeting.day) + (f" {meeting.starts_at}" if meeting.starts_at else "")
        self._when = Content.assemble(safe(meeting.title, "bold"), "  ", safe(when))
        picker.show(list(self._rows(room)), empty=text("kollegium_live.nobody"))
        self._count()

    def _rows(self, room: Room) -> Iterator[Row]:
        there = [str(each.get("name", "")) for each in room.meeting.attendance]
        said = ", ".join(there) or text("kollegium_live.nobody_noted")
        yield heading(text("kollegium_live.there"), str(len(there) or ""))
        yield Row(ATTENDANCE, (safe(said, "" if there else "$text-muted"),), columns=_WIDE)
        for group in _GROUPS:
            ids = [id for id in room.order if room.group(id) is group]
            if not ids:
                continue
            sign, _ = SIGNS[group]
            yield heading(f"{sign} {text(f'kollegium.group.{group}').upper()}", str(len(ids)))
            for training_id in ids:
                yield self._row(room, training_id)

    def _row(self, room: Room, training_id: str) -> Row:
        case = room.cases[training_id]
        stay = case.placement
        section = text(f"word.section_short.{stay.section}") if stay else "–"
        why = "; ".join(reason.short for reason in room.sorting(training_id).why)
        return Row(
            training_id,
            (safe(case.binder.name, "bold"), section, safe(why, "$text-muted")),
            search=f"{case.binder.name} {section} {case.binder.trainee.start_group}",
        )

    @property
    def chosen(self) -> list[str]:
        """Training ids of those marked, in the order of the meeting."""
        marked = self.query_one(Picker).marked
        return [id for id in self.room.order if id in marked] if self.room else []

    def _count(self) -> None:
        if self.room is None:
            return
        chosen = len(self.chosen)
        each = self.room.meeting.minutes * 60 // chosen if chosen else 0
        words = text("kollegium_live.chosen", chosen=chosen, count=len(self.room.order),
                     each=f"{each // 60}.{each % 60:02d}")  # fmt: skip
        self.set_title(self._when, words)

    # Acting

    def on_picker_marked(self, event: Picker.Marked) -> None:
        """Count those marked; the line of who is there is no doctor."""
        event.stop()
        event.picker.marked.discard(ATTENDANCE)
        self._count()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Note who is there; on a doctor, begin."""
        event.stop()
        if event.row_id == ATTENDANCE:
            self.action_attendance()
        else:
            self.action_begin()

    def action_choose(self) -> None:
        """Choose whom to take up by group, start group, section or unit."""
        if self.room is None:
            return
        dialog = ChoiceDialog(text("kollegium_live.choose_title"), choices(self.room))
        self.app.push_screen(dialog, self._choose)

    def _choose(self, key: str | None) -> None:
        if key and self.room is not None:
            self.query_one(Picker).rows.marked = scope(self.room, key)
            self._show()

    def action_attendance(self) -> None:
        """Note who is there."""
        from screens.kollegium.live_attendance import Attendance

        if self.room is not None:
            meeting = self.room.meeting
            self.app.push_screen(Attendance(meeting.attendance, meeting.series_id), self._noted)

    def _noted(self, people: list[dict[str, str]] | None) -> None:
        from at_tui.kollegium.meetings import change_meeting
        from schema.tables import Kollegium

        if people is None or self.room is None:
            return
        try:
            with self.store.work(self.author) as work:
                meeting = work.need(Kollegium, self._meeting_id)
                self.room.meeting = change_meeting(work, meeting, attendance=people)
                work.flush()
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast()
        self._show()

    def action_begin(self) -> None:
        """Settle the list and freeze the evidence; on another day than the meeting's, ask first."""
        room = self.room
        if room is None:
            return
        if not self.chosen:
            self.desk.say(text("kollegium_live.choose_someone"), "warning")
            return
        day: date = room.meeting.day
        if day == self.today:
            self._begin()
            return
        question = text("kollegium_live.other_day", day=short(day, self.today))

        def answered(yes: bool | None) -> None:
            if yes:
                self._begin()

        self.app.push_screen(Confirm(question, text("kollegium_live.other_day_more")), answered)

    def _begin(self) -> None:
        chosen = self.chosen
        self.note(text("kollegium_live.freezing"))
        at = self.desk.now().astimezone()

        def work() -> tuple[Room, Live] | None:
            from at_tui.kollegium.holding import begin, prepare

            if self.room is None:
                return None
            try:
                begin(self.store, self.room, chosen, author=self.author, at=at)
                return self._go_on(prepare(self.store, self._meeting_id, self.today))
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
                return None

        self.run_worker(work, thread=True, name="kollegium", exclusive=True)
