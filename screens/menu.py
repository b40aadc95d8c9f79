"""The menu: every page that is not about one trainee, found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from at_tui.language import text
from screens.menu_entries import MENU
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

NAME, WORDS = Column(width=28, wide=34), Column(width=44, grow=1)
"""The columns of this list and of the last tab of a trainee's page."""


class Menu(Page[None]):
    """All pages in groups; the chosen one takes the menu's place."""

    AREA = "menu"

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((NAME, WORDS))

    def on_mount(self) -> None:
        """Show every page."""
        self.set_title(text("menu.title"))
        self._ways: dict[str, Callable[[], Screen[Any]]] = {}
        self.query_one(Picker).show(list(self._rows()))
        self.query_one(Picker).focus()

    def _rows(self) -> Iterator[Row]:
        for group, entries in MENU:
            if entries:
                yield heading(text(f"menu.group.{group}"))
            for entry in entries:
                self._ways[entry.name] = entry.make
                name = safe(text(f"menu.{entry.name}"), "bold")
                yield Row(entry.name, (name, safe(text(f"menu.{entry.name}_more"), "$text-muted")))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to the page; the way back leads past the menu."""
        event.stop()
        make, desk = self._ways[event.row_id], self.desk
        self.dismiss()
        self.app.call_later(desk.go, make)
