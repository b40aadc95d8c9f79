"""The trainee's evaluation: nothing of it is kept until it is sealed, and nothing says whose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.assessing import check_answer, progress
from at_tui.evaluations.sealing import answers_to_seal, lacking, telling
from at_tui.filled_form import FilledForm
from at_tui.language import say, text
from schema.fault import Fault
from screens.assessment_rows import UNSET
from screens.assessment_sheet import Sheet
from screens.assessment_words import hint
from screens.text import safe, said
from screens.widgets.confirm import Confirm
from screens.widgets.keyline import KeyLine
from screens.widgets.keys import bind
from screens.widgets.page import Page

if TYPE_CHECKING:
    from data.ballot_box import Cast
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item


_NO_DAY = date(2000, 1, 1)
"""The sheet wants a day; nothing of it is kept."""


class EvaluationForm(Page[bool]):
    """A form without a name. Dismissed with True once it is sealed.

    No draft is kept: it would say when, and on whose page, something was written.

    Args:
        instrument: What is asked.
        name: The unit or the lecture, as it is shown.
        unit_id: The unit; None for a lecture.
        section: Section code of the placement.
        period: Half-year or quarter that it is about.
        about: The lecture.
    """

    AREA = "evaluations"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    EvaluationForm #lead { height: auto; padding: 0 2 1 2; color: $text-muted; }
    EvaluationForm #sheet { padding: 0 1; height: 1fr; }
    EvaluationForm #sheet .intro { color: $text-muted; height: auto; margin-top: 1; }
    EvaluationForm #sheet .section { height: auto; }
    EvaluationForm #sheet .title { height: 1; text-style: bold; margin-top: 1; }
    EvaluationForm #sheet .title.-led { margin-top: 0; }
    EvaluationForm WrittenField TextArea { height: 2; }
    EvaluationForm #hint { height: 1; padding: 0 2; color: $text-muted; }
    EvaluationForm.-tall .section { margin-top: 1; }
    EvaluationForm.-tall WrittenField TextArea { height: 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("f2,ctrl+s", "seal", "evaluations.seal")]

    def __init__(
        self,
        instrument: Instrument,
        *,
        name: str,
        unit_id: str | None,
        section: str,
        period: str,
        about: str = "",
    ) -> None:
        super().__init__()
        # What it is about has been chosen already, and a day would tell who was there.
        self.instrument = instrument.model_copy(update={"context": ()})
        self._name, self._unit_id, self._section = name, unit_id, section
        self._period, self._about = period, about
        self._accepted: set[str] = set()
        self._form = FilledForm(
            training_id="", instrument_id=instrument.id, instrument_version=instrument.version,
            day=_NO_DAY,
        )  # fmt: skip

    def body(self) -> ComposeResult:
        """Lay out the promise, the sheet, and a line of help."""
        yield Static(said("evaluations.lead"), id="lead", markup=False)
        yield Sheet(self.instrument, self._form, "", self.app.size.width - 4)
        yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Begin at the first question."""
        self.set_title(text("evaluations.form_title", name=self._name), text("evaluations.nobody"))
        self._count()
        first = next(iter(self.instrument.items()))
        self.call_after_refresh(self.query_one(Sheet).go_to, first.id)

    def _count(self) -> None:
        done, of = progress(self.instrument, self._form.answers)
        words = text("assessment.count", done=done, of=of)
        self.query_one(KeyLine).note(safe(words, "$text-muted"))

    def help_text(self) -> str:
        """Return what becomes of the answers."""
        return text("evaluations.form_help")

    # What is answered

    @on(Sheet.Stands)
    def _stands(self, event: Sheet.Stands) -> None:
        event.stop()
        row = self.query_one(Sheet).rows.get(event.item.id) if event.item else None
        self.query_one("#hint", Static).update(hint(event.item, row))

    @on(Sheet.Answered)
    def _answered(self, event: Sheet.Answered) -> None:
        event.stop()
        answers = self._form.answers
        if event.value is UNSET or event.value == "":
            answers.pop(event.key, None)
        else:
            answers[event.key] = event.value
        self._check(event.item)
        if event.item.id in self.query_one(Sheet).rows:
            self.query_one(Sheet).fill_item(event.item)
        self._count()

    def _check(self, item: Item) -> None:
        value = self._form.answers.get(item.id)
        words = Content("")
        if value is not None:
            fault = check_answer(self.instrument, item, value)
            if fault is not None:
                words = safe("✗ " + text(fault.key, **fault.values), "$error")
        self.query_one(Sheet).show_problem(item.id, words)

    @property
    def _names(self) -> list[str]:
        from data.evaluations import everyones_names  # with the store open: imported

        with self.store.read() as work:
            return everyones_names(work)

    # Keys

    def action_seal(self) -> None:
        """Seal it, or say what is missing; a name in a text is pointed out first."""
        answers = self._form.answers
        if (short := lacking(self.instrument, answers)) or not answers_to_seal(
            self.instrument, answers
        ):
            self.note(safe(text("evaluations.too_little"), "$error"))
            if short:
                self.query_one(Sheet).go_to(short[0])
            return
        found = [
            one
            for one in telling(self.instrument, answers, self._names)
            if one.excerpt not in self._accepted
        ]
        if not found:
            self._seal()
            return
        lines = [f"{one.label}: {one.excerpt}" for one in found]
        question = Confirm(
            text("evaluations.telling_title"),
            "\n".join([*lines, "", text("evaluations.telling_more")]),
            yes=text("evaluations.telling_yes"),
            no=text("evaluations.telling_no"),
        )

        def answered(keep: bool | None) -> None:
            if keep:
                self._accepted.update(one.excerpt for one in found)
                self._seal()
            else:
                self.query_one(Sheet).go_to(found[0].item_id)

        self.app.push_screen(question, answered)

    def _seal(self) -> None:
        from data.ballot_box import Ballot, cast

        ballot = Ballot(
            unit_id=self._unit_id,
            section=self._section,
            period=self._period,
            about=self._about,
            instrument_id=self.instrument.id,
            instrument_version=self.instrument.version,
            answers=answers_to_seal(self.instrument, self._form.answers),
        )
        try:
            done = cast(self.store, ballot)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(sealed_words(done))
        self.dismiss(True)

    def action_back(self) -> None:
        """Go back; ask first when something would be lost."""
        if not self._form.answers:
            self.dismiss(False)
            return
        question = Confirm(
            text("evaluations.leave_title"),
            text("evaluations.leave_more"),
            yes=text("evaluations.leave_yes"),
            no=text("evaluations.leave_no"),
        )

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(False)

        self.app.push_screen(question, answered)


def sealed_words(done: Cast) -> str:
    """Return what is said once an evaluation is sealed."""
    if done.let_out:
        return text("evaluations.sealed_out")
    key = "evaluations.sealed_first" if done.waiting == 1 else "evaluations.sealed"
    return text(key, count=done.waiting)
