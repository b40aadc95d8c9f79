"""Forms for a trainee: a new one with training and placement, and the person's own details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from at_tui.beginnings import (
    NATIONAL,
    block_months,
    programme_for,
    programme_names,
    versions,
)
from at_tui.language import text
from at_tui.placing import PlacementEntry, check_placement
from schema.fault import Fault
from schema.personnummer import parse
from schema.words import Kind as TrainingKind
from schema.words import SectionCode
from screens.person_forms import PersonForm, UnitForm, person_options, unit_options
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.form import Field, Form, Kind, Problem
from screens.widgets.form_page import FormPage

SECTIONS = (
    SectionCode.ALLMANMEDICIN, SectionCode.INVARTES, SectionCode.OPERERANDE,
    SectionCode.PSYKIATRI, SectionCode.AKUT, SectionCode.ANNAN,
)  # fmt: skip

# Names of the placement's fields in this form, by their names in the record: the training has a
# start of its own.
_PLACEMENT = {
    "section": "placement_section",
    "unit_id": "placement_unit",
    "start": "placement_start",
    "end": "placement_end",
    "percent": "percent",
    "supervisor_id": "placement_supervisor",
}


def _programmes(kind: TrainingKind) -> tuple[Option, ...]:
    return tuple(Option(id_, title) for id_, title in programme_names(kind))


class NewTrainee(FormPage[str]):
    """A new AT- or BT-läkare; dismissed with the training's id."""

    AREA = "trainees"
    draft_key = "trainee:new"

    def on_mount(self) -> None:
        """Say what it is."""
        super().on_mount()
        self.set_title(text("trainees.new_title"))

    def help_text(self) -> str:
        """Return what is needed."""
        return text("trainees.new_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the person, the training and the first placement."""
        with self.store.read() as work:
            units, people = unit_options(work), person_options(work)
            self._programme = work.fact("programme_id") or NATIONAL
        self._programme = programme_for(TrainingKind.AT, self._programme)
        sections = tuple(Option(code, text(f"word.section.{code}")) for code in SECTIONS)
        kinds = tuple(Option(kind, text(f"word.kind.{kind}")) for kind in TrainingKind)
        t = text
        return [
            Field("name", required=True, section=t("trainees.section_person")),
            Field("personnummer", width=16, hint=t("trainees.personnummer_hint")),
            Field("start_group", t("trainees.start_group"), width=16),
            Field(
                "kind", t("trainees.kind"), Kind.CHOICE, required=True, options=kinds,
                section=t("trainees.section_training"),
            ),
            Field("start", t("trainees.start"), Kind.DATE, required=True),
            Field(
                "programme_id", t("trainees.programme"), Kind.CHOICE, required=True,
                options=_programmes(TrainingKind.AT),
            ),
            Field(
                "norm_months", t("trainees.months"), Kind.NUMBER, required=True, least=1, most=120,
                unit=t("trainees.months_unit"),
            ),
            Field(
                "placement_section", t("trainees.placement_section"), Kind.CHOICE, options=sections,
                section=t("trainees.section_placement"),
            ),
            Field(
                "placement_unit", t("trainees.placement_unit"), Kind.CHOICE, options=units,
                add=UnitForm,
            ),
            Field("placement_start", t("trainees.placement_start"), Kind.DATE),
            Field("placement_end", t("trainees.placement_end"), Kind.DATE),
            Field("percent", t("trainees.percent"), Kind.NUMBER, unit="%"),
            Field(
                "placement_supervisor", t("trainees.placement_supervisor"), Kind.CHOICE,
                options=people, add=PersonForm,
            ),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Propose the region's programme, full time, and oneself as supervisor."""
        return {
            "kind": TrainingKind.AT,
            "programme_id": self._programme,
            "norm_months": block_months(self._programme),
            "percent": 100,
            "placement_supervisor": self.author,
        }

    def on_form_changed(self, event: Form.Changed | None = None) -> None:
        """Propose the length of the programme that is chosen."""
        self.draft_changed()
        if event is not None and event.name in ("programme_id", "kind") and self.form.is_mounted:
            programme, kind = self._chosen("programme_id"), self._chosen("kind")
            if event.name == "kind" and kind:
                field = self.form.input("programme_id")
                assert isinstance(field, ChoiceField)  # noqa: S101 - as `fields` has it
                field.options = list(_programmes(TrainingKind(kind)))
                programme = programme_for(TrainingKind(kind), programme or self._programme)
                self.form.set("programme_id", programme)
            if programme and kind:
                months = block_months(programme, TrainingKind(kind))
                self.form.set("norm_months", months)

    def _chosen(self, name: str) -> str:
        field = self.form.input(name)
        return field.value if isinstance(field, ChoiceField) else ""

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Check the personnummer, and the placement as its own form does."""
        found: list[Problem] = []
        kind = TrainingKind(values["kind"]) if values.get("kind") else None
        if kind and values.get("programme_id") not in dict(programme_names(kind)):
            found.append(("programme_id", f"trainees.programme_not_{kind.lower()}", {}))
        if typed := values.get("personnummer"):
            try:
                values["personnummer"] = parse(typed, on=self.today).digits
            except Fault as fault:
                found.append(("personnummer", fault.code, fault.values))
            else:
                found += self._known(values["personnummer"])
        start = values.get("start")
        if start is not None and self._has_placement(values):
            entry = self._entry(values)
            problems = check_placement(entry, training_start=start, training_end=None, others=())
            found += [(_PLACEMENT.get(p.field, p.field), p.code, p.values) for p in problems]
        return found

    def _known(self, digits: str) -> list[Problem]:
        from schema.tables import Trainee

        with self.store.read() as work:
            same = work.all(Trainee, Trainee.personnummer == digits, limit=1)
        if not same:
            return []
        return [("personnummer", "trainees.personnummer_known", {"name": same[0].name})]

    @staticmethod
    def _has_placement(values: dict[str, Any]) -> bool:
        names = ("placement_section", "placement_unit", "placement_start", "placement_end")
        return any(values.get(name) for name in names)

    @staticmethod
    def _entry(values: dict[str, Any]) -> PlacementEntry:
        section = values.get("placement_section")
        return PlacementEntry(
            section=SectionCode(section) if section else None,
            start=values.get("placement_start"),
            end=values.get("placement_end"),
            percent=values.get("percent"),
            unit_id=values.get("placement_unit"),
            supervisor_id=values.get("placement_supervisor"),
        )

    def save(self, values: dict[str, Any]) -> str:
        """Write all of it in one unit of work."""
        from schema.tables import Placement, Trainee, Training

        kind = TrainingKind(values["kind"])
        programme_version, curriculum, curriculum_version = versions(values["programme_id"], kind)
        with self.store.work(self.author) as work:
            trainee = work.save(
                Trainee(
                    name=values["name"],
                    personnummer=values["personnummer"] or None,
                    start_group=values["start_group"],
                )
            )
            training = work.save(
                Training(
                    trainee_id=trainee.id,
                    kind=kind,
                    programme_id=values["programme_id"],
                    programme_version=programme_version,
                    curriculum_id=curriculum,
                    curriculum_version=curriculum_version,
                    start=values["start"],
                    norm_months=values["norm_months"],
                    main_supervisor_id=values.get("placement_supervisor"),
                )
            )
            if self._has_placement(values):
                placed: dict[str, Any] = {
                    theirs: values.get(ours) for theirs, ours in _PLACEMENT.items()
                }
                work.save(Placement(training_id=training.id, **placed))
        return training.id


class TraineeForm(FormPage[str]):
    """What is recorded about the person; dismissed with the trainee's id.

    Args:
        trainee_id: Whose.
    """

    AREA = "trainees"

    def __init__(self, trainee_id: str) -> None:
        super().__init__()
        self._trainee_id = trainee_id
        self.draft_key = f"trainee:{trainee_id}"

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        self.set_title(safe(self._trainee.name, "bold"), text("trainees.edit_title"))

    def fields(self) -> Sequence[Field]:
        """Ask about the person."""
        from schema.tables import Trainee

        with self.store.read() as work:
            self._trainee = work.need(Trainee, self._trainee_id)
        return [
            Field("name", required=True),
            Field("personnummer", width=16, hint=text("trainees.personnummer_hint")),
            Field("email", text("trainees.email")),
            Field("phone", text("trainees.phone"), width=20),
            Field("start_group", text("trainees.start_group"), width=16),
            Field("degree_on", text("trainees.degree_on"), Kind.DATE),
            Field("degree_place", text("trainees.degree_place")),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        return self._trainee.model_dump()

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Check the personnummer."""
        if not values.get("personnummer"):
            values["personnummer"] = None
            return []
        try:
            values["personnummer"] = parse(values["personnummer"], on=self.today).digits
        except Fault as fault:
            return [("personnummer", fault.code, fault.values)]
        return []

    def save(self, values: dict[str, Any]) -> str:
        """Write what was changed."""
        for name, value in values.items():
            setattr(self._trainee, name, value)
        with self.store.work(self.author) as work:
            work.save(self._trainee)
        return self._trainee_id
