"""Reading ahead, what a new record begins with, and faults before the screens open."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from at_tui.ahead import Ahead
from at_tui.beginnings import NATIONAL, block_months, programme_names, versions
from at_tui.front_door import open_screens
from at_tui.instrument_names import short_name
from at_tui.programmes import choices
from data import keys
from data.opening import create
from schema.fault import Fault
from schema.words import Kind

ON = date(2026, 11, 24)


def test_the_file_is_unlocked_and_read_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    path = tmp_path / "siv.db"
    create(path, passphrase="fyra ord är bäst")
    ahead = Ahead(path, "fyra ord är bäst", ON)
    key, glance = ahead.result()
    assert ahead.done
    assert key is not None
    assert len(key) == 32
    assert glance is not None
    assert glance.encrypted


def test_what_went_wrong_ahead_is_told_to_whoever_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    path = tmp_path / "siv.db"
    create(path, passphrase="fyra ord är bäst")
    with pytest.raises(Fault) as fault:
        Ahead(path, "fel fras helt och hållet", ON).result()
    assert fault.value.code == "keys.wrong_passphrase"


def test_the_key_is_asked_for_before_anything_of_the_screens_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    path, passphrase = tmp_path / "siv.db", tmp_path / "fras"
    create(path, passphrase="fyra ord är bäst")
    passphrase.write_text("fyra ord är bäst", encoding="utf-8")
    code = f"""
import os, sys
from pathlib import Path
import data.apart
def asked(self, path, *, passphrase):
    print([name for name in ("asyncio", "textual", "data.glance") if name in sys.modules])
    sys.stdout.flush()
    os._exit(0)
data.apart.Unlocking.__init__ = asked
from at_tui.front_door import open_screens
open_screens(Path({str(path)!r}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "AT_TUI_PASSPHRASE_FILE": str(passphrase)},
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_process_that_opens_the_keys_loads_little() -> None:
    code = """
import sys
import data.unlocking
heavy = ("secrets", "dataclasses", "inspect", "tempfile", "subprocess", "hashlib")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "store.empty_file"), (b"ingen databas", "store.not_a_database")]
)
def test_a_file_that_is_none_is_refused_before_the_screens_open(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "at.db"
    path.write_bytes(content)
    with pytest.raises(Fault) as fault:
        open_screens(path, on=ON)
    assert (fault.value.code, fault.value.exit_code) == (code, 3)


def test_the_national_plan_is_offered_first_and_the_others_by_name() -> None:
    names = programme_names()
    assert names[0][0] == NATIONAL
    assert [title for _, title in names[1:]] == sorted(title for _, title in names[1:])
    assert len(names) >= 13


def test_the_hospitals_of_a_plan_are_offered_each_by_its_name() -> None:
    offered = [id for id, _ in programme_names()]
    assert [id for id in offered if id.startswith("orebro")] == [
        "orebro-karlskoga", "orebro-lindesberg", "orebro-uso",
    ]  # fmt: skip
    assert set(offered) == {choice.id for choice in choices()}
    assert versions("orebro-uso", Kind.AT)[0] == versions("orebro", Kind.AT)[0] != ""


@pytest.mark.parametrize(
    ("programme", "kind", "months"),
    [
        ("nationell", Kind.AT, 18),
        ("dalarna", Kind.AT, 21),
        ("finns-inte", Kind.AT, 18),
        ("finns-inte", Kind.BT, 12),
    ],
)
def test_the_block_is_as_long_as_the_plan_says_and_never_shorter_than_the_law(
    programme: str, kind: Kind, months: int
) -> None:
    assert block_months(programme, kind) == months


def test_a_new_training_keeps_the_versions_of_today() -> None:
    programme, curriculum, version = versions("dalarna", Kind.AT)
    assert programme
    assert version
    assert curriculum == "at-sosfs-1999-5"
    assert versions("dalarna", Kind.BT)[1] == "bt-hslf-fs-2021-8"


def test_instruments_are_called_by_their_short_names() -> None:
    assert short_name("mini-cex") == "mini-CEX"
    assert short_name("min-egen [b]") == "min-egen [b]"
