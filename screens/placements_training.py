"""The form of a training's own days: from when, to when, how long, and how it ended.

Another programme or målbeskrivning is an act of its own, which first shows what changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from screens.person_forms import PersonForm, person_options
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when the form is opened.
if TYPE_CHECKING:
    from data.find import Folder


class TrainingForm(FormPage[str]):
    """A training's days and length; dismissed with its id.

    Args:
        training_id: Which.
    """

    AREA = "placement"

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self.draft_key = f"training:{training_id}"

    @cached_property
    def folder(self) -> Folder:
        """The training's records, as they were when the form opened."""
        from data.find import folder

        with self.store.read() as work:
            return folder(work, self._training_id)

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        self.set_title(f"{self.folder.trainee.name} · {text('placement.training_title')}")

    def help_text(self) -> str:
        """Return what the days mean."""
        return text("placement.training_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the training."""
        with self.store.read() as work:
            people = person_options(work)
        return [
            Field("start", text("placement.training_start"), Kind.DATE, required=True),
            Field(
                "end", text("placement.training_end"), Kind.DATE, hint=text("placement.end_hint")
            ),
            Field(
                "norm_months",
                text("placement.norm"),
                Kind.NUMBER,
                required=True,
                least=1,
                most=120,
                unit=text("placement.months"),
            ),
            Field("main_supervisor_id", kind=Kind.CHOICE, options=people, add=PersonForm),
            Field(
                "ended_on", text("placement.ended"), Kind.DATE, hint=text("placement.ended_hint")
            ),
            Field("ended_reason", text("placement.ended_reason")),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return the training."""
        return self.folder.training.model_dump()

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the days to each other and to what is placed."""
        found: list[Problem] = []
        start, end, ended = values.get("start"), values.get("end"), values.get("ended_on")
        placements = self.folder.placements
        for name, day in (("end", end), ("ended_on", ended)):
            if start is not None and day is not None and day < start:
                found.append((name, "placement.reversed", {"start": start}))
        first = min((p.start for p in placements), default=None)
        if start is not None and first is not None and first < start:
            found.append(("start", "placement.placed_before", {"start": first}))
        return found

    def save(self, values: dict[str, Any]) -> str:
        """Write the training."""
        from schema.tables import Training

        record = Training(**{**self.folder.training.model_dump(), **values})
        with self.store.work(self.author) as work:
            return work.save(record).id
