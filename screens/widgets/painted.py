"""Screens that are painted once as they open, not at every step of it.

Textual 8 styles and lays out a new screen when it is mounted, when it is shown and when it has been
told its size, and paints the whole window each time, before its rows have come: half of the time
that a page takes to open. Its own methods are overridden here; `tests/screens/test_painted.py`
notices when they change.
"""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.geometry import Size
from textual.screen import Screen

R = TypeVar("R")


class Painted(Screen[R]):
    """A screen whose first painting waits for the turn in which everything has been laid out."""

    _opening = True

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Leave out the second styling of every widget, which a page that is new has just had."""
        if self._opening:
            event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        """Paint; while the screen opens, at the next tick of its own timer (1/60 s)."""
        if self._opening and self.is_current:
            self._repaint_required = True
            self.check_idle()
        else:
            super()._compositor_refresh()

    def _on_timer_update(self) -> None:
        """Lay out and paint what has changed, the whole window at most once."""
        self._opening = False
        if self._layout_required and self._repaint_required and self.is_current:
            # Painted with the layout: Textual would paint the regions that moved, then everything.
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._on_timer_update()

    def _screen_resized(self, size: Size) -> None:
        """Lay out for a window of that size; not again when it was laid out for it."""
        if self._compositor.size != size:
            super()._screen_resized(size)
