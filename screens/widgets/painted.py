"""Screens that are painted once as they open, not at every step of it.

Textual 8 styles and lays out a new screen when it is mounted, when it is shown and when it has been
told its size, and paints the whole window each time, before its rows have come: half of the time
that a page takes to open. Its own methods are overridden here; `tests/screens/test_painted.py`
notices when they change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, TypeVar

from textual import events
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from screens.widgets.covered import Uncovered

PATIENCE = 0.12
"""Seconds that a page which is being read waits for its content before it is shown without."""

MOST_LAYOUTS = 3
"""Layouts of a page before it is shown as it is."""
TURN = 0.001
"""Seconds in which widgets that were laid out ask for what they lack."""
LOOK = 0.004
"""Seconds between two looks at whether everything has come: Textual's own tick is 1/60."""

R = TypeVar("R")


@contextmanager
def _sizes_told_once() -> Iterator[None]:
    """Let a widget take on the size that it was given: Textual has it ask for another layout then,
    which gives it the same. Whoever needs a scrollbar for it asks by itself."""
    size: Any = Widget.virtual_size
    size._layout = False
    try:
        yield
    finally:
        size._layout = True


class Painted(Screen[R]):
    """A screen whose first painting waits for the turn in which everything has been laid out."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._compositor = Uncovered()

    _opening = True
    _wait_until = 0.0
    _laid_out = 0
    _looking = False
    _to_do: tuple[Callable[[], object], ...] = ()

    @property
    def _over_another(self) -> bool:
        """Whether there is something to look at meanwhile."""
        return len(self.app.screen_stack) > 1

    def once_laid_out(self, act: Callable[[], object]) -> None:
        """Do what needs to know where everything stands: before the page is first painted, or
        after it has been painted next."""
        if self._opening:
            self._to_do = (*self._to_do, act)
        else:
            self.call_after_refresh(act)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Leave out the second styling of every widget, which a page that is new has just had."""
        if self._opening:
            event.refresh_styles = False

    def paint_soon(self) -> None:
        """Paint at the next turn what stands there, not at Textual's next tick (16 ms)."""
        self._look_again(TURN)

    def _compositor_refresh(self) -> None:
        """Paint; while the screen opens over another, as soon as everything stands in its place.
        The first page of all is painted at once: there is nothing else to look at."""
        if self._opening and self.is_current and self._over_another:
            self._repaint_required = True
            self._look_again(TURN)
        else:
            super()._compositor_refresh()

    def _look_again(self, seconds: float) -> None:
        if not self._looking:
            self._looking = True
            self.set_timer(seconds, self._look_now)

    def _look_now(self) -> None:
        self._looking = False
        if self.app._batch_count:  # nothing would be painted, and the tick be called off
            self._look_again(TURN)
        else:
            self._on_timer_update()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out; while the screen opens over another, not before all that belongs to it is there.
        The first page of all is laid out at once, as it is painted. Once it has been laid out,
        being shown is no reason to do it again."""
        if self._opening and self._over_another:
            self._layout_required = self._layout_required or not self._laid_out
            self._look_again(TURN)
        else:
            super()._refresh_layout(size, scroll)

    def _on_timer_update(self) -> None:
        """Lay out and paint what has changed, the whole window at most once."""
        if self._opening:
            reading = self._reading()
            if (reading or not self._settled()) and self._patient():
                self._look_again(LOOK if reading else TURN)
                return
            moved = self._layout_required or self._scroll_required
            if moved and self._laid_out < MOST_LAYOUTS:
                self._lay_out_unseen()
                return
            if self._to_do and not self._done_what_waited():
                self._look_again(TURN)
                return
        self._opening = False
        if self._layout_required and self._repaint_required and self.is_current:
            # Painted with the layout: Textual would paint the regions that moved, then everything.
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._on_timer_update()

    def _done_what_waited(self) -> bool:
        """Do what waited for the layout; return whether nothing follows from it. A field that is
        given the focus tells its page, whose hint is to stand there at the first painting."""
        acts, self._to_do = self._to_do, ()
        for act in acts:
            act()
        return self._settled() and not (self._layout_required or self._scroll_required)

    def _lay_out_unseen(self) -> None:
        """Lay out without painting, and look again when the widgets have had a turn: a list asks
        for its scrollbar once it knows how high it is."""
        if not self._compositor.size:
            # What asked for it while it was made, and is told only afterwards: every text area.
            # Nothing has been laid out yet, so nothing is remembered that it could undo.
            for widget in self.walk_children(Widget):
                widget._layout_required = False
        self._laid_out += 1
        self._layout_required = self._scroll_required = False
        with _sizes_told_once():
            super()._refresh_layout(self.app.size if self._over_another else None)
        self._look_again(TURN)

    def _reading(self) -> bool:
        """Return whether the page still reads in a thread: shown empty, it would take the time
        from it."""
        return any(worker.node is self and not worker.is_finished for worker in self.workers)

    def _settled(self) -> bool:
        """Return whether every widget is mounted, has done what it was told to, and has asked for
        what follows from it."""
        return not self.message_queue_size and all(
            widget.is_mounted and not (widget.message_queue_size or widget._scroll_required)
            for widget in self.walk_children(Widget)
        )

    def _patient(self) -> bool:
        """Return whether there is time left to wait for what is to come."""
        if not self._over_another:
            return False
        now = monotonic()
        self._wait_until = self._wait_until or now + PATIENCE
        return now < self._wait_until

    def _screen_resized(self, size: Size) -> None:
        """Lay out for a window of that size; not again when it was laid out for it."""
        self._laid_out = 0  # while it opens, Textual does not tell the size again
        if self._compositor.size != size:
            super()._screen_resized(size)
