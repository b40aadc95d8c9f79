"""The named courses and recurring days of a programme, as they are offered in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schema.text import sort_key

if TYPE_CHECKING:
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import AnyRequirement

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
    """Return what a programme names, courses first, each in the order of the plan.

    Its name and days are those of the programme's own list; a requirement that names a course
    which stands in no list gives them otherwise.
    """
    asked = _asked(programme)
    listed = {one.id: one for one in programme.courses}
    courses: list[NamedCourse] = []
    recurring: list[NamedCourse] = []
    for id_ in dict.fromkeys([*listed, *asked]):
        requirement, own = asked.get(id_), listed.get(id_)
        comes_back = requirement is not None and requirement.kind == "cadence"
        days = own.days if own else None
        if days is None and requirement is not None and requirement.kind == "course":
            days = requirement.days
        title = own.title if own else _LENGTH.sub("", requirement.title if requirement else id_)
        strength = requirement.strength if requirement else ""
        into = recurring if comes_back else courses
        into.append(NamedCourse(id_, title, days, strength, comes_back))
    return [*courses, *recurring]


def _asked(programme: Programme) -> dict[str, AnyRequirement]:
    """Return the requirement that asks for each named course or activity."""
    found: dict[str, AnyRequirement] = {}
    for one in programme.requirements:
        if one.kind == "course":
            found.setdefault(one.course_id, one)
        elif one.kind == "cadence" and one.activity:
            found.setdefault(one.activity, one)
    return found


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


def _key(words: str) -> str:
    return sort_key(words.replace("-", " "))
