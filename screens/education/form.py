"""The form of one education record: what, when, how long, and whether one was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from at_tui.education.courses import courses_of
from at_tui.education.entries import EducationEntry, check_education
from at_tui.education.occasions import Presence, mark_of
from at_tui.education.plan import lectures_are_compulsory, plan_for
from at_tui.language import text
from schema.words import EducationKind
from screens.education.fields import about_fields, follow_course, follow_day, read_about, shown
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Form, Kind, Problem
from screens.widgets.form_page import FormPage

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when the form is opened.
if TYPE_CHECKING:
    from at_tui.education.courses import NamedCourse
    from data.work import Work
    from schema.tables import Education, Training

_PRESENCES = (Presence.THERE, Presence.PLANNED, Presence.NOTIFIED, Presence.AWAY)


class EducationForm(FormPage[str]):
    """A lecture, a course, self-study and the like; dismissed with its id.

    Args:
        training_id: Whose.
        education_id: Which; None for a new one.
        kind: What a new one begins as.
        course_id: The course or activity of the plan that a new one begins with.
    """

    AREA = "education"

    def __init__(
        self,
        training_id: str,
        education_id: str | None = None,
        kind: EducationKind = EducationKind.LECTURE,
        course_id: str = "",
    ) -> None:
        super().__init__()
        self._training_id, self._education_id, self._kind = training_id, education_id, kind
        self._course_id = course_id
        new = f"new:{course_id}" if course_id else "new"
        self.draft_key = f"education:{training_id}:{education_id or new}"
        self._record: Education | None = None
        self._training: Training
        self._courses: list[NamedCourse] = []
        self._compulsory = False

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        key = "education.edit_title" if self._education_id else "education.new_title"
        self.set_title(f"{self._whose} · {text(key)}")

    def help_text(self) -> str:
        """Return how it is counted."""
        return text("education.form_help").strip()

    def record_of_focus(self) -> str:
        """Return the record's id."""
        return self._education_id or ""

    def fields(self) -> Sequence[Field]:
        """Ask about the education."""
        from schema.tables import Education, Trainee, Training

        with self.store.read() as work:
            self._training = work.need(Training, self._training_id)
            self._whose = work.need(Trainee, self._training.trainee_id).name
            if self._education_id:
                self._record = work.need(Education, self._education_id)
        plan = plan_for(self._training.programme_id, self._training.programme_version)
        self._courses = courses_of(plan) if plan is not None else []
        self._compulsory = lectures_are_compulsory(plan)
        presences = tuple(
            Option(p, text(f"education.presence.{p}").capitalize()) for p in _PRESENCES
        )
        return [
            *about_fields(self._courses),
            Field(
                "presence", text("education.presence_field"), Kind.CHOICE, required=True,
                options=presences,
            ),
            Field(
                "absence_reason", text("education.reason"), hint=text("education.reason_hint")
            ),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return the record, or what a new one begins with."""
        record = self._record
        if record is None:
            about: dict[str, Any] = {
                "kind": self._kind,
                "day": self.today,
                "presence": Presence.THERE,
            }
            if self._kind is EducationKind.LECTURE:
                about |= {"minutes": 60, "compulsory": self._compulsory}
            return shown(about | self._of_course())
        return shown({**record.model_dump(), "presence": mark_of(record).presence})

    def _of_course(self) -> dict[str, Any]:
        """Return what the plan says of the course that a new record begins with."""
        course = next((c for c in self._courses if c.id == self._course_id), None)
        if course is None:
            return {}
        found = {"course_id": course.id, "title": course.name}
        more = {} if course.recurring else {"minutes": None, "days": course.days}
        return found | more | ({"compulsory": True} if course.strength == "ska" else {})

    def on_form_changed(self, event: Form.Changed | None = None) -> None:
        """Keep a draft; a course that is chosen brings its name and its days."""
        super().on_form_changed()
        if event is not None and event.name == "course_id":
            follow_course(self.form, self._courses)
        if event is not None and event.name == "day":
            follow_day(self.form, self.today)

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the record to its rules."""
        # What could not be read or is missing has been told by its field.
        told = {name for name in ("kind", "day") if values.get(name) is None}
        if not values.get("title"):
            told.add("title")
        problems: list[Problem] = []
        read_about(values, problems)
        if values["days"] is None:
            told.add("days")
        presence = values.pop("presence", None) or Presence.THERE
        values["planned"] = presence == Presence.PLANNED
        values["attended"] = presence == Presence.THERE
        values["absence_notified"] = presence == Presence.NOTIFIED
        entry = EducationEntry(
            kind=EducationKind(values["kind"]) if values.get("kind") else None,
            title=values.get("title") or "",
            day=values.get("day"),
            minutes=values["minutes"],
            days=values["days"],
            planned=values["planned"],
            attended=values["attended"],
            absence_notified=values["absence_notified"],
            absence_reason=values.get("absence_reason") or "",
        )
        found = check_education(
            entry,
            on=self.today,
            training_start=self._training.start,
            training_end=self._training.ended_on,
        )
        field_of = {"attended": "presence"}
        problems += [
            (field_of.get(p.field, p.field), p.code, dict(p.values))
            for p in found
            if p.field not in told
        ]
        return problems

    def save(self, values: dict[str, Any]) -> str:
        """Write the record."""
        from schema.tables import Education

        before = self._record.model_dump() if self._record else {}
        record = Education(**{**before, "training_id": self._training_id, **values})
        with self.store.work(self.author) as work:
            if self._record is None or record.day != self._record.day:
                record.placement_id = _placement_on(work, self._training_id, record)
            return work.save(record).id


def _placement_on(work: Work, training_id: str, record: Education) -> str | None:
    from sqlmodel import col

    from schema.tables import Placement

    found = work.all(
        Placement,
        col(Placement.training_id) == training_id,
        col(Placement.start) <= record.day,
        col(Placement.end) >= record.day,
        order=(col(Placement.start).desc(), col(Placement.id)),
        limit=1,
    )
    return found[0].id if found else None
