"""A role that a person holds: at a unit or everywhere, from a day to a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from at_tui.language import say, text
from schema.fault import Fault
from schema.words import RoleKind
from screens.person_forms import UnitForm, unit_options
from screens.widgets.choice_field import Option
from screens.widgets.confirm import Confirm
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind


class RoleForm(FormPage[str]):
    """A role; dismissed with its id.

    Args:
        person_id: Whose.
        role_id: Which; None for a new one.
    """

    AREA = "register"
    BINDINGS: ClassVar[list[Any]] = [bind("f9", "remove", "trainee.remove")]

    def __init__(self, person_id: str, role_id: str | None = None) -> None:
        super().__init__()
        self._person_id, self._role_id = person_id, role_id
        self.draft_key = f"role:{person_id}:{role_id or 'new'}"

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        self.set_title(text("register.role.title", name=self._person.name))

    def help_text(self) -> str:
        """Return what a role is."""
        return text("register.role.help").strip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the removal of what is not there."""
        return self._role_id is not None if action == "remove" else True

    def fields(self) -> Sequence[Field]:
        """Ask about the role."""
        from schema.tables import Person, Role

        with self.store.read() as work:
            self._person = work.need(Person, self._person_id)
            self._role = work.need(Role, self._role_id) if self._role_id else None
            units = unit_options(work)
        kinds = tuple(Option(kind, text(f"word.role.{kind}")) for kind in RoleKind)
        t = text
        return [
            Field("kind", t("register.role.kind"), Kind.CHOICE, required=True, options=kinds),
            Field("unit_id", t("register.role.unit"), Kind.CHOICE, options=units, add=UnitForm,
                  hint=t("register.role.unit_hint")),
            Field("start", t("register.role.start"), Kind.DATE),
            Field("end", t("register.role.end"), Kind.DATE),
            Field("note", t("register.role.note"), Kind.NOTE, lines=3),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return the role, or what a new one begins with."""
        if self._role is not None:
            return self._role.model_dump()
        return {
            "kind": RoleKind.HANDLEDARE,
            "unit_id": self._person.unit_id,
            "start": self.today,
        }

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the days to each other."""
        start, end = values.get("start"), values.get("end")
        if start is not None and end is not None and end < start:
            return [("end", "register.role_ends_before", {})]
        return []

    def save(self, values: dict[str, Any]) -> str:
        """Write the role."""
        from schema.tables import Role

        before = self._role.model_dump() if self._role else {}
        record = Role(**{**before, "person_id": self._person_id, **values})
        with self.store.work(self.author) as work:
            return work.save(record).id

    def action_remove(self) -> None:
        """Take away a role that was entered by mistake."""
        role = self._role
        if role is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove()

        what = text(f"word.role.{role.kind}")
        question = text("register.role.remove", what=what)
        self.app.push_screen(Confirm(question, text("register.role.remove_more")), answered)

    def _remove(self) -> None:
        from schema.tables import Role

        try:
            with self.store.work(self.author) as work:
                work.remove(work.need(Role, self._role_id or ""))
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.drop_draft()
        self.desk.save_toast(text("register.role.removed"))
        self.dismiss(None)
