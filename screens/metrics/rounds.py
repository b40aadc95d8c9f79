"""The rounds of recruitment of a year."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault
from screens.metrics.forms import RoundForm
from screens.metrics.round import RoundPage
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row


class RoundsPage(Page[None]):
    """Every round of a year, with its sums.

    Args:
        year: Which; None for the one that is reported now.
    """

    AREA = "metrics.rounds_page"
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "metrics.new_round"),
        bind("delete", "remove", "metrics.remove"),
        bind("left", "year(-1)", "metrics.previous", as_="←→"),
        bind("right", "year(1)", "metrics.next", show=False),
    ]

    def __init__(self, year: int | None = None) -> None:
        super().__init__()
        self._year = year
        self._titles: dict[str, str] = {}

    @property
    def year(self) -> int:
        """The year that is shown."""
        from screens.metrics.page import year_to_begin_with

        if self._year is None:
            self._year = year_to_begin_with(self.today.year, self.today.month)
        return self._year

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(
            (Column(width=24, wide=36), Column(width=50, grow=1)),
            type_to_filter=False,
            filters=False,
        )

    def on_mount(self) -> None:
        """Take the focus."""
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Show what may have been entered on another page."""
        self.reload()

    def reload(self) -> None:
        """Read the rounds: a handful of records."""
        from at_tui.metrics.read import year_records

        self.set_title(text("metrics.rounds_page.title", year=self.year))
        with self.store.read() as work:
            found = year_records(work, self.year, on=self.today).rounds
        self._titles = {one.id: one.title for one in found}
        rows = [
            Row(
                one.id,
                (
                    one.title,
                    text(
                        "metrics.rounds_page.numbers",
                        applicants=one.sum("applicants"),
                        interviewed=one.sum("interviewed"),
                        filled=one.sum("filled"),
                        blocks=one.blocks,
                    ),
                ),
            )
            for one in found
        ]
        empty = text("metrics.rounds_page.empty", year=self.year)
        self.query_one(Picker).show(rows, empty=empty)

    def action_year(self, step: int) -> None:
        """Show another year."""
        self._year = min(2200, max(1990, self.year + step))
        self.reload()

    def action_new(self) -> None:
        """Enter a new round, and then its groups."""
        self.app.push_screen(RoundForm(self.year), self._made)

    def _made(self, round_id: str | None) -> None:
        if round_id:
            self.desk.go(lambda: RoundPage(round_id))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open a round."""
        event.stop()
        round_id = event.row_id
        self.desk.go(lambda: RoundPage(round_id))

    def action_remove(self) -> None:
        """Ask before a round is taken away."""
        chosen = self.query_one(Picker).selected
        if chosen is not None:
            title = text("metrics.rounds_page.remove_title", title=self._titles[chosen])
            dialog = Confirm(title, text("metrics.rounds_page.remove_more"))
            self.app.push_screen(dialog, lambda yes: self._remove(chosen) if yes else None)

    def _remove(self, round_id: str) -> None:
        from schema.tables import Recruitment

        try:
            with self.store.work(self.author) as work:
                work.remove(work.need(Recruitment, round_id))
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast()
        self.reload()
