"""Signing on the spot: who signs, what that says, and the PIN that shows it is them.

    self.app.push_screen(SignDialog(Holder(person.id, person.name), title=…, says=…), self._signed)

The dialog only makes sure of the person: it is dismissed with True once the PIN is right, and the
caller then writes the record and its signature in one unit of work.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.text import safe, safe_note, said
from screens.widgets.keys import bind
from screens.widgets.page import Dialog


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose PIN is asked for: a person of the register or the trainee."""

    id: str
    name: str
    title: str = ""


class _Step(Enum):
    """What the dialog asks for now."""

    PIN = "pin"
    NEW = "new"
    AGAIN = "again"
    OWNER = "owner"
    """The file's owner vouches for someone whose PIN is blocked."""
    PASSPHRASE = "passphrase"  # noqa: S105 - a step, no secret
    """The owner's own PIN is blocked: the file's passphrase vouches."""


class SignDialog(Dialog[bool]):
    """Ask for a PIN; a first-time signer chooses one here. Dismissed with True, or None.

    Args:
        holder: Who signs.
        title: What is signed, e.g. "Signera mini-CEX".
        says: What the signature says, in a sentence.
        later: What happens when one does not sign now; empty when that is nothing special.
    """

    DEFAULT_CSS = """
    SignDialog > #frame { width: 66; }
    SignDialog Static { height: auto; }
    SignDialog #says { margin-bottom: 1; }
    SignDialog Horizontal { height: 1; margin-top: 1; }
    SignDialog #label { width: 22; color: $accent; }
    SignDialog Input { width: 24; }
    SignDialog #more { color: $text-muted; }
    SignDialog #fault { color: $error; display: none; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "submit", "signing.submit", priority=True),
        bind("escape", "cancel", "signing.later"),
    ]

    def __init__(self, holder: Holder, *, title: str, says: str, later: str = "") -> None:
        super().__init__(title)
        self._holder, self._says, self._later = holder, says, later
        self._step = _Step.PIN
        self._new = ""
        self._owner = Holder("", "")

    def body(self) -> ComposeResult:
        """Lay out the question."""
        h = self._holder
        who = Content.assemble(safe(h.name, "bold"), safe(f", {h.title}" if h.title else ""))
        yield Static(who, markup=False)
        yield Static(safe_note(self._says), id="says", markup=False)
        yield Static(id="more", markup=False)
        with Horizontal():
            yield Static(id="label", markup=False)
            yield Input(password=True, compact=True, max_length=64, id="pin")
        yield Static(id="fault", markup=False)

    def on_mount(self) -> None:
        """Ask for the PIN, or for a new one."""
        from data.signing import has_pin  # with the store open, SQLModel is imported already

        with self.desk.store.read() as work:
            known = has_pin(work, self._holder.id)
        self._ask(_Step.PIN if known else _Step.NEW)

    def _ask(self, step: _Step, fault: str = "") -> None:
        self._step = step
        owner = self._owner.name
        more = text(f"signing.more.{step.value}", name=self._holder.name, owner=owner)
        if step is _Step.PIN:
            more = self._later
        self.query_one("#more", Static).update(safe_note(more))
        self.query_one("#more").display = bool(more)
        self.query_one("#label", Static).update(said(f"signing.label.{step.value}", owner=owner))
        said_fault = self.query_one("#fault", Static)
        said_fault.display = bool(fault)
        said_fault.update(safe_note(f"✗ {fault}" if fault else ""))
        field = self.query_one(Input)
        field.value = ""
        self.set_focus(field)

    def action_submit(self) -> None:
        """Take what is typed, after the letters that were typed before."""
        self.query_one(Input).call_later(self._take)

    def _take(self) -> None:
        typed = self.query_one(Input).value
        {
            _Step.PIN: self._check,
            _Step.NEW: self._choose,
            _Step.AGAIN: self._repeat,
            _Step.OWNER: self._vouch,
            _Step.PASSPHRASE: self._unlock,
        }[self._step](typed)

    def _check(self, pin: str) -> None:
        outcome = self._right(self._holder.id, pin)
        if outcome is True:
            self.dismiss(True)
        elif outcome is False:
            self._ask(_Step.PIN, text("signing.wrong_pin"))
        elif outcome.code == "signing.blocked":
            self._blocked(outcome)
        else:
            self._ask(_Step.PIN, say(outcome))

    def _right(self, holder_id: str, pin: str) -> bool | Fault:
        """Return whether the PIN is right, or why it cannot be told."""
        from data.signing import check_pin

        try:
            with self.desk.store.work(self.desk.author) as work:
                return check_pin(work, holder_id, pin)
        except Fault as fault:
            return fault

    def _blocked(self, fault: Fault) -> None:
        """Let the file's owner vouch for the holder, who then chooses a new PIN."""
        from schema.tables import Person

        with self.desk.store.read() as work:
            owner = work.get(Person, work.fact("owner_id"))
        if owner is None or owner.id == self._holder.id:
            # In a file without passphrase nothing more can be asked than who opened it.
            self._ask(_Step.PASSPHRASE if self.desk.store.encrypted else _Step.NEW, say(fault))
            return
        self._owner = Holder(owner.id, owner.name)
        self._ask(_Step.OWNER, say(fault))

    def _vouch(self, pin: str) -> None:
        outcome = self._right(self._owner.id, pin)
        if outcome is True:
            self._ask(_Step.NEW)
        else:
            wrong = text("signing.wrong_pin") if outcome is False else say(outcome)
            self._ask(_Step.OWNER, wrong)

    def _unlock(self, passphrase: str) -> None:
        from data import keys, places

        try:
            keys.unlock(places.key_file(self.desk.store.path), passphrase=passphrase)
        except Fault as fault:
            self._ask(_Step.PASSPHRASE, say(fault))
            return
        self._ask(_Step.NEW)

    def _choose(self, pin: str) -> None:
        from data.signing import SHORTEST

        if len(pin) < SHORTEST:
            self._ask(_Step.NEW, text("signing.short_pin", least=SHORTEST))
            return
        self._new = pin
        self._ask(_Step.AGAIN)

    def _repeat(self, pin: str) -> None:
        from data.signing import set_pin

        if pin != self._new:
            self._ask(_Step.NEW, text("signing.not_same"))
            return
        try:
            with self.desk.store.work(self.desk.author) as work:
                set_pin(work, self._holder.id, pin)
        except Fault as fault:
            self._ask(_Step.NEW, say(fault))
            return
        self.dismiss(True)
