"""The dialog that makes sure of a signer's PIN."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import opening
from data.node import NodeMemory
from data.signing import TRIES, check_pin, has_pin, set_pin
from schema.tables import Person
from screens.signing import Holder, SignDialog
from tests.at_tui.clinic import Clinic
from tests.screens.playing import Step, play, write

WRONG: list[Step] = [write("0000"), "enter"]
RIGHT: list[Step] = [write("2468"), "enter"]


def dialog(holder_id: str, name: str = "Nils Exempel") -> SignDialog:
    return SignDialog(Holder(holder_id, name), title="Signera", says="Jag står för det.")


def give_pin(clinic: Clinic, holder_id: str) -> None:
    with clinic.store.work("test") as work:
        set_pin(work, holder_id, "2468")


def knows(clinic: Clinic, holder_id: str, pin: str) -> bool:
    with clinic.store.work("test") as work:
        return check_pin(work, holder_id, pin)


def test_the_right_pin_closes_the_dialog(clinic: Clinic) -> None:
    give_pin(clinic, clinic.examiner_id)
    seen = play(clinic, dialog(clinic.examiner_id), *RIGHT)
    assert "Signera" not in seen


def test_the_pin_is_never_shown(clinic: Clinic) -> None:
    give_pin(clinic, clinic.examiner_id)
    seen = play(clinic, dialog(clinic.examiner_id), write("2468"))
    assert "2468" not in seen
    assert "••••" in seen


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [("246", "", "för kort"), ("2468", "2469", "inte lika"), ("", "", "för kort")],
)
def test_a_new_pin_is_long_enough_and_written_twice(
    clinic: Clinic, first: str, second: str, told: str
) -> None:
    steps: list[Step] = [write(first), "enter"]
    if second:
        steps += [write(second), "enter"]
    seen = play(clinic, dialog(clinic.examiner_id), *steps)
    assert told in seen
    with clinic.store.read() as work:
        assert not has_pin(work, clinic.examiner_id)


def test_a_new_pin_is_kept_and_signs(clinic: Clinic) -> None:
    seen = play(clinic, dialog(clinic.examiner_id), *RIGHT, *RIGHT)
    assert "Signera" not in seen
    assert knows(clinic, clinic.examiner_id, "2468")


def test_a_blocked_pin_is_renewed_when_the_owner_vouches(clinic: Clinic) -> None:
    give_pin(clinic, clinic.examiner_id)
    give_pin(clinic, clinic.supervisor_id)
    wrong = WRONG * (TRIES + 1)
    seen = play(clinic, dialog(clinic.examiner_id), *wrong)
    assert "spärrad efter 5 fel i rad" in seen
    assert "Berit Handledarsson, som äger filen" in " ".join(seen.replace("│", " ").split())
    new: list[Step] = [write("1357"), "enter", write("1357"), "enter"]
    seen = play(clinic, dialog(clinic.examiner_id), *WRONG, *RIGHT, *new)
    assert "Signera" not in seen
    assert knows(clinic, clinic.examiner_id, "1357")


def test_the_owners_wrong_pin_vouches_for_nobody(clinic: Clinic) -> None:
    give_pin(clinic, clinic.examiner_id)
    give_pin(clinic, clinic.supervisor_id)
    wrong = WRONG * (TRIES + 2)
    seen = play(clinic, dialog(clinic.examiner_id), *wrong)
    assert "Fel PIN-kod" in seen


def test_the_owners_own_blocked_pin_is_renewed_with_the_files_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "krypterad.db"
    opening.create(path, passphrase="räksmörgås på taket")
    key = opening.unlock(path, passphrase="räksmörgås på taket")
    store = opening.open_store(path, key, memory=NodeMemory(tmp_path / "nodes.json"))
    with store.work("test") as work:
        owner = work.save(Person(name="Berit Handledarsson"))
        work.set_fact("owner_id", owner.id)
        set_pin(work, owner.id, "2468")
    clinic = Clinic(store, "", "", "", "", owner.id, "", "")
    new: list[Step] = [write("1357"), "enter", write("1357"), "enter"]
    seen = play(clinic, dialog(owner.id), *WRONG * (TRIES + 1), write("fel fras"), "enter")
    assert "Fel lösenfras" in seen
    seen = play(clinic, dialog(owner.id), *WRONG, write("räksmörgås på taket"), "enter", *new)
    assert "Signera" not in seen
    store.close()
