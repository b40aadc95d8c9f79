"""Samtal: what the plan asks for, what is booked, and what has been held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import say, text
from schema.fault import Fault
from schema.words import LockStatus, Meaning, TalkKind
from screens.dates import near, short
from screens.standing_words import sign_and_word
from screens.talks.book import BookForm
from screens.talks.opening import TalkOpening
from screens.text import safe
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status

# The judge brings pydantic with the plans (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.talks.asked import Asked
    from data.find import Folder
    from schema.tables import Talk

_COLUMNS = (
    Column(width=20, grow=1, most=44),
    Column(width=20, grow=2, most=50),
    Column(width=13),
    Column(width=14, wide=20),
)
_ASKED = (
    Column(width=28, grow=2, most=64),
    Column(width=14, grow=1, most=34),
    Column(width=13),
    Column(width=14, wide=20),
)
"""What a plan asks for has a longer name than a kind of talk."""
_ASKED_OF_ALL = (Column(width=44, grow=1, most=100), *_ASKED[2:])
"""Where the plan names no placement, the name has that room too."""
_STATES = {
    LockStatus.DRAFT: Status.DRAFT,
    LockStatus.SIGNED: Status.SIGNED,
    LockStatus.VOIDED: Status.VOIDED,
}


class TalksPage(ReadingPage["tuple[Folder, list[Asked] | None]"]):
    """The talks of one training.

    Args:
        training_id: Whose.
    """

    AREA = "talks_list"
    READS = "talks"
    LEAVES = True
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "talks_list.new"),
        bind("b", "book", "talks_list.book"),
        bind("delete", "discard", "talks_list.discard"),
    ]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._asked: dict[str, Asked] = {}
        self._talks: dict[str, Talk] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("talks_list.title"), safe(text("app.opening"), "$text-muted"))
        self.query_one(Picker).focus()

    def find(self) -> tuple[Folder, list[Asked] | None]:
        """Return the training, and the talks its plan asks for; None when that is not known."""
        from at_tui.standing import standing
        from at_tui.talks.asked import asked_for
        from data.find import folder

        with self.store.read() as work:
            found = folder(work, self._training_id)
        try:
            stand = standing(self.store, self._training_id, self.today)
            return found, asked_for(stand.findings, stand.programme)
        except Fault:
            return found, None

    def came(self, found: tuple[Folder, list[Asked] | None]) -> None:
        """Fill the list."""
        folder, asked = found
        self.set_title(text("talks_list.title_of", name=folder.trainee.name), "")
        self._talks = {talk.id: talk for talk in folder.talks}
        self.query_one(Picker).show(list(self._rows(folder, asked)))

    def _rows(self, folder: Folder, asked: list[Asked] | None) -> Iterator[Row]:
        from at_tui.talks.asked import booked, held

        expired = any(not one.in_force for one in asked or ())
        yield heading(text("talks_list.asked"), text("talks_list.expired") if expired else "")
        self._asked = {f"asked:{n}": one for n, one in enumerate(asked or ())}
        placed = any(one.label for one in self._asked.values())
        for id, one in self._asked.items():
            due = short(one.due, self.today) if one.due else ""
            where = (one.label,) if placed else ()
            cells = (one.title, *where, safe(due, "$text-muted"), sign_and_word(one.status))
            yield Row(id, cells, columns=_ASKED if placed else _ASKED_OF_ALL)
        if asked is None:
            yield remark(text("talks_list.no_plan"))
        elif not asked:
            yield remark(text("talks_list.nothing_asked"))
        waiting = booked(folder.talks)
        if waiting:
            yield heading(text("talks_list.booked"))
        for talk in waiting:
            day = near(talk.booked_on, self.today) if talk.booked_on else ""
            yield self._row(folder, talk, safe(day), safe(text("talks_list.is_booked")))
        yield heading(text("talks_list.held"))
        done = held(folder.talks)
        for talk in done:
            day = short(talk.held_on, self.today) if talk.held_on else ""
            state = self._state(folder, talk)
            yield self._row(folder, talk, safe(day, "$text-muted"), state)
        if not done:
            yield remark(text("talks_list.nothing_held"))

    def _row(self, folder: Folder, talk: Talk, day: Content, state: Content) -> Row:
        kind = text(f"word.talk.{talk.kind}")
        stay = next((p for p in folder.placements if p.id == talk.placement_id), None)
        where = folder.unit_of(stay) if stay else ""
        who = folder.name_of(talk.with_id)
        about = " · ".join(filter(None, (where, who)))
        name = safe(kind[:1].upper() + kind[1:])
        return Row(talk.id, (name, safe(about, "$text-muted"), day, state))

    def _state(self, folder: Folder, talk: Talk) -> Content:
        state = _STATES[LockStatus(talk.status)]
        meanings = {s.meaning for s in folder.signatures_of(talk.id)}
        if state is Status.SIGNED and Meaning.TAKES_PART not in meanings:
            return status(Status.SOON, text("talks_list.unconfirmed"))
        return status(state)

    # Keys

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Hold what is asked for, or open a talk."""
        event.stop()
        asked = self._asked.get(event.row_id)
        if asked is not None:
            self._open(str(asked.kind), asked.placement_id)
        else:
            self.app.push_screen(TalkOpening(self._training_id, talk_id=event.row_id))

    def _open(self, kind: str, placement_id: str | None) -> None:
        page = TalkOpening(self._training_id, kind=kind, placement_id=placement_id)
        self.app.push_screen(page)

    def action_new(self) -> None:
        """Hold a talk of any kind."""
        options = [Option(kind, text(f"word.talk.{kind}")) for kind in TalkKind]
        dialog = ChoiceDialog(text("talks_list.which"), options)
        self.app.push_screen(dialog, lambda kind: self._open(kind, None) if kind else None)

    def action_book(self) -> None:
        """Book a talk for a day."""
        asked = self._asked.get(self.query_one(Picker).selected or "")
        kind = str(asked.kind) if asked else ""
        placement = asked.placement_id if asked else None
        self.app.push_screen(BookForm(self._training_id, kind, placement))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out taking away where nothing unsigned stands."""
        if action == "discard":
            picker = next(iter(self.query(Picker)), None)
            talk = self._talks.get(picker.selected or "") if picker else None
            return talk is not None and talk.status == LockStatus.DRAFT
        return True

    def on_picker_moved(self) -> None:
        """Offer what can be done with the row."""
        self.refresh_bindings()

    def action_discard(self) -> None:
        """Take away an unsigned or booked talk, after a question."""
        from screens.widgets.confirm import Confirm

        talk = self._talks.get(self.query_one(Picker).selected or "")
        if talk is None:
            return
        kind = text(f"word.talk.{talk.kind}")
        question = Confirm(text("talks_list.discard_title", kind=kind), text("talks_list.discard"))
        self.app.push_screen(question, lambda yes: self._discard(talk.id) if yes else None)

    def _discard(self, talk_id: str) -> None:
        from at_tui.talks.records import discard_talk

        try:
            with self.store.work(self.author) as work:
                discard_talk(work, self._training_id, talk_id)
        except Fault as fault:
            self.desk.say(say(fault), "error")
        self.reload()
