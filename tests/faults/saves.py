"""Real saves that can be counted: whoever looks into the file afterwards can tell what is missing.

Unit number i is one unit of work with one session, some agreements, a change of the training and,
now and then, a signed talk and a removed plan. After each unit that has ended, and only then, a
line is written to the file of acknowledgements.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import col

from data import backup, keys, opening, places, signing
from data.backup import Why
from data.node import NodeMemory
from data.store import Store
from data.verify import verify
from data.work import Work
from schema.fault import Fault
from schema.tables import Agreement, Person, Supervision, Talk, Trainee, Training
from schema.words import Meaning, SupervisionStatus, TalkKind

PASSPHRASE = "räksmörgås på taket"
NEXT_PASSPHRASE = "en helt annan fras"
TRAINING = "00000000-0000-7000-8000-00000000000a"
TRAINEE = "00000000-0000-7000-8000-00000000000b"
SUPERVISOR = "00000000-0000-7000-8000-00000000000c"
DRAFT = f"session:{TRAINING}"
FIRST_DAY = date(2026, 1, 1)


def make_file(home: Path, *, encrypted: bool) -> bytes | None:
    """Make a file with one training in it, in a home of its own, and return its data key."""
    path = home / "data" / "at.db"
    passphrase = PASSPHRASE if encrypted else None
    with cheap_keys():
        opening.create(path, passphrase=passphrase)
    key = opening.unlock(path, passphrase=passphrase)
    store = opening.open_store(path, key, memory=NodeMemory(home / "state" / "nodes.json"))
    with store.work("test") as work:
        work.save(Person(id=SUPERVISOR, name="Nils Exempel"))
        work.save(Trainee(id=TRAINEE, name="Alva Testsson"))
        work.save(Training(id=TRAINING, trainee_id=TRAINEE, start=FIRST_DAY))
    store.close()
    return key


@contextlib.contextmanager
def cheap_keys() -> Iterator[None]:
    """Wrap keys without the cost of guessing: it protects a passphrase, not a file."""
    real = keys.MEMORY_KIB, keys.ITERATIONS
    keys.MEMORY_KIB, keys.ITERATIONS = 64, 1
    try:
        yield
    finally:
        keys.MEMORY_KIB, keys.ITERATIONS = real


def agreements_of(unit: int) -> int:
    """Return how many agreements unit number `unit` holds."""
    return unit * 7 % 5


def save_units(path: Path, key: bytes | None, acks: int, first: int, count: int) -> None:
    """Save `count` units from number `first` on, each acknowledged on the descriptor `acks`."""
    store = opening.open_store(path, key)
    for unit in range(first, first + count):
        with store.work("test") as work:
            work.keep_draft(DRAFT, {"unit": unit, "note": "ännu inte sparat"})
        os.write(acks, b"draft %d\n" % unit)
        with store.work("test") as work:
            _save_unit(work, unit)
        os.write(acks, b"unit %d\n" % unit)
    store.close()


def _save_unit(work: Work, unit: int) -> None:
    day = FIRST_DAY + timedelta(days=unit % 500)
    session = work.save(
        Supervision(
            training_id=TRAINING, supervisor_id=SUPERVISOR, day=day,
            status=SupervisionStatus.HELD, note=f"{unit}\n" + "å" * (unit * 797 % 1500),
        )
    )  # fmt: skip
    for number in range(agreements_of(unit)):
        work.save(
            Agreement(training_id=TRAINING, origin_id=session.id, text=f"{unit}/{number}",
                      agreed_on=day)
        )  # fmt: skip
    training = work.need(Training, TRAINING)
    training.note = str(unit)
    if unit % 3 == 0:
        talk = work.save(
            Talk(training_id=TRAINING, kind=TalkKind.MITTSAMTAL, held_on=day, note=str(unit))
        )
        signing.sign(
            work, talk, signer_id=SUPERVISOR, signer_name="Nils Exempel", meaning=Meaning.ASSESSES
        )
    if unit % 4 == 0:
        planned = work.save(Supervision(training_id=TRAINING, day=day, note=f"plan {unit}"))
        work.flush()
        work.remove(planned)


def save_stubbornly(path: Path, key: bytes | None, acks: int, first: int, count: int) -> None:
    """Save and copy as someone does who is told of a fault and goes on; says each fault.

    Anything but a fault that can be told ends the process with a trace.
    """
    try:
        store = opening.open_store(path, key)
    except Fault as fault:
        os.write(acks, f"not-opened {fault.code}\n".encode())
        return
    for unit in range(first, first + count):
        try:
            with store.work("test") as work:
                _save_unit(work, unit)
            os.write(acks, b"unit %d\n" % unit)
        except Fault as fault:
            os.write(acks, f"fault {fault.code}\n".encode())
            os.write(acks, _read(store))
    try:
        backup.make(path, key, Why.DAILY)
        os.write(acks, b"backup 0\n")
    except Fault as fault:
        os.write(acks, f"no-backup {fault.code}\n".encode())
    store.close()


def _read(store: Store) -> bytes:
    try:
        with store.read() as work:
            work.need(Training, TRAINING)
    except Fault as fault:
        return f"unread {fault.code}\n".encode()
    return b"read 0\n"


def create(path: Path, key: bytes | None, acks: int, first: int, count: int) -> None:
    """Make a new encrypted file beside the one that is there."""
    new = path.with_name("new.db")
    with cheap_keys():
        opening.create(new, passphrase=PASSPHRASE)
    os.write(acks, b"created 0\n")


def keep_house(path: Path, key: bytes | None, acks: int, first: int, count: int) -> None:
    """Save, copy, change the passphrase, save, put the copy back, and save again."""
    assert key is not None
    save_units(path, key, acks, first, count)
    made = backup.make(path, key, Why.DAILY)
    os.write(acks, b"backup 0\n")
    with cheap_keys():
        keys.change_passphrase(places.key_file(path), key, NEXT_PASSPHRASE)
    os.write(acks, b"passphrase 0\n")
    save_units(path, key, acks, first + count, count)
    backup.restore(path, made.path, key)
    os.write(acks, b"restored 0\n")
    save_units(path, key, acks, first + 2 * count, count)


def acknowledged(acks: str) -> tuple[set[int], int]:
    """Return (numbers of acknowledged units, number of the latest acknowledged draft or -1)."""
    lines = [line.split() for line in acks.splitlines(keepends=True) if line.endswith("\n")]
    units = {int(number) for what, number in lines if what == "unit"}
    return units, max((int(number) for what, number in lines if what == "draft"), default=-1)


def faults_of(path: Path, key: bytes | None, acks: str, memory: NodeMemory) -> list[str]:
    """Open the file as a user would and return everything that is not as promised."""
    try:
        store = opening.open_store(path, key, memory=memory)
    except Fault as fault:
        return [f"cannot be opened: {fault.code}"]
    try:
        return [*_missing(store, acks), *(f"{f.code} {f.where}" for f in verify(store))]
    except Fault as fault:
        return [f"cannot be read: {fault.code}"]
    finally:
        store.close()


def _missing(store: Store, acks: str) -> list[str]:
    units, last_draft = acknowledged(acks)
    with store.read() as work:
        held = col(Supervision.status) == SupervisionStatus.HELD
        sessions = [int(s.note.partition("\n")[0]) for s in work.all(Supervision, held)]
        agreements = [int(a.text.partition("/")[0]) for a in work.all(Agreement)]
        talks = [int(t.note) for t in work.all(Talk)]
        planned = work.all(Supervision, col(Supervision.status) == SupervisionStatus.PLANNED)
        latest = int(work.need(Training, TRAINING).note or -1)
        draft = (work.draft(DRAFT) or {"unit": -1})["unit"]
    found = []
    there = set(sessions)
    if units - there:
        found.append(f"acknowledged but gone: {sorted(units - there)}")
    if draft < last_draft:
        found.append(f"draft {last_draft} was acknowledged, {draft} is there")
    whole = (
        len(there) == len(sessions)
        and sorted(agreements) == sorted(u for u in there for _ in range(agreements_of(u)))
        and sorted(talks) == sorted(u for u in there if u % 3 == 0)
        and planned == []
        and latest == max(there, default=-1)
    )
    return found if whole else [*found, "a unit of work is there in part"]
