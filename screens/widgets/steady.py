"""Screens that stand when the records under them give way: a fault is told, once, in its sentence,
and who stands on the page goes back to the one before."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.message import Message

from at_tui.language import say
from schema.fault import Fault
from screens.desk import desk
from screens.widgets.painted import Painted

R = TypeVar("R")


class Steady(Painted[R]):
    """A screen that a fault leaves standing, or takes away when it has not come to stand yet."""

    fallen = False
    """Whether it could not be laid out: nothing that it still does is of any consequence."""
    _left = False

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; Textual would stop the screen, or the programme, at an exception.

        Textual's own: `tests/screens/test_ground_on_screen.py` notices when it changes.
        """
        try:
            await super()._dispatch_message(message)
        except Fault as fault:
            self.give_way(fault)
        except Exception:
            if not self.fallen:
                raise

    def give_way(self, fault: Fault) -> None:
        """Tell what happened; a screen that does not stand yet is left."""
        if self.is_mounted:
            desk(self.app).say(say(fault), "error")
        elif not self.fallen:
            self.fallen = True
            self.app.call_later(self._give_up, fault)

    def _give_up(self, fault: Fault) -> None:
        if len(self.app.screen_stack) > 1:
            self.dismiss()
            desk(self.app).say(say(fault), "error")
        else:
            desk(self.app).leave(fault)

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close; a second time would close the screen below."""
        if self._left:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)
