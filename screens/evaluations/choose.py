"""What is evaluated: a placement of one's own as the plan asks, any unit, or a lecture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from at_tui.evaluations.occasions import INSTRUMENT, LECTURE, Occasion, occasions
from at_tui.language import say, text
from schema.fault import Fault
from schema.periods import half_year
from schema.text import sort_key
from schema.words import EducationKind, SectionCode
from screens.dates import short
from screens.evaluations.form import EvaluationForm
from screens.evaluations.words import period_words
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from schema.tables import Unit

_COLUMNS = (
    Column(width=30, grow=1, most=52),
    Column(width=20, wide=24),
    Column(width=22, wide=30),
)
RECENT = timedelta(days=60)
"""Lectures so far back are offered."""
_TAUGHT = (EducationKind.LECTURE, EducationKind.COURSE, EducationKind.CLINIC_TEACHING,
           EducationKind.CONFERENCE, EducationKind.SKILLS_TRAINING)  # fmt: skip


class EvaluatePage(Page[None]):
    """A list to choose from; Enter opens the form.

    Args:
        training_id: Whose placements to offer first; None for all units. It is not kept.
    """

    AREA = "evaluations"

    def __init__(self, training_id: str | None = None) -> None:
        super().__init__()
        self._training_id = training_id
        self._occasions: dict[str, Occasion] = {}
        self._units: dict[str, tuple[Unit, str]] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS)

    def on_mount(self) -> None:
        """Read what there is."""
        self.set_title(text("evaluations.choose_title"), text("evaluations.nobody"))
        try:
            rows = list(self._rows())
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        picker = self.query_one(Picker)
        picker.show(rows)
        picker.focus()

    def help_text(self) -> str:
        """Return what becomes of the answers."""
        return text("evaluations.form_help")

    def _rows(self) -> Iterator[Row]:
        from data.evaluations import lectures_since  # with the store open: imported

        if self._training_id is not None:
            yield from self._own()
        else:
            yield from self._of_units()
        with self.store.read() as work:
            lectures = lectures_since(work, self.today - RECENT, self.today)
        yield heading(text("evaluations.lectures"), text("evaluations.lectures_right"))
        yield from self._of_lectures(lectures)

    def _own(self) -> Iterator[Row]:
        from at_tui.standing import plan_of
        from data.find import folder

        with self.store.read() as work:
            found = folder(work, self._training_id or "")
        try:
            plan = plan_of(found.training.programme_id, found.training.programme_version)[0]
        except Fault:
            plan = None
        offered = occasions(found, plan, self.today)
        yield heading(text(f"evaluations.asked.{offered[0].what if offered else 'placement'}"))
        for one in offered:
            self._occasions[one.key] = one
            days = f"{short(one.start, self.today)} – {short(one.end, self.today)}"
            section = text(f"word.section_short.{one.section}")
            yield Row(one.key, (one.unit, section, safe(days, "$text-muted")))
        if not offered:
            yield remark(text("evaluations.none_now"))

    def _of_units(self) -> Iterator[Row]:
        from data.evaluations import sections_of_units
        from schema.tables import Unit

        with self.store.read() as work:
            units = work.all(Unit, Unit.active)
            sections = sections_of_units(work)
        yield heading(text("evaluations.units"), text("evaluations.now"))
        for unit in sorted(units, key=lambda u: u.sort_key):
            section = sections.get(unit.id, str(SectionCode.ANNAN))
            self._units[f"unit:{unit.id}"] = (unit, section)
            words = text(f"word.section_short.{section}")
            yield Row(f"unit:{unit.id}", (unit.name, words, safe(unit.site, "$text-muted")))
        if not units:
            yield remark(text("evaluations.no_units"))

    def _of_lectures(self, lectures: list[tuple[str, str, date]]) -> Iterator[Row]:
        latest: dict[str, tuple[str, date]] = {}
        for title, kind, day in sorted(lectures, key=lambda one: one[2]):
            if kind in _TAUGHT:
                latest[title] = (kind, day)
        for title in sorted(latest, key=sort_key):
            kind, day = latest[title]
            words = text(f"word.education.{kind}")
            yield Row(
                f"lecture:{title}", (title, words, safe(short(day, self.today), "$text-muted"))
            )
        if not latest:
            yield remark(text("evaluations.no_lectures"))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the form."""
        event.stop()
        from data import content

        kind, _, rest = event.row_id.partition(":")
        try:
            instrument = content.instrument(LECTURE if kind == "lecture" else INSTRUMENT)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        if kind == "lecture":
            form = EvaluationForm(
                instrument, name=rest, unit_id=None, section=str(SectionCode.ALLMAN),
                period=half_year(self.today), about=rest,
            )  # fmt: skip
        elif kind == "unit":
            unit, section = self._units[event.row_id]
            form = EvaluationForm(
                instrument, name=unit.name, unit_id=unit.id, section=section,
                period=half_year(self.today),
            )  # fmt: skip
        else:
            one = self._occasions[event.row_id]
            form = EvaluationForm(
                instrument, name=f"{one.unit}, {period_words(one.period)}", unit_id=one.unit_id,
                section=one.section, period=one.period,
            )  # fmt: skip
        self.app.push_screen(form)
