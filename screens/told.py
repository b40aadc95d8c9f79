"""A fault that no page has caught is told, and the programme stays usable.

The ground may give way under any page: the disk, the folder or the file goes while something is
read. Every sentence for it is there already; ending the programme would only cost what is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._context import active_message_pump
from textual.app import App
from textual.worker import WorkerFailed

from at_tui.language import say
from schema.fault import Fault
from screens.widgets.steady import Steady

if TYPE_CHECKING:
    from textual.content import Content

    from screens.desk import Severity


class Told(App[int]):
    """The part of the application that tells what went wrong."""

    if TYPE_CHECKING:

        def say(self, words: str | Content, severity: Severity = "information") -> None: ...

    def _handle_exception(self, error: Exception) -> None:
        """Tell a fault; everything else ends the programme with a report, as ever.

        Textual's own: `tests/screens/test_ground_on_screen.py` notices when it changes.
        """
        found = error.error if isinstance(error, WorkerFailed) else error
        page = active_message_pump.get(None)
        if isinstance(found, Fault):
            if isinstance(page, Steady):
                page.give_way(found)
            else:
                self.say(say(found), "error")
        elif not (isinstance(page, Steady) and page.fallen):
            super()._handle_exception(error)
