"""The fields that one record and an occasion for many have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.education.entries import IN_DAYS
from at_tui.education.occasions import Presence
from at_tui.language import text
from schema.fault import Fault
from schema.words import EducationKind
from screens.education.words import length, read_days, written
from screens.widgets.choice_field import Option
from screens.widgets.date_field import DateField
from screens.widgets.form import Field, Form, Kind, Problem

if TYPE_CHECKING:
    from at_tui.education.courses import NamedCourse

YES, NO = "1", "0"


def about_fields(courses: Sequence[NamedCourse]) -> list[Field]:
    """Return what is asked of any education; the course only where the plan names some."""
    kinds = tuple(Option(k, text(f"word.education.{k}").capitalize()) for k in EducationKind)
    offered = tuple(Option(c.id, c.name, _more(c)) for c in courses)
    named = [
        Field(
            "course_id", text("education.course"), Kind.CHOICE, options=offered,
            hint=text("education.course_hint"),
        )
    ]  # fmt: skip
    return [
        Field("kind", text("education.kind"), Kind.CHOICE, required=True, options=kinds),
        *(named if courses else []),
        Field("title", text("education.title_field"), required=True),
        Field("day", text("education.day"), Kind.DATE, required=True),
        Field("minutes", text("education.minutes"), Kind.NUMBER, least=0, unit="min"),
        Field("days", text("education.days"), width=8, unit=text("education.days_unit")),
        Field(
            "compulsory", text("education.compulsory"), Kind.CHOICE, required=True,
            options=(Option(YES, text("trainees.yes")), Option(NO, text("trainees.no"))),
        ),
    ]  # fmt: skip


def _more(course: NamedCourse) -> str:
    if course.days:
        return length(0, course.days)
    return text("education.offer.recurring" if course.recurring else "education.offer.open")


def follow_course(form: Form, courses: Sequence[NamedCourse]) -> None:
    """Fill in what the plan says of the course that was chosen; what is typed already stays."""
    raw = form.raw()
    course = next((c for c in courses if c.id == raw.get("course_id")), None)
    if course is None:
        return
    names = {c.name for c in courses}
    if not raw["title"].strip() or raw["title"] in names:
        form.set("title", course.name)
    if course.recurring:
        return
    if raw["kind"] not in IN_DAYS:
        form.set("kind", EducationKind.COURSE)
    form.set("days", written(course.days) if course.days else raw["days"])
    if course.strength == "ska":
        form.set("compulsory", YES)


def follow_day(form: Form, today: date) -> None:
    """Take what lies ahead as planned, and what has been as attended, unless it was missed."""
    picked = form.input("day")
    day = picked.day if isinstance(picked, DateField) else None
    presence = form.raw()["presence"]
    if day is None:
        return
    if day > today and presence == Presence.THERE:
        form.set("presence", Presence.PLANNED)
    elif day <= today and presence == Presence.PLANNED:
        form.set("presence", Presence.THERE)


def read_about(values: dict[str, Any], problems: list[Problem]) -> None:
    """Turn what was typed into a record's values, in place; what cannot be read is a problem."""
    values["course_id"] = values.get("course_id") or ""
    values["minutes"] = values.get("minutes") or 0
    values["compulsory"] = values.get("compulsory") == YES
    try:
        values["days"] = read_days(values.get("days") or "")
    except Fault as fault:
        values["days"] = None
        problems.append(("days", fault.code, fault.values))


def shown(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's values as the fields take them."""
    return {
        **found,
        "minutes": found.get("minutes") or None,
        "days": written(found.get("days") or 0),
        "compulsory": YES if found.get("compulsory") else NO,
    }
