"""The målbeskrivning as a map: what is judged, what there is to judge by, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from at_tui.goal_map import GoalLine, GoalSection, GoalStatus, find_line, mark_goals, withdraw
from at_tui.language import say, text
from schema.fault import Fault
from screens.goal_words import level_words, place_words, section_title, status_words, trust_words
from screens.text import safe
from screens.trainee.reading import TraineeFile
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import WIDE, Column, Row, heading

if TYPE_CHECKING:
    from screens.goal_evidence import GoalEvidence

_COLUMNS = (
    Column(width=16),
    Column(width=8, wide_only=True),
    Column(width=30, grow=1),
    Column(width=13, wide=16),
    Column(width=2, right=True, wide=11),
)


class GoalsScreen(Page[None]):
    """The goals of one training.

    Args:
        training_id: Whose.
        section: Section to begin in; by default that of the placement of today.
        lacking: Whether to begin with only what is lacking.
    """

    AREA = "goals"
    CSS_PATH = "goals.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f", "lacking", "goals.lacking"),
        bind("f", "all", "goals.all"),
        bind("k", "reached", "goals.reached", priority=True),
        bind("t", "withdraw", "goals.withdraw"),
        bind("2", "chapter(2)", "goals.chapter", as_="2–6"),
        *(
            Binding(str(n), f"chapter({n})", show=False, id=f"goals.chapter{n}")
            for n in range(3, 7)
        ),
    ]

    def __init__(self, training_id: str, *, section: str = "", lacking: bool = False) -> None:
        super().__init__()
        self._training_id, self._section = training_id, section
        self._lacking = lacking
        self._wide = False
        self._file: TraineeFile | None = None

    def body(self) -> ComposeResult:
        """Lay out the list, and the goal one stands on."""
        yield Picker(_COLUMNS, type_to_filter=False, marks=True)
        yield Static(id="goal", markup=False)

    def on_mount(self) -> None:
        """Read the goals."""
        self.set_title("", safe(text("app.opening"), "$text-muted"))
        self._read()
        self.picker.focus()

    def on_screen_resume(self) -> None:
        """Read again what may have been written on another page."""
        if self._file is not None:
            self._read()

    @property
    def picker(self) -> Picker:
        """The list."""
        return self.query_one(Picker)

    @property
    def sections(self) -> list[GoalSection]:
        """The map."""
        return self._file.goals if self._file else []

    # What it shows

    def _read(self) -> None:
        """Read the records in a thread."""
        self.run_worker(self._load, thread=True, exclusive=True, name="goals")

    def _load(self) -> None:
        try:
            file = self.desk.foreread.take(self.store, self._training_id, self.today)
            # The map is worked out here, not on the screen's thread.
            file.goals  # noqa: B018
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._came, file)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _came(self, file: TraineeFile) -> None:
        """Show what was read; the first time, begin where the trainee is now."""
        first, self._file = self._file is None, file
        self._show()
        if first:
            section = self._section or (str(file.placement.section) if file.placement else "")
            self._go_to(section)

    def _show(self) -> None:
        if self._file is None:
            return
        self._wide = self.app.size.width >= WIDE
        name = self._file.folder.trainee.name
        key = "goals.title_lacking" if self._lacking else "goals.title"
        marked = sum(section.count(GoalStatus.MARKED) for section in self.sections)
        total = sum(len(section.lines) for section in self.sections)
        self.set_title(text(key, name=name), text("goals.marked_of", marked=marked, total=total))
        empty = "goals.none_lacking" if self.sections else "goals.no_curriculum"
        rows = list(self._rows())
        self.picker.show(rows, empty=safe(text(empty)))
        if not rows:
            self.query_one("#goal", Static).update(Content(""))
        self.refresh_bindings()

    def _rows(self) -> Iterator[Row]:
        for section in self.sections:
            lines = section.lacking if self._lacking else section.lines
            if lines:
                yield heading(section_title(section), self._summary(section))
                for line in lines:
                    yield self._row(line)

    def _summary(self, section: GoalSection) -> str:
        marked, evidence, none = (
            section.count(status)
            for status in (GoalStatus.MARKED, GoalStatus.EVIDENCE, GoalStatus.NONE)
        )
        if self._lacking:
            return text("goals.lacking_of", count=evidence + none, none=none)
        words = text("goals.summary", marked=marked, total=len(section.lines), evidence=evidence)
        return f"{words} · {text('goals.working')}" if section.working else words

    def _row(self, line: GoalLine) -> Row:
        goal = line.goal
        count = len(line.counting)
        evidence = text("goals.evidence_count", count=count) if self._wide else str(count)
        return Row(
            goal.id,
            (
                status_words(line),
                safe(place_words(goal), "$text-muted"),
                goal.text,
                safe(level_words(goal, short=True), "$text-muted"),
                safe(evidence if count else "", "$text-muted"),
            ),
            search=f"{goal.text} {goal.reference} {text(f'goals.status.{line.status}')}",
        )

    def on_resize(self) -> None:
        """Write the count out where there is room."""
        if self._wide != (self.app.size.width >= WIDE):
            self._show()

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Show the goal one stands on in full."""
        line = find_line(self.sections, event.row_id or "")
        self.query_one("#goal", Static).update(self._in_full(line) if line else Content(""))

    def _in_full(self, line: GoalLine) -> Content:
        goal = line.goal
        about = [goal.reference, level_words(goal, short=False)]
        first = safe(" · ".join(part for part in about if part), "$text-muted")
        return Content("\n").join([safe(goal.text), first, trust_words(goal)])

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what cannot be done, and letters while one types in the filter."""
        if action in ("reached", "lacking", "all", "withdraw", "chapter"):
            if isinstance(self.focused, Input) or not self.is_current:
                return False
            if action in ("lacking", "all"):
                return self._lacking == (action == "all")
            if action == "withdraw":
                line = find_line(self.sections, self.picker.selected or "")
                return line is not None and line.mark is not None
        return True

    def action_lacking(self) -> None:
        """Show only what is not marked, what has no evidence first."""
        here = self.picker.selected
        section = next((s for s in self.sections if find_line([s], here or "")), None)
        self._lacking = True
        self._show()
        if section is not None:
            self._go_to(str(section.section))

    def action_all(self) -> None:
        """Show all goals again."""
        self._lacking = False
        self._show()

    def action_chapter(self, number: int) -> None:
        """Go to a chapter of the regulation."""
        for section in self.sections:
            if section.chapter is not None and section.chapter.number == number:
                self._go_to(str(section.section))

    def _go_to(self, name: str) -> None:
        """Stand on the first goal of a section, its heading in sight."""
        for section in self.sections:
            lines = section.lacking if self._lacking else section.lines
            if section.section == name and lines:
                self.picker.select(lines[0].goal.id)
                self.once_laid_out(self._head_in_sight)

    def _head_in_sight(self) -> None:
        """Scroll the row one stands on to the top, but for the heading over it."""
        rows = self.picker.rows
        rows.scroll_to_highlight(top=True)
        rows.scroll_relative(y=-2, animate=False, immediate=True)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Show what there is to judge by."""
        event.stop()
        line = find_line(self.sections, event.row_id)
        if line is None or self._file is None:
            return
        from screens.goal_evidence import GoalEvidence

        page: GoalEvidence = GoalEvidence(self._file, line)
        self.app.push_screen(page, self._after_evidence)

    def _after_evidence(self, act: str | None) -> None:
        if act == "reached":
            self.action_reached()
        elif act == "withdraw":
            self.action_withdraw()

    def action_reached(self) -> None:
        """Mark the goals that are marked in the list, or the one under the cursor."""
        wanted = set(self.picker.marked) or {self.picker.selected or ""}
        lines = [line for s in self.sections for line in s.lines if line.goal.id in wanted]
        open_lines = [line for line in lines if line.mark is None]
        if not open_lines:
            self.desk.say(text("goals.marked_already"))
            return
        bare = [line for line in open_lines if not line.counting]
        count = len(open_lines)
        key = "goals.mark_one" if count == 1 else "goals.mark_many"
        more = text("goals.mark_bare", count=len(bare)) if bare else text("goals.mark_more")
        label = text("goals.rests_on" if bare else "goals.note")
        dialog = Reason(text(key, count=count), more, label=label, optional=not bare)
        self.app.push_screen(dialog, lambda note: self._mark(open_lines, note))

    def _mark(self, lines: list[GoalLine], note: str | None) -> None:
        if note is None or self._file is None or self._file.curriculum is None:
            return
        try:
            with self.store.work(self.author) as work:
                marks = mark_goals(
                    work,
                    training_id=self._training_id,
                    curriculum_id=self._file.curriculum.id,
                    lines=lines,
                    by_id=self.author if self.author in self._file.folder.people else None,
                    on=self.today,
                    note=note,
                )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.picker.marked.clear()
        self._read()
        self.saved()
        self.desk.save_toast(text("goals.marked_toast", count=len(marks)))

    def action_withdraw(self) -> None:
        """Take back the mark of the goal under the cursor, with a reason."""
        line = find_line(self.sections, self.picker.selected or "")
        if line is None or line.mark is None:
            return
        mark_id = line.mark.id
        dialog = Reason(text("goals.withdraw_title"), line.goal.text)
        self.app.push_screen(dialog, lambda reason: self._withdraw(mark_id, reason))

    def _withdraw(self, mark_id: str, reason: str | None) -> None:
        if not reason:
            return
        try:
            with self.store.work(self.author) as work:
                withdraw(work, mark_id, on=self.today, reason=reason)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._read()
        self.saved()
        self.desk.save_toast(text("goals.withdrawn_toast"))
