"""Time served: months per section, and the three promises they are held against in law.

Sources: patientsäkerhetsförordning (2010:1369) 3 kap. 5 § (18 months and their split); SOSFS 1999:5
1 kap. 2 § (part-time in proportion, never below half-time); lag (1930:173) for the months, see
`schema/months.py`. Pure: records in, figures out.

How it is counted:

- Placements of one section that adjoin are **one period**, counted from its first day. A placement
  split in two, at whatever day, is therefore worth what it was worth whole.
- Absence that does not count is taken off by its own months, so that three months of leave cost
  three months. Adjoining absence is one period. `percent` of an absence is its part of the service
  that was to be done, so half an absence leaves half of it.
- What falls below half-time, by placement or by absence, does not count, and is told.
- Days on which placements together exceed full time are not counted at all, and are told: nobody
  can see from the figures which of them is right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from schema.months import months_between
from schema.words import Kind, SectionCode

FULL = 100
HALF = 50


class PlacementLike(Protocol):
    """What is read of a placement. `end` is its last day, inclusive; None while it is open."""

    @property
    def section(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...
    @property
    def percent(self) -> int: ...


class AbsenceLike(Protocol):
    """What is read of an absence. `end` is its last day, inclusive."""

    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def percent(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PlacementSpan:
    """A placement as a plain value, for previews and tests."""

    section: str
    start: date
    end: date | None
    percent: int = FULL
    unit_id: str | None = None
    supervisor_id: str | None = None


@dataclass(frozen=True, slots=True)
class AbsenceSpan:
    """An absence as a plain value, for previews and tests."""

    kind: str
    start: date
    end: date
    percent: int = FULL


class ProblemKind(StrEnum):
    """Why some days could not be counted."""

    OVERLAP = "overlap"
    """Placements together exceed full time."""
    BELOW_HALF = "below_half"
    """Less than half-time is served."""
    NO_END = "no_end"
    """The placement is open, and no day to count to was given."""
    REVERSED = "reversed"
    """The placement ends before it starts."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Days from `start` to `end`, inclusive, that are not counted, and in which sections."""

    kind: ProblemKind
    start: date
    end: date
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeServed:
    """Months of full-time service by section, without rounding."""

    sections: Mapping[str, Fraction]
    """Served: placed, less absence that does not count."""
    lost: Mapping[str, Fraction]
    """Months of full time taken off for absence."""
    problems: tuple[Problem, ...] = ()

    @property
    def total(self) -> Fraction:
        """All sections together, also those that the law does not name."""
        return sum(self.sections.values(), Fraction(0))

    def of(self, *sections: str) -> Fraction:
        """Return what is served in these sections together."""
        return sum((self.sections.get(section, Fraction(0)) for section in sections), Fraction(0))


@dataclass(slots=True)
class _Piece:
    """Days in which nothing changes: [start, until), with the share placed by section."""

    start: date
    until: date
    shares: dict[str, int]
    absent: int
    problem: ProblemKind | None = field(default=None)


def count_time(
    placements: Iterable[PlacementLike],
    absences: Iterable[AbsenceLike],
    *,
    not_counted: Collection[str],
    through: date | None = None,
) -> TimeServed:
    """Return the time served by section.

    Args:
        placements: Of one training, in any order.
        absences: Of the same training; only kinds in `not_counted` are looked at.
        not_counted: Kinds of absence that must be made up, by the programme's rule.
        through: Count to this day, inclusive. Needed for placements without an end.
    """
    placed, problems = _usable(placements, through)
    away = [item for item in absences if item.kind in not_counted and item.end >= item.start]
    pieces = _pieces(placed, away)
    problems += _problems_in(pieces)
    served: dict[str, Fraction] = {}
    lost: dict[str, Fraction] = {}
    for section in dict.fromkeys(span.section for span in placed):
        gross = loss = Fraction(0)
        for run in _runs(piece for piece in pieces if section in piece.shares):
            run_gross = sum((w * _counted(p, section) for p, w in _weights(run)), Fraction(0))
            run_loss = Fraction(0)
            for gap in _runs(piece for piece in run if piece.absent):
                run_loss += sum((w * _lost(p, section) for p, w in _weights(gap)), Fraction(0))
            gross += run_gross
            # Months that begin on the 29th to 31st are short, so parts may exceed their whole.
            loss += min(run_loss, run_gross)
        served[section], lost[section] = gross - loss, loss
    return TimeServed(served, lost, tuple(sorted(problems, key=lambda p: (p.start, p.kind))))


def absence_days(absences: Iterable[AbsenceLike], start: date, end: date) -> dict[str, int]:
    """Return the calendar days of each kind of absence from `start` to `end`, inclusive.

    A day of two absences of one kind is one day; part of a day is a day.
    """
    days: dict[str, set[date]] = {}
    for absence in absences:
        first, last = max(absence.start, start), min(absence.end, end)
        for offset in range((last - first).days + 1):
            days.setdefault(absence.kind, set()).add(first + timedelta(days=offset))
    return {kind: len(found) for kind, found in days.items()}


@dataclass(frozen=True, slots=True)
class Measure:
    """One promise of the law: what is needed and what is served, in months of full time."""

    code: str
    sections: tuple[str, ...]
    needed: Fraction
    served: Fraction

    @property
    def missing(self) -> Fraction:
        """What is still to be served; nothing when more than enough is."""
        return max(Fraction(0), self.needed - self.served)

    @property
    def met(self) -> bool:
        return self.served >= self.needed


