"""The named courses and recurring days of a programme, as they are offered in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schema.text import sort_key

if TYPE_CHECKING:
    from schema.content.programme import Programme

_LENGTH = re.compile(r",? (\d+([.,]\d+)?|en|två) (dagar|dag|veckor|vecka)( internat)?$")


@dataclass(frozen=True, slots=True)
class NamedCourse:
    """A course of a plan. `days` is None where the plan gives no length."""

    id: str
    name: str
    days: float | None
    strength: str
    recurring: bool = False
    """Something that comes back (an APT, an AT-day), not a course of so many days."""


def courses_of(programme: Programme) -> list[NamedCourse]:
    """Return what a programme names, courses first, each in the order of the plan."""
    courses: dict[str, NamedCourse] = {}
    recurring: dict[str, NamedCourse] = {}
    for one in programme.requirements:
        if one.kind == "course":
            courses.setdefault(
                one.course_id, NamedCourse(one.course_id, _name(one.title), one.days, one.strength)
            )
        elif one.kind == "cadence" and one.activity:
            recurring.setdefault(
                one.activity, NamedCourse(one.activity, one.title, None, one.strength, True)
            )
    return [*courses.values(), *(c for id, c in recurring.items() if id not in courses)]


def course_named(courses: list[NamedCourse], words: str) -> NamedCourse | None:
    """Return the course that `words` name: its id, its name, or a beginning that fits one only."""
    key = _key(words)
    if not key:
        return None
    for course in courses:
        if key in (_key(course.id), _key(course.name)):
            return course
    near = [c for c in courses if _key(c.name).startswith(key) or key.startswith(_key(c.name))]
    return near[0] if len(near) == 1 else None


def _name(title: str) -> str:
    """Return a requirement's title without its length, which is shown by itself."""
    return _LENGTH.sub("", title)


def _key(words: str) -> str:
    return sort_key(words.replace("-", " "))
