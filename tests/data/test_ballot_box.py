"""Evaluations wait until five can be let out together, and nothing tells them apart then."""

from __future__ import annotations

import os
import uuid
from collections import Counter
from pathlib import Path

import pytest

from data import ballot_box, places
from data.ballot_box import Ballot, cast, counts, settle, waiting
from data.store import Store
from schema.fault import Fault
from schema.tables import Evaluation, Unit, Version


@pytest.fixture
def unit(store: Store) -> str:
    with store.work("test") as work:
        return work.save(Unit(name="Kliniken Påhitt")).id


def ballot(unit_id: str | None, number: int = 0, **changes: object) -> Ballot:
    values: dict[str, object] = {
        "unit_id": unit_id, "section": "psykiatri", "period": "2026-1",
        "instrument_id": "placeringsutvardering", "instrument_version": "1",
        "answers": {"handledning": number % 5 + 1, "andra": f"text {number}"},
    }  # fmt: skip
    return Ballot(**{**values, **changes})  # type: ignore[arg-type]


def rows(store: Store) -> list[Evaluation]:
    with store.read() as work:
        return work.all(Evaluation)


def box_of() -> Path:
    return next((places.state_folder() / "utvarderingar").glob("*.box"))


def test_four_wait_and_the_fifth_lets_all_out(store: Store, unit: str) -> None:
    for number in range(4):
        done = cast(store, ballot(unit, number))
        assert (done.waiting, done.let_out) == (number + 1, 0)
        assert rows(store) == []
    assert cast(store, ballot(unit, 4)).let_out == 5
    assert len(rows(store)) == 5
    with store.read() as work:
        assert waiting(work) == {}
    for number in range(4):
        assert cast(store, ballot(unit, number)).let_out == 0
    assert len(rows(store)) == 5


def test_those_of_other_units_periods_and_forms_do_not_help_each_other_but_periods_do(
    store: Store, unit: str
) -> None:
    with store.work("test") as work:
        other = work.save(Unit(name="Kliniken Annan")).id
    others = [
        ballot(other),
        ballot(unit, instrument_version="2"),
        ballot(unit, about="EKG"),
        ballot(unit, section="invartes"),
    ]
    assert [cast(store, one).waiting for one in others] == [1, 1, 1, 1]
    for number, period in enumerate(("2025-2", "2026-1", "2026-k3", "2026-1")):
        assert cast(store, ballot(unit, number, period=period)).let_out == 0
    assert cast(store, ballot(unit, 4, period="2025-2")).let_out == 5
    assert {row.period for row in rows(store)} == {"2025-2/2026-k3"}


def test_every_answer_is_let_out_once_and_no_row_is_one_persons(store: Store, unit: str) -> None:
    given = [
        ballot(unit, answers={f"q{n}": 10 * who + n for n in range(12)}, id=str(uuid.uuid4()))
        for who in range(5)
    ]
    for one in given:
        cast(store, one)
    out = rows(store)
    for n in range(12):
        kept = Counter(row.answers[f"q{n}"] for row in out)
        assert kept == Counter(one.answers[f"q{n}"] for one in given)
    whole = [one.answers for one in given]
    assert not any(row.answers in whole for row in out)  # 5 to the power of -11 by chance


def test_answers_that_few_gave_are_spread_over_all_rows() -> None:
    batch = [ballot("u", answers={"andra": "ensam"} if n == 0 else {}) for n in range(5)]
    places_of = {
        next(n for n, row in enumerate(ballot_box.dealt(batch)) if row.answers) for _ in range(200)
    }
    assert places_of == set(range(5))


def test_ids_hold_no_time_and_the_history_knows_nothing(store: Store, unit: str) -> None:
    with store.read() as work:
        before = len(work.all(Version))
    for number in range(5):
        cast(store, ballot(unit, number))
    assert {uuid.UUID(row.id).version for row in rows(store)} == {4}
    with store.read() as work:
        assert len(work.all(Version)) == before
        assert work.drafts() == []


def test_the_box_is_sealed_of_one_size_and_without_a_day(store: Store, unit: str) -> None:
    sizes = set()
    for number in range(4):
        cast(store, ballot(unit, number, answers={"andra": "En hemlig mening " * (number + 1)}))
        sizes.add(box_of().stat().st_size)
        assert b"hemlig" not in box_of().read_bytes()
        assert box_of().stat().st_mtime == 0
    assert len(sizes) == 1
    if os.name == "posix":
        assert box_of().stat().st_mode & 0o077 == 0


def test_what_a_crash_left_is_let_out_later_and_never_twice(
    store: Store, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        cast(store, ballot(unit, number))
    held = box_of().read_bytes()
    cast(store, ballot(unit, 4))
    # The rows are committed, and the box is as it was before: four of the five lie there still.
    box_of().write_bytes(held)
    with store.read() as work:
        assert waiting(work) == {}
    assert cast(store, ballot(unit, 5)).waiting == 1
    assert len(rows(store)) == 5

    def crash(*_: object) -> None:
        raise RuntimeError("interrupted")

    for number in range(3):
        cast(store, ballot(unit, number))
    with monkeypatch.context() as patched:
        patched.setattr(ballot_box, "_add", crash)
        with pytest.raises(RuntimeError):
            cast(store, ballot(unit, 9))
    assert settle(store) == 5
    assert len(rows(store)) == 10
    assert settle(store) == 0


def test_a_box_that_cannot_be_written_keeps_nothing_and_says_so(
    store: Store, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ballot_box, "write_atomic", full)
    with pytest.raises(Fault) as told:
        cast(store, ballot(unit))
    assert told.value.code == "evaluations.box"
    with store.read() as work:
        assert waiting(work) == {}


def test_a_box_of_records_that_were_put_back_is_set_aside(store: Store, unit: str) -> None:
    cast(store, ballot(unit))
    with store.work("test") as work:
        work.set_fact("ballot_key", "")
    with store.read() as work:
        assert waiting(work) == {}
    assert cast(store, ballot(unit)).waiting == 1
    assert len(list((places.state_folder() / "utvarderingar").iterdir())) == 2


def test_a_damaged_box_holds_nothing_and_stops_nothing(store: Store, unit: str) -> None:
    cast(store, ballot(unit))
    content = bytearray(box_of().read_bytes())
    content[100] ^= 1
    box_of().write_bytes(content)
    with store.read() as work:
        assert waiting(work) == {}
    assert cast(store, ballot(unit)).waiting == 1


def test_those_that_wait_count_as_answers_of_their_unit_and_half_year(
    store: Store, unit: str
) -> None:
    for number in range(5):
        cast(store, ballot(unit, number, period="2025-2" if number else "2026-1"))
    cast(store, ballot(unit, period="2026-k4"))
    cast(store, ballot(None, about="EKG"))
    with store.read() as work:
        assert counts(work) == {(unit, "2025-2"): 5, (unit, "2026-1"): 5, (unit, "2026-2"): 1}
