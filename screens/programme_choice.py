"""Choosing one of the programmes, the user's own among them."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult

from at_tui.language import text
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, remark


class ChooseProgramme(Page[str]):
    """All programmes; dismissed with the id of one, or None.

    Args:
        chosen: The one the cursor begins on.
    """

    AREA = "compare"

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._chosen = chosen

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker([Column(width=40, grow=1), Column(width=14), Column(width=18, wide=26)])

    def on_mount(self) -> None:
        """Fill the list."""
        self.set_title(text("compare.choose"))
        picker = self.query_one(Picker)
        picker.show(list(self._rows()))
        picker.select(self._chosen)
        picker.focus()

    def _rows(self) -> Iterator[Row]:
        from at_tui.programmes import choices
        from at_tui.standing import set_aside

        for one in choices():
            count = text("compare.requirements", count=one.requirements)
            state = text("compare.own") if one.own else ""
            if one.valid_to and one.valid_to < self.today.isoformat():
                state = text("compare.ended", day=one.valid_to)
            cells = (one.title, safe(count, "$text-muted"), safe(state, "$warning"))
            yield Row(one.id, cells, search=f"{one.title} {one.region} {one.id}")
        for reason in set_aside():
            yield remark(f"✗ {reason}")

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Choose the row."""
        event.stop()
        self.dismiss(event.row_id)
