"""After a meeting: what is still to be done, what was decided, and what each gets on paper."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from schema.text import clean, sort_key
from schema.words import Outcome
from screens import ways
from screens.dates import full, short
from screens.kollegium.live_picture import SIGNS
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.kollegium.minutes import AgreedLine, DecidedLine, Minutes

_ACTION = (
    Column(width=22, wide=26),
    Column(width=30, grow=3),
    Column(width=20, grow=1, most=30, wide_only=True),
    Column(width=19),
)
_DECISION = (Column(width=22, wide=26), Column(width=14, wide_only=True), Column(width=46, grow=1))
_ORDER = (
    Outcome.SUPPORT_PLAN, Outcome.TALK, Outcome.THIN_EVIDENCE, Outcome.COME_BACK, Outcome.ON_TRACK,
    None,
)  # fmt: skip


class KollegiumAfter(Page[None]):
    """A meeting's actions and decisions.

    Args:
        meeting_id: Which meeting.
    """

    AREA = "kollegium_after"
    DEFAULT_CSS = """
    KollegiumAfter #whole { height: 3; padding: 0 2 0 3; border-top: solid $line; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("p", "print", "kollegium_after.print"),
        bind("space", "done", "kollegium_after.done"),
        bind("x", "dropped", "kollegium_after.dropped"),
        bind("r", "correct", "kollegium_after.correct"),
        # Not k, as in the live page: in lists it steps up.
        bind("v", "sources", "kollegium_after.sources"),
        bind("f2", "go_on", "kollegium_after.go_on"),
        bind("o", "doctor", "kollegium_after.doctor", show=False),
        bind("y", "plan", "kollegium_after.plan", show=False),
    ]

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self._meeting_id = meeting_id
        self.minutes: Minutes | None = None
        self._actions: dict[str, tuple[DecidedLine, AgreedLine]] = {}
        self._lines: dict[str, DecidedLine] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False)
        yield Static(id="whole", markup=False)

    def on_mount(self) -> None:
        """Read the meeting."""
        self.set_title(text("kollegium_after.title"))
        picker = self.query_one(Picker)
        picker.show([], empty=text("kollegium_after.reading"))
        picker.focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read again what may have been changed on another page."""
        if self.minutes is not None:
            self.reload()

    def reload(self) -> None:
        """Read the meeting, in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="minutes")

    def _read(self) -> None:
        from at_tui.kollegium.minutes import minutes_of

        try:
            with self.store.read() as work:
                found = minutes_of(work, self._meeting_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._came, found)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.action_back()

    def _came(self, found: Minutes) -> None:
        self.minutes = found
        self._lines = {f"decision:{line.training_id}": line for line in found.lines}
        self._actions = {
            f"action:{action.agreement_id}": (line, action)
            for line in found.lines
            for action in line.actions
        }
        title = Content.assemble(safe(found.title, "bold"), "  ", safe(full(found.day)))
        if found.closed_on is None:
            state = safe(text("kollegium_after.not_closed"), "$warning")
        elif found.signed_by:
            state = safe(text("kollegium_after.signed_by", name=found.signed_by), "$text-muted")
        else:
            state = safe(text("kollegium_after.closed"), "$text-muted")
        self.set_title(title, state)
        self.query_one(Picker).show(list(self._rows(found)))
        self.refresh_bindings()

    # Rows

    def _rows(self, found: Minutes) -> Iterator[Row]:
        yield from self._action_rows()
        for outcome in _ORDER:
            lines = [line for line in found.lines if line.outcome is outcome]
            if lines:
                yield heading(_title(outcome), str(len(lines)))
            for line in lines:
                yield self._decision_row(line)
        if not found.lines:
            yield heading(text("kollegium_after.decisions"), "")
            closed = "_closed" if found.closed_on is not None else ""
            yield remark(text(f"kollegium_after.no_decisions{closed}"))
        yield heading(text("kollegium_after.there"), str(len(found.attendance) or ""))
        names = ", ".join(f"{a.name} ({a.role})" if a.role else a.name for a in found.attendance)
        yield Row("there", (safe(names or text("kollegium_after.nobody_noted")),), wraps=True)
        if clean(found.note):
            yield Row("note", (safe(found.note, "italic"),), wraps=True)

    def _action_rows(self) -> Iterator[Row]:
        still = [key for key, (_, a) in self._actions.items() if not (a.done_on or a.dropped_on)]
        right = text("kollegium_after.open_count", left=len(still), count=len(self._actions))
        yield heading(text("kollegium_after.actions"), right if self._actions else "")
        if not self._actions:
            yield remark(text("kollegium_after.no_actions"))
        for key in sorted(self._actions, key=lambda key: (key not in still, self._due(key))):
            yield self._action_row(key)

    def _due(self, key: str) -> tuple[date, str]:
        line, action = self._actions[key]
        return action.due or date.max, sort_key(line.name)

    def _action_row(self, key: str) -> Row:
        line, action = self._actions[key]
        return Row(
            key,
            (
                safe(line.name, "bold"),
                Content.assemble(safe(action.text), "  ", safe(action.owner, "$text-muted"))
                if self.app.size.width < 100
                else safe(action.text),
                safe(action.owner, "$text-muted"),
                self._state(action),
            ),
            search=f"{line.name} {action.text} {action.owner}",
            columns=_ACTION,
        )

    def _state(self, action: AgreedLine) -> Content:
        if action.done_on is not None:
            words = text("kollegium.page.done", day=short(action.done_on, self.today))
            return Content.assemble(("✓ ", "$success"), safe(words, "$text-muted"))
        if action.dropped_on is not None:
            return safe("– " + text("kollegium.action.dropped"), "$text-muted")
        if action.due is None:
            return Content.assemble(("○ ", "$warning"), text("kollegium.action.open"))
        words = text("kollegium.page.due", day=short(action.due, self.today))
        late = action.due < self.today
        return Content.assemble(("! " if late else "○ ", "bold $error" if late else "$warning"),
                                safe(words, "$error" if late else ""))  # fmt: skip

    def _decision_row(self, line: DecidedLine) -> Row:
        section = text(f"word.section_short.{line.section}") if line.section else "–"
        words = safe(line.text)
        if line.outcome is None:
            key = "taken_up" if line.taken_up else "not_taken_up"
            words = safe(text(f"kollegium_after.{key}"), "$text-muted")
        if line.correction:
            why = safe(text("kollegium_after.corrected", reason=line.correction), "$warning")
            words = Content.assemble(words, "  " if line.text else "", why)
        cells = (safe(line.name, "bold"), safe(section, "$text-muted"), words)
        return Row(f"decision:{line.training_id}", cells, columns=_DECISION)

    # What the row is about

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Show the row under the cursor in full: lines are cut where the window is narrow."""
        key = event.row_id or ""
        words = Content("")
        if key in self._actions:
            line, action = self._actions[key]
            tail = safe(f"{line.name}, {action.owner}", "$text-muted")
            words = Content.assemble(safe(action.text), "  ", tail)
        elif key in self._lines:
            line = self._lines[key]
            unit = safe(", ".join(filter(None, [line.unit, line.supervisor])), "$text-muted")
            words = Content.assemble(safe(line.text), "  " if line.text else "", unit)
        self.query_one("#whole", Static).update(words)

    def _line(self) -> DecidedLine | None:
        key = self.query_one(Picker).selected or ""
        if key in self._actions:
            return self._actions[key][0]
        return self._lines.get(key)

    def record_of_focus(self) -> str:
        """Return the record under the cursor, whose life F8 shows."""
        key = self.query_one(Picker).selected or ""
        if key in self._actions:
            return self._actions[key][1].agreement_id
        line = self._lines.get(key)
        return line.decision_id if line else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what only an open, or only a closed meeting has."""
        minutes = self.minutes
        if action == "go_on":
            return minutes is not None and minutes.closed_on is None
        if action == "correct":
            return minutes is not None and minutes.closed_on is not None
        return True

    # Acting

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """An action: done or not. A decision: the doctor's page."""
        event.stop()
        if event.row_id in self._actions:
            self.action_done()
        else:
            self.action_doctor()

    def _settle(self, *, dropped: bool) -> None:
        from at_tui.kollegium.after import settle

        key = self.query_one(Picker).selected or ""
        if key not in self._actions:
            self.desk.say(text("kollegium_after.no_action_here"))
            return
        action = self._actions[key][1]
        was = action.dropped_on if dropped else action.done_on
        day = None if was is not None else self.today
        try:
            with self.store.work(self.author) as work:
                settle(
                    work,
                    action.agreement_id,
                    done_on=None if dropped else day,
                    dropped_on=day if dropped else None,
                )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.saved()
        self.reload()

    def action_done(self) -> None:
        """Say that the action is done, or open after all."""
        self._settle(dropped=False)

    def action_dropped(self) -> None:
        """Say that nothing comes of the action, or that it is open after all."""
        self._settle(dropped=True)

    def action_correct(self) -> None:
        """Correct the decision, with a reason and a signature."""
        from screens.kollegium.after_correct import CorrectDecision

        line = self._line()
        if line is None or not line.decision_id:
            self.desk.say(text("kollegium_after.nothing_to_correct"), "warning")
            return
        self.app.push_screen(CorrectDecision(line))

    def action_sources(self) -> None:
        """Show what the decision rested on, as it was frozen."""
        from screens.kollegium.evidence import EvidencePage

        line = self._line()
        if line is not None:
            page = EvidencePage(self._meeting_id, line.training_id, line.name)
            self.app.push_screen(page)

    def action_doctor(self) -> None:
        """Open the doctor's page."""
        line = self._line()
        if line is not None:
            self.desk.go(lambda: ways.page(line.training_id))

    def action_plan(self) -> None:
        """Open the doctor's stödplan, for those who may see it."""
        line = self._line()
        if line is not None:
            self.desk.go(lambda: ways.support_plans(line.training_id))

    def action_go_on(self) -> None:
        """Go on with a meeting that is not closed."""
        self.app.switch_screen(ways.kollegium_live(self._meeting_id))

    def action_print(self) -> None:
        """Print the minutes or the slips."""
        self.run_worker(self._print(), group="print", exclusive=True)

    async def _print(self) -> None:
        from at_tui.kollegium.minutes import doctor_slips, supervisor_slips
        from screens.kollegium.after_print import PrintMeeting, write

        minutes = self.minutes
        if minutes is None:
            return
        counts = len(supervisor_slips(minutes)), len(doctor_slips(minutes))
        wanted = await self.app.push_screen_wait(PrintMeeting(*counts))
        if wanted is None:
            return
        self.note(text("kollegium_after.printing"))
        try:
            paths = await asyncio.to_thread(write, minutes, wanted, self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        finally:
            self.note("")
        if len(paths) == 1:
            self.desk.say(text("kollegium_after.printed", path=paths[0]))
        elif paths:
            many = text("kollegium_after.printed_many", count=len(paths), folder=wanted.folder)
            self.desk.say(many)
        else:
            self.desk.say(text("kollegium.slip.none"), "warning")


def _title(outcome: Outcome | None) -> str:
    if outcome is None:
        return text("kollegium_after.undecided")
    return f"{SIGNS[outcome][0]} {text(f'word.outcome.{outcome}').upper()}"
