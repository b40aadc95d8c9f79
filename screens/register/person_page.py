"""One supervisor: what qualifies them, with its days, their roles, and whom they supervise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content

from at_tui.language import text
from screens import ways
from screens.dates import full, short
from screens.person_forms import PersonForm
from screens.register.ending import EndingPage
from screens.register.reading import approval, told
from screens.register.role_form import RoleForm
from screens.text import safe
from screens.trainee.words import period
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): only for typing here.
if TYPE_CHECKING:
    from at_tui.register.records import Stay
    from schema.tables import Person, Role

_FACT = (Column(width=30, wide=34), Column(width=42, grow=1))
_ROLE = (Column(width=22), Column(width=26, grow=1), Column(width=22))
_STAY = (Column(width=22, grow=1, most=34), Column(width=26), Column(width=22, grow=1))


class PersonPage(EndingPage):
    """One supervisor.

    Args:
        id: Who.
    """

    SUBJECT = "person"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2", "edit", "register.edit"),
        bind("l", "role", "register.role"),
        bind("u", "retire", "register.retire"),
    ]

    def help_text(self) -> str:
        """Return what is shown."""
        return text("register.person.help").strip()

    def show(self) -> None:
        """Draw the person."""
        person: Person = self.record
        state = "" if person.active else text("register.person.retired")
        self.set_title(person.name, " · ".join(filter(None, [state, full(self.today)])))
        self.query_one(Picker).show(list(self._rows(person)))

    def _rows(self, person: Person) -> Iterator[Row]:
        lacking = [gap for gap in self.gaps if gap.subject == f"person:{person.id}"]
        if lacking:
            yield heading(text("register.person.gaps"), str(len(lacking)))
            for gap in lacking:
                words = f"{gap.sentence} {gap.source}".strip()
                yield Row(f"gap:{gap.kind}", (told(gap, words),), wraps=True)
        yield heading(text("register.person.qualified"))
        yield from self._qualified(person)
        yield heading(text("register.person.facts"))
        yield from self._facts(person)
        yield heading(text("register.person.roles"))
        roles = self.register.roles_of.get(person.id, [])
        for role in sorted(roles, key=lambda r: (r.end or date.max, r.id), reverse=True):
            yield self._role(role)
        if not roles:
            yield remark(text("register.person.no_roles"))
        yield from self._supervised(person)

    def _fact(self, name: str, value: str | Content) -> Row:
        words = value if isinstance(value, Content) else safe(value)
        if not words.plain:
            words = safe(text("register.person.unknown"), "$text-muted")
        cells = (safe(text(f"register.person.{name}"), "$text-muted"), words)
        return Row(f"fact:{name}", cells, columns=_FACT)

    def _qualified(self, person: Person) -> Iterator[Row]:
        answer = approval(person, self.today)
        why = safe(f"({text('register.person.approved_why')})", "$text-muted")
        yield self._fact("approved", Content.assemble(answer, "  ", why))
        yield self._fact("licensed", _answer(person.licensed))
        yield self._fact("specialty", person.specialty)
        if person.late_st or not person.specialty:
            yield self._fact("late_st", _answer(person.late_st or None))
        yield self._fact("course", self._day(person.supervisor_course_on))
        yield self._fact("refresher", self._refresher(person))
        yield self._fact("consultation", self._day(person.consultation_course_on))
        share = person.presence_percent
        yield self._fact("presence", f"{share} %" if share is not None else "")
        yield self._fact("permanent", _answer(person.permanent))

    def _day(self, day: date | None) -> str:
        return short(day, self.today) if day else ""

    def _refresher(self, person: Person) -> str:
        """Return the latest refresher, and when the next is due by the plans that ask for one."""
        due = next((g.day for g in self.gaps if self._is_refresher(g, person)), None)
        day = self._day(person.supervisor_refresher_on)
        if due is None:
            return day
        last = short(due, self.today)
        key = "refresher_due" if day else "refresher_first"
        return text(f"register.person.{key}", day=day, due=last)

    def _is_refresher(self, gap: Any, person: Person) -> bool:
        return bool(gap.kind == "refresher" and gap.subject == f"person:{person.id}")

    def _facts(self, person: Person) -> Iterator[Row]:
        unit = self.register.units.get(person.unit_id or "")
        yield self._fact("title", person.title)
        yield self._fact("unit", unit.name if unit else "")
        contact = " · ".join(filter(None, [person.email, person.phone]))
        yield self._fact("contact", contact)

    def _role(self, role: Role) -> Row:
        from at_tui.register.records import in_force

        unit = self.register.units.get(role.unit_id or "")
        place = unit.name if unit else text("register.person.role_everywhere")
        now = in_force(role, self.today)
        style = "" if now else "$text-muted"
        cells = (
            safe(text(f"word.role.{role.kind}"), style),
            safe(place, "$text-muted"),
            safe(self._span(role), "$text-muted"),
        )
        return Row(f"role:{role.id}", cells, columns=_ROLE)

    def _span(self, role: Role) -> str:
        if role.start and role.end:
            return period(role.start, role.end, self.today)
        if role.end is not None:
            return text("register.person.role_to", day=short(role.end, self.today))
        if role.start is not None:
            return text("register.person.role_from", day=short(role.start, self.today))
        return text("register.person.role_always")

    def _supervised(self, person: Person) -> Iterator[Row]:
        stays = self.register.by_supervisor.get(person.id, [])
        yield heading(text("register.person.supervises"), str(len(stays) or ""))
        for stay in stays:
            yield self._stay(stay)
        if not stays:
            yield remark(text("register.person.no_supervises"))
        main = self.register.main.get(person.id, ())
        if main:
            yield heading(text("register.person.main"), str(len(main)))
            yield Row("main", (safe(", ".join(sorted(main))),), wraps=True)

    def _stay(self, stay: Stay) -> Row:
        unit = self.register.units.get(stay.unit_id or "")
        cells = (
            safe(stay.name, "bold"),
            period(stay.start, stay.end, self.today),
            safe(unit.name if unit else "", "$text-muted"),
        )
        return Row(f"stay:{stay.training_id}", cells, columns=_STAY)

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open what the row is about."""
        event.stop()
        kind, _, id = event.row_id.partition(":")
        if kind == "role":
            self.desk.go(lambda: RoleForm(self._about, id))
        elif kind == "stay":
            self.desk.go(lambda: ways.page(id))
        elif kind in ("fact", "gap"):
            self.action_edit()

    def action_edit(self) -> None:
        """Change the person's facts."""
        self.desk.go(lambda: PersonForm(self._about))

    def action_role(self) -> None:
        """Add a role."""
        self.desk.go(lambda: RoleForm(self._about))


def _answer(value: bool | None) -> str:
    if value is None:
        return ""
    return text("register.answer.yes" if value else "register.answer.no")
