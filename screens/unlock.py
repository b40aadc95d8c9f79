"""Open an encrypted file by passphrase, or by the printed recovery key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Input, Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind
from screens.widgets.page import Page


class Unlock(Page[None]):
    """One field. What takes time is done in a thread, and SQLModel is imported meanwhile."""

    AREA = "unlock"
    CSS_PATH = "unlock.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f3", "recovery", "unlock.recovery"),
        bind("f4", "files", "unlock.files"),
        bind("ctrl+q", "app.quit", "unlock.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._by_recovery = False
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out the field in the middle."""
        with Center(), Vertical(id="unlock"):
            yield Static(id="what", classes="heading", markup=False)
            yield Secret(password=True, compact=True, id="secret")
            yield Static(id="hint", classes="muted", markup=False)
            yield Static(id="problem", classes="problem", markup=False)

    def on_mount(self) -> None:
        """Ask, and import what the records need while the passphrase is typed."""
        self.set_title(text("unlock.title"), self.desk.database.name)
        self._ask()
        self.desk.preload()

    def _ask(self) -> None:
        by = "recovery" if self._by_recovery else "passphrase"
        self.query_one("#what", Static).update(safe(text(f"unlock.{by}")))
        hint = text("unlock.recovery_hint") if self._by_recovery else str(self.desk.database)
        self.query_one("#hint", Static).update(safe(hint))
        field = self.query_one("#secret", Input)
        field.password = not self._by_recovery
        field.value = ""
        field.focus()
        self._tell("")

    def _tell(self, words: str) -> None:
        self.query_one("#problem", Static).update(safe("✗ " + words if words else ""))

    def action_recovery(self) -> None:
        """Ask for the recovery key instead of the passphrase, or the other way round."""
        self._by_recovery = not self._by_recovery
        self._ask()

    def action_files(self) -> None:
        """Show the other files of this computer."""
        from screens.files import Files

        self.app.push_screen(Files())

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Unlock with what is typed."""
        typed = self.query_one("#secret", Input).value
        if not typed.strip():
            self._tell(text("unlock.empty_recovery" if self._by_recovery else "unlock.empty"))
            return
        if self._busy:
            return
        self._busy = True
        self._tell("")
        self.note(text("unlock.opening"))
        self.run_worker(lambda: self._unlock(typed), thread=True, name="unlock")

    def _unlock(self, typed: str) -> None:
        """In a thread: deriving the key takes about 0.3 s, by intent."""
        from data.opening import unlock

        how = {"recovery_key" if self._by_recovery else "passphrase": typed}
        try:
            key = unlock(self.desk.database, apart=True, **how)
        except Fault as fault:
            self.app.call_from_thread(self._refused, fault)
            return
        self.app.call_from_thread(self._opened, key)

    def _refused(self, fault: Fault) -> None:
        self._busy = False
        self.note("")
        self._tell(say(fault))
        field = self.query_one("#secret", Input)
        # A passphrase is typed anew; a key of 34 characters is mended where it is wrong.
        if not self._by_recovery:
            field.value = ""
        field.focus()

    def _opened(self, key: bytes | None) -> None:
        renew = self._by_recovery
        self.desk.enter(key)
        if renew and key is not None:
            # After the page that `enter` asks for: both wait in the same line.
            self.app.call_later(self.app.push_screen, NewPassphrase(key))

    def action_back(self) -> None:
        """There is nothing before this page."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the way back."""
        return action != "back"


class Secret(Input):
    """An input whose Enter is told in the line of keys."""

    BINDINGS: ClassVar[list[Any]] = [bind("enter", "submit", "unlock.open")]


class NewPassphrase(FormPage[None]):
    """A new passphrase after the recovery key was needed; the key itself stays as it is."""

    AREA = "unlock"

    def __init__(self, key: bytes) -> None:
        super().__init__()
        self._key = key

    def on_mount(self) -> None:
        """Say why."""
        super().on_mount()
        self.set_title(text("unlock.new_title"))

    def help_text(self) -> str:
        """Return what a new passphrase changes."""
        return text("unlock.new_help")

    def fields(self) -> Sequence[Field]:
        """Ask twice."""
        return [
            Field(
                "passphrase",
                text("unlock.passphrase"),
                Kind.SECRET,
                required=True,
                hint=text("unlock.new_words"),
            ),
            Field("again", text("unlock.again"), Kind.SECRET, required=True),
        ]

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Both must be the same."""
        if values.get("passphrase") != values.get("again"):
            return [("again", "unlock.not_the_same", {})]
        return []

    def save(self, values: dict[str, Any]) -> None:
        """Rewrite the passphrase's slot of the key file."""
        from data.keys import change_passphrase
        from data.places import key_file

        change_passphrase(key_file(self.desk.database), self._key, values["passphrase"])
        self.desk.say(text("unlock.changed"))
