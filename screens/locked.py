"""The lock: nothing of the records is on the screen until someone has proved who they are."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Input, Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import clock
from screens.guard import Guarded, Way
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page

if TYPE_CHECKING:
    from screens.unlock import Secret


class Locked(Page[None]):
    """One field, as at the start; the pages behind it rest.

    Args:
        way: What opens the lock.
    """

    AREA = "locked"
    DEFAULT_CSS = """
    Locked { background: $background; }
    Locked #lock { width: 60; height: auto; margin-top: 4; }
    Locked #what { margin-bottom: 1; }
    Locked #hint { height: auto; margin-top: 1; padding: 0 1; }
    Locked #problem { height: auto; margin-top: 1; padding: 0 1; }
    Locked.-tall #lock { margin-top: 9; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "show", "locked.show"),
        bind("f3", "recovery", "locked.recovery"),
        bind("ctrl+q", "app.quit", "locked.quit"),
    ]

    def __init__(self, way: Way) -> None:
        super().__init__()
        self._way = way
        self._by_recovery = False
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out the field in the middle."""
        from screens.unlock import Secret

        with Center(), Vertical(id="lock"):
            yield Static(id="what", classes="heading", markup=False)
            if self._way is not Way.NONE:
                yield Secret(password=True, compact=True, id="secret")
            yield Static(id="hint", classes="muted", markup=False)
            yield Static(id="problem", classes="problem", markup=False)

    def on_mount(self) -> None:
        """Say since when it is locked, and ask."""
        self.set_title(text("locked.title"), text("locked.since", time=clock(self.desk.now())))
        self._ask()

    def _ask(self) -> None:
        name = "recovery" if self._by_recovery else self._way.value
        self.query_one("#what", Static).update(safe(text(f"locked.what.{name}")))
        self.query_one("#hint", Static).update(safe(text(f"locked.hint.{name}")))
        self._tell("")
        if self._way is not Way.NONE:
            self._secret.password = not self._by_recovery
            self._secret.value = ""
            self._secret.focus()
        self.refresh_bindings()

    @property
    def _secret(self) -> Secret:
        return cast("Secret", self.query_one("#secret"))

    @property
    def _guard(self) -> Guarded:
        return cast(Guarded, self.app)

    def _tell(self, words: str) -> None:
        self.query_one("#problem", Static).update(safe("✗ " + words if words else ""))

    def action_show(self) -> None:
        """Show everything again: there is nothing that could be asked for."""
        if self._way is Way.NONE:
            self._guard.unlock()

    def action_recovery(self) -> None:
        """Ask for the recovery key instead of the passphrase, or the other way round."""
        self._by_recovery = not self._by_recovery
        self._ask()

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Open with what is typed."""
        typed = self._secret.value
        if not typed.strip() or self._busy:
            return
        self._busy = True
        self._tell("")
        self.note(text("locked.opening"))
        check = self._by_pin if self._way is Way.PIN else self._by_key
        self.run_worker(lambda: self._check(check, typed), thread=True, name="unlock")

    def _check(self, check: Any, typed: str) -> None:
        """In a thread: deriving the key takes about 0.3 s, by intent."""
        try:
            problem = check(typed)
        except Fault as fault:
            blocked = fault.code == "signing.blocked"
            problem = text("locked.blocked") if blocked else say(fault)
        self.app.call_from_thread(self._answered, problem)

    def _by_key(self, typed: str) -> str:
        from data.opening import unlock

        how = {"recovery_key" if self._by_recovery else "passphrase": typed}
        found = unlock(self.desk.database, apart=True, **how) or b""
        known = self.desk.key or (self.store.key if self.desk.is_open else None) or b""
        # The key file may have been exchanged since: it must be this file's key.
        right = bool(known) and hmac.compare_digest(found, known)
        return "" if right else text("locked.other_key")

    def _by_pin(self, typed: str) -> str:
        from data.signing import check_pin

        with self.store.work(self.author) as work:
            right = check_pin(work, work.fact("owner_id"), typed)
        return "" if right else text("locked.wrong_pin")

    def _answered(self, problem: str) -> None:
        self._busy = False
        self.note("")
        self._secret.value = ""
        if problem:
            self._tell(problem)
            self._secret.focus()
        else:
            self._guard.unlock()

    def action_help(self) -> None:
        """There is no page over the lock; what it is for stands on it."""

    def action_back(self) -> None:
        """There is no way back but the one it asks for."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what opens nothing here."""
        if action in ("help", "back"):
            return False
        if action == "recovery":
            return self._way is Way.PASSPHRASE
        return self._way is Way.NONE if action == "show" else True
