"""Those in training, read over the bare driver: a command that only lists must not wait the 0.6
to 1.2 s that SQLModel takes to import."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data import driver
from schema.fault import Fault
from schema.text import clean, sort_key


@dataclass(frozen=True)
class Listed:
    """One doctor in training on a given day. Days are ISO 8601, empty when there is none."""

    id: str
    training_id: str
    name: str
    kind: str
    programme: str
    section: str
    """Section code of the placement on that day; empty when there is none."""
    unit: str
    supervisor: str
    placement_id: str
    placement_start: str
    placement_end: str
    start: str
    end: str
    start_group: str


_QUERY = """
SELECT trainee.id, training.id, trainee.name, training.kind, training.programme_id,
       placement.section, unit.name, person.name, placement.id, placement.start, placement.end,
       training.start, training.end, trainee.start_group
  FROM training
  JOIN trainee ON trainee.id = training.trainee_id
  LEFT JOIN placement ON placement.id = (
       SELECT p.id FROM placement AS p
        WHERE p.training_id = training.id AND p.start <= :on AND p.end >= :on
        ORDER BY p.start DESC, p.id LIMIT 1)
  LEFT JOIN unit ON unit.id = placement.unit_id
  LEFT JOIN person ON person.id = placement.supervisor_id
 WHERE :everyone OR training.ended_on IS NULL
 ORDER BY trainee.sort_key, trainee.id, training.start
"""


def listed(
    path: Path, key: bytes | None, *, on: date, text: str = "", everyone: bool = False
) -> list[Listed]:
    """Return those in training on the day `on`, sorted as Swedish readers expect.

    Args:
        path: A file of records.
        key: Its data key, or None when it is not encrypted.
        text: Only those whose name, unit, supervisor or start group holds every word of it.
        everyone: Also those who have finished or broken off.

    Raises:
        Fault: `store.*` when the file cannot be read (exit code 3).
    """
    _refuse_other_versions(path, key)
    with (
        driver.translated(path),
        contextlib.closing(driver.connect(path, key)) as connection,
    ):
        found = connection.execute(_QUERY, {"on": on.isoformat(), "everyone": everyone}).fetchall()
    rows = [Listed(*(clean(value or "", one_line=True) for value in row)) for row in found]
    words = sort_key(text).split()
    return [row for row in rows if all(word in _searched(row) for word in words)]


def _searched(row: Listed) -> str:
    return sort_key(f"{row.name} {row.unit} {row.supervisor} {row.start_group}")


def _refuse_other_versions(path: Path, key: bytes | None) -> None:
    """Let an older file be upgraded first (with its backup), and refuse a newer one."""
    version = driver.peek(path, key)
    if version > driver.SCHEMA:
        raise Fault("store.newer", exit_code=3, found=version, known=driver.SCHEMA)
    if version < driver.SCHEMA:
        from data.opening import open_store

        open_store(path, key).close()
