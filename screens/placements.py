"""The form of a placement: section, unit, days, percentage, supervisors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from at_tui.placing import MOST, PlacementEntry, Span, check_placement
from schema.words import SectionCode
from screens.person_forms import PersonForm, UnitForm, person_options, unit_options
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when the form is opened.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.tables import Placement

SECTIONS = (
    SectionCode.ALLMANMEDICIN, SectionCode.INVARTES, SectionCode.OPERERANDE,
    SectionCode.PSYKIATRI, SectionCode.AKUT, SectionCode.ANNAN,
)  # fmt: skip


class PlacementForm(FormPage[str]):
    """A placement; dismissed with its id.

    Args:
        training_id: Whose.
        placement_id: Which; None for a new one.
    """

    AREA = "placement"

    def __init__(self, training_id: str, placement_id: str | None = None) -> None:
        super().__init__()
        self._training_id, self._placement_id = training_id, placement_id
        self.draft_key = f"placement:{training_id}:{placement_id or 'new'}"

    def record_of_focus(self) -> str:
        """Return the placement's id, when it has been saved."""
        return self._placement_id or ""

    @cached_property
    def folder(self) -> Folder:
        """The training's records, as they were when the form opened."""
        from data.find import folder

        with self.store.read() as work:
            return folder(work, self._training_id)

    @property
    def placement(self) -> Placement | None:
        """The placement that is changed, None for a new one."""
        return next((p for p in self.folder.placements if p.id == self._placement_id), None)

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        title = text("placement.edit_title" if self._placement_id else "placement.new_title")
        self.set_title(f"{self.folder.trainee.name} · {title}")

    def fields(self) -> Sequence[Field]:
        """Ask about the placement."""
        with self.store.read() as work:
            units, people = unit_options(work), person_options(work)
        sections = tuple(Option(code, text(f"word.section.{code}")) for code in SECTIONS)
        return [
            Field(
                "section", text("placement.section"), Kind.CHOICE, required=True, options=sections
            ),
            Field("unit_id", kind=Kind.CHOICE, options=units, add=UnitForm),
            Field("specialty", text("placement.specialty"), hint=text("placement.specialty_hint")),
            Field("start", text("placement.start"), Kind.DATE, required=True),
            Field("end", text("placement.end"), Kind.DATE, required=True),
            Field("percent", kind=Kind.NUMBER, required=True, unit="%"),
            Field("supervisor_id", kind=Kind.CHOICE, options=people, add=PersonForm),
            Field(
                "clinical_supervisor_id",
                text("placement.clinical"),
                Kind.CHOICE,
                options=people,
                add=PersonForm,
            ),
            Field("note", kind=Kind.NOTE, lines=3, hint=text("placement.note_hint")),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return the placement, or what a new one begins with: the day after the last."""
        if self.placement is not None:
            return self.placement.model_dump()
        from datetime import timedelta

        ends = [p.end for p in self.folder.placements]
        start = max(ends) + timedelta(days=1) if ends else self.folder.training.start
        return {"start": start, "percent": MOST}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the placement to its rules."""
        training = self.folder.training
        entry = PlacementEntry(
            section=SectionCode(values["section"]) if values.get("section") else None,
            start=values.get("start"),
            end=values.get("end"),
            percent=values.get("percent"),
        )
        problems = check_placement(
            entry,
            training_start=training.start,
            training_end=training.ended_on or training.end,
            others=[
                Span(p.start, p.end, p.percent, self._words_of(p))
                for p in self.folder.placements
                if p.id != self._placement_id
            ],
        )
        # What could not be read or is missing has been told by its field.
        told = {name for name, value in values.items() if value is None}
        told |= {name for name in ("section", "start", "end", "percent") if name not in values}
        return [(p.field, p.code, dict(p.values)) for p in problems if p.field not in told]

    def _words_of(self, placement: Placement) -> str:
        section = text(f"word.section_short.{placement.section}")
        unit = self.folder.unit_of(placement)
        return f"{section[:1].upper()}{section[1:]}" + (f" ({unit})" if unit else "")

    def save(self, values: dict[str, Any]) -> str:
        """Write the placement."""
        from schema.tables import Placement

        before = self.placement.model_dump() if self.placement else {}
        record = Placement(**{**before, "training_id": self._training_id, **values})
        with self.store.work(self.author) as work:
            return work.save(record).id
