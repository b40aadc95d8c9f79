"""A page whose contents are read in a thread: when it opens, and when one comes back to it.

class ExamPage(ReadingPage["ExamFile"]):
    def find(self) -> ExamFile: ...           # in the thread
    def came(self, found: ExamFile) -> None: ...
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from at_tui.language import say
from schema.fault import Fault
from screens.widgets.page import Page

Found = TypeVar("Found")


class ReadingPage(Page[None], Generic[Found]):
    """Subclasses give `find` and `came`."""

    READS: ClassVar[str] = ""
    """Name of the worker that reads."""
    LEAVES: ClassVar[bool] = False
    """Whether the page closes when it cannot be read: what it was about is gone."""

    def find(self) -> Found:
        """Return what the page shows; runs in a thread."""
        raise NotImplementedError

    def came(self, found: Found) -> None:
        """Show what has been read."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Read when the page opens, and again what may have changed on another page."""
        self.reload()

    def reload(self) -> None:
        """Read in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name=self.READS)

    def _read(self) -> None:
        try:
            found = self.find()
        except Fault as fault:
            self.app.call_from_thread(self._not_read, fault)
        else:
            self.app.call_from_thread(self.came, found)

    def _not_read(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        if self.LEAVES:
            self.dismiss()
