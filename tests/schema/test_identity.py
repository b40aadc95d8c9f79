from __future__ import annotations

import uuid

from schema.identity import is_id, new_id


def test_an_id_is_a_uuid_of_version_seven_and_later_ids_sort_later() -> None:
    ids = [new_id(milliseconds=ms) for ms in (0, 1, 1_000, 1_800_000_000_000)]
    assert [uuid.UUID(i).version for i in ids] == [7] * 4
    assert ids == sorted(ids)


def test_ids_do_not_repeat() -> None:
    assert len({new_id() for _ in range(2000)}) == 2000


def test_the_same_moment_and_chance_give_the_same_id() -> None:
    assert new_id(milliseconds=5, random=bytes) == new_id(milliseconds=5, random=bytes)


def test_what_is_not_written_as_an_id_is_told_apart() -> None:
    assert is_id(new_id())
    assert not is_id(new_id().upper().replace("A", "a") + "0")
    assert not is_id("alva")
    assert not is_id("")
