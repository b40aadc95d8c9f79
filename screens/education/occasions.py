"""Utbildningstillfällen: every lecture and course that a group has been called to, latest first."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.education.occasions import Occasion, OccasionLine, occasions, remove_occasion
from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import full, with_weekday
from screens.education import words
from screens.education.occasion_form import OccasionForm, plans_in_use
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import Column, Row, heading


class OccasionsPage(ReadingPage["list[OccasionLine]"]):
    """The occasions; Enter opens the list of who was there."""

    AREA = "occasion"
    READS = "occasions"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f4", "new", "occasion.new"),
        bind("f6", "copy", "occasion.copy"),
        bind("delete", "remove", "occasion.remove", as_="Del"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, OccasionLine] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = [
            Column(text("occasion.day"), width=15, wide=18),
            Column(text("occasion.what"), width=24, grow=2),
            Column(text("occasion.kind"), width=12, wide=24),
            Column(text("occasion.length"), width=10, wide=12),
            Column(text("occasion.there"), width=12, right=True),
        ]
        yield Picker(columns)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("occasion.title"), full(self.today))
        self.query_one(Picker).focus()

    def find(self) -> list[OccasionLine]:
        """Return the occasions: ten years of a region have tens of thousands of records."""
        with self.store.read() as work:
            found = occasions(work)
            plans_in_use(work)
        return found

    def came(self, found: list[OccasionLine]) -> None:
        """Fill the list."""
        # What is to come stands first, the nearest on top; then what has been, latest first.
        ahead = [one for one in found if one.occasion.day > self.today][::-1]
        been = [one for one in found if one.occasion.day <= self.today]
        self._lines = {f"occasion:{n}": line for n, line in enumerate([*ahead, *been])}
        rows = [self._row(row_id, line) for row_id, line in self._lines.items()]
        if ahead:
            rows.insert(len(ahead), heading(text("occasion.held").upper(), str(len(been))))
            rows.insert(0, heading(text("occasion.coming").upper(), str(len(ahead))))
        self.query_one(Picker).show(rows, empty=safe(text("occasion.empty")))
        self.refresh_bindings()

    def _row(self, row_id: str, line: OccasionLine) -> Row:
        one = line.occasion
        counts = safe(text("education.of", there=line.there, count=line.called))
        waits = line.planned and one.day < self.today
        warn = Content.styled(" !", "$warning") if line.unexplained or waits else Content("  ")
        if one.day > self.today:
            counts = safe(text("occasion.called_count", count=line.called), "$text-muted")
        return Row(
            row_id,
            (
                with_weekday(one.day, self.today),
                safe(one.title, "bold"),
                safe(text(f"word.education.{one.kind}"), "$text-muted"),
                words.length(one.minutes, one.days),
                Content.assemble(counts, warn),
            ),
        )

    @property
    def _here(self) -> Occasion | None:
        line = self._lines.get(self.query_one(Picker).selected or "")
        return line.occasion if line else None

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the list of who was there."""
        event.stop()
        from screens.education.attendance import AttendancePage

        occasion = self._lines[event.row_id].occasion
        self.desk.go(lambda: AttendancePage(occasion, known=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nothing for."""
        return bool(self._lines) if action in ("copy", "remove") else True

    def action_new(self) -> None:
        """Begin an occasion."""
        self._form(None)

    def action_copy(self) -> None:
        """Begin one like the one under the cursor, today."""
        self._form(self._here)

    def _form(self, like: Occasion | None) -> None:
        def begun(occasion: Occasion | None) -> None:
            if occasion is not None:
                from screens.education.attendance import AttendancePage

                self.desk.go(lambda: AttendancePage(occasion))

        self.app.push_screen(OccasionForm(like), begun)

    def action_remove(self) -> None:
        """Ask, then take the whole occasion away."""
        occasion = self._here
        if occasion is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(occasion)

        question = text("occasion.remove_question", title=occasion.title)
        more = text("occasion.remove_more", day=full(occasion.day))
        self.app.push_screen(Confirm(question, more), answered)

    def _remove(self, occasion: Occasion) -> None:
        try:
            count = remove_occasion(self.store, self.author, occasion)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(text("occasion.removed", title=occasion.title, count=count))
        self.reload()
