"""Pages that lose nothing: what is typed is kept within a second, and is there next time."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from textual.timer import Timer

from at_tui.language import text
from schema.fault import Fault
from screens.dates import clock, near
from screens.text import safe
from screens.widgets.page import Page

R = TypeVar("R")


class DraftPage(Page[R]):
    """A page with a draft.

    Subclasses give `draft_key` (what the page is about, e.g. `session:<training>:<id>`),
    `draft_content()` and `restore_draft()`, call `fetch_draft()` when their widgets are mounted,
    `draft_changed()` at every change, and `drop_draft()` when the page has been saved. `Esc`
    and the end of the programme keep what is typed.
    """

    PAUSE: ClassVar[float] = 0.8
    """Seconds from a change to its draft."""

    draft_key: str = ""
    """Names the draft; empty keeps none."""
    quiet: bool = False
    """Whether drafts are kept without a note, since something else is to be read there."""
    _draft_timer: Timer | None = None
    _draft_pending = False
    _draft_kept: dict[str, Any] | None = None
    """What the page held when it was begun, or when its draft was last kept."""

    def draft_content(self) -> dict[str, Any]:
        """Return what is typed, as JSON values."""
        raise NotImplementedError

    def restore_draft(self, content: dict[str, Any]) -> None:
        """Fill the page with a draft."""
        raise NotImplementedError

    def draft_changed(self) -> None:
        """Keep the draft soon; called at every change, it does not put off what is waiting."""
        if not self.draft_key:
            return
        self._draft_pending = True
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(self.PAUSE, self.keep_draft_now)

    def keep_draft_now(self) -> None:
        """Keep the draft, if anything has changed since."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if not (self._draft_pending and self.draft_key and self.desk.is_open):
            return
        content = self.draft_content()
        if content == self._draft_kept:
            return
        try:
            with self.store.work(self.author) as work:
                work.keep_draft(self.draft_key, content)
        except Fault:
            # Said when the form itself is saved; typing is not to be interrupted every second.
            return
        self._draft_pending, self._draft_kept = False, content
        if self.is_mounted and self.is_running and not self.quiet:
            self.note(safe(text("app.draft_kept", time=clock(self.desk.now())), "$text-muted"))

    def fetch_draft(self) -> bool:
        """Fill the page with the draft that waits, and say so; return whether there was one."""
        if not self.draft_key or not self.desk.is_open:
            return False
        # Fields announce what they begin with as a change: that alone is no draft.
        self._draft_kept = self.draft_content()
        from schema.tables import Draft  # SQLModel; already imported when records are open

        with self.store.read() as work:
            found = work.get(Draft, self.draft_key)
        if found is None:
            return False
        self.restore_draft(found.content)
        self._draft_kept = self.draft_content()
        self.desk.say(text("app.draft_back", when=self._when(found.at)))
        self._draft_pending = False
        return True

    def settle_draft(self) -> None:
        """Keep no draft of what was typed so far: the save itself has dropped the one kept."""
        self._draft_pending = False
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None

    def drop_draft(self) -> None:
        """Forget the draft: the page is saved, or the user does not want it."""
        self.settle_draft()
        if self.draft_key and self.desk.is_open:
            with self.store.work(self.author) as work:
                work.drop_draft(self.draft_key)

    def action_back(self) -> None:
        """Go back; what is typed is kept."""
        self.keep_draft_now()
        super().action_back()

    def _when(self, at: datetime) -> str:
        local = at.astimezone()
        return f"{near(local.date(), self.today)} {clock(local)}"
