from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import schema.tables
from data import backup, driver, guard, migrating, opening
from data.node import NodeMemory
from data.store import make_engine
from schema.fault import Fault
from schema.tables import Trainee

PASSPHRASE = "räksmörgås på taket"


def shape(inspector: sa.Inspector) -> dict[str, object]:
    """Return columns, keys and indexes of every table, in a form that compares."""
    found: dict[str, object] = {}
    for table in inspector.get_table_names():
        columns = {(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)}
        references = {
            (tuple(f["constrained_columns"]), f["referred_table"])
            for f in inspector.get_foreign_keys(table)
        }
        indexes = {(i["name"], tuple(i["column_names"])) for i in inspector.get_indexes(table)}
        checks = {str(c["sqltext"]) for c in inspector.get_check_constraints(table)}
        primary = tuple(inspector.get_pk_constraint(table)["constrained_columns"])
        found[table] = (columns, references, indexes, checks, primary)
    return found


def test_the_migrations_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    assert schema.tables.KINDS
    migrated = tmp_path / "migrated.db"
    opening.create(migrated, passphrase=None)
    by_migration = shape(sa.inspect(make_engine(migrated, None)))
    by_migration.pop("alembic_version")
    other = tmp_path / "modelled.db"
    other.touch()
    modelled = make_engine(other, None).execution_options(write=True)
    SQLModel.metadata.create_all(modelled)
    assert by_migration == shape(sa.inspect(modelled))


def test_every_table_is_strict_so_that_a_wrong_type_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    connection = driver.connect(path, None)
    rows = connection.execute("PRAGMA table_list").fetchall()
    connection.close()
    loose = {r[1] for r in rows if r[2] == "table" and not r[5]}
    assert loose <= {"alembic_version", "sqlite_schema", "sqlite_temp_schema"}


def older(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that `path` was written by an older programme: one version behind."""
    opening.create(path, passphrase=None)
    monkeypatch.setattr(migrating, "HEAD", migrating.HEAD + 1)


def test_an_older_file_is_copied_and_checked_before_it_is_upgraded(
    tmp_path: Path, memory: NodeMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "at.db"
    older(path, monkeypatch)
    store = opening.open_store(path, None, memory=memory)
    with store.work("test") as work:
        work.save(Trainee(name="Alva Testsson"))
    store.close()
    (copy,) = backup.backups(path)
    assert copy.why == "uppgradering"
    assert driver.peek(copy.path, None) == migrating.HEAD - 1
    assert driver.peek(path, None) == migrating.HEAD


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, memory: NodeMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "at.db"
    older(path, monkeypatch)
    before = driver.peek(path, None)

    def broken(*_: object) -> None:
        raise RuntimeError("killed in the middle")

    monkeypatch.setattr(guard, "install", broken)
    with pytest.raises(RuntimeError):
        opening.open_store(path, None, memory=memory)
    assert driver.peek(path, None) == before
    connection = driver.connect(path, None)
    triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type='trigger'")
    assert triggers.fetchone()[0] == len(guard.names())
    connection.close()


def test_a_copy_that_cannot_be_trusted_stops_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    key = opening.unlock(path, passphrase=PASSPHRASE)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x01
    path.write_bytes(content)
    with pytest.raises(Fault):
        migrating.upgrade(path, key)
    assert list(backup.folder_of(path).iterdir()) == []
    assert path.read_bytes() == content


def test_a_checked_copy_of_an_encrypted_file_opens_with_the_same_key(
    tmp_path: Path, memory: NodeMemory
) -> None:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    key = opening.unlock(path, passphrase=PASSPHRASE)
    store = opening.open_store(path, key, memory=memory)
    with store.work("test") as work:
        work.save(Trainee(name="Alva Testsson"))
    store.close()
    copy = backup.copy_verified(path, key, tmp_path / "copy.db")
    assert driver.file_state(copy) is driver.FileState.SEALED
    opened = opening.open_store(copy, key, memory=memory)
    with opened.read() as work:
        assert [t.name for t in work.all(Trainee)] == ["Alva Testsson"]
    opened.close()
