"""Own files add to and replace the shipped ones; a faulty one is told and set aside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data import content
from data.content.registry import KINDS
from schema.fault import Fault

PROMPTS = """kind = "prompts"
id = "{id}"
version = "{version}"
title = "{title}"
source = "Påhittad källa"

[[prompts]]
id = "mal"
letter = "m"
label = "mål"
questions = ["Vad saknas?"]
"""


def own_prompts(
    folder: Path, id: str, version: str = "1", title: str = "Egna", name: str = ""
) -> Path:
    place = folder / "prompts"
    place.mkdir(parents=True, exist_ok=True)
    path = place / (name or f"{id}.toml")
    path.write_text(PROMPTS.format(id=id, version=version, title=title), encoding="utf-8")
    return path


def test_importing_the_loader_loads_no_pydantic() -> None:
    code = (
        "import sys, data.content; data.content.heads('instrument');"
        "sys.exit('pydantic' in sys.modules or 'sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("kind", ["curriculum", "instrument", "prompts"])
def test_every_shipped_file_is_good(kind: str) -> None:
    paths = sorted((Path(content.__file__).parent.parent / KINDS[kind].folder).glob("*.toml"))
    assert paths
    for path in paths:
        assert content.check(path) == []


def test_an_own_file_adds_to_the_shipped_ones(tmp_path: Path) -> None:
    own_prompts(tmp_path, "var-lista")
    found = content.load_prompts(tmp_path)
    assert found["var-lista"].title == "Egna"
    assert set(found) > {"var-lista"}


def test_an_own_file_replaces_the_shipped_one_of_the_same_id(tmp_path: Path) -> None:
    shipped = content.load_prompts(tmp_path)
    id = next(iter(shipped))
    own_prompts(tmp_path, id, shipped[id].version, "Vår egen")
    assert content.load_prompts(tmp_path)[id].title == "Vår egen"
    assert content.prompts(id, shipped[id].version, folder=tmp_path).title == "Vår egen"


def test_a_shipped_version_stays_readable_beside_an_own_newer_one(tmp_path: Path) -> None:
    shipped = content.load_prompts(tmp_path)
    id = next(iter(shipped))
    own_prompts(tmp_path, id, "1.1", "Vår egen")
    assert content.prompts(id, folder=tmp_path).title == "Vår egen"
    assert content.prompts(id, "1", folder=tmp_path).title == shipped[id].title


def test_the_newest_own_version_is_in_use_and_versions_are_ordered_as_numbers(
    tmp_path: Path,
) -> None:
    own_prompts(tmp_path, "lista", "10", "tio", name="lista@10.toml")
    own_prompts(tmp_path, "lista", "9.1", "nio", name="lista@9.1.toml")
    assert content.load_prompts(tmp_path)["lista"].title == "tio"
    assert content.prompts("lista", "9.1", folder=tmp_path).title == "nio"
    assert [h.title for h in content.heads("prompts", tmp_path) if h.id == "lista"] == ["tio"]


def test_a_faulty_own_file_is_told_and_the_shipped_one_stays_in_use(tmp_path: Path) -> None:
    shipped = content.load_prompts(tmp_path)
    id = next(iter(shipped))
    path = own_prompts(tmp_path, id, "1")
    path.write_text(path.read_text(encoding="utf-8").replace('letter = "m"', 'letter = "mm"'))
    assert content.load_prompts(tmp_path)[id].title == shipped[id].title
    assert content.prompts(id, folder=tmp_path).title == shipped[id].title
    (fault,) = content.own_faults(tmp_path)
    assert (fault.path, fault.line, fault.code) == (path, 9, "wrong_form")
    assert {head.title for head in content.heads("prompts", tmp_path)} == {
        model.title for model in shipped.values()
    }


def test_a_mended_file_is_read_again(tmp_path: Path) -> None:
    path = own_prompts(tmp_path, "lista")
    good = path.read_text(encoding="utf-8")
    path.write_text("kind = ", encoding="utf-8")
    assert "lista" not in content.load_prompts(tmp_path)
    path.write_text(good, encoding="utf-8")
    assert "lista" in content.load_prompts(tmp_path)


def test_the_same_version_twice_is_told(tmp_path: Path) -> None:
    own_prompts(tmp_path, "lista", "1", "ena")
    second = own_prompts(tmp_path, "lista", "1", "andra", name="lista@1.toml")
    assert content.prompts("lista", folder=tmp_path).title == "ena"
    assert content.load_prompts(tmp_path)["lista"].title == "ena"
    (fault,) = content.own_faults(tmp_path)
    assert (fault.path, fault.code) == (second, "same_version")


def test_a_file_of_another_kind_in_the_folder_is_set_aside(tmp_path: Path) -> None:
    path = own_prompts(tmp_path, "lista")
    (tmp_path / "instruments").mkdir()
    path.rename(tmp_path / "instruments" / path.name)
    assert "lista" not in content.load_instruments(tmp_path)
    assert [fault.code for fault in content.own_faults(tmp_path)] == ["other_kind"]


@pytest.mark.parametrize("id", ["../prompts/x", "", "finns-inte", "x" * 500, "a/b", "MINI-CEX"])
def test_an_id_that_no_file_bears_is_a_fault_and_reads_nothing_elsewhere(
    tmp_path: Path, id: str
) -> None:
    with pytest.raises(Fault) as caught:
        content.instrument(id, "1", folder=tmp_path)
    assert caught.value.code == "content.not_found"


def test_without_a_folder_the_users_own_content_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.places.content_folder", lambda: tmp_path)
    own_prompts(tmp_path, "hemma")
    assert "hemma" in content.load_prompts()
    assert "hemma" in {head.id for head in content.heads("prompts")}


def test_heads_tell_the_same_as_the_whole_files(tmp_path: Path) -> None:
    heads = {head.id: head for head in content.heads("instrument", tmp_path)}
    models = content.load_instruments(tmp_path)
    assert set(heads) == set(models)
    for id, model in models.items():
        assert (heads[id].title, heads[id].short_title) == (model.title, model.short_title)
        assert heads[id].version == model.version
