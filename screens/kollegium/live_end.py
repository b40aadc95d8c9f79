"""The end of a meeting: looked through, then signed by its chair and locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import say, text
from schema.fault import Fault
from schema.text import clean, sort_key
from schema.words import Outcome
from screens.dates import full, short
from screens.kollegium.live_picture import SIGNS
from screens.kollegium.live_words import WordsPage
from screens.signing import Holder, SignDialog
from screens.text import safe
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.kollegium.holding import Room
    from at_tui.kollegium.live import Live

_ORDER = (Outcome.SUPPORT_PLAN, Outcome.TALK, Outcome.THIN_EVIDENCE, Outcome.ON_TRACK)
_FIELD = (Column(width=18), Column(width=50, grow=1))
_DOCTOR = (Column(width=26, most=34, grow=1), Column(width=44, grow=3))


class EndPage(Page[str]):
    """What the meeting comes to; dismissed with whom to go back to, `CLOSED`, or None.

    Args:
        room: Everyone in the meeting.
        live: The meeting.
    """

    AREA = "kollegium_live"
    CLOSED = "closed"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2,ctrl+s", "close", "kollegium_live.close"),
        bind("a", "attendance", "kollegium_live.attendance"),
        bind("o", "chair", "kollegium_live.chair"),
        bind("n", "note", "kollegium_live.note"),
    ]

    def __init__(self, room: Room, live: Live) -> None:
        super().__init__()
        self._room, self._live = room, live

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_DOCTOR, type_to_filter=False)

    def on_mount(self) -> None:
        """Show it."""
        meeting = self._live.meeting
        self.set_title(text("kollegium_live.end_title"), f"{meeting.title} {full(meeting.day)}")
        self._show()
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what closing does."""
        return text("kollegium_live.end_help")

    def _show(self) -> None:
        self.query_one(Picker).show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        meeting, state = self._live.meeting, self._live.state
        there = ", ".join(each.get("name", "") for each in meeting.attendance)
        chair = self._room.shelf.person(self._chair_id)
        yield heading(text("kollegium_live.the_meeting"), "")
        for key, words, lacking in (
            ("attendance", there, "nobody_noted"), ("chair", chair, "no_chair"),
            ("note", clean(meeting.note, one_line=True), "no_note"),
        ):  # fmt: skip
            said = safe(words) if words else safe(text(f"kollegium_live.{lacking}"), "$text-muted")
            label = safe(text(f"kollegium_live.field.{key}"), "$text-muted")
            yield Row(f"field:{key}", (label, said), columns=_FIELD)
        left = state.left
        yield heading(text("kollegium_live.undecided"), str(len(left) or ""))
        for training_id in left:
            stand = state.stand(training_id)
            key = (
                "come_back" if stand.outcome else "seen_only" if stand.shown else "never_seen_here"
            )
            why = safe(text(f"kollegium_live.{key}"), "$warning")
            yield Row(training_id, (safe(self._room.name(training_id), "bold"), why))
        if not left:
            yield remark(text("kollegium_live.all_decided"))
        for outcome in _ORDER:
            yield from self._decided(outcome)

    def _decided(self, outcome: Outcome) -> Iterator[Row]:
        state = self._live.state
        ids = [id for id in state.order if state.stand(id).outcome is outcome]
        if not ids:
            return
        mark, _ = SIGNS[outcome]
        yield heading(f"{mark} {text(f'word.outcome.{outcome}').upper()}", str(len(ids)))
        for training_id in ids:
            stand = state.stand(training_id)
            agreed = "; ".join(
                a.text + (f" ({short(a.due, self.today)})" if a.due else "") for a in stand.actions
            )
            words = Content.assemble(
                safe(stand.text), "  " if stand.text and agreed else "",
                safe(f"○ {agreed}" if agreed else "", "$text-muted"),
            )  # fmt: skip
            yield Row(training_id, (self._room.name(training_id), words))

    # Acting

    @property
    def _chair_id(self) -> str:
        return self._live.meeting.chair_id or self.author

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go back to the doctor, or change the field."""
        event.stop()
        kind, _, field = event.row_id.partition(":")
        if kind != "field":
            self.dismiss(event.row_id)
        else:
            {"attendance": self.action_attendance, "chair": self.action_chair,
             "note": self.action_note}[field]()  # fmt: skip

    def _keep(self, **values: object) -> None:
        try:
            self._live.keep(**values)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._show()
        self.saved()

    def action_attendance(self) -> None:
        """Note who is there."""
        from screens.kollegium.live_attendance import Attendance

        def noted(people: list[dict[str, str]] | None) -> None:
            if people is not None:
                self._keep(attendance=people)

        meeting = self._live.meeting
        self.app.push_screen(Attendance(meeting.attendance, meeting.series_id), noted)

    def action_chair(self) -> None:
        """Choose who chairs, and so signs."""
        meeting, people = self._live.meeting, self._room.shelf.people
        there = {each.get("person_id", "") for each in meeting.attendance}
        named = sorted(people.values(), key=lambda p: (p.id not in there, sort_key(p.name)))
        options = [Option(person.id, person.name) for person in named]
        dialog = ChoiceDialog(text("kollegium_live.chair_title"), options, self._chair_id)

        def chosen(person_id: str | None) -> None:
            if person_id:
                self._keep(chair_id=person_id)

        self.app.push_screen(dialog, chosen)

    def action_note(self) -> None:
        """Write what else the minutes should say."""
        meeting = self._live.meeting
        page = WordsPage(
            text("kollegium_live.note_title", title=meeting.title),
            text("kollegium_live.field.note"),
            meeting.note,
            lambda words: self._live.keep(note=words),
            draft_key=f"kollegium_note:{meeting.id}",
            hint=text("kollegium_live.note_hint"),
        )
        self.app.push_screen(page, lambda _: self._show())

    def action_close(self) -> None:
        """Let the chair sign."""
        from schema.tables import Person  # with the records open, imported already

        with self.store.read() as work:
            chair = work.get(Person, self._chair_id)
        if chair is None:
            self.desk.say(text("kollegium_live.no_chair"), "warning")
            return
        state = self._live.state
        decided = len(state.order) - len(state.left)
        says = text("kollegium_live.says", decided=decided, count=len(state.order))
        if state.left:
            says += " " + text("kollegium_live.says_left", left=len(state.left))
        dialog = SignDialog(
            Holder(chair.id, chair.name, chair.title),
            title=text("kollegium_live.sign_title"),
            says=says,
            later=text("kollegium_live.sign_later"),
        )

        def signed(right: bool | None) -> None:
            if right:
                self._close(chair.id, chair.name, chair.title)

        self.app.push_screen(dialog, signed)

    def _close(self, signer_id: str, name: str, title: str) -> None:
        try:
            if self._live.meeting.chair_id != signer_id:
                self._live.keep(chair_id=signer_id)
            self._live.close(signer_id=signer_id, signer_name=name, signer_title=title)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("kollegium_live.closed_toast"))
        self.dismiss(self.CLOSED)
