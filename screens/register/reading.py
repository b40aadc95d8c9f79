"""What the pages of the register share: it is read in a thread, again when one comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content

from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.status import Status

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.register.gaps import Gap
    from at_tui.register.records import Register


def sign(gap: Gap) -> Status:
    """Return whether a gap is there now, comes soon, or cannot be told."""
    if gap.kind == "unknown":
        return Status.UNKNOWN
    return Status.LATE if gap.late else Status.SOON


def told(gap: Gap, words: str) -> Content:
    """Return a gap in words, with its sign."""
    mark = sign(gap)
    return Content.assemble((mark.symbol, mark.style), " ", safe(words))


class RegisterPage(Page[None]):
    """A page about the register. Subclasses give `show`; `register` and `gaps` are then there."""

    AREA = "register"

    def __init__(self) -> None:
        super().__init__()
        self._register: Register | None = None
        self.gaps: list[Gap] = []

    @property
    def register(self) -> Register:
        """The register as it was last read."""
        if self._register is None:
            raise RuntimeError("the register has not been read yet")
        return self._register

    @property
    def is_read(self) -> bool:
        """Whether there is anything to show."""
        return self._register is not None

    def show(self) -> None:
        """Draw what has been read."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Read when the page opens, and again what may have changed on another page."""
        self.reload()

    def reload(self) -> None:
        """Read in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="register")

    def _read(self) -> None:
        from at_tui.register.gaps import gaps
        from at_tui.register.reading import read_register

        try:
            found = read_register(self.store, self.today)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self._came, found, gaps(found))

    def _came(self, found: Register, lacking: list[Gap]) -> None:
        self._register, self.gaps = found, lacking
        self.show()
        self.refresh_bindings()

    def written(self, key: str, write: Any) -> None:
        """Write a file in a thread and say where it lies; `write` returns its path."""

        def work() -> None:
            try:
                path: Path = write()
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
            else:
                self.app.call_from_thread(self.desk.say, text(key, path=path))

        self.run_worker(work, thread=True, name="print", group="print")
