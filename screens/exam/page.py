"""Prov (eAT) of one trainee: when it can be sat, what stops it, and the way to mend each stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full
from screens.exam.rows import lack_sentences, remarks, rows_of, says
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.exam.reading import ExamFile
    from at_tui.exam.sit_ins import SitIn
    from at_tui.exam.window import Stop


class ExamPage(ReadingPage["ExamFile"]):
    """One sentence, and all it rests on.

    Args:
        training_id: Whose.
    """

    AREA = "exam"
    READS = "exam"
    LEAVES = True
    DEFAULT_CSS = """
    ExamPage #says { height: auto; padding: 1 3 1 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "exam.new"),
        bind("space", "tick", "exam.tick"),
        bind("d", "dates", "exam.dates"),
        bind("w", "what_if", "exam.what_if"),
    ]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._file: ExamFile | None = None

    def body(self) -> ComposeResult:
        """Lay out the sentence over the list."""
        yield Static(id="says", markup=False)
        yield Picker((), type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("exam.title"), full(self.today))
        self.query_one(Picker).focus()

    def find(self) -> ExamFile:
        """Return the training and the exam."""
        from at_tui.exam.reading import exam_file

        return exam_file(self.store, self._training_id, self.today)

    def came(self, found: ExamFile) -> None:
        """Fill the page."""
        self._file = found
        self.set_title(text("exam.title_of", name=found.trainee.name), full(self.today))
        lines: list[Content] = []
        if found.window is not None:
            lines = [says(found.window), *remarks(found.window)]
        self.query_one("#says", Static).update(Content("\n").join(lines))
        self.query_one("#says").display = bool(lines)
        self._show_rows()
        self.refresh_bindings()

    def _show_rows(self) -> None:
        if self._file is not None:
            self.query_one(Picker).show(list(rows_of(self._file, self.app.size.width)))

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._show_rows()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the keys of an exam that the plan does not have, and ticks without boxes."""
        found = self._file
        if action in ("new", "dates", "what_if"):
            return found is not None and found.window is not None
        if action == "tick":
            return found is not None and found.next_sitting is not None
        return True

    # Ways

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to where the row is mended or read."""
        event.stop()
        kind, _, id = event.row_id.partition(":")
        found = self._file
        if found is None or found.window is None:
            return
        if kind == "stop":
            self._mend(found.window.stops[int(id)])
        elif kind == "day":
            self.action_dates()
        elif kind == "form":
            self._form(next(f for f in found.window.sit_ins if id in (f.form_id, f.section)))
        elif kind == "time":
            self.action_what_if()
        elif kind == "sitting":
            self._sitting(id)
        elif kind == "step":
            self._tick(id)

    def _mend(self, stop: Stop) -> None:
        training = self._training_id
        match stop.way.value:
            case "placements":
                self.desk.go(lambda: ways.page(training, "placements"))
            case "try":
                self.desk.go(lambda: ways.what_if(training))
            case "form" | "new_form":
                forms = self._file.window.sit_ins if self._file and self._file.window else ()
                self._form(next(f for f in forms if stop.target in (f.form_id, f.section)))
            case "person":
                self._person()
            case "dates":
                self.action_dates()
            case "result":
                self._sitting(stop.target)

    def _person(self) -> None:
        if self._file is None:
            return
        from screens.trainee_forms import TraineeForm

        trainee = self._file.trainee.id
        self.desk.go(lambda: TraineeForm(trainee))

    def _form(self, form: SitIn) -> None:
        """Open a medsittning, and say what lacks; or begin one."""
        training = self._training_id
        lacks = lack_sentences(form)
        if lacks and form.state.value == "lacking":
            self.desk.say("\n".join(lacks), "warning")
        if form.form_id and form.state.value != "failed":
            self.desk.go(lambda: ways.assessment(training, None, form.form_id))
            return
        rule = self._file.requirement if self._file else None
        instrument = rule.instruments[0] if rule else None
        self.desk.go(lambda: ways.assessment(training, instrument, None))

    def _sitting(self, sitting_id: str | None) -> None:
        training = self._training_id
        from screens.exam.sitting import SittingForm

        self.desk.go(lambda: SittingForm(training, sitting_id))

    def action_new(self) -> None:
        """Enter a registration, or a sitting."""
        self._sitting(None)

    def action_dates(self) -> None:
        """Show the known days."""
        self.desk.go(ways.exam_dates)

    def action_what_if(self) -> None:
        """Try out what would move the day."""
        self.desk.go(lambda: ways.what_if(self._training_id))

    def action_tick(self) -> None:
        """Tick off what the cursor stands on."""
        kind, _, id = (self.query_one(Picker).selected or "").partition(":")
        if kind == "step":
            self._tick(id)

    def _tick(self, step: str) -> None:
        sitting = self._file.next_sitting if self._file else None
        if sitting is None:
            return
        done = set(sitting.documents) ^ {step}
        # A new list: the record does not see a change inside the old one.
        sitting.documents = sorted(done)
        try:
            with self.store.work(self.author) as work:
                work.save(sitting)
        except Fault as fault:
            self.desk.say(say(fault), "error")
        self.note(safe(text("app.save_toast"), "$success"))
        self.reload()
