"""What an occasion is: kind, title, day and length. Who was there is ticked on the next page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from at_tui.education.courses import NamedCourse, courses_of
from at_tui.education.entries import EducationEntry, check_education
from at_tui.education.occasions import Occasion
from at_tui.education.plan import lectures_are_compulsory, plan_for
from at_tui.language import text
from schema.text import sort_key
from schema.words import EducationKind
from screens.education.attendance import NEW_DRAFT
from screens.education.fields import about_fields, follow_course, read_about, shown
from screens.widgets.form import Field, Form, Problem
from screens.widgets.form_page import FormPage

if TYPE_CHECKING:
    from data.work import Work
    from schema.content.programme import Programme

USUAL_MINUTES = 60


def plans_in_use(work: Work) -> list[Programme]:
    """Return every plan that somebody in training follows.

    They are read from files, 10 to 60 ms each the first time: a page that leads to the form asks
    for them in a thread beforehand.
    """
    from schema.tables import Training

    wanted = {
        (one.programme_id, one.programme_version)
        for one in work.all(Training)
        if one.ended_on is None
    }
    return [plan for key in sorted(wanted) if (plan := plan_for(*key)) is not None]


def courses_in(plans: Iterable[Programme]) -> list[NamedCourse]:
    """Return the courses of all these plans, by name."""
    found: dict[str, NamedCourse] = {}
    for plan in plans:
        for course in courses_of(plan):
            found.setdefault(course.id, course)
    return sorted(found.values(), key=lambda c: (c.recurring, sort_key(c.name)))


class OccasionForm(FormPage[Occasion]):
    """Dismissed with the occasion; nothing is saved yet.

    Args:
        like: An occasion to begin from, with today's date.
        change: Whether that occasion itself is to be changed, its date kept.
    """

    AREA = "occasion"
    SAVE: ClassVar[str] = "occasion.go_on"

    def __init__(self, like: Occasion | None = None, *, change: bool = False) -> None:
        super().__init__()
        self._like, self._change = like, change
        self._courses: list[NamedCourse] = []
        self._compulsory = False
        # What is changed or copied is there already; a new one is kept until its list is saved.
        self.draft_key = NEW_DRAFT if like is None else ""

    def on_mount(self) -> None:
        """Say what it is."""
        super().on_mount()
        self.set_title(text("occasion.change_title" if self._change else "occasion.new_title"))

    def help_text(self) -> str:
        """Return how it is counted."""
        return text("education.form_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the occasion; courses of all plans in use here are offered."""
        with self.store.read() as work:
            plans = plans_in_use(work)
        self._courses = courses_in(plans)
        self._compulsory = any(lectures_are_compulsory(plan) for plan in plans)
        return about_fields(self._courses)

    def values(self) -> Mapping[str, Any]:
        """Return what it begins with."""
        if self._like is None:
            return shown(
                {
                    "kind": EducationKind.LECTURE,
                    "day": self.today,
                    "minutes": USUAL_MINUTES,
                    "compulsory": self._compulsory,
                }
            )
        day = self._like.day if self._change else self.today
        like = replace(self._like, day=day)
        return shown({name: getattr(like, name) for name in like.__slots__})

    def on_form_changed(self, event: Form.Changed | None = None) -> None:
        """A course that is chosen brings its name and its days."""
        super().on_form_changed()
        if event is not None and event.name == "course_id":
            follow_course(self.form, self._courses)

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the occasion to the rules of its records."""
        # What could not be read or is missing has been told by its field.
        told = {name for name in ("kind", "day") if values.get(name) is None}
        if not values.get("title"):
            told.add("title")
        problems: list[Problem] = []
        read_about(values, problems)
        if values["days"] is None:
            told.add("days")
        day = values.get("day")
        ahead = day is not None and day > self.today
        entry = EducationEntry(
            kind=EducationKind(values["kind"]) if values.get("kind") else None,
            title=values.get("title") or "",
            day=day,
            minutes=values["minutes"],
            days=values["days"],
            planned=ahead,
            attended=not ahead,
        )
        found = check_education(entry, on=self.today)
        problems += [(p.field, p.code, dict(p.values)) for p in found if p.field not in told]
        return problems

    def save(self, values: dict[str, Any]) -> Occasion:
        """Return the occasion: its list is what is saved."""
        return Occasion(**{**values, "kind": EducationKind(values["kind"])})

    def action_save(self) -> None:
        """Go on to the list; nothing is said to be saved yet."""
        values, problems = self.form.read()
        problems += self.check(values)
        self.form.show_problems(problems)
        self.quiet = bool(problems)
        if not problems:
            self.keep_draft_now()
            self.dismiss(self.save(values))
