"""Retire what a page is about, or take it back."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault
from screens.register.reading import RegisterPage
from screens.widgets.confirm import Confirm
from screens.widgets.picker import Picker


class EndingPage(RegisterPage):
    """A page about one person or unit. `SUBJECT` is `person` or `unit`."""

    SUBJECT = ""

    def __init__(self, id: str) -> None:
        super().__init__()
        self._about = id

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Let the arrows move in the list."""
        self.query_one(Picker).focus()

    @property
    def record(self) -> Any:
        """The person or unit, as it was last read."""
        known: Any = self.register.people if self.SUBJECT == "person" else self.register.units
        return known[self._about]

    def action_retire(self) -> None:
        """Retire it after a question, or take it back."""
        if not self.is_read:
            return
        record = self.record
        if not record.active:
            from at_tui.register.acts import restore

            subject = f"{self.SUBJECT}:{self._about}"
            self._do(lambda: restore(self.store, self.register, subject, self.author), "back")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._do(self._retire, "done")

        question = text(f"register.retire.{self.SUBJECT}", name=record.name)
        more = text(f"register.retire.{self.SUBJECT}_more", name=record.name)
        self.app.push_screen(Confirm(question, more), answered)

    def _retire(self) -> None:
        from at_tui.register import acts

        act = acts.retire_person if self.SUBJECT == "person" else acts.retire_unit
        act(self.store, self.register, self._about, self.author)

    def _do(self, act: Any, done: str) -> None:
        try:
            act()
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text(f"register.retire.{done}"))
        self.reload()

    def record_of_focus(self) -> str:
        """Return whose life F8 shows."""
        return self._about
