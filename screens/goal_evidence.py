"""What there is to judge one goal by: sessions, forms, and earlier judgements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.goal_map import Evidence, GoalLine
from at_tui.instrument_names import short_name
from at_tui.language import text
from screens import ways
from screens.dates import short
from screens.goal_words import level_words, trust_words
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from schema.tables import GoalMark
    from screens.trainee.reading import TraineeFile


class GoalEvidence(Dialog[str]):
    """One goal in full; dismissed with `reached` or `withdraw` when that is asked for, or None.

    Args:
        file: The training.
        line: The goal, as it stands.
    """

    DEFAULT_CSS = """
    GoalEvidence > #frame { width: 78; }
    GoalEvidence Static { height: auto; }
    GoalEvidence #marks { margin-top: 1; }
    GoalEvidence Picker { height: auto; max-height: 9; margin-top: 1; }
    GoalEvidence Rows { height: auto; max-height: 9; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("k", "reached", "goals.reached", priority=True),
        bind("t", "withdraw", "goals.withdraw"),
    ]

    def __init__(self, file: TraineeFile, line: GoalLine) -> None:
        super().__init__(line.goal.reference)
        self._file, self._line = file, line

    def body(self) -> ComposeResult:
        """Lay out the goal, its evidence and its judgements."""
        goal = self._line.goal
        yield Static(safe(goal.text, "bold"), markup=False)
        if goal.level is not None:
            yield Static(safe(level_words(goal, short=False), "$text-muted"), markup=False)
        yield Static(trust_words(goal), markup=False)
        yield Picker(
            [
                Column(width=8),
                Column(width=19, grow=1),
                Column(width=18, grow=1),
                Column(width=13),
            ],
            type_to_filter=False,
        )
        marks = list(self._marks())
        if marks:
            yield Static(Content("\n").join(marks), id="marks", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        picker = self.query_one(Picker)
        rows = [self._row(one) for one in self._line.evidence]
        picker.show(rows, empty=safe(text("goals.no_evidence")))
        picker.focus()

    def _row(self, one: Evidence) -> Row:
        name = text("goals.session") if one.kind == "supervision" else short_name(one.instrument_id)
        state = Content("") if one.counts else status(Status.DRAFT, text("goals.unsigned"))
        day = short(one.day, self._file.on)
        return Row(one.record_id, (day, name, safe(one.by_name, "$text-muted"), state))

    def _marks(self) -> Iterator[Content]:
        """Yield the judgement in force, and those that were taken back."""
        people = self._file.folder
        if self._line.mark is not None:
            mark = self._line.mark
            words = text("goals.marked_by", **self._who(mark, people.name_of(mark.marked_by_id)))
            yield status(Status.MET, f"{words}: {mark.note}" if mark.note else words)
        for mark in self._line.withdrawn:
            who = self._who(mark, people.name_of(mark.marked_by_id))
            back = short(mark.withdrawn_on or mark.day, self._file.on)
            words = text("goals.withdrawn", **who, back=back, reason=mark.withdrawn_reason)
            yield safe(words, "$text-muted")

    def _who(self, mark: GoalMark, name: str) -> dict[str, str]:
        return {"name": name or text("goals.someone"), "day": short(mark.day, self._file.on)}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the one of the two that can be done."""
        if action == "reached":
            return self._line.mark is None
        if action == "withdraw":
            return self._line.mark is not None
        return True

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the session or the form."""
        event.stop()
        training = self._file.folder.training.id
        one = next(e for e in self._line.evidence if e.record_id == event.row_id)
        if one.kind == "supervision":
            self.desk.go(lambda: ways.session(training, one.record_id))
        else:
            self.desk.go(lambda: ways.assessment(training, None, one.record_id))

    def action_reached(self) -> None:
        """Mark the goal as reached."""
        self.dismiss("reached")

    def action_withdraw(self) -> None:
        """Take the mark back."""
        self.dismiss("withdraw")
