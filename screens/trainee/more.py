"""Mer: the pages about this training that have no tab of their own."""

from __future__ import annotations

from textual.app import ComposeResult

from at_tui.language import text
from screens.menu import NAME, WORDS
from screens.menu_entries import MORE
from screens.text import safe
from screens.trainee.tab import Tab
from screens.widgets.picker import Picker
from screens.widgets.rows import Row


class MoreTab(Tab):
    """One row for each page."""

    NAME = "more"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((NAME, WORDS), type_to_filter=False)

    def fill(self) -> None:
        """Show the pages."""
        self._ways = {entry.name: entry.make for entry in MORE}
        self.picker.show(
            [
                Row(
                    entry.name,
                    (
                        safe(text(f"more.{entry.name}"), "bold"),
                        safe(text(f"more.{entry.name}_more"), "$text-muted"),
                    ),
                )
                for entry in MORE
            ]
        )

    def open(self, row_id: str) -> None:
        """Go to the page."""
        make, training = self._ways[row_id], self.file.folder.training.id
        self.go(lambda: make(training))
