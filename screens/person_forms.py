"""Forms for those around the trainee: a supervisor or another person, and a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from schema.words import RoleKind
from screens.who import ROLES
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

if TYPE_CHECKING:
    from data.work import Work


def yes_no(name: str, label: str) -> Field:
    """Return a question that may be left unanswered."""
    options = (Option("1", text("trainees.yes")), Option("0", text("trainees.no")))
    return Field(name, label, Kind.CHOICE, options=options)


def truth(value: str | None) -> bool | None:
    """Return the answer of a `yes_no` field."""
    return None if value is None else value == "1"


def as_choice(value: bool | None) -> str:
    """Return the choice of a `yes_no` field for a record's value."""
    return "" if value is None else str(int(value))


def unit_options(work: Work) -> tuple[Option, ...]:
    """Return the units to choose from."""
    from data.find import units

    return tuple(Option(unit.id, unit.name, unit.site) for unit in units(work))


def person_options(work: Work) -> tuple[Option, ...]:
    """Return the people to choose from."""
    from data.find import people

    return tuple(Option(person.id, person.name, person.title) for person in people(work))


class PersonForm(FormPage[Option]):
    """A supervisor or another person; dismissed with the person as an `Option`.

    Args:
        person_id: Who; None for somebody new.
    """

    AREA = "trainees"

    def __init__(self, person_id: str | None = None) -> None:
        super().__init__()
        self._person_id = person_id
        self.draft_key = f"person:{person_id or 'new'}"

    def on_mount(self) -> None:
        """Say who it is."""
        super().on_mount()
        self.set_title(
            text("trainees.person_edit_title" if self._person_id else "trainees.person_title")
        )

    def help_text(self) -> str:
        """Return what it is used for."""
        return text("trainees.person_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the person, and what qualifies them."""
        from schema.tables import Person

        with self.store.read() as work:
            units = unit_options(work)
            self._person = work.need(Person, self._person_id) if self._person_id else None
        roles = tuple(Option(role, text(f"word.role.{role}")) for role in ROLES)
        role = Field("role", text("trainees.role"), Kind.CHOICE, options=roles)
        t = text
        return [
            Field("name", required=True),
            Field("title", t("trainees.job")),
            *(() if self._person_id else (role,)),
            Field("unit_id", t("trainees.unit"), Kind.CHOICE, options=units, add=UnitForm),
            Field("email", t("trainees.email")),
            Field("phone", t("trainees.phone"), width=20),
            yes_no("licensed", t("trainees.licensed")),
            Field("specialty", t("trainees.specialty")),
            yes_no("late_st", t("trainees.late_st")),
            Field("supervisor_course_on", t("trainees.supervisor_course"), Kind.DATE),
            Field("supervisor_refresher_on", t("trainees.supervisor_refresher"), Kind.DATE),
            Field("consultation_course_on", t("trainees.consultation_course"), Kind.DATE),
            Field(
                "presence_percent", t("trainees.presence"), Kind.NUMBER, least=0, most=100, unit="%"
            ),
            yes_no("permanent", t("trainees.permanent")),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        if self._person is None:
            return {"role": RoleKind.HANDLEDARE}
        found = self._person.model_dump()
        for name in ("licensed", "permanent"):
            found[name] = as_choice(found[name])
        found["late_st"] = "1" if found["late_st"] else ""
        return found

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """A course is entered when it is done, and a refresher comes after it."""
        names = ("supervisor_course_on", "supervisor_refresher_on", "consultation_course_on")
        found: list[Problem] = [
            (name, "register.course_to_come", {})
            for name in names
            if (day := values.get(name)) is not None and day > self.today
        ]
        course, refresher = (values.get(name) for name in names[:2])
        if course is not None and refresher is not None and refresher < course:
            found.append((names[1], "register.refresher_before", {}))
        return found

    def save(self, values: dict[str, Any]) -> Option:
        """Write the person, and the role of somebody new."""
        from schema.tables import Person, Role

        role = values.pop("role", None)
        for name in ("licensed", "permanent"):
            values[name] = truth(values[name])
        values["late_st"] = truth(values["late_st"]) or False
        person = self._person or Person(name=values["name"])
        for name, value in values.items():
            setattr(person, name, value)
        with self.store.work(self.author) as work:
            person = work.save(person)
            if role:
                work.save(Role(person_id=person.id, kind=RoleKind(role), unit_id=person.unit_id))
        return Option(person.id, person.name, person.title)


class UnitForm(FormPage[Option]):
    """A vårdcentral or clinic; dismissed with the unit as an `Option`.

    Args:
        unit_id: Which; None for a new one.
    """

    AREA = "trainees"

    def __init__(self, unit_id: str | None = None) -> None:
        super().__init__()
        self._unit_id = unit_id
        self.draft_key = f"unit:{unit_id or 'new'}"

    def on_mount(self) -> None:
        """Say which it is."""
        super().on_mount()
        self.set_title(text("trainees.unit_edit_title" if self._unit_id else "trainees.unit_title"))

    def help_text(self) -> str:
        """Return what a unit is."""
        return text("trainees.unit_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the unit."""
        from schema.tables import Unit

        with self.store.read() as work:
            people = person_options(work)
            self._unit = work.need(Unit, self._unit_id) if self._unit_id else None
        return [
            Field("name", required=True),
            Field("site", text("trainees.site")),
            Field("region", text("trainees.region")),
            Field("phone", text("trainees.phone"), width=20),
            Field("head_id", text("trainees.head"), Kind.CHOICE, options=people),
            Field(
                "approved_on",
                text("trainees.approved_on"),
                Kind.DATE,
                hint=text("trainees.approved_hint"),
            ),
            Field(
                "capacity",
                text("trainees.capacity"),
                Kind.NUMBER,
                least=0,
                most=100,
                hint=text("trainees.capacity_hint"),
            ),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        return self._unit.model_dump() if self._unit else {}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """An approval is entered when it is given."""
        day = values.get("approved_on")
        if day is not None and day > self.today:
            return [("approved_on", "register.approved_to_come", {})]
        return []

    def save(self, values: dict[str, Any]) -> Option:
        """Write the unit."""
        from schema.tables import Unit

        unit = self._unit or Unit(name=values["name"])
        for name, value in values.items():
            setattr(unit, name, value)
        with self.store.work(self.author) as work:
            unit = work.save(unit)
        return Option(unit.id, unit.name, unit.site)
