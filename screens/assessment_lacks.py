"""What is missing before a form can be signed, by name; Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from at_tui.completeness import Lack
from at_tui.language import text
from screens.text import safe
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row


class LacksDialog(Dialog[Lack]):
    """The completeness list; dismissed with the lack to mend, or None."""

    DEFAULT_CSS = """
    LacksDialog > #frame { width: 76; }
    LacksDialog Static { height: auto; }
    LacksDialog #lead { margin-bottom: 1; }
    LacksDialog Picker { height: auto; max-height: 14; }
    LacksDialog Rows { height: auto; max-height: 14; }
    """

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(text("assessment.lacks_title"))
        self._lacks = list(lacks)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        count = len(self._lacks)
        key = "assessment.lacks_one" if count == 1 else "assessment.lacks_many"
        yield Static(safe(text(key, count=count)), id="lead", markup=False)
        yield Picker([Column(width=1), Column(width=40, grow=1)], type_to_filter=False)

    def on_mount(self) -> None:
        """Fill the list."""
        picker = self.query_one(Picker)
        picker.show(
            Row(str(number), (safe("✗", "$error"), safe(text(lack.key, **lack.values))))
            for number, lack in enumerate(self._lacks)
        )
        picker.focus()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to where it is mended."""
        event.stop()
        self.dismiss(self._lacks[int(event.row_id)])
