"""A day typed as one likes: `2026-11-26`, `26/11`, `tors`, `idag`, `+7`; arrows step by days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.widgets import Input

from schema.fault import Fault
from screens.dates import read_day
from screens.desk import desk


class DateField(Input):
    """An input for one day. Leaving it writes the day out as ISO 8601.

    Args:
        value: The day to begin with.
        id: Id of the widget.
    """

    DEFAULT_CSS = "DateField { width: 14; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("up", "step(1)", show=False),
        Binding("down", "step(-1)", show=False),
        Binding("pageup", "step(7)", show=False),
        Binding("pagedown", "step(-7)", show=False),
    ]

    def __init__(self, value: date | None = None, *, id: str | None = None) -> None:
        super().__init__(value.isoformat() if value else "", compact=True, id=id)
        self.near: Callable[[], date] | None = None
        """What a day without a year is nearest to, where that is not today."""

    def read(self) -> date | None:
        """Return the day, or None when nothing is typed.

        Raises:
            Fault: `app.no_such_day` or `app.day_not_understood`.
        """
        if not self.value.strip():
            return None
        near = self.near() if self.near is not None else None
        return read_day(self.value, desk(self.app).today, near)

    @property
    def day(self) -> date | None:
        """The day, or None while what is typed is no day."""
        try:
            return self.read()
        except Fault:
            return None

    @day.setter
    def day(self, day: date | None) -> None:
        self.value = day.isoformat() if day else ""

    def action_step(self, days: int) -> None:
        """Step to an earlier or later day; an empty field becomes today."""
        day = self.day
        self.day = desk(self.app).today if day is None else day + timedelta(days=days)
        self.cursor_position = len(self.value)

    def on_blur(self, event: events.Blur) -> None:
        """Write the day out."""
        if (day := self.day) is not None:
            self.value = day.isoformat()
