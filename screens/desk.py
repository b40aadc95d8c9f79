"""What a screen may ask of the application it is shown in.

Screens know this protocol, never the application itself: no arrow up, no circle.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, cast

from textual.content import Content
from textual.signal import Signal

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from at_tui.judging_apart import JudgingApart
    from data.glance import Glance
    from data.store import Store
    from schema.fault import Fault
    from screens.foreread import Foreread

Severity = Literal["information", "warning", "error"]


class Leads(Protocol):
    """Leads to a page, when which one it is depends on the records."""

    def open(self, app: App[Any]) -> None:
        """Find the page that fits, and show it."""
        ...


Way: TypeAlias = "Callable[[], Screen[Any] | Leads]"
"""Makes a page, or what leads to one."""


class Desk(Protocol):
    """The open records, who sits here, and what day it is."""

    @property
    def store(self) -> Store:
        """The open records; raises RuntimeError before they are open (see `is_open`)."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether the records are open."""
        ...

    @property
    def foreread(self) -> Foreread:
        """The training one stands on, read before its page is opened."""
        ...

    @property
    def judging(self) -> JudgingApart:
        """The processes that judge many trainings, for as long as the records are open."""
        ...

    database: Path
    """The file of records."""
    key: bytes | None
    """Opens the file; None when it is not encrypted, or not open yet."""
    records_opened: Signal[Store]
    """Published when the records are open."""
    in_use: bool
    """Whether somebody has touched anything since the records were opened."""
    author: str
    """Id of the person at the keyboard; empty until they have said who they are."""

    @property
    def today(self) -> date:
        """The day it is; screens never read the clock themselves."""
        ...

    def now(self) -> datetime:
        """Return the local time."""
        ...

    def say(self, words: str | Content, severity: Severity = "information") -> None:
        """Show a passing message; text from outside is safe in it."""
        ...

    def save_toast(self, what: str = "") -> None:
        """Say that something has been saved, after the unit of work has ended."""
        ...

    def at_touch(self, act: Callable[[], object]) -> None:
        """Do it once somebody uses the programme, from now on: at the next key or mouse."""
        ...

    def load_too(self, load: Callable[[], object]) -> None:
        """Have it done in a thread, before the other pages are loaded."""
        ...

    def glance(self) -> Glance | None:
        """Return the first page's content as the file has it now; raises Fault `store.*`."""
        ...

    def first_glance(self) -> Glance | None:
        """Return what was read ahead; None when it is still on its way."""
        ...

    def open_records(self, key: bytes | None) -> None:
        """Open the file with `key`, behind the page."""
        ...

    def preload(self) -> None:
        """Import in a thread what the records need, while the user types."""
        ...

    def enter(self, key: bytes | None) -> None:
        """Show the first page of the file that `key` opens."""
        ...

    def use(self, database: Path) -> None:
        """Turn to another file: ask for its passphrase, open it, or make it."""
        ...

    def made(self, database: Path, key: bytes | None) -> None:
        """Open a file that has just been made; in a thread."""
        ...

    def settle(self) -> None:
        """Show the first page, now that it is known who sits here."""
        ...

    def leave(self, fault: Fault) -> None:
        """End the programme with a sentence for the user."""
        ...

    def demo(self) -> None:
        """Show invented people, in a file that is thrown away with the programme."""
        ...

    def go(self, make: Way) -> None:
        """Show the page that `make` makes or leads to, as soon as the records are open."""
        ...


def desk(app: App[Any]) -> Desk:
    """Return the application as screens see it."""
    return cast(Desk, app)
