"""One journey through the store that leaves personal data wherever the programme writes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from at_tui.crash import report_crash
from data import backup, keys, opening, places, signing
from data.backup import Why
from schema.fault import Fault
from schema.tables import Agreement, Person, Supervision, Talk, Trainee, Training
from schema.words import Meaning, SupervisionStatus, TalkKind
from tests.faults.saves import NEXT_PASSPHRASE, PASSPHRASE, SUPERVISOR, TRAINING, cheap_keys

WORDS = (
    "Alva Testsson", "Nils Exempel", "Zebulon Påhittsson", "811218-9876", "198112189876",
    "zebulon@example.org", "kryptisk anteckning", "utkast som ingen får läsa", "hemlig pin 4711",
    "4711", "överenskommen dikt", "samtal om drakar", PASSPHRASE, NEXT_PASSPHRASE,
)  # fmt: skip
"""What must not be readable anywhere: all of it is typed or kept on the journey."""


def travel(path: Path, key: bytes | None, acks: int, first: int, count: int) -> None:
    """Save everything of `WORDS`, many times over, and use all that writes files."""
    assert key is not None
    day = date(2026, 3, 2)
    store = opening.open_store(path, key)
    for number in range(count):
        with store.work("test") as work:
            who = work.save(
                Trainee(
                    name="Zebulon Påhittsson",
                    personnummer="198112189876",
                    email="zebulon@example.org",
                )
            )
            work.save(Training(trainee_id=who.id, start=day, note="kryptisk anteckning"))
            work.save(Person(name="Nils Exempel", title="kryptisk anteckning"))
            work.keep_draft(f"session:{number}", {"note": "utkast som ingen får läsa"})
            work.save(
                Supervision(
                    training_id=TRAINING, day=day, status=SupervisionStatus.HELD,
                    note="kryptisk anteckning " * 200,
                )
            )  # fmt: skip
            work.save(Agreement(training_id=TRAINING, text="överenskommen dikt", agreed_on=day))
            talk = work.save(
                Talk(training_id=TRAINING, kind=TalkKind.MITTSAMTAL, held_on=day,
                     note="samtal om drakar")
            )  # fmt: skip
            signing.set_pin(work, SUPERVISOR, "hemlig pin 4711")
            signing.sign(
                work, talk, signer_id=SUPERVISOR, signer_name="Nils Exempel",
                meaning=Meaning.ASSESSES,
            )  # fmt: skip
        os.write(acks, b"unit %d\n" % number)
    made = backup.make(path, key, Why.DAILY)
    backup.make(path, key, Why.MANUAL, folder=path.parent.parent / "usb")
    with cheap_keys():
        keys.change_passphrase(places.key_file(path), key, NEXT_PASSPHRASE)
    try:
        opening.unlock(path, passphrase="Zebulon Påhittsson")
    except Fault as fault:
        report_crash(fault)
    try:
        with store.work("test") as work:
            work.save(Trainee(name="Zebulon Påhittsson", email=5 * "zebulon@example.org " * 100))
    except Fault as fault:
        report_crash(fault)
    try:
        with store.read() as work:
            work.session.connection().exec_driver_sql(
                "SELECT * FROM nowhere WHERE name = ?", ("Zebulon Påhittsson",)
            )
    except Exception as error:
        report_crash(error)
    store.close()
    backup.restore(path, made.path, key)
