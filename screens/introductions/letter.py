"""The introduktionsbrev: its words, the day it was sent, and its print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from at_tui.introductions.lists import guide_for
from at_tui.introductions.records import introduction_of, letter_begins, save_letter
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import IntroductionKind
from screens.dates import full
from screens.text import safe
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from data.store import Store
    from schema.content.introduction import IntroductionGuide
    from schema.tables import Placement


class LetterForm(FormPage[str]):
    """Write the letter about a placement. Dismissed with the introduction's id.

    Args:
        training_id: Whose.
        placement_id: The placement it is about.
        key: The introduction's id, when there is one.
    """

    AREA = "introductions_letter"
    BINDINGS: ClassVar[list[Any]] = [bind("f4", "print", "introductions_letter.print")]

    def __init__(self, training_id: str, placement_id: str, key: str = "") -> None:
        super().__init__()
        self._training_id, self._placement_id = training_id, placement_id
        self._record_id = key if ":" not in key else ""
        self.draft_key = f"introduction:{training_id}:{placement_id}"
        self._printing = False

    def on_mount(self) -> None:
        """Say what it is about."""
        super().on_mount()
        with self.store.read() as work:
            from data import find

            folder = find.folder(work, self._training_id)
        stay = next(p for p in folder.placements if p.id == self._placement_id)
        title = text("introductions_letter.title", name=folder.trainee.name)
        where = folder.unit_of(stay) or text(f"word.section_short.{stay.section}")
        words = text("introductions_letter.starts", unit=where, day=full(stay.start))
        self.set_title(title, safe(words, "$text-muted"))

    @property
    def _guide(self) -> IntroductionGuide:
        found = guide_for(IntroductionKind.KLINIK)
        if found is None:
            raise Fault("content.not_found", kind="introduktion", id="klinik", version="–")
        return found

    def fields(self) -> Sequence[Field]:
        """Return the parts of the letter, and the day it was sent."""
        parts = [
            Field(part.id, label=part.label, kind=Kind.NOTE, lines=part.lines)
            for part in self._guide.letter
        ]
        hint = text("introductions_letter.sent_hint")
        return [
            *parts,
            Field("letter_on", label=text("introductions.sent"), kind=Kind.DATE, hint=hint),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what the parts begin with: the unit's own words from its latest letter."""
        from schema.tables import Placement

        with self.store.read() as work:
            stay: Placement = work.need(Placement, self._placement_id)
            record = introduction_of(
                work, self._training_id, IntroductionKind.KLINIK, stay.id, self._record_id
            )
            parts = letter_begins(work, self._guide, record, stay.unit_id)
            return {**parts, "letter_on": record.letter_on}

    def save(self, values: dict[str, Any]) -> str:
        """Write the letter, and print it when that was asked for."""
        parts = {part.id: str(values.get(part.id) or "") for part in self._guide.letter}
        sent = values["letter_on"]
        if sent is not None and sent > self.today + timedelta(days=1):
            raise Fault("introductions.ahead", exit_code=2, day=sent)
        if self._printing and sent is None:
            sent = self.today
        with self.store.work(self.author) as work:
            record = introduction_of(
                work,
                self._training_id,
                IntroductionKind.KLINIK,
                self._placement_id,
                self._record_id,
            )
            saved = save_letter(work, record, parts, letter_on=sent)
        self._record_id = saved.id
        if self._printing:
            self._print()
        return saved.id

    def action_print(self) -> None:
        """Save the letter and write it as a PDF; it counts as sent today."""
        self._printing = True
        try:
            self.action_save()
        finally:
            self._printing = False

    def _print(self) -> None:
        app, desk, make = self.app, self.desk, partial(self._make, self.store, self.today)

        def work() -> None:
            try:
                path = make()
            except Fault as fault:
                app.call_from_thread(desk.say, say(fault), "error")
            else:
                app.call_from_thread(desk.say, text("trainee.printed", path=path))

        # The form is gone by the time the letter is made: the application makes it.
        app.run_worker(work, thread=True, group="print", name="print")

    def _make(self, store: Store, on: date) -> Path:
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.gather_introduction import letter_of
        from at_tui.documents.letter import letter_pdf
        from at_tui.printing import file_name, write_document
        from data import find

        with store.read() as work:
            folder = find.folder(work, self._training_id)
        stay = next(p for p in folder.placements if p.id == self._placement_id)
        record = next(i for i in folder.introductions if i.id == self._record_id)
        page = letter_of(folder, stay, record, self._guide, on=on)
        words = text("introductions_letter.file")
        name = file_name(words, folder.trainee.name, page.unit)
        return write_document(settings.documents_folder(), name, letter_pdf(page))
