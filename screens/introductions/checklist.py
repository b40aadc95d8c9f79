"""A check-list: space ticks off, and what is ticked is kept at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from at_tui.introductions.lists import Line, guide_for, points_of
from at_tui.introductions.records import introduction_of, save_points
from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import full
from screens.text import safe
from screens.widgets.date_field import DateField
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark


class ChecklistPage(Page[None]):
    """One introduction.

    Args:
        training_id: Whose.
        line: Which.
    """

    AREA = "introductions_list"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ChecklistPage #when { height: 1; margin-bottom: 1; padding: 0 1; }
    ChecklistPage #when .label { width: auto; padding: 0 2 0 2; color: $text-muted; }
    ChecklistPage #when DateField { width: 14; }
    ChecklistPage #when .after { width: 1fr; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("space", "tick", "introductions_list.tick"),
        bind("a", "all", "introductions_list.all"),
        bind("d", "day", "introductions_list.day", show=False),
        bind("p", "print", "introductions_list.print"),
    ]

    def __init__(self, training_id: str, line: Line) -> None:
        super().__init__()
        self._training_id, self._line = training_id, line
        self._guide = guide_for(str(line.kind))
        record = line.record
        self._done: list[str] = list(record.points) if record else []
        self._record_id = record.id if record else ""
        self._held_on: date | None = record.held_on if record else None

    def body(self) -> ComposeResult:
        """Lay out the day and the points."""
        with Horizontal(id="when"):
            yield Static(text("introductions_list.held"), classes="label", markup=False)
            yield DateField(self._held_on, id="day")
            yield Static(classes="after", markup=False)
        yield Picker((Column(width=60, grow=1),), type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Show the points."""
        kind = text(f"word.introduction.{self._line.kind}")
        self.set_title(kind[:1].upper() + kind[1:])
        self._show()
        self.query_one(Picker).focus()

    def record_of_focus(self) -> str:
        """Return the introduction's id, once it is saved."""
        return self._record_id

    def _show(self) -> None:
        points, others = points_of(self._guide, self._done)
        self.query_one(Picker).show(list(self._rows()))
        done, of = len(self._done), len(points) + len(others)
        self.note(safe(text("introductions.count", done=done, of=of), "$text-muted"))

    def _rows(self) -> Iterator[Row]:
        points, others = points_of(self._guide, self._done)
        section = ""
        for point in points:
            if point.section != section:
                section = point.section
                yield heading(section)
            # Under the words, not under the box: what stands there is no point of its own.
            more = Content.assemble("    ", safe(point.help)) if point.help else ""
            yield Row(point.id, (self._box(point.id, point.label),), detail=more)
        if others:
            yield heading(text("introductions.others").upper())
        for id in others:
            yield Row(id, (self._box(id, id),))
        if self._guide is not None:
            yield remark(self._guide.wording)

    def _box(self, id: str, label: str) -> Content:
        done = id in self._done
        return Content.assemble(
            ("[x] " if done else "[ ] ", "$success" if done else ""), safe(label)
        )

    # Keys

    def action_tick(self) -> None:
        """Tick the point under the cursor, or take the tick away, and step down."""
        picker = self.query_one(Picker)
        id = picker.selected
        if id is None:
            return
        done = [one for one in self._done if one != id]
        self._keep(done if id in self._done else [*self._done, id])
        picker.rows.action_cursor_down()

    def action_all(self) -> None:
        """Tick everything."""
        points, others = points_of(self._guide, self._done)
        self._keep([*(point.id for point in points), *others])

    def action_day(self) -> None:
        """Go to the day."""
        self.query_one(DateField).focus()

    def on_input_changed(self) -> None:
        """Keep the day that is typed, once it is one."""
        field = self.query_one(DateField)
        day = field.day
        self.query_one(".after", Static).update(safe(full(day) if day else ""))
        if day is not None and day != self._held_on:
            self._keep_day(day)

    def on_input_submitted(self) -> None:
        """Go on to the points; an emptied day is none."""
        if self._held_on is not None and not self.query_one(DateField).value.strip():
            self._keep_day(None)
        self.query_one(Picker).focus()

    def _keep_day(self, day: date | None) -> None:
        before, self._held_on = self._held_on, day
        if not self._keep(self._done):
            self._held_on = before

    def _keep(self, done: list[str]) -> bool:
        """Save what is ticked; the first tick is made on the day it is made."""
        held = self._held_on
        if held is None and not self._done and done:
            held = self.today
        placement = self._line.placement
        try:
            with self.store.work(self.author) as work:
                record = introduction_of(
                    work, self._training_id, self._line.kind,
                    placement.id if placement else None, self._record_id,
                )  # fmt: skip
                saved = save_points(work, record, done, held_on=held, on=self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return False
        self._done, self._record_id, self._held_on = done, saved.id, held
        field = self.query_one(DateField)
        if held is not None and field.day != held:
            field.value = held.isoformat()
        self._show()
        return True

    def action_print(self) -> None:
        """Write the list as a PDF."""
        self.run_worker(self._print, thread=True, group="print", exclusive=True)

    def _print(self) -> None:
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.gather_introduction import list_of
        from at_tui.documents.introduction import introduction_pdf
        from at_tui.printing import file_name, write_document
        from data import find

        placement = self._line.placement
        try:
            with self.store.read() as work:
                folder = find.folder(work, self._training_id)
                record = introduction_of(
                    work, self._training_id, self._line.kind,
                    placement.id if placement else None, self._record_id,
                )  # fmt: skip
                page = list_of(folder, record, self._guide, on=self.today)
            name = file_name(page.title, folder.trainee.name, self.today.isoformat())
            path = write_document(settings.documents_folder(), name, introduction_pdf(page))
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self.desk.say, text("trainee.printed", path=path))
