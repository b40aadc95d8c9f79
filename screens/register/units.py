"""Enheter: every unit with its approval, its supervisors and its room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen

from at_tui.language import text
from screens import ways
from screens.dates import short
from screens.register.list_page import RegisterList
from screens.register.reading import sign
from screens.text import safe
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

# The tables bring SQLModel (0.6 s): only for typing here.
if TYPE_CHECKING:
    from schema.tables import Unit


class UnitsPage(RegisterList):
    """One row for each unit; those in use, or also those retired."""

    WORDS = "register.units"

    def columns(self) -> list[Column]:
        """Return what is told of a unit."""
        t = text
        return [
            Column(t("register.units.name"), width=20, grow=2, most=36),
            Column(t("register.units.site"), width=10, grow=1, most=18),
            Column(t("register.units.supervisors"), width=6, right=True),
            Column(t("register.units.room"), width=7, right=True),
            Column(t("register.units.approved"), width=12),
            Column(t("register.units.note"), width=11, grow=1, most=16),
            Column(t("register.units.head"), width=20, grow=1, wide_only=True),
        ]

    def rows(self) -> Iterator[Row]:
        """Return a row for each that is to be shown."""
        for unit in self.register.units.values():
            if unit.active or self.everyone:
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

    def way_to(self, id: str) -> Screen[Any]:
        """Return the page of one."""
        return ways.unit(id)

    def way_to_new(self) -> Screen[Any]:
        """Return the form of a new one."""
        return ways.new_unit()

    def write(self, folder: Path) -> Path:
        """Write the list as a file and return where it lies."""
        from at_tui.register.listed import write_units

        return write_units(self.register, folder)
