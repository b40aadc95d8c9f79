"""The map of supervision in characters: one a week, with a letter for why it was cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from at_tui.kollegium.coverage import (
    Cell,
    CoverageMap,
    DoctorWeeks,
    Standing,
    UnitRow,
    letter,
    letters,
)
from at_tui.kollegium.weeks import SYMBOLS, Mark, Week
from at_tui.language import text
from screens.text import fit, safe
from screens.widgets.rows import Column, Row

SIGN = {
    Standing.UNNAMED: ("?", "$error"),
    Standing.SILENT: ("!", "$warning"),
    Standing.MEETS: ("✓", "$success"),
    Standing.NOBODY: ("–", "$text-muted"),
}
"""The sign of each standing, and the colour that adds to it."""
STANDING = 25
_STYLE = {
    Mark.MET: "$success", Mark.PLANNED: "$accent", Mark.CANCELLED: "bold $warning",
    Mark.NOTHING: "$error", Mark.AWAY: "$text-muted",
}  # fmt: skip
_NOW = "on $panel"


def columns(weeks: int) -> tuple[Column, ...]:
    """Return the map's columns for so many weeks."""
    return (
        Column(width=20, grow=1, most=40),
        Column(width=weeks),
        Column(width=12, wide_only=True, right=True),
        Column(width=STANDING),
    )


def cell(found: Cell) -> Content:
    """Return one week of a unit."""
    sign = found.symbol
    if found.mark is Mark.CANCELLED and found.reasons:
        sign = letter([reason for reason, _ in found.reasons])
    return Content.styled(sign, _STYLE.get(found.mark, ""))


def week(found: Week) -> Content:
    """Return one week of one doctor."""
    sign = SYMBOLS[found.mark]
    if found.mark is Mark.CANCELLED and found.reasons:
        sign = letter(found.reasons)
    return Content.styled(sign, _STYLE.get(found.mark, ""))


def strip(cells: Sequence[Content], weeks: Sequence[date], on: date) -> Content:
    """Return the weeks side by side, the one of today on a ground of its own."""
    parts = []
    for each, monday in zip(cells, weeks, strict=True):
        now = 0 <= (on - monday).days < 7
        parts.append(each.stylize(_NOW) if now else each)
    return Content("").join(parts)


def numbers(weeks: Sequence[date]) -> Content:
    """Return week numbers over the columns of the map, every fourth."""
    line = ""
    for place, monday in enumerate(weeks):
        if place % 4 == 0 and place <= len(weeks) - 2:
            line = line.ljust(place) + str(monday.isocalendar().week)
    return Content.styled(line.ljust(len(weeks)), "$text-muted")


def standing(found: Standing) -> Content:
    """Return the sign and the words of a standing."""
    mark, style = SIGN[found]
    words = safe(text(f"coverage.standing.{found}"))
    return Content.assemble((mark, f"bold {style}"), " ", words)


def unit_row(unit: UnitRow, shown: slice, found: CoverageMap, room: int) -> Row:
    """Return a unit's row, its name in `room` cells."""
    cells = [cell(each) for each in unit.cells[shown]]
    name = unit.unit or text("coverage.no_unit")
    if unit.site and sum(each.unit == unit.unit for each in found.units) > 1:
        # Two clinics of one name: the town is what tells them apart, so it is never cut.
        name = f"{fit(name, max(4, room - len(unit.site) - 1)).rstrip()} {unit.site}"
    return Row(
        unit.unit_id or "-",
        (
            safe(name, "bold"),
            strip(cells, found.weeks[shown], found.on),
            _met(*seen(unit, shown, found.on)),
            standing(unit.standing),
        ),
        search=f"{name} {unit.site} {text(f'coverage.standing.{unit.standing}')}",
    )


def doctor_row(doctor: DoctorWeeks, shown: slice, found: CoverageMap) -> Row:
    """Return a doctor's row on a unit's page."""
    cells = [week(each) for each in doctor.weeks[shown]]
    named = doctor.supervisor or text("coverage.no_supervisor")
    mark, style = SIGN[doctor.standing]
    return Row(
        doctor.training_id,
        (
            safe(doctor.name, "bold"),
            strip(cells, found.weeks[shown], found.on),
            _met(doctor.met, doctor.there),
            Content.assemble((mark, f"bold {style}"), " ", safe(named)),
        ),
    )


def _met(met: int, there: int) -> Content:
    return safe(text("coverage.of", met=met, of=there) if there else "–", "$text-muted")


def seen(unit: UnitRow, shown: slice, on: date) -> tuple[int, int]:
    """Return in how many of the shown doctor-weeks a session was held, of how many gone by."""
    cells = [each for each in unit.cells[shown] if each.monday <= on]
    return sum(each.met for each in cells), sum(each.placed for each in cells)


def is_there(unit: UnitRow, shown: slice) -> bool:
    """Return whether anybody is placed at the unit in the shown weeks."""
    outside = Mark.OUTSIDE
    return any(w.mark is not outside for d in unit.doctors for w in d.weeks[shown])


def legend() -> Content:
    """Return what the signs mean."""
    return Content("\n").join(
        [
            Content.styled(text("coverage.legend"), "$text-muted"),
            Content.styled(text("coverage.legend_letters", letters=letters()), "$text-muted"),
        ]
    )


def counts(found: CoverageMap) -> Content:
    """Return how many lack a supervisor, and how many are not met by theirs."""
    unnamed, silent = (sum(getattr(u, n) for u in found.units) for n in ("unnamed", "silent"))
    return Content.assemble(
        ("? ", "bold $error"), safe(text("coverage.unnamed", count=unnamed)), "   ",
        ("! ", "bold $warning"), safe(text("coverage.silent", count=silent)),
    )  # fmt: skip
