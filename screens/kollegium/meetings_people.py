"""People of the register to invite: marked, and taken as lines."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from at_tui.kollegium.calendar import invited_lines
from at_tui.language import text
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row


class PeopleDialog(Dialog[str]):
    """Dismissed with a line for each who is marked, or None."""

    DEFAULT_CSS = """
    PeopleDialog > #frame { width: 76; }
    PeopleDialog Picker { height: 14; }
    PeopleDialog #more { height: auto; color: $text-muted; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("enter", "take", "meetings.take")]

    def __init__(self) -> None:
        super().__init__(text("meetings.invited_title"))
        self._lines: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(text("meetings.invited_more"), id="more", markup=False)
        yield Picker([Column(width=26, grow=1), Column(width=34, grow=1)], marks=True, enter=False)

    def on_mount(self) -> None:
        """Show everyone in the register."""
        from data.find import people

        with self.desk.store.read() as work:
            found = people(work)
        rows = []
        for person in found:
            self._lines[person.id] = invited_lines([{"name": person.name, "email": person.email}])
            email = person.email or text("meetings.no_email")
            rows.append(Row(person.id, (safe(person.name), safe(email, "$text-muted"))))
        picker = self.query_one(Picker)
        picker.show(rows)
        picker.focus()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Take them (a click takes the one clicked)."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take those marked, else the one under the cursor."""
        picker = self.query_one(Picker)
        chosen = [line for id, line in self._lines.items() if id in picker.marked]
        if not chosen and picker.selected in self._lines:
            chosen = [self._lines[picker.selected or ""]]
        self.dismiss("\n".join(chosen))
