"""Screens under test look the same every time: frozen day and clock, fixed size, still cursor.

`records` is an open, unencrypted file with a few synthetic people; `show` opens the programme on
one page; `picture` compares it with its snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.screen import Screen
from textual.widgets import Input, TextArea

from at_tui.judging_apart import JudgingApart
from data import content
from data.opening import create, open_store
from data.store import Store
from schema.identity import new_id
from schema.tables import Person, Placement, Record, Role, Trainee, Training, Unit
from schema.words import RoleKind, SectionCode
from screens.app import ATApp

# Only the tests of a meeting import its pages.
if TYPE_CHECKING:
    from tests.at_tui.kollegium.world import World
    from tests.screens.kollegium_meeting import Meeting

TODAY = date(2026, 11, 24)
"""A Tuesday in week 48."""
NOW = datetime(2026, 11, 24, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop what moves by itself: blinking cursors and animations."""
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setattr(TextArea.cursor_blink, "_default", False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


OTHER_PROCESS = JudgingApart._process


@pytest.fixture(autouse=True)
def judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be no other process to judge in: half a second for each of hundreds of pages. The
    tests about it put `OTHER_PROCESS` back."""

    def none(_: JudgingApart) -> Any:
        raise OSError

    monkeypatch.setattr(JudgingApart, "_process", none)


class Ids:
    """Ids that are the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> str:
        """Return the next id."""
        self.count += 1
        number = self.count
        return new_id(milliseconds=1_700_000_000_000 + number, random=lambda n: bytes(n))


@dataclass
class Records:
    """An open file of records, and who is in it."""

    store: Store
    path: Path
    ids: Ids
    owner: Person
    alva: Trainee
    alva_training: Training
    nils: Trainee
    nils_training: Training
    unit: Unit

    def add(self, *records: Record) -> None:
        """Save records, with the same ids in every run."""
        for record in records:
            record.id = self.ids.next()
        with self.store.work(self.owner.id) as work:
            for record in records:
                work.save(record)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Open a file with one supervisor, one vårdcentral and two in training, placed there now."""
    path = tmp_path / "prov.db"
    create(path, passphrase=None)
    store = open_store(path, None)
    ids = Ids()
    unit = Unit(id=ids.next(), name="Vårdcentralen Provet", site="Prövköping")
    owner = Person(
        id=ids.next(), name="Siv Prövare", title="distriktsläkare", unit_id=unit.id, licensed=True
    )
    role = Role(id=ids.next(), person_id=owner.id, kind=RoleKind.HANDLEDARE, unit_id=unit.id)
    alva = Trainee(id=ids.next(), name="Alva Testsson", start_group="HT 2025")
    nils = Trainee(id=ids.next(), name="Nils Exempel", start_group="HT 2025")
    alva_training = Training(id=ids.next(), trainee_id=alva.id, start=date(2025, 9, 1))
    nils_training = Training(id=ids.next(), trainee_id=nils.id, start=date(2025, 9, 1))
    placements = [
        Placement(
            id=ids.next(),
            training_id=training.id,
            section=SectionCode.ALLMANMEDICIN,
            unit_id=unit.id,
            start=start,
            end=end,
            supervisor_id=owner.id,
        )
        for training, start, end in (
            (alva_training, date(2026, 7, 6), date(2027, 1, 3)),
            (nils_training, date(2026, 8, 31), date(2027, 2, 28)),
        )
    ]
    with store.work(owner.id) as work:
        work.add_all([unit, owner, role, alva, nils, alva_training, nils_training, *placements])
        work.set_fact("owner_id", owner.id)
    yield Records(store, path, ids, owner, alva, alva_training, nils, nils_training, unit)
    store.close()


Show = Callable[[Screen[Any]], ATApp]


@pytest.fixture
def show(records: Records) -> Show:
    """Return the programme, open on one page, with the clock at `NOW`."""

    def _show(first: Screen[Any]) -> ATApp:
        return ATApp(
            records.path,
            on=TODAY,
            clock=lambda: NOW,
            store=records.store,
            author=records.owner.id,
            first=first,
        )

    return _show


@pytest.fixture
def meeting(world: World) -> Meeting:
    """Write a meeting of today about three doctors, and one before it."""
    from tests.screens.kollegium_meeting import set_up

    return set_up(world)


@pytest.fixture
def own_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's own files in a folder of the test's; `home` has forgotten the one before."""
    monkeypatch.setenv("AT_TUI_HOME", str(tmp_path / "hem"))
    content.forget()
    return tmp_path / "hem"
