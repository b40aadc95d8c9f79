"""Enheter: every unit with its approval, its supervisors and its room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import text
from screens import ways
from screens.dates import full, short
from screens.register.reading import RegisterPage, sign
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

# The tables bring SQLModel (0.6 s): only for typing here.
if TYPE_CHECKING:
    from schema.tables import Unit


class UnitsPage(RegisterPage):
    """One row for each unit; those in use, or also those retired."""

    TITLE_KEY = "register.units.title"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f4", "new", "register.new"),
        bind("f5", "gaps", "register.gaps"),
        bind("f6", "everyone", "register.everyone"),
        bind("f9", "print", "register.print"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._everyone = False

    def body(self) -> ComposeResult:
        """Lay out the list."""
        t = text
        yield Picker(
            [
                Column(t("register.units.name"), width=20, grow=2, most=36),
                Column(t("register.units.site"), width=10, grow=1, most=18),
                Column(t("register.units.supervisors"), width=6, right=True),
                Column(t("register.units.room"), width=7, right=True),
                Column(t("register.units.approved"), width=12),
                Column(t("register.units.note"), width=11, grow=1, most=16),
                Column(t("register.units.head"), width=20, grow=1, wide_only=True),
            ]
        )

    def on_mount(self) -> None:
        """Read in a thread."""
        super().on_mount()
        self.query_one(Picker).show([Row("", (safe(text("app.opening"), "$text-muted"),))])
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what the list is."""
        return text("register.units.help").strip()

    def show(self) -> None:
        """Fill the list."""
        key = "title_all" if self._everyone else "title"
        self.set_title(text(f"register.units.{key}"), full(self.today))
        rows = list(self._rows())
        self.query_one(Picker).show(rows, empty=safe(text("register.units.empty")))
        self.note(safe(text("register.units.count", count=len(rows)), "$text-muted"))

    def _rows(self) -> Iterator[Row]:
        for unit in self.register.units.values():
            if unit.active or self._everyone:
                yield self._row(unit)

    def _row(self, unit: Unit) -> Row:
        from at_tui.register.occupancy import now, spells

        register = self.register
        found = spells(register.by_unit.get(unit.id, ()), unit.capacity, register.on)
        there = now(found, register.on)
        room = text("register.units.no_room", now=there)
        if unit.capacity is not None:
            room = text("register.units.of_room", now=there, room=unit.capacity)
        head = register.people.get(unit.head_id or "")
        return Row(
            unit.id,
            (
                safe(unit.name, "bold" if unit.active else "$text-muted"),
                safe(unit.site, "$text-muted"),
                str(len(register.at(unit.id))),
                room,
                self._approval(unit),
                self._lacks(unit),
                safe(head.name if head else "", "$text-muted"),
            ),
            search=f"{unit.name} {unit.site} {unit.region}",
        )

    def _approval(self, unit: Unit) -> Content:
        if unit.approved_on is None:
            return safe(text("register.unit.nothing"), "$text-muted")
        return safe(short(unit.approved_on, self.today))

    def _lacks(self, unit: Unit) -> Content:
        if not unit.active:
            return status(Status.NONE, text("register.people.retired"))
        stays = self.register.by_unit.get(unit.id, ())
        about = {f"unit:{unit.id}", *(f"placement:{s.training_id}/{s.id}" for s in stays)}
        found = [gap for gap in self.gaps if gap.subject in about]
        if not found:
            return status(Status.MET, text("register.units.no_gaps"))
        worst = next((gap for gap in found if gap.late), found[0])
        key = "register.units.gaps_one" if len(found) == 1 else "register.units.gaps"
        return status(sign(worst), text(key, count=len(found)))

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the unit."""
        event.stop()
        if event.row_id:
            unit = event.row_id
            self.desk.go(lambda: ways.unit(unit))

    def action_new(self) -> None:
        """Add a unit."""
        self.desk.go(ways.new_unit)

    def action_gaps(self) -> None:
        """Show what lacks."""
        self.desk.go(ways.gaps)

    def action_everyone(self) -> None:
        """Show those retired too, or leave them out again."""
        self._everyone = not self._everyone
        if self.is_read:
            self.show()

    def action_print(self) -> None:
        """Write the list as a file."""
        if self.is_read:
            title = text("register.file.asked")
            self.app.push_screen(PrintDialog(title, notes=False), self._write)

    def _write(self, choice: PrintChoice | None) -> None:
        if choice is None:
            return
        from at_tui.register.listed import write_units

        register = self.register
        self.written("register.file.printed", lambda: write_units(register, choice.folder))
