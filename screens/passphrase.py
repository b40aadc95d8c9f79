"""The passphrase in dialogs: asked for once more, and changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input, Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Dialog


class _Secrets(Dialog[Any]):
    """Secret fields under each other, what is wrong under them, and Enter that goes on."""

    DEFAULT_CSS = """
    _Secrets Static { height: auto; }
    _Secrets #more { margin-bottom: 1; color: $text-muted; }
    _Secrets .label { color: $accent; }
    _Secrets Input { margin-bottom: 1; }
    _Secrets #fault { color: $error; display: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "done", "app.done", priority=True),
        bind("escape", "cancel", "app.cancel"),
    ]

    def __init__(self, title: str, more: str, labels: dict[str, str]) -> None:
        super().__init__(title)
        self._more, self._labels = more, labels
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out the fields."""
        yield Static(safe_note(self._more), id="more", markup=False)
        yield from self._fields()
        yield Static(id="fault", markup=False)

    def _fields(self) -> Iterator[Widget]:
        for name, label in self._labels.items():
            yield Static(safe(label), classes="label", markup=False)
            yield Input(password=True, compact=True, id=name)

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.query(Input).first().focus()

    def tell(self, words: str) -> None:
        """Show what is wrong, and let it be tried again."""
        self._busy = False
        fault = self.query_one("#fault", Static)
        fault.update(safe_note("✗ " + words if words else ""))
        fault.display = bool(words)

    def typed(self, name: str) -> str:
        """Return what is typed in a field."""
        return self.query_one(f"#{name}", Input).value

    @on(Input.Changed)
    def _mended(self) -> None:
        if not self._busy:
            self.tell("")

    def action_done(self) -> None:
        """Go to the next field, or do it at the last."""
        fields = list(self.query(Input))
        if self.focused in fields[:-1]:
            self.focus_next()
        elif not self._busy:
            self._busy = True
            self.run_worker(self._try, thread=True, name="passphrase")

    def _try(self) -> None:
        """In a thread: deriving a key takes about 0.3 s, by intent."""
        try:
            result = self.do()
        except Fault as fault:
            self.app.call_from_thread(self.tell, say(fault))
            return
        self.app.call_from_thread(self.dismiss, result)

    def do(self) -> Any:
        """Do it and return the dialog's result; raises a Fault that is shown."""
        raise NotImplementedError


class AskPassphrase(_Secrets):
    """Ask for the passphrase of a key file; dismissed with the data key, or None.

    Args:
        key_file: Which one.
        title: What is asked for.
        more: Why.
    """

    def __init__(self, key_file: Path, title: str, more: str) -> None:
        super().__init__(title, more, {"passphrase": text("unlock.passphrase")})
        self._key_file = key_file

    def do(self) -> bytes:
        """Return the data key."""
        from data import keys

        return keys.unlock(self._key_file, passphrase=self.typed("passphrase"))


class ChangePassphrase(_Secrets):
    """The old passphrase, and the new one twice; dismissed with True, or None."""

    def __init__(self) -> None:
        names = ("old", "new", "again")
        labels = {name: text(f"settings_page.passphrase.{name}") for name in names}
        more = text("settings_page.passphrase.more")
        super().__init__(text("settings_page.passphrase.title"), more, labels)

    def do(self) -> bool:
        """Rewrite the passphrase's slot of the key file."""
        from data import keys, places

        if self.typed("new") != self.typed("again"):
            raise Fault("settings_page.passphrase.not_the_same", exit_code=2)
        key_file = places.key_file(self.desk.database)
        key = keys.unlock(key_file, passphrase=self.typed("old"))
        keys.change_passphrase(key_file, key, self.typed("new"))
        return True
