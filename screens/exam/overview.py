"""Who can sit the exam on its next day, and what stops the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.judge import phrases
from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full, short
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import Column, Row, heading, remark

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.exam.dates import Occasion
    from at_tui.exam.groups import Candidate, Group
    from at_tui.exam.reading import Row as Found

_COLUMNS = (
    Column(width=18, grow=1, most=30),
    Column(width=13, wide=14, right=True),
    Column(width=36, grow=3),
)


class ExamsPage(ReadingPage["tuple[list[Found], list[Occasion]]"]):
    """Everyone in groups; the groups that need someone first."""

    AREA = "exam"
    READS = "exams"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f4", "dates", "exam.dates"),
        bind("f6", "next", "exam.next"),
        bind("f9", "print", "exam.print"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Found] = []
        self._days: list[Occasion] = []
        self._at = 0
        self._groups: dict[Group, list[Candidate]] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("exam.overview.title"), full(self.today))
        self.query_one(Picker).show([remark(text("app.opening"))])
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what the list is."""
        return text("exam.overview.help").strip()

    def find(self) -> tuple[list[Found], list[Occasion]]:
        """Return everyone, and the days to come."""
        from at_tui.exam.groups import open_days
        from at_tui.exam.reading import everyone

        rows, known = everyone(self.store, self.today)
        return rows, open_days(known, self.today)

    def came(self, found: tuple[list[Found], list[Occasion]]) -> None:
        """Fill the list."""
        self._rows, self._days = found
        self._at = min(self._at, max(0, len(self._days) - 1))
        self._show()

    def _show(self) -> None:
        from at_tui.exam.groups import grouped

        day = self._days[self._at] if self._days else None
        self._groups = grouped(self._rows, day.day if day else None)
        if day is not None:
            applies = text("exam.overview.applies_unknown")
            if day.apply_by is not None:
                last = short(day.apply_by, self.today)
                applies = text("exam.overview.applies", day=last)
            title = text("exam.overview.title_on", day=full(day.day))
            self.set_title(title, applies)
        rows = list(self._listed(no_day=day is None))
        self.query_one(Picker).show(rows, empty=safe(text("exam.overview.empty")))
        self.refresh_bindings()

    def _listed(self, *, no_day: bool) -> Iterator[Row]:
        if not self._rows:
            return
        if no_day:
            yield Row("", (safe("! " + text("exam.overview.no_day"), "$warning"),), wraps=True)
        for group, members in self._groups.items():
            if members:
                yield heading(text(f"exam.overview.{group}"), str(len(members)))
                for one in members:
                    yield self._row(one)

    def _row(self, one: Candidate) -> Row:
        found = one.row.window
        values = {
            "have": phrases.number(min(found.served, found.need)),
            "need": phrases.number(found.need),
        }
        months = text("exam.row.months", **values)
        cells = (
            safe(one.row.name, "bold"),
            safe(months, "$text-muted"),
            self._told(one),
        )
        return Row(one.row.training_id, cells, search=one.row.name)

    def _told(self, one: Candidate) -> Content:
        found, on = one.row.window, self.today
        if one.group == "registered":
            day = short(min(s.day for s in found.sittings if s.day >= on), on)
            if one.stops:
                count = len(one.stops)
                return safe(text("exam.overview.registered_but", day=day, count=count), "$warning")
            return safe(text("exam.overview.registered_for", day=day), "$text-muted")
        if one.stops:
            first = one.stops[0].sentence
            if len(one.stops) > 1:
                more = len(one.stops) - 1
                first = text("exam.overview.more", first=first.rstrip("."), count=more)
            return safe(first)
        if one.group == "passed":
            day = short(max(s.day for s in found.sittings if s.passed), on)
            return safe(text("exam.overview.passed_on", day=day), "$text-muted")
        return safe(text("exam.row.no_stops"), "$text-muted")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the next day where there is none."""
        return len(self._days) > 1 if action == "next" else True

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the trainee's page about the exam."""
        event.stop()
        if event.row_id:
            training = event.row_id
            self.desk.go(lambda: ways.exam(training))

    def action_dates(self) -> None:
        """Show and type the days."""
        self.desk.go(ways.exam_dates)

    def action_next(self) -> None:
        """Show who can sit on the day after."""
        self._at = (self._at + 1) % len(self._days)
        self._show()

    def action_print(self) -> None:
        """Write the list as a file."""
        self.app.push_screen(PrintDialog(text("exam.overview.asked"), notes=False), self._write)

    def _write(self, choice: PrintChoice | None) -> None:
        if choice is None:
            return
        from at_tui.exam.groups import write_groups

        try:
            path: Path = write_groups(self._groups, choice.folder, self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(text("exam.overview.printed", path=path))
