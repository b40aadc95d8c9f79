"""Which units meet their doctors, week by week, and which have nobody named to do it.

"Ingen handledare utsedd" and "utsedd men träffas inte" are told apart: the first is mended by
naming someone, the second by talking to someone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.kollegium import weeks
from at_tui.kollegium.weeks import SYMBOLS, Mark, Week
from at_tui.language import text
from schema.text import sort_key
from schema.words import CancelReason

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.kollegium_rows import PlacementLine
    from data.kollegium_shelf import Shelf

SILENT = 4
"""So many weeks there without a session, and a named supervisor is said not to meet."""
_THERE = frozenset({Mark.MET, Mark.PLANNED, Mark.CANCELLED, Mark.NOTHING})
SHADES = "░▒▓█"
"""More of the unit's doctors were met the darker it is."""


class Standing(StrEnum):
    """How a unit stands today. Screen words: `kollegium.standing.<value>`."""

    UNNAMED = "unnamed"
    """At least one doctor has no supervisor named."""
    SILENT = "silent"
    """All have one named, and at least one is not met."""
    MEETS = "meets"
    NOBODY = "nobody"
    """Nobody is placed there today."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One week of one unit: how many doctors were there, and what became of each."""

    monday: date
    placed: int
    met: int = 0
    planned: int = 0
    cancelled: int = 0
    nothing: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def mark(self) -> Mark:
        """The week in one word: met when any was, else the best that can be said."""
        if not self.placed:
            return Mark.OUTSIDE
        for mark, count in (
            (Mark.MET, self.met),
            (Mark.PLANNED, self.planned),
            (Mark.CANCELLED, self.cancelled),
            (Mark.NOTHING, self.nothing),
        ):
            if count:
                return mark
        return Mark.COMING

    @property
    def share(self) -> float:
        """Share of those there who were met, 0 to 1."""
        return self.met / self.placed if self.placed else 0.0

    @property
    def symbol(self) -> str:
        """One character: a shade for those met, another sign for all else."""
        if self.mark is Mark.MET:
            return SHADES[min(len(SHADES) - 1, int(self.share * len(SHADES)))]
        return SYMBOLS[self.mark]


@dataclass(frozen=True, slots=True)
class DoctorWeeks:
    """One doctor at the unit, week by week."""

    training_id: str
    name: str
    section: str
    supervisor: str
    """Empty when none is named."""
    first: date
    last: date
    """Of the stay there, within the map."""
    weeks: tuple[Week, ...]
    there: int
    """Weeks gone by in which a session could have been held."""
    standing: Standing
    """Of a stay that covers today; NOBODY for one that does not."""

    @property
    def met(self) -> int:
        return sum(week.mark is Mark.MET for week in self.weeks)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit on the map."""

    unit_id: str
    """Empty for placements without a unit."""
    unit: str
    site: str
    head: str
    """Verksamhetschef."""
    cells: tuple[Cell, ...]
    doctors: tuple[DoctorWeeks, ...]
    standing: Standing
    unnamed: int
    """Doctors there today without a named supervisor."""
    silent: int
    """Doctors there today whose named supervisor does not meet them."""
    reasons: tuple[tuple[str, int], ...]
    """Why sessions were cancelled, the most common first."""

    @property
    def met(self) -> int:
        return sum(doctor.met for doctor in self.doctors)

    @property
    def there(self) -> int:
        return sum(doctor.there for doctor in self.doctors)


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """Units × weeks."""

    on: date
    weeks: tuple[date, ...]
    """Mondays."""
    units: tuple[UnitRow, ...]
    """Those where nobody is named first, then those that do not meet, then by name."""


def letter(reasons: Sequence[str]) -> str:
    """Return the letter of the first reason: the one that logs it in a session; empty without."""
    if not reasons:
        return ""
    known = {str(reason) for reason in CancelReason}
    named = reasons[0] if reasons[0] in known else CancelReason.OTHER
    return text(f"session.reason_letter.{named}")


def letters() -> str:
    """Return what every letter means, on a line."""
    return ", ".join(f"{letter([r])} {text(f'word.cancel.{r}')}" for r in CancelReason)


def coverage(cases: Sequence[Case], shelf: Shelf, *, back: int = 20, ahead: int = 4) -> CoverageMap:
    """Return the map from `back` weeks ago to `ahead` weeks ahead of the shelf's day."""
    on = shelf.on
    span = tuple(weeks.mondays(on - back * weeks.WEEK, on + ahead * weeks.WEEK))
    by_unit: dict[str, list[DoctorWeeks]] = {}
    for case in cases:
        for unit_id, stays in _stays(case, span).items():
            by_unit.setdefault(unit_id, []).append(_doctor(case, stays, span))
    rows = [_unit(shelf, unit_id, doctors, span) for unit_id, doctors in by_unit.items()]
    order = list(Standing)
    rows.sort(key=lambda row: (order.index(row.standing), sort_key(row.unit), row.unit_id))
    return CoverageMap(on, span, tuple(rows))


