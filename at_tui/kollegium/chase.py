"""Who still owes the meeting something, and what: to ask for, not to blame for.

A debt says what the records lack and nothing of how anybody is judged: no group, no concern, no
level stands in a list that is mailed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from at_tui.judge import Status
from at_tui.judge.calendar import is_working_day
from at_tui.judge.phrases import day as day_words
from at_tui.judge.phrases import some
from at_tui.kollegium import weeks
from at_tui.kollegium.cohort import QUIET, binding
from at_tui.kollegium.picture import without_plans
from at_tui.kollegium.voices import unheard
from at_tui.language import text
from schema.text import sort_key
from schema.words import AgreementOwner, SupervisionStatus

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.kollegium_rows import PlacementLine
    from data.kollegium_shelf import Shelf

UNSEEN = timedelta(weeks=6)
"""No observation in the placement for so long is asked about."""
RIPE = timedelta(days=7)
"""An unsigned form is left alone for so long."""
GRACE = timedelta(days=14)
"""A certificate may take so long after the placement."""
NOTICE = timedelta(days=7)
"""So long before the meeting it is needed."""
_OWED_KINDS = ("milestone", "assessment")


class DebtCode(StrEnum):
    """What is lacking. Screen words: `kollegium.debt.<value>`."""

    UNNAMED = "unnamed"
    UNHEARD = "unheard"
    QUIET = "quiet"
    UNLOGGED = "unlogged"
    UNSIGNED = "unsigned"
    UNSEEN = "unseen"
    ACTION = "action"
    LATE = "late"
    UNCERTIFIED = "uncertified"


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing that someone owes about one doctor."""

    code: DebtCode
    training_id: str
    name: str
    section: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def sentence(self) -> str:
        """What is lacking, in a few Swedish words."""
        return text(f"kollegium.debt.{self.code}", **dict(self.values))


@dataclass(frozen=True, slots=True)
class Debtor:
    """A person who owes something, or a unit that nobody is known to answer for."""

    person_id: str
    """Empty when nobody is known."""
    name: str
    email: str
    unit_id: str
    unit: str
    debts: tuple[Debt, ...]
    """By doctor, as Swedish readers sort names."""
    reminded: date | None = None


@dataclass(frozen=True, slots=True)
class _Owed:
    person_id: str
    unit_id: str
    debt: Debt


def chase_list(cases: Sequence[Case], shelf: Shelf, meeting_id: str = "") -> list[Debtor]:
    """Return everyone who owes something, as Swedish readers sort names; units without anyone to
    ask come last."""
    # A list that is mailed says nothing of stödplaner, not even by what the judge asks of them.
    shown = [without_plans(case) if case.binder.plans else case for case in cases]
    owed = [each for case in shown if not case.has_left for each in _owed(case)]
    by_debtor: dict[tuple[str, str], list[Debt]] = {}
    for each in owed:
        # A person is asked once, wherever the doctors are; only the nameless are kept by unit.
        key = (each.person_id, "" if each.person_id else each.unit_id)
        by_debtor.setdefault(key, []).append(each.debt)
    found = [_debtor(shelf, *key, debts, meeting_id) for key, debts in by_debtor.items()]
    return sorted(found, key=lambda d: (not d.name, sort_key(d.name), sort_key(d.unit)))


def _debtor(
    shelf: Shelf, person_id: str, unit_id: str, debts: list[Debt], meeting_id: str
) -> Debtor:
    person = shelf.people.get(person_id)
    of_unit = unit_id or (person.unit_id if person else None) or ""
    meeting = shelf.kollegier.get(meeting_id)
    order = list(DebtCode)
    return Debtor(
        person_id=person_id,
        name=person.name if person else "",
        email=person.email if person else "",
        unit_id=of_unit,
        unit=shelf.unit(of_unit),
        debts=tuple(sorted(debts, key=lambda d: (sort_key(d.name), d.training_id,
                                                 order.index(d.code)))),
        reminded=meeting.reminded.get(person_id or unit_id) if meeting else None,
    )  # fmt: skip


