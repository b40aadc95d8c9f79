"""Book a talk: which, when, with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from at_tui.language import text
from schema.words import TalkKind
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage


class BookForm(FormPage[str]):
    """Dismissed with the talk's id.

    Args:
        training_id: Whose.
        kind: What to begin with; empty for nothing.
        placement_id: The placement it is about, if it is about one.
    """

    AREA = "talks_book"

    def __init__(self, training_id: str, kind: str, placement_id: str | None) -> None:
        super().__init__()
        self._training_id, self._kind, self._placement_id = training_id, kind, placement_id
        self.draft_key = f"talk:{training_id}:book"

    def on_mount(self) -> None:
        """Say what it is."""
        super().on_mount()
        self.set_title(text("talks_book.title"))

    def fields(self) -> Sequence[Field]:
        """Return what is asked."""
        from data import find  # with the store open, SQLModel is imported already

        with self.store.read() as work:
            people = tuple(Option(p.id, p.name, p.title) for p in find.people(work))
        kinds = tuple(Option(kind, text(f"word.talk.{kind}")) for kind in TalkKind)
        return (
            Field("kind", label=text("talks_book.kind"), kind=Kind.CHOICE, required=True,
                  options=kinds),
            Field("booked_on", kind=Kind.DATE, required=True, hint=text("talks_book.day_hint")),
            Field("with_id", kind=Kind.CHOICE, options=people),
        )  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return what the fields begin with."""
        day = self.today + timedelta(days=7)
        return {"kind": self._kind, "booked_on": day, "with_id": self.author}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """A day gone by cannot be booked."""
        day = values.get("booked_on")
        return [("booked_on", "talks_book.gone", {})] if day and day < self.today else []

    def save(self, values: dict[str, Any]) -> str:
        """Write the record."""
        from schema.tables import Talk

        with self.store.work(self.author) as work:
            return work.save(
                Talk(training_id=self._training_id, placement_id=self._placement_id, **values)
            ).id
