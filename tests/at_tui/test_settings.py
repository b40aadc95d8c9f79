from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from at_tui import settings
from at_tui.language import say
from schema.fault import Fault


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    found = settings.load(tmp_path)
    assert found.values == settings.defaults()
    assert found.faults == []


def test_what_is_saved_is_read_again_and_defaults_are_not_written(tmp_path: Path) -> None:
    settings.save({"lock_minutes": 10, "keys": {"app.help": "f1"}}, tmp_path)
    settings.save({"documents_folder": "/home/anna/Skrivbord åäö"}, tmp_path)
    found = settings.load(tmp_path)
    assert (found["lock_minutes"], found["keys"]) == (10, {"app.help": "f1"})
    assert found["documents_folder"] == "/home/anna/Skrivbord åäö"
    assert "session_minutes" not in settings.path_of(tmp_path).read_text()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"lock_minutes = 0", "settings.value"),
        (b"lock_minutes = true", "settings.value"),
        (b"lock_minutes = 'fem'", "settings.value"),
        (b'documents_folder = "a\\u001bb"', "settings.value"),
        (b"keys = 5", "settings.value"),
        (b"nonsens = 5", "settings.unknown"),
        (b"lock_minutes = ", "settings.broken"),
        (b"\xff\xfe", "settings.broken"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_and_its_default_stays(
    tmp_path: Path, content: bytes, code: str
) -> None:
    settings.path_of(tmp_path).write_bytes(content)
    found = settings.load(tmp_path)
    assert [f.code for f in found.faults] == [code]
    assert all(say(f) for f in found.faults)
    assert found.values == settings.defaults()


@pytest.mark.parametrize("changed", [{"lock_minutes": 0}, {"nonsens": 1}, {"theme": 5}])
def test_a_wrong_value_is_refused_and_the_old_file_stays(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    settings.save({"lock_minutes": 10}, tmp_path)
    with pytest.raises(Fault) as refused:
        settings.save(changed, tmp_path)
    assert refused.value.code == "settings.value"
    assert settings.load(tmp_path)["lock_minutes"] == 10


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Fault) as refused:
        settings.save({"lock_minutes": 10}, tmp_path / "file" / "folder")
    assert refused.value.code == "settings.not_saved"


@given(content=st.binary(max_size=200))
def test_no_file_of_settings_stops_the_programme(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    settings.path_of(folder).write_bytes(content)
    found = settings.load(folder)
    assert set(found.values) == set(settings.defaults())
