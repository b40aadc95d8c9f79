"""Handledare: everyone who supervises, with what qualifies them and how many they have now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen

from at_tui.language import text
from screens import ways
from screens.dates import month
from screens.register.list_page import RegisterList
from screens.register.reading import approval, sign
from screens.text import safe
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

# The tables bring SQLModel (0.6 s): only for typing here.
if TYPE_CHECKING:
    from schema.tables import Person


class SupervisorsPage(RegisterList):
    """One row for each supervisor; those in use, or also those retired."""

    WORDS = "register.people"

    def columns(self) -> list[Column]:
        """Return what is told of a supervisor."""
        t = text
        return [
            Column(t("register.people.name"), width=20, grow=1, most=30),
            Column(t("register.people.unit"), width=18, grow=2, most=34),
            Column(t("register.people.specialty"), width=13, grow=1, most=20),
            Column(t("register.people.course"), width=10),
            Column(t("register.people.now"), width=5, right=True),
            Column(t("register.people.approved"), width=9, wide=12),
            Column(t("register.units.note"), width=12, grow=1, wide_only=True),
        ]

    def rows(self) -> Iterator[Row]:
        """Return a row for each that is to be shown."""
        for person in self.register.supervisors:
            if person.active or self.everyone:
                yield self._row(person)

    def _row(self, person: Person) -> Row:
        from at_tui.register.qualified import latest_course

        register, on = self.register, self.today
        unit = register.units.get(person.unit_id or "")
        course = latest_course(person, on)
        stays = register.by_supervisor.get(person.id, ())
        now = len({stay.training_id for stay in stays if stay.start <= on})
        specialty = person.specialty
        if not specialty and person.late_st:
            specialty = text("register.people.late_st")
        return Row(
            person.id,
            (
                safe(person.name, "bold" if person.active else "$text-muted"),
                safe(unit.name if unit else ""),
                safe(specialty, "$text-muted"),
                safe(f"{month(course)} {course.year}" if course else "–", "$text-muted"),
                str(now) if now else "–",
                approval(person, on),
                self._lacks(person),
            ),
            search=f"{person.name} {unit.name if unit else ''} {person.specialty}",
        )

    def _lacks(self, person: Person) -> Content:
        if not person.active:
            return status(Status.NONE, text("register.people.retired"))
        found = [gap for gap in self.gaps if gap.subject == f"person:{person.id}"]
        if not found:
            return safe(text("register.unit.nothing"), "$text-muted")
        words = text(f"register.gap_short.{found[0].kind}")
        return status(sign(found[0]), words)

    def way_to(self, id: str) -> Screen[Any]:
        """Return the page of one."""
        return ways.person(id)

    def way_to_new(self) -> Screen[Any]:
        """Return the form of a new one."""
        return ways.new_person()

    def write(self, folder: Path) -> Path:
        """Write the list as a file and return where it lies."""
        from at_tui.register.listed import write_people

        return write_people(self.register, folder)
