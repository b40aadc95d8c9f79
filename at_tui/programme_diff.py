"""Two programmes side by side: what is asked by one only, and what differs where both ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from at_tui.language import has, text

if TYPE_CHECKING:
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import AnyRequirement

Change = Literal["added", "removed", "changed", "same"]

_NOT_ASKED_FOR = {"id", "title", "source", "standing", "assumption", "variants"}
"""What tells about a requirement, beside what it asks."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One parameter that differs."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One requirement in two programmes; `before` or `after` is None where it is not asked."""

    change: Change
    kind: str
    before: AnyRequirement | None
    after: AnyRequirement | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def title(self) -> str:
        """The newer programme's title, else the older one's."""
        found = self.after or self.before
        return found.title if found else ""


def diff(before: Programme, after: Programme, *, same: bool = False) -> list[Difference]:
    """Return what differs from `before` to `after`, both resolved, by kind.

    Requirements with the same id are the same. Others are paired when they are of one kind and
    about the same thing (the same section, course, talk …), since two regions number the same
    thing differently. With `same`, what is alike is told too.
    """
    pairs, old, new = _pairs(before.requirements, after.requirements)
    found: list[Difference] = []
    for one, other in pairs:
        fields = _fields(one, other)
        if fields or same:
            change: Change = "changed" if fields else "same"
            found.append(Difference(change, one.kind, one, other, fields))
    found += [Difference("removed", one.kind, one, None) for one in old]
    found += [Difference("added", other.kind, None, other) for other in new]
    order = {"changed": 0, "added": 1, "removed": 2, "same": 3}
    kinds = {kind: place for place, kind in enumerate(_KINDS)}
    return sorted(found, key=lambda d: (kinds[d.kind], order[d.change], d.title))


_KINDS = (
    "duration", "order", "cadence", "hours", "course", "milestone", "assessment",
    "qualification", "kollegium", "leave", "account", "absence", "exam",
)  # fmt: skip


def _pairs(
    before: Sequence[AnyRequirement], after: Sequence[AnyRequirement]
) -> tuple[list[tuple[AnyRequirement, AnyRequirement]], list[AnyRequirement], list[AnyRequirement]]:
    """Return the pairs, and what is left of either side. Each requirement is in one pair."""
    pairs: list[tuple[AnyRequirement, AnyRequirement]] = []
    by_id = {other.id: other for other in after}
    old: list[AnyRequirement] = []
    taken: set[str] = set()
    for one in before:
        other = by_id.get(one.id)
        if other is not None and other.kind == one.kind:
            pairs.append((one, other))
            taken.add(one.id)
        else:
            old.append(one)
    new = [other for other in after if other.id not in taken]
    for nearness in (_same_thing, _near):
        left: list[AnyRequirement] = []
        for one in old:
            match = max(new, key=lambda other: nearness(one, other), default=None)
            if match is None or not nearness(one, match):
                left.append(one)
                continue
            new = [other for other in new if other is not match]
            pairs.append((one, match))
        old = left
    return pairs, old, new


_THING: dict[str, tuple[str, ...]] = {
    "duration": ("sections", "specialties", "elective", "measure"),
    "order": (),
    "cadence": ("of", "forms", "talks", "activity", "topics", "sections"),
    "hours": ("education", "sections"),
    "course": ("course_id",),
    "milestone": ("record", "talks", "introduction", "of", "at"),
    "assessment": ("instruments", "sections"),
    "qualification": ("who", "all_of", "any_of", "sections"),
    "kollegium": ("sections",),
    "leave": ("of",),
    "account": ("starts_from", "starts_to"),
    "absence": ("of", "per", "sections"),
    "exam": (),
}
"""What two requirements of a kind must share to be about the same thing."""


_NEAR: dict[str, tuple[str, ...]] = {
    "cadence": ("of", "forms", "talks", "activity", "topics"),
    "hours": ("education",),
    "milestone": ("record", "talks", "introduction", "of"),
    "kollegium": (),
}
"""What is enough, where nothing is nearer."""


def _same_thing(one: AnyRequirement, other: AnyRequirement) -> int:
    return int(one.kind == other.kind and _values(one, _THING) == _values(other, _THING))


def _near(one: AnyRequirement, other: AnyRequirement) -> int:
    """Return how near two requirements are, 0 for not at all."""
    if one.kind != other.kind:
        return 0
    if one.kind == "duration" and other.kind == "duration":
        shared = set(one.specialties) & set(other.specialties)
        return len(shared) if one.sections == other.sections else 0
    if one.kind == "qualification" and other.kind == "qualification":
        # Of the same person two plans may ask a course and a presence: that is no change of one.
        qualities = {*one.all_of, *one.any_of} & {*other.all_of, *other.any_of}
        return len(qualities) if one.who == other.who else 0
    return int(one.kind in _NEAR and _values(one, _NEAR) == _values(other, _NEAR))


def _values(requirement: AnyRequirement, names: dict[str, tuple[str, ...]]) -> list[object]:
    values = [getattr(requirement, name) for name in names[requirement.kind]]
    return [frozenset(value) if isinstance(value, tuple) else value for value in values]


def _fields(one: AnyRequirement, other: AnyRequirement) -> tuple[FieldChange, ...]:
    names = [name for name in type(one).model_fields if name not in _NOT_ASKED_FOR]
    changes = []
    for name in names:
        before, after = getattr(one, name), getattr(other, name)
        if before != after:
            key = f"programme.field.{name}"
            label = text(key) if has(key) else name
            changes.append(FieldChange(name, label, shown(name, before), shown(name, after)))
    return tuple(changes)


_WORDS = {
    "sections": "word.section_short", "during": "word.section_short", "first": "word.section_short",
    "last": "word.section_short", "forms": "word.form", "supervision": "word.form",
    "talks": "word.talk", "education": "word.education", "kinds": "word.absence",
    "told": "word.role", "contact": "word.role", "introduction": "word.introduction",
    "all_of": "judge.quality", "any_of": "judge.quality", "per": "programme.per",
    "over": "programme.per", "unit": "programme.unit", "at": "programme.at",
    "of": "programme.of", "who": "programme.who", "record": "programme.record",
    "measure": "programme.measure", "kind": "programme.kind", "buys": "word.purpose",
    "refuses": "word.purpose",
}  # fmt: skip
"""Where the catalogue names the values of a parameter."""


def shown(field: str, value: object) -> str:
    """Return a parameter's value as a reader sees it."""
    if value is None or value == ():
        return "–"
    if isinstance(value, bool):
        return text("programme.yes" if value else "programme.no")
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, tuple):
        return ", ".join(shown(field, item) for item in value)
    key = f"{_WORDS.get(field, 'programme')}.{value}"
    return text(key) if field in _WORDS and has(key) else str(value)
