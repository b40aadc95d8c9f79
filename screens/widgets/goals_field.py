"""Goals on one line: Enter opens the målbeskrivning, where one types to find and marks by space."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from at_tui.language import text
from screens.desk import desk
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum, Goal


class GoalsField(Widget, can_focus=True):
    """The goals chosen, by their places in the regulation.

    Args:
        load: Reads the målbeskrivning they are chosen from, when it is first needed; None when
            there is none here.
        chosen: Ids chosen to begin with; also ids that the curriculum does not hold are kept.
        section: Section whose goals stand first in the list.
    """

    DEFAULT_CSS = """
    GoalsField {
        height: 1; width: 1fr; padding: 0 1; background: $surface; color: $text;
        &:focus { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "open", "app.pick"),
        Binding("space,down", "open", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    class Changed(Message):
        """Other goals are chosen."""

    def __init__(
        self,
        load: Callable[[], Curriculum | None],
        chosen: Iterable[str] = (),
        *,
        section: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._load, self._section = load, section
        self._chosen = list(dict.fromkeys(chosen))

    @cached_property
    def _curriculum(self) -> Curriculum | None:
        return self._load()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the goals chosen, in the regulation's order."""
        return tuple(self._chosen)

    @chosen.setter
    def chosen(self, ids: Iterable[str]) -> None:
        self._chosen = self._sorted(ids)
        self.refresh()

    def render(self) -> Content:
        """Return the places of the goals, or what Enter does."""
        if not self._chosen:
            return safe(text("session.no_goals"), "$text-muted")
        words = [self._place(id) for id in self._chosen]
        count = text("session.goals_count", count=len(words)) if len(words) > 1 else ""
        line = Content.assemble(safe(count), " " if count else "", safe(", ".join(words)))
        return line.truncate(self.content_size.width, ellipsis=True)

    def _place(self, id: str) -> str:
        goal = self._curriculum.goal(id) if self._curriculum else None
        if goal is None:
            return id
        # One goal has room for its words; many are known by their places.
        if len(self._chosen) == 1 or not goal.is_numbered:
            return f"{goal.reference} {goal.text}"
        return goal.reference

    def on_click(self, event: events.Click) -> None:
        """Open the list."""
        self.action_open()

    def action_open(self) -> None:
        """Choose among all goals."""
        if self._curriculum is None:
            desk(self.app).say(text("session.no_curriculum"), "warning")
            return
        dialog = GoalsDialog(self._curriculum, self._chosen, self._section)
        self.app.push_screen(dialog, self._picked)

    def action_clear(self) -> None:
        """Choose none."""
        if self._chosen:
            self._picked([])

    def _picked(self, ids: list[str] | None) -> None:
        if ids is not None:
            self.chosen = ids
            self.post_message(self.Changed())

    def _sorted(self, ids: Iterable[str]) -> list[str]:
        wanted = list(dict.fromkeys(ids))
        if self._curriculum is None:
            return wanted
        order = {goal.id: n for n, goal in enumerate(self._curriculum.goals)}
        return sorted(wanted, key=lambda id: order.get(id, len(order)))


class GoalsDialog(Dialog[list[str]]):
    """All goals, one's own section first; dismissed with the ids marked, or None."""

    DEFAULT_CSS = """
    GoalsDialog > #frame { width: 96; }
    GoalsDialog Picker { height: auto; max-height: 15; }
    GoalsDialog Rows { height: auto; max-height: 13; }
    GoalsDialog #whole { height: 3; padding: 0 2; color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "done", "session.goals_done")]

    def __init__(self, curriculum: Curriculum, chosen: Iterable[str], section: str) -> None:
        super().__init__(curriculum.title)
        self._curriculum, self._chosen, self._section = curriculum, set(chosen), section

    def body(self) -> ComposeResult:
        """Lay out the list, and the goal under the cursor in full."""
        yield Picker([Column(width=16), Column(width=24, grow=1)], marks=True)
        yield Static(id="whole", markup=False)

    def on_mount(self) -> None:
        """Fill the list; the cursor stands on the first goal chosen."""
        picker = self.query_one(Picker)
        picker.marked.update(self._chosen)
        picker.show(self._rows())
        for id in sorted(self._chosen):
            if picker.select(id):
                break
        picker.focus()

    def _rows(self) -> Iterable[Row]:
        sections = list(dict.fromkeys(goal.section for goal in self._curriculum.goals))
        for section in sorted(sections, key=lambda s: s != self._section):
            goals = self._curriculum.in_section(section)
            yield heading(text(f"word.section.{section}").capitalize(), str(len(goals)))
            for goal in goals:
                yield Row(goal.id, (safe(_short(goal), "$text-muted"), goal.text))

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Show the goal under the cursor in full."""
        goal = self._curriculum.goal(event.row_id or "")
        self.query_one("#whole", Static).update(safe(goal.text if goal else ""))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Take what is marked, or the one under the cursor when nothing is."""
        event.stop()
        if not event.picker.marked:
            event.picker.marked.add(event.row_id)
        self.action_done()

    def action_done(self) -> None:
        """Take what is marked."""
        self.dismiss(list(self.query_one(Picker).marked))


def _short(goal: Goal) -> str:
    """Return the goal's place in so few cells that its words have room."""
    return goal.reference if goal.is_numbered else text("session.working_goal")
