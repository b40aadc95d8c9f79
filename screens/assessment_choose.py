"""Choosing what to fill in: drafts that wait, then every bedömningsmall, the ones in use first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from at_tui.correcting import discard
from at_tui.filled_form import draft_key
from at_tui.instrument_names import short_name
from at_tui.kind_words import content_of_kind
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import LockStatus
from screens.dates import clock, near, short
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.instrument import Instrument

_DRAFT, _NEW = "draft:", "new:"


@dataclass(frozen=True, slots=True)
class Choice:
    """A new form of an instrument, or one that is begun."""

    instrument_id: str = ""
    form_id: str = ""


class ChooseInstrument(Page[Choice]):
    """What to fill in for one trainee; dismissed with it, or None.

    Args:
        folder: The training, and its assessments.
    """

    AREA = "assessment_choose"
    BINDINGS: ClassVar[list[Any]] = [bind("delete", "discard", "assessment_choose.discard")]

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self._folder = folder

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker([Column(width=42, grow=1, most=60), Column(width=26, grow=1)])

    def on_mount(self) -> None:
        """Fill the list."""
        name = self._folder.trainee.name
        self.set_title(text("assessment_choose.title", name=name))
        picker = self.query_one(Picker)
        picker.show(list(self._rows()))
        picker.focus()

    def on_picker_moved(self) -> None:
        """Offer to take away what is begun, where one stands on it."""
        self.refresh_bindings()

    @property
    def _begun(self) -> str:
        """Id of the begun form one stands on; empty for none."""
        row_id = self.query_one(Picker).selected or ""
        return row_id.removeprefix(_DRAFT) if row_id.startswith(_DRAFT) else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what cannot be done."""
        return bool(self._begun) if action == "discard" and self.is_mounted else True

    def action_discard(self) -> None:
        """Take away a form that is begun, when one is sure."""
        form_id = self._begun
        row = next(r for r in self.query_one(Picker).rows.rows if r.id == _DRAFT + form_id)
        dialog = Confirm(
            text("assessment_choose.discard_title", what=row.words),
            text("assessment_choose.discard_more"),
        )
        self.app.push_screen(dialog, lambda sure: self._discard(form_id, sure))

    def _discard(self, form_id: str, sure: bool | None) -> None:
        if not sure:
            return
        from data import find  # with the store open, SQLModel is imported already

        try:
            with self.store.work(self.author) as work:
                discard(work, self._folder.training.id, form_id)
            with self.store.read() as work:
                self._folder = find.folder(work, self._folder.training.id, forms_only=True)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.query_one(Picker).show(list(self._rows()))
        self.desk.save_toast(text("assessment_choose.discarded"))

    def _rows(self) -> Iterator[Row]:
        drafts = list(self._drafts())
        if drafts:
            yield heading(text("assessment_choose.drafts"), "")
            yield from drafts
            yield heading(text("assessment_choose.new"), "")
        for one in self._instruments():
            minutes = text("assessment_choose.minutes", minutes=one.minutes) if one.minutes else ""
            yield Row(
                _NEW + one.id,
                (one.title, safe(minutes, "$text-muted")),
                detail=one.purpose,
                search=f"{one.title} {one.short_title} {one.purpose}",
            )

    def _drafts(self) -> Iterator[Row]:
        """Yield what waits: drafts that are nobody's record yet, and records that are unsigned."""
        prefix = draft_key(self._folder.training.id, "")
        known = {form.id for form in self._folder.assessments}
        with self.store.read() as work:
            kept = [draft for draft in work.drafts() if draft.key.startswith(prefix)]
        for draft in kept:
            form_id = draft.key.removeprefix(prefix)
            if form_id not in known:
                at = draft.at.astimezone()
                when = text(
                    "assessment_choose.kept", when=near(at.date(), self.today), time=clock(at)
                )
                name = short_name(str(draft.content.get("instrument_id", "")))
                yield Row(_DRAFT + form_id, (name, safe(when, "$text-muted")))
        unsigned = self._unsigned_kinds()
        for form in reversed(self._folder.assessments):
            if form.status == LockStatus.DRAFT and form.instrument_id not in unsigned:
                when = text("assessment_choose.saved", when=short(form.day, self.today))
                yield Row(
                    _DRAFT + form.id, (short_name(form.instrument_id), safe(when, "$text-muted"))
                )

    def _unsigned_kinds(self) -> set[str]:
        from at_tui.content_in_use import used_without_signature

        return set(used_without_signature())

    def _instruments(self) -> list[Instrument]:
        """Return what may be filled in here: the ones used before first, latest use first."""
        from data import content

        used: dict[str, int] = {}
        for form in self._folder.assessments:
            used[form.instrument_id] = form.day.toordinal()
        found = [
            content_of_kind(one, self._folder.training.kind)
            for one in content.load_instruments().values()
            if not (one.anonymous and one.assessor.who == "trainee")
            and one.training in (None, self._folder.training.kind)
        ]
        return sorted(found, key=lambda one: (-used.get(one.id, 0), *_rank(one)))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Choose the row."""
        event.stop()
        if event.row_id.startswith(_DRAFT):
            self.dismiss(Choice(form_id=event.row_id.removeprefix(_DRAFT)))
        else:
            self.dismiss(Choice(instrument_id=event.row_id.removeprefix(_NEW)))


_ORDER = ("feedback", "observation", "exam", "talk", "checklist", "multi_source", "evaluation")


def _rank(instrument: Instrument) -> tuple[int, int, str]:
    """Return where an instrument nobody has used here stands: the quickest first, by kind."""
    return _ORDER.index(instrument.category), instrument.minutes or 0, instrument.title
