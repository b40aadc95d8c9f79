"""What is said of a doctor, in the assessors' own words, and who has said nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from at_tui.kollegium.forms import Form
    from data.kollegium_rows import PlacementLine

LONG_ENOUGH = timedelta(days=21)
"""Whoever supervised for less in the period is not missed."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote in one form, whole."""

    said: tuple[tuple[str, str], ...]
    """(`keep` or `change`, the words), in the order of the form."""
    instrument: str
    section: str
    """Section code; empty when it belongs to no placement."""
    day: date
    assessor: str
    """The assessor as one tells them apart; never printed."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """Someone whose view the meeting lacks."""

    person_id: str
    """Empty when nobody is named."""
    person: str
    unit_id: str
    unit: str
    section: str
    last_heard: date | None
    """The latest day on which they wrote anything, before the period."""
    reminded: date | None


def quotes(case: Case, most: int = 4) -> list[Quote]:
    """Return what was written since the last kollegium, the latest of each assessor first, then
    more of the same assessors. When too little was written, what was said before fills up.
    """
    recent = [form for form in case.evidence if form.day >= case.since]
    chosen = _one_each(case, recent, most)
    if len(chosen) < most:
        earlier = [form for form in case.evidence if form.day < case.since]
        chosen += _one_each(case, earlier, most - len(chosen))
    return chosen


def _one_each(case: Case, forms: Iterable[Form], most: int) -> list[Quote]:
    turns: Counter[str] = Counter()
    order: list[tuple[int, int, Quote]] = []
    written: set[tuple[tuple[str, str], ...]] = set()
    for place, form in enumerate(sorted(forms, key=lambda f: (f.day, f.record.id), reverse=True)):
        said = tuple(form.said("keep", "change"))
        if not said or said in written:
            continue
        written.add(said)
        stay = case.binder.placement_of(form.record)
        quote = Quote(
            said=said,
            instrument=form.instrument.short_title,
            section=stay.section if stay else "",
            day=form.day,
            assessor=form.assessor,
        )
        order.append((turns[form.assessor], place, quote))
        turns[form.assessor] += 1
    chosen = [quote for _, _, quote in sorted(order, key=lambda each: each[:2])[:most]]
    return sorted(chosen, key=lambda quote: quote.day, reverse=True)


def unheard(case: Case) -> list[Unheard]:
    """Return the supervisors of the period who have written nothing in it, and the placements
    where nobody is named."""
    found: list[Unheard] = []
    seen: set[tuple[str, str]] = set()
    for stay in case.binder.placements:
        first, last = max(stay.start, case.since), min(stay.end, case.on)
        if last - first < LONG_ENOUGH or case.has_left:
            continue
        key = (stay.supervisor_id or "", stay.unit_id or "")
        if key in seen or _heard(case, stay):
            continue
        seen.add(key)
        found.append(_unheard(case, stay))
    return found


def _heard(case: Case, stay: PlacementLine) -> bool:
    """Return whether the supervisor has filled in anything, signed or not, in the period."""
    return stay.supervisor_id is not None and any(
        form.record.assessor_id == stay.supervisor_id and form.day >= case.since
        for form in case.forms
    )


def _unheard(case: Case, stay: PlacementLine) -> Unheard:
    days = [f.day for f in case.forms
            if stay.supervisor_id and f.record.assessor_id == stay.supervisor_id]  # fmt: skip
    return Unheard(
        person_id=stay.supervisor_id or "",
        person=case.shelf.person(stay.supervisor_id),
        unit_id=stay.unit_id or "",
        unit=case.shelf.unit(stay.unit_id),
        section=stay.section,
        last_heard=max(days, default=None),
        reminded=_reminded(case, stay),
    )


def _reminded(case: Case, stay: PlacementLine) -> date | None:
    meeting = case.shelf.kollegier.get(case.meeting_id)
    if meeting is None:
        return None
    days = [meeting.reminded.get(id or "") for id in (stay.supervisor_id, stay.unit_id)]
    return max((day for day in days if day), default=None)
