"""One unit: its facts, its supervisors, its room week by week, and who is placed there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from at_tui.language import text
from schema.months import add_months
from screens import ways
from screens.dates import full, short
from screens.person_forms import UnitForm
from screens.register.ending import EndingPage
from screens.register.reading import approval, told
from screens.text import safe
from screens.trainee.words import period
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): only for typing here.
if TYPE_CHECKING:
    from at_tui.register.occupancy import Spell
    from at_tui.register.records import Stay
    from schema.tables import Person, Unit

_FACT = (Column(width=30, wide=34), Column(width=42, grow=1))
_PERSON = (Column(width=24, grow=1, most=34), Column(width=20, grow=1), Column(width=24))
_SPELL = (Column(width=26), Column(width=7, right=True), Column(width=14), Column(width=22, grow=1))
_STAY = (Column(width=22, grow=1, most=34), Column(width=26), Column(width=22, grow=1))


class UnitPage(EndingPage):
    """One unit.

    Args:
        id: Which.
    """

    SUBJECT = "unit"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2", "edit", "register.edit"),
        bind("u", "retire", "register.retire"),
    ]

    def help_text(self) -> str:
        """Return what is shown."""
        return text("register.unit.help").strip()

    def show(self) -> None:
        """Draw the unit."""
        unit: Unit = self.record
        state = "" if unit.active else text("register.unit.retired")
        self.set_title(unit.name, " · ".join(filter(None, [state, unit.site, full(self.today)])))
        self.query_one(Picker).show(list(self._rows(unit)))

    def _rows(self, unit: Unit) -> Iterator[Row]:
        mine = {f"placement:{s.training_id}/{s.id}" for s in self._stays}
        lacking = [g for g in self.gaps if g.subject == f"unit:{unit.id}" or g.subject in mine]
        if lacking:
            yield heading(text("register.unit.gaps"), str(len(lacking)))
            for gap in lacking:
                words = f"{gap.name}: {gap.sentence}" if gap.subject in mine else gap.sentence
                yield Row(f"gap:{gap.subject}", (told(gap, words),), wraps=True)
        yield heading(text("register.unit.facts"))
        yield from self._facts(unit)
        yield from self._supervisors(unit)
        yield from self._weeks(unit)
        yield heading(text("register.unit.placed"), str(len(self._stays) or ""))
        for stay in self._stays:
            yield self._stay(stay)
        if not self._stays:
            yield remark(text("register.unit.no_placed"))

    @property
    def _stays(self) -> list[Stay]:
        return self.register.by_unit.get(self._about, [])

    def _facts(self, unit: Unit) -> Iterator[Row]:
        head = self.register.people.get(unit.head_id or "")
        approved = text("register.unit.approved_none")
        if unit.approved_on is not None:
            last = add_months(unit.approved_on, 12)
            key = "approved_old" if last < self.today else "approved_until"
            day, until = short(unit.approved_on, self.today), short(last, self.today)
            approved = text(f"register.unit.{key}", day=day, last=until)
        capacity = text("register.unit.capacity_none")
        if unit.capacity is not None:
            capacity = str(unit.capacity)
        for name, value in (
            ("head", head.name if head else ""),
            ("approved_on", approved),
            ("capacity", capacity),
            ("region", unit.region),
            ("phone", unit.phone),
        ):
            words = value or text("register.unit.nothing")
            cells = (safe(text(f"register.unit.{name}"), "$text-muted"), safe(words))
            yield Row(f"fact:{name}", cells, columns=_FACT)

    def _supervisors(self, unit: Unit) -> Iterator[Row]:
        people = self.register.at(unit.id)
        yield heading(text("register.unit.supervisors"), str(len(people) or ""))
        for person in people:
            yield self._supervisor(person)
        if not people:
            yield remark(text("register.unit.no_supervisors"))

    def _supervisor(self, person: Person) -> Row:
        answer = approval(person, self.today, f"{text('register.people.approved')}: ")
        kind = safe(person.specialty or person.title, "$text-muted")
        cells = (safe(person.name), kind, answer)
        return Row(f"person:{person.id}", cells, columns=_PERSON)

    def _weeks(self, unit: Unit) -> Iterator[Row]:
        from at_tui.register.occupancy import spells

        found = spells(self._stays, unit.capacity, self.today)
        if not found:
            return
        yield heading(text("register.unit.weeks"))
        for number, spell in enumerate(found):
            yield self._spell(number, spell)

    def _spell(self, number: int, spell: Spell) -> Row:
        count = text("register.unit.spell_open", count=spell.count)
        state = safe("")
        if spell.capacity is not None:
            count = text("register.unit.spell", count=spell.count, capacity=spell.capacity)
            free = spell.capacity - spell.count
            if spell.over:
                state = status(Status.LATE, text("register.unit.over", count=spell.over))
            elif not free:
                state = status(Status.MET, text("register.unit.full"))
            else:
                key = "free_one" if free == 1 else "free"
                state = status(Status.NONE, text(f"register.unit.{key}", count=free))
        names = ", ".join(spell.names) or text("register.unit.nobody")
        days = period(spell.start, spell.end, self.today)
        cells = (days, count, state, safe(names, "$text-muted"))
        return Row(f"spell:{number}", cells, columns=_SPELL)

    def _stay(self, stay: Stay) -> Row:
        person = self.register.people.get(stay.supervisor_id or "")
        who = safe(person.name, "$text-muted") if person else status(
            Status.LATE, text("register.gap_short.alone")
        )  # fmt: skip
        cells = (safe(stay.name, "bold"), period(stay.start, stay.end, self.today), who)
        return Row(f"stay:{stay.training_id}/{stay.id}", cells, columns=_STAY)

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open what the row is about."""
        event.stop()
        kind, _, id = event.row_id.partition(":")
        if kind == "gap":
            kind, _, id = id.partition(":")
        if kind == "person":
            self.desk.go(lambda: ways.person(id))
        elif kind in ("stay", "placement"):
            training, _, placement = id.partition("/")
            self.desk.go(lambda: ways.placement(training, placement))
        elif kind in ("fact", "unit"):
            self.action_edit()

    def action_edit(self) -> None:
        """Change the unit's facts."""
        self.desk.go(lambda: UnitForm(self._about))
