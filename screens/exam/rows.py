"""The rows of the page about the exam: what stops it, days, time, medsittningar, registration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.judge import phrases
from at_tui.language import text
from screens.dates import short, with_weekday
from screens.text import safe
from screens.trainee.words import period
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from at_tui.exam.dates import Occasion
    from at_tui.exam.reading import ExamFile
    from at_tui.exam.sit_ins import SitIn
    from at_tui.exam.window import Chance, Stop, Subject, Window
    from schema.tables import ExamSitting

MARGIN, SCROLLBAR = 6, 3
"""Cells beside a line that wraps, and those that a list may need for its scrollbar and edge."""

_DAY = (Column(width=16, wide=20), Column(width=29, wide=34), Column(width=24, grow=1))
_TIME = (
    Column(width=22, wide=28),
    Column(width=16, right=True),
    Column(width=26, grow=1),
)
_FORM = (Column(width=16, wide=20), Column(width=30, grow=1, most=46), Column(width=24, wide=26))
_STEP = (Column(width=3), Column(width=54, grow=1), Column(width=11))
_RESULT = (Column(width=20), Column(width=16), Column(width=34, grow=1))


def says(found: Window) -> Content:
    """Return in one sentence when the exam can be sat."""
    key, style = found.standing.value, "$warning"
    values = {"need": phrases.amount(found.need, "months"), "day": "", "last": ""}
    mark = "~"
    if key in ("ready", "passed", "registered"):
        mark, style = "✓", "$success"
    elif key in ("never", "unclear"):
        mark, style = "✗", "$error"
    day = _day_of(found)
    if day is not None:
        values["day"] = phrases.day(day)
    last = found.next.occasion.apply_by if found.next else None
    if key == "mend" and last is not None:
        key, values["last"] = "mend_by", phrases.day(last)
    if key == "later" and found.next is None:
        key = "later_none"
    if key == "no_date" and found.eligible_on and found.eligible_on <= found.on:
        key = "no_date_now"
    return Content.assemble((mark, style), " ", safe(text(f"exam.says.{key}", **values), "bold"))


def _day_of(found: Window) -> date | None:
    kind = found.standing.value
    if kind == "passed":
        return max(s.day for s in found.sittings if s.passed and s.day <= found.on)
    if kind == "waiting":
        return max(s.day for s in found.sittings if s.passed is None and s.day < found.on)
    if kind == "registered":
        return min(s.day for s in found.sittings if s.day >= found.on)
    if found.next is not None:
        return found.next.occasion.day
    return found.eligible_on


def remarks(found: Window) -> Iterator[Content]:
    """Yield what else is to be known: how often the medsittningar can be used."""
    if found.oral:
        yield safe("! " + text("exam.says.oral", used=found.used), "$warning")
    elif found.used and found.standing.value != "passed":
        words = text("exam.says.used", left=found.valid - found.used)
        yield safe(words, "$text-muted")


def rows_of(file: ExamFile, width: int) -> Iterator[Row]:
    """Yield the rows of the page."""
    found = file.window
    if found is None:
        words = text("exam.no_exam", programme=file.plan.title)
        yield Row("", (safe(words, "$text-muted"),), wraps=True)
        return
    if found.standing.value != "passed":
        yield heading(text("exam.heading.stops"), str(len(found.stops) or ""))
        for number, stop in enumerate(found.stops):
            yield _stop(number, stop, width)
        if not found.stops:
            yield remark(text("exam.row.no_stops"))
        yield heading(text("exam.heading.dates"))
        for chance in found.chances:
            yield _chance(chance, found.on)
        if not found.chances:
            yield remark(text("exam.row.no_dates"))
    yield from _registration(file)
    yield heading(text("exam.heading.sit_ins"))
    for form in found.sit_ins:
        yield _sit_in(form, found.on)
    yield from _time(found)
    yield from _results(file)


def _stop(number: int, stop: Stop, width: int) -> Row:
    mark, style = ("✗", "$error") if stop.hard else ("~", "$warning")
    words = Content.assemble((mark, style), " ", safe(stop.sentence))
    way = text(f"exam.way.{stop.way}")
    if way:
        words = with_way(words, safe(f"→ {way}", "$accent"), width)
    return Row(f"stop:{number}", (words,), wraps=True)


def with_way(words: Content, way: Content, width: int) -> Content:
    """Return the sentence with its way after it, on a line of its own where it would be broken."""
    beside = Content.assemble(words, "  ", way)
    rooms = range(width - MARGIN - SCROLLBAR, width - MARGIN + 1)
    whole = all(
        any(way.plain in line.plain for line in beside.wrap(max(10, room))) for room in rooms
    )
    return beside if whole else Content.assemble(words, "\n", way)


def period_of(one: Occasion, on: date) -> str:
    """Return when one registers for a day of the exam."""
    if one.apply_by is None:
        return text("exam.row.apply_unknown")
    if one.opens_on is None:
        return text("exam.row.apply_by", last=short(one.apply_by, on))
    return text("exam.row.apply", days=period(one.opens_on, one.apply_by, on))


def _chance(chance: Chance, on: date) -> Row:
    one = chance.occasion
    if chance.ready:
        state = status(Status.MET, text("exam.row.can"))
    elif chance.open:
        words = text("exam.row.can_mend", count=len(chance.stops))
        state = status(Status.SOON, words)
    elif one.is_closed(on):
        state = status(Status.NONE, text("exam.row.closed"))
    else:
        state = status(Status.MISSING, text("exam.row.cannot"))
    cells = (with_weekday(one.day, on), safe(period_of(one, on), "$text-muted"), state)
    return Row(f"day:{one.day.isoformat()}", cells, columns=_DAY)


def _sit_in(form: SitIn, on: date) -> Row:
    signs = {
        "complete": Status.MET,
        "lacking": Status.LATE,
        "draft": Status.DRAFT,
        "failed": Status.MISSING,
        "none": Status.MISSING,
    }
    who = text("exam.row.nobody")
    if form.day is not None:
        who = text("exam.row.examiner", name=form.examiner or "–", day=short(form.day, on))
    words = text(f"exam.sit_in.{form.state}", count=len(form.lacks))
    section = text(f"word.section_short.{form.section}")
    cells = (section, safe(who, "$text-muted"), status(signs[form.state.value], words))
    lacks = lack_sentences(form) if form.state.value == "lacking" else []
    row_id = f"form:{form.form_id or form.section}"
    return Row(row_id, cells, columns=_FORM, detail=_under(lacks))


def _under(sentences: list[str]) -> Content | str:
    return Content.assemble("  ", safe(" ".join(sentences))) if sentences else ""


def lack_sentences(form: SitIn) -> list[str]:
    """Return what lacks in a medsittning, in sentences."""
    return [text(lack.key, **lack.values) for lack in form.lacks]


def _time(found: Window) -> Iterator[Row]:
    yield heading(text("exam.heading.time"))
    total = (found.served, found.need, found.eligible_on)
    yield _length("total", text("exam.row.total"), *total, found.on)
    for subject in found.subjects:
        yield _subject(subject, found.on)


def _subject(subject: Subject, on: date) -> Row:
    name = text(f"word.section_short.{subject.section}")
    return _length(subject.section, name, subject.served, subject.need, subject.reached, on)


def _length(id: str, name: str, have: object, need: object, reached: date | None, on: date) -> Row:
    from fractions import Fraction

    served, asked = Fraction(str(have)), Fraction(str(need))
    values = {"have": phrases.number(min(served, asked)), "need": phrases.number(asked)}
    if reached is None:
        state = status(Status.MISSING, text("exam.row.never"))
    elif served >= asked:
        state = status(Status.MET, text("exam.row.reached", day=short(reached, on)))
    else:
        state = status(Status.SOON, text("exam.row.reaches", day=short(reached, on)))
    return Row(f"time:{id}", (name, text("exam.row.months", **values), state), columns=_TIME)


def _registration(file: ExamFile) -> Iterator[Row]:
    found, sitting = file.window, file.next_sitting
    if found is None or found.standing.value in ("passed", "waiting"):
        return
    if sitting is None:
        yield heading(text("exam.heading.registration"))
        yield remark(text("exam.row.not_registered"))
        return
    steps = [s for s in file.rules.steps if file.first_time or not s.first_time]
    done = sum(step.id in sitting.documents for step in steps)
    right = text("exam.row.steps_done", done=done, all=len(steps))
    yield heading(text("exam.heading.registration"), right)
    day = with_weekday(sitting.day, file.on)
    words = text("exam.row.registered_unknown", day=day)
    if sitting.registered_on is not None:
        registered = short(sitting.registered_on, file.on)
        words = text("exam.row.registered", day=day, registered=registered)
    yield Row(f"sitting:{sitting.id}", (safe(words),), wraps=True)
    ready = {form.section: form.state.value == "complete" for form in found.sit_ins}
    for step in steps:
        box = ("[x]", "$success") if step.id in sitting.documents else ("[ ]", "$text-muted")
        note = ""
        if step.section in ready and not found.oral:
            note = text("exam.row.form_ready" if ready[step.section] else "exam.row.form_not_ready")
        cells = (Content.styled(*box), safe(step.label), safe(note, "$text-muted"))
        yield Row(f"step:{step.id}", cells, columns=_STEP)
    if not file.first_time:
        yield remark(text("exam.row.again"))


def _results(file: ExamFile) -> Iterator[Row]:
    past = [s for s in file.sittings if s.day < file.on or s.passed is not None]
    if not past:
        return
    yield heading(text("exam.heading.results"))
    for sitting in past:
        yield _result(sitting, file)


def _result(sitting: ExamSitting, file: ExamFile) -> Row:
    if sitting.passed is None:
        state = status(Status.SOON, text("exam.row.no_result"))
    elif sitting.passed:
        state = status(Status.MET, text("exam.row.passed"))
    else:
        state = status(Status.MISSING, text("exam.row.failed"))
    points = ""
    if sitting.points is not None:
        most = file.rules.most_points
        points = text("exam.row.points", points=sitting.points, most=most)
    kind = text("exam.row.oral" if sitting.oral else "exam.row.written")
    told = Content.assemble(safe(kind, "$text-muted"), "  ", safe(points))
    return Row(f"sitting:{sitting.id}", (short(sitting.day, file.on), state, told), columns=_RESULT)
