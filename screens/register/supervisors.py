"""Handledare: everyone who supervises, with what qualifies them and how many they have now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import text
from screens import ways
from screens.dates import full, month
from screens.register.reading import RegisterPage, sign
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

# The tables bring SQLModel (0.6 s): only for typing here.
if TYPE_CHECKING:
    from schema.tables import Person

_SIGNS = {True: Status.MET, False: Status.MISSING, None: Status.UNKNOWN}


class SupervisorsPage(RegisterPage):
    """One row for each supervisor; those in use, or also those retired."""

    TITLE_KEY = "register.people.title"
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
                Column(t("register.people.name"), width=20, grow=1, most=30),
                Column(t("register.people.unit"), width=18, grow=2, most=34),
                Column(t("register.people.specialty"), width=13, grow=1, most=20),
                Column(t("register.people.course"), width=10),
                Column(t("register.people.now"), width=5, right=True),
                Column(t("register.people.approved"), width=9, wide=12),
                Column(t("register.units.note"), width=12, grow=1, wide_only=True),
            ]
        )

    def on_mount(self) -> None:
        """Read in a thread."""
        super().on_mount()
        self.query_one(Picker).show([Row("", (safe(text("app.opening"), "$text-muted"),))])
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what the list is, and who is called approved."""
        return text("register.people.help").strip()

    def show(self) -> None:
        """Fill the list."""
        key = "title_all" if self._everyone else "title"
        self.set_title(text(f"register.people.{key}"), full(self.today))
        rows = list(self._rows())
        self.query_one(Picker).show(rows, empty=safe(text("register.people.empty")))
        self.note(safe(text("register.people.count", count=len(rows)), "$text-muted"))

    def _rows(self) -> Iterator[Row]:
        for person in self.register.supervisors:
            if person.active or self._everyone:
                yield self._row(person)

    def _row(self, person: Person) -> Row:
        from at_tui.register.qualified import approved, latest_course

        register, on = self.register, self.today
        unit = register.units.get(person.unit_id or "")
        course = latest_course(person, on)
        stays = register.by_supervisor.get(person.id, ())
        now = len({stay.training_id for stay in stays if stay.start <= on})
        specialty = person.specialty
        if not specialty and person.late_st:
            specialty = text("register.people.late_st")
        found = approved(person, on)
        key = "unknown" if found is None else "yes" if found else "no"
        return Row(
            person.id,
            (
                safe(person.name, "bold" if person.active else "$text-muted"),
                safe(unit.name if unit else ""),
                safe(specialty, "$text-muted"),
                safe(f"{month(course)} {course.year}" if course else "–", "$text-muted"),
                str(now) if now else "–",
                status(_SIGNS[found], text(f"register.answer.{key}")),
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

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the person."""
        event.stop()
        if event.row_id:
            person = event.row_id
            self.desk.go(lambda: ways.person(person))

    def action_new(self) -> None:
        """Add a supervisor."""
        self.desk.go(ways.new_person)

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
        from at_tui.register.listed import write_people

        register = self.register
        self.written("register.file.printed", lambda: write_people(register, choice.folder))