SOURCE = "PSF 3 kap. 5 §"
_MEDICINE_AND_SURGERY = (SectionCode.OPERERANDE, SectionCode.INVARTES)
_AT = (
    ("total", (*_MEDICINE_AND_SURGERY, SectionCode.PSYKIATRI, SectionCode.ALLMANMEDICIN), 18),
    ("medicine_and_surgery", _MEDICINE_AND_SURGERY, 9),
    ("opererande", (SectionCode.OPERERANDE,), 3),
    ("invartes", (SectionCode.INVARTES,), 3),
    ("psykiatri", (SectionCode.PSYKIATRI,), 3),
    ("allmanmedicin", (SectionCode.ALLMANMEDICIN,), 6),
)
_NATIONAL: dict[Kind, tuple[tuple[str, tuple[SectionCode, ...], int], ...]] = {
    Kind.AT: _AT,
    Kind.BT: (("total", tuple(SectionCode), 6),),
}


def national_minimum(served: TimeServed, kind: Kind = Kind.AT) -> list[Measure]:
    """Return what the law asks of a training and what is served of it, the total first.

    Source: PSF 3 kap. 5 § (AT) and 4 kap. 1 § (BT). In an AT, time in other sections than the four
    counts towards none of them: a month in, say, the emergency department counts only when it is
    placed in one of the four. In a BT every placement counts towards the whole.
    """
    return [
        Measure(code, sections, Fraction(months), served.of(*sections))
        for code, sections, months in _NATIONAL[kind]
    ]


def _usable(
    placements: Iterable[PlacementLike], through: date | None
) -> tuple[list[PlacementSpan], list[Problem]]:
    """Return the placements that have days to count, cut at `through`, and why others have not."""
    spans: list[PlacementSpan] = []
    problems: list[Problem] = []
    for item in placements:
        end = item.end
        if end is not None and end < item.start:
            problems.append(Problem(ProblemKind.REVERSED, item.start, end, (item.section,)))
            continue
        if through is not None:
            end = through if end is None else min(end, through)
        if end is None:
            problems.append(Problem(ProblemKind.NO_END, item.start, item.start, (item.section,)))
        elif end >= item.start:
            spans.append(PlacementSpan(item.section, item.start, end, item.percent))
    return spans, problems


def _pieces(placed: Sequence[PlacementSpan], away: Sequence[AbsenceLike]) -> list[_Piece]:
    """Cut the time at every day on which something changes."""
    day = timedelta(days=1)
    ends = [(span.start, span.end + day) for span in placed if span.end is not None]
    edges = {edge for pair in ends for edge in pair}
    edges |= {edge for item in away for edge in (item.start, item.end + day)}
    pieces: list[_Piece] = []
    for start, until in pairwise(sorted(edges)):
        shares: dict[str, int] = {}
        for span, (first, after) in zip(placed, ends, strict=True):
            if first <= start and until <= after:
                shares[span.section] = shares.get(span.section, 0) + span.percent
        if not shares:
            continue
        absent = sum(item.percent for item in away if item.start <= start <= item.end)
        piece = _Piece(start, until, shares, min(absent, FULL))
        placed_share = sum(shares.values())
        if placed_share > FULL:
            piece.problem = ProblemKind.OVERLAP
        elif placed_share < HALF or (
            piece.absent < FULL and placed_share * (FULL - piece.absent) < HALF * FULL
        ):
            piece.problem = ProblemKind.BELOW_HALF
        pieces.append(piece)
    return pieces


def _counted(piece: _Piece, section: str) -> Fraction:
    """Return the share of full time that a piece places in a section."""
    if piece.problem is ProblemKind.OVERLAP or sum(piece.shares.values()) < HALF:
        return Fraction(0)
    return Fraction(piece.shares[section], FULL)


def _lost(piece: _Piece, section: str) -> Fraction:
    """Return the share of full time that absence takes from a piece: all, below half-time."""
    absent = FULL if piece.problem is ProblemKind.BELOW_HALF else piece.absent
    return _counted(piece, section) * Fraction(absent, FULL)


def _runs(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Group pieces that adjoin."""
    run: list[_Piece] = []
    for piece in pieces:
        if run and run[-1].until != piece.start:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _weights(run: Sequence[_Piece]) -> Iterator[tuple[_Piece, Fraction]]:
    """Return each piece of a run with its months on the scale that begins with the run."""
    reached = Fraction(0)
    for piece in run:
        position = months_between(run[0].start, piece.until - timedelta(days=1)).exact
        yield piece, position - reached
        reached = position


def _problems_in(pieces: Iterable[_Piece]) -> list[Problem]:
    """Return what could not be counted, adjoining days of one kind as one."""
    found: list[Problem] = []
    for piece in pieces:
        if piece.problem is None:
            continue
        last = piece.until - timedelta(days=1)
        sections = tuple(sorted(piece.shares))
        before = found[-1] if found else None
        if (
            before is not None
            and (before.kind, before.sections) == (piece.problem, sections)
            and before.end + timedelta(days=1) == piece.start
        ):
            found[-1] = Problem(before.kind, before.start, last, sections)
        else:
            found.append(Problem(piece.problem, piece.start, last, sections))
    return found
