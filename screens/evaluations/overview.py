"""Utvärderingar: every unit and lecture that has been evaluated, and how far each has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.evaluations.results import FEWEST, Subject, subjects
from at_tui.language import say, text
from schema.fault import Fault
from screens.evaluations.choose import EvaluatePage
from screens.evaluations.results import ResultsPage
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading
from screens.widgets.status import Status, status

_COLUMNS = (
    Column(text("evaluations.column.name"), width=24, grow=1, most=54),
    Column(text("evaluations.column.count"), width=4, right=True),
    Column(text("evaluations.column.standing"), width=23, wide=26),
    Column(text("evaluations.column.response"), width=16, wide=22),
)


class EvaluationsPage(Page[None]):
    """The list. Enter shows what has been said."""

    AREA = "evaluations"
    BINDINGS: ClassVar[list[Any]] = [bind("n", "new", "evaluations.new")]

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False)

    def on_mount(self) -> None:
        """Let out what a crash may have left, and read."""
        self.set_title(text("evaluations.title"), text("evaluations.from_five", least=FEWEST))
        from data.ballot_box import settle

        if not self.store.read_only:
            try:
                settle(self.store)
            except Fault as fault:
                self.desk.say(say(fault), "error")
        self.reload()
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Read again what may have been sealed, or answered for."""
        self.reload()

    def reload(self) -> None:
        """Show what there is."""
        try:
            with self.store.read() as work:
                found = subjects(work)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._found = {f"{s.unit_id}|{s.about}": s for s in found}
        empty = text("evaluations.empty")
        self.query_one(Picker).show(list(self._rows(found)) if found else [], empty=empty)

    def _rows(self, found: list[Subject]) -> Iterator[Row]:
        # Two clinics of one name are told apart by where they are.
        names = Counter(one.name for one in found)
        twins = {name for name, count in names.items() if count > 1}
        for name, some in (
            ("units", [s for s in found if s.unit_id]),
            ("lectures", [s for s in found if not s.unit_id]),
        ):
            if some:
                yield heading(text(f"evaluations.{name}"))
            for one in some:
                yield Row(
                    f"{one.unit_id}|{one.about}",
                    (_named(one, twins), str(one.count), _standing(one), _answered(one)),
                    search=f"{one.name} {one.place}",
                )

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Show what has been said of it."""
        event.stop()
        subject = self._found[event.row_id]
        self.app.push_screen(ResultsPage(subject))

    def action_new(self) -> None:
        """Let a trainee evaluate a unit or a lecture."""
        self.app.push_screen(EvaluatePage())


def _named(one: Subject, twins: set[str]) -> Content:
    if one.name not in twins or not one.place:
        return safe(one.name)
    return Content.assemble(safe(one.name), " ", safe(one.place, "$text-muted"))


def _standing(one: Subject) -> Content:
    if one.latest:
        words = text("evaluations.shown", year=one.latest)
        if one.waiting:
            words = text("evaluations.shown_waiting", year=one.latest, count=one.waiting)
        return status(Status.MET, words)
    if one.waiting:
        return status(Status.SOON, text("evaluations.waiting", count=one.waiting, of=FEWEST))
    return status(Status.NONE, text("evaluations.too_few"))


def _answered(one: Subject) -> Content:
    if one.answered and one.answered >= one.latest:
        return status(Status.MET, text("evaluations.answered", year=one.answered))
    if one.latest:
        return status(Status.SOON, text("evaluations.not_answered"))
    return safe("")
