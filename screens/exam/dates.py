"""The days of the exam: those read in a source, and those that a study director types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import full, with_weekday
from screens.exam.rows import period_of
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import Column, Row, heading, remark

# The content brings pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded when it is asked.
if TYPE_CHECKING:
    from at_tui.exam.dates import Occasion
    from data.store import Store
    from screens.widgets.date_field import DateField

HALF_A_YEAR = timedelta(days=182)
REGISTRATION = timedelta(days=30)
"""About how long before the exam one registers (autumn 2025: 29 to 36 days)."""
_COLUMNS = (
    Column(width=18, wide=22),
    Column(width=28, wide=36),
    Column(width=24, grow=1),
)


def read_days(store: Store) -> list[Occasion]:
    """Return every known day; raises Fault `store.*`."""
    from at_tui.exam.reading import exam_rules, known_days

    with store.read() as work:
        return known_days(work, exam_rules())


class ExamDates(ReadingPage["list[Occasion]"]):
    """The known days, the coming ones first."""

    AREA = "exam"
    READS = "exam_dates"
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "exam.day"),
        bind("delete", "remove", "trainee.remove", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Occasion] = []

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("exam.day.title"), full(self.today))
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return where the days come from."""
        return text("exam.day.help").strip()

    def find(self) -> list[Occasion]:
        """Return the days that are known."""
        return read_days(self.store)

    def came(self, found: list[Occasion]) -> None:
        """Fill the list."""
        self._known = found
        self.query_one(Picker).show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        coming = [one for one in self._known if one.day >= self.today]
        past = [one for one in reversed(self._known) if one.day < self.today]
        yield heading(text("exam.day.coming"))
        yield from map(self._row, coming)
        if not coming:
            yield remark(text("exam.day.none_coming"))
        if past:
            yield heading(text("exam.day.past"))
            yield from map(self._row, past)
        yield heading(text("exam.day.source_heading"))
        yield Row("where", (safe(text("exam.day.where"), "$text-muted"),), wraps=True)

    def _row(self, one: Occasion) -> Row:
        source = one.source or text("exam.day.typed" if one.typed else "exam.day.shipped")
        cells = (
            with_weekday(one.day, self.today),
            period_of(one, self.today),
            safe(source, "$text-muted"),
        )
        return Row(one.day.isoformat(), cells)

    def _chosen(self) -> Occasion | None:
        chosen = self.query_one(Picker).selected
        return next((one for one in self._known if one.day.isoformat() == chosen), None)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Change a day that was typed here."""
        event.stop()
        one = self._chosen()
        if one is None:
            return
        if not one.typed:
            self.desk.say(text("exam.day.shipped_locked"), "warning")
            return
        self.desk.go(lambda: ExamDayForm(one.id))

    def action_new(self) -> None:
        """Type a day."""
        self.desk.go(ExamDayForm)

    def action_remove(self) -> None:
        """Take away a day that was typed here."""
        one = self._chosen()
        if one is None:
            return
        if not one.typed:
            self.desk.say(text("exam.day.shipped_locked"), "warning")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(one.id)

        question = text("exam.day.remove", day=full(one.day))
        self.app.push_screen(Confirm(question, text("exam.day.remove_more")), answered)

    def _remove(self, id: str) -> None:
        from schema.tables import ExamDate

        try:
            with self.store.work(self.author) as work:
                work.remove(work.need(ExamDate, id))
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("exam.day.removed"))
        self.reload()


class ExamDayForm(FormPage[str]):
    """A day of the exam with its registration; dismissed with its id.

    Args:
        day_id: Which; None for a new one.
    """

    AREA = "exam"

    def __init__(self, day_id: str | None = None) -> None:
        super().__init__()
        self._day_id = day_id
        self.draft_key = f"exam_date:{day_id or 'new'}"

    def on_mount(self) -> None:
        """Say what it is."""
        super().on_mount()
        self.set_title(text("exam.day.edit_title" if self._day_id else "exam.day.new_title"))
        # A new day is to come, and its registration lies weeks before it: no year need be typed.
        day, *registration = (
            cast("DateField", self.form.input(name)) for name in ("day", "opens_on", "apply_by")
        )
        day.near = lambda: self.today + HALF_A_YEAR
        for field in registration:
            field.near = lambda: (day.day or self.today + HALF_A_YEAR) - REGISTRATION

    def help_text(self) -> str:
        """Return where the days come from."""
        return text("exam.day.help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask for the days."""
        from schema.tables import ExamDate

        with self.store.read() as work:
            self._record = work.need(ExamDate, self._day_id) if self._day_id else None
            typed = work.all(ExamDate)
        self._others = [one.day for one in typed if one.id != self._day_id]
        t = text
        return [
            Field("day", t("exam.day.day"), Kind.DATE, required=True),
            Field("opens_on", t("exam.day.opens_on"), Kind.DATE),
            Field("apply_by", t("exam.day.apply_by"), Kind.DATE),
            Field("source", t("exam.day.source"), hint=t("exam.day.source_hint")),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        if self._record:
            return self._record.model_dump()
        return {"source": text("exam.day.read_at", day=full(self.today))}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the days to each other."""
        from at_tui.exam.checks import check_day

        days = (values.get(name) for name in ("day", "opens_on", "apply_by"))
        found = check_day(*days, others=self._others)
        return [(p.field, p.code, dict(p.values)) for p in found]

    def save(self, values: dict[str, Any]) -> str:
        """Write the day."""
        from schema.tables import ExamDate

        before = self._record.model_dump() if self._record else {}
        with self.store.work(self.author) as work:
            return work.save(ExamDate(**{**before, **values})).id
