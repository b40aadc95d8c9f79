"""All trainees: type to find one, Enter opens the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.kind_words import of_kinds
from at_tui.language import text
from screens import ways
from screens.dates import near, short, with_weekday
from screens.dates import week as week_words
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.find import TraineeRow


class Trainees(Page[None]):
    """The list. It is filtered in SQL, so that it stays quick with ten years of them."""

    AREA = "trainees"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f4", "new", "trainees.new"),
        bind("f5", "import", "trainees.import"),
        bind("f6", "everyone", "trainees.everyone"),
        bind("f7", "people", "trainees.people", show=False),
        bind("f8", "unit", "trainees.unit", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._everyone = False
        self._kinds: set[str] = set()
        """AT and BT, as far as they have been on the list."""

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = [
            Column(text("trainees.name"), width=18, grow=1, most=28),
            Column(text("trainees.section"), width=13),
            Column(text("trainees.unit_column"), width=14, grow=4, most=34),
            Column(text("trainees.week"), width=10),
            Column(text("trainees.next"), width=13, grow=1, most=16),
            Column(text("trainees.supervisor"), width=14, grow=2, most=26, wide_only=True),
            Column(text("trainees.end"), width=11, wide_only=True),
        ]
        yield Picker(columns, source=self._rows)

    def on_mount(self) -> None:
        """Begin in the list; it is filled when the page comes to be shown."""
        self._title()
        self.query_one(Picker).focus()

    def _title(self) -> None:
        which = "trainees.title_all" if self._everyone else "trainees.title"
        on = self.today
        self.set_title(of_kinds(text(which), self._kinds), f"{with_weekday(on)} · {week_words(on)}")

    def on_screen_resume(self) -> None:
        """Read what there is, also again after another page."""
        picker = self.query_one(Picker)
        picker.show(self._rows(picker.filter_text), empty=safe(text("trainees.empty")))
        self._title()

    def _rows(self, typed: str) -> Iterable[Row]:
        # SQLModel; imported long since when the records are open.
        from data.find import next_sessions, trainee_rows

        with self.store.read() as work:
            found = trainee_rows(work, on=self.today, text=typed, everyone=self._everyone)
            coming = next_sessions(work, [row.training_id for row in found], on=self.today)
        self._kinds |= {row.kind for row in found}
        return [_row(row, coming.get(row.training_id), self.today) for row in found]

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the page."""
        event.stop()
        training = event.row_id
        self.desk.go(lambda: ways.page(training))

    def action_new(self) -> None:
        """Add a trainee."""
        self.desk.go(ways.new_trainee)

    def action_import(self) -> None:
        """Import a start group."""
        self.desk.go(ways.import_group)

    def action_everyone(self) -> None:
        """Show those who have finished too, or leave them out again."""
        self._everyone = not self._everyone
        self._title()
        self.query_one(Picker).reload()

    def action_people(self) -> None:
        """Add a supervisor."""
        self.desk.go(ways.new_person)

    def action_unit(self) -> None:
        """Add a unit."""
        self.desk.go(ways.new_unit)


def _row(row: TraineeRow, coming: date | None, on: date) -> Row:
    start, end = row.placement_start, row.placement_end
    section, week, until = safe(text("trainees.no_placement"), "$text-muted"), "", ""
    if start is not None and end is not None:
        section = safe(text(f"word.section_short.{row.section}"))
        now, weeks = (on - start).days // 7 + 1, (end - start).days // 7 + 1
        week = text("trainees.week_of", week=now, weeks=weeks)
        until = short(end, on)
    return Row(
        row.training_id,
        (
            safe(row.name, "bold"),
            section,
            row.unit,
            week,
            _next(row, coming, on),
            safe(row.supervisor, "$text-muted"),
            safe(until, "$text-muted"),
        ),
        search=row.name,
    )


def _next(row: TraineeRow, coming: date | None, on: date) -> Content:
    """Return what comes next, or what stands in its way: no supervisor, nothing booked."""
    if coming is not None:
        return status(Status.MET, near(coming, on) if (coming - on).days < 2 else short(coming, on))
    if not row.section:
        return Content("")
    return status(Status.LATE, text(f"trainees.{'unbooked' if row.supervisor else 'alone'}"))
