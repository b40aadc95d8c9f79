"""The meeting, doctor by doctor: a page, a digit, a line; saved at each key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from at_tui.kind_words import of_kind
from at_tui.kollegium import turns
from at_tui.kollegium.live import Live
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import AgreementOwner, Outcome
from screens.dates import short
from screens.kollegium import live_picture, live_round, live_turn
from screens.kollegium.live_panel import KEYS, Panel
from screens.text import safe
from screens.widgets.choice_field import ChoiceField
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.rows import TALL

if TYPE_CHECKING:
    from at_tui.kollegium.holding import Owner, Room
    from at_tui.kollegium.turns import Action

TICK = 1.0
"""Seconds between two looks at the clock."""
KEEP_TIME = 15
"""Ticks without a key after which the clock itself is saved."""


class PictureScroll(VerticalScroll, inherit_bindings=False, can_focus=True):
    """The doctor's page. Arrows to the sides are the meeting's, not the window's."""

    DEFAULT_CSS = """
    PictureScroll { padding: 0 1; height: 1fr; }
    PictureScroll > Static { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down", "scroll_down", show=False),
        Binding("up", "scroll_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]


class LivePage(Page[None]):
    """The live mode.

    Args:
        room: Everyone in the meeting, read and judged.
        live: The meeting, opened.
    """

    AREA = "kollegium_live"
    AUTO_FOCUS = "PictureScroll"
    BINDINGS: ClassVar[list[Any]] = [
        bind("right", "next", "kollegium_live.next"),
        bind("left", "before", "kollegium_live.before"),
        bind("enter", "decision", "kollegium_live.decision"),
        bind("n", "action", "kollegium_live.action"),
        bind("u", "undo", "kollegium_live.undo"),
        bind("k", "sources", "kollegium_live.sources"),
        bind("f2", "end", "kollegium_live.end"),
        bind("l", "list", "kollegium_live.list"),
        bind("f", "earlier", "kollegium_live.earlier", show=False),
        bind("s", "next", "kollegium_live.skip", show=False),
        bind("p", "bulk", "kollegium_live.bulk", show=False),
        bind("x", "drop", "kollegium_live.drop", show=False),
        bind("y", "plan", "kollegium_live.plan", show=False),
        bind("a", "attendance", "kollegium_live.attendance", show=False),
        bind("å", "outcome('å')", "kollegium_live.come_back", show=False),
        *(bind(key, f"outcome('{key}')", f"kollegium_live.outcome_{key}", show=False)
          for key, _ in KEYS[:4]),
        bind("escape", "back", "kollegium_live.pause"),
    ]  # fmt: skip

    def __init__(self, room: Room, live: Live) -> None:
        super().__init__()
        self.room, self.live = room, live
        self._owners: list[Owner] = []
        self._ticked: datetime | None = None
        self._rested = 0
        self.drawn = ""
        """Whose page is drawn: the next doctor's while the step there is being saved."""

    def body(self) -> ComposeResult:
        """Lay out the doctor over the decision."""
        yield Panel()
        with PictureScroll(id="picture"):
            yield Static(id="page", markup=False)

    def on_mount(self) -> None:
        """Show whose turn it is, as it was left."""
        self._ticked = self.desk.now()
        self.set_interval(TICK, self._tick)
        self.call_after_refresh(self.show_all)
        # Each takes a few ms: ready before anyone has come so far.
        self.run_worker(self._pictures, thread=True, name="pictures")

    def _pictures(self) -> None:
        worker = get_current_worker()
        for training_id in self.live.state.order:
            if worker.is_cancelled:
                return
            self.room.picture(training_id)

    @property
    def panel(self) -> Panel:
        """The lower part."""
        return self.query_one(Panel)

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        if self.is_mounted:
            self.call_after_refresh(self.draw)

    # What is shown

    def show_all(self) -> None:
        """Show the doctor whose turn it is, from the top, with what is typed."""
        live = self.live
        self._owners = self.room.owners(live.state.at)
        self.panel.fill(live.typed, live.half, self._owners)
        if self.drawn != live.state.at:
            self.query_one(PictureScroll).scroll_home(animate=False)
            self.draw()
        self._show()

    def draw(self, training_id: str = "") -> None:
        """Draw a doctor's page, by itself that of whose turn it is, for the width there is."""
        self.drawn = training_id or self.live.state.at
        picture = self.room.picture(self.drawn)
        width = self.query_one(PictureScroll).scrollable_content_region.width
        if picture is None:
            drawn = safe(text("kollegium_live.gone"), "$warning")
        else:
            drawn = live_picture.page_content(
                picture, width or self.app.size.width - 4, airy=self.app.size.height >= TALL
            )
        self.query_one("#page", Static).update(drawn)

    def _show(self) -> None:
        """Show what is decided, and where the meeting stands."""
        here = self.live.state.here
        self.panel.show(here.outcome, here.actions, self.owner_of)
        self.draw_title()

    def draw_title(self, training_id: str = "") -> None:
        """Show a doctor's name, by itself of whose turn it is, the place, and the clock."""
        state, meeting = turns.go(self.live.state, training_id), self.live.meeting
        where = text(
            "kollegium_live.title", title=meeting.title, day=short(meeting.day, self.today),
            place=state.position, count=len(state.order),
        )  # fmt: skip
        name = self.room.name(state.at)
        left = Content.assemble(safe(where, "$text-muted"), " · ", safe(name, "bold"))
        over = state.seconds_left < 0
        clock = text(
            "kollegium_live.over" if over else "kollegium_live.clock",
            here=_minutes(state.here.seconds),
            left=_minutes(abs(state.seconds_left)),
        )
        slow = state.here.seconds > max(60.0, 2 * state.seconds_each)
        style = "$error" if over else "$warning" if slow else "$text-muted"
        self.set_title(left, safe(clock, style))

    def owner_of(self, action: Action) -> str:
        """Return who does an action, in words."""
        if action.owner_id and (name := self.room.shelf.person(action.owner_id)):
            return name
        kind = self.room.kind_of(self.live.state.at)
        return of_kind(text(f"word.owner.{action.owner}"), kind)

    # Saving

    def do(self, act: Callable[[], Any], *, page: bool = False) -> Any:
        """Do one step of the meeting, which saves it, and show how it stands then.

        Args:
            page: Whether another doctor may be on the page afterwards.
        """
        self._rested = 0
        try:
            result = act()
        except Fault as fault:
            self._refused(fault)
            return None
        if page:
            self.show_all()
        else:
            self._show()
        self.saved()
        return result

    def _refused(self, fault: Fault) -> None:
        if fault.code != "kollegium.other_window":
            self.desk.say(say(fault), "error")
            self._show()
            return
        if not isinstance(self.app.screen, Confirm):
            more = text("kollegium_live.take_over_more")
            dialog = Confirm(
                text("kollegium_live.take_over"), more, yes=text("kollegium_live.take_over_yes"),
                no=text("kollegium_live.take_over_no"),
            )  # fmt: skip
            self.app.push_screen(dialog, self._take_over)

    def _take_over(self, yes: bool | None) -> None:
        if not yes:
            self.dismiss()
            return
        try:
            self.live = Live.open(
                self.store, self.live.meeting.id, author=self.author, on=self.today
            )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        if self.live.closed:
            self.desk.say(text("kollegium.closed"), "warning")
            self.dismiss()
            return
        self.show_all()

    def sync(self) -> None:
        """Take what stands in the fields: letters just typed may not have been told yet."""
        live, panel = self.live, self.panel
        if panel.decision.value != " / ".join(live.typed.split("\n")):
            self.do(lambda: live.write(panel.decision.value))
        if panel.half() != live.half:
            self.do(lambda: live.half_typed(**panel.half()))

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    def _typed(self, event: Input.Changed | ChoiceField.Changed) -> None:
        event.stop()
        if self.is_current:
            self.sync()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self.panel.decision:
            self.sync()
            self.do(self.live.settle_text)
            self.panel.what.focus()
        elif self.panel.half():
            self._agree()
        else:
            self._leave_fields()

    def _agree(self) -> None:
        panel = self.panel
        self.sync()
        try:
            due: date | None = panel.when.read()
            chosen = next((o for o in self._owners if o.key == panel.who.value), None)
            kind = chosen.kind if chosen else AgreementOwner.SUPERVISOR
            who = chosen.person_id if chosen else None
            self.live.agree(panel.what.value, kind, owner_id=who, due=due)
        except Fault as fault:
            self._refused(fault)
            return
        panel.fill(self.live.typed, {}, self._owners)
        panel.what.focus()
        self._show()
        self.saved()

    def _leave_fields(self) -> None:
        self.query_one(PictureScroll).focus()

    # The clock

    def _tick(self) -> None:
        now, before = self.desk.now(), self._ticked
        self._ticked = now
        if before is None or self.live.closed:
            return
        self.live.tick((now - before).total_seconds())
        self._rested += 1
        if self._rested >= KEEP_TIME and self.is_current:
            self._rested = 0
            self.do(lambda: self.live.write(self.live.typed))
        elif self.is_attached:
            self.draw_title()

    # Whose turn it is

    async def action_next(self) -> None:
        """Go to the next; an undecided one is left for later."""
        self.sync()
        if await live_turn.turn(self, turns.after(self.live.state), self.live.next) is False:
            self.desk.say(text("kollegium_live.all_settled"))

    async def action_before(self) -> None:
        """Go back to the one before."""
        self.sync()
        if await live_turn.turn(self, turns.before(self.live.state), self.live.back) is False:
            self.desk.say(text("kollegium_live.first"))

    # What is decided

    def action_outcome(self, key: str) -> None:
        """Decide; the same key again takes it back."""
        outcome: Outcome = dict(KEYS)[key]
        self.sync()
        same = self.live.state.here.outcome is outcome
        self.do(lambda: self.live.decide(None if same else outcome))

    def action_decision(self) -> None:
        """Write the line of decision."""
        self.panel.decision.focus()

    def action_action(self) -> None:
        """Write what is to be done, by whom and when."""
        self.panel.what.focus()

    def action_undo(self) -> None:
        """Take back the latest decision, text, action or bulk."""
        self.sync()
        if self.do(self.live.undo, page=True) is False:
            self.desk.say(text("kollegium_live.nothing_to_undo"))

    def action_bulk(self) -> None:
        """Put all on track whose page has been shown, whom the rules propose for it."""
        live_round.bulk(self)

    def action_drop(self) -> None:
        """Take away an action that was added in this meeting."""
        live_round.drop(self)

    def action_earlier(self) -> None:
        """Say of the last meeting's actions what is done."""
        live_round.earlier(self)

    # Round the meeting

    def action_list(self) -> None:
        """Show everyone in the meeting, and go to one of them."""
        live_round.everyone(self)

    def action_sources(self) -> None:
        """Show what the decision rests on, as it was frozen."""
        live_round.sources(self)

    def action_plan(self) -> None:
        """Open the doctor's stödplan, for those who may see it."""
        live_round.plan(self)

    def action_attendance(self) -> None:
        """Note who is there."""
        live_round.attendance(self)

    def action_end(self) -> None:
        """Look the meeting through, and close it."""
        live_round.end(self)

    def action_back(self) -> None:
        """Leave the fields; from the page itself, pause the meeting."""
        self.sync()
        if self.panel.typing:
            self.do(self.live.settle_text)
            self._leave_fields()
            return
        try:
            self.live.pause()
        except Fault as fault:
            self._refused(fault)
            return
        self.desk.say(text("kollegium_live.paused"))
        self.dismiss()


def _minutes(seconds: float) -> str:
    """Return e.g. `01.20`."""
    whole = int(seconds)
    return f"{whole // 60:02d}.{whole % 60:02d}"
