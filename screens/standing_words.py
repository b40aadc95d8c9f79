"""Findings in words, signs and columns: what the screens of the programme share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.instrument_names import short_name
from at_tui.judge import phrases
from at_tui.judge.finding import Finding, Number, Part, Status
from at_tui.language import has, text
from screens.dates import month, short, with_weekday
from screens.text import safe
from screens.trainee.words import hours, period

if TYPE_CHECKING:
    from at_tui.counted import Counted
    from at_tui.judge.records import Records

SIGN: dict[Status, tuple[str, str]] = {
    Status.LATE: ("!", "$error"),
    Status.SOON: ("~", "$warning"),
    Status.MISSING: ("✗", "$error"),
    Status.UNKNOWN: ("?", "$warning"),
    Status.ON_WAY: ("→", "$text-muted"),
    Status.MET: ("✓", "$success"),
    Status.NOT_ASKED: ("–", "$text-muted"),
}
"""The sign of each status, and the colour that adds to it."""
MARK = "°"
"""Stands by what we had to choose ourselves (arbetstext)."""


def sign(status: Status) -> Content:
    """Return the sign alone, for rows under a heading that says the word."""
    mark, style = SIGN[status]
    return Content.styled(mark, f"bold {style}")


def sign_and_word(status: Status) -> Content:
    """Return e.g. `! försenat`."""
    return Content.assemble(sign(status), " ", str(status))


def have_of_need(
    have: Number | None, need: Number | None, unit: str | None, *, brief: bool = False
) -> str:
    """Return e.g. `9 av 12 veckor`, or `9 av 12 v` in `brief`; a dash where nothing is counted."""
    if have is None and need is None:
        return "–"
    if need is None or unit is None:
        return "–" if have is None else phrases.number(have)
    amount = phrases.amount(need, unit)
    if brief:
        amount = f"{phrases.number(need)} {text(f'program.unit.{unit}')}"
    if have is None:
        return amount
    return text("program.have_of", have=phrases.number(have), need=amount)


def is_working(finding: Finding) -> bool:
    """Whether something of it is our own reading of the source."""
    return bool(finding.source.assumption) or not finding.source.verified


def strength(finding: Finding) -> Content:
    """Return the strength, with the mark of what is our own reading."""
    words = safe(finding.strength, "" if finding.strength == "ska" else "$text-muted")
    return Content.assemble(words, MARK) if is_working(finding) else words


def what_lacks(finding: Finding) -> str:
    """Return the sentence without the count that stands in a column of its own."""
    count = have_of_need(finding.have, finding.need, finding.unit)
    return finding.sentence.removeprefix(f"{count}. ")


_WINDOWS = ("weeks", "months", "quarters", "half_years", "terms", "years", "periods")


def part_words(part: Part, unit: str | None, *, minutes: bool = False) -> str:
    """Return what there is of what is asked in one window or place; times where it is minutes."""
    if part.have is None or part.need is None:
        return "–" if part.have is None else phrases.number(part.have)
    have, need = phrases.number(part.have), phrases.number(part.need)
    if minutes:
        need = hours(int(part.need))
    elif unit is not None and unit not in _WINDOWS:
        need = phrases.amount(part.need, unit)
    return text("program.have_of", have=hours(int(part.have)) if minutes else have, need=need)


def record_words(one: Counted, records: Records, on: date) -> tuple[str, str, str]:
    """Return the day, what it is, and what else there is to say of a record."""
    record, day = one.record, with_weekday(one.day, on) if one.day else ""
    if one.sort == "supervision":
        topics = record.note
        return day, f"{_form(record.form)}, {hours(record.minutes)}", topics
    if one.sort == "assessment":
        who = records.people.get(record.assessor_id or "")
        return day, short_name(record.instrument_id), who.name if who else ""
    if one.sort in ("placement", "absence"):
        days = period(record.start, record.end, on)
        if one.sort == "absence":
            return days, text(f"word.absence.{record.kind}"), f"{record.percent} %"
        unit = records.units.get(record.unit_id or "")
        name = text(f"word.section_short.{record.section}")
        return days, f"{name}, {record.percent} %", unit.name if unit else ""
    if one.sort == "education":
        length = hours(record.minutes) if record.minutes else phrases.amount(record.days, "days")
        return day, f"{text(f'word.education.{record.kind}')}, {length}", _title(record)
    if one.sort in ("talk", "introduction", "certificate"):
        key = f"word.{one.sort}.{record.kind}"
        return day, text(key) if has(key) else text(f"program.sort.{one.sort}"), ""
    if one.sort in ("person", "trainee", "unit"):
        return "", record.name, getattr(record, "title", "")
    if one.sort == "decision":
        key = f"word.outcome.{record.outcome}"
        return day, text("program.sort.decision"), text(key) if has(key) else ""
    if one.sort == "account":
        return day, _title(record), phrases.amount(record.amount_ore // 100, "kr")
    return day, text(f"program.sort.{one.sort}"), ""


def _form(form: str) -> str:
    key = f"word.form.{form}"
    return text(key) if has(key) else str(form)


def _title(record: object) -> str:
    return str(getattr(record, "title", ""))


def day_or_month(day: date | None, on: date) -> str:
    """Return `27 nov`, another year's as `jan 2027`, or a dash."""
    if day is None:
        return "–"
    return short(day) if day.year == on.year else f"{month(day)} {day.year}"
