"""What the pages of the register share: it is read in a thread, again when one comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content

from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe
from screens.widgets.reading_page import ReadingPage
from screens.widgets.status import Status, status

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.register.gaps import Gap
    from at_tui.register.records import Register
    from schema.tables import Person


def sign(gap: Gap) -> Status:
    """Return whether a gap is there now, comes soon, or cannot be told."""
    if gap.kind == "unknown":
        return Status.UNKNOWN
    return Status.LATE if gap.late else Status.SOON


def told(gap: Gap, words: str) -> Content:
    """Return a gap in words, with its sign."""
    mark = sign(gap)
    return Content.assemble((mark.symbol, mark.style), " ", safe(words))


def approval(person: Person, on: date, lead: str = "") -> Content:
    """Return whether a supervisor is approved on a day, after a leading word."""
    from at_tui.register.qualified import approved

    found = approved(person, on)
    sign, key = {
        True: (Status.MET, "yes"),
        False: (Status.MISSING, "no"),
        None: (Status.UNKNOWN, "unknown"),
    }[found]
    return status(sign, lead + text(f"register.answer.{key}"))


class RegisterPage(ReadingPage["tuple[Register, list[Gap]]"]):
    """A page about the register. Subclasses give `show`; `register` and `gaps` are then there."""

    AREA = "register"
    READS = "register"

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

    def find(self) -> tuple[Register, list[Gap]]:
        """Return the register, and what lacks in it."""
        from at_tui.register.gaps import gaps
        from at_tui.register.reading import read_register

        found = read_register(self.store, self.today)
        return found, gaps(found)

    def came(self, found: tuple[Register, list[Gap]]) -> None:
        """Keep it, and draw it."""
        self._register, self.gaps = found
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
