"""The first line of a form: who assesses, on which day, and where that is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from screens.text import fitted, safe
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField

LABEL_SPACE = 2
BETWEEN = 2
BEFORE_PLACE = 1


class WhoLine(Horizontal):
    """The assessor and the day. The words beside them are its own line, as the label of a typed
    field is (`screens/assessment_fields.py`).

    Args:
        label: What the assessor is called; not shown without one.
        assessor: Who assesses; None where nobody is to be named.
        day: The day of the form.
    """

    DEFAULT_CSS = """
    WhoLine { height: 1; color: $text-muted; }
    WhoLine ChoiceField { width: 1fr; max-width: 40; }
    WhoLine DateField { width: 14; }
    """
    ALLOW_SELECT = False

    def __init__(self, label: str, assessor: ChoiceField | None, day: DateField) -> None:
        super().__init__(id="who")
        self._label = safe(label) if assessor else Content("")
        self._assessor, self._day = assessor, day
        self._place = Content("")
        self._drawn_at = 0
        if assessor:
            assessor.styles.margin = (0, 0, 0, self._label.cell_length + LABEL_SPACE)

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        if self._assessor:
            yield self._assessor
        yield self._day

    def show_place(self, words: str) -> None:
        """Show what the day is, and where."""
        self._place = safe(words)
        # The assessor's name gives way to it where the window is narrow.
        room = BEFORE_PLACE + self._place.cell_length
        self._day.styles.margin = (0, room, 0, BETWEEN)
        self.refresh()
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Draw the line anew when the day has come to its place after it."""
        if self._drawn_at != self._room():
            self.refresh()

    def _room(self) -> int:
        return self._day.region.right - self.content_region.x + BEFORE_PLACE

    def render(self) -> Content:
        """Return the words, with room for the fields between them."""
        self._drawn_at = self._room()
        return Content.assemble(fitted(self._label, self._drawn_at), self._place)
