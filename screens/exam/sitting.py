"""One sitting of the exam: registered for, and then its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from screens.dates import full
from screens.person_forms import as_choice, truth, yes_no
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Form, Kind, Problem
from screens.widgets.form_page import FormPage

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): imported when it is opened.
if TYPE_CHECKING:
    from at_tui.exam.reading import ExamFile
    from schema.tables import ExamSitting


class SittingForm(FormPage[str]):
    """A sitting; dismissed with its id.

    Args:
        training_id: Whose.
        sitting_id: Which; None for a new one.
    """

    AREA = "exam"

    def __init__(self, training_id: str, sitting_id: str | None = None) -> None:
        super().__init__()
        self._training_id, self._sitting_id = training_id, sitting_id
        self.draft_key = f"exam:{training_id}:{sitting_id or 'new'}"

    @cached_property
    def file(self) -> ExamFile:
        """The training and the exam, as they were when the form opened."""
        from at_tui.exam.reading import exam_file

        return exam_file(self.store, self._training_id, self.today)

    @property
    def sitting(self) -> ExamSitting | None:
        """The sitting that is changed, None for a new one."""
        return next((s for s in self.file.sittings if s.id == self._sitting_id), None)

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        self.set_title(text("exam.form.title", name=self.file.trainee.name))

    def help_text(self) -> str:
        """Return what is entered here."""
        return text("exam.form.help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the sitting."""
        from at_tui.exam.dates import coming

        rules = self.file.rules
        known = coming(self.file.known, self.today)
        options = tuple(Option(one.day.isoformat(), full(one.day)) for one in known)
        points = text("exam.form.points_hint", needed=rules.pass_points, most=rules.most_points)
        choose = Field(
            "occasion",
            text("exam.form.occasion"),
            Kind.CHOICE,
            options=options,
            hint=text("exam.form.occasion_hint"),
        )
        return [
            *((choose,) if options and self._sitting_id is None else ()),
            Field("day", text("exam.form.day"), Kind.DATE, required=True),
            Field("registered_on", text("exam.form.registered_on"), Kind.DATE),
            yes_no("oral", text("exam.form.oral")),
            Field("points", text("exam.form.points"), Kind.NUMBER, least=0,
                  most=rules.most_points, hint=points),
            yes_no("passed", text("exam.form.passed")),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return the sitting, or the next day that can be sat."""
        if self.sitting is not None:
            found = self.sitting.model_dump()
            return {**found, **{name: as_choice(found[name]) for name in ("oral", "passed")}}
        after = self.file.window.next if self.file.window else None
        day = after.occasion.day if after else None
        return {
            "occasion": day.isoformat() if day else None,
            "day": day,
            "registered_on": self.today,
            "oral": as_choice(False),
        }

    def on_form_changed(self, event: Form.Changed | None = None) -> None:
        """Write the day that is chosen; keep a draft."""
        if event is not None and event.name == "occasion":
            chosen = self.form.raw().get("occasion")
            if chosen:
                self.form.set("day", date.fromisoformat(chosen))
        super().on_form_changed()

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the sitting to its rules."""
        from at_tui.exam.checks import SittingEntry, check_sitting

        oral = truth(values.get("oral")) or False
        others = [s.day for s in self.file.sittings if s.id != self._sitting_id and s.oral == oral]
        entry = SittingEntry(
            day=values.get("day"),
            registered_on=values.get("registered_on"),
            oral=oral,
            points=values.get("points"),
            passed=truth(values.get("passed")),
        )
        start = self.file.training.start
        found = check_sitting(entry, self.file.rules, start=start, on=self.today, others=others)
        return [(p.field, p.code, dict(p.values)) for p in found]

    def save(self, values: dict[str, Any]) -> str:
        """Write the sitting."""
        from schema.tables import ExamSitting

        values.pop("occasion", None)
        values["oral"] = truth(values["oral"]) or False
        values["passed"] = truth(values["passed"])
        before = self.sitting.model_dump() if self.sitting else {}
        record = ExamSitting(**{**before, "training_id": self._training_id, **values})
        with self.store.work(self.author) as work:
            return work.save(record).id
