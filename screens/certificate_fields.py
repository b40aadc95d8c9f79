"""What is filled in on a certificate: who signs it, on whose delegation, where and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from at_tui.certifying import choose_signer
from at_tui.issuing import CertificateEntry
from at_tui.language import text
from schema.text import LINE
from screens import ways
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField

if TYPE_CHECKING:
    from data.find import Folder
    from schema.tables import Placement


class CertificateFields(Vertical):
    """The fields of a `CertificateEntry` that are typed or chosen.

    Args:
        on: The day the certificate is dated, to begin with.
    """

    class Changed(Message):
        """Something was filled in: the entry's fields by name."""

        def __init__(self, changes: dict[str, Any], *, new_person: bool = False) -> None:
            super().__init__()
            self.changes = changes
            self.new_person = new_person
            """Whether the signer was added to the register from here."""

    def __init__(self, on: date) -> None:
        super().__init__(id="fields")
        self._on = on
        self._folder: Folder | None = None
        self._placement: Placement | None = None
        self._entry: CertificateEntry | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        with Horizontal():
            yield Static(text("certify.signer"), classes="label", markup=False)
            yield ChoiceField([], title=text("certify.signer"), add=ways.new_person, id="signer")
            yield Static(text("certify.day"), classes="second", markup=False)
            yield DateField(self._on, id="day")
        with Horizontal(id="delegation"):
            yield Static(text("certify.delegated"), classes="label", markup=False)
            yield Input(compact=True, max_length=LINE, id="delegated")
        with Horizontal():
            yield Static(text("certify.place"), classes="label", markup=False)
            yield Input(compact=True, max_length=LINE, id="place")

    def fill(self, folder: Folder, placement: Placement, entry: CertificateEntry) -> None:
        """Show what is filled in; licensed people are offered first."""
        self._folder, self._placement, self._entry = folder, placement, entry
        people = sorted(
            (person for person in folder.people.values() if person.active),
            key=lambda person: (person.licensed is not True, person.sort_key),
        )
        signer = self.query_one("#signer", ChoiceField)
        signer.options = [Option(p.id, p.name, p.specialty or p.title) for p in people]
        signer.value = entry.signer_id or ""
        signer.refresh()
        self.query_one("#day", DateField).day = entry.on
        self.query_one("#place", Input).value = entry.place
        self.query_one("#delegated", Input).value = entry.delegated_by

    def _tell(self, *, new_person: bool = False, **changes: Any) -> None:
        if self._entry is not None:
            self._entry = replace(self._entry, **changes)
            self.post_message(self.Changed(changes, new_person=new_person))

    @on(ChoiceField.Changed, "#signer")
    def _signer_changed(self, event: ChoiceField.Changed) -> None:
        event.stop()
        if self._folder is None or self._placement is None or self._entry is None:
            return
        if event.value == (self._entry.signer_id or ""):
            return
        person = self._folder.people.get(event.value)
        if person is None:
            self._tell(new_person=bool(event.value), signer_id=event.value or None, delegated_by="")
            return
        chosen = choose_signer(self._folder, self._placement, self._entry, person)
        self._tell(signer_id=chosen.signer_id, delegated_by=chosen.delegated_by)
        self.query_one("#delegated", Input).value = chosen.delegated_by

    @on(Input.Changed, "#delegated")
    def _delegated_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(delegated_by=event.value.strip())

    @on(Input.Changed, "#place")
    def _place_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(place=event.value.strip())

    @on(DateField.Changed, "#day")
    def _day_changed(self, event: DateField.Changed) -> None:
        event.stop()
        day = self.query_one("#day", DateField).day
        if day is not None:
            self._tell(on=day)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()
