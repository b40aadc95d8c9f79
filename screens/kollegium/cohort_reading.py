"""Reading everyone in service behind a page: the rows first, then what the programmes ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe
from screens.widgets.page import Page

# The records bring SQLModel: the worker loads it.
if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort

STEP = 8
"""Doctors judged between two words of how far it has come."""


class CohortReading(Page[None]):
    """A page over the cohort. Subclasses show it in `came`, which is called twice the first time.

    It is read again, and judged, only when something has changed since.
    """

    cohort: Cohort | None = None
    """Everyone in service; None until they have been read."""

    def came(self, cohort: Cohort) -> None:
        """Show what was read, or judged."""

    def reload(self) -> None:
        """Read and judge everyone in a thread; the rows come as soon as they are read."""
        self.run_worker(self._read, thread=True, exclusive=True, name="cohort")

    def _read(self) -> None:
        from at_tui.kollegium.whole import judged, read_cohort, unchanged

        worker, app = get_current_worker(), self.app

        def progress(done: int, count: int) -> None:
            if worker.is_cancelled:
                raise _Stopped
            if done % STEP == 0:
                app.call_from_thread(self._judging, done, count)

        try:
            known = self.cohort
            if known and known.judged and unchanged(self.store, known, self.today):
                return
            found = read_cohort(self.store, self.author, self.today)
            if worker.is_cancelled:
                return
            if known is None:
                app.call_from_thread(self.came, found)
            found = judged(found, progress)
        except Fault as fault:
            app.call_from_thread(self.desk.say, say(fault), "error")
            return
        except _Stopped:
            return
        if not worker.is_cancelled:
            app.call_from_thread(self.came, found)

    def _judging(self, done: int, count: int) -> None:
        self.note(safe(text("cohort.judging", done=done, count=count), "$text-muted"))


class _Stopped(Exception):
    """Nobody waits for the judging any more."""
