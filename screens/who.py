"""Who sits here: the last step of the guide, and what is asked of a file that has no owner yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from at_tui.beginnings import NATIONAL, programme_names
from at_tui.language import text
from schema.words import Kind as TrainingKind
from schema.words import RoleKind
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind

ROLES = (
    RoleKind.HANDLEDARE, RoleKind.HUVUDHANDLEDARE, RoleKind.KLINISK_HANDLEDARE,
    RoleKind.STUDIEREKTOR, RoleKind.AT_CHEF, RoleKind.VERKSAMHETSCHEF, RoleKind.SAMORDNARE,
)  # fmt: skip


class Who(FormPage[None]):
    """Name, title, role, unit, and the region's programme."""

    AREA = "first_run"
    SAVE = "first_run.continue"
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "save", "first_run.continue")]
    draft_key = "who"

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Option, ...] = ()

    def on_mount(self) -> None:
        """Say where one is."""
        super().on_mount()
        self.set_title(text("first_run.who_title"), text("first_run.step", step=3))

    def help_text(self) -> str:
        """Return why it is asked."""
        return text("first_run.who_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask who it is; those who are in the file already are offered first."""
        self._people = self._known()
        known = (
            Field(
                "person",
                text("first_run.person"),
                Kind.CHOICE,
                options=self._people,
                hint=text("first_run.person_hint"),
            ),
        )
        return [
            *(known if self._people else ()),
            Field("name", required=not self._people, hint=text("first_run.name_hint")),
            Field("title", text("first_run.job"), hint=text("first_run.job_hint")),
            Field(
                "role",
                text("first_run.role"),
                Kind.CHOICE,
                required=True,
                options=tuple(Option(role, text(f"word.role.{role}")) for role in ROLES),
            ),
            Field("unit", text("first_run.unit"), hint=text("first_run.unit_hint")),
            Field(
                "licensed",
                text("first_run.licensed"),
                Kind.CHOICE,
                options=(Option("1", text("first_run.yes")), Option("0", text("first_run.no"))),
            ),
            Field(
                "programme",
                text("first_run.programme"),
                Kind.CHOICE,
                required=True,
                options=tuple(
                    Option(id_, title) for id_, title in programme_names(TrainingKind.AT)
                ),
                hint=text("first_run.programme_hint"),
            ),
        ]

    def values(self) -> Mapping[str, Any]:
        """Propose the most usual."""
        return {"role": RoleKind.HANDLEDARE, "programme": NATIONAL}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Either somebody who is there already, or a name."""
        if self._people and not values.get("person") and not values.get("name"):
            return [("name", "app.required", {})]
        return []

    def _known(self) -> tuple[Option, ...]:
        if not self.desk.is_open:
            return ()
        from data.find import people, units

        with self.store.read() as work:
            named = {unit.id: unit.name for unit in units(work)}
            found = people(work)
        return tuple(
            Option(person.id, person.name, named.get(person.unit_id or "", person.title))
            for person in found
        )

    def save(self, values: dict[str, Any]) -> None:
        """Write the person, the role and the unit, and whose file it is."""
        from schema.tables import Person, Role, Unit

        known = values.get("person")
        person = None
        with self.store.work(known or self.author or "init") as work:
            if known:
                person = work.need(Person, known)
            else:
                unit = Unit(name=values["unit"]) if values["unit"] else None
                if unit is not None:
                    unit = work.save(unit)
                licensed = values.get("licensed")
                person = work.save(
                    Person(
                        name=values["name"],
                        title=values["title"],
                        unit_id=unit.id if unit else None,
                        licensed=None if licensed is None else licensed == "1",
                    )
                )
                role = Role(
                    person_id=person.id,
                    kind=RoleKind(values["role"]),
                    unit_id=unit.id if unit else None,
                )
                work.save(role)
            work.set_fact("owner_id", person.id)
            work.set_fact("programme_id", values["programme"])
        self.desk.author = person.id
        self.desk.settle()
