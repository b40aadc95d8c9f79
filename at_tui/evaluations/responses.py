"""The way back: what a unit did about a year's evaluations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from schema.fault import Fault

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from at_tui.evaluations.results import Subject
    from data.work import Work
    from schema.tables import UnitResponse


def save_response(
    work: Work,
    subject: Subject,
    *,
    year: int,
    text: str,
    by_id: str | None,
    on: date,
    response_id: str = "",
) -> UnitResponse:
    """Write what was done, anew or changed, and return the record.

    Raises:
        Fault: `evaluations.year_ahead` for a year that has not begun, `store.no_record`.
        Invalid: an empty text.
    """
    from schema.tables import UnitResponse

    if year > on.year:
        raise Fault("evaluations.year_ahead", exit_code=2, year=year)
    if response_id:
        record = work.need(UnitResponse, response_id)
    else:
        record = UnitResponse(
            unit_id=subject.unit_id or None, about=subject.about, year=year, text=text, day=on
        )
    record.year, record.text, record.by_id, record.day = year, text, by_id, on
    return work.save(record)
