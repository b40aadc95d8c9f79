"""How the doctors of the first page stand: judged behind it, some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.worker import Worker, get_current_worker

from schema.fault import Fault
from screens.widgets.page import Page

# The judge brings pydantic with the plans (0.1 s), and the records SQLModel: the worker loads them.
if TYPE_CHECKING:
    from at_tui.judging_apart import JudgingApart
    from at_tui.stand import Stand
    from data.glance import Glance
    from data.store import Store


class Judged(Page[None]):
    """A page of doctors who are judged; `show_stands` shows what was found.

    Args:
        glance: What the page shows, when it is read already.
    """

    def __init__(self, glance: Glance | None = None) -> None:
        super().__init__()
        self._glance = glance
        self._stands: dict[str, Stand] = {}
        """By the training's id."""
        self._judging = self._judge_again = False
        self._judged_to = -1
        """The last version of the records that has been judged; -1 before any."""

    def show_stands(self, glance: Glance) -> None:
        """Show the page anew, with how the doctors stand."""
        raise NotImplementedError

    def judge(self) -> None:
        """Judge the doctors of the page in a thread, those that anything has changed for."""
        glance = self._glance
        if glance is None or not glance.doctors or not self.desk.is_open:
            return
        if self._judging:
            self._judge_again = True  # not two at once: the first may be in the middle of all
            return
        self._judging = True
        store, apart = self.desk.store, self.desk.judging
        self.run_worker(
            lambda: self._judge(glance, store, apart), thread=True, group="judge", name="judge"
        )

    @on(Worker.StateChanged)
    def _judged(self, event: Worker.StateChanged) -> None:
        if event.worker.group == "judge" and event.worker.is_finished:
            self._judging = False
            if self._judge_again:
                self._judge_again = False
                self.judge()

    def _judge(self, glance: Glance, store: Store, apart: JudgingApart) -> None:
        from at_tui.changed import changed_since
        from at_tui.judging_apart import StoppedError, stands_of

        worker = get_current_worker()
        try:
            with store.read() as work:
                only, last = changed_since(work, store.node, self._judged_to)
            for found in stands_of(store, apart, glance.doctors, self.today, only):
                if worker.is_cancelled:
                    return
                self.app.call_from_thread(self._stood, found)
        except (Fault, StoppedError):
            return  # said where the records are read for their own sake
        self._judged_to = last

    def _stood(self, found: dict[str, Stand]) -> None:
        self._stands.update(found)
        if self._glance is not None and found:
            self.show_stands(self._glance)
