"""A whole import is taken back, or nothing of it is, and then it says why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from at_tui.interchange.exporting import export
from at_tui.interchange.preview import apply, preview
from at_tui.interchange.undoing import hindrances_of, imports_of, undo
from data.imports import imports, named
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import (
    KINDS,
    Assessment,
    Person,
    Placement,
    Supervision,
    Trainee,
    Training,
    Unit,
)
from schema.words import LockStatus
from tests.at_tui.interchange.conftest import ON

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "startgrupp.csv"


def bring_in(store: Store, path: Path = EXAMPLE) -> str:
    with store.read() as work:
        found = preview(path, work, on=ON)
    assert found.ok, [one.sentence for one in found.problems]
    return apply(store, found, "import", on=ON).batch


def everything(store: Store) -> bytes:
    with store.read() as work:
        return export(work)


def sentences(store: Store, batch: str) -> list[str]:
    with store.read() as work:
        return [one.sentence for one in hindrances_of(work, named(work, batch))]


def first(store: Store, kind: type[Any]) -> Any:
    with store.read() as work:
        return work.all(kind)[0]


def test_an_import_is_noted_under_its_files_name(store: Store) -> None:
    batch = bring_in(store)
    with store.read() as work:
        (one,) = imports_of(work)
    assert (one.id, one.name, one.form, one.undone_at) == (
        batch, "startgrupp.csv", "start_group", "",
    )  # fmt: skip
    assert one.added["Trainee"] == 3


def test_undoing_takes_all_of_it_away_and_leaves_the_history_whole(store: Store) -> None:
    before = everything(store)
    batch = bring_in(store)
    assert everything(store) != before
    count = undo(store, batch, "import")
    assert everything(store) == before
    with store.read() as work:
        assert all(work.all(kind) == [] for kind in KINDS.values())
        assert count == sum(imports(work)[0].added.values())
    assert verify(store) == []


def test_what_an_import_changed_becomes_what_it_was(store: Store, tmp_path: Path) -> None:
    """A known unit without a verksamhetschef gets one by the file."""
    unit = Unit(name="Medicinkliniken", site="Prövköping", phone="0000")
    with store.work("test") as work:
        work.save(unit)
    path = tmp_path / "grupp.csv"
    path.write_text(
        "Namn;Avsnitt;Enhet;Ort;Från;Till;Verksamhetschef;Verksamhetschefens titel\n"
        "Zlatan Prov;medicin;Medicinkliniken;Prövköping;2027-01-11;2027-07-10;Ulla Chef;chef\n",
        encoding="utf-8",
    )
    before = everything(store)
    batch = bring_in(store, path)
    with store.read() as work:
        assert work.need(Unit, unit.id).head_id is not None
    undo(store, batch, "import")
    assert everything(store) == before
    assert verify(store) == []


def test_an_import_is_undone_once(store: Store) -> None:
    batch = bring_in(store)
    undo(store, batch, "import")
    with pytest.raises(Fault, match=r"imports\.undone"):
        undo(store, batch, "import")
    again = bring_in(store)
    with store.read() as work:
        undone = {one.id: bool(one.undone_at) for one in imports(work)}
    assert undone == {batch: True, again: False}


def test_a_record_that_was_changed_since_keeps_the_whole_import(store: Store) -> None:
    batch = bring_in(store)
    alva = next(t for t in _all(store, Trainee) if t.name == "Alva Testsson")
    alva.phone = "070-000 00 00"
    with store.work("test") as work:
        work.save(alva)
    kept = everything(store)
    (sentence,) = sentences(store, batch)
    assert "Alva Testsson" in sentence
    assert "har ändrats efter inläsningen" in sentence
    with pytest.raises(Fault, match=r"imports\.hindered"):
        undo(store, batch, "import")
    assert everything(store) == kept


def test_a_record_that_something_else_rests_on_keeps_the_whole_import(store: Store) -> None:
    batch = bring_in(store)
    training = first(store, Training)
    session = Supervision(training_id=training.id, day=date(2026, 11, 19))
    with store.work("test") as work:
        work.save(session)
    (sentence,) = sentences(store, batch)
    assert sentence.startswith("Handledningssamtal 2026-11-19")
    with pytest.raises(Fault, match=r"imports\.hindered"):
        undo(store, batch, "import")
    with store.work("test") as work:
        work.remove(work.need(Supervision, session.id))
    assert sentences(store, batch) == []
    undo(store, batch, "import")
    assert _all(store, Trainee) == []


def test_what_was_taken_away_since_does_not_stand_in_the_way(store: Store) -> None:
    batch = bring_in(store)
    with store.work("test") as work:
        work.remove(work.all(Placement)[0])
    assert sentences(store, batch) == []
    undo(store, batch, "import")
    assert _all(store, Person) == []


def test_signed_records_of_an_import_cannot_be_undone(store: Store, tmp_path: Path) -> None:
    bring_in(store)
    training = first(store, Training)
    with store.work("test") as work:
        work.save(
            Assessment(
                training_id=training.id, instrument_id="dops", instrument_version="1", day=ON,
                status=LockStatus.SIGNED,
            )
        )  # fmt: skip
    from data.opening import create, open_store

    path = tmp_path / "export.json"
    path.write_bytes(everything(store))
    other = tmp_path / "other.db"
    create(other, passphrase=None)
    target = open_store(other, None)
    try:
        batch = bring_in(target, path)
        (sentence,) = sentences(target, batch)
        assert "signerad" in sentence
        kept = everything(target)
        with pytest.raises(Fault, match=r"imports\.hindered"):
            undo(target, batch, "import")
        assert everything(target) == kept
    finally:
        target.close()


def test_a_file_that_adds_nothing_makes_no_import_to_undo(store: Store) -> None:
    bring_in(store)
    assert bring_in(store) == ""
    with store.read() as work:
        assert len(imports(work)) == 1


def test_what_is_saved_beside_an_import_is_no_part_of_it(store: Store) -> None:
    with store.work("test") as work:
        work.save(Person(name="Siv Prövare"))
    batch = bring_in(store)
    with store.work("test") as work:
        work.save(Person(name="Bo Exempel"))
    undo(store, batch, "import")
    assert {one.name for one in _all(store, Person)} == {"Siv Prövare", "Bo Exempel"}


def test_an_unknown_import_is_said_so(store: Store) -> None:
    with pytest.raises(Fault, match=r"imports\.unknown"):
        undo(store, "0192f3a1", "import")


def _all(store: Store, kind: type[Any]) -> list[Any]:
    with store.read() as work:
        return work.all(kind)
