"""Leave for an external course, and for reading and sitting the exam."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from schema.words import AbsenceKind
from screens.dates import full
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): imported when it is opened.
if TYPE_CHECKING:
    from at_tui.accounts.leave import LeaveAccount
    from at_tui.accounts.reading import Purse
    from at_tui.problem import Problem as Found


class _LeaveForm(FormPage[str]):
    """Days, when it was applied for and when it was granted; kept as an absence."""

    AREA = "account"

    def __init__(self, training_id: str, absence_id: str | None) -> None:
        super().__init__()
        self._training_id, self._absence_id = training_id, absence_id

    @cached_property
    def purse(self) -> Purse:
        """The training's account and leave, as it was when the form opened."""
        from at_tui.accounts.reading import purse

        return purse(self.store, self._training_id, self.today)

    def leave(self) -> LeaveAccount:
        """Return the leave that is asked for, with all that is entered of it."""
        raise NotImplementedError

    def other(self) -> LeaveAccount:
        """Return the leave without the one that is changed."""
        from dataclasses import replace

        found = self.leave()
        own = sum(x.days for x in found.lines if x.absence.id == self._absence_id)
        return replace(found, used=found.used - own)

    def values(self) -> Mapping[str, Any]:
        """Return the leave that is changed."""
        for line in self.leave().lines:
            if line.absence.id == self._absence_id:
                dumped: Any = line.absence
                found: dict[str, Any] = dumped.model_dump()
                return found
        return {"applied_on": self.today}

    def save(self, values: dict[str, Any]) -> str:
        """Write the absence."""
        from schema.tables import Absence

        before = {}
        if self._absence_id is not None:
            before = dict(self.values())
        kinds = self.leave().rule.kinds
        counted = self.purse.plan.served.counts if self.purse.plan.served else ()
        kind: AbsenceKind = next((k for k in kinds if k in counted), kinds[0])
        record = Absence(**{"kind": kind, **before, "training_id": self._training_id, **values})
        with self.store.work(self.author) as work:
            return work.save(record).id


def _problems(found: Sequence[Found]) -> list[Problem]:
    return [(p.field, p.code, dict(p.values)) for p in found]


class CourseLeaveForm(_LeaveForm):
    """Leave for an external course, applied for so many days ahead.

    Args:
        training_id: Whose.
        absence_id: Which; None for a new application.
    """

    def __init__(self, training_id: str, absence_id: str | None = None) -> None:
        super().__init__(training_id, absence_id)
        self.draft_key = f"course_leave:{training_id}:{absence_id or 'new'}"

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        self.set_title(text("account.form.course_title", name=self.purse.trainee.name))

    def help_text(self) -> str:
        """Return what the plan asks."""
        return text("account.form.course_help").strip()

    def leave(self) -> LeaveAccount:
        """Return the leave for courses."""
        if self.purse.course is None:
            raise RuntimeError("the plan gives no leave for courses")
        return self.purse.course

    def fields(self) -> Sequence[Field]:
        """Ask for the days."""
        from at_tui.accounts.leave import earliest_start

        rule, hint = self.leave().rule, ""
        if rule.notice_days:
            day = full(earliest_start(self.today, rule))
            hint = text("account.form.leave_hint", days=rule.notice_days, day=day)
        return [
            Field("start", text("account.form.start"), Kind.DATE, required=True, hint=hint),
            Field("end", text("account.form.end"), Kind.DATE, required=True),
            Field("applied_on", text("account.form.applied_on"), Kind.DATE, required=True),
            Field("approved_on", text("account.form.leave_approved"), Kind.DATE),
        ]

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the leave to the plan's rules."""
        from at_tui.accounts.leave import check_course_leave

        days = (values.get(name) for name in ("start", "end", "applied_on"))
        return _problems(check_course_leave(*days, account=self.other(), on=self.today))


class ExamLeaveForm(_LeaveForm):
    """Leave in the two weeks up to a sitting.

    Args:
        training_id: Whose.
        sitting: Day of the exam, ISO 8601.
        absence_id: Which leave; None for a new one.
    """

    def __init__(self, training_id: str, sitting: str, absence_id: str | None = None) -> None:
        super().__init__(training_id, absence_id)
        self._sitting = date.fromisoformat(sitting)
        self.draft_key = f"exam_leave:{training_id}:{absence_id or sitting}"

    def on_mount(self) -> None:
        """Say whose it is, and for when."""
        super().on_mount()
        title = text("account.form.exam_title", name=self.purse.trainee.name)
        self.set_title(title, full(self._sitting))

    def help_text(self) -> str:
        """Return what the plan gives."""
        return text("account.form.exam_help").strip()

    def leave(self) -> LeaveAccount:
        """Return the leave of this sitting."""
        return next(leave for day, leave in self.purse.exam if day == self._sitting)

    def fields(self) -> Sequence[Field]:
        """Ask for the days."""
        return [
            Field("start", text("account.form.start"), Kind.DATE, required=True),
            Field("end", text("account.form.end"), Kind.DATE, required=True),
            Field("applied_on", text("account.form.applied_on"), Kind.DATE),
            Field("approved_on", text("account.form.leave_approved"), Kind.DATE),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return the leave, or the working days that end with the sitting."""
        found = dict(super().values())
        if self._absence_id is None:
            from at_tui.accounts.leave import reading_days

            first = reading_days(self._sitting, max(1, self.leave().left))
            found |= {"start": first, "end": self._sitting}
        return found

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the leave to the plan's rules."""
        from at_tui.accounts.leave import check_exam_leave

        days = (values.get(name) for name in ("start", "end", "applied_on"))
        return _problems(
            check_exam_leave(*days, account=self.other(), sitting=self._sitting, on=self.today)
        )
