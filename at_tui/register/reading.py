"""Read the register: every person and unit, and everyone placed now or ahead."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.register.records import Register, Stay
from at_tui.standing import plan_of
from schema.fault import Fault

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.store import Store
    from schema.content.programme import Programme

FULL = 100


def read_register(store: Store, on: date, *, folder: Path | None = None) -> Register:
    """Return the register on the day `on`. Slow with many: call it in a thread.

    Raises:
        Fault: `store.*`.
    """
    from sqlmodel import col

    from schema.tables import Absence, Person, Placement, Role, Trainee, Training, Unit

    with store.read() as work:
        people = {p.id: p for p in work.all(Person, order=col(Person.sort_key))}
        units = {u.id: u for u in work.all(Unit, order=col(Unit.sort_key))}
        roles = work.all(Role, order=col(Role.id))
        trainings = {t.id: t for t in work.all(Training, col(Training.ended_on).is_(None))}
        names = {t.id: t.name for t in work.all(Trainee)}
        placements = work.all(
            Placement, col(Placement.end) >= on, order=(col(Placement.start), col(Placement.id))
        )
        leave = work.all(Absence, col(Absence.end) >= on, col(Absence.percent) == FULL)
    away: dict[str, list[tuple[date, date]]] = {}
    for absence in sorted(leave, key=lambda a: a.start):
        away.setdefault(absence.training_id, []).append((absence.start, absence.end))
    plans: dict[tuple[str, str], Programme | None] = {}
    stays = []
    for placement in placements:
        training = trainings.get(placement.training_id)
        if training is None:
            continue
        key = (training.programme_id, training.programme_version)
        if key not in plans:
            plans[key] = _plan(*key, folder)
        stays.append(
            Stay(
                placement.id,
                training.id,
                names.get(training.trainee_id, ""),
                training.start,
                plans[key],
                placement.section,
                placement.specialty,
                placement.unit_id,
                placement.supervisor_id,
                placement.start,
                placement.end,
                tuple(away.get(training.id, ())),
            )
        )
    main: dict[str, list[str]] = {}
    for training in trainings.values():
        over = training.end is not None and training.end < on
        if training.main_supervisor_id and not over:
            name = names.get(training.trainee_id, "")
            main.setdefault(training.main_supervisor_id, []).append(name)
    return Register(on, people, units, roles, stays, main)


def _plan(id: str, version: str, folder: Path | None) -> Programme | None:
    try:
        return plan_of(id, version, folder=folder)[0]
    except Fault:
        return None
