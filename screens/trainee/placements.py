"""Placeringar: the training as a timeline, its placements and absence, and the months they give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.judge.served import not_served
from at_tui.language import say, text
from at_tui.overview import days_of, references
from schema.fault import Fault
from schema.words import LockStatus
from screens import ways
from screens.text import beside, safe
from screens.trainee.tab import Tab
from screens.trainee.words import months, period
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status
from screens.widgets.timeline import AWAY, FULL, HALF, MOST, Bar, Lane, Timeline

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from schema.tables import Absence, Placement

_PLACEMENT = (
    Column(width=26),
    Column(width=13),
    Column(width=15, grow=2),
    Column(width=14, grow=1, wide_only=True),
    Column(width=15, wide=16),
)
_MONTHS = (
    Column(width=26),
    Column(width=13),
    Column(width=15, grow=1),
    Column(width=15, wide=16),
)
_ABSENCE = (
    Column(width=26),
    Column(width=13),
    Column(width=8, grow=1),
    Column(width=5, right=True),
    Column(width=15, wide=16),
)


class PlacementsTab(Tab):
    """The timeline over one list of placements, months and absence."""

    NAME = "placements"
    NEW = True
    REMOVE = True
    BINDINGS: ClassVar[list[Any]] = [
        bind("w", "what_if", "program.what_if"),
        bind("m", "yardsticks", "program.yardsticks"),
    ]
    DEFAULT_CSS = """
    PlacementsTab Timeline { margin-bottom: 1; }
    Screen.-tall PlacementsTab Timeline { margin-bottom: 2; }
    """

    def compose(self) -> ComposeResult:
        """Lay out timeline and list."""
        yield Timeline()
        yield Picker(_PLACEMENT, type_to_filter=False)

    def fill(self) -> None:
        """Show the training."""
        self.query_one(Timeline).show(self._lanes(), on=self.file.on)
        first = self.picker.selected is None
        self.picker.show(list(self._rows()))
        if first and self.file.placement is not None:
            self.picker.select(f"placement:{self.file.placement.id}")

    # The timeline

    def _lanes(self) -> list[Lane]:
        folder, on = self.file.folder, self.file.on
        lanes: dict[str, list[Bar]] = {}
        for placement in folder.placements:
            name = text(f"word.section_short.{placement.section}")
            lanes.setdefault(name, []).append(_bar(placement, on))
        absence = tuple(Bar(a.start, a.end, AWAY, style="$warning") for a in folder.absences)
        found = [Lane(name, tuple(bars)) for name, bars in lanes.items()]
        return [*found, Lane(text("trainee.absence"), absence)]

    # The list

    def _rows(self) -> Iterator[Row]:
        placements = self.file.folder.placements
        yield heading(text("trainee.placements"), self._span())
        for placement in placements:
            yield self._placement(placement)
        if not placements:
            yield remark(text("trainee.no_placements"))
        if placements and self.file.months:
            yield heading(text("trainee.time_served"), text("trainee.time_source"))
            yield from self._months()
        absences = self.file.folder.absences
        total = sum(days_of(a.start, a.end) for a in absences)
        right = text("trainee.days", count=total) if total else ""
        yield heading(text("trainee.absence_title"), right)
        yield from self._absences()
        if not absences:
            yield remark(text("trainee.no_absence"))

    def _span(self) -> str:
        training, on = self.file.folder.training, self.file.on
        if training.end is None:
            return text("trainee.from", day=period(training.start, training.start, on))
        return period(training.start, training.end, on)

    def _placement(self, placement: Placement) -> Row:
        folder, on = self.file.folder, self.file.on
        section = safe(text(f"word.section_short.{placement.section}"))
        supervisor = folder.name_of(placement.supervisor_id)
        # Part time comes first, where no long name pushes it out; full time goes without saying.
        part = "" if placement.percent == 100 else f"{placement.percent} %"
        where = safe(folder.unit_of(placement))
        unit = beside(safe(part), where, safe(placement.specialty, "$text-muted"), gap=2)
        days = period(placement.start, placement.end, on)
        state = self._state(placement)
        return Row(
            f"placement:{placement.id}",
            (
                safe(days, "bold" if placement.start <= on <= placement.end else ""),
                section,
                unit,
                safe(supervisor, "$text-muted"),
                state,
            ),
            search=f"{days} {section.plain} {unit.plain} {supervisor} {state.plain}",
            columns=_PLACEMENT,
        )

    def _state(self, placement: Placement) -> Content:
        on = self.file.on
        for certificate in self.file.folder.certificates:
            if certificate.placement_id == placement.id and certificate.status == LockStatus.SIGNED:
                return status(Status.SIGNED, text("trainee.certified"))
        if placement.end < on:
            return status(Status.DRAFT, text("trainee.uncertified"))
        key = "trainee.going_on" if placement.start <= on else "trainee.coming"
        return safe(text(key), "$text-muted")

    def _months(self) -> Iterator[Row]:
        for row in self.file.months:
            values = {"served": months(row.served), "needed": months(row.needed)}
            if not row.missing:
                state = status(Status.MET)
            elif not row.unplaced:
                state = status(Status.SOON, text("trainee.placed"))
            else:
                state = status(
                    Status.LATE, text("trainee.unplaced", months=months(row.unplaced, up=True))
                )
            name = text(f"trainee.law.{row.code}")
            planned = text("trainee.with_plan", months=months(row.planned))
            yield Row(
                f"months:{row.code}",
                (
                    safe(name, "bold" if row.code == "total" else ""),
                    text("trainee.served", **values),
                    safe(planned, "$text-muted"),
                    state,
                ),
                columns=_MONTHS,
            )

    def _absences(self) -> Iterator[Row]:
        absences = self.file.folder.absences
        lost = {a.id for a in not_served(absences, self.file.served)}
        for absence in absences:
            yield self._absence(absence, counts=absence.id not in lost)

    def _absence(self, absence: Absence, *, counts: bool) -> Row:
        days = period(absence.start, absence.end, self.file.on)
        kind = text(f"word.absence.{absence.kind}")
        count = days_of(absence.start, absence.end)
        return Row(
            f"absence:{absence.id}",
            (
                days,
                kind,
                text("trainee.day" if count == 1 else "trainee.days", count=count),
                "" if absence.percent == 100 else f"{absence.percent} %",
                safe(text("trainee.counts" if counts else "trainee.not_counted"), "$text-muted"),
            ),
            search=f"{days} {kind}",
            columns=_ABSENCE,
        )

    # What is done here

    def open(self, row_id: str) -> None:
        """Change what the row is about; of the months, say how they are counted."""
        kind, _, id = row_id.partition(":")
        training = self.file.folder.training.id
        if kind == "placement":
            from screens.placements import PlacementForm

            self.go(lambda: PlacementForm(training, id))
        elif kind == "absence":
            from screens.placements_absence import AbsenceForm

            self.go(lambda: AbsenceForm(training, id))
        else:
            from screens.help import Help

            self.app.push_screen(Help(text("trainee.months_how").strip(), []))

    def new(self) -> None:
        """Add a placement."""
        from screens.placements import PlacementForm

        training = self.file.folder.training.id
        self.go(lambda: PlacementForm(training))

    def new_absence(self) -> None:
        """Add an absence."""
        from screens.placements_absence import AbsenceForm

        training = self.file.folder.training.id
        self.go(lambda: AbsenceForm(training))

    def action_what_if(self) -> None:
        """Try out leave or part-time."""
        self.go(lambda: ways.what_if(self.file.folder.training.id))

    def action_yardsticks(self) -> None:
        """Show the months against the three yardsticks."""
        self.go(lambda: ways.yardsticks(self.file.folder.training.id))

    def remove_row(self) -> None:
        """Take away a placement that nothing was done in, or an absence."""
        kind, _, id = (self.picker.selected or "").partition(":")
        folder, on = self.file.folder, self.file.on
        if kind == "absence":
            for absence in folder.absences:
                if absence.id == id:
                    what = f"{text(f'word.absence.{absence.kind}')}, "
                    what += period(absence.start, absence.end, on)
                    self._ask(absence, text("trainee.remove_absence", what=what))
        for placement in folder.placements:
            if kind == "placement" and placement.id == id:
                self._remove_placement(placement, on)

    def _remove_placement(self, placement: Placement, on: date) -> None:
        folder = self.file.folder
        section = text(f"word.section_short.{placement.section}")
        what = f"{section}, {period(placement.start, placement.end, on)}"
        used = references(folder, placement.id)
        if used:
            listed = ", ".join(
                text(f"trainee.used.{name}", count=count) for name, count in used.items()
            )
            self.desk.say(text("trainee.placement_used", what=what, listed=listed), "warning")
            return
        self._ask(placement, text("trainee.remove_placement", what=what))

    def _ask(self, record: Placement | Absence, question: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(record)

        self.app.push_screen(Confirm(question, text("trainee.remove_more")), answered)

    def _remove(self, record: Placement | Absence) -> None:
        try:
            with self.desk.store.work(self.desk.author) as work:
                work.remove(record)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("trainee.removed"))


def _bar(placement: Placement, on: date) -> Bar:
    sign = FULL if placement.percent == 100 else MOST if placement.percent >= 75 else HALF
    words = "" if placement.percent == 100 else f"{placement.percent} %"
    here = placement.start <= on <= placement.end
    return Bar(placement.start, placement.end, sign, words, "$accent" if here else "$text-muted")
