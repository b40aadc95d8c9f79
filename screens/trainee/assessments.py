"""Bedömningar: every form, the latest first, with what it still waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from at_tui.instrument_names import short_name
from at_tui.language import text
from screens import ways
from screens.dates import short
from screens.text import safe
from screens.trainee.tab import Tab
from screens.trainee.words import lock_status
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from schema.tables import Assessment


class AssessmentsTab(Tab):
    """All forms of the training."""

    NAME = "assessments"
    NEW = True

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(
            [
                Column(text("trainee.column.day"), width=11, wide=13),
                Column(text("trainee.column.instrument"), width=19, grow=1, most=34),
                Column(text("trainee.column.assessor"), width=20, grow=1, most=30),
                Column(text("trainee.column.where"), width=16, grow=1, most=30, wide_only=True),
                Column(text("trainee.column.state"), width=18, wide=30),
            ],
            type_to_filter=False,
        )

    def fill(self) -> None:
        """Show the forms."""
        self.picker.show(list(self._rows()), empty=safe(text("trainee.no_assessments")))

    def _rows(self) -> Iterator[Row]:
        for form in reversed(self.file.folder.assessments):
            yield self._row(form)

    def _row(self, form: Assessment) -> Row:
        folder = self.file.folder
        named = (p for p in folder.placements if p.id == form.placement_id)
        placement = next(named, None) or folder.placement_on(form.day)
        where = text(f"word.section_short.{placement.section}") if placement else ""
        name = folder.name_of(form.assessor_id) or form.assessor_name
        title = short_name(form.instrument_id)
        state = lock_status(form, self.file)
        return Row(
            form.id,
            (
                short(form.day, self.file.on),
                title,
                safe(name, "$text-muted"),
                safe(where, "$text-muted"),
                state,
            ),
            search=" ".join([title, name, where, state.plain, form.day.isoformat()]),
        )

    def open(self, row_id: str) -> None:
        """Open the form."""
        training = self.file.folder.training.id
        self.go(lambda: ways.assessment(training, None, row_id))

    def new(self) -> None:
        """Choose an instrument."""
        training = self.file.folder.training.id
        self.go(lambda: ways.assessment(training, None, None))