def _owed(case: Case) -> list[_Owed]:
    found: list[_Owed] = []

    def add(
        person_id: str | None,
        stay: PlacementLine | None,
        code: DebtCode,
        **values: object,
    ) -> None:
        debt = Debt(
            code, case.binder.id, case.binder.name, stay.section if stay else "",
            tuple(values.items()),
        )  # fmt: skip
        found.append(_Owed(person_id or "", (stay.unit_id or "") if stay else "", debt))

    stay = case.placement
    if stay is not None and case.away_until is None:
        asked = stay.supervisor_id or _head(case, stay)
        if stay.supervisor_id is None:
            add(_head(case, stay), stay, DebtCode.UNNAMED)
        if case.quiet_weeks >= QUIET and not _meets_soon(case):
            add(asked, stay, DebtCode.QUIET, weeks=case.quiet_weeks)
        since = max(case.latest.day if case.latest else stay.start, stay.start)
        if case.on - since > UNSEEN:
            add(asked, stay, DebtCode.UNSEEN, weeks=(case.on - since).days // 7)
        for finding in binding(case):
            if finding.status is Status.LATE and finding.kind in _OWED_KINDS:
                add(asked, stay, DebtCode.LATE, title=finding.title)
    for each in unheard(case):
        if each.person_id:
            of = next((p for p in case.binder.placements
                       if p.supervisor_id == each.person_id
                       and (p.unit_id or "") == each.unit_id), None)  # fmt: skip
            add(each.person_id, of, DebtCode.UNHEARD)
    _unlogged(case, add)
    _unsigned(case, add)
    _actions(case, add)
    _uncertified(case, add)
    return found


def _meets_soon(case: Case) -> bool:
    return case.next_planned is not None and case.next_planned <= case.on + weeks.WEEK


def _head(case: Case, stay: PlacementLine) -> str | None:
    unit = case.shelf.units.get(stay.unit_id or "")
    return unit.head_id if unit else None


def _unlogged(case: Case, add: Callable[..., None]) -> None:
    by: dict[str | None, list[date]] = {}
    stays: dict[str | None, PlacementLine | None] = {}
    for session in case.binder.sessions:
        passed = case.on - timedelta(days=120) <= session.day < case.on
        if session.status == SupervisionStatus.PLANNED and passed:
            stay = case.binder.placement_of(session)
            person = session.supervisor_id or (stay.supervisor_id if stay else None)
            by.setdefault(person, []).append(session.day)
            stays[person] = stay
    for person, days in by.items():
        told = some([day_words(day) for day in sorted(days)])
        add(person, stays[person], DebtCode.UNLOGGED, days=told)


def _unsigned(case: Case, add: Callable[..., None]) -> None:
    by: dict[str | None, list[str]] = {}
    stays: dict[str | None, PlacementLine | None] = {}
    for form in case.forms:
        if form.counts or case.on - form.day < RIPE:
            continue
        stay = case.binder.placement_of(form.record)
        person = form.record.assessor_id or (stay.supervisor_id if stay else None)
        said = f"{form.instrument.short_title} {day_words(form.day)}"
        by.setdefault(person, []).append(said)
        stays[person] = stay
    for person, forms in by.items():
        add(person, stays[person], DebtCode.UNSIGNED, forms=some(forms))


def _actions(case: Case, add: Callable[..., None]) -> None:
    stay = case.placement
    for action in case.open_actions:
        if action.due is None or action.due >= case.on or action.owner == AgreementOwner.TRAINEE:
            continue
        person = action.owner_id
        if person is None and action.owner == AgreementOwner.SUPERVISOR and stay:
            person = stay.supervisor_id
        if person is not None:
            add(person, stay, DebtCode.ACTION, text=action.text, due=day_words(action.due))


def _uncertified(case: Case, add: Callable[..., None]) -> None:
    done = {c.placement_id for c in case.binder.certificates if c.status != "voided"}
    for stay in case.binder.placements:
        late = case.on - stay.end
        if GRACE < late < timedelta(days=180) and stay.id not in done:
            add(_head(case, stay), stay, DebtCode.UNCERTIFIED, end=day_words(stay.end))


def needed_by(on: date, meeting_day: date | None) -> date:
    """Return the day by which to ask for it: a week before the meeting, or a week from `on` when
    none is set up; a working day after `on`, but never after the meeting."""
    ahead = meeting_day or on + 2 * NOTICE
    found = max(ahead - NOTICE, on + timedelta(days=1))
    while not is_working_day(found):
        found += timedelta(days=1)
    return min(found, max(ahead, on))


def chase_text(debtor: Debtor, *, meeting_day: date | None, until: date, sender: str = "") -> str:
    """Return a mail to one who owes something, ready to paste. Plain text, no layout to lose.

    Args:
        meeting_day: None when no meeting is set up: the mail names no day then.
        until: The day by which it is needed.
    """
    name = debtor.name or text("kollegium.chase.whoever", unit=debtor.unit or "–")
    lines = [
        text("kollegium.chase.hello", name=name.split()[0] if debtor.name else name),
        "",
        text("kollegium.chase.lead", day=day_words(meeting_day), until=day_words(until))
        if meeting_day
        else text("kollegium.chase.lead_no_meeting", until=day_words(until)),
    ]
    for training in dict.fromkeys(debt.training_id for debt in debtor.debts):
        mine = [debt for debt in debtor.debts if debt.training_id == training]
        section = text(f"word.section_short.{mine[0].section}") if mine[0].section else ""
        lines += ["", f"{mine[0].name}" + (f" ({section})" if section else "")]
        lines += [f"  - {debt.sentence}" for debt in mine]
    lines += ["", text("kollegium.chase.thanks")]
    if sender:
        lines.append(sender)
    return "\n".join(lines) + "\n"


def chase_texts(
    debtors: Iterable[Debtor], *, meeting_day: date | None, until: date, sender: str = ""
) -> str:
    """Return all mails after one another, each under its address."""
    parts = []
    for debtor in debtors:
        to = " ".join(filter(None, [debtor.name or debtor.unit or "–",
                                    f"<{debtor.email}>" if debtor.email else ""]))  # fmt: skip
        mail = chase_text(debtor, meeting_day=meeting_day, until=until, sender=sender)
        parts.append(f"{text('kollegium.chase.to', to=to)}\n{'-' * 60}\n{mail}")
    return "\n".join(parts)
