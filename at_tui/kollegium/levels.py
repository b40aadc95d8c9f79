"""Levels over time, area by area, and the spread of areas in the feedback document.

Levels are compared only within one instrument and one scale: a 4 of 5 is no 4 of 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from at_tui.kollegium.forms import Form, Scaled

PAIR = 2
"""So many of the latest levels are held against as many before them."""
AREAS = 8
"""A feedback form with at least so many areas is drawn as a profile."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area on one scale, with its levels by day."""

    instrument_id: str
    instrument: str
    category: str
    item_id: str
    label: str
    steps: tuple[int, ...]
    """The scale's values, lowest first."""
    points: tuple[tuple[date, int], ...]

    @property
    def latest(self) -> int:
        return self.points[-1][1]

    def since(self, first: date) -> Area | None:
        """Return the area with the levels from `first` on; None when there are none."""
        kept = tuple(point for point in self.points if point[0] >= first)
        if not kept:
            return None
        return Area(self.instrument_id, self.instrument, self.category, self.item_id, self.label,
                    self.steps, kept)  # fmt: skip

    def fell(self, drop: float) -> bool:
        """Return whether the two latest levels are on average `drop` steps below the two before."""
        values = [self.steps.index(value) for _, value in self.points]
        if len(values) < 2 * PAIR:
            return False
        return fmean(values[-2 * PAIR : -PAIR]) - fmean(values[-PAIR:]) >= drop

    def is_low(self, level: int) -> bool:
        """Return whether the latest level is at most the `level`-th step from below."""
        return self.steps.index(self.latest) < level


@dataclass(frozen=True, slots=True)
class Spread:
    """One area of a profile: the latest level, and the lowest and highest of the period."""

    label: str
    latest: int | None
    """None when the latest form left it as "ej observerat"."""
    lowest: int | None
    highest: int | None
    earlier: int | None
    """The latest level of the form before."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The areas of one feedback form over a period."""

    title: str
    source: str
    """Whose scale it is."""
    labels: tuple[str, ...]
    """What the steps mean, lowest first."""
    steps: tuple[int, ...]
    areas: tuple[Spread, ...]
    forms: int
    first: date
    last: date


def areas(forms: Iterable[Form]) -> list[Area]:
    """Return every area that has a level, in the order of the instruments, by day."""
    latest: dict[tuple[str, str, tuple[int, ...]], tuple[Form, Scaled]] = {}
    points: dict[tuple[str, str, tuple[int, ...]], list[tuple[date, int]]] = {}
    for form in sorted(forms, key=lambda f: (f.day, f.record.id)):
        answers = form.record.answers
        for item in form.scaled:
            value = answers.get(item.item_id)
            if type(value) is int and value in item.steps:
                key = (form.instrument.id, item.item_id, item.steps)
                points.setdefault(key, []).append((form.day, value))
                latest[key] = (form, item)
    return [_area(form, item, tuple(points[key])) for key, (form, item) in latest.items()]


def _area(form: Form, item: Scaled, points: tuple[tuple[date, int], ...]) -> Area:
    instrument = form.instrument
    return Area(
        instrument.id,
        instrument.short_title,
        instrument.category,
        item.item_id,
        item.label,
        item.steps,
        points,
    )


def profile(forms: Sequence[Form]) -> Profile | None:
    """Return the spread of the feedback document that was filled in last; None without one."""
    wide = [form for form in forms if form.instrument.category == "feedback" and _is_wide(form)]
    if not wide:
        return None
    newest = max(wide, key=lambda f: (f.day, f.record.id))
    instrument, variant = newest.instrument, newest.record.variant
    same = sorted(
        (f for f in wide if f.instrument.id == instrument.id and f.record.variant == variant),
        key=lambda f: (f.day, f.record.id),
    )
    return _profile(same)


def _profile(same: Sequence[Form]) -> Profile | None:
    """Return the profile of forms of one kind, by day; None when the form has no scale."""
    newest = same[-1]
    if not newest.scaled:
        return None
    of = newest.instrument.scale(newest.scaled[0].scale_id)
    by_area = {(a.item_id, a.steps): a for a in areas(same)}
    before = {(a.item_id, a.steps): a for a in areas(same[:-1])}
    found: list[Spread] = []
    for item in newest.scaled:
        if item.scale_id != of.id:
            continue
        area, earlier = (each.get((item.item_id, item.steps)) for each in (by_area, before))
        values = [value for _, value in area.points] if area else []
        answered = newest.record.answers.get(item.item_id)
        found.append(
            Spread(
                item.label,
                answered if area and answered == area.latest else None,
                min(values, default=None),
                max(values, default=None),
                earlier.latest if earlier else None,
            )
        )
    return Profile(
        title=newest.instrument.title,
        source=of.source,
        labels=tuple(level.label for level in of.levels),
        steps=tuple(level.value for level in of.levels),
        areas=tuple(found),
        forms=len(same),
        first=same[0].day,
        last=newest.day,
    )


def _is_wide(form: Form) -> bool:
    return len(form.scaled) >= AREAS
