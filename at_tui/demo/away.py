"""Absence: holidays, illness, days off after duty, parental leave."""

from __future__ import annotations

from datetime import date, timedelta

from at_tui.demo.calendar import DAY, working
from at_tui.demo.chance import Chance
from at_tui.demo.life import Life
from schema.tables import Absence
from schema.words import AbsenceKind


def add_absences(life: Life, leave: tuple[date, date] | None) -> None:
    """Add absences, and note the days in `life.away`."""
    chance = life.chance("away")
    first, last = life.training.start, life.training.end or life.on
    if leave is not None and leave[0] <= life.on + timedelta(days=60):
        _add(life, chance, AbsenceKind.FORALDRALEDIG, *leave)
        life.away |= _days(*leave)
    for year in range(first.year, last.year + 1):
        for start, weeks in _holidays(chance, year):
            end = start + timedelta(days=7 * weeks - 3)
            # Applied for well ahead: a holiday that begins within two months is already there.
            if first + timedelta(days=30) <= start and end <= last and _planned(life, start):
                _away(life, chance, AbsenceKind.SEMESTER, start, end)
    day = first + timedelta(days=chance.whole(10, 40))
    while day <= min(life.on, last):
        kind = chance.weighted({AbsenceKind.SJUK: 0.45, AbsenceKind.JOURKOMP: 0.45,
                                AbsenceKind.ANNAN: 0.1})  # fmt: skip
        start = working(day)
        days = 1 if kind is not AbsenceKind.SJUK else chance.weighted({1: 4, 2: 4, 3: 3, 5: 1})
        end = min(start + timedelta(days=days - 1), last)
        if start <= min(life.on, last):
            _away(life, chance, kind, start, min(end, life.on))
        day = end + timedelta(days=chance.whole(12, 38))


def _holidays(chance: Chance, year: int) -> list[tuple[date, int]]:
    """Return Mondays and weeks of a year's holiday: sportlov, summer, autumn, Christmas."""
    summer = date(year, 6, 22) + timedelta(weeks=chance.whole(0, 5))
    wanted = [
        (date(year, 2, 20) + timedelta(weeks=chance.whole(0, 2)), 1),
        (summer, chance.whole(3, 4)),
        (date(year, 10, 28), 1),
    ]
    return [(day - timedelta(days=day.weekday()), weeks) for day, weeks in wanted]


def _planned(life: Life, start: date) -> bool:
    return start <= life.on + timedelta(days=60)


def _away(life: Life, chance: Chance, kind: AbsenceKind, start: date, end: date) -> None:
    days = _days(start, end)
    if days & life.away:
        return
    _add(life, chance, kind, start, end)
    life.away |= days


def _add(life: Life, chance: Chance, kind: AbsenceKind, start: date, end: date) -> None:
    asked = kind in (AbsenceKind.SEMESTER, AbsenceKind.FORALDRALEDIG)
    applied = start - timedelta(days=chance.whole(46, 90)) if asked else None
    if applied is not None:
        applied = min(applied, life.on)
    absence = Absence(
        id=chance.record_id(min(start, life.on)),
        training_id=life.training.id,
        kind=kind,
        start=start,
        end=end,
        applied_on=applied,
        approved_on=min(applied + timedelta(days=7), life.on) if applied else None,
    )
    life.add(absence)


def _days(start: date, end: date) -> set[date]:
    return {start + DAY * number for number in range((end - start).days + 1)}
