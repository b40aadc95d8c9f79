"""Utbildning: what the plan asks, how much there is week, month and in all, and each record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.education.sums import Amount, KindSum, by_month, sums
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import EducationKind
from screens.dates import full, month, week, with_weekday
from screens.education import words
from screens.standing_words import day_or_month, have_of_need, sign, strength
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import WIDE, Column, Row, heading, remark

# The judge brings pydantic with the plans (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.judge.finding import Finding
    from at_tui.standing import Standing

HEAD = "head"
MONTHS = 6
"""Months that are shown one by one in tall windows."""
_PLAN = (
    Column(width=34, grow=1, most=64),
    Column(width=15, wide=20),
    Column(width=10),
    Column(width=8),
)
_SUM = (
    Column(width=16, grow=1, most=34),
    Column(width=11, wide=14, right=True),
    Column(width=12, wide=14, right=True),
    Column(width=14, wide=20, right=True),
    Column(width=10, wide=16, right=True),
)
_RECORD = (
    Column(width=15, wide=18),
    Column(width=22, grow=2),
    Column(width=11),
    Column(width=19, grow=1, most=40),
)  # fmt: skip


class EducationPage(ReadingPage["tuple[Standing, list[Finding]]"]):
    """One training's education.

    Args:
        training_id: Whose.
    """

    AREA = "education"
    READS = "education"
    LEAVES = True
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "education.new"),
        bind("delete", "remove", "education.remove", as_="Del"),
        bind("s", "self_study", "education.self_study"),
        bind("c", "course", "education.course"),
    ]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._standing: Standing | None = None
        self._plan: dict[str, Finding] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("education.title"), full(self.today))
        self.query_one(Picker).focus()

    def find(self) -> tuple[Standing, list[Finding]]:
        """Return how the training stands, and what the plan asks of education."""
        from at_tui.education.plan import about_education
        from at_tui.standing import standing

        found = standing(self.store, self._training_id, self.today)
        return found, about_education(found.findings, found.programme)

    def came(self, found: tuple[Standing, list[Finding]]) -> None:
        """Fill the page."""
        stands, asked = found
        self._standing = stands
        self._plan = {f"plan:{one.requirement_id}": one for one in asked}
        name = getattr(stands.records.trainee, "name", "")
        self.set_title(f"{name} · {text('education.title')}", full(self.today))
        picker = self.query_one(Picker)
        picker.show(list(self._rows(stands)))
        if picker.selected == HEAD and self._plan:
            picker.select(next(iter(self._plan)))
        self.refresh_bindings()

    # The rows

    def _rows(self, found: Standing) -> Iterator[Row]:
        records = list(found.records.educations)
        yield from self._sums(records)
        yield heading(text("education.against_plan"), found.programme.title)
        if not self._plan:
            yield remark(text("education.plan_asks_nothing"))
        for row_id, finding in self._plan.items():
            yield self._asked(row_id, finding)
        yield from self._records(records)

    def _asked(self, row_id: str, finding: Finding) -> Row:
        title = safe(finding.title, "" if finding.in_force else "$text-muted")
        return Row(
            row_id,
            (
                Content.assemble(sign(finding.status), " ", title),
                have_of_need(finding.have, finding.need, finding.unit, brief=True),
                day_or_month(finding.next_date, self.today),
                strength(finding),
            ),
            columns=_PLAN,
        )

    def _sums(self, records: list[Any]) -> Iterator[Row]:
        yield heading(text("education.time"), "")
        found = sums(records, self.today)
        if not found:
            yield remark(text("education.nothing_yet"))
            return
        names = (
            week(self.today), month(self.today), text("education.training"),
            text("education.was_there"),
        )  # fmt: skip
        cells = [safe(name, "$text-muted") for name in ("", *names)]
        yield Row(HEAD, tuple(cells), columns=_SUM)
        for one in found:
            yield _sum_row(one)
        if len(found) > 1:
            parts = [(one.week, one.month, one.training) for one in found]
            totals = [sum((part[n] for part in parts), Amount()) for n in range(3)]
            whole = [safe(words.brief_amount(one), "bold") for one in totals]
            yield Row("sum:all", (safe(text("education.all"), "bold"), *whole, ""), columns=_SUM)
        if self.app.size.width >= WIDE:
            yield self._months(records)

    def _months(self, records: list[Any]) -> Row:
        parts = [
            f"{month(one.first)} {words.amount(one.amount)}"
            for one in reversed(by_month(records, self.today, MONTHS))
        ]
        line = safe(text("education.months", months=" · ".join(parts)), "$text-muted")
        return Row("months", (line,), wraps=True)

    def _records(self, records: list[Any]) -> Iterator[Row]:
        for kind in EducationKind:
            mine = sorted(
                (one for one in records if one.kind == kind), key=lambda one: one.day, reverse=True
            )
            if not mine:
                continue
            held = [one for one in mine if one.day <= self.today and not one.planned]
            there = sum(one.attended for one in held)
            right = text("education.of", there=there, count=len(held))
            if planned := len(mine) - len(held):
                right += f" · {text('education.planned', count=planned)}"
            yield heading(text(f"education.many.{kind}").upper(), right)
            for one in mine:
                yield self._record(one)

    def _record(self, one: Any) -> Row:
        from at_tui.education.occasions import mark_of

        return Row(
            one.id,
            (
                with_weekday(one.day, self.today),
                one.title,
                words.length(one.minutes, one.days),
                words.presence(mark_of(one), has_been=one.day < self.today),
            ),
            columns=_RECORD,
        )

    # Keys

    @property
    def _here(self) -> Any:
        """The record that the cursor stands on, or None."""
        row = self.query_one(Picker).selected
        records = self._standing.records.educations if self._standing else ()
        return next((one for one in records if one.id == row), None)

    def record_of_focus(self) -> str:
        """Return the record that the cursor stands on."""
        return getattr(self._here, "id", "")

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Offer only what can be done with the row."""
        event.stop()
        self.refresh_bindings()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open a record, or a requirement with what counted."""
        event.stop()
        finding, standing = self._plan.get(event.row_id), self._standing
        if finding is not None and standing is not None:
            from screens.finding import FindingPage

            asked = finding
            name = getattr(standing.records.trainee, "name", "")
            self.desk.go(lambda: FindingPage(standing, asked, name))
        elif self._here is not None:
            self._form(self._here.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nothing for."""
        return self._here is not None if action == "remove" else True

    def action_new(self) -> None:
        """Add a lecture or the like."""
        self._form(None)

    def action_self_study(self) -> None:
        """Add self-study."""
        self._form(None, EducationKind.SELF_STUDY)

    def action_course(self) -> None:
        """Add a course."""
        self._form(None, EducationKind.COURSE)

    def _form(self, id_: str | None, kind: EducationKind = EducationKind.LECTURE) -> None:
        from screens.education.form import EducationForm

        training = self._training_id
        self.desk.go(lambda: EducationForm(training, id_, kind))

    def action_remove(self) -> None:
        """Ask, then take the record away."""
        record = self._here
        if record is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(record)

        question = text("education.remove_question", title=record.title)
        more = text("education.remove_more", day=full(record.day))
        self.app.push_screen(Confirm(question, more), answered)

    def _remove(self, record: Any) -> None:
        from schema.tables import Education

        try:
            with self.store.work(self.author) as work:
                work.remove(work.need(Education, record.id))
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(text("education.removed", title=record.title))
        self.reload()


def _sum_row(one: KindSum) -> Row:
    missed = ""
    if one.attended + one.missed:
        missed = text("education.of", there=one.attended, count=one.attended + one.missed)
    cells: list[Content | str] = [
        text(f"education.many.{one.kind}"),
        words.amount(one.week),
        words.amount(one.month),
        words.amount(one.training),
    ]
    style = "$warning" if one.unexplained else "$text-muted"
    sign_ = " !" if one.unexplained else ""
    return Row(f"sum:{one.kind}", (*cells, safe(missed + sign_, style)), columns=_SUM)