def _stays(case: Case, span: tuple[date, ...]) -> dict[str, list[PlacementLine]]:
    first, last = span[0], span[-1] + timedelta(days=6)
    found: dict[str, list[PlacementLine]] = {}
    for stay in case.binder.placements:
        if stay.start <= last and stay.end >= first and not case.has_left:
            found.setdefault(stay.unit_id or "", []).append(stay)
    return found


def _doctor(case: Case, stays: list[PlacementLine], span: tuple[date, ...]) -> DoctorWeeks:
    spans = [(stay.start, stay.end) for stay in stays]
    found = weeks.weeks_of(case.binder.sessions, case.away, spans, span, case.on)
    now = next((stay for stay in stays if stay.start <= case.on <= stay.end), None)
    latest = now or max(stays, key=lambda stay: stay.start)
    return DoctorWeeks(
        training_id=case.binder.id,
        name=case.binder.name,
        section=latest.section,
        supervisor=case.shelf.person(latest.supervisor_id),
        first=max(min(a for a, _ in spans), span[0]),
        last=min(max(b for _, b in spans), span[-1] + timedelta(days=6)),
        weeks=tuple(found),
        there=sum(week.mark in _THERE and week.monday <= case.on for week in found),
        standing=_standing(now, found, case.on),
    )


def _standing(now: PlacementLine | None, found: Iterable[Week], on: date) -> Standing:
    if now is None:
        return Standing.NOBODY
    if now.supervisor_id is None:
        return Standing.UNNAMED
    gone = [w for w in found if w.monday + weeks.WEEK <= on and w.mark in _THERE]
    recent = gone[-SILENT:]
    if len(recent) < SILENT or any(week.mark is Mark.MET for week in recent):
        return Standing.MEETS
    # A session held this very week ends the silence.
    this = next((w for w in found if w.monday <= on < w.monday + weeks.WEEK), None)
    return Standing.MEETS if this and this.mark is Mark.MET else Standing.SILENT


def _unit(
    shelf: Shelf, unit_id: str, doctors: list[DoctorWeeks], span: tuple[date, ...]
) -> UnitRow:
    unit = shelf.units.get(unit_id)
    doctors.sort(key=lambda doctor: sort_key(doctor.name))
    standings = [doctor.standing for doctor in doctors]
    # The gravest of them; the enum stands in that order.
    standing = next((each for each in Standing if each in standings), Standing.NOBODY)
    reasons = Counter(reason for d in doctors for week in d.weeks for reason in week.reasons)
    return UnitRow(
        unit_id=unit_id,
        unit=unit.name if unit else "",
        site=unit.site if unit else "",
        head=shelf.person(unit.head_id) if unit else "",
        cells=tuple(_cell(week, [d.weeks[place] for d in doctors])
                    for place, week in enumerate(span)),
        doctors=tuple(doctors),
        standing=standing,
        unnamed=standings.count(Standing.UNNAMED),
        silent=standings.count(Standing.SILENT),
        reasons=tuple(reasons.most_common()),
    )  # fmt: skip


def _cell(monday: date, found: list[Week]) -> Cell:
    marks = Counter(week.mark for week in found)
    reasons = Counter(reason for week in found for reason in week.reasons)
    there = sum(count for mark, count in marks.items() if mark not in (Mark.OUTSIDE, Mark.AWAY))
    return Cell(
        monday=monday,
        placed=there,
        met=marks[Mark.MET],
        planned=marks[Mark.PLANNED],
        cancelled=marks[Mark.CANCELLED],
        nothing=marks[Mark.NOTHING],
        reasons=tuple(reasons.most_common()),
    )
