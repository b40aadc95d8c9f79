"""The way to a talk: the one that is begun or booked, a new one, or the reading of a signed one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from at_tui.language import say
from at_tui.talks.asked import talk_to_open
from at_tui.talks.records import form_of, new_talk
from schema.fault import Fault
from schema.words import LockStatus, TalkKind
from screens.desk import Desk, desk
from screens.talks.page import TalkPage

if TYPE_CHECKING:
    from data.find import Folder
    from schema.tables import Talk


class TalkOpening(ModalScreen[None]):
    """Shows the page that fits, is seen through itself, and goes when that page has gone.

    Args:
        training_id: Whose talk it is.
        kind: A talk of this kind: the one begun or booked, or a new one.
        placement_id: The placement it is about, if it is about one.
        talk_id: This very talk, whatever its kind.
    """

    DEFAULT_CSS = "TalkOpening { background: transparent; }"

    def __init__(
        self, training_id: str, *, kind: str = "", placement_id: str | None = None,
        talk_id: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._training_id, self._kind = training_id, kind
        self._placement_id, self._talk_id = placement_id, talk_id

    @property
    def desk(self) -> Desk:
        """The application, as far as pages know it."""
        return desk(self.app)

    def on_mount(self) -> None:
        """Find the page that fits."""
        from data import find  # with the store open, SQLModel is imported already

        try:
            with self.desk.store.read() as work:
                folder = find.folder(work, self._training_id)
            page = self._page(folder)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            self.dismiss()
            return
        self.app.push_screen(page, self._left)

    def _page(self, folder: Folder) -> Screen[Any]:
        on, author = self.desk.today, self.desk.author
        talk: Talk | None
        if self._talk_id:
            talk = next((t for t in folder.talks if t.id == self._talk_id), None)
            if talk is None:
                raise Fault("store.no_record", exit_code=1)
        else:
            kind = TalkKind(self._kind)
            placement = self._placement_id or self._placement_now(folder, kind)
            talk = talk_to_open(folder.talks, kind, placement, on)
            if talk is None:
                form = new_talk(folder, kind, on=on, placement_id=placement, author=author)
                return TalkPage(folder, form)
        if talk.status != LockStatus.DRAFT:
            from screens.talks.view import TalkView

            return TalkView(self._training_id, talk.id)
        form = form_of(folder, talk)
        if form.held_on is None and (form.booked_on is None or form.booked_on <= on):
            form.held_on = form.booked_on or on
        return TalkPage(folder, form)

    def _placement_now(self, folder: Folder, kind: TalkKind) -> str | None:
        """Return the placement of the day, for a kind of talk that looks back on one."""
        from at_tui.talks.guides import guide_for

        guide = guide_for(kind)
        now = folder.placement_on(self.desk.today)
        return now.id if now is not None and guide and guide.basis == "placement" else None

    def _left(self, talk_id: str | None) -> None:
        """Show the talk that was signed, or go."""
        if talk_id:
            from screens.talks.view import TalkView

            with self.desk.store.read() as work:
                from schema.tables import Talk

                talk = work.get(Talk, talk_id)
            if talk is not None and talk.status != LockStatus.DRAFT:
                self.app.push_screen(TalkView(self._training_id, talk_id), self._gone)
                return
        self.dismiss()

    def _gone(self, _: str | None) -> None:
        # What a callback returns is awaited, and a page cannot wait for itself to go.
        self.dismiss()


def talk_page(training_id: str, kind: str, placement_id: str | None = None) -> Screen[Any]:
    """Return the page of a talk that is to be held."""
    return TalkOpening(training_id, kind=kind, placement_id=placement_id)
