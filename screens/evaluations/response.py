"""The way back: what the unit did about a year's evaluations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from at_tui.evaluations.responses import save_response
from at_tui.evaluations.results import Response, Subject
from at_tui.language import text
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage


class ResponseForm(FormPage[str]):
    """Write it, or change it.

    Args:
        subject: The unit or lecture.
        year: The year it is about.
        response: What was written before; None for something new.
    """

    AREA = "evaluations_response"

    def __init__(self, subject: Subject, year: int, response: Response | None) -> None:
        super().__init__()
        self._subject, self._year, self._response = subject, year, response
        id = response.id if response else f"new:{subject.unit_id or subject.about[:80]}:{year}"
        self.draft_key = f"unit_response:{id}"

    def on_mount(self) -> None:
        """Say what it is about."""
        super().on_mount()
        self.set_title(text("evaluations_response.title", name=self._subject.name))

    def _people(self) -> tuple[Option, ...]:
        from data import find  # with the store open, SQLModel is imported already

        with self.store.read() as work:
            return tuple(Option(p.id, p.name, p.title) for p in find.people(work))

    def fields(self) -> Sequence[Field]:
        """Return what is asked."""
        return (
            Field("year", kind=Kind.NUMBER, required=True, least=1990, most=2200),
            Field(
                "text", label=text("evaluations_response.text"), kind=Kind.NOTE, required=True,
                lines=6, hint=text("evaluations_response.hint"),
            ),
            Field(
                "by_id", label=text("evaluations_response.by"), kind=Kind.CHOICE,
                options=self._people(),
            ),
        )  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return what the fields begin with."""
        from schema.tables import UnitResponse

        if self._response is None:
            return {"year": self._year, "by_id": self.author}
        with self.store.read() as work:
            found = work.need(UnitResponse, self._response.id)
        return {"year": found.year, "text": found.text, "by_id": found.by_id}

    def save(self, values: dict[str, Any]) -> str:
        """Write the record."""
        with self.store.work(self.author) as work:
            saved = save_response(
                work,
                self._subject,
                year=values["year"],
                text=values["text"],
                by_id=values["by_id"],
                on=self.today,
                response_id=self._response.id if self._response else "",
            )
        return saved.id
