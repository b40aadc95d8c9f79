"""Dialogs of the live page: everyone in the meeting, the last meeting's actions, this one's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import text
from screens.kollegium.live_picture import action_words, outcome_words
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from at_tui.kollegium.holding import Room
    from at_tui.kollegium.picture import ActionLine
    from at_tui.kollegium.turns import State

_CSS = """
    {name} > #frame {{ width: 78; }}
    {name} Picker {{ height: auto; max-height: 17; }}
    {name} Rows {{ height: auto; max-height: 15; }}
"""


class Everyone(Dialog[str]):
    """Everyone in the order of the meeting, with what is decided; dismissed with whom to go to."""

    DEFAULT_CSS = _CSS.format(name="Everyone")

    def __init__(self, room: Room, state: State) -> None:
        left = len(state.left)
        super().__init__(text("kollegium_live.list_title", left=left, count=len(state.order)))
        self._room, self._state = room, state

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = (Column(width=4, right=True), Column(width=26, grow=1), Column(width=16),
                   Column(width=20, grow=1))  # fmt: skip
        yield Picker(columns)

    def on_mount(self) -> None:
        """Fill the list; the cursor stands on the doctor on the page."""
        picker = self.query_one(Picker)
        picker.show([self._row(n, id) for n, id in enumerate(self._state.order, start=1)])
        picker.select(self._state.at)
        picker.focus()

    def _row(self, number: int, training_id: str) -> Row:
        stand = self._state.stand(training_id)
        if stand.outcome is None:
            group = text(f"kollegium.group.{self._room.group(training_id)}")
            key = "shown" if stand.shown else "unseen"
            words = safe(text(f"kollegium_live.{key}", group=group), "$text-muted")
        else:
            words = safe(stand.text, "$text-muted")
        name = safe(self._room.name(training_id), "" if stand.settled else "bold")
        cells = (safe(str(number), "$text-muted"), name, outcome_words(stand.outcome), words)
        return Row(training_id, cells)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to the doctor."""
        event.stop()
        self.dismiss(event.row_id)


class Earlier(Dialog[dict[str, bool]]):
    """The last meeting's actions; Enter says done, or not done after all. Dismissed with what was
    changed: by the action's id, whether it is done."""

    DEFAULT_CSS = _CSS.format(name="Earlier")
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter,space", "tick", "kollegium_live.tick"),
        bind("f2,ctrl+s", "cancel", "kollegium_live.earlier_done"),
    ]

    def __init__(self, actions: Sequence[ActionLine]) -> None:
        super().__init__(text("kollegium_live.earlier_title"))
        self._actions = {each.agreement_id: each for each in actions}
        self._changed: dict[str, bool] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((Column(width=60, grow=1),), type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Fill the list."""
        picker = self.query_one(Picker)
        picker.show([self._row(id) for id in self._actions])
        picker.focus()

    def _row(self, id: str) -> Row:
        action = self._actions[id]
        done = self._changed.get(id, action.done_on is not None)
        box = ("☑ ", "bold $success") if done else ("☐ ", "bold")
        return Row(id, (Content.assemble(box, action_words(action)),), wraps=True)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Tick by the mouse."""
        event.stop()
        self.action_tick()

    def action_tick(self) -> None:
        """Say that it is done, or not."""
        picker = self.query_one(Picker)
        id = picker.selected or ""
        if id not in self._actions:
            return
        was = self._actions[id].done_on is not None
        now = not self._changed.get(id, was)
        if now == was:
            self._changed.pop(id, None)
        else:
            self._changed[id] = now
        picker.rows.update_row(self._row(id))

    def action_cancel(self) -> None:
        """Close; what was ticked is kept."""
        self.dismiss(self._changed)


class Actions(Dialog[str]):
    """Some actions, one to be chosen; dismissed with its id, or None."""

    DEFAULT_CSS = _CSS.format(name="Actions")

    def __init__(self, title: str, actions: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(title)
        self._actions = actions

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = (Column(width=44, grow=2), Column(width=24, grow=1))
        yield Picker(columns, type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Fill the list."""
        picker = self.query_one(Picker)
        picker.show(
            [Row(id, (words, safe(who, "$text-muted"))) for id, words, who in self._actions]
        )
        picker.focus()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Choose the action."""
        event.stop()
        self.dismiss(event.row_id)
