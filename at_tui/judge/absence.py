"""How much absence a placement bears, and whether absence from teaching is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.calendar import DAY, is_working_day
from at_tui.judge.finding import Part, Status, Verdict
from at_tui.judge.kind import Kind
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.records import AbsenceLike
    from schema.content.requirement_kinds import Absence as Asked


class Absence(Kind["Asked"]):
    """Working days, a part of a day as its part. More than the limit is not forbidden: it is a
    reason to tell someone, now."""

    name = "absence"

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        if requirement.of == "teaching":
            return _teaching(case)
        spans = _spans(requirement, case)
        if not spans:
            return Verdict(Status.NOT_ASKED, text("judge.no_such_placement"))
        begun = [span for span in spans if span[0] <= case.on]
        if not begun:
            day = phrases.day(spans[0][0])
            return Verdict(Status.NOT_ASKED, text("judge.rhythm.not_yet", day=day))
        away = [a for a in case.absences if not requirement.kinds or a.kind in requirement.kinds]
        parts = [_part(requirement, away, span, case.on) for span in begun]
        return _verdict(requirement, case, away, parts)


Span = tuple[date, date, str, str | None]


def _spans(requirement: Asked, case: Case) -> list[Span]:
    stays = case.there(requirement)
    if requirement.per == "training" and stays:
        first, last = min(s.start for s in stays), max(s.end for s in stays)
        return [(first, last, text("judge.window.training"), None)]
    return [(s.start, s.end, phrases.section_names([s.section]), s.id) for s in stays]


def _shares(away: Iterable[AbsenceLike], start: date, end: date) -> dict[date, int]:
    """Return per cent away on each working day from `start` to `end`; no day is more than one."""
    shares: dict[date, int] = {}
    for absence in away:
        day = max(absence.start, start)
        while day <= min(absence.end, end):
            if is_working_day(day):
                shares[day] = min(100, shares.get(day, 0) + absence.percent)
            day += DAY
    return shares


def _days(away: Iterable[AbsenceLike], start: date, end: date) -> Fraction:
    return Fraction(sum(_shares(away, start, end).values()), 100)


def _part(requirement: Asked, away: Iterable[AbsenceLike], span: Span, on: date) -> Part:
    start, end, label, id = span
    until = min(end, on)
    have = _days(away, start, until)
    within = have <= requirement.max_days
    ids = tuple(a.id for a in away if a.start <= until and a.end >= start)
    return Part(
        label,
        Status.MET if within else Status.LATE if on <= end else Status.MISSING,
        need=requirement.max_days,
        have=have,
        window=(start, end),
        due=end,
        counted=ids,
        placement_id=id,
    )


def _verdict(
    requirement: Asked, case: Case, away: Sequence[AbsenceLike], parts: list[Part]
) -> Verdict:
    over = [p for p in parts if p.status is not Status.MET]
    part = over[-1] if over else parts[-1]
    have, most = part.have or Fraction(0), requirement.max_days
    shown = text(
        "judge.absence.days",
        days=phrases.number(have),
        most=phrases.amount(most, "days"),
        place=part.label,
    )
    status, next_date = part.status, None
    role = text(f"word.role.{requirement.contact}")
    if over:
        shown += " " + text("judge.absence.contact", role=role)
    elif part.window:
        next_date = _passes(away, part.window, most)
        if next_date is not None:
            status = Status.SOON
            shown += " " + text("judge.absence.ahead", day=phrases.day(next_date), role=role)
    return Verdict(
        status,
        shown,
        need=most,
        have=have,
        unit="days",
        window=part.window,
        next_date=next_date,
        counted=tuple(dict.fromkeys(id for p in parts for id in p.counted)),
        parts=tuple(parts),
    )


def _passes(away: Sequence[AbsenceLike], window: tuple[date, date], most: int) -> date | None:
    """Return the day on which planned absence will pass the limit, if it will."""
    total = 0
    for day, share in sorted(_shares(away, *window).items()):
        total += share
        if total > most * 100:
            return day
    return None


def _teaching(case: Case) -> Verdict:
    """Compulsory teaching that was missed shall have been notified, with its reason."""
    held = (e for e in case.records.educations if e.day <= case.on and not e.planned)
    compulsory = [e for e in held if e.compulsory]
    if not compulsory:
        return Verdict(Status.UNKNOWN, text("judge.absence.no_teaching"))
    missed = sorted((e for e in compulsory if not e.attended), key=lambda e: (e.day, e.id))
    silent = [e for e in missed if not (e.absence_notified and e.absence_reason)]
    counted = tuple(e.id for e in missed)
    need, have = len(missed), len(missed) - len(silent)
    if silent:
        days = phrases.some([phrases.day(e.day) for e in silent])
        sentence = text("judge.absence.silent", days=days)
        return Verdict(Status.LATE, sentence, need, have, "times", counted=counted)
    present = len(compulsory) - len(missed)
    sentence = text("judge.absence.taught", present=present, all=len(compulsory))
    return Verdict(Status.MET, sentence, need, have, "times", counted=counted)
