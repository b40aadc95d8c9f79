"""The rows of Idag: duties, doctors, what was noted lately, and the ways to begin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.instrument_names import short_name
from at_tui.kind_words import of_kind
from at_tui.language import text
from at_tui.today import Duty, met, week
from screens.dates import near, short, weekday
from screens.text import safe
from screens.widgets.rows import Column, Row, remark
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from at_tui.stand import Stand
    from data.glance import Doctor, Event

# One grid for the three sections: the first and the last column stand at the same place in all.
_FIRST = Column(width=16, wide=22)
_LAST = Column(width=14, wide=16)
_DUTY = (_FIRST, Column(width=42, grow=1), _LAST)
_DOCTOR = (
    _FIRST,
    Column(width=13),
    Column(width=16, grow=20, most=30, wide_only=True),
    Column(width=10),
    Column(width=14, grow=1),
    _LAST,
)
_EVENT = (_FIRST, Column(width=19, wide=24), Column(width=21, grow=1), _LAST)


def begin_rows(demo: bool) -> list[Row]:
    """Return the ways to begin in an empty file."""
    names = ("new", "import") if demo else ("new", "import", "demo")
    rows: list[Row] = []
    for name in names:
        words = safe(text(f"today.begin.{name}"), "bold")
        more = text(f"today.begin.{name}_more")
        columns = (Column(width=40, grow=1),)
        rows += [remark(""), Row(f"begin:{name}", (words,), detail=more, columns=columns)]
    return rows


def duty_id(duty: Duty) -> str:
    """Return the id of a duty's row, the same whatever comes in above it."""
    what = duty.record_id or duty.values.get("title", "")
    return f"duty:{duty.doctor.training_id}:{duty.sentence}:{what}"


def duty_row(id_: str, duty: Duty, on: date) -> Row:
    """Return the row of something to do, with what Enter does."""
    values = dict(duty.values)
    if "instrument" in values:
        values["instrument"] = short_name(str(values["instrument"]))
    if "section" in values:
        values["section"] = text(f"word.section_short.{values['section']}")
    if "owner" in values:
        values["owner"] = of_kind(text(f"word.owner.{values['owner']}"), duty.doctor.kind)
    what = safe(text(f"today.duty.{duty.sentence}", **values))
    if duty.dated:
        late = duty.day < on
        style = "bold $error" if late and duty.rank <= 1 else "bold"
        what = Content.assemble(safe(_when(duty.day, on), style), "  ", what)
    planned = duty.sentence in ("plan_late", "plan_soon")
    doing = text(f"today.act.{duty.act if planned else duty.sentence}")
    act = Content.assemble(("↵ ", "$accent bold"), (doing, "$accent"))
    name = safe(duty.doctor.name, "bold")
    return Row(id_, (name, what, act), columns=_DUTY)


def _when(day: date, on: date) -> str:
    away = abs((day - on).days)
    if away <= 1:
        return near(day, on)
    return f"{weekday(day)} {short(day, on)}" if away < 7 else short(day, on)


def doctor_row(id_: str, doctor: Doctor, on: date, stand: Stand | None) -> Row:
    """Return the row of one in training; `stand` is what the plan says, once it is judged."""
    stay = doctor.stay
    if stay is None:
        where: tuple[str | Content, ...] = (
            safe(text("today.no_stay"), "$text-muted"), "", "", "",
        )  # fmt: skip
    else:
        held, weeks = met(doctor, on)
        where = (
            text(f"word.section_short.{stay.section}"),
            safe(stay.unit, "$text-muted"),
            text("today.week", week=week(stay, on)[0], weeks=week(stay, on)[1]),
            text("today.met_short", met=held, weeks=weeks),
        )
    return Row(id_, (doctor.name, *where, _state(doctor, on, stand)), columns=_DOCTOR)


def _state(doctor: Doctor, on: date, stand: Stand | None) -> Content:
    if doctor.away and doctor.away_until:
        kind = text(f"word.absence.{doctor.away}")
        words = text("today.away", kind=kind, day=short(doctor.away_until, on))
        return status(Status.NONE, words)
    if stand is not None:
        if stand.late:
            return status(Status.LATE, text("today.late", count=stand.late))
        if stand.missing:
            return status(Status.MISSING, text("today.missing", count=stand.missing))
        return status(Status.ON_TRACK)
    coming = [session for session in doctor.planned if session.day >= on]
    if coming:
        return status(Status.MET, short(coming[0].day, on))
    if doctor.stay is None:
        return Content("")
    return status(Status.LATE, text("today.unplanned"))


def event_row(id_: str, event: Event, on: date) -> Row:
    """Return the row of something noted lately."""
    if event.kind == "supervision":
        what, state = text(f"today.event.{event.what}"), ""
    elif event.kind == "assessment":
        what, state = short_name(event.what), text(f"today.lock.{event.status}")
    else:
        what, state = text("today.event.certificate"), text(f"today.lock.{event.status}")
    day = safe(near(event.day, on), "$text-muted")
    style = "$warning" if event.status == "draft" else "$text-muted"
    return Row(id_, (day, what, event.name, safe(state, style)), columns=_EVENT)
