"""A small region with a meeting, shown in the programme as its study director sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from at_tui.kollegium.stands import decision_id, draft_key
from data.signing import set_pin
from schema.tables import Agreement, Decision, Kollegium
from schema.words import Outcome
from screens import ways
from screens.kollegium.live import LivePage
from screens.widgets.page import Page
from tests.at_tui.kollegium.world import TODAY, WEEK, World
from tests.screens import settling
from tests.screens.playing import Heard, screen_text

NOW = datetime(2026, 11, 24, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
WORKERS = ("kollegium", "pictures", "minutes", "evidence", "glance", "judge")
PIN = "2468"

Step = str | Callable[["Shown"], Awaitable[None] | None]


@dataclass
class Meeting:
    """A meeting of today about three doctors, and one before it."""

    world: World
    id: str
    before: Kollegium
    clock: list[datetime] = field(default_factory=lambda: [NOW])
    """The time it is, last; tests move it."""

    def training(self, name: str) -> str:
        """Return a doctor's training."""
        return self.world.doctors[name].training_id

    def meeting(self) -> Kollegium:
        """Return the meeting as it is kept."""
        with self.world.store.read() as work:
            return work.need(Kollegium, self.id)


def set_up(world: World) -> Meeting:
    """Write three doctors, one for each group of the rules, and the meetings."""
    before = world.meeting(TODAY - 26 * WEEK, title="AT-kollegium", closed_on=TODAY - 26 * WEEK)
    alva = world.add("Alva Testsson")
    world.decided(
        alva, before, Outcome.TALK, "Mår bra, vill operera mer.",
        ("Boka två sit-in", TODAY + WEEK), ("Ordna operationsdagar", TODAY - 4 * WEEK),
    )  # fmt: skip
    for number in range(4):
        world.observed(
            alva, TODAY - (number + 1) * WEEK, 3, 2, 3, 3, 4, 3, 3,
            by=world.berit_id if number % 2 else world.ture_id,
            said=(f"Lugn i rummet ({number})", "Fråga om läkemedel tidigare"),
            place=("mottagning", "akuten")[number % 2],
        )  # fmt: skip
    world.met(alva, [TODAY - number * WEEK for number in range(1, 10)])
    nils = world.add("Nils Exempel")
    world.met(nils, [TODAY - number * WEEK for number in range(1, 9)])
    siv = world.add("Åsa Provdahl")
    world.met(siv, [TODAY - number * WEEK for number in range(1, 12)])
    for number in range(5):
        world.observed(
            siv, TODAY - (number + 1) * WEEK, 4, 4, 4, 4, 4, 4, 4,
            by=world.berit_id if number % 2 else world.ture_id,
            said=("Såg hela människan", "Inget att ändra"),
            place=("mottagning", "akuten")[number % 2],
        )  # fmt: skip
    meeting = world.meeting(TODAY, starts_at="13.00", minutes=60, place="Rum 3")
    with world.store.work("test") as work:
        set_pin(work, world.director_id, PIN)
    return Meeting(world, meeting.id, before)


@dataclass
class Shown:
    """The programme while it is played."""

    app: Heard
    pilot: Pilot[int]
    meeting: Meeting

    @property
    def words(self) -> str:
        """What the screen says, on one line."""
        return settling.flat(screen_text(self.app))

    @property
    def lines(self) -> str:
        """What the screen says, line by line."""
        return screen_text(self.app)

    @property
    def page(self) -> Any:
        """The page on top."""
        return self.app.screen

    @property
    def live(self) -> Any:
        """The meeting of the live page."""
        found = next(each for each in self.app.screen_stack if isinstance(each, LivePage))
        return found.live

    async def press(self, *keys: str) -> None:
        """Press keys, each once the page has come to rest."""
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    async def write(self, words: str) -> None:
        """Type words where the focus is, at once."""
        focused = self.app.focused
        if isinstance(focused, TextArea):
            focused.insert(words)
        else:
            assert isinstance(focused, Input), focused
            focused.insert_text_at_cursor(words)
        await self.rest()

    async def rest(self) -> None:
        """Wait until the page is at rest."""
        await settling.settle(self.pilot, *WORKERS)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what a thread does."""
        for _ in range(400):
            if holds():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(self.words)


Play = Callable[[Shown], Awaitable[None]]


def play(
    meeting: Meeting,
    first: Screen[Any] | None,
    act: Play,
    *,
    size: tuple[int, int] = (80, 24),
    author: str | None = None,
) -> None:
    """Show a page (the meeting, when none is given) over an empty one, and act."""

    async def go() -> None:
        app = app_of(meeting, Page(), author=author)
        async with app.run_test(size=size) as pilot:
            shown = Shown(app, pilot, meeting)
            app.push_screen(first or ways.kollegium_live(meeting.id))
            await shown.rest()
            await act(shown)

    asyncio.run(go())


def app_of(meeting: Meeting, first: Screen[Any], *, author: str | None = None) -> Heard:
    """Return the programme on the world's file."""
    world = meeting.world
    return Heard(
        world.store.path,
        on=TODAY,
        clock=lambda: meeting.clock[-1],
        store=world.store,
        author=world.director_id if author is None else author,
        first=first,
    )


def begin(meeting: Meeting, names: Sequence[str] = ()) -> None:
    """Open the meeting's list, without a screen."""
    from at_tui.kollegium.holding import begin as begin_meeting
    from at_tui.kollegium.holding import prepare

    store = meeting.world.store
    room = prepare(store, meeting.id, TODAY)
    chosen = {meeting.training(name) for name in names} or set(room.order)
    begin_meeting(store, room, chosen, author=meeting.world.director_id, at=NOW.astimezone())


def in_weeks(weeks: int) -> date:
    """Return the day so many weeks from today."""
    return TODAY + timedelta(weeks=weeks)


def decision(meeting: Meeting, name: str) -> Decision | None:
    """Return what has been decided about a doctor, or None."""
    with meeting.world.store.read() as work:
        return work.get(Decision, decision_id(meeting.id, meeting.training(name)))


def actions(meeting: Meeting) -> list[Agreement]:
    """Return the actions of today's meeting."""
    with meeting.world.store.read() as work:
        every = work.all(Agreement, Agreement.origin_kind == "Decision")
        return [each for each in every if each.agreed_on == TODAY]


def moment(meeting: Meeting) -> dict[str, Any]:
    """Return what is kept of the meeting while it goes on."""
    with meeting.world.store.read() as work:
        return work.draft(draft_key(meeting.id)) or {}
