"""A study director's region on screen: eight doctors, each with something of their own.

`region` fills a world of `tests/at_tui/kollegium/world.py`; `play` shows a page over it.
"""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from schema.words import CancelReason, LockStatus, Outcome, SectionCode
from schema.words import SupervisionStatus as Held
from screens.widgets.page import Page
from tests.at_tui.kollegium.world import TODAY, WEEK, World
from tests.screens.playing import Heard, Step, do, screen_text
from tests.screens.settling import settle

NOW = datetime(2026, 11, 24, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
LONG_NAME = "Maximiliana " + "Lång" * 25 + " Testsson"
BOLD = "Bo [bold]Fetström[/bold]"
COMMENT = "Behöver be om hjälp tidigare. " * 340
"""More than ten thousand characters."""


def region(world: World) -> None:
    """Write eight doctors: two as they should be, and six that a page must stand."""
    weeks = [TODAY - WEEK * n for n in range(1, 12)]
    alva = world.add("Alva Testsson", start_group="VT 2026")
    world.met(alva, [day for n, day in enumerate(weeks) if n != 4])
    world.cancelled(alva, weeks[4], CancelReason.WORKLOAD)
    seen = (date(2026, 9, 14), date(2026, 10, 5), date(2026, 11, 3), date(2026, 11, 17))
    for n, day in enumerate(seen):
        world.observed(
            alva, day, 3, 3, 4, 3, by=world.berit_id if n % 2 else world.ture_id,
            said=("Lyssnar först.", "Säg till tidigare."),
            place="mottagning" if n % 2 else "akutmottagning",
        )  # fmt: skip
    nils = world.add("Nils Exempel", start_group="VT 2026")
    world.met(nils, [weeks[-1]])
    for day, reason in ((weeks[2], CancelReason.SUPERVISOR_ILL), (weeks[3], CancelReason.LEAVE)):
        world.cancelled(nils, day, reason)
    world.observed(nils, date(2026, 9, 10), 2, 2, said=("", COMMENT))
    world.observed(nils, date(2026, 11, 2), 2, 2, status=LockStatus.DRAFT)
    last = world.meeting(date(2026, 5, 26), closed_on=date(2026, 5, 26))
    world.decided(nils, last, Outcome.TALK, "Fler sit-in.", ("Boka två sit-in", date(2026, 9, 1)))
    ward = world.add("Wilma Prov", start_group="HT 2025", start=date(2025, 9, 1), placed=False)
    world.place(ward, unit_id=world.ward_id, section=SectionCode.PSYKIATRI, supervisor_id=None,
                end=date(2026, 12, 13))  # fmt: skip
    world.met(ward, [TODAY + timedelta(days=2)], status=Held.PLANNED)
    world.add("Tom Tomsson", placed=False)
    world.add(LONG_NAME)
    world.add(BOLD)
    left = world.add("Lisa Lämnat", ended_on=date(2026, 10, 30))
    world.met(left, weeks[6:8])
    double = world.add("Dubbel Dubbelsson", start=date(2025, 9, 1))
    from schema.tables import Training

    world.save(
        Training(
            trainee_id=double.trainee_id, start=date(2026, 2, 1), end=date(2027, 8, 1),
            norm_months=18, programme_id="nationell",
        )
    )  # fmt: skip
    away = world.add("Lena Ledig", start_group="HT 2025")
    world.away(away, date(2026, 9, 7), date(2027, 1, 31))


def app_of(world: World, first: Screen[Any] | None = None, *, author: str | None = None) -> Heard:
    """Return the programme on the world's file, with the study director at the keyboard."""
    return Heard(
        world.store.path,
        on=TODAY,
        clock=lambda: NOW,
        store=world.store,
        author=world.director_id if author is None else author,
        first=first or Page(),
    )


def play(world: World, page: Screen[Any], *steps: Step, size: tuple[int, int] = (80, 24)) -> str:
    """Show `page` over an empty one, do the steps, and return what the screen says; after it what
    passing messages have said."""
    seen = ""

    async def go() -> None:
        nonlocal seen
        app = app_of(world)
        async with app.run_test(size=size) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for step in steps:
                await do(pilot, step)
                await settle(pilot)
            seen = "\n".join([screen_text(app), *app.heard])

    asyncio.run(go())
    return seen


async def ready(pilot: Pilot[int]) -> None:
    """Wait for a picture."""
    await settle(pilot)
