"""The form of an absence: kind and days, never a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from at_tui.placing import MOST, AbsenceEntry, Span, check_absence
from schema.words import AbsenceKind
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when the form is opened.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.tables import Absence


class AbsenceForm(FormPage[str]):
    """An absence; dismissed with its id.

    Args:
        training_id: Whose.
        absence_id: Which; None for a new one.
    """

    AREA = "placement"

    def __init__(self, training_id: str, absence_id: str | None = None) -> None:
        super().__init__()
        self._training_id, self._absence_id = training_id, absence_id
        self.draft_key = f"absence:{training_id}:{absence_id or 'new'}"

    @cached_property
    def folder(self) -> Folder:
        """The training's records, as they were when the form opened."""
        from data.find import folder

        with self.store.read() as work:
            return folder(work, self._training_id)

    @property
    def absence(self) -> Absence | None:
        """The absence that is changed, None for a new one."""
        return next((a for a in self.folder.absences if a.id == self._absence_id), None)

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        key = "placement.edit_absence" if self._absence_id else "placement.new_absence"
        self.set_title(f"{self.folder.trainee.name} · {text(key)}")

    def help_text(self) -> str:
        """Return what is written here, and what is not."""
        return text("placement.absence_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the absence."""
        kinds = tuple(Option(kind, text(f"word.absence.{kind}")) for kind in AbsenceKind)
        return [
            Field(
                "kind",
                kind=Kind.CHOICE,
                required=True,
                options=kinds,
                hint=text("placement.kind_hint"),
            ),
            Field("start", text("placement.start"), Kind.DATE, required=True),
            Field("end", text("placement.end"), Kind.DATE, required=True),
            Field(
                "percent",
                text("placement.part"),
                Kind.NUMBER,
                required=True,
                unit="%",
                hint=text("placement.part_hint"),
            ),
            Field("applied_on", text("placement.applied"), Kind.DATE),
            Field("approved_on", text("placement.approved"), Kind.DATE),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return the absence, or what a new one begins with."""
        if self.absence is not None:
            return self.absence.model_dump()
        return {"kind": AbsenceKind.SEMESTER, "start": self.today, "percent": MOST}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the absence to its rules."""
        training = self.folder.training
        entry = AbsenceEntry(
            kind=AbsenceKind(values["kind"]) if values.get("kind") else None,
            start=values.get("start"),
            end=values.get("end"),
            percent=values.get("percent"),
        )
        problems = check_absence(
            entry,
            training_start=training.start,
            training_end=training.ended_on or training.end,
            others=[
                Span(a.start, a.end, a.percent, text(f"word.absence.{a.kind}"))
                for a in self.folder.absences
                if a.id != self._absence_id
            ],
        )
        # What could not be read or is missing has been told by its field.
        told = {name for name, value in values.items() if value is None}
        told |= {name for name in ("kind", "start", "end", "percent") if name not in values}
        return [(p.field, p.code, dict(p.values)) for p in problems if p.field not in told]

    def save(self, values: dict[str, Any]) -> str:
        """Write the absence."""
        from schema.tables import Absence

        before = self.absence.model_dump() if self.absence else {}
        record = Absence(**{**before, "training_id": self._training_id, **values})
        with self.store.work(self.author) as work:
            return work.save(record).id
